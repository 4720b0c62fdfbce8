"""One act of telling, and the ways in which a verb that tells goes on.

Each reading is named, so that what was offered can be traced to it.
"""

from __future__ import annotations

from collections.abc import Callable

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
    return part_of(inside[0], inside[-1] + 1) if inside else None


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
    first = clause_begin(sentence, source[0] - 1)
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
    first = clause_begin(sentence, edge - 1)
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


def part_of(first: int, behind: int) -> Part | None:
    """The tokens first..behind as a part; None where there are none."""
    return (first, behind) if first < behind else None


def clause_begin(sentence: Sentence, at: int) -> int:
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


READINGS = (_relative, _quoted, _marked, _parenthesis, _trailing, _bare)
"""In the order in which they are tried: the first that fits is what the verb tells."""
