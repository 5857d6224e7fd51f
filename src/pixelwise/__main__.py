"""`python -m pixelwise`: what is here, what is missing, and what mends it."""

import contextlib
import importlib
import io
import os
import platform
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

from pixelwise import run

PACKAGES = ("keras", "tensorflow", "jax", "torch", "numpy", "matplotlib", "pillow")
OLDEST_KERAS = (3, 10)
LEAST_DISK = 2.0  # GB: CIFAR-10's archive, its arrays, and the checkpoints of a run

Missing = list[str]


def main() -> int:
    """Print the report; return 1 if the course cannot run as it is, else 0."""
    # Logs of the backend are no news to a student.
    os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
    missing: Missing = []
    describe_versions()
    describe_compute(missing)
    describe_data(missing)
    describe_folders(missing)
    describe_minutes(missing)
    for sentence in missing:
        print(f"! {sentence}")
    if not missing:
        print(
            "Nothing is missing. `make course` or `python -m tools course` "
            "runs the chapters."
        )
    return 1 if missing else 0


def line(name: str, value: str) -> None:
    """Print one fact."""
    print(f"{name:<10} {value}")


def describe_versions() -> None:
    """Print the versions that matter."""
    line("python", f"{platform.python_version()} ({sys.executable})")
    for package in PACKAGES:
        found = run.version(package)
        if package not in ("jax", "torch") or found != "not installed":
            line(package, found)


def describe_compute(missing: Missing) -> None:
    """Print backend, device and precision, or why there is none."""
    keras = attempt(lambda: importlib.import_module("keras"))
    if isinstance(keras, Exception):
        line("backend", f"none: {type(keras).__name__}: {first_line(keras)}")
        missing.append(how_to_get_a_backend(keras))
        return
    if version_tuple(keras.__version__) < OLDEST_KERAS:
        missing.append(
            f"Keras {keras.__version__} is too old: pip install --upgrade 'keras>=3.10'"
        )
        return
    line("backend", keras.backend.backend())
    line("device", run.device())
    precision = attempt(measured_precision)
    if isinstance(precision, Exception):
        line("precision", f"not measured: {first_line(precision)}")
        missing.append("The backend cannot train: see the line on precision.")
    else:
        line("precision", precision)


def measured_precision() -> str:
    """Return the precision that trains fastest here, measured in about two seconds."""
    with contextlib.redirect_stdout(io.StringIO()) as said:
        run.choose_precision()
    return said.getvalue().strip().removeprefix("precision: ")


def how_to_get_a_backend(error: Exception) -> str:
    """Return the command that mends an import of Keras that failed with `error`."""
    backend = os.environ.get("KERAS_BACKEND", "tensorflow")
    missing = getattr(error, "name", None)
    if missing == "keras":
        return "Keras is not installed: pip install 'keras>=3.10,<4'"
    if missing and missing.split(".")[0] in ("tensorflow", "jax", "torch"):
        return (
            f"No backend: pip install {backend}. "
            "One of another name is chosen by KERAS_BACKEND=jax or torch."
        )
    return (
        "Keras could not be imported, for the reason above. A new environment mends "
        "most of it: delete .venv, then `make lab` or `python -m tools lab`."
    )


def describe_data(missing: Missing) -> None:
    """Print which pictures the chapters will read, and from where."""
    from pixelwise.data import cifar10, streets

    for name, chosen in (("data", cifar10.source), ("streets", streets.source)):
        source = attempt(chosen)
        if isinstance(source, Exception):
            line(name, f"unknown: {first_line(source)}")
            missing.append(f"The data cannot be told: see the line on {name}.")
        else:
            line(name, source.describe())


def describe_folders(missing: Missing) -> None:
    """Print the folders that the course writes to, and the room that is left."""
    for name, folder in (
        ("data in", run.data_folder()),
        ("runs in", run.runs_folder()),
    ):
        there = nearest_existing(folder)
        free = shutil.disk_usage(there).free / 1e9
        line(name, f"{folder} ({free:.0f} GB free)")
        if not os.access(there, os.W_OK):
            variable = f"PIXELWISE_{name.split()[0].upper()}"
            missing.append(
                f"{there} cannot be written to: set {variable} to a folder that can."
            )
        if free < LEAST_DISK:
            missing.append(
                f"{free:.1f} GB are free at {there}; the course wants {LEAST_DISK:.0f}."
            )


def describe_minutes(missing: Missing) -> None:
    """Print how long each chapter is expected to take in this profile."""
    profile = attempt(run.profile)
    if isinstance(profile, Exception):
        line("profile", f"unknown: {first_line(profile)}")
        if isinstance(profile, ValueError):
            missing.append(
                "PIXELWISE_PROFILE is wrong: unset it, or see the line above."
            )
        return
    line("profile", profile)
    for chapter, sizes in run.SIZES.items():
        line("", f"{chapter:<20} about {sizes[profile]['minutes']:g} min")


def nearest_existing(folder: Path) -> Path:
    """Return the folder, or the nearest one above it that is there."""
    return next(path for path in (folder, *folder.parents) if path.exists())


def attempt(function: Callable[[], object]) -> object:
    """Return what the function returns, or the exception that it raised.

    A report must come to its end whatever is broken, so every exception is a finding.
    """
    try:
        return function()
    except Exception as error:
        return error


def first_line(error: Exception) -> str:
    """Return the first line of what an exception says."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def version_tuple(version: str) -> tuple[int, ...]:
    """Return the first two numbers of a version, such as (3, 10)."""
    return tuple(int(number) for number in version.split(".")[:2])


if __name__ == "__main__":
    sys.exit(main())
