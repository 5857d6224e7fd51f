"""Run a command of the course; without one, list them.

The system's Python runs this before anything is installed: only the standard library
and syntax of Python 3.8 are used here and in what is imported.
"""

import argparse
import os
import signal
import subprocess
import sys
from pathlib import Path

from tools import environment
from tools.commands import COMMANDS, OPTIONS, PURPOSES

EXAMPLES = """\
The same on Linux and macOS, on Windows, and with make:
  python3 -m tools course --profile smoke 01 02
  py -m tools course --profile smoke 01 02
  make course PROFILE=smoke CHAPTERS="01 02"
For make, options are such variables: SUBMISSIONS=folder, TRUST=1, LIMIT=300.
The Python that runs this, or PYTHON=python3.12 with make, becomes that of .venv.
"""


def main():
    """Do what the command line asks for; return the exit code."""
    parser = parser_of_commands()
    told = vars(parser.parse_args())
    name, exactly = told.pop("command"), told.pop("exactly")
    if name is None:
        parser.print_help()
        return 0
    command = COMMANDS[name]
    variables = command.variables(told)
    environment.bring(*command.needs, exactly=exactly)
    python = str(environment.python_of(Path(command.needs[0])))
    lines = [[python, "-m", *step.split()] for step in command.steps]
    lines[0] += words(told)
    return run_all(lines, variables)


def parser_of_commands():
    """Return the parser of the command line, whose help is the list of commands."""
    report = f"{environment.python_of(Path('.venv'))} -m pixelwise"
    parser = argparse.ArgumentParser(
        prog="python -m tools",
        usage="%(prog)s [--exactly] COMMAND [OPTIONS]",
        description=listing(),
        epilog=f"{EXAMPLES}{report} tells what is installed and what is missing.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    exactly = "make .venv anew if it is of another Python"
    parser.add_argument("--exactly", action="store_true", help=exactly)
    commands = parser.add_subparsers(
        dest="command", help=argparse.SUPPRESS, prog=parser.prog
    )
    for name, command in COMMANDS.items():
        each = commands.add_parser(name, description=PURPOSES[name])
        for option in command.options:
            each.add_argument(option, **OPTIONS[option])
    return parser


def listing():
    """Return a line for each command and each of its options."""
    lines = []
    for name, command in COMMANDS.items():
        lines.append(f"{name:<12} {PURPOSES[name]}")
        for option in command.options:
            purpose = OPTIONS[option]["help"]
            lines.append(f"{'':<15}{spelled(option):<29} {purpose}")
    return "\n".join(lines)


def spelled(option):
    """Return what is written on a command line for an option."""
    settings = OPTIONS[option]
    value = settings.get("metavar", "|".join(settings.get("choices", ())))
    return f"{option} {value}" if option.startswith("--") else value


def words(told):
    """Return what was told as it stood on the command line."""
    found = []
    for name, value in told.items():
        if isinstance(value, list):
            found += value
        elif value:
            found += [f"--{name}"] if value is True else [f"--{name}", value]
    return found


def run_all(lines, variables):
    """Run command lines until one fails; return its code, or 0.

    Where there are several, each is printed before it is run.
    """
    for line in lines:
        if len(lines) > 1:
            print(*line, flush=True)
        code = run(line, variables)
        if code:
            return code
    return 0


def run(line, variables):
    """Run a command line to its end; return its code.

    Ctrl-C reaches every process of a terminal: what is run answers it, and this waits.
    """
    signal.signal(signal.SIGINT, lambda *_: None)
    process = subprocess.Popen(line, env=with_defaults(variables))
    signal.signal(signal.SIGTERM, lambda *_: process.terminate())
    code = process.wait()
    # As shells have it: 128 and the number of the signal that ended it.
    return 128 - code if code < 0 else code


def with_defaults(variables):
    """Return the variables of a command, beside those of whoever calls it."""
    return {
        # Of TensorFlow's log lines, warnings and errors only.
        "TF_CPP_MIN_LOG_LEVEL": "2",
        # What is printed and written is UTF-8 on Windows, too.
        "PYTHONUTF8": "1",
        **os.environ,
        # Kernels are those of .venv, whatever the user has registered for the account.
        "JUPYTER_PREFER_ENV_PATH": "1",
        **variables,
    }


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:
        sys.exit("\nstopped; run the same command again")
