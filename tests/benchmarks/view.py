"""The reading view beside a plain text widget without marks, alternating in one process."""

from __future__ import annotations

import gc
import math
import os
import random
import statistics
import sys
import time
from collections.abc import Callable, Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from annotator.gui import theme
from annotator.gui.reading import ReadingView
from annotator.model.annotation import Annotation, segments_of
from annotator.model.document import Block
from annotator.model.schema import builtin
from annotator.text.span import Span
from tests.benchmarks.rows import Row, at_most

SIZE = (900, 800)
WORDS = [
    "officials",
    "told",
    "the",
    "courier",
    "that",
    "two",
    "posts",
    "were",
    "shelled",
    "overnight",
    "while",
    "the",
    "ministry",
    "denied",
    "it",
    "and",
    "residents",
    "of",
    "the",
    "town",
    "said",
    "that",
    "the",
    "road",
    "to",
    "the",
    "pass",
    "was",
    "closed",
    "until",
    "noon",
    "🌊",
]
LABELS = ("claim", "source", "denial", "cue")
AT = "2026-11-24T08:00:00.000Z"


def rows() -> Iterator[Row]:
    """Open, repaint, add, growth."""
    application = QApplication.instance() or QApplication(sys.argv[:1])
    view, plain = ReadingView(), QPlainTextEdit()
    view.set_schema(builtin())
    view.set_theme(theme.load("light"))
    for widget in (view, plain):
        widget.resize(*SIZE)
        widget.show()
    application.processEvents()
    yield at_most("open 50 kB with 500 marks", _open(view, 50_000, 500) * 1e3, "ms", 50)
    repaint, add = _beside_plain(view, plain, 200_000, 2_000)
    yield at_most("repaint / plain text, 200 kB with 2,000 marks", repaint, "×", 2.0)
    yield at_most("add a mark to painted / plain text repaint", add, "×", 2.5)
    yield at_most("growth exponent of repaint, 200 kB to 2 MB", _growth(view), "", 0.1)
    view.deleteLater()
    plain.deleteLater()


def _open(view: ReadingView, size: int, marks: int) -> float:
    """Seconds from a text and its marks to the painted page, in a window that is there."""
    text, blocks, annotations = _article(size, marks, seed=1)
    canvas = _canvas()

    def work() -> None:
        view.show_document(None, text, blocks)
        view.set_marks(annotations)
        view.render(canvas)

    taken = [_timed(work) for _ in range(9)]
    return statistics.median(taken)


def _beside_plain(
    view: ReadingView, plain: QPlainTextEdit, size: int, marks: int
) -> tuple[float, float]:
    text, blocks, annotations = _article(size, marks, seed=2)
    _show(view, text, blocks, annotations)
    plain.setPlainText(text)
    canvas = _canvas()
    chosen = random.Random(3)
    ours: list[float] = []
    floor: list[float] = []
    adding: list[float] = []
    for n in range(60):
        # The same place in both, so that both draw the same words.
        for widget in (view, plain):
            bar = widget.verticalScrollBar()
            bar.setValue(round(bar.maximum() * (n % 20) / 20))
            widget.render(canvas)
        ours.append(_timed(lambda: view.render(canvas)))
        floor.append(_timed(lambda: plain.render(canvas)))
        extra = _in_sight(view, text, chosen, n)
        adding.append(_timed(lambda: (view.put_mark(extra), view.render(canvas))))
    least = statistics.median(floor)
    print(
        f"repaint {statistics.median(ours) * 1e3:.2f} ms, add {statistics.median(adding) * 1e3:.2f} "
        f"ms, plain text {least * 1e3:.2f} ms",
        file=sys.stderr,
    )
    return statistics.median(ours) / least, statistics.median(adding) / least


def _growth(view: ReadingView) -> float:
    """How the time of a repaint grows with the text: the exponent of size."""
    medians: list[float] = []
    for size in (200_000, 2_000_000):
        text, blocks, annotations = _article(size, size // 100, seed=4)
        _show(view, text, blocks, annotations)
        medians.append(_repaint(view))
    return math.log(medians[1] / medians[0]) / math.log(10)


def _repaint(view: ReadingView) -> float:
    canvas = _canvas()
    bar = view.verticalScrollBar()
    taken: list[float] = []
    for n in range(60):
        bar.setValue(round(bar.maximum() * (n % 20) / 20))
        view.render(canvas)
        taken.append(_timed(lambda: view.render(canvas)))
    return statistics.median(taken)


def _show(
    view: ReadingView, text: str, blocks: tuple[Block, ...], annotations: list[Annotation]
) -> None:
    view.show_document(None, text, blocks)
    view.set_marks(annotations)


def _in_sight(view: ReadingView, text: str, chosen: random.Random, n: int) -> Annotation:
    at = view.offset_at(view.rect().center().toPointF()) + chosen.randrange(-300, 300)
    start = min(max(0, at), len(text) - 60)
    return _mark(text, start, start + 40, LABELS[n % 4], f"extra-{n}")


def _article(size: int, marks: int, seed: int) -> tuple[str, tuple[Block, ...], list[Annotation]]:
    chosen = random.Random(seed)
    paragraphs: list[str] = []
    length = 0
    while length < size:
        words = chosen.choices(WORDS, k=chosen.randrange(45, 110))
        paragraphs.append(" ".join(words).capitalize() + ".")
        length += len(paragraphs[-1]) + 2
    text = "\n\n".join(paragraphs)
    blocks: list[Block] = []
    at = 0
    for paragraph in paragraphs:
        end = min(at + len(paragraph) + 2, len(text))
        blocks.append(Block(at, end))
        at = end
    annotations: list[Annotation] = []
    for n in range(marks):
        start = chosen.randrange(len(text) - 210)
        stop = start + chosen.randrange(12, 200)
        annotations.append(_mark(text, start, stop, LABELS[n % 4], f"m{n}"))
    return text, tuple(blocks), annotations


def _mark(text: str, start: int, end: int, label: str, mark_id: str) -> Annotation:
    return Annotation(
        id=mark_id,
        set_id="s",
        document_id="d",
        label=label,
        segments=segments_of(Span.of([(start, end)]), text),
        created=AT,
        updated=AT,
        by="b",
    )


def _canvas() -> QImage:
    canvas = QImage(*SIZE, QImage.Format.Format_RGB32)
    canvas.fill(0)
    return canvas


def _timed(work: Callable[[], object]) -> float:
    gc.disable()
    began = time.perf_counter()
    work()
    taken = time.perf_counter() - began
    gc.enable()
    return taken
