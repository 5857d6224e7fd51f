"""One command line for every system, which runs before anything is installed."""

import ast
import os
import shlex
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from helpers import ROOT
from pixelwise import run
from tools import __main__ as command_line
from tools import commands, environment

CHILD = """
import signal, sys
try:
    print("ready", flush=True)
    signal.pause()
except KeyboardInterrupt:
    sys.exit("stopped in words")
"""


@pytest.fixture
def told(monkeypatch):
    """Return a function that gives a command line, and returns what would be run."""
    seen = {}

    def bring(*needs, exactly):
        seen.update(needs=needs, exactly=exactly)

    def run_all(lines, variables):
        seen.update(lines=lines, variables=variables)
        return 0

    def tell(*words):
        monkeypatch.setattr(sys, "argv", ["tools", *words])
        assert command_line.main() == 0
        return seen

    monkeypatch.setitem(commands.OPTIONS["--chromium"], "default", None)
    monkeypatch.setattr(environment, "bring", bring)
    monkeypatch.setattr(command_line, "run_all", run_all)
    return tell


@pytest.fixture
def no_handlers(monkeypatch):
    """Return the handlers of signals that would have been set."""
    handlers = {}
    monkeypatch.setattr(command_line.signal, "signal", handlers.__setitem__)
    return handlers


def test_commands_are_listed_by_a_python_without_packages():
    listed = subprocess.run(
        [sys.executable, "-S", "-m", "tools"], cwd=ROOT, capture_output=True, text=True
    )
    assert listed.returncode == 0, listed.stderr
    for name, command in commands.COMMANDS.items():
        assert f"\n{name} " in listed.stdout
        assert all(command_line.spelled(o) in listed.stdout for o in command.options)


@pytest.mark.parametrize("name", ["__init__", "__main__", "commands", "environment"])
def test_an_old_python_can_read_what_tells_it_that_it_is_too_old(name):
    source = (ROOT / "tools" / f"{name}.py").read_text("utf-8")
    ast.parse(source, feature_version=(3, 8))


def test_a_command_is_run_by_its_environment_with_what_it_was_told(told):
    seen = told("course", "--profile", "smoke", "01", "02")
    python = str(environment.python_of(Path(".venv")))
    words = ["--profile", "smoke", "01", "02"]
    assert seen["lines"] == [[python, "-m", "tools.students.course", *words]]
    assert seen["needs"] == (".venv", "tensorflow,course")
    assert seen["exactly"] is False
    assert told("--exactly", "lab")["exactly"] is True


def test_a_folder_with_spaces_stays_one_word(told):
    words = told("grade", "--trust", "--limit", "300", "my class")["lines"][0][3:]
    assert sorted(words) == ["--limit", "--trust", "300", "my class"]
    assert words[words.index("--limit") + 1] == "300"


def test_a_mistake_is_told_before_anything_is_installed(told, capsys):
    for line in (["course", "--profile", "huge"], ["grade"], ["cuorse"]):
        with pytest.raises(SystemExit) as ended:
            told(*line)
        assert ended.value.code == 2
        assert "usage: python -m tools" in capsys.readouterr().err


def test_profiles_are_those_of_the_package():
    assert set(commands.OPTIONS["--profile"]["choices"]) == set(run.PROFILES)


def test_tests_touch_no_student_s_data_and_no_earlier_run(told, tmp_path, monkeypatch):
    monkeypatch.setattr(commands, "ROOT", tmp_path)
    runs = tmp_path / "build" / "test" / "runs"
    runs.mkdir(parents=True)
    for name, folder in (("test", ".venv"), ("test-colab", ".venv-colab")):
        (runs / "ledger.jsonl").parent.mkdir(exist_ok=True)
        (runs / "ledger.jsonl").touch()
        seen = told(name)
        assert not runs.exists()
        assert seen["variables"] == {
            "PIXELWISE_PROFILE": "smoke",
            "PIXELWISE_DATA": str(runs.with_name("data")),
            "PIXELWISE_RUNS": str(runs),
        }
        assert seen["needs"][0] == folder
        assert any("--nbval-lax" in line for line in seen["lines"])


def test_the_browser_is_the_one_that_was_named_else_one_that_is_found(
    told, monkeypatch
):
    seen = told("test-site", "--profile", "smoke", "--chromium", "/my apps/chrome")
    assert seen["variables"]["CHROMIUM"] == "/my apps/chrome"
    assert seen["lines"][0][2:] == ["tools.makers.site", "--profile", "smoke"]
    monkeypatch.setattr(commands.shutil, "which", {"google-chrome": "/bin/gc"}.get)
    assert told("test-site")["variables"]["CHROMIUM"] == "/bin/gc"


def test_without_a_browser_nothing_is_installed(told, monkeypatch):
    monkeypatch.setattr(commands.shutil, "which", lambda name: None)
    with pytest.raises(SystemExit, match="--chromium /path/to/chromium"):
        told("test-site")


def test_steps_are_shown_and_end_with_the_first_that_fails(no_handlers, capfd):
    lines = [[sys.executable, "-c", f"raise SystemExit({code})"] for code in (0, 3, 4)]
    assert command_line.run_all(lines, {}) == 3
    said = capfd.readouterr().out.splitlines()
    assert said == [" ".join(line) for line in lines[:2]]


def test_a_command_s_variables_come_before_those_of_the_shell(monkeypatch):
    monkeypatch.delenv("TF_CPP_MIN_LOG_LEVEL", raising=False)
    monkeypatch.setenv("PIXELWISE_RUNS", "mine")
    found = command_line.with_defaults({"PIXELWISE_RUNS": "a test's"})
    assert found["TF_CPP_MIN_LOG_LEVEL"] == "2"
    assert found["JUPYTER_PREFER_ENV_PATH"] == "1"
    assert found["PIXELWISE_RUNS"] == "a test's"
    monkeypatch.setenv("TF_CPP_MIN_LOG_LEVEL", "0")
    assert command_line.with_defaults({})["TF_CPP_MIN_LOG_LEVEL"] == "0"


@pytest.mark.skipif(os.name == "nt", reason="it has no process groups")
def test_an_interruption_is_answered_by_the_command_alone():
    script = (
        "import sys\nfrom tools import __main__\n"
        f"sys.exit(__main__.run([sys.executable, '-c', {CHILD!r}], {{}}))"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", script],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout.readline() == "ready\n"
    os.killpg(process.pid, signal.SIGINT)
    assert process.communicate()[1] == "stopped in words\n"
    assert process.returncode == 1


def test_whoever_ends_the_command_line_ends_the_command(no_handlers, monkeypatch):
    class Process:
        code = 0

        def __init__(self, line, env):
            pass

        def terminate(self):
            self.code = -signal.SIGTERM

        def wait(self):
            no_handlers[signal.SIGTERM](signal.SIGTERM, None)
            return self.code

    monkeypatch.setattr(command_line.subprocess, "Popen", Process)
    assert command_line.run(["a command"], {}) == 128 + signal.SIGTERM


def test_an_interrupted_installation_ends_in_words():
    script = (
        "import runpy, sys\nfrom tools import environment\n"
        "def bring(*needs, exactly):\n    raise KeyboardInterrupt\n"
        "environment.bring, sys.argv = bring, ['tools', 'lab']\n"
        "runpy.run_module('tools', run_name='__main__')"
    )
    ended = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True
    )
    assert ended.stderr == "\nstopped; run the same command again\n"


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
@pytest.mark.parametrize(
    ("made", "words"),
    [
        ("course PROFILE=smoke 'CHAPTERS=01 02'", "course --profile smoke 01 02"),
        ("benchmark RECORD=1", "benchmark --record"),
        ("assignments CHAPTERS=02", "assignments 02"),
        (
            "grade TRUST=1 LIMIT=300 'SUBMISSIONS=my class'",
            "grade --trust --limit 300 'my class'",
        ),
        ("site PROFILE=laptop", "site --profile laptop"),
        (
            "test-site 'CHROMIUM=/my apps/chrome'",
            "test-site --chromium '/my apps/chrome'",
        ),
        ("help", ""),
        *((name, name) for name in commands.COMMANDS),
    ],
)
def test_make_passes_on_what_it_is_told(made, words):
    make = ["make", "--dry-run", "--no-print-directory", *shlex.split(made)]
    for python in ("PYTHON", "PYTHON_COLAB"):
        make.append(f"{python}=/my apps/python")
    # Not what a `make test` has exported, which runs this.
    variables = {"PATH": os.environ["PATH"]}
    shown = subprocess.check_output(make, cwd=ROOT, env=variables, text=True)
    start = ["/my apps/python", "-m", "tools", "--exactly"]
    assert shlex.split(shown.replace("\\\n", "")) == [*start, *shlex.split(words)]


@pytest.mark.skipif(shutil.which("make") is None, reason="there is no make")
def test_a_python_that_nobody_named_leaves_the_environment_as_it_is():
    make = ["make", "--dry-run", "--no-print-directory", "lab"]
    variables = {"PATH": os.environ["PATH"]}
    shown = subprocess.check_output(make, cwd=ROOT, env=variables, text=True)
    assert shlex.split(shown)[1:] == ["-m", "tools", "lab"]
