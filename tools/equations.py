"""Equations as MathML, which browsers show without a script."""

import re

from latex2mathml.converter import convert

# Between a function's name and what it is of, as in ln p, the converter leaves nothing.
FUNCTION = re.compile(r"(<mi>(?:exp|ln|log)</mi>)(?=<m(?:i|n|sub|sup|row)>)")


def inline(latex: str) -> str:
    """Return an equation within a line."""
    return spaced(convert(latex))


def block(latex: str) -> str:
    """Return an equation on lines of its own."""
    return spaced(convert(latex, display="block"))


def spaced(mathml: str) -> str:
    """Return MathML with a thin space behind each name of a function."""
    return FUNCTION.sub(r'\1<mspace width="0.167em"></mspace>', mathml)
