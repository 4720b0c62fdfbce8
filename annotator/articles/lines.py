"""What the lines of a page that was copied as text are: headline, byline, body, or what stood around.

Nothing is dropped: what is not the article's own text is dimmed, and the analyst may say otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from annotator.articles import dates

LONG = 100
"""Characters from which a line is taken for a paragraph."""
FULL = 400
"""Characters beyond which a paragraph weighs no more."""
COST = 0.5
"""What a line that is no paragraph takes from the stretch of the text that it lies in."""
LONGEST_BIO = 300
NEAR = 4
"""Lines above the headline that may say which section it stands in."""
FAR = 0.3
"""Words that a headline loses for each line between it and the text."""
TOP = 40
"""Lines above the text that may be headline, byline and the like."""

_BYLINE = re.compile(
    r"(?:By|Von|Par|Por|From)\s+(?P<en>[^\W\d_][^,|·•]{2,60}?)(?:\s*[,|·•]\s*(?P<outlet>[^\d|·•]{3,60}))?"
    r"|(?:نامہ نگار|نویسنده|بقلم|記者|作者)[:：\s]\s*(?P<other>.{2,60})"
)
_BIO = re.compile(
    r"\bis (?:the|a|an) .{0,80}\b(?:editor|writer|reporter|correspondent|journalist|author|columnist)\b"
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
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[ .'’-]{1,2}[^\W\d_]+){1,4}")
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
"""Letters of scripts that put no blanks between words."""
_SENTENCE_END = re.compile(r"[.!?…。！？۔؟][\"'”’»)\]]*$")


class Role(msgspec.Struct, frozen=True):
    """What a line is."""

    role: str = "body"
    dimmed: bool = False
    kind: str = "paragraph"


def roles(lines: Sequence[str]) -> tuple[list[Role], dict[str, Any]]:
    """What each line is (none of them blank), and the metadata that is plain to see in them."""
    words = [line.strip() for line in lines]
    stretch = _stretch(words)
    # A text without paragraphs, such as a list or a poem, has nothing above it and nothing below.
    first, last = stretch or (min(TOP, len(words)), len(words))
    metadata: dict[str, Any] = {}
    top = max(0, first - TOP)
    above = words[top:first] if stretch else words[: len(words) > 1]
    headline = _headline(above)
    found = [Role("boilerplate", dimmed=True)] * top
    for n, line in enumerate(words[top:first]):
        if n == headline:
            metadata["title"] = line
            found.append(Role("headline", kind="heading"))
        else:
            role = _above(words[top:first], n, metadata)
            found.append(_before(role, (headline or 0) - n))
    found += map(_plain, words[first : last + 1])
    found += _below(words[last + 1 :])
    return (found if stretch else [_unsectioned(role) for role in found]), metadata


def _stretch(words: Sequence[str]) -> tuple[int, int] | None:
    """From which line to which paragraphs most outweigh what is none; None without paragraphs.

    The first and the last of these lines are paragraphs.
    """
    best, at = 0.0, None
    total, start = 0.0, 0
    for n, line in enumerate(words):
        if total <= 0:
            total, start = 0.0, n
        total += 1 + min(len(line), FULL) / LONG if _is_paragraph(line) else -COST
        if total > best:
            best, at = total, (start, n)
    return at


def authors_of(said: str) -> list[str]:
    """The names in a byline, without what stands around them."""
    names = re.split(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b)\s*", said.strip())
    return [name for name in names if 1 < len(name) <= 60 and "@" not in name and "/" not in name]


def is_around(line: str) -> bool:
    """Whether a line says what stands around articles and nothing else."""
    return len(line) < 200 and _AROUND.fullmatch(line.strip()) is not None


def is_name(words: str) -> bool:
    """Whether the words may be a person's name and nothing else."""
    return _NAME.fullmatch(words) is not None


def byline_of(line: str) -> tuple[list[str], str]:
    """The authors that a line names, and the outlet; nobody where it is no byline."""
    byline = _BYLINE.fullmatch(line.strip())
    if byline is None:
        return [], ""
    return authors_of(byline["en"] or byline["other"]), (byline["outlet"] or "").strip()


def _is_paragraph(words: str) -> bool:
    if _is_bio(words) or is_around(words) or _CAPTION.fullmatch(words):
        return False
    if _BYLINE.fullmatch(words) or dates.is_date_line(words):
        return False
    return len(words) >= LONG or (len(words) >= 40 and bool(_SENTENCE_END.search(words)))


def _is_bio(words: str) -> bool:
    return len(words) < LONGEST_BIO and _BIO.search(words) is not None


def _headline(above: Sequence[str]) -> int | None:
    """The line above the text that says most and is no sentence, the first where several do."""
    best: float | None = None
    at = None
    for n, words in enumerate(above):
        plain = not _SENTENCE_END.search(words) or words.endswith(("?", "!", "？", "！", "؟"))
        taken = dates.is_date_line(words) or _BYLINE.fullmatch(words) or _is_bio(words)
        if taken or is_around(words) or not plain or _CAPTION.fullmatch(words):
            continue
        length = len(words.split()) + len(_UNSPACED.findall(words)) // 2
        weight = min(length, 12) - FAR * (len(above) - n)
        if (best is None or weight > best) and (length >= 3 or n == 0):
            best, at = weight, n
    return at


def _above(lines: Sequence[str], n: int, metadata: dict[str, Any]) -> Role:
    words = lines[n]
    authors, outlet = byline_of(words)
    if dates.is_date_line(words):
        metadata.setdefault("published", dates.find(words))
        return Role("dateline")
    if authors:
        metadata.setdefault("authors", authors)
        if outlet:
            metadata.setdefault("outlet", outlet)
        return Role("byline")
    if is_name(words) and words in (*lines[max(0, n - 1) : n], *lines[n + 1 : n + 2]):
        is_again = words in lines[max(0, n - 1) : n]  # a name that the page prints twice
        metadata.setdefault("authors", authors_of(words))
        return Role("byline", dimmed=is_again)
    if _is_bio(words):
        employer = _BIO_OUTLET.search(words)
        if employer:
            metadata.setdefault("outlet", employer[1].strip())
        return Role("bio", dimmed=True)
    if _CAPTION.fullmatch(words):
        return Role("caption")
    if is_around(words):
        return Role("boilerplate", dimmed=True)
    if len(words.split()) <= 4 and not _SENTENCE_END.search(words):
        return Role("section")
    return Role()


def _before(role: Role, lines: int) -> Role:
    """What a line is that stands so many lines before the headline: hardly a part of the article."""
    is_far = lines > NEAR and role.role in ("section", "body")
    return Role("boilerplate", dimmed=True) if is_far else role


def _plain(words: str) -> Role:
    """A line among paragraphs."""
    if is_around(words):
        return Role("boilerplate", dimmed=True)
    return Role(kind="paragraph" if re.search(r"\w", words) else "rule")


def _below(words: Sequence[str]) -> Iterator[Role]:
    """What follows the last paragraph: a last short sentence or two, then what stands around."""
    is_over = False
    for line in words:
        if _is_bio(line):
            yield Role("bio", dimmed=True)
            continue
        # What a page asks for at its end is seldom a statement.
        least = 6 if line.endswith(("!", "?")) else 3
        is_sentence = bool(_SENTENCE_END.search(line)) and len(line.split()) >= least
        is_over = is_over or not is_sentence or is_around(line)
        yield Role("boilerplate", dimmed=True) if is_over else Role()


def _unsectioned(role: Role) -> Role:
    return Role() if role.role == "section" else role
