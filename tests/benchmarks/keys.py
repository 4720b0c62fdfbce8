"""How many keys the attributed sentences of the saved article cost, coded through the real window.

`keys.json` holds what they come to, as offsets alone: we keep none of the article's words. The coder
below does what a person would: steps with J, marks, takes an offer where it is right, mends edges, and
makes by hand what was not offered. Presses are counted by a filter on the application.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from annotator.gui.app import make_application
from annotator.gui.palette import CHOICE, Palette
from annotator.gui.window import Window
from annotator.model.annotation import Annotation
from annotator.project import articles, keep, open_project
from annotator.settings import Settings
from annotator.suggest.offers import Offer
from annotator.text.canonical import text_hash
from tests.benchmarks.rows import Row, at_most
from tests.gui.conftest import Driver
from tests.gui.presses import Presses

ARTICLE = "000_86ec648f9d027b5b.txt"
CORPORA = Path(os.environ.get("ANNOTATOR_CORPORA") or Path(__file__).parents[3] / "shared/corpora")
GOLD = Path(__file__).with_name("keys.json")
KEYS = {"claim": "c", "source": "s", "denial": "d", "cue": "u"}
Extent = tuple[tuple[int, int], ...]


class Wanted(msgspec.Struct, frozen=True):
    """A mark that a sentence comes to."""

    label: str
    segments: Extent
    attributes: dict[str, str]


class Coder:
    """Codes one sentence after the other, by keys alone."""

    def __init__(self, app: Driver, sentences: list[dict[str, Any]]) -> None:
        self.app = app
        self.sentences = sentences
        self.marks = [
            [
                Wanted(m["label"], tuple((a, b) for a, b in m["segments"]), m["attributes"])
                for m in one["marks"]
            ]
            for one in sentences
        ]

    def code(self, at: int) -> None:
        """Code a sentence whole; what is there at the end must be what it comes to."""
        self.app.view.set_caret(self.sentences[at]["start"])
        self.app.desk.bench.hold(None)
        wanted = self.marks[at]
        main = [one for one in wanted if one.label in ("claim", "denial")]
        for one in sorted(main, key=lambda m: (m.segments[0][0], -m.segments[-1][1])):
            if self.find(one) is None:
                self.make(one)
            self.settle_attributes(one)
        for one in wanted:
            if self.find(one) is None:
                self.by_hand(one)
        for link in self.links(at):
            if not self.is_linked(*link):
                self.link(*link)
        self.prove(at)

    # The marks that carry a frame

    def make(self, wanted: Wanted) -> None:
        """Step to it, mark it, take the offer that is right, mend its edges."""
        if not self.step_to(wanted):
            self.select(wanted.segments[0])
        self.app.keys(KEYS[wanted.label])
        held = self.app.desk.bench.held
        assert held is not None
        self.take_offer(held, wanted)
        self.mend(wanted)

    def step_to(self, wanted: Wanted) -> bool:
        """J until the stretch is the wanted one, looking ahead as a person does."""
        hull = (wanted.segments[0][0], wanted.segments[-1][1])
        bench, view = self.app.desk.bench, self.app.view
        if bench.held is not None and hull == (bench.held.start, bench.held.end):
            self.app.keys(Qt.Key.Key_Up, modifiers=Qt.KeyboardModifier.AltModifier)
            return True  # the same words once more
        at = view.selection() or (view.caret(), view.caret())
        held = bench.held
        if at[0] == at[1] and held is not None and held.start <= at[0] <= held.end:
            at = (held.start, held.end)
        steps, ahead = 0, at
        while steps < 6:
            found = bench.stretches.after(*ahead)
            if found is None or found[0] > hull[1]:
                return False
            steps, ahead = steps + 1, found
            if found in (hull, wanted.segments[0]) or _near(found, hull):
                for _ in range(steps):
                    self.app.keys("j")
                return True
        return False

    def take_offer(self, held: Annotation, wanted: Wanted) -> None:
        """Enter on the first candidate that is right in all it brings; else it is left."""
        offering = self.app.desk.offering
        candidates = offering.candidates
        right = [n for n, one in enumerate(candidates) if self.is_right(one, held, wanted)]
        if right:
            for _ in range(right[0]):
                self.app.keys(Qt.Key.Key_Tab)
            self.app.keys(Qt.Key.Key_Return)

    def is_right(self, offer: Offer, held: Annotation, wanted: Wanted) -> bool:
        """Whether every new mark and link of an offer is wanted."""
        everything = {(m.label, m.segments) for marks in self.marks for m in marks}
        known = {mark.id: mark for mark in self.app.desk.bench.marks.values()}
        found = [
            (one.label, known[one.mark_id].span.segments if one.mark_id else one.span.segments)
            for one in offer.marks
        ]
        found[0] = (wanted.label, wanted.segments)
        links = {link for at in range(len(self.sentences)) for link in self.links(at)}
        return (
            all(one in everything for one in found)
            and all((kind, found[a], found[b]) in links for kind, a, b in offer.links)
            and dict(offer.attributes).items() <= wanted.attributes.items()
            and offer.marks[0].span.segments in (held.span.segments, wanted.segments)
        )

    def mend(self, wanted: Wanted) -> None:
        """E and arrows until the edges are right; further parts by selecting them."""
        held = self.app.desk.bench.held
        assert held is not None
        if held.span.segments == wanted.segments:
            return
        first, last = wanted.segments[0], held.span.segments[-1]
        if len(held.segments) == 1 and len(wanted.segments) == 1:
            last = wanted.segments[-1]
            self.app.keys("e")
            self._edge(first[0], shift=True)
            self._edge(last[1], shift=False)
            self.app.keys(Qt.Key.Key_Return)
        else:
            for part in wanted.segments[1:]:
                self.select(part)
                self.app.keys(KEYS[wanted.label].upper())
        held = self.app.desk.bench.held
        assert held is not None
        assert held.span.segments == wanted.segments

    def _edge(self, goal: int, *, shift: bool) -> None:
        """Move an edge by words, then by characters."""
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        for step in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier):
            for _ in range(60):
                now = self.app.desk.edges.edge(start=shift)
                if now == goal:
                    return
                back = Qt.Key.Key_Left if now > goal else Qt.Key.Key_Right
                QTest.keyClick(self.app.view, back, held | step)
                after = self.app.desk.edges.edge(start=shift)
                if (after > goal) != (now > goal):
                    break
        assert self.app.desk.edges.edge(start=shift) == goal

    def settle_attributes(self, wanted: Wanted) -> None:
        """Attributes that were not offered: A, then letters."""
        mark = self.find(wanted)
        assert mark is not None
        for name in wanted.attributes:
            assert mark.attributes.get(name) == wanted.attributes[name], "offered, or not coded"

    # By hand

    def by_hand(self, wanted: Wanted) -> None:
        """Select the words with Ctrl, Shift and arrows, and press the label."""
        self.select(wanted.segments[0])
        self.app.keys(KEYS[wanted.label])
        self.mend(wanted)

    def select(self, part: tuple[int, int]) -> None:
        """From where the caret is, by words and then by characters."""
        if self.app.view.selection() is not None or self.app.desk.bench.held is not None:
            self.app.keys(Qt.Key.Key_Escape)
        self._go(part[0], Qt.KeyboardModifier.NoModifier)
        self._go(part[1], Qt.KeyboardModifier.ShiftModifier)
        assert self.app.view.selection() == part

    def _go(self, goal: int, extend: Qt.KeyboardModifier) -> None:
        view = self.app.view
        for step in (Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier):
            for _ in range(200):
                now = view.caret()
                if now == goal:
                    return
                key = Qt.Key.Key_Left if now > goal else Qt.Key.Key_Right
                QTest.keyClick(view, key, extend | step)
                if (view.caret() > goal) != (now > goal) and view.caret() != goal:
                    break
        assert view.caret() == goal

    def link(self, kind: str, source: Any, target: Any) -> None:
        """G and its letter to hold the one end, R and its letter for the other."""
        ends = [self.find(Wanted(*one, {})) for one in (source, target)]
        assert ends[0] is not None
        assert ends[1] is not None
        if self.app.desk.bench.held != ends[0]:
            self.app.keys("g")
            self.letters(ends[0].id)
        self.app.keys("r")
        if self.app.desk.asking.hint(ends[1].id):
            self.letters(ends[1].id)
        else:
            self.from_the_list(ends[1])
        if self.app.desk.asking.is_open:
            raise AssertionError(f"a menu is open for {kind}")

    def from_the_list(self, mark: Any) -> None:
        """Tab and the beginning of the mark's words, where it is out of sight, then Enter."""
        if self.app.desk.asking.is_open:
            self.app.keys(Qt.Key.Key_Tab)
        (listed,) = [one for one in self.app.desk.findChildren(Palette) if one.isVisible()]
        for letter in mark.words:
            chosen = listed.list.selectedItems()
            if chosen and chosen[0].data(CHOICE).value == mark.id:
                break
            QTest.keyClicks(listed.field, letter)
        QTest.keyClick(listed.field, Qt.Key.Key_Return)
        self.app.settle()

    def letters(self, mark_id: str) -> None:
        """Type the letters that stand on a mark."""
        for letter in self.app.desk.asking.hint(mark_id):
            self.app.keys(letter)

    # What there is

    def links(self, at: int) -> list[tuple[str, Any, Any]]:
        """The links of a sentence: type and both ends as label and extent."""

        def end(place: Any) -> tuple[str, Extent]:
            of, n = place if isinstance(place, list) else (at, place)
            one = self.marks[of][n]
            return one.label, one.segments

        return [(kind, end(a), end(b)) for kind, a, b in self.sentences[at]["links"]]

    def find(self, wanted: Wanted) -> Annotation | None:
        """The mark that stands there already."""
        there = self.app.desk.bench.marks.values()
        return next(
            (m for m in there if (m.label, m.span.segments) == (wanted.label, wanted.segments)),
            None,
        )

    def is_linked(self, kind: str, source: Any, target: Any) -> bool:
        """Whether a link is there already."""
        marks = self.app.desk.bench.marks
        there = {
            (r.type, *((marks[i].label, marks[i].span.segments) for i in (r.from_id, r.to_id)))
            for r in self.app.desk.bench.relations
        }
        return (kind, source, target) in there

    def prove(self, at: int) -> None:
        """Everything is there, and nothing else stands in the sentence."""
        assert all(self.find(one) for one in self.marks[at])
        assert all(self.is_linked(*link) for link in self.links(at))
        low = min(m.segments[0][0] for m in self.marks[at])
        high = max(m.segments[-1][1] for m in self.marks[at])
        inside = [m for m in self.app.desk.bench.marks.values() if low <= m.start < high]
        assert len(inside) == len(self.marks[at])


def rows() -> Iterator[Row]:
    """Median and worst of a sentence."""
    if not (CORPORA / ARTICLE).exists():
        print("keys: the saved article is not here; nothing was measured", file=sys.stderr)
        return
    gold = msgspec.json.decode(GOLD.read_bytes())
    counts = list(_code(gold["sentences"], gold["text_sha256"]))
    print("presses of each sentence:", *counts, file=sys.stderr)
    yield at_most("key presses of a sentence, median", statistics.median(counts), "presses", 10)
    yield at_most("key presses of a sentence, worst", max(counts), "presses", 15)


def _code(sentences: list[dict[str, Any]], text_sha256: str) -> Iterator[int]:
    application = make_application()
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        os.environ["ANNOTATOR_SETTINGS"] = str(Path(folder, "settings.json"))
        where = Path(folder, "keys.annotator")
        keep.create(where)
        with open_project(where, person="Mara", durable=False) as project:
            articles.import_paths(project, [CORPORA / ARTICLE])
        window = Window(Settings(), "Mara")
        window.resize(1440, 900)
        window.show()
        window.open_project(str(where))
        driver = Driver(window)
        driver.settle()
        assert text_hash(driver.view.text) == text_sha256, "the article is read differently now"
        coder, presses = Coder(driver, sentences), Presses(application)
        for at in range(len(sentences)):
            before = presses.keys
            coder.code(at)
            yield presses.keys - before
        assert presses.mouse == 0
        application.removeEventFilter(presses)
        window.close()
        driver = None


def _near(found: tuple[int, int], wanted: tuple[int, int]) -> bool:
    """Alike enough that mending an edge is less than selecting anew."""
    shared = min(found[1], wanted[1]) - max(found[0], wanted[0])
    return 2 * shared > 0.7 * ((found[1] - found[0]) + (wanted[1] - wanted[0]))
