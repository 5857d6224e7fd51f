# The commands of the course: `make` alone lists them. Everything that they install is
# put into .venv (and .venv-colab), everything that they write into build/.
#
# Works with GNU make 3.81 and newer, also where the path of this folder has spaces.

# The first Python that TensorFlow has releases for, else python3 and what it says.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && echo $$python && exit; done; echo python3)
PYTHON_COLAB ?= $(shell python3.13 -c '' 2>/dev/null && echo python3.13 || echo '$(PYTHON)')
PROFILE ?=
CHAPTERS ?=
RECORD ?=
SUBMISSIONS ?=
TRUST ?=
LIMIT ?=
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || \
	command -v google-chrome)

VENV = .venv/bin/python
COLAB = .venv-colab/bin/python
INSTALL = tools/environment.py
# A Python that was named must be the one that is used, also when .venv has another.
EXACTLY = $(if $(filter file,$(origin PYTHON)),,--exactly)

# Of TensorFlow's log lines, warnings and errors only.
export TF_CPP_MIN_LOG_LEVEL = 2
# Kernels are those of .venv, whatever the user has registered for the whole account.
export JUPYTER_PREFER_ENV_PATH = 1

# Tests read and write here alone: no student's data set or training is touched, the
# drawn town is used, and nothing is skipped because it was trained before.
TESTS = PIXELWISE_PROFILE=smoke PIXELWISE_DATA="$(CURDIR)/build/test/data" \
	PIXELWISE_RUNS="$(CURDIR)/build/test/runs"
NBVAL = -m pytest notebooks --nbval-lax --nbval-current-env --nbval-cell-timeout=300 \
	-n 2 --dist loadfile

.DEFAULT_GOAL = help
.PHONY: help course test test-colab lab data results benchmark address \
	assignments grade site test-site \
	environment environment-test environment-teach environment-site \
	environment-test-site environment-colab fresh-runs

help:
	@echo 'make course      execute the chapters: build/course/index.html shows them'
	@echo '                   PROFILE=smoke|laptop|full   how large (else: what suits)'
	@echo '                   CHAPTERS="01 02"            which (else: all)'
	@echo 'make lab         open the notebooks in JupyterLab'
	@echo 'make data        download the real data sets; chapters then use them'
	@echo 'make test        check style, the package and every notebook (smoke)'
	@echo 'make test-colab  the same tests with the versions that Colab has'
	@echo 'make results     measure the recorded results anew (hours)'
	@echo 'make benchmark   time what is meant to be fast, beside PyTorch if installed'
	@echo '                   RECORD=1   keep the speeds and write RESULTS.md'
	@echo 'make assignments copies of the chapters for a class: build/assignments'
	@echo '                   CHAPTERS="01 02"            which (else: all)'
	@echo 'make grade       marks and feedback for what it hands in: build/marks'
	@echo '                   SUBMISSIONS=folder          one folder in it a student'
	@echo '                   TRUST=1                     run it without isolation'
	@echo '                   LIMIT=300                   seconds for a cell (else: 60)'
	@echo 'make site        the website: build/site/index.html; executes what has changed'
	@echo '                   PROFILE=smoke|laptop|full   how large (else: what suits)'
	@echo 'make test-site   test the website in a browser (CHROMIUM=/path/to/it)'
	@echo "make address     rewrite badges and install cells after a fork (pyproject.toml)"
	@echo
	@echo 'PYTHON=python3.12 chooses the Python of .venv.'
	@echo '.venv/bin/python -m pixelwise tells what is installed and what is missing.'

environment:
	@"$(PYTHON)" $(INSTALL) .venv $(EXACTLY) --extras tensorflow,course

environment-test:
	@"$(PYTHON)" $(INSTALL) .venv $(EXACTLY) --extras tensorflow,course,teach,test

environment-teach:
	@"$(PYTHON)" $(INSTALL) .venv $(EXACTLY) --extras tensorflow,course,teach

environment-site:
	@"$(PYTHON)" $(INSTALL) .venv $(EXACTLY) --extras tensorflow,course,site

environment-test-site:
	@test -n "$(CHROMIUM)" || { echo 'make test-site needs Chromium. On Debian and' \
		'Ubuntu: sudo apt install chromium. Or name the one that you have, as in:' \
		'make test-site CHROMIUM=/path/to/chromium'; exit 1; }
	@"$(PYTHON)" $(INSTALL) .venv $(EXACTLY) \
		--extras tensorflow,course,site,test,browser

environment-colab:
	@"$(PYTHON_COLAB)" $(INSTALL) .venv-colab $(EXACTLY) \
		--first tests/colab-requirements.txt --extras test

course: environment
	@$(VENV) -m tools.students.course $(if $(PROFILE),--profile "$(PROFILE)") $(CHAPTERS)

lab: environment
	@$(VENV) -m jupyterlab notebooks

data: environment
	@$(VENV) -m pixelwise.data.cifar10
	@$(VENV) -m pixelwise.data.cityscapes

results: environment
	@$(VENV) -m tools.makers.measure

benchmark: environment
	@$(VENV) -m tools.makers.benchmarks $(if $(RECORD),--record)

assignments: environment-teach
	@$(VENV) -m tools.instructors.assignments $(CHAPTERS)

grade: environment-teach
	@$(VENV) -m tools.instructors.grade $(if $(TRUST),--trust) \
		$(if $(LIMIT),--seconds $(LIMIT)) \
		$(if $(SUBMISSIONS),"$(SUBMISSIONS)")

site: environment-site
	@$(VENV) -m tools.makers.site $(if $(PROFILE),--profile "$(PROFILE)")

test-site: environment-test-site site
	@PIXELWISE_SITE="$(CURDIR)/build/site" CHROMIUM="$(CHROMIUM)" \
		$(VENV) -m pytest tests/tools/makers/test_site_pages.py

address: environment
	@$(VENV) tools/address.py

fresh-runs:
	@rm -rf build/test/runs

test: environment-test fresh-runs
	$(VENV) -m ruff check src tests tools notebooks
	$(VENV) -m ruff format --check src tests tools notebooks
	$(VENV) -m nbstripout --verify --keep-id notebooks/*.ipynb
	$(TESTS) $(VENV) -m pytest tests -n 2 --dist loadfile
	$(TESTS) $(VENV) $(NBVAL)

test-colab: environment-colab fresh-runs
	$(TESTS) $(COLAB) -m pytest tests -n 2 --dist loadfile
	$(TESTS) $(COLAB) $(NBVAL)
