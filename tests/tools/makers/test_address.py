"""The repository's address stands in one place, and everything else follows it."""

import json
import os
import subprocess
import sys

import nbformat
import pytest

from helpers import ROOT
from tools.makers import address

PIXELWISE = "pixelwise-course/pixelwise"
FORK = "ada-lovelace/pixel.wise"


def checkout(folder, repository=f"https://github.com/{PIXELWISE}"):
    """Return a small checkout that names the address in every way that ours does."""
    (folder / "notebooks").mkdir()
    (folder / "docs").mkdir()
    (folder / "pyproject.toml").write_text(
        f'[project]\nname = "x"\n[project.urls]\nRepository = "{repository}"\n'
    )
    badge = address.colab(PIXELWISE, "").removesuffix("/")
    (folder / "README.md").write_text(
        f"[badge]({badge}/01_mlp.ipynb)\n"
        f"git clone https://github.com/{PIXELWISE}.git\n"
        f"https://github.com/{PIXELWISE}-other and https://github.com/rasbt/LLMs\n"
        f"{address.site(PIXELWISE)} and https://pixelwise-course.github.io/pixels/\n"
    )
    (folder / "docs" / "guide.md").write_text(f"See https://github.com/{PIXELWISE}.\n")
    (folder / "CITATION.cff").write_text(
        f'repository-code: "https://github.com/{PIXELWISE}"\n'
    )
    notebook = nbformat.v4.new_notebook(
        cells=[
            nbformat.v4.new_markdown_cell(f"# Über\n[badge]({badge}/01_mlp.ipynb)"),
            nbformat.v4.new_code_cell(address.colab_cell(PIXELWISE)),
        ]
    )
    nbformat.write(notebook, folder / "notebooks" / "01_mlp.ipynb")
    return folder


def run(folder, *arguments):
    command = [sys.executable, "-m", address.__name__, "--root", str(folder)]
    return subprocess.run(
        [*command, *arguments], cwd=ROOT, capture_output=True, text=True
    )


def test_this_checkout_agrees_with_the_address_that_it_declares():
    repository = address.declared(ROOT)
    assert address.disagreements(ROOT, repository) == []


def test_a_fork_s_address_reaches_every_file(tmp_path):
    folder = checkout(tmp_path, f"https://github.com/{FORK}.git")
    complaint = run(folder, "--check")
    assert complaint.returncode == 1
    for name in ("README.md", "CITATION.cff", "01_mlp.ipynb"):
        assert name in complaint.stdout

    assert run(folder).returncode == 0
    assert run(folder, "--check").returncode == 0
    for path in [*folder.glob("*.md"), *folder.glob("*.cff"), *folder.glob("*/*")]:
        text = path.read_text("utf-8").replace(f"{PIXELWISE}-other", "")
        assert PIXELWISE not in text, path
        assert FORK in text, path


def test_other_repositories_are_left_alone(tmp_path):
    folder = checkout(tmp_path, f"https://github.com/{FORK}")
    run(folder)
    text = (folder / "README.md").read_text()
    assert f"https://github.com/{PIXELWISE}-other" in text
    assert "https://github.com/rasbt/LLMs" in text
    assert f"git clone https://github.com/{FORK}.git\n" in text


def test_the_website_s_address_follows_and_others_stay(tmp_path):
    folder = checkout(tmp_path, f"https://github.com/{FORK}")
    run(folder)
    text = (folder / "README.md").read_text()
    assert "https://ada-lovelace.github.io/pixel.wise/ and" in text
    assert "https://pixelwise-course.github.io/pixels/" in text


def test_a_rewritten_notebook_is_formatted_as_nbformat_writes_it(tmp_path):
    folder = checkout(tmp_path, f"https://github.com/{FORK}")
    run(folder)
    path = folder / "notebooks" / "01_mlp.ipynb"
    as_written = path.read_bytes()
    nbformat.write(nbformat.read(path, as_version=4), path)
    assert path.read_bytes() == as_written
    assert "Über".encode() in as_written
    assert json.loads(as_written)["nbformat"] == 4


@pytest.mark.parametrize("ending", ["", "/", ".git", ".git/"])
def test_the_usual_endings_of_an_address_are_understood(tmp_path, ending):
    found = address.owner_and_name(f"https://github.com/a-b/c.d{ending}", tmp_path)
    assert found == "a-b/c.d"


@pytest.mark.parametrize(
    "wrong", ["", "github.com/a/b", "https://github.com/a", "https://example.org/a/b"]
)
def test_a_wrong_address_is_named_with_its_place(tmp_path, wrong):
    answer = run(checkout(tmp_path, wrong))
    assert answer.returncode == 1
    assert "pyproject.toml" in answer.stderr
    assert repr(wrong) in answer.stderr
    assert "Traceback" not in answer.stderr


def installed_by_cell(*folders) -> str:
    """Return what the Colab cell installs where only these folders are importable."""
    transformer = pytest.importorskip("IPython.core.inputtransformer2")
    cell = transformer.TransformerManager().transform_cell(address.colab_cell(FORK))
    fake = "class get_ipython:\n    def run_line_magic(self, *magic): print(*magic)\n"
    # -S: none of this environment's packages, among them protobuf's `google`.
    answer = subprocess.run(
        [sys.executable, "-S", "-c", fake + cell],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(map(str, folders))},
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    return answer.stdout.strip()


@pytest.fixture
def colab(tmp_path):
    (tmp_path / "colab" / "google" / "colab").mkdir(parents=True)
    (tmp_path / "colab" / "google" / "colab" / "__init__.py").touch()
    return tmp_path / "colab"


@pytest.fixture
def package(tmp_path):
    (tmp_path / "package" / "pixelwise").mkdir(parents=True)
    (tmp_path / "package" / "pixelwise" / "__init__.py").touch()
    return tmp_path / "package"


def test_the_colab_cell_installs_on_colab_without_the_package(colab):
    assert installed_by_cell(colab) == f"pip install -q git+https://github.com/{FORK}"


def test_the_colab_cell_leaves_alone_what_is_installed(colab, package):
    assert installed_by_cell(colab, package) == ""


def test_the_colab_cell_does_nothing_elsewhere(tmp_path, package):
    (tmp_path / "protobuf" / "google" / "protobuf").mkdir(parents=True)
    assert installed_by_cell() == ""
    assert installed_by_cell(package) == ""
    assert installed_by_cell(tmp_path / "protobuf") == ""
