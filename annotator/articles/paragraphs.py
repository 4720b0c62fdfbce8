"""Where the paragraphs of a plain text stand: lines of their own, or several wrapped for a narrow page."""

from __future__ import annotations

import re

WRAPPED = range(50, 100)
"""The length of lines in a text that was wrapped for a narrow page."""

_GROUP = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Where each paragraph stands, without the line break behind it."""
    groups = [
        [line.span() for line in _LINE.finditer(text, *group.span())]
        for group in _GROUP.finditer(text)
    ]
    # Two lines alone may be two paragraphs; in a file that is wrapped they are one.
    enough = 2 if any(_is_wrapped(lines, 3) for lines in groups) else 3
    found: list[tuple[int, int]] = []
    for lines in groups:
        if _is_wrapped(lines, enough):
            found.append((lines[0][0], lines[-1][1]))
        else:
            found += lines
    return found


def _is_wrapped(lines: list[tuple[int, int]], enough: int) -> bool:
    """Whether lines of like length carry one paragraph, as in a mail or a telex."""
    full = [end - start for start, end in lines[:-1]]
    return len(lines) >= enough and all(n in WRAPPED for n in full) and max(full) - min(full) < 25
