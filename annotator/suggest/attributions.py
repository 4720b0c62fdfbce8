"""Attributions in a sentence: what is told, by whom, with which words, and who passes it on.

The rules are many small readings of the same few shapes; each is named, so that what was offered can
be traced to it. They offer; the analyst decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from annotator.suggest import phrases
from annotator.suggest.phrases import Part
from annotator.suggest.tokens import Sentence

Complement = tuple[str, int, int]
"""The rule by which a verb goes on, where what it tells begins, and behind which token its cue ends."""


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """One act of telling. Parts are tokens of the sentence, first..behind."""

    rule: str
    kind: str
    """The class of its verb, or ``phrase``."""
    source: Part | None
    cue: Part
    content: tuple[Part, ...]
    """What is told; several parts where it is told around other words."""
    relays: tuple[Part, ...] = ()
    """Who passes it on, from the one nearest the source."""
    passes_on: bool = False
    """Whether it only passes on what another attribution inside of it tells."""

    @property
    def first(self) -> int:
        """The first token of what is told."""
        return self.content[0][0]

    @property
    def behind(self) -> int:
        """Behind the last token of what is told."""
        return self.content[-1][1]


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
        return _part(first, phrases.clause_end(sentence, first)) if first < len(sentence) else None
    first = _clause_begin(sentence, cue[0])
    end = cue[0] - 1 if sentence.low(cue[0] - 1) == "," else cue[0]
    return _part(*_unquoted(sentence, first, end))


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
        for reading in (_relative, _quoted, _marked, _parenthesis, _trailing, _bare):
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


def _relative(sentence: Sentence, at: int, kind: str, last: Part | None) -> Attribution | None:
    """“the Hill Front, which the ministry says is paid from abroad”."""
    del last
    source = phrases.subject(sentence, at)
    if source is None or not sentence.is_a(source[0] - 1, "relatives"):
        return None
    relative = source[0] - 1
    if sentence.low(relative) == "that" or not sentence.is_finite(at + 1, len(sentence)):
        return None
    end = relative - 1 if sentence.low(relative - 1) == "," else relative
    first = max(phrases.subject_begin(sentence, end), 0)
    rest = _relative_end(sentence, at + 1)
    if first >= end or rest <= at + 1:
        return None
    return Attribution(
        rule="relative", kind=kind, source=source, cue=(at, at + 1),
        content=((first, end), (at + 1, rest)),
    )  # fmt: skip


def _relative_end(sentence: Sentence, first: int) -> int:
    end = phrases.clause_end(sentence, first)
    return next((n for n in range(first, end) if sentence.low(n) == ","), end)


def _quoted(sentence: Sentence, at: int, kind: str, last: Part | None) -> Attribution | None:
    """“…,” said X, “…” and X said: “…”."""
    source = _inverted(sentence, at) or phrases.subject(sentence, at) or last
    if kind == "attitude" or (source and sentence.is_a(source[0], "nobody")):
        return None
    before = _quote_ending(sentence, at if source is None else min(at, source[0]))
    after = _quote_beginning(sentence, max(at + 1, source[1] if source and source[0] > at else 0))
    content = tuple(part for part in (before, after) if part is not None)
    if not content or (after and not before and not _leads_to_quote(sentence, at, after)):
        return None
    return Attribution(rule="quoted", kind=kind, source=source, cue=(at, at + 1), content=content)


def _inverted(sentence: Sentence, at: int) -> Part | None:
    """The subject behind its verb: “said Oda Brenn”."""
    before = at - 1 if sentence.low(at - 1) != "," else at - 2
    if before < 0 or not sentence.tokens[before].quote or sentence.low(at + 1) == "to":
        return None
    return phrases.noun_phrase(sentence, at + 1)


def _quote_ending(sentence: Sentence, at: int) -> Part | None:
    """What is quoted right before a token."""
    end = at
    while end > 0 and sentence.low(end - 1) in (",", "”", '"', "»"):
        end -= 1
    number = sentence.tokens[end - 1].quote if end else 0
    if not number or end == at:
        return None
    return _within(sentence, number)


def _quote_beginning(sentence: Sentence, at: int) -> Part | None:
    """What is quoted behind a token, in the same clause."""
    for n in range(at, len(sentence)):
        if sentence.tokens[n].quote:
            return _within(sentence, sentence.tokens[n].quote)
        if sentence.low(n) == ";":
            return None
    return None


def _leads_to_quote(sentence: Sentence, at: int, quote: Part) -> bool:
    """Whether the quotation is the whole of what is told, not a part of a longer clause."""
    opening = quote[0] - 1
    between = [one.low for one in sentence.tokens[at + 1 : opening]]
    return bool(between and between[-1] in (":", ",")) or not between


def _within(sentence: Sentence, number: int) -> Part | None:
    inside = [n for n, one in enumerate(sentence.tokens) if one.quote == number]
    inside = [n for n in inside if sentence.low(n) not in ("“", "”", '"', "«", "»", "„")]
    while inside and sentence.low(inside[-1]) in (",", ".", "!", "?", "…"):
        inside.pop()
    if len(inside) > 2 and sentence.is_a(inside[0], "conjunctions"):
        inside = inside[1:]  # “…,” said X, “and the roof came down.”
    return _part(inside[0], inside[-1] + 1) if inside else None


def _parenthesis(sentence: Sentence, at: int, kind: str, last: Part | None) -> Attribution | None:
    """“The memo, a senior officer said, never reached the posts.”"""
    del last
    source = phrases.subject(sentence, at)
    if source is None or sentence.low(source[0] - 1) != ",":
        return None
    closing = next(
        (n for n in range(at + 1, min(at + 5, len(sentence))) if sentence.low(n) == ","), 0
    )
    if not closing or not all(_is_time(sentence, n) for n in range(at + 1, closing)):
        return None
    first = _clause_begin(sentence, source[0] - 1)
    rest = phrases.clause_end(sentence, closing + 1)
    if first >= source[0] - 1 or rest <= closing + 1:
        return None
    return Attribution(
        rule="parenthesis", kind=kind, source=source, cue=(at, at + 1),
        content=((first, source[0] - 1), (closing + 1, rest)),
    )  # fmt: skip


def _trailing(sentence: Sentence, at: int, kind: str, last: Part | None) -> Attribution | None:
    """“Two posts were shelled, officials said on Friday.”"""
    del last
    source = phrases.subject(sentence, at)
    edge = at if source is None else source[0]
    behind = at + 1
    if source is None or sentence.low(edge - 1) != ",":
        if sentence.low(at - 1) != ",":
            return None
        source = phrases.noun_phrase(sentence, at + 1)
        edge, behind = at, source[1] if source else at + 1
    if source is None or not _is_over(sentence, behind):
        return None
    first = _clause_begin(sentence, edge - 1)
    if edge - 1 - first < 2 or not sentence.is_finite(first, edge - 1):
        return None
    return Attribution(
        rule="trailing", kind=kind, source=source, cue=(at, at + 1), content=((first, edge - 1),)
    )


def _marked(sentence: Sentence, at: int, kind: str, last: Part | None) -> Attribution | None:
    """X said that …, X told Y that …, X warned of …, X claims to …"""
    return _governing(sentence, at, kind, last, _marked_complement)


def _bare(sentence: Sentence, at: int, kind: str, last: Part | None) -> Attribution | None:
    """X said two posts were shelled, X claimed cooperation."""
    return _governing(sentence, at, kind, last, _bare_complement)


def _governing(
    sentence: Sentence,
    at: int,
    kind: str,
    last: Part | None,
    complement: Callable[[Sentence, int, int], Complement | None],
) -> Attribution | None:
    goes_on = sentence.low(at).endswith("ing") and sentence.low(at - 1) == ","
    source = None if goes_on else _who(sentence, at)
    if source is None and (goes_on or sentence.is_a(at - 1, "conjunctions")):
        source = last  # “denied it and claimed that”
    behind, relay = _told_to(sentence, at)
    found = complement(sentence, at, behind)
    if found is None:
        return None
    rule, first, cue_end = found
    end = min(phrases.clause_end(sentence, first), _lead_end(sentence, at))
    if end <= first or (source is None and rule == "noun"):
        return None
    if rule == "noun" and sentence.is_a(at - 1, "prepositions"):
        return None  # “pressed him into announcing an inquiry” tells of an act, not of words
    return Attribution(
        rule=rule, kind=kind, source=source, cue=(at, cue_end), content=((first, end),),
        relays=(relay,) if relay else (),
    )  # fmt: skip


def _who(sentence: Sentence, at: int) -> Part | None:
    """The subject; of “seeks to convince” that of “seeks”."""
    if sentence.low(at - 1) == "to":
        return phrases.subject(sentence, at - 2) if at > 2 else None
    return phrases.subject(sentence, at)


def _lead_end(sentence: Sentence, at: int) -> int:
    """Where the clause ends that leads in, where the verb stands in one: “Despite X denying it, …”."""
    if sentence.is_a(0, "prepositions", "breaks"):
        comma = next((n for n in range(len(sentence)) if sentence.low(n) == ","), 0)
        if at < comma:
            return comma
    return len(sentence)


def _told_to(sentence: Sentence, at: int) -> tuple[int, Part | None]:
    """Behind whom it was told to; and that, where they pass it on: “told the Courier that”."""
    behind = at + 1
    if sentence.low(at) in sentence.language.recipient and not sentence.is_a(
        behind, "complementizer"
    ):
        told = phrases.noun_phrase(sentence, behind)
        if told is not None:
            return told[1], told if _is_media(sentence, told) else None
    return behind, None


def _marked_complement(sentence: Sentence, at: int, behind: int) -> Complement | None:
    word = sentence.low(at)
    that = _that(sentence, behind)
    if that is not None:
        return "that", that + 1, at + 1
    for cue, prepositions in sentence.language.prepositions_of.items():
        if cue[0] == word and sentence.begins(at, cue):
            n = at + len(cue)
            if sentence.low(n) in prepositions:
                return "preposition", n + 1, n + 1
    if word in sentence.language.infinitive and sentence.low(behind) == "to":
        return "infinitive", behind, at + 1
    return None


def _bare_complement(sentence: Sentence, at: int, behind: int) -> Complement | None:
    if _begins_clause(sentence, behind):
        return "bare", behind, at + 1
    if sentence.low(at) in sentence.language.noun and _begins_phrase(sentence, behind):
        return "noun", behind, at + 1
    return None


def _that(sentence: Sentence, at: int) -> int | None:
    """The “that” of a verb: at once, or behind a time or a place."""
    for n in range(at, min(at + 9, len(sentence))):
        if sentence.is_a(n, "complementizer") and not sentence.tokens[n].quote:
            return n if n + 1 < len(sentence) else None
        if not sentence.tokens[n].is_word or sentence.is_finite(n, n + 1):
            return None
        if n == at and not (sentence.is_a(n, "prepositions") or _is_time(sentence, n)):
            return None
    return None


def _begins_clause(sentence: Sentence, at: int) -> bool:
    """A subject and a verb follow at once: “said two posts were shelled”."""
    if sentence.low(at - 1) in sentence.language.bare and sentence.low(at) == "there":
        return True
    if not sentence.language.is_a(sentence.low(at), "determiners", "pronouns") and not (
        at < len(sentence) and sentence.tokens[at].is_capital
    ) and not _is_plain_noun(sentence, at):  # fmt: skip
        return False
    end = phrases.clause_end(sentence, at)
    head = phrases.noun_phrase(sentence, at)
    if head is None or head[1] >= end:
        return sentence.low(at - 1) in sentence.language.bare and end - at > 3
    return sentence.low(at - 1) in sentence.language.bare or sentence.is_finite(
        head[1], min(end, head[1] + 4)
    )


def _is_plain_noun(sentence: Sentence, at: int) -> bool:
    return at < len(sentence) and sentence.tokens[at].is_word and not sentence.is_a(
        at, "prepositions", "breaks", "conjunctions", "auxiliaries", "adverbs"
    )  # fmt: skip


def _begins_phrase(sentence: Sentence, at: int) -> bool:
    return _is_plain_noun(sentence, at) and sentence.low(at) != "to"


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


def _part(first: int, behind: int) -> Part | None:
    return (first, behind) if first < behind else None


def _unquoted(sentence: Sentence, first: int, end: int) -> Part:
    """Without the quotation marks around all of it."""
    while first < end and sentence.low(first) in '“„«"':
        first += 1
    while first < end and sentence.low(end - 1) in ("”", '"', "»", ",", "."):
        end -= 1
    return first, end


def _clause_begin(sentence: Sentence, at: int) -> int:
    """Where the clause that ends at a token begins."""
    n = at
    while n > 0 and sentence.low(n - 1) not in (";", "—", ":"):
        n -= 1
    while n < at and (
        not (sentence.tokens[n].is_word or sentence.low(n) in "“„")
        or sentence.is_a(n, "conjunctions")
    ):
        n += 1
    return n


def _is_time(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in sentence.language.time or sentence.is_a(at, "prepositions")


def _is_over(sentence: Sentence, at: int) -> bool:
    """Only a time or a place follows, or nothing."""
    end = next(
        (n for n in range(at, len(sentence)) if sentence.low(n) in (",", ";", ".")), len(sentence)
    )
    rest = range(at, end)
    return not rest or (_is_time(sentence, at) and not sentence.is_finite(at, end))


def _is_media(sentence: Sentence, part: Part) -> bool:
    words = sentence.tokens[part[0] : part[1]]
    return any(one.low in sentence.language.media for one in words) and any(
        one.is_capital for one in words
    )
