"""The words by which attributions are found, one data file for each language in resources/rules."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import msgspec

from annotator import resources

_LATIN = range(ord("A"), 0x250)


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """The words of one language by what they do; all in lower case."""

    code: str
    verbs: dict[str, str]
    """Every form of a verb that tells or denies, and its class: relay, say, attitude, deny, ..."""
    finite: frozenset[str]
    """Forms that make a clause of a noun phrase, the verbs among them."""
    recipient: frozenset[str]
    bare: frozenset[str]
    """Forms behind which a clause stands without “that”."""
    noun: frozenset[str]
    infinitive: frozenset[str]
    prepositions_of: dict[tuple[str, ...], frozenset[str]]
    """By the words of a cue: behind which prepositions a noun phrase is what it tells."""
    before: tuple[tuple[str, ...], ...]
    """Phrases that stand before a source, the longest first."""
    relay_phrases: frozenset[tuple[str, ...]]
    silence: tuple[tuple[str, ...], ...]
    false_words: frozenset[str]
    said: frozenset[str]
    asked: frozenset[str]
    media: frozenset[str]
    time: frozenset[str]
    words: dict[str, frozenset[str]]
    """Small words by kind: determiners, pronouns, auxiliaries, prepositions, ..."""

    def is_a(self, word: str, *kinds: str) -> bool:
        """Whether a small word is of one of these kinds."""
        return any(word in self.words[kind] for kind in kinds)


@cache
def language(code: str) -> Language | None:
    """The language of this code (``en``, ``en-GB``), where there are rules for it."""
    path = resources.path(f"rules/{code.partition('-')[0].lower()}.toml")
    if not code.replace("-", "").isalnum() or not path.is_file():
        return None
    return _language(tomllib.loads(path.read_text(encoding="utf-8")))


def language_of(text: str, named: object = None) -> str | None:
    """The code of the language that an article names, else English for a text in Latin letters."""
    if isinstance(named, str) and named.strip():
        return named.strip()
    letters = [c for c in text[:2000] if c.isalpha()]
    latin = sum(ord(c) in _LATIN for c in letters)
    return "en" if latin * 10 > len(letters) * 9 else None


def _language(data: dict[str, Any]) -> Language:
    verbs = {
        form: kind
        for kind, lines in reversed(data["verbs"].items())
        for line in lines
        for form in line.split()
    }
    complement, phrases, nouns = data["complement"], data["phrases"], data["nouns"]
    return Language(
        code=data["language"],
        verbs={form: kind for form, kind in verbs.items() if kind != "finite"},
        finite=frozenset(verbs),
        recipient=frozenset(complement["recipient"]),
        bare=frozenset(complement["bare"]),
        noun=frozenset(complement["noun"]),
        infinitive=frozenset(complement["infinitive"]),
        prepositions_of={
            tuple(cue.split()): frozenset(found)
            for cue, found in complement["prepositions"].items()
        },
        before=_phrases(phrases["before"]),
        relay_phrases=frozenset(_phrases(phrases["relay"])),
        silence=_phrases(phrases["silence"]),
        false_words=frozenset(phrases["false_words"]),
        said=frozenset(nouns["said"]),
        asked=frozenset(nouns["asked"]),
        media=frozenset(nouns["media"]),
        time=frozenset(nouns["time"]),
        words={kind: frozenset(words) for kind, words in data["words"].items()},
    )


def _phrases(written: list[str]) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted((tuple(one.split()) for one in written), key=len, reverse=True))
