"""Bring the repository's address from pyproject.toml into badges and install cells.

    python -m tools.makers.address
        rewrite what disagrees
    python -m tools.makers.address --check
        list what disagrees; exit code 1 if any does

An instructor who forks the course changes `Repository` in pyproject.toml and runs the
first of these (`make address`): badges and notebooks then lead to the fork.
"""

import argparse
import re
import sys
import tomllib
from pathlib import Path

from tools import ROOT

NAME = r"([\w.-]+/[\w-]+(?:\.(?!git\b)[\w-]+)*)"
GITHUB = "https://github.com/"

# Where an address is ours for certain, by what stands around it.
PLACES = (
    re.compile(r"colab\.research\.google\.com/github/" + NAME + "/blob/"),
    re.compile(r"pip install (?:-\S+ )*git\+https://github\.com/" + NAME),
    re.compile(r'repository-code: "?https://github\.com/' + NAME),
)

# The first code cell of every notebook, tagged "colab". `google` is looked for first:
# where it is absent, find_spec("google.colab") raises instead of returning None.
COLAB_CELL = """\
from importlib.util import find_spec

on_colab = find_spec("google") and find_spec("google.colab")
if on_colab and not find_spec("pixelwise"):
    %pip install -q git+https://github.com/{repository}"""


# Colab opens the students' copies, which the workflow `site` puts on this branch.
STUDENTS = "students"


def main() -> int:
    """Rewrite or check the checkout as the command line asks; return the exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--check", action="store_true", help="change nothing")
    parser.add_argument("--root", type=Path, default=ROOT, help="the checkout")
    arguments = parser.parse_args()
    try:
        repository = declared(arguments.root)
    except ValueError as error:
        sys.exit(str(error))
    if not arguments.check:
        rewrite(arguments.root, repository)
        return 0
    found = disagreements(arguments.root, repository)
    for sentence in found:
        print(sentence)
    return 1 if found else 0


def declared(root: Path) -> str:
    """Return OWNER/NAME from the one place where the repository's address stands.

    Raises:
        ValueError: it is missing there, or is not the address of a GitHub repository.
    """
    path = root / "pyproject.toml"
    project = tomllib.loads(path.read_text("utf-8"))["project"]
    address = project.get("urls", {}).get("Repository", "")
    return owner_and_name(address, path)


def owner_and_name(address: str, path: Path) -> str:
    """Return OWNER/NAME of an address that may end in `.git` or a slash."""
    match = re.fullmatch(re.escape(GITHUB) + NAME + r"(?:\.git)?/?", address)
    if not match:
        raise ValueError(
            f"{path}, [project.urls] Repository: expected an address such as "
            f"{GITHUB}OWNER/NAME, found {address!r}"
        )
    return match[1]


def files(root: Path) -> list[Path]:
    """Return the files of the checkout that may hold the address."""
    single = [root / "README.md", root / "CITATION.cff"]
    several = [*root.glob("notebooks/*.ipynb"), *root.glob("docs/**/*.md")]
    return [path for path in single if path.exists()] + sorted(several)


def addresses(text: str) -> set[str]:
    """Return the OWNER/NAMEs that stand in badges, install cells and the citation."""
    return {match[1] for place in PLACES for match in place.finditer(text)}


def disagreements(root: Path, repository: str) -> list[str]:
    """Return a sentence for each file and address that is not the declared one."""
    return [
        f"{path.relative_to(root)}: found {found}, pyproject.toml says {repository}"
        for path in files(root)
        for found in sorted(addresses(path.read_text("utf-8")) - {repository})
    ]


def rewrite(root: Path, repository: str) -> None:
    """Replace in all files the addresses that were ours before.

    Other links to GitHub are left alone. Only the address itself is replaced, as text,
    so a notebook stays as it was to the byte otherwise.
    """
    texts = {path: path.read_text("utf-8") for path in files(root)}
    former = set().union(*map(addresses, texts.values())) - {repository}
    for path, text in texts.items():
        changed = text
        for name in former:
            changed = with_address(changed, name, repository)
        if changed != text:
            path.write_text(changed, "utf-8", newline="\n")
            print(f"{path.relative_to(root)}: now {repository}")


def with_address(text: str, former: str, repository: str) -> str:
    """Return the text with one repository's addresses replaced, and no other's."""
    text = text.replace(site(former), site(repository))
    after = r"(?![\w-]|\.(?!git\b)[\w-])"
    return re.sub(
        rf"(github\.com/|/github/){re.escape(former)}{after}",
        rf"\g<1>{repository}",
        text,
    )


def colab(repository: str, notebook: str) -> str:
    """Return the address at which Colab opens the students' copy of a notebook."""
    place = f"{repository}/blob/{STUDENTS}/notebooks/{notebook}"
    return f"https://colab.research.google.com/github/{place}"


def site(repository: str) -> str:
    """Return the address at which GitHub publishes a repository's website."""
    owner, name = repository.split("/")
    return f"https://{owner}.github.io/{name}/"


def colab_cell(repository: str) -> str:
    """Return the source of the cell that installs the package where Colab lacks it."""
    return COLAB_CELL.format(repository=repository)


if __name__ == "__main__":
    sys.exit(main())
