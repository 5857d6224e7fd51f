"""Make a virtual environment with the course in it, once.

Only the standard library is used, and no syntax newer than Python 3.8 has, so that an
older Python can still say in a plain sentence that it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys

from tools import ROOT

OLDEST = (3, 11)

# A large package that every installation has: if it is compiled, pip compiled.
PROBE = """
import importlib.util, sys, sysconfig
keras = importlib.util.find_spec("keras").origin
compiled = importlib.util.cache_from_source(keras)
print(sysconfig.get_paths()["purelib"])
sys.exit(not __import__("os").path.exists(compiled))
"""


def bring(name, extras, first=None, exactly=False):
    """Bring the environment `name` into being, or exit with a sentence.

    Args:
        name: its folder in the checkout, such as .venv.
        extras: of the package, with commas between them.
        first: a file of requirements that are installed before the package.
        exactly: whether it must have the version of Python that runs this.
    """
    folder = ROOT / name
    wanted = fingerprint(extras, first)
    if is_ready(folder, wanted, exactly):
        return
    try:
        prepare(folder, exactly)
        install(folder, extras, first)
    except subprocess.CalledProcessError as error:
        # pip ended by itself, so nothing is half-written: the next try goes on here.
        unfinished_of(folder).unlink()
        sys.exit(explain(error))
    stamp_of(folder).write_text(wanted)
    unfinished_of(folder).unlink()


def check_python():
    """Exit with a sentence where this Python cannot make the environment."""
    found = "{}.{}".format(*sys.version_info[:2])
    if sys.version_info < OLDEST:
        sys.exit(
            "The course needs Python 3.11, 3.12 or 3.13; this one is "
            + f"{found} ({sys.executable}). "
            + "Install one of these and name it, as in: python3.12 -m tools course, "
            + "on Windows py -3.12 -m tools course, or make course PYTHON=python3.12"
        )
    if sys.version_info >= (3, 14):
        print(f"Python {found}: if no TensorFlow is found for it, use 3.11 to 3.13.")
    try:
        import ensurepip  # noqa: F401
        import venv  # noqa: F401
    except ImportError:
        sys.exit(
            f"Python {found} comes without the module venv here. "
            + f"On Debian and Ubuntu: sudo apt install python{found}-venv"
        )


def fingerprint(extras, first):
    """Return what the environment depends on, as text: place, extras, versions."""
    content = (ROOT / "pyproject.toml").read_bytes()
    if first:
        content += (ROOT / first).read_bytes()
    return "\n".join([str(ROOT), extras, hashlib.sha256(content).hexdigest()])


def is_ready(folder, wanted, exactly):
    """Return whether all that is wanted was installed, and installed to its end."""
    stamp = stamp_of(folder)
    if not stamp.exists() or unfinished_of(folder).exists() or not works(folder):
        return False
    if exactly and not same_python(folder):
        return False
    place, extras, versions = stamp.read_text().split("\n")
    wanted_place, wanted_extras, wanted_versions = wanted.split("\n")
    enough = set(wanted_extras.split(",")) <= set(extras.split(","))
    return enough and (place, versions) == (wanted_place, wanted_versions)


def prepare(folder, exactly):
    """Make the environment, anew where an earlier attempt was left half-made."""
    broken = unfinished_of(folder).exists() or not works(folder)
    if broken or (exactly and not same_python(folder)):
        check_python()
        make(folder)
    unfinished_of(folder).touch()


def make(folder):
    """Make the environment with the Python that runs this, and nothing in it yet."""
    if folder.exists():
        print(f"{folder.name} is made again: it is incomplete or of another Python")
        shutil.rmtree(str(folder))
    print(f"making {folder.name} with Python {sys.version.split()[0]}", flush=True)
    folder.mkdir()
    unfinished_of(folder).touch()
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)


def install(folder, extras, first):
    """Install the package, editable, with its extras, and see that it is compiled."""
    print("installing; the first time this takes some minutes", flush=True)
    if has_nvidia_gpu():
        # Never both: tensorflow-cpu would be written over the one with CUDA.
        extras = extras.replace("tensorflow", "cuda")
    if first:
        pip(folder, "-r", str(ROOT / first))
    package = f"{ROOT}[{extras}]" if extras else str(ROOT)
    pip(folder, "-e", package)
    compile_packages(folder)


def pip(folder, *what):
    """Install with bytecode: without it `import keras` takes twice as long."""
    command = [str(python_of(folder)), "-m", "pip", "install", "--quiet", "--compile"]
    subprocess.run([*command, "--disable-pip-version-check", *what], check=True)


def compile_packages(folder):
    """Compile the installed packages unless they are (some settings prevent it)."""
    python = str(python_of(folder))
    probe = subprocess.run([python, "-c", PROBE], stdout=subprocess.PIPE, text=True)
    if probe.returncode:
        print("compiling the installed packages")
        packages = probe.stdout.strip()
        # Some packages ship files for other Pythons: those may fail to compile.
        subprocess.run([python, "-m", "compileall", "-qq", "-j", "0", packages])


def works(folder):
    """Return whether the environment's Python runs and has pip."""
    command = [str(python_of(folder)), "-c", "import pip"]
    try:
        return subprocess.run(command, stderr=subprocess.DEVNULL).returncode == 0
    except OSError:
        return False


def same_python(folder):
    """Return whether the environment has the version of Python that runs this."""
    ask = "import sys; print('{}.{}'.format(*sys.version_info[:2]))"
    command = [str(python_of(folder)), "-c", ask]
    found = subprocess.run(command, stdout=subprocess.PIPE, text=True).stdout
    return found.strip() == "{}.{}".format(*sys.version_info[:2])


def has_nvidia_gpu():
    """Return whether TensorFlow's CUDA libraries are of use here."""
    return sys.platform == "linux" and shutil.which("nvidia-smi") is not None


def python_of(folder, system=os.name):
    """Return the environment's interpreter."""
    return folder / ("Scripts/python.exe" if system == "nt" else "bin/python")


def stamp_of(folder):
    """Return the file that says what was installed."""
    return folder / "pixelwise-installed"


def unfinished_of(folder):
    """Return the file that is there while an installation is under way."""
    return folder / "pixelwise-unfinished"


def explain(error):
    """Return a plain sentence on a command that failed; its own words came before."""
    return (
        f"\nThe installation stopped: {' '.join(error.cmd)} ended with code "
        f"{error.returncode}.\nIt needs the network and about 3 GB of disk. "
        "Then run the same command again."
    )
