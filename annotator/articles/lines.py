"""What the lines of a page that was copied as text are: headline, byline, body, or what stood around.

Nothing is dropped: what is not the article's own text is dimmed, and the analyst may say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec

from annotator.articles import dates

LONG = 100
"""Characters from which a line is taken for a paragraph."""

_BYLINE = re.compile(
    r"(?:By|Von|Par|Por|From)\s+(?P<en>[^\W\d_][^,|·•]{2,60}?)(?:\s*[,|·•]\s*(?P<outlet>[^\d|·•]{3,60}))?"
    r"|(?:نامہ نگار|نویسنده|بقلم|記者|作者)[:：\s]\s*(?P<other>.{2,60})"
)
_BIO = re.compile(
    r"\bis (?:the|a|an) .*\b(?:editor|writer|reporter|correspondent|journalist|author|columnist)\b"
    r"|\bfollow (?:him|her|them|us) (?:at|on)\b",
    re.IGNORECASE,
)
_BIO_OUTLET = re.compile(r"\b(?:for|at|of) (?:the )?((?:[A-Z][\w’'-]+ ?){1,4})")
_CAPTION = re.compile(
    r"(?:representative|representational|file|illustrative) (?:image|photo|picture)\b.{0,40}"
    r"|(?:photo|image|picture|credit|photograph)(?:\s+(?:by|credit))?\s*[:/].{0,120}"
    r"|.{0,120}\((?:photo|image|file|AP|AFP|Reuters|Getty)[^)]{0,40}\)",
    re.IGNORECASE,
)
_AROUND = re.compile(
    r"[\W_]*(?:advertis(?:e)?ments?|sponsored|promoted|more (?:articles|stories|news)|read (?:more|also|next)"
    r"|related(?: (?:articles|stories|news|posts))?|see also|you may also like|recommended|trending"
    r"|share (?:this|on|via).{0,40}|share|tweet|print|e?mail|facebook|twitter|whatsapp|telegram|linkedin"
    r"|copy link|comments?|leave a (?:reply|comment)|(?:post|add) a comment|log ?in|sign (?:in|up).{0,60}"
    r"|subscribe.{0,60}|.{0,40}newsletter.{0,40}|please enter.{0,60}|captcha.{0,60}|.{0,40}captcha.{0,60}"
    r"|please contact us|cookies?.{0,60}|accept(?: all)?|menu|search|home|skip to.{0,30}|advert"
    r"|tags?:.{0,80}|filed under.{0,80}|follow us.{0,60}|all rights reserved.{0,60}|copyright.{0,80}"
    r"|©.{0,100}|save my name.{0,120}|previous (?:article|post).{0,80}|next (?:article|post).{0,80})[\W_]*",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。！？۔؟][\"'”’»)\]]*$")


class Role(msgspec.Struct, frozen=True):
    """What a line is."""

    role: str = "body"
    dimmed: bool = False
    kind: str = "paragraph"


def roles(lines: Sequence[str]) -> tuple[list[Role], dict[str, Any]]:
    """What each line is (none of them blank), and the metadata that is plain to see in them."""
    body = [n for n, line in enumerate(lines) if _is_paragraph(line)]
    first = body[0] if body else len(lines)
    last = body[-1] if body else len(lines)
    metadata: dict[str, Any] = {}
    found: list[Role] = []
    headline = _headline(lines[:first]) if body else _headline(lines[:1])
    for n, line in enumerate(lines):
        if n == headline:
            metadata["title"] = line.strip()
            found.append(Role("headline", kind="heading"))
        elif n < first:
            found.append(_above(lines, n, headline, metadata))
        elif n > last:
            found.append(_below(line))
        elif _AROUND.fullmatch(line.strip()):
            found.append(Role("boilerplate", dimmed=True))
        else:
            found.append(Role(kind="paragraph" if len(line) > 3 else "rule"))
    return found, metadata


def authors_of(said: str) -> list[str]:
    """The names in a byline, without what stands around them."""
    names = re.split(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b)\s*", said.strip())
    return [name for name in names if 1 < len(name) <= 60 and "@" not in name and "/" not in name]


def is_around(line: str) -> bool:
    """Whether a line says what stands around articles and nothing else."""
    return len(line) < 200 and _AROUND.fullmatch(line.strip()) is not None


def byline_of(line: str) -> tuple[list[str], str]:
    """The authors that a line names, and the outlet; nobody where it is no byline."""
    byline = _BYLINE.fullmatch(line.strip())
    if byline is None:
        return [], ""
    return authors_of(byline["en"] or byline["other"]), (byline["outlet"] or "").strip()


def _is_paragraph(line: str) -> bool:
    words = line.strip()
    if _BIO.search(words) or _AROUND.fullmatch(words) or _CAPTION.fullmatch(words):
        return False
    if _BYLINE.fullmatch(words) or dates.is_date_line(words):
        return False
    return len(words) >= LONG or (len(words) >= 40 and bool(_SENTENCE_END.search(words)))


def _headline(above: Sequence[str]) -> int | None:
    """The line above the text that says most and is no sentence, the first where several do."""
    best, at = 0, None
    for n, line in enumerate(above):
        words = line.strip()
        plain = not _SENTENCE_END.search(words) or words.endswith(("?", "!"))
        taken = dates.is_date_line(words) or _BYLINE.fullmatch(words) or _BIO.search(words)
        if taken or _AROUND.fullmatch(words) or not plain or _CAPTION.fullmatch(words):
            continue
        length = len(words.split())
        if length > best and (length >= 3 or n == 0):
            best, at = length, n
    return at


def _above(lines: Sequence[str], n: int, headline: int | None, metadata: dict[str, Any]) -> Role:
    words = lines[n].strip()
    authors, outlet = byline_of(words)
    if dates.is_date_line(words):
        metadata.setdefault("published", dates.find(words))
        return Role("dateline")
    if authors:
        metadata.setdefault("authors", authors)
        if outlet:
            metadata.setdefault("outlet", outlet)
        return Role("byline")
    if words in (line.strip() for line in lines[:n]):  # a name that the page prints twice
        metadata.setdefault("authors", authors_of(words))
        return Role("byline", dimmed=True)
    if n + 1 < len(lines) and words == lines[n + 1].strip():
        return Role("byline")
    if _BIO.search(words):
        outlet = _BIO_OUTLET.search(words)
        if outlet:
            metadata.setdefault("outlet", outlet[1].strip())
        return Role("bio", dimmed=True)
    if _CAPTION.fullmatch(words):
        return Role("caption")
    if _AROUND.fullmatch(words):
        return Role("boilerplate", dimmed=True)
    if headline is not None and len(words.split()) <= 4 and not _SENTENCE_END.search(words):
        return Role("section")
    return Role()


def _below(line: str) -> Role:
    words = line.strip()
    if _BIO.search(words):
        return Role("bio", dimmed=True)
    if _SENTENCE_END.search(words) and not _AROUND.fullmatch(words) and len(words.split()) > 5:
        return Role()
    return Role("boilerplate", dimmed=True)
