"""Where a noun phrase or a clause ends. Token indexes, half-open."""

from __future__ import annotations

from annotator.suggest.tokens import Sentence

Part = tuple[int, int]
"""Tokens first..behind of a sentence."""

_STOPS = {";", ":", "—", "–", "(", ")", "“", "”", '"', "«", "»", "„"}
_ENDS = {".", "!", "?", "…"}


def predicate_start(sentence: Sentence, verb: int) -> int:
    """Where the verb group begins: its auxiliaries and adverbs belong to it."""
    at = verb
    while at > 0 and sentence.is_a(at - 1, "auxiliaries", "adverbs"):
        at -= 1
    while at < verb and sentence.is_a(at, "adverbs") and not sentence.is_a(at, "auxiliaries"):
        at += 1  # “also denied” begins with “denied”, “has also denied” with “has”
    return at


def subject(sentence: Sentence, verb: int) -> Part | None:
    """The noun phrase before a verb, with its apposition, without what is only inserted."""
    end = verb
    while end > 0 and sentence.is_a(end - 1, "auxiliaries", "adverbs"):
        end -= 1
    if end == 0:
        return None
    head, end = _around_insertion(sentence, end)
    first = _left(sentence, head)
    first = _without_lead(sentence, first, head)
    return (first, end) if first < end and _is_noun_phrase(sentence, first, end) else None


def subject_begin(sentence: Sentence, end: int) -> int:
    """Where the noun phrase that ends at a token begins."""
    return _without_lead(sentence, _left(sentence, end), end)


def noun_phrase(sentence: Sentence, first: int, *, names: bool = True) -> Part | None:
    """The noun phrase that begins at a token, with its apposition.

    ``names=False``: behind a comma only “who” and “which” go on with it.
    """
    at = first
    while at < len(sentence) and not _ends_noun_phrase(sentence, at, first):
        at += 1
    goes_on = _is_apposition if names else _is_relative
    if sentence.low(at) == "," and goes_on(sentence, at + 1):
        closing = _next_comma(sentence, at + 1)
        if closing is not None:
            at = closing
    return (first, at) if first < at and _is_noun_phrase(sentence, first, at) else None


def clause_end(sentence: Sentence, first: int) -> int:
    """Behind the last token of the clause that begins at a token."""
    quote = sentence.tokens[first].quote if first < len(sentence) else 0
    at = first
    while at < len(sentence):
        token = sentence.tokens[at]
        if token.low in (";", "—") or (quote and token.quote != quote):
            break
        if not token.quote and _opens_another(sentence, at):
            break
        at += 1
    while at > first and sentence.low(at - 1) in _ENDS | {",", ";", ":"}:
        at -= 1
    while at > first and sentence.low(at - 1) in "”»" and not _is_opened(sentence, first, at):
        at -= 1
    while at > first and sentence.low(at - 1) in _ENDS | {","}:
        at -= 1
    return at


def pieces(sentence: Sentence, first: int, behind: int) -> list[Part]:
    """A clause as the claims that could each be denied by itself: “A was shelled and B was lost”."""
    found: list[Part] = []
    begin = first
    for at in range(first + 2, behind - 2):
        if sentence.is_a(at, "conjunctions") and not sentence.tokens[at].quote:
            left = at - 1 if sentence.low(at - 1) == "," else at
            if _starts_clause(sentence, at + 1, behind) and sentence.is_finite(begin, left):
                found.append((begin, left))
                begin = at + 1
    return [*found, (begin, behind)]


def _starts_clause(sentence: Sentence, first: int, behind: int) -> bool:
    """Whether a subject and a verb of its own follow, rather than more of the same predicate."""
    if not (
        sentence.is_a(first, "determiners", "pronouns") or sentence.tokens[first].is_capital
    ) or sentence.is_a(first, "relatives"):
        return False
    for at in range(first + 1, min(behind, first + 7)):
        token = sentence.tokens[at]
        if token.low in sentence.language.finite and not sentence.is_a(
            at - 1, "determiners", "possessive"
        ):
            return True
        if not token.is_word or sentence.is_a(at, "breaks", "conjunctions") or token.low == "to":
            return False
        if token.low.endswith("ed") and at > first + 1 - sentence.is_a(first, "pronouns"):
            return True
    return False


def _left(sentence: Sentence, end: int) -> int:
    """Where the noun phrase that ends here begins, as far as signs and small words tell."""
    at = end
    while at > 0:
        before = at - 1
        token = sentence.tokens[before]
        if token.low == ")" and not token.quote:  # “Rep. Ana Roth (R-Utah)”
            opening = _opening(sentence, before)
            if opening == before:
                break
            at = opening
            continue
        if token.low in _STOPS or token.low in (*_ENDS, ",") or token.quote:
            break
        if sentence.is_a(before, "breaks"):
            break
        if sentence.is_a(before, "conjunctions") and _stands_verb_before(sentence, before):
            if sentence.low(before - 2) == "to":
                at += 1  # “to expel or control the fighters”
                break
            if not _are_alike(sentence, before):
                break
        if sentence.verb(before) and not sentence.is_a(before - 1, "determiners", "possessive"):
            break
        if sentence.is_a(before, "auxiliaries"):
            break
        at = before
    return at


def _opening(sentence: Sentence, closing: int) -> int:
    """The parenthesis that belongs to a closing one; the closing one where there is none."""
    near = range(closing - 1, max(-1, closing - 8), -1)
    return next((n for n in near if sentence.low(n) == "("), closing)


def _are_alike(sentence: Sentence, at: int) -> bool:
    """“commanders and fighters”: two plain plurals are one phrase."""
    return all(
        sentence.low(n).endswith("s") and not sentence.verb(n) for n in (at - 1, at + 1)
    ) and not sentence.is_a(at + 1, "determiners")


def _stands_verb_before(sentence: Sentence, at: int) -> bool:
    first = at
    while first > 0 and sentence.low(first - 1) not in _STOPS | {","}:
        first -= 1
    return sentence.is_finite(first, at)


def _without_lead(sentence: Sentence, first: int, end: int) -> int:
    """Without what leads in: “In March the group” is “the group”."""
    while first < end and sentence.is_a(first, "conjunctions", "adverbs"):
        first += 1
    if not (sentence.is_a(first, "prepositions") or sentence.low(first) in sentence.language.time):
        return first
    heads = [
        n
        for n in range(first + 1, end)
        if sentence.is_a(n, "determiners", "pronouns") and sentence.low(n - 1) != "of"
    ]
    if heads:
        return heads[-1]
    while first < end and (
        not sentence.tokens[first].is_capital or sentence.low(first) in sentence.language.time
    ):
        first += 1
    return first


def _around_insertion(sentence: Sentence, end: int) -> Part:
    """Where the head of a phrase ends, and where all of it: they differ by an apposition.

    “, in a message,” before the verb is neither.
    """
    if sentence.low(end - 1) != ",":
        return end, end
    opening = end - 2
    while opening > 0 and sentence.low(opening) != ",":
        if sentence.low(opening) in _STOPS:
            return end - 1, end - 1
        opening -= 1
    if opening <= 0:
        return end - 1, end - 1
    return (opening, end - 1) if _is_apposition(sentence, opening + 1) else (opening, opening)


def _is_apposition(sentence: Sentence, at: int) -> bool:
    """“, who has kept the lock,”, “, the mayor,”, “, Teo Falk,”."""
    if sentence.is_a(at, "prepositions") or at >= len(sentence):
        return False
    token = sentence.tokens[at]
    return (
        sentence.is_a(at, "determiners")
        or _is_relative(sentence, at)
        or (token.is_capital and token.is_word and not token.quote)
    )


def _is_relative(sentence: Sentence, at: int) -> bool:
    return sentence.low(at) in ("who", "whose", "which")


def _next_comma(sentence: Sentence, at: int) -> int | None:
    """Where an apposition closes: at a comma, a quotation, or the end of the sentence."""
    for n in range(at, len(sentence)):
        token = sentence.tokens[n]
        if token.low == "," or token.low in _ENDS or token.low in _STOPS:
            return n
        if sentence.verb(n) and n > at and not _is_relative(sentence, at):
            return None
    return len(sentence)


def _ends_noun_phrase(sentence: Sentence, at: int, first: int) -> bool:
    token = sentence.tokens[at]
    if token.low in _STOPS or token.low in _ENDS or token.low == "," or token.quote:
        return True
    if at == first:
        return False
    if token.low == "by":  # “a memo seen by the Ledger”
        return not (sentence.low(at - 1).endswith("ed") or sentence.is_a(at - 1, "participles"))
    if sentence.is_a(at, "joiners") and not sentence.is_a(at, "breaks"):
        return sentence.low(at) in ("in", "on", "at", "from", "to", "within", "with") and not (
            sentence.tokens[at - 1].is_word
            and sentence.low(at) in ("at", "with", "from", "in")
            and sentence.low(at + 1) not in sentence.language.time
            and not sentence.is_a(at + 1, "determiners")
        )
    return (
        sentence.is_a(at, "breaks", "auxiliaries", "prepositions", "adverbs")
        or (bool(sentence.verb(at)) and not sentence.is_a(at - 1, "determiners", "possessive"))
        or (sentence.is_a(at, "pronouns") and at > first)
        or sentence.low(at) in sentence.language.time
    )


def _is_noun_phrase(sentence: Sentence, first: int, behind: int) -> bool:
    words = [one for one in sentence.tokens[first:behind] if one.is_word]
    if not words or len(words) > 24:
        return False
    if behind - first == 1 and words[0].low in ("there", "that", "which", "who", "whom"):
        return False
    return not sentence.is_a(first, "prepositions", "relatives")


def _opens_another(sentence: Sentence, at: int) -> bool:
    """Whether what follows a comma, or this word, is no longer of the clause."""
    if sentence.low(at) != ",":
        return False
    following = at + 1
    if any(sentence.begins(following, phrase) for phrase in sentence.language.before):
        return True
    if sentence.low(following) in ("while", "although", "though", "whereas", "but"):
        return True
    if sentence.verb(following) and sentence.low(following).endswith("ing"):
        return True
    if sentence.tokens[at - 1].quote and sentence.verb(following):
        return True
    return _tells_behind(sentence, following)


def _tells_behind(sentence: Sentence, at: int) -> bool:
    """“…, officials said” and “…, said officials”, to the end or the next comma."""
    verb = next((n for n in range(at, min(at + 9, len(sentence))) if sentence.verb(n)), None)
    if verb is None or any(not sentence.tokens[n].is_word for n in range(at, verb)):
        return False
    if verb == at:
        return sentence.verb(verb) in ("say", "relay")
    if sentence.is_a(at, "conjunctions", "relatives") or sentence.is_a(verb - 1, "determiners"):
        return False
    behind = sentence.low(verb + 1)
    return (
        behind in ("", ",", ".", "”")
        or behind in sentence.language.time
        or behind in ("on", "in", "at")
    )


def _is_opened(sentence: Sentence, first: int, at: int) -> bool:
    quote = sentence.tokens[at - 1].quote
    return any(one.quote == quote and one.low in "“„«" for one in sentence.tokens[first : at - 1])
