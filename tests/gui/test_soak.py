"""Thousands of random acts through the real window: it stays small, says nothing bad, and stores what a plain model holds.

`ANNOTATOR_SUITE=release` plays 10,000 acts; every run plays some.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui.window import Window
from annotator.model.rules import SAME_WORDS_TWICE
from annotator.project import articles, keep, open_project
from annotator.settings import Settings
from tests.conftest import IS_RELEASE
from tests.gui.conftest import Driver

ACTS, WARM_UP, LOOK = (10_000, 1_500, 100) if IS_RELEASE else (120, 40, 20)
SEED = 20_240_621
CONNECTIONS = 3
"""The project's own, at most: of the window, of the acts, and of what is looked up beside them."""
MOST_ROOM = 20 * 2**20
"""Bytes that it may grow by."""
KEYS = {"claim": "c", "source": "s", "denial": "d", "cue": "u"}
FITS = {
    ("claim", "source"): "attributed_to",
    ("denial", "source"): "issued_by",
    ("denial", "claim"): "denies",
    ("claim", "cue"): "cued_by",
    ("denial", "cue"): "cued_by",
}
MOST = 100
"""Marks in one article, from which on one is removed for each that is made: a densely marked page."""
STORY = (
    "Harbor officials told the Courier that the old pier was unsafe 🚢. The mayor’s office denied it.\n\n"
    "“We heard it on the radio,” a fisherman said, and Café Müller stays open. وزیر نے کہا کہ پل بند ہے۔\n\n"
    "The council called the report a fable, and the engineer, who wrote it, said that nothing had been invented.\n\n"
)
TOLD = 6
"""How often the story is told in one article."""


class Mark(NamedTuple):
    """A mark as the model knows it."""

    document: str
    label: str
    start: int
    end: int
    is_unsure: bool = False


Links = frozenset[tuple[str, str, str]]


class State(NamedTuple):
    """All marks by id, and all links."""

    marks: dict[str, Mark]
    links: Links


class Step(NamedTuple):
    """What one act changed: marks and links before and after, those that stayed left out.

    Only that is kept: ten thousand whole states would be most of the memory that is measured here.
    """

    marks: tuple[dict[str, Mark], dict[str, Mark]]
    links: tuple[Links, Links]


class Model:
    """What the project must hold, and the steps that led there and on."""

    def __init__(self) -> None:
        self.now = State({}, frozenset())
        self.steps: list[Step] = []
        self.at = 0

    def act(self, marks: dict[str, Mark], links: Links) -> None:
        old = self.now
        gone = {name: one for name, one in old.marks.items() if marks.get(name) != one}
        come = {name: one for name, one in marks.items() if old.marks.get(name) != one}
        self.steps[self.at :] = [Step((gone, come), (old.links - links, links - old.links))]
        self.at += 1
        self.now = State(marks, links)

    def undo(self) -> None:
        if self.at:
            self.at -= 1
            self._turn(self.steps[self.at], 1, 0)

    def redo(self) -> None:
        if self.at < len(self.steps):
            self._turn(self.steps[self.at], 0, 1)
            self.at += 1

    def _turn(self, step: Step, old: int, new: int) -> None:
        left = {name: one for name, one in self.now.marks.items() if name not in step.marks[old]}
        links = (self.now.links - step.links[old]) | step.links[new]
        self.now = State({**left, **step.marks[new]}, links)


class Player:
    """Chooses acts, does them by keys, and does the same to the model."""

    def __init__(self, app: Driver, seed: int) -> None:
        self.app, self.rng, self.model = app, random.Random(seed), Model()
        self.done: dict[str, int] = {}
        self.took: list[float] = []
        """Seconds of processor time that the window's own thread spent on each act, drawing included."""
        self.log: deque[str] = deque(maxlen=2 * LOOK)
        """What was done last, for whoever has to find out what went wrong."""

    def play(self) -> None:
        """One random act."""
        acts: list[tuple[int, Callable[[], None]]] = [
            (30, self.mark), (14, self.link), (10, self.relabel), (8, self.unsure), (8, self.remove),
            (14, self.undo), (8, self.redo), (8, self.switch), (4, self.find),
        ]  # fmt: skip
        (act,) = self.rng.choices([one for _, one in acts], [weight for weight, _ in acts])
        self.app.keys(Qt.Key.Key_Escape)
        begun = time.thread_time()
        act()
        self.took.append(time.thread_time() - begun)
        here = self.app.desk.bench.document
        self.log.append(
            f"{act.__name__}: {here and here.title}, {self.model.at}, {self.app.said()}"
        )
        self.done[act.__name__] = self.done.get(act.__name__, 0) + 1

    def mark(self) -> None:
        bench, now = self.app.desk.bench, self.model.now
        document = bench.document
        assert document is not None
        if len(self._here()) >= MOST:
            self.remove()
            return
        start, end = self._some_words(bench.text)
        label = self.rng.choice(list(KEYS))
        self.app.view.set_selection(start, end)
        self.app.keys(KEYS[label])
        if self._is_refused(Mark(document.id, label, start, end)):
            return
        assert bench.held is not None
        self.model.act(
            {**now.marks, bench.held.id: Mark(document.id, label, start, end)}, now.links
        )

    def link(self) -> None:
        now, here = self.model.now, self._here()
        pairs = [(a, b) for a in here for b in here if (here[a].label, here[b].label) in FITS]
        if not pairs:
            return
        a, b = self.rng.choice(pairs)
        self._hold(a)
        self.app.keys("r")
        code = self.app.desk.asking.hint(b)
        if not code:  # out of sight: in a list, behind Tab where others are in sight
            shown = QApplication.activePopupWidget()
            QTest.keyClick(shown or self.app.view, Qt.Key.Key_Escape)
            self.app.settle()
            return
        self.app.keys(*code)
        made = (FITS[here[a].label, here[b].label], a, b)
        if made not in now.links:
            self.model.act(now.marks, now.links | {made})

    def relabel(self) -> None:
        now, here = self.model.now, self._here()
        linked = {end for link in now.links for end in link[1:]}
        free = [one for one in here if one not in linked]
        if not free:
            return
        one, label = self.rng.choice(free), self.rng.choice(list(KEYS))
        self._hold(one)
        self.app.keys(KEYS[label])
        new = here[one]._replace(label=label)
        if label == here[one].label or self._is_refused(new):
            return
        self.model.act({**now.marks, one: new}, now.links)

    def unsure(self) -> None:
        now, here = self.model.now, self._here()
        if here:
            one = self.rng.choice(list(here))
            self._hold(one)
            self.app.keys("q")
            new = here[one]._replace(is_unsure=not here[one].is_unsure)
            self.model.act({**now.marks, one: new}, now.links)

    def remove(self) -> None:
        now, here = self.model.now, self._here()
        if here:
            gone = self.rng.choice(list(here))
            self._hold(gone)
            self.app.keys(Qt.Key.Key_Delete)
            left = {name: one for name, one in now.marks.items() if name != gone}
            self.model.act(left, frozenset(one for one in now.links if gone not in one[1:]))

    def undo(self) -> None:
        if self.model.at:
            self.app.control(Qt.Key.Key_Z)
            self.app.keys(
                Qt.Key.Key_Return
            )  # where it lies in another article; else it does nothing
            self.model.undo()

    def redo(self) -> None:
        self.app.control(Qt.Key.Key_Z, shift=True)
        self.app.keys(Qt.Key.Key_Return)
        self.model.redo()

    def switch(self) -> None:
        self.app.control(self.rng.choice([Qt.Key.Key_PageDown, Qt.Key.Key_PageUp]))

    def find(self) -> None:
        self.app.control(Qt.Key.Key_F)
        field = self.app.desk.finder.field
        field.setText(self.rng.choice(["the", "pier", "پل", "zzz"]))
        QTest.keyClick(field, Qt.Key.Key_Return)
        QTest.keyClick(field, Qt.Key.Key_Escape)
        self.app.settle()

    def check(self) -> None:
        """The project holds what the model holds, in every article."""
        read, marks, links = (
            self.app.desk.bridge.read,
            dict[str, Mark](),
            set[tuple[str, str, str]](),
        )
        for listed in read.library():
            document = listed.document.id
            for one in read.annotations(document):
                ((start, end),) = one.span.segments
                is_unsure = bool(one.attributes.get("unsure"))
                marks[one.id] = Mark(document, one.label, start, end, is_unsure)
                assert one.words == read.text(document)[start:end]
            links |= {(one.type, one.from_id, one.to_id) for one in read.relations(document)}
        assert marks == self.model.now.marks, "\n".join(self.log)
        assert links == self.model.now.links

    def _hold(self, mark_id: str) -> None:
        mark = self.model.now.marks[mark_id]
        self.app.view.set_caret(mark.start)
        self.app.desk.bench.hold(mark_id)

    def _is_refused(self, new: Mark) -> bool:
        """Whether the same words have that label already, and may not have it twice."""
        if new.label in SAME_WORDS_TWICE:
            return False
        return any(new[:4] == one[:4] for one in self.model.now.marks.values())

    def _here(self) -> dict[str, Mark]:
        document = self.app.desk.bench.document
        assert document is not None
        return {
            name: one for name, one in self.model.now.marks.items() if one.document == document.id
        }

    def _some_words(self, text: str) -> tuple[int, int]:
        start = self.rng.randrange(len(text) - 40)
        while text[start].isspace() or (start and not text[start - 1].isspace()):
            start += 1
        end = min(len(text), start + self.rng.randrange(3, 40))
        while text[end - 1].isspace():
            end -= 1
        return start, end


def handles() -> Counter[str]:
    """What this process has open, by name."""
    return Counter(
        os.readlink(one) for one in Path("/proc/self/fd").iterdir() if os.path.islink(one)
    )


def resident() -> int:
    """The memory of this process, bytes."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096


def room_of(things: Iterable[object], seen: set[int]) -> int:
    """The memory that these take with all that is in them, bytes; each counted once."""
    taken = 0
    for thing in things:
        if id(thing) not in seen:
            seen.add(id(thing))
            inner = (*thing, *thing.values()) if isinstance(thing, dict) else thing
            taken += sys.getsizeof(thing)
            taken += room_of(inner, seen) if isinstance(inner, tuple | list | frozenset) else 0
    return taken


@pytest.fixture
def player(qapp: QApplication, tmp_path: Path) -> Iterator[Player]:
    where = tmp_path / "soak.annotator"
    keep.create(where)
    with open_project(where, person="Mara", durable=False) as project:
        for at in range(3):
            story = f"Story {at}\n\n" + STORY * TOLD
            articles.import_bytes(project, story.encode(), f"{at}.txt")
    window = Window(Settings(), "Mara")
    window.show()
    window.open_project(str(where))
    driver = Driver(window)
    driver.settle()
    yield Player(driver, SEED)
    window.close()
    window.deleteLater()


def test_random_acts_leave_what_a_plain_model_holds(player: Player) -> None:
    warm, known, held = 0, 0, handles()
    for at in range(ACTS):
        player.play()
        if at == WARM_UP:
            warm, held = resident(), handles()
            known = room_of([player.model.steps, player.took], set())
        if at % LOOK == 0:
            player.check()
    player.check()
    # What the test itself remembers is no part of what it measures.
    own = room_of([player.model.steps, player.took], set()) - known
    grown, more = resident() - warm - own, handles() - held
    took = sorted(player.took)
    p50, p95, worst = (1000 * took[len(took) * at // 100] for at in (50, 95, 99))
    print(
        f"\nsoak: {ACTS} acts {player.done}, grown {grown / 2**20:.1f} MB after {WARM_UP} (the test itself {own / 2**20:.1f}), "
        f"{sum(more.values())} more file handles, own work p50 {p50:.0f} ms, p95 {p95:.0f} ms, p99 {worst:.0f} ms"
    )
    assert grown < MOST_ROOM
    assert sum(more.values()) <= CONNECTIONS, more
