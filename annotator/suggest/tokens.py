"""A sentence as words and signs, with what stands between quotation marks."""

from __future__ import annotations

import re
from typing import NamedTuple

from annotator.suggest.language import Language

_TOKEN = re.compile(
    r"(?:Mrs?|Ms|Drs?|St|Gen|Col|Lt|Sgt|Rev|Prof|Sen|Rep|Gov|Del|Capt|Maj|Adm|Hon|[A-Z])\.(?=\s)"
    r"|[^\W_]+(?:[-.&’'][^\W_]+)*(?<!’s)(?<!'s)|['’]s\b|''|[^\w\s]|_"
)
_OPEN, _CLOSE, _STRAIGHT = "“„«", "”»", ('"', "''")

Range = tuple[int, int]
"""Code points of the text, half-open."""


class Token(NamedTuple):
    """A word or a sign."""

    start: int
    end: int
    word: str
    """As it stands there."""
    low: str
    quote: int
    """The number of the quotation it stands in, from 1; 0 outside."""

    @property
    def is_word(self) -> bool:
        """Whether it is a word rather than a sign."""
        return self.word[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Whether it begins as a name does."""
        return self.word[0].isupper() or self.word[0].isdigit()


class Sentence:
    """The tokens of one sentence; indexes count tokens, ranges code points of the whole text."""

    def __init__(
        self, text: str, start: int, end: int, language: Language, *, in_quote: bool = False
    ) -> None:
        """``in_quote``: whether a straight quotation mark was opened before and not closed."""
        self.text = text
        self.start, self.end = start, end
        self.language = language
        self.tokens = _tokens(text, start, end, in_quote=in_quote)

    def __len__(self) -> int:
        return len(self.tokens)

    def low(self, at: int) -> str:
        """The word at an index in lower case; empty beyond the ends."""
        return self.tokens[at].low if 0 <= at < len(self.tokens) else ""

    def span(self, first: int, behind: int) -> Range:
        """The code points of the tokens first..behind."""
        return self.tokens[first].start, self.tokens[behind - 1].end

    def index_at(self, offset: int) -> int:
        """The index of the first token that does not end before a code point."""
        return next((n for n, one in enumerate(self.tokens) if one.end > offset), len(self.tokens))

    def begins(self, at: int, phrase: tuple[str, ...]) -> bool:
        """Whether these words stand at an index, outside of quotations."""
        found = self.tokens[at : at + len(phrase)]
        return tuple(one.low for one in found) == phrase and not any(one.quote for one in found)

    def is_a(self, at: int, *kinds: str) -> bool:
        """Whether the word at an index is a small word of one of these kinds."""
        return self.language.is_a(self.low(at), *kinds)

    def verb(self, at: int) -> str:
        """The class of a telling or denying verb at an index, or an empty string.

        Inside a name (“the Daily Express”) and where a noun is more likely (“the state radio”) it is none.
        """
        kind = self.language.verbs.get(self.low(at), "")
        if not kind or (at > 0 and self.tokens[at].is_capital and self.tokens[at - 1].is_word):
            return ""
        if self.low(at) in self.language.words["nouns_too"]:
            before = self.low(at - 1)
            is_subject = before.endswith("s") or self.is_a(at - 1, "pronouns")
            if not is_subject or before in self.language.verbs or self.is_a(at - 1, "possessive"):
                return ""
        return kind

    def is_finite(self, first: int, behind: int) -> bool:
        """Whether a clause stands in these tokens rather than a noun phrase alone."""
        return any(
            one.low in self.language.finite and not self._is_noun(first + n)
            for n, one in enumerate(self.tokens[first:behind])
        )

    def is_clause(self, first: int, behind: int) -> bool:
        """Whether these tokens have a subject before their verb."""
        return not self.is_finite(first, first + 1) and (
            self.is_finite(first, behind)
            or any(one.low.endswith("ed") for one in self.tokens[first + 1 : behind])
        )

    def _is_noun(self, at: int) -> bool:
        """A word that could be a verb, behind a determiner or a possessive: “the claims”."""
        return self.is_a(at - 1, "determiners", "possessive") and not self.is_a(at, "auxiliaries")


def open_quote(text: str, start: int, end: int) -> bool:
    """Whether a straight quotation mark that opens in start..end is not closed in it."""
    return sum(text.count(mark, start, end) for mark in _STRAIGHT) % 2 == 1


def _tokens(text: str, start: int, end: int, *, in_quote: bool) -> list[Token]:
    found: list[Token] = []
    number = inside = int(in_quote)
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        is_straight = word in _STRAIGHT
        if word in _OPEN or (is_straight and not inside):
            number += 1
            inside = number
            low = '"' if is_straight else word
            found.append(Token(*match.span(), word, low, inside))
            continue
        if word in _CLOSE and not inside:  # it was opened in a sentence before
            number += 1
            found = [one._replace(quote=one.quote or number) for one in found]
            inside = number
        low = '"' if is_straight else word.lower()
        found.append(Token(*match.span(), word, low, inside))
        if word in _CLOSE or is_straight:
            inside = 0
    return found
