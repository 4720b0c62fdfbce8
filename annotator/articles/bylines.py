"""Who wrote an article, as pages print it: bylines, names, and the lines that introduce an author."""

from __future__ import annotations

import re

LONGEST_BYLINE = 200
"""Characters of a byline with outlet and day."""
LONGEST_BIO = 300
"""Characters of a line that introduces the author."""
LONGEST_LAST = 400
"""Characters of such a line at the end of a text."""

_BYLINE = re.compile(
    r"(?:(?:[Ww]ritten |[Pp]osted )?[Bb]y|Von|Par|Por|From|Текст:|Автор:)\s+(?P<en>[^\W\d_a-zß-ÿ][^,|·•]{2,60}?)(?:\s*[,|·•]\s*(?P<outlet>[^\d|·•]{3,60}))?"
    r"|(?:نامہ نگار|نویسنده|بقلم|記者|作者)[:：\s]\s*(?P<other>.{2,60})"
)
_DATED = re.compile(
    r"\s*(?:[|•·–—]|\s-|\bon\b|,)\s(?:[^\W\d_]+,? ){0,2}[^|•·–—]{0,12}\d[\d/. ,:]*\d{2}\b.*$"
)
"""The day behind a name."""
_BIO = re.compile(
    r"\bis (?:the|a|an) .{0,80}\b(?:editor|writer|reporter|correspondent|journalist|author|columnist)\b"
    r"|\bfollow (?:him|her|them|us) (?:at|on)\b",
    re.IGNORECASE,
)
_BIO_OUTLET = re.compile(r"\b(?:for|at|of) (?:the )?((?:[A-Z][\w’'-]+ ?){1,4})")
_NAME = re.compile(r"[^\W\d_a-z][^\W\d_]*(?:[ .'’-]{1,2}[^\W\d_]+){1,4}")

_PERSON = re.compile(
    r"(?!(?:The|An?|All|Your|Our|Das|Die|Der|La|Le|Les|El|Los|O|Os)\b)[^\W\d_a-zß-ÿ][\w.'’-]*"
    r"(?: (?:[^\W\d_a-zß-ÿ][\w.'’-]*|de|del|der|den|di|da|dos|van|von|bin|al|el|la|le|y|e)){1,4}"
)
"""A name whose words all are written as those of names are."""

_INTRODUCED = re.compile(
    rf"(?:{_PERSON.pattern}|The (?:author|writer))(?: \(@\w+\))?(?:, [^,.]{{2,60}},)? (?:(?:is|was|are) [^.]{{0,80}}\b(?:writer|author"
    r"|journalist|reporter|correspondent|editor|columnist|contributor|freelancer|photographer|producer|host|anchor|blogger"
    r"|critic|fellow|professor|lecturer|historian|analyst|researcher)s?\b|joined [^.]{2,60} in (?:19|20)\d\d"
    r"|(?:has|have) been (?:reporting|writing|covering)\b|(?:writes|reports) (?:about|for|on)\b|covers [^.]{2,60} for\b)"
)
"""What a page says of an author at the end of the text; in the midst of it, it may be said of anybody."""


def authors_of(said: str) -> list[str]:
    """The names in a byline, without what stands around them."""
    names = re.split(r"\s*(?:,|;|&|\band\b|\bund\b|\bet\b|\by\b)\s*", said.strip())
    return [name for name in names if 1 < len(name) <= 60 and "@" not in name and "/" not in name]


def is_name(words: str) -> bool:
    """Whether the words may be a person's name and nothing else."""
    return _NAME.fullmatch(words) is not None


def byline_of(line: str) -> tuple[list[str], str]:
    """The authors that a line names, and the outlet; nobody where it is no byline."""
    line = line.strip()
    byline = _BYLINE.fullmatch(_DATED.sub("", line)) if len(line) < LONGEST_BYLINE else None
    if byline is None:
        return [], ""
    return authors_of(byline["en"] or byline["other"]), (byline["outlet"] or "").strip()


def is_bio(words: str) -> bool:
    """Whether a line introduces the author."""
    return len(words) < LONGEST_BIO and _BIO.search(words) is not None


def introduces(words: str) -> bool:
    """Whether a line at the end of a text introduces its author."""
    return is_bio(words) or (len(words) < LONGEST_LAST and _INTRODUCED.match(words) is not None)


def is_byline(words: str) -> bool:
    """Whether a line is a byline and nothing else."""
    return _BYLINE.fullmatch(words) is not None


def is_signed(words: str) -> bool:
    """Whether a line is a byline of people, and not a heading such as “From Harbor to Hill”."""
    names = [] if words.startswith("From") else byline_of(words)[0]
    return bool(names) and is_byline(words) and all(map(_PERSON.fullmatch, names))


def employer_in(words: str) -> str:
    """For whom the author works, as a line says that introduces them; or an empty string."""
    found = _BIO_OUTLET.search(words)
    return found[1].strip() if found else ""
