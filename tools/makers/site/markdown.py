"""Markdown whose prose is changed, while code, equations and links stay as they are."""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath

# What is not prose: code blocks, headings, equations, code, links, tags and roles.
NOT_PROSE = re.compile(
    r"""(?msx)
    ^[ ]*(?P<fence>`{3,}|~{3,}).*?^[ ]*(?P=fence)
    | ^\#+[ ][^\n]*
    | \$\$.*?\$\$ | \$[^$\n]+\$
    | (?:\{[\w:]+\})?`[^`\n]+`
    | !?\[(?:[^\[\]]|\[[^\]]*\])*\]\([^)]*\)
    | <[^>\n]+>
    """
)
LINK = re.compile(r"(?<=\]\()([^)\s#]*)(#[^)\s]*)?(?=\))")
CHAPTER = re.compile(r"\b([Cc]hapter) (\d)\b(?!\d)")
TERM = re.compile(r"^([^\s:`{(][^\n]*)\n(?=  \S)", re.M)


def change_prose(text: str, change: Callable[[str], str]) -> str:
    """Return Markdown in which `change` was applied to each stretch of prose."""
    parts, end = [], 0
    for found in NOT_PROSE.finditer(text):
        parts += [change(text[end : found.start()]), found[0]]
        end = found.end()
    return "".join([*parts, change(text[end:])])


def with_chapter_links(text: str, names: dict[str, str], own: str = "") -> str:
    """Return Markdown in which «chapter 3» leads to that chapter.

    Args:
        text: Markdown.
        names: the address of each chapter by its number, such as {"3": "03_resnet18"}.
        own: the number of the chapter that the text stands in; it gets no links.
    """

    def link(found: re.Match) -> str:
        word, number = found.groups()
        if number == own or number not in names:
            return found[0]
        return f"[{word} {number}]({names[number]})"

    return change_prose(text, lambda prose: CHAPTER.sub(link, prose))


def with_pages(text: str, here: str, pages: dict[str, str], repository: str) -> str:
    """Return Markdown whose links to files lead to pages of the site, or to GitHub.

    Args:
        text: Markdown as it stands in the checkout.
        here: the file that holds it, such as "docs/instructors.md".
        pages: the page that is made of each file, such as
            {"docs/instructors.md": "instructors.md"}.
        repository: the address for files of which no page is made.
    """

    def target(found: re.Match) -> str:
        path, anchor = found[1], found[2] or ""
        if not path or re.match(r"\w+:|//", path):
            return found[0]
        file = os.path.normpath(PurePosixPath(here).parent / path)
        if file not in pages:
            kind = "blob" if Path(file).suffix else "tree"
            return f"{repository}/{kind}/main/{file}{anchor}"
        folder = PurePosixPath(pages[here]).parent
        return os.path.relpath(pages[file], folder) + anchor

    return LINK.sub(target, text)


@dataclass
class Glossary:
    """The field's terms, and which of them a chapter has linked already."""

    terms: list[str]
    linked: set[str] = field(default_factory=set)

    @classmethod
    def read(cls, text: str) -> "Glossary":
        """Return the glossary that stands in Markdown as a definition list."""
        return cls([term.strip() for term in TERM.findall(text)])

    def afresh(self) -> "Glossary":
        """Return the same terms for another chapter, none of them linked."""
        return Glossary(self.terms)

    @cached_property
    def pattern(self) -> re.Pattern:
        """What finds a term, of several that begin alike the longest."""
        longest = sorted(self.terms, key=len, reverse=True)
        words = "|".join(re.escape(term).replace(r"\ ", r"\s+") for term in longest)
        return re.compile(rf"(?<![\w-])({words})(?:s|es)?(?![\w-])", re.I)

    def link(self, text: str) -> str:
        """Return Markdown in which each term leads to the glossary on its first use."""
        return change_prose(text, lambda prose: self.pattern.sub(self.entry, prose))

    def entry(self, found: re.Match) -> str:
        """Return the link to what was found, or the words as they are."""
        words = " ".join(found[0].split())
        by_name = {term.lower(): term for term in self.terms}
        term = by_name[" ".join(found[1].split()).lower()]
        if term in self.linked:
            return found[0]
        self.linked.add(term)
        return f"{{term}}`{words} <{term}>`"
