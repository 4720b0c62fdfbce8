"""What is found in sentences: who tells what, who passes it on, what is denied."""

from __future__ import annotations

import pytest

from annotator.suggest.attributions import Attribution
from annotator.suggest.denials import Denying
from annotator.suggest.phrases import Part
from annotator.suggest.stretches import Read, Stretches


def read(text: str) -> Read:
    found = Stretches(text, "en").at(0)
    assert found is not None
    return found


def words(found: Read, *parts: Part | None) -> str:
    text = found.sentence.text
    return " … ".join(text[slice(*found.sentence.span(*part))] for part in parts if part)


def tellings(text: str) -> list[tuple[str, str, str]]:
    """Source with its relays, cue, claim; of attributions that do not only pass on."""
    found = read(text)

    def told(one: Attribution) -> tuple[str, str]:
        chain = " < ".join(words(found, part) for part in (one.source, *one.relays) if part)
        return chain, words(found, one.cue) if one.cue[0] < one.cue[1] else ""

    return [
        (*told(claim.told), " … ".join(claim.span.quotes(text)))
        for claim in found.claims
    ]  # fmt: skip


def denying(text: str) -> list[tuple[str, str, str, str | None]]:
    """Source, predicate, the nested claim, kind."""
    found = read(text)

    def shape(one: Denying) -> tuple[str, str, str, str | None]:
        return (
            words(found, one.source),
            words(found, one.predicate),
            words(found, *one.denied),
            one.kind,
        )

    return [shape(one) for one in found.denials]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Lock keepers said that the gate was shut.", ("Lock keepers", "said", "the gate was shut")),
        ("Lock keepers said the gate was shut.", ("Lock keepers", "said", "the gate was shut")),
        ("The gate was shut, lock keepers said on Monday.", ("lock keepers", "said", "The gate was shut")),
        ("“The gate was shut,” said Ana Roth.", ("Ana Roth", "said", "The gate was shut")),
        ("Ana Roth said: “The gate was shut.”", ("Ana Roth", "said", "The gate was shut")),
        (
            "“The gate was shut,” said Ana Roth, who keeps the lock, in the evening.",
            ("Ana Roth, who keeps the lock", "said", "The gate was shut"),
        ),
        (
            "The mayor, Ana Roth, announced on Friday that the gate was shut.",
            ("The mayor, Ana Roth", "announced", "the gate was shut"),
        ),
        (
            "The union, in a letter to the council, said that the gate was shut.",
            ("The union", "said", "the gate was shut"),
        ),
        ("In March the union said that the gate was shut.", ("the union", "said", "the gate was shut")),
        ("The gate was shut, according to the union.", ("the union", "according to", "The gate was shut")),
        ("According to the union, the gate was shut.", ("the union", "According to", "the gate was shut")),
        ("The union claims to have shut the gate.", ("The union", "claims", "to have shut the gate")),
        ("Keepers have repeatedly warned of floods.", ("Keepers", "warned of", "floods")),
        ("The union claimed damage to the gate.", ("The union", "claimed", "damage to the gate")),
        ("The gate, a keeper said, was shut.", ("a keeper", "said", "The gate … was shut")),
        (
            "The gate, which the union says was shut, stands open.",
            ("the union", "says", "The gate … was shut"),
        ),
        ("Gate was shut: Northland media", ("Northland media", "", "Gate was shut")),
        (
            "Keepers told the Daily Courier that the gate was shut.",
            ("Keepers < the Daily Courier", "told", "the gate was shut"),
        ),
        ("Keepers told reporters that the gate was shut.", ("Keepers", "told", "the gate was shut")),
        (
            "The Courier reported that keepers said the gate was shut.",
            ("keepers < The Courier", "said", "the gate was shut"),
        ),
        (
            "According to state radio, the Courier reported that keepers said the gate was shut.",
            ("keepers < the Courier < state radio", "said", "the gate was shut"),
        ),
        (
            "The keepers said that the gate was shut, as reported by the Courier.",
            ("The keepers < the Courier", "said", "the gate was shut"),
        ),
    ],
)  # fmt: skip
def test_who_tells_what(text: str, expected: tuple[str, str, str]) -> None:
    assert tellings(text) == [expected]


def test_each_claim_that_could_be_denied_by_itself_stands_alone() -> None:
    claims = [
        claim
        for _, _, claim in tellings("Keepers said the gate was shut and the pumps had failed.")
    ]
    assert claims == ["the gate was shut", "the pumps had failed"]


def test_a_predicate_of_the_same_subject_is_no_claim_of_its_own() -> None:
    claims = [
        claim for _, _, claim in tellings("Keepers said the gate was old and should be replaced.")
    ]
    assert claims == ["the gate was old and should be replaced"]


def test_hoping_says_more_than_passing_on() -> None:
    assert tellings("The Courier reported that the union hopes that the gate is shut.") == [
        ("The Courier", "reported", "the union hopes that the gate is shut"),
        ("the union", "hopes", "the gate is shut"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The keepers did not say that the gate was shut.",
        "The claims were many.",
        "He has nothing to say.",
        "The gate was shut.",
    ],
)
def test_nothing_is_told(text: str) -> None:
    assert tellings(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The ministry denied it.", ("The ministry", "denied it", "", None)),
        (
            "The ministry has denied that the gate was shut.",
            ("The ministry", "has denied that the gate was shut", "the gate was shut", None),
        ),
        (
            "The ministry denies any part in the flood.",
            ("The ministry", "denies any part in the flood", "any part in the flood", None),
        ),
        ("The ministry rejected the report.", ("The ministry", "rejected the report", "", None)),
        (
            "The mayor called the story a fabrication.",
            ("The mayor", "called the story a fabrication", "", None),
        ),
        (
            "The group rejected the council’s request to leave.",
            ("The group", "rejected the council’s request to leave", "", "refusal"),
        ),
        (
            "The ministry refused to open the gate.",
            ("The ministry", "refused to open the gate", "", "refusal"),
        ),
        ("The mayor would not comment.", ("The mayor", "would not comment", "", "non_denial")),
        ("Two keepers contradicted Mr Roth.", ("Two keepers", "contradicted Mr Roth", "", None)),
    ],
)
def test_what_is_denied(text: str, expected: tuple[str, str, str, str | None]) -> None:
    assert denying(text) == [expected]


@pytest.mark.parametrize(
    "text", ["The ministry did not deny it.", "The denial came late.", "She called the mayor."]
)
def test_nothing_is_denied(text: str) -> None:
    assert denying(text) == []


def test_a_language_without_rules_has_clauses_only() -> None:
    assert Stretches("وزیر نے کہا کہ پل بند ہے۔", "ur").at(0) is None
    assert Stretches("وزیر نے کہا کہ پل بند ہے۔", "ur").after(0, 0) is not None
