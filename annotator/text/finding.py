"""What is looked for in texts, and where it stands in one.

Three ways: *words* and “phrases in quotes”, all of which must stand in a text; a piece of *text* as it
is, also inside a word; and a *pattern*, which is a regular expression. The first two are blind to
letter case and accents. A pattern has a time limit, and one that would need too much memory is
refused before it is tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Any, Literal

import msgspec
import regex

from annotator.errors import SearchError
from annotator.language import tr
from annotator.text.folding import Folded
from annotator.text.span import trimmed
from annotator.text.words import fold, search_words

Way = Literal["words", "text", "pattern"]
WORDS: Way = "words"
TEXT: Way = "text"
PATTERN: Way = "pattern"

MOST = 10_000
"""Places in one text up to which they are told one by one."""
SECONDS = 1.0
"""How long a pattern may take in one text."""
LONGEST = 2000
"""Characters of a pattern."""
LARGEST = 10_000
"""What the counted repeats of a pattern may come to; each is built in memory before it is tried."""

_PIECE = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|[^\s"“”„«»]+')
_COUNTED = re.compile(r"\{(\d*)(?:(,)(\d*))?\}")


class Term(msgspec.Struct, frozen=True):
    """A word or a phrase; its words are folded."""

    words: tuple[str, ...]
    begins: bool = False
    """Whether the last word may be the beginning of one."""


class Sought(msgspec.Struct, frozen=True):
    """What is looked for: as it was said, in which way, and for words which terms."""

    said: str
    way: Way = WORDS
    terms: tuple[Term, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether there is nothing to look for."""
        return not self.terms if self.way == WORDS else not self.said.strip()


def sought(said: str, way: Way = WORDS, *, typing: bool = False) -> Sought:
    """What a person looks for. Raises SearchError for a pattern that is none or asks too much.

    A word that ends in * stands for its beginning; while ``typing`` so does an unfinished last word.
    """
    if way == WORDS:
        return Sought(said, way, _terms(said, typing=typing))
    if way == PATTERN and said:
        _pattern(said)
    return Sought(said, way)


def places(wanted: Sought, text: str, most: int = MOST) -> list[tuple[int, int]]:
    """Where it stands in a text: ranges of code points in order, not overlapping, up to ``most``.

    Of words there is nothing where one of them is lacking. Raises SearchError where a pattern takes
    too long.
    """
    if wanted.is_nothing:
        return []
    if wanted.way == PATTERN:
        return _of_pattern(wanted.said, text, most)
    folded = Folded(text)
    if wanted.way == TEXT:
        return [folded.span(*one) for one in _of_text(fold(wanted.said), folded.words, most)]
    found: list[tuple[int, int]] = []
    for term in wanted.terms:
        of_term = _of_term(term, folded.words, most)
        if not of_term:
            return []
        found += of_term
    return [folded.span(*one) for one in _apart(found)[:most]]


def snippet(
    text: str, start: int, end: int, before: int = 40, after: int = 90
) -> tuple[str, str, str]:
    """What stands before a place, in it and behind it, on one line, cut at blanks with an ellipsis."""
    low, high = max(0, start - before), min(len(text), end + after)
    left, right = text[low:start], text[end:high]
    if low and " " in left.strip():
        left = "…" + left[left.index(" ") + 1 :]
    if high < len(text) and " " in right.strip():
        right = right[: right.rindex(" ")] + "…"
    inside = text[start:end]
    if len(inside) > 2 * after:
        inside = inside[: 2 * after] + "…"
    return _line(left).lstrip(), _line(inside), _line(right).rstrip()


def _terms(said: str, *, typing: bool) -> tuple[Term, ...]:
    found: list[Term] = []
    for piece in _PIECE.finditer(said):
        quoted, whole = piece[1], piece[0]
        words = tuple(search_words(whole))
        unfinished = typing and quoted is None and piece.end() == len(said)
        if words:
            found.append(Term(words, begins=unfinished or whole.rstrip('"”“»').endswith("*")))
    return tuple(dict.fromkeys(found))


def _of_term(term: Term, words: str, most: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for one in _expression(term).finditer(words):
        found.append(one.span())
        if len(found) > most:
            break
    return found


@lru_cache(maxsize=64)
def _expression(term: Term) -> re.Pattern[str]:
    """The term as an expression over folded words; the literal stands first, for speed."""
    first, *rest = (re.escape(word) for word in term.words)
    end = r"[^\W_]*" if term.begins else r"(?![^\W_])"
    return re.compile(rf"{first}(?<![^\W_]{first})" + "".join(rf"[\W_]+{w}" for w in rest) + end)


def _of_text(said: str, words: str, most: int) -> Iterator[tuple[int, int]]:
    at = words.find(said) if said else -1
    while at >= 0 and most:
        yield at, at + len(said)
        most -= 1
        at = words.find(said, at + len(said))


def _of_pattern(said: str, text: str, most: int) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    try:
        for one in _pattern(said).finditer(text, timeout=SECONDS, concurrent=True):
            start, end = trimmed(text, *one.span())
            if start < end:
                found.append((start, end))
            if len(found) == most:
                break
    except TimeoutError:
        raise SearchError(
            tr(
                "The regular expression “{words}” takes too long and was stopped after "
                "{seconds:g} second in one article.",
                words=_short(said),
                seconds=SECONDS,
            )
        ) from None
    except (MemoryError, RecursionError):
        raise SearchError(
            tr("The regular expression “{words}” needs too much memory.", words=_short(said))
        ) from None
    return found


@lru_cache(maxsize=16)
def _pattern(said: str) -> Any:
    """A regular expression, blind to letter case, where ^ and $ stand for the ends of a line."""
    if len(said) > LONGEST or _size(said) > LARGEST:
        raise SearchError(
            tr(
                "The regular expression “{words}” is too large: it repeats what is repeated too "
                "often.",
                words=_short(said),
            )
        )
    try:
        return regex.compile(said, regex.IGNORECASE | regex.MULTILINE)
    except regex.error as error:
        raise SearchError(
            tr("“{words}” is not a regular expression: {error}.", words=_short(said), error=error)
        ) from None
    except (RecursionError, MemoryError, OverflowError, ValueError):
        raise SearchError(
            tr("“{words}” is too deep for a regular expression.", words=_short(said))
        ) from None


def _size(said: str) -> int:
    """About how many parts the pattern has once its counted repeats are written out."""
    sums = [0]  # of each group that is open
    last = at = 0
    while at < len(said):
        character = said[at]
        counted = _COUNTED.match(said, at) if character == "{" else None
        if character == "(":
            sums.append(0)
            last = 0
        elif character == ")" and len(sums) > 1:
            last = sums.pop()
            sums[-1] += last
        elif counted is not None:
            times = max(int(n or 1) for n in (counted[1], counted[3]))
            sums[-1] += last * (times - 1)
            last *= times
            at = counted.end() - 1
        elif character not in "?*+|":
            last = 1
            sums[-1] += 1
            at = _behind(said, at) - 1
        at += 1
    return sum(sums)


def _behind(said: str, at: int) -> int:
    """The end of the character or class that begins here."""
    if said[at] == "\\":
        return at + 2
    if said[at] == "[":
        end = at + 1 + said.startswith("^", at + 1)
        end += said.startswith("]", end)  # one that stands first does not close the class
        while end < len(said) and said[end] != "]":
            end += 2 if said[end] == "\\" else 1
        return end + 1
    return at + 1


def _apart(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Ranges in order; of those that overlap the first and longest."""
    kept: list[tuple[int, int]] = []
    for start, end in sorted(found, key=lambda one: (one[0], -one[1])):
        if not kept or start >= kept[-1][1]:
            kept.append((start, end))
    return kept


_BLANK = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")


def _line(words: str) -> str:
    """Words on one line, without characters that would turn their neighbors around."""
    return _TURNING.sub("", _BLANK.sub(" ", words))


def _short(said: str) -> str:
    return said if len(said) <= 60 else said[:59] + "…"
