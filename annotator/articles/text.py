"""Plain text in any encoding, most often a page that was copied as text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from annotator.articles.base import finished, unreadable
from annotator.articles.decoding import decode
from annotator.articles.details import Details
from annotator.articles.lines import roles
from annotator.articles.naming import suffix_of
from annotator.articles.press import export, finding
from annotator.errors import ArticleError
from annotator.model.document import Article, Block
from annotator.text.canonical import canonicalize

WRAPPED = range(50, 100)
"""The length of lines in a text that was wrapped for a narrow page."""

_GROUP = re.compile(r"(?:[^\n]*\S[^\n]*(?:\n|\Z))+")
_LINE = re.compile(r"[^\n]*\S[^\n]*")


class TextReader:
    """Reads .txt files and pasted text."""

    name = "text/1"
    suffixes = (".txt", ".text", "")

    def recognizes(self, data: bytes, name: str) -> bool:
        """Anything without another name may be plain text; the reader refuses what is none."""
        del data
        return suffix_of(name) in self.suffixes

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the article, or those of a press database's export. Raises ArticleError."""
        raw, encoding = decode(data, name)
        canonical = canonicalize(raw)
        found = finding.in_lines(canonical.text.split("\n"))
        warnings = unreadable(raw, canonical, encoding)
        if found is None:
            yield self._article(canonical.text, data, name, warnings)
        else:
            yield from export.articles(found, source=data, reader=self.name, name=name)

    def _article(self, text: str, data: bytes, name: str, warnings: list[str]) -> Article:
        ranges = _paragraphs(text)
        found, said = roles([text[start:end] for start, end in ranges])
        about = Details()
        for key, value in said.items():
            about.add(key, value, "text", 0.6)
        # A block reaches to where the next begins: what stands between belongs to the one before.
        starts = [0, *(start for start, _ in ranges[1:]), len(text)] if ranges else [0]
        blocks = tuple(
            Block(start, end, role.kind, role.role, role.dimmed or role.role != "body")
            for start, end, role in zip(starts, starts[1:], found, strict=False)
        )
        return finished(
            text,
            blocks,
            about=about,
            source=data,
            reader=self.name,
            name=name,
            warnings=warnings,
        )


READER = TextReader()


def _paragraphs(text: str) -> list[tuple[int, int]]:
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
