"""PDF files: lines put together to paragraphs by where they stand and how large they are.

A word that is parted at the end of a line gets a soft hyphen there, which search passes over.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

import msgspec

from annotator.articles import dates, written
from annotator.articles.base import Piece
from annotator.articles.bylines import authors_of
from annotator.articles.details import Details
from annotator.articles.naming import said
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

PAGES = 2000
HEADLINE = 1.35
"""How many times larger than the text a headline is printed."""
HEADING = 1.12
GAP = 1.35
"""How many times farther than usual the next line stands where a paragraph ends."""
EDGE = 3
"""Lines from the top and from the end of a page among which what is printed on every page stands."""

_PARTED = re.compile(r"[^\W\d_]-\Z")
_CREATED = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_MADE_UP = re.compile(r"(?:microsoft word|untitled|.*\.(?:docx?|indd|qxd|pdf))\b.*", re.IGNORECASE)


class Line(msgspec.Struct):
    """One line of a page."""

    text: str
    size: float
    """Of the letters, in points."""
    x: float
    y: float
    """Of the line on its page, from below."""
    page: int


class PdfReader:
    """Reads .pdf files that hold text."""

    name = "pdf/1"
    suffixes = (".pdf",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """Whatever begins as a PDF does, perhaps behind a few bytes of somebody else's."""
        del name
        return b"%PDF-" in data[:1024]

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """Read the article, or those of an export. Raises ArticleError."""
        document = _opened(data, name)
        lines, lost = _lines(document)
        if not any(line.text.strip() for line in lines):
            raise ArticleError(
                tr(
                    "{name} holds pictures of pages and no text (a scan); it was not imported.",
                    name=said(name),
                )
            )
        about = _about(document)
        yield from written.articles(
            list(_pieces(lines)),
            about=about,
            source=data,
            reader=self.name,
            name=name,
            warnings=[tr("Page {page} could not be read.", page=page) for page in lost],
        )


READER = PdfReader()


def _opened(data: bytes, name: str) -> Any:
    import pypdf
    from pypdf.errors import DependencyError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        document = pypdf.PdfReader(io.BytesIO(data))
        if document.is_encrypted and not document.decrypt(""):
            raise ArticleError(
                tr("{name} is locked with a password; it was not imported.", name=said(name))
            )
        count = len(document.pages)
    except ArticleError:
        raise
    except (ImportError, DependencyError) as error:  # a cipher that only another library knows
        raise ArticleError(
            tr(
                "{name} is locked in a way that is not read here; it was not imported.",
                name=said(name),
            )
        ) from error
    except Exception as error:  # broken ones fail in many ways in there
        raise ArticleError(
            tr("{name} is broken or cut off (PDF); it was not imported.", name=said(name))
        ) from error
    if count > PAGES:
        raise ArticleError(
            tr(
                "{name} has {pages} pages, no article; it was not imported.",
                name=said(name),
                pages=count,
            )
        )
    return document


def _about(document: Any) -> Details:
    about = Details()
    try:
        stated = document.metadata or {}
    except Exception:  # a broken dictionary says nothing
        return about
    title, author = str(stated.get("/Title") or ""), str(stated.get("/Author") or "")
    about.add("title", "" if _MADE_UP.fullmatch(title) else title.strip(), "properties", 0.5)
    about.add("authors", authors_of(author), "properties", 0.4)
    created = _CREATED.match(str(stated.get("/CreationDate") or ""))
    about.add("saved", dates.find("-".join(created.groups())) if created else "", "properties", 0.5)
    return about


def _lines(document: Any) -> tuple[list[Line], list[int]]:
    """The lines of all pages, and the numbers of those that could not be read."""
    lines: list[Line] = []
    lost: list[int] = []
    for number, page in enumerate(document.pages, 1):
        collected = _Lines(number)
        try:
            page.extract_text(visitor_text=collected.take)
        except Exception:  # whatever is wrong with one page, the others may be whole
            lost.append(number)
        lines += collected.lines()
    return lines, lost


class _Lines:
    """Collects what a page prints, piece by piece."""

    def __init__(self, page: int) -> None:
        self._page = page
        self._found: list[Line] = []
        self._is_open = False

    def take(self, text: str, cm: Any, tm: Any, font: Any, size: Any) -> None:
        """Take a piece of text and where it stands, as pypdf tells it."""
        del font
        scale = abs(float(tm[3]) or float(tm[0]) or 1.0) * abs(float(cm[3]) or 1.0)
        x, y = float(tm[4]) + float(cm[4]), float(tm[5]) * float(cm[3] or 1) + float(cm[5])
        for n, part in enumerate(text.split("\n")):
            if n:
                self._is_open = False
            if not part:
                continue
            if self._is_open:
                line = self._found[-1]
                line.text += part
                if part.strip():
                    line.size = max(line.size, float(size or 0) * scale)
            elif part.strip():
                self._found.append(Line(part, float(size or 0) * scale, x, y, self._page))
                self._is_open = True

    def lines(self) -> list[Line]:
        return [line for line in self._found if line.text.strip()]


def _pieces(lines: Sequence[Line]) -> Iterator[Piece]:
    usual = _usual([round(line.size, 1) for line in lines for _ in range(len(line.text) // 20 + 1)])
    gaps = [a.y - b.y for a, b in pairwise(lines) if a.page == b.page and a.y > b.y]
    gap = _usual_gap([round(one, 0) for one in gaps if one > usual * 0.8]) or usual * 1.2
    edges = _edges(lines)
    largest = max((line.size for line in lines if line.page == 1), default=0.0)
    group: list[Line] = []
    for line in lines:
        if _folded(line) in edges:
            yield Piece(line.text.strip(), role="boilerplate")
            continue
        if group and not _goes_on(group[-1], line, gap):
            yield _piece(group, usual, largest)
            group = []
        group.append(line)
    if group:
        yield _piece(group, usual, largest)


def _goes_on(last: Line, line: Line, gap: float) -> bool:
    """Whether a line goes on with the paragraph of the one before."""
    if abs(last.size - line.size) > 0.6:
        return False
    is_finished = last.text.rstrip().endswith((".", "!", "?", "”", '"', "»", ":"))
    if last.page != line.page or line.y > last.y:  # a new page or column
        return not is_finished and line.text.lstrip()[:1].islower()
    return last.y - line.y <= gap * GAP and not (is_finished and line.x - last.x > 4)


def _piece(group: Sequence[Line], usual: float, largest: float) -> Piece:
    text = ""
    for line in group:
        words = line.text.strip()
        if text and _PARTED.search(text) and words[:1].islower():
            text = text[:-1] + "\u00ad" + words
        else:
            text = f"{text} {words}" if text else words
    first = group[0]
    if first.page == 1 and first.size == largest and first.size > usual * HEADLINE:
        return Piece(text, "heading", "headline")
    is_heading = first.size > usual * HEADING and len(text) < 200
    return Piece(text, "heading" if is_heading else "paragraph")


def _edges(lines: Sequence[Line]) -> set[str]:
    """What is printed at the edges of most pages, figures apart."""
    pages: dict[int, list[Line]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    counted = Counter(
        folded for page in pages.values() for folded in {*map(_folded, page[:EDGE] + page[-EDGE:])}
    )
    least = max(2, (len(pages) + 1) // 2)
    return (
        {folded for folded, count in counted.items() if count >= least} if len(pages) > 1 else set()
    )


def _folded(line: Line) -> str:
    return re.sub(r"\d+", "#", " ".join(line.text.split()))


def _usual_gap(gaps: Sequence[float]) -> float:
    """From line to line within a paragraph: what is met most often, or the least."""
    gap, count = Counter(gaps).most_common(1)[0] if gaps else (0.0, 0)
    return gap if count > len(gaps) // 3 and count > 2 else min(gaps, default=0.0)


def _usual(values: Sequence[float]) -> float:
    return Counter(values).most_common(1)[0][0] if values else 0.0
