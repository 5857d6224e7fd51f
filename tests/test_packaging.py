"""What is declared fits Colab, its own imports, and the files that it names."""

import ast
import configparser
import importlib.metadata
import re
import sys
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from helpers import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]

# Backends are imported where they are in use; which one is there is the user's choice.
BACKENDS = {"tensorflow", "jax", "torch"}
# What Colab has, and Jupyter brings with it elsewhere.
AT_HOME = {"google", "IPython", "drawntown", "pixelwise"}
DISTRIBUTIONS = {
    "PIL": "pillow",
    "nbclient": "jupyter",
    "IPython": "jupyter",
    "skimage": "scikit-image",
}


def read_requirements(path: Path) -> list[Requirement]:
    lines = path.read_text("utf-8").splitlines()
    return [Requirement(line) for line in lines if line and not line.startswith("#")]


def recorded_runtimes() -> dict[str, dict[str, str]]:
    """Return the versions by package of each of Colab's runtimes, newest first."""
    parser = configparser.ConfigParser(delimiters=("==",), comment_prefixes=("#",))
    parser.read(ROOT / "tests" / "colab-versions.txt")
    return {name: dict(parser[name]) for name in parser.sections()}


RUNTIMES = recorded_runtimes()
BASE = [Requirement(line) for line in PROJECT["dependencies"]]
TENSORFLOW = [
    Requirement(line) for line in PROJECT["optional-dependencies"]["tensorflow"]
]
STUDENT = read_requirements(ROOT / "requirements.txt")


@pytest.mark.parametrize("runtime", RUNTIMES)
def test_colab_already_satisfies_what_is_declared(runtime):
    for requirement in [*BASE, *TENSORFLOW, *STUDENT]:
        found = RUNTIMES[runtime].get(name_on_colab(requirement))
        if found is not None:
            assert requirement.specifier.contains(found), f"{requirement}: {found}"


def name_on_colab(requirement: Requirement) -> str:
    return canonicalize_name(requirement.name).replace("tensorflow-cpu", "tensorflow")


def test_the_newest_runtime_records_every_package_that_colab_must_keep():
    kept = {"keras", "numpy", "matplotlib", "pillow", "tqdm", "h5py", "tensorflow"}
    assert kept <= set(next(iter(RUNTIMES.values())))


def test_the_colab_environment_pins_the_newest_runtime():
    newest = next(iter(RUNTIMES.values()))
    for requirement in read_requirements(ROOT / "tests" / "colab-requirements.txt"):
        assert str(requirement.specifier) == f"=={newest[name_on_colab(requirement)]}"


@pytest.mark.skipif(
    Path(sys.prefix).name != ".venv-colab", reason="only in the environment like Colab"
)
def test_installing_the_package_changed_none_of_colab_s_versions():
    for requirement in read_requirements(ROOT / "tests" / "colab-requirements.txt"):
        if requirement.marker is None or requirement.marker.evaluate():
            found = importlib.metadata.version(requirement.name)
            assert requirement.specifier.contains(found), f"{requirement.name} {found}"


def test_every_file_that_the_package_reads_is_installed_with_it():
    tools = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]
    declared = tools["setuptools"]["package-data"]
    folders = {name: ROOT / "src" / name.replace(".", "/") for name in declared}
    installed = {
        path
        for name, patterns in declared.items()
        for pattern in patterns
        for path in folders[name].glob(pattern)
    }
    files = {path for path in (ROOT / "src" / "pixelwise").rglob("*") if path.is_file()}
    assert {path for path in files if path.suffix not in (".py", ".pyc")} == installed


def test_the_package_itself_needs_no_tensorflow():
    names = {requirement.name for requirement in BASE}
    assert not [name for name in names if "tensorflow" in name]


def test_tensorflow_is_asked_for_once_on_every_platform():
    platforms = [("linux", "x86_64"), ("linux", "aarch64"), ("darwin", "arm64")]
    for system, machine in [*platforms, ("win32", "AMD64")]:
        place = {"sys_platform": system, "platform_machine": machine}
        chosen = [line.name for line in TENSORFLOW if line.marker.evaluate(place)]
        assert len(chosen) == 1, (system, machine, chosen)


def test_the_lowest_versions_are_the_floors_that_are_declared():
    floors = {line.name: str(line.specifier) for line in [*BASE, *TENSORFLOW]}
    path = ROOT / "tests" / "lowest-requirements.txt"
    pins = {line.name: line for line in read_requirements(path)}
    assert set(floors) <= set(pins)
    for name, floor in floors.items():
        version = re.search(r">=([\d.]+)", floor)[1]
        assert str(pins[name].specifier).startswith(f"=={version}"), name


def imports(source: str) -> set[str]:
    """Return the top-level modules that source imports, also within functions."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            found.add(node.module.split(".")[0])
    return found - set(sys.stdlib_module_names) - AT_HOME


def imports_of_packages() -> set[str]:
    paths = (ROOT / "src").rglob("*.py")
    return set().union(*(imports(path.read_text("utf-8")) for path in paths))


def imports_of_notebooks() -> set[str]:
    found = set()
    for path in (ROOT / "notebooks").glob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "code":
                found |= imports(re.sub(r"(?m)^(\s*)[%!].*$", r"\1pass", cell.source))
    return found


def test_every_import_of_the_package_is_declared():
    declared = {requirement.name for requirement in BASE}
    wanted = {DISTRIBUTIONS.get(name, name) for name in imports_of_packages()}
    assert wanted - BACKENDS - {"kagglehub"} <= declared


def test_requirements_cover_every_import_of_notebooks_and_package():
    covered = {requirement.name for requirement in STUDENT}
    modules = imports_of_packages() | imports_of_notebooks()
    wanted = {DISTRIBUTIONS.get(name, name) for name in modules}
    assert wanted - (BACKENDS - {"tensorflow"}) <= covered


def test_requirements_are_floors_no_higher_or_lower_than_the_package_s():
    declared = {line.name: line.specifier for line in [*BASE, *TENSORFLOW]}
    for requirement in STUDENT:
        assert "==" not in str(requirement.specifier)
        if requirement.name in declared:
            assert requirement.specifier == declared[requirement.name]


def test_classifiers_name_the_versions_of_python_that_are_tested():
    named = set(re.findall(r":: (3\.\d+)", "\n".join(PROJECT["classifiers"])))
    workflow = yaml.safe_load(
        (ROOT / ".github" / "workflows" / "test.yml").read_text("utf-8")
    )
    matrix = workflow["jobs"]["package"]["strategy"]["matrix"]
    assert named == set(matrix["python"])
    assert PROJECT["requires-python"] == f">={min(named, key=minor)}"


def minor(version: str) -> int:
    return int(version.split(".")[1])


def test_licences_are_there_and_the_citation_agrees_with_them():
    for name in PROJECT["license-files"]:
        assert (ROOT / name).stat().st_size > 500
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text("utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= set(citation)
    assert citation["authors"] == PROJECT["authors"]
    assert str(citation["version"]) == PROJECT["version"]
    assert citation["license"] == PROJECT["license"].split(" AND ")


def test_every_action_of_the_workflows_is_pinned_by_commit():
    paths = list((ROOT / ".github" / "workflows").glob("*.yml"))
    assert paths
    for path in paths:
        text = path.read_text("utf-8")
        assert yaml.safe_load(text)["permissions"] == {"contents": "read"}
        for action in re.findall(r"uses: (\S+)", text):
            assert re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40}", action), (path, action)


def test_package_is_pure_keras_but_for_one_layer():
    faster = ROOT / "src" / "pixelwise" / "models" / "batch_norm.py"
    for path in {*(ROOT / "src").rglob("*.py")} - {faster}:
        tree = ast.parse(path.read_text("utf-8"))
        for node in ast.walk(tree):
            names = [alias.name for alias in getattr(node, "names", ())]
            names.append(getattr(node, "module", None) or "")
            if isinstance(node, ast.Import | ast.ImportFrom):
                assert not {name.split(".")[0] for name in names} & {"tensorflow"}, path
