"""Python as text: sections, functions, and words of the user's that must not become code."""

from __future__ import annotations

import textwrap
from math import isfinite

from mlp_playground.numerals import with_power

WIDTH = 92
WIDEST = 112
"""Characters of a line of words, and of one of numbers."""


def one_line(words: str) -> str:
    """Words of the user's on one line: what can't be printed becomes a space."""
    return " ".join("".join(each if each.isprintable() else " " for each in words).split())


def plain(words: str) -> str:
    """Words of the user's as a comment or a docstring can have them: on one line, and nothing that ends it."""
    return one_line(words).replace("\\", "/").replace('"', "”")


def joined(*sections: str) -> str:
    """A script of sections with two blank lines between; empty ones are left out."""
    return "\n\n\n".join(section.strip("\n") for section in sections if section.strip()) + "\n"


def function(head: str, words: str, body: str) -> str:
    """`def head:` with its docstring (none: without one) and the body, which begins at the margin."""
    said = f'"""{words}"""\n' if words else ""
    return f"def {head}:\n" + textwrap.indent(said + body.strip("\n"), "    ")


def returned(body: str) -> str:
    """A function's body: an expression as what it returns, or the statements as they are."""
    return body if body.lstrip().startswith("\n") or "\n" in body.strip() else f"return {body}"


def comment(words: str) -> str:
    """Words as lines of comment."""
    return "\n".join(textwrap.wrap(words, WIDTH, initial_indent="# ", subsequent_indent="# "))


def docstring(title: str, *paragraphs: str) -> str:
    """A module's docstring: its title, and paragraphs wrapped to the width; an indented formula stays whole."""
    parts = [title, *(each if each.startswith(" ") else "\n".join(textwrap.wrap(each, WIDTH)) for each in paragraphs)]
    return '"""' + "\n\n".join(parts) + '\n"""'


def small(value: float) -> str:
    """A number with two or three digits that count, as one writes it: `0.0123`, `2.4·10⁻⁷`."""
    if value == 0 or 1e-3 <= abs(value) < 1e4 or not isfinite(value):
        return f"{value:.3g}"
    return with_power(value)
