"""Plain text in any encoding, most often a page that was copied as text."""

from __future__ import annotations

from collections.abc import Iterator

from annotator.articles.base import finished, unreadable
from annotator.articles.decoding import decode
from annotator.articles.details import Details
from annotator.articles.lines import roles
from annotator.articles.naming import suffix_of
from annotator.articles.paragraphs import paragraphs
from annotator.articles.press import export, finding
from annotator.articles.surety import sure
from annotator.errors import ArticleError
from annotator.model.document import Article, Block
from annotator.text.canonical import canonicalize


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
        ranges = paragraphs(text)
        lines = [text[start:end].strip() for start, end in ranges]
        found, said = roles(lines)
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
            confidence=[sure(line, role) for line, role in zip(lines, found, strict=True)],
            warnings=warnings,
        )


READER = TextReader()
