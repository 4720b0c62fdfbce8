"""The reading view beside a plain text widget without marks, alternating in one process."""

from __future__ import annotations

import gc
import json
import math
import os
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from typing import NamedTuple

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QPlainTextEdit

from annotator.gui import theme
from annotator.gui.reading import ReadingView
from annotator.model.annotation import Annotation
from annotator.model.document import Block
from annotator.model.schema import builtin
from tests.benchmarks import pages
from tests.benchmarks.rows import Row, at_most

SIZE = (900, 800)
ROUNDS = 60
SMALL, LARGE = (200_000, 2_000), (2_000_000, 20_000)
"""Characters and marks."""


class Times(NamedTuple):
    """Medians in seconds, ours and the plain widget's where it has any."""

    repaint: float
    scroll: float
    add: float
    plain_repaint: float
    plain_scroll: float


class Bench:
    """Both widgets in windows that are there, and what is measured with them."""

    def __init__(self) -> None:
        self.view, self.plain = ReadingView(), QPlainTextEdit()
        self.view.set_schema(builtin())
        self.view.set_theme(theme.load("light"))
        for widget in (self.view, self.plain):
            widget.resize(*SIZE)
            widget.show()
        self.canvas = QImage(*SIZE, QImage.Format.Format_RGB32)
        self.canvas.fill(0)

    def open(self, size: int, marks: int, wide: bool = False) -> float:
        """Seconds from a text and its marks to the painted page."""
        text, blocks, annotations = _made(size, marks, seed=1, wide=wide)

        def work() -> None:
            self.show(text, blocks, annotations)
            self.view.render(self.canvas)

        return statistics.median(_timed(work) for _ in range(9))

    def times(self, size: int, marks: int, *, wide: bool = False, arcs: bool = False) -> Times:
        """Repaint, page scroll and adding a mark to painted, the same place in both widgets."""
        text, blocks, annotations = _made(size, marks, seed=2, wide=wide)
        self.show(text, blocks, annotations)
        self.view.set_relations(pages.links(annotations, seed=5) if arcs else [])
        self.view.set_show_all_arcs(arcs)
        self.plain.setPlainText(text)
        chosen = random.Random(3)
        taken: list[tuple[float, ...]] = []
        for n in range(ROUNDS):
            for widget in (self.view, self.plain):
                _go_to(widget, (n % 20) / 20)
                widget.render(self.canvas)
            ours = [self._paint(self.view), self._turn(self.view)]
            extra = self._in_sight(text, chosen, n)
            ours.append(_timed(lambda: (self.view.put_mark(extra), self.view.render(self.canvas))))
            taken.append((*ours, self._paint(self.plain), self._turn(self.plain)))
        self.view.set_show_all_arcs(False)
        return Times(*(statistics.median(column) for column in zip(*taken, strict=True)))

    def show(self, text: str, blocks: tuple[Block, ...], annotations: list[Annotation]) -> None:
        """Show an article."""
        self.view.show_document(None, text, blocks)
        self.view.set_marks(annotations)

    def _paint(self, widget: QAbstractScrollArea) -> float:
        return _timed(lambda: widget.render(self.canvas))

    def _turn(self, widget: QAbstractScrollArea) -> float:
        """Scroll by a page and draw what comes into sight."""
        bar = widget.verticalScrollBar()

        def work() -> None:
            bar.setValue(bar.value() + bar.pageStep())
            widget.render(self.canvas)

        return _timed(work)

    def _in_sight(self, text: str, chosen: random.Random, n: int) -> Annotation:
        at = self.view.offset_at(self.view.rect().center().toPointF()) + chosen.randrange(-300, 300)
        start = min(max(0, at), len(text) - 60)
        return pages.mark(text, start, start + 40, pages.LABELS[n % 4], f"extra-{n}")


def rows() -> Iterator[Row]:
    """Open, repaint, scroll, add, growth, a mark over everything, all arcs, memory."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    bench = Bench()
    application.processEvents()
    yield at_most("open 50 kB with 500 marks", bench.open(50_000, 500) * 1e3, "ms", 50)
    opened = {size: bench.open(*size) for size in (SMALL, LARGE)}
    yield at_most("open 2 MB with 20,000 marks", opened[LARGE] * 1e3, "ms", 100)
    times = {size: bench.times(*size) for size in (SMALL, LARGE)}
    for size, name, most in (
        (SMALL, "200 kB with 2,000 marks", 2.5),
        (LARGE, "2 MB with 20,000 marks", 3),
    ):
        found = times[size]
        print(f"{name}: {_told(found)}", file=sys.stderr)
        yield at_most(
            f"repaint / plain text, {name}", found.repaint / found.plain_repaint, "×", 2.0
        )
        yield at_most(
            f"page scroll / plain text, {name}", found.scroll / found.plain_scroll, "×", 1.75
        )
        yield at_most(
            f"add a mark to painted / plain text, {name}",
            found.add / found.plain_repaint,
            "×",
            most,
        )
    for name, small, large, most in (
        ("repaint", times[SMALL].repaint, times[LARGE].repaint, 0.1),
        ("page scroll", times[SMALL].scroll, times[LARGE].scroll, 0.1),
        ("open", opened[SMALL], opened[LARGE], 1.05),
    ):
        grown = math.log(large / small) / math.log(10)
        yield at_most(f"growth exponent of {name}, 200 kB to 2 MB", grown, "", most)
    yield from _wide(bench)
    arcs = bench.times(*SMALL, arcs=True)
    yield at_most(
        "repaint with all arcs / plain text, 200 kB", arcs.repaint / arcs.plain_repaint, "×", 2.5
    )
    yield at_most("memory over the plain widget, 2 MB with 20,000 marks", _memory(), "MB", 12)
    bench.view.deleteLater()
    bench.plain.deleteLater()


def _wide(bench: Bench) -> Iterator[Row]:
    """What one mark over the whole document changes, the two measured in turn."""
    plain, wide = [], []
    for _ in range(3):
        plain.append(bench.times(*SMALL))
        wide.append(bench.times(*SMALL, wide=True))
    for name in ("repaint", "scroll", "add"):
        with_it, without = (min(getattr(t, name) for t in found) for found in (wide, plain))
        yield at_most(f"{name} with a mark over everything / without", with_it / without, "×", 1.1)


def _memory() -> float:
    """MB that our view takes more than the plain widget for the same text, each in its own process."""
    grown: dict[str, float] = {}
    for which in ("ours", "plain"):
        command = [sys.executable, "-m", "tests.benchmarks.view", which]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        grown[which] = json.loads(done.stdout)
    print(f"memory: ours {grown['ours']:.1f} MB, plain {grown['plain']:.1f} MB", file=sys.stderr)
    return grown["ours"] - grown["plain"]


def _grown(which: str) -> float:
    """By how much this process grows when the article is shown."""
    application = QApplication(sys.argv[:1])
    bench = Bench()
    text, blocks, annotations = pages.article(*LARGE, seed=1)
    bench.plain.setPlainText("x")
    bench.show("x", (Block(0, 1),), [])
    application.processEvents()
    before = _resident()
    if which == "ours":
        bench.show(text, blocks, annotations)
        bench.view.render(bench.canvas)
    else:
        bench.plain.setPlainText(text)
        bench.plain.render(bench.canvas)
    return _resident() - before


def _resident() -> float:
    gc.collect()
    with open("/proc/self/statm") as file:
        return int(file.read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6


def _made(
    size: int, marks: int, seed: int, *, wide: bool
) -> tuple[str, tuple[Block, ...], list[Annotation]]:
    text, blocks, annotations = pages.article(size, marks, seed)
    if wide:
        annotations.append(pages.mark(text, 0, len(text), "source", "wide"))
    return text, blocks, annotations


def _go_to(widget: QAbstractScrollArea, part: float) -> None:
    bar = widget.verticalScrollBar()
    bar.setValue(round(bar.maximum() * part))


def _told(times: Times) -> str:
    return ", ".join(f"{name} {value * 1e3:.2f} ms" for name, value in times._asdict().items())


def _timed(work: Callable[[], object]) -> float:
    gc.disable()
    began = time.perf_counter()
    work()
    taken = time.perf_counter() - began
    gc.enable()
    return taken


if __name__ == "__main__":
    print(json.dumps(_grown(sys.argv[1])))
