# The commands of the course, for those who like `make`: `python -m tools` does what they
# say, and lists them.
#
# Works with GNU make 3.81 and newer, also where the path of this folder has spaces.

# The first Python that TensorFlow has releases for, else python3 and what it says.
PYTHON ?= $(shell for python in python3 python3.13 python3.12 python3.11; do \
	$$python -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' \
	2>/dev/null && echo $$python && exit; done; echo python3)
PYTHON_COLAB ?= $(shell python3.13 -c '' 2>/dev/null && echo python3.13 || echo '$(PYTHON)')
# A Python that was named must be the one that is used, also when .venv has another.
EXACTLY = $(if $(filter file,$(origin PYTHON)),,--exactly)
TOOLS = "$(PYTHON)" -m tools $(EXACTLY)

.DEFAULT_GOAL = help
.PHONY: help course lab data test test-colab results benchmark assignments grade site \
	test-site address

help:
	@$(TOOLS)

course:
	@$(TOOLS) $@ $(if $(PROFILE),--profile "$(PROFILE)") $(CHAPTERS)

lab data test results address:
	@$(TOOLS) $@

test-colab:
	@"$(PYTHON_COLAB)" -m tools $(EXACTLY) $@

benchmark:
	@$(TOOLS) $@ $(if $(RECORD),--record)

assignments:
	@$(TOOLS) $@ $(CHAPTERS)

grade:
	@$(TOOLS) $@ $(if $(TRUST),--trust) $(if $(LIMIT),--limit "$(LIMIT)") \
		$(if $(SUBMISSIONS),"$(SUBMISSIONS)")

site:
	@$(TOOLS) $@ $(if $(PROFILE),--profile "$(PROFILE)")

test-site:
	@$(TOOLS) $@ $(if $(PROFILE),--profile "$(PROFILE)") \
		$(if $(CHROMIUM),--chromium "$(CHROMIUM)")
