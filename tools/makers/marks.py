"""Text that a program writes between two comments of a page."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Marks:
    """Two comments of a Markdown page, between which a program writes.

    Attributes:
        name: what stands between them, such as "map".
        program: the command that writes it.
    """

    name: str
    program: str

    @property
    def begin(self) -> str:
        """The comment before the text."""
        return f"<!-- {self.name}: written by `{self.program}` -->\n"

    @property
    def end(self) -> str:
        """The comment after the text."""
        return f"<!-- end of {self.name} -->"

    def put(self, path: Path, text: str) -> None:
        """Write the text between the marks of a page.

        Raises:
            ValueError: the page lacks one of them.
        """
        page = path.read_text("utf-8")
        before, begin, rest = page.partition(self.begin)
        _, end, after = rest.partition(self.end)
        if not begin or not end:
            raise ValueError(f"{path}: expected {self.begin!r}, later {self.end!r}")
        path.write_text(before + begin + text + end + after, encoding="utf-8")
