"""Denials in a sentence: the denying predicate, who denies, and what is denied in its own words."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from annotator.suggest import phrases
from annotator.suggest.phrases import Part
from annotator.suggest.tokens import Sentence

SHORT = 6
"""Words and signs behind a colon up to which, without a verb, they name who says it."""


class Denying(msgspec.Struct, frozen=True, kw_only=True):
    """One act of denying. Parts are tokens of the sentence, first..behind."""

    rule: str
    source: Part | None
    cue: Part
    predicate: Part
    denied: tuple[Part, ...] = ()
    """The claim that is nested in it; empty where it stands elsewhere (“denied it”)."""
    kind: str | None = None
    """refusal or non_denial, where it denies no fact."""


def denials(sentence: Sentence) -> list[Denying]:
    """All of a sentence, in order."""
    found = [*_silences(sentence), *_verbs(sentence)]
    taken = [one.predicate for one in found if one.rule == "silence"]
    kept = [
        one
        for one in found
        if one.rule == "silence" or not any(a <= one.cue[0] < b for a, b in taken)
    ]
    return sorted(kept, key=lambda one: one.predicate)


def _silences(sentence: Sentence) -> Iterator[Denying]:
    """“would not comment”."""
    for at in range(len(sentence)):
        for phrase in sentence.language.silence:
            if sentence.begins(at, phrase):
                behind = phrases.clause_end(sentence, at)
                yield Denying(
                    rule="silence",
                    source=_who(sentence, at),
                    cue=(at, at + len(phrase)),
                    predicate=(at, max(behind, at + len(phrase))),
                    kind="non_denial",
                )
                break


def _verbs(sentence: Sentence) -> Iterator[Denying]:
    last: Part | None = None
    for at, token in enumerate(sentence.tokens):
        kind = sentence.verb(at)
        if token.quote or sentence.is_a(at - 1, "determiners", "possessive"):
            continue
        if kind in ("say", "relay", "attitude"):
            last = phrases.subject(sentence, at) or last
        reading = _READINGS.get(kind) or (_named if sentence.low(at) in _names(sentence) else None)
        if reading is None or _is_undone(sentence, at):
            continue
        denying = reading(sentence, at)
        if denying is not None:
            source = denying.source or (last if _joins(sentence, at) else None)
            last = source or last
            yield msgspec.structs.replace(denying, source=source)


def _joins(sentence: Sentence, at: int) -> bool:
    start = phrases.predicate_start(sentence, at)
    return sentence.is_a(start - 1, "conjunctions") or sentence.low(start - 1) == ","


def _is_undone(sentence: Sentence, at: int) -> bool:
    """“did not deny”, “to deny”."""
    group = range(phrases.predicate_start(sentence, at), at)
    return sentence.low(at - 1) == "to" or any(sentence.is_a(n, "negations") for n in group)


def _names(sentence: Sentence) -> frozenset[str]:
    return frozenset(w for w, kind in sentence.language.verbs.items() if kind == "call")


def _deny(sentence: Sentence, at: int) -> Denying | None:
    predicate = _predicate(sentence, at)
    return Denying(
        rule="deny",
        source=_who(sentence, at),
        cue=(at, at + 1),
        predicate=predicate,
        denied=_object(sentence, at + 1, predicate[1]),
    )


def _reject(sentence: Sentence, at: int) -> Denying | None:
    """What was said is denied, what was asked for refused."""
    denying = _deny(sentence, at)
    if denying is None:
        return None
    head = [one.low for one in sentence.tokens[at + 1 : min(denying.predicate[1], at + 7)]]
    asked = next((n for n, word in enumerate(head) if word in sentence.language.asked), None)
    said = next((n for n, word in enumerate(head) if word in sentence.language.said), None)
    if asked is not None and (said is None or asked < said):
        return msgspec.structs.replace(denying, rule="refuse", denied=(), kind="refusal")
    return msgspec.structs.replace(denying, rule="reject")


def _refuse(sentence: Sentence, at: int) -> Denying | None:
    """“refused to open the road”."""
    if sentence.low(at + 1) != "to":
        return None
    return Denying(
        rule="refuse",
        source=_who(sentence, at),
        cue=(at, at + 1),
        predicate=_predicate(sentence, at),
        kind="refusal",
    )


def _named(sentence: Sentence, at: int) -> Denying | None:
    """“called the report a fabrication”."""
    predicate = _predicate(sentence, at)
    words = [one.low for one in sentence.tokens[at + 1 : predicate[1]]]
    if not any(word in sentence.language.false_words for word in words):
        return None
    that = next(
        (n for n in range(at + 1, min(at + 6, predicate[1])) if sentence.low(n) == "that"), None
    )
    is_clause = that is not None and sentence.is_finite(that + 1, predicate[1])
    denied = ((that + 1, predicate[1]),) if that is not None and is_clause else ()
    return Denying(
        rule="name",
        source=_who(sentence, at),
        cue=(at, at + 1),
        predicate=predicate,
        denied=denied,
    )


_READINGS = {"deny": _deny, "reject": _reject, "refuse": _refuse, "call": _named}


def _who(sentence: Sentence, at: int) -> Part | None:
    return phrases.subject(sentence, at)


def _predicate(sentence: Sentence, at: int) -> Part:
    """From its auxiliaries to the end of its clause; a second verb of the subject begins another."""
    behind = phrases.clause_end(sentence, at)
    colon = next((n for n in range(at + 1, behind) if sentence.low(n) == ":"), behind)
    if behind - colon <= SHORT and not sentence.is_finite(colon + 1, behind):
        behind = colon  # “Report debunked: White House”
    for n in range(at + 2, behind):
        if (
            sentence.low(n) == ","
            and sentence.is_a(n + 1, "relatives")
            and _tells(sentence, n + 2, behind)
        ):
            behind = n  # “…, who the ministry claims live across the border”
            break
        if sentence.is_a(n, "conjunctions") and _begins_verb(sentence, n + 1):
            behind = n - 1 if sentence.low(n - 1) == "," else n
            break
    if sentence.is_a(0, "prepositions", "breaks"):
        comma = next((n for n in range(len(sentence)) if sentence.low(n) == ","), behind)
        behind = comma if at < comma < behind else behind
    return phrases.predicate_start(sentence, at), behind


def _begins_verb(sentence: Sentence, at: int) -> bool:
    return bool(sentence.verb(at)) or sentence.is_a(at, "auxiliaries")


def _tells(sentence: Sentence, first: int, behind: int) -> bool:
    return any(sentence.verb(n) in ("say", "relay") for n in range(first, min(first + 6, behind)))


def _object(sentence: Sentence, first: int, behind: int) -> tuple[Part, ...]:
    """The denied claim in the denial's own words: behind “that”, or the noun phrase it governs."""
    that = next(
        (n for n in range(first, min(first + 7, behind)) if sentence.low(n) == "that"), None
    )
    if that is not None and that + 1 < behind and sentence.is_finite(that + 1, behind):
        return ((that + 1, behind),)
    if first >= behind or sentence.is_a(first, "objects", "prepositions", "pronouns"):
        return ()
    head = phrases.noun_phrase(sentence, first)
    words = sentence.tokens[first : head[1] if head else behind]
    if any(one.low in sentence.language.said for one in words):
        return ()
    if all(one.is_capital for one in words):
        return ()  # “contradicted Mr Falk”
    return ((first, behind),)
