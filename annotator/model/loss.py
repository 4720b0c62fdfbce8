"""What is lost on the way between a project and a file: counted, with the ids, never silent.

A writer (or a reader) says with ``Losses.add`` what it could not hold, thing by thing; what reaches the
person is one ``Loss`` for each kind. Counting costs no memory: the first ids are kept, and all of them
go to ``each`` where somebody wants them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import msgspec

from annotator.language import in_english, spoken, tr, trn

SHOWN = 20
"""How many ids of a kind are kept for a report."""


class Kind(msgspec.Struct, frozen=True):
    """One way in which something is lost."""

    name: str
    of: str
    """What is counted: mark, link, article or record."""
    fate: str
    """What became of it, as the end of a sentence: “left out”. English, for manifests hold it."""
    part: str
    """What of it is no longer as it was: all of it (``whole``), or one of the names in PARTS."""


WHOLE = "whole"
PARTS = ("span", "label", "attributes", "note", "actor", "proposition", "words")
"""What of a mark or link can be lost alone; ``words`` are characters that had to be replaced."""

# Marks that are not there at all.
OVERLAPPING = Kind(
    "overlapping", "mark", in_english("left out, for another one stands on these words"), WHOLE
)
NO_DENIAL = Kind(
    "no_denial", "mark", in_english("left out, for a refusal or a dodge is no denial"), WHOLE
)
ACROSS_CHUNKS = Kind(
    "across_chunks", "mark", in_english("left out, for a chunk ends inside"), WHOLE
)
OTHER_LABELS = Kind(
    "other_labels", "mark", in_english("left out, for other labels were asked for"), WHOLE
)
NO_WORD = Kind("no_word", "mark", in_english("left out, for no word stands there"), WHOLE)
MARKS = Kind(
    "marks", "mark", in_english("told only by their sentences, not by where they stand"), WHOLE
)
UNLINKED = Kind(
    "unlinked",
    "mark",
    in_english("told only where they were drawn for a pair without a link"),
    WHOLE,
)
EMPTY = Kind("empty", "mark", in_english("left out, for there is no character in it"), WHOLE)
SKIPPED = Kind("skipped", "mark", in_english("left out, as was asked for"), WHOLE)
# Marks that stand elsewhere than they did.
MOVED = Kind(
    "moved",
    "mark",
    in_english("stand now where their words are, not where they were said to"),
    "span",
)
SPLIT = Kind("split", "mark", in_english("each piece is a mark of its own there"), "span")
EDGES = Kind("edges", "mark", in_english("the edges lie at those of the words"), "span")
HULL = Kind("hull", "mark", in_english("told with the words in their gaps"), "span")
LINES = Kind(
    "lines", "mark", in_english("a piece for each line, and no gap of blanks alone"), "span"
)
# Marks that have lost something.
ATTRIBUTES = Kind("attributes", "mark", in_english("without their attributes"), "attributes")
NOTES = Kind("notes", "mark", in_english("without their notes"), "note")
ACTORS = Kind("actors", "mark", in_english("without who stands behind them"), "actor")
PROPOSITIONS = Kind("propositions", "mark", in_english("without what they state"), "proposition")
NOTE_LINES = Kind("note_lines", "mark", in_english("the note is one line there"), "note")
NOTE_CHARACTERS = Kind(
    "note_characters", "mark", in_english("characters of the note became “�”"), "note"
)
LABEL_NAMES = Kind("label_names", "mark", in_english("under a label written another way"), "label")
# Links.
LINKS = Kind("links", "link", in_english("left out"), WHOLE)
LINKS_ELSEWHERE = Kind(
    "links_elsewhere", "link", in_english("left out, for they lead to another article"), WHOLE
)
LINKS_TO_SETS = Kind(
    "links_to_sets", "link", in_english("left out, for they lead to marks of somebody else"), WHOLE
)
LINKS_OF_OMITTED = Kind(
    "links_of_omitted", "link", in_english("left out with the mark at one of their ends"), WHOLE
)
LINKS_ACROSS_CHUNKS = Kind(
    "links_across_chunks",
    "link",
    in_english("left out, for they lead from one chunk into another"),
    WHOLE,
)
LINKS_TO_REMOVED = Kind(
    "links_to_removed", "link", in_english("left out, for they lead to a removed article"), WHOLE
)
LINKS_SKIPPED = Kind("links_skipped", "link", in_english("left out, as was asked for"), WHOLE)
LINK_NAMES = Kind("link_names", "link", in_english("under a type written another way"), "label")
LINK_ATTRIBUTES = Kind(
    "link_attributes", "link", in_english("without their attributes"), "attributes"
)
# Articles.
CHARACTERS = Kind(
    "characters",
    "article",
    in_english("characters that the format cannot hold became “�”"),
    "words",
)


class Loss(msgspec.Struct, frozen=True):
    """How much of one kind was lost."""

    kind: str
    of: str
    count: int
    ids: tuple[str, ...]
    """The first of them."""
    fate: str

    def __str__(self) -> str:
        return tr("{things}: {fate}.", things=_counted(self.of, self.count), fate=spoken(self.fate))


class Losses:
    """Counts while a dataset goes by. ``each`` is called with every kind and id, in order."""

    def __init__(
        self, *, shown: int | None = SHOWN, each: Callable[[Kind, str], None] | None = None
    ) -> None:
        self._shown = shown
        self._each = each
        self._found: dict[Kind, tuple[int, list[str]]] = {}

    def add(self, kind: Kind, ids: Sequence[str]) -> None:
        """These things lost this."""
        if not ids:
            return
        count, kept = self._found.get(kind, (0, []))
        room = len(ids) if self._shown is None else self._shown - len(kept)
        kept.extend(ids[: max(0, room)])
        self._found[kind] = (count + len(ids), kept)
        if self._each is not None:
            for id_ in ids:
                self._each(kind, id_)

    def found(self) -> tuple[Loss, ...]:
        """What was lost so far, one for each kind, in the order in which they were met."""
        return tuple(
            Loss(kind.name, kind.of, count, tuple(kept), kind.fate)
            for kind, (count, kept) in self._found.items()
        )

    def count(self, kind: Kind) -> int:
        """How many of this kind."""
        return self._found.get(kind, (0, []))[0]

    def ids(self, part: str) -> set[str]:
        """The kept ids of things that lost this part of themselves, or all of themselves."""
        return {id_ for kind, (_, kept) in self._found.items() if kind.part == part for id_ in kept}


def _counted(of: str, count: int) -> str:
    """So many of what is counted."""
    match of:
        case "mark":
            return trn("{count} mark", "{count} marks", count)
        case "link":
            return trn("{count} link", "{count} links", count)
        case "article":
            return trn("{count} article", "{count} articles", count)
        case "record":
            return trn("{count} record", "{count} records", count)
        case _:  # a format of somebody else's
            return f"{count} {of}"
