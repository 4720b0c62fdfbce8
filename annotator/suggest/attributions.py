"""Attributions in a sentence: what is told, by whom, with which words, and who passes it on.

The rules are many small readings of the same few shapes; each is named, so that what was offered can
be traced to it. They offer; the analyst decides.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from annotator.suggest import phrases
from annotator.suggest.phrases import Part
from annotator.suggest.telling import READINGS, Attribution, clause_begin, part_of
from annotator.suggest.tokens import Sentence


def attributions(sentence: Sentence) -> list[Attribution]:
    """All of a sentence, the outer before the inner, with their chains."""
    found = [*_phrases(sentence), *_verbs(sentence), *_colon(sentence)]
    found.sort(key=lambda one: (one.first, -one.behind, one.cue))
    return _chained(sentence, found)


# Phrases: “according to …”


def _phrases(sentence: Sentence) -> Iterator[Attribution]:
    at = 0
    while at < len(sentence):
        phrase = next((p for p in sentence.language.before if sentence.begins(at, p)), None)
        if phrase is None:
            at += 1
            continue
        cue = (at, at + len(phrase))
        at = cue[1]
        source = phrases.noun_phrase(sentence, cue[1], names=False)
        content = source and _told_around(sentence, cue, source)
        if source and content:
            rule = "relay_phrase" if phrase in sentence.language.relay_phrases else "phrase"
            yield Attribution(rule=rule, kind="phrase", source=source, cue=cue, content=(content,))


def _told_around(sentence: Sentence, cue: Part, source: Part) -> Part | None:
    """What a phrase at the head, the foot or in the middle of a clause speaks of."""
    leads = cue[0] == 0 or not any(one.is_word for one in sentence.tokens[: cue[0]])
    if leads and sentence.low(source[1]) == ",":
        first = source[1] + 1
        return (
            part_of(first, phrases.clause_end(sentence, first)) if first < len(sentence) else None
        )
    first = clause_begin(sentence, cue[0])
    end = cue[0] - 1 if sentence.low(cue[0] - 1) == "," else cue[0]
    return part_of(*_unquoted(sentence, first, end))


# Verbs: “… said that …”


def _verbs(sentence: Sentence) -> Iterator[Attribution]:
    last: Part | None = None
    for at, token in enumerate(sentence.tokens):
        kind = sentence.verb(at)
        if kind in ("deny", "reject") and not token.quote:
            last = phrases.subject(sentence, at) or last
        if token.quote or kind not in _TELLING or _is_no_cue(sentence, at):
            continue
        if any(a <= at < b for a, b in _phrase_places(sentence)):
            continue
        for reading in READINGS:
            attribution = reading(sentence, at, kind, last)
            if attribution is not None:
                last = attribution.source or last
                yield attribution
                break


_TELLING = ("say", "relay", "attitude", "persuade")


def _is_no_cue(sentence: Sentence, at: int) -> bool:
    """A noun (“the claims”), an infinitive, or something that was not said."""
    if sentence.is_a(at - 1, "determiners", "possessive"):
        return True
    if sentence.low(at - 1) == "to":
        return sentence.verb(at) != "persuade"
    group = range(phrases.predicate_start(sentence, at), at)
    return any(sentence.is_a(n, "negations") for n in group)


def _phrase_places(sentence: Sentence) -> list[Part]:
    return [
        (at, at + len(phrase))
        for at in range(len(sentence))
        for phrase in sentence.language.before
        if sentence.begins(at, phrase)
    ]


# Headlines: “Talks have failed: Northland media”


def _colon(sentence: Sentence) -> Iterator[Attribution]:
    colons = [n for n, one in enumerate(sentence.tokens) if one.low == ":" and not one.quote]
    if len(colons) != 1:
        return
    at = colons[0]
    words = [one for one in sentence.tokens[at + 1 :] if one.is_word]
    if 0 < len(words) <= 4 and at > 2 and words[0].is_capital and not sentence.is_finite(
        at + 1, len(sentence)
    ):  # fmt: skip
        source = (at + 1, len(sentence))
        yield Attribution(rule="colon", kind="say", source=source, cue=(at, at), content=((0, at),))


# Chains


def _chained(sentence: Sentence, found: list[Attribution]) -> list[Attribution]:
    """Sources that only pass on what an inner one tells become its relays."""
    done: list[Attribution] = []
    for one in found:
        outer = [other for other in done if other.source and _hands_on(sentence, other, one)]
        relays = list(one.relays)
        for other in sorted(outer, key=lambda other: other.behind - other.first):
            chain = [other.source, *other.relays]
            relays += [r for r in chain if r and r not in relays and r != one.source]
        inner = any(_hands_on(sentence, one, other) for other in found if other is not one)
        done.append(msgspec.structs.replace(one, relays=tuple(relays), passes_on=inner))
    return done


def _hands_on(sentence: Sentence, outer: Attribution, inner: Attribution) -> bool:
    """Whether the outer one tells just that the inner source told something."""
    if inner.source is None or {inner.kind, outer.kind} & {"attitude", "persuade"}:
        return False
    if outer.rule == inner.rule == "phrase":
        return False
    inside = outer.first <= min(inner.source[0], inner.first) and inner.behind <= outer.behind
    if not inside or outer.source == inner.source:
        return False
    if inner.rule in ("relative", "parenthesis"):
        return False
    head = min(inner.source[0], inner.first, inner.cue[0])
    tail = max(inner.behind, inner.cue[1], inner.source[1])
    return head - outer.first <= 2 and outer.behind - tail <= 1


# Small things


def _unquoted(sentence: Sentence, first: int, end: int) -> Part:
    """Without the quotation marks around all of it."""
    while first < end and sentence.low(first) in '“„«"':
        first += 1
    while first < end and sentence.low(end - 1) in ("”", '"', "»", ",", "."):
        end -= 1
    return first, end
