"""Links as they are drawn: `via` hops above the words, the others arc in the margin."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainter

from annotator.gui.reading import paint
from annotator.gui.reading.marks import Marks
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Schema

FIRST_REACH = 22.0
NEXT_REACH = 13.0
Rects = Callable[[int, int], list[QRectF]]


def draw(
    painter: QPainter,
    links: Iterable[Relation],
    marks: Marks,
    schema: Schema,
    rects_of: Rects,
    right: float,
    brush: paint.Brush,
) -> None:
    """Draw links whose both ends are on the page; ``right`` is where the margin begins."""
    titles = {kind.name: kind.title for kind in schema.relations}
    reach = FIRST_REACH * brush.zoom
    lowered: dict[int, int] = {}
    for link in links:
        source, target = marks.by_id.get(link.from_id), marks.by_id.get(link.to_id)
        if source is None or target is None:
            continue
        a, b = _first(source, rects_of), _first(target, rects_of)
        color = marks.label(target if link.type == "attributed_to" else source).color
        words = titles.get(link.type, link.type)
        if abs(a.top() - b.top()) < a.height() / 2:
            start = QPointF(a.left() + 10, a.top() + 2)
            end = QPointF(min(b.center().x(), b.left() + 60), b.top() + 2)
            paint.hop(painter, start, end, color, "via" if link.type == "via" else words, brush)
            continue
        start, end = QPointF(right, a.center().y()), QPointF(right, b.center().y())
        lower = lowered.get(round(a.top() + b.top()), 0)
        lowered[round(a.top() + b.top())] = lower + 1
        paint.arc(painter, start, end, reach, color, words, brush, lower * 15 * brush.zoom)
        reach += NEXT_REACH * brush.zoom


def _first(mark: Annotation, rects_of: Rects) -> QRectF:
    first = mark.segments[0]
    found = rects_of(first.start, first.end)
    return found[0] if found else QRectF()
