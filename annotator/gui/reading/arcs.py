"""Links as they are drawn: hops above the words of one line, rails in the margin between lines.

A hop is the short way for two ends that stand on one line of the screen, as those of `via` mostly do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath

from annotator.gui.reading.brush import Brush
from annotator.gui.reading.marks import Marks
from annotator.model.annotation import Annotation, Relation
from annotator.model.schema import Schema

RAILS = 7
"""Rails beside one another; further links share the last."""
RAIL_APART = 9.0
FIRST_RAIL = 16.0
WORDS_APART = 13.0
_ROUND = 6.0
Places = Callable[[Annotation], list[QRectF]]
"""Where a mark stands in the viewport, in the order of the text; one that was never seen, roughly."""


class Margin(NamedTuple):
    """The side of the column where rails run; pixels of the viewport."""

    x: float
    """Where the column ends."""
    outward: int
    """1 to the right, -1 to the left."""
    limit: float
    """Where the margin ends."""
    height: float
    """Of the viewport."""


class Link(NamedTuple):
    """A link to be drawn."""

    source: QRectF
    target: QRectF
    color: str
    words: str
    named_at_source: bool
    """Whether its name stands beside where it starts, rather than where it ends."""
    is_hop: bool


def plan(
    links: Iterable[Relation],
    marks: Marks,
    schema: Schema,
    places: Places,
    held: str | None,
) -> list[Link]:
    """What is to be drawn of links whose both ends are in the document."""
    titles = {kind.name: kind.title for kind in schema.relations}
    found: list[Link] = []
    for link in links:
        source, target = marks.by_id.get(link.from_id), marks.by_id.get(link.to_id)
        if source is None or target is None:
            continue
        ends = _ends(places(source), places(target))
        if ends is None:
            continue
        # A link has the color of what it tells of: whose words they are, or the denial.
        color = marks.label(source if link.type in ("denies", "issued_by") else target).color
        words = titles.get(link.type, link.type)
        found.append(Link(*ends, color, words, link.to_id == held, _on_one_line(*ends)))
    return found


def draw(painter: QPainter, links: list[Link], margin: Margin, brush: Brush) -> None:
    """Draw hops, then rails, then the rails' names."""
    taken: list[tuple[float, float, float, int]] = []
    for link in sorted((one for one in links if one.is_hop), key=_width):
        _hop(painter, link, taken, brush)
    rails: list[list[tuple[float, float]]] = [[] for _ in range(RAILS)]
    used: dict[int, int] = {}
    names: list[tuple[float, Link]] = []
    reach = 0
    for link in sorted((one for one in links if not one.is_hop), key=_height):
        start = _spread(link.source.center().y(), used)
        end = _spread(link.target.center().y(), used)
        low, high = sorted((start, end))
        rail = next((n for n, r in enumerate(rails) if _is_free(r, low, high)), RAILS - 1)
        rails[rail].append((low, high))
        reach = max(reach, rail)
        _rail(painter, margin, start, end, rail, link.color, brush)
        names.append((start if link.named_at_source else end, link))
    at = margin.x + margin.outward * (FIRST_RAIL + reach * RAIL_APART + 8) * brush.zoom
    _names(painter, names, at, margin, brush)


def _ends(source: list[QRectF], target: list[QRectF]) -> tuple[QRectF, QRectF] | None:
    """The pieces of two marks between which a link is shortest."""
    if not source or not target:
        return None
    for one in source:
        for other in target:
            if _on_one_line(one, other):
                return one, other
    if source[0].top() > target[0].top():
        return source[0], target[-1]
    return source[-1], target[0]


def _on_one_line(one: QRectF, other: QRectF) -> bool:
    return abs(one.center().y() - other.center().y()) < one.height() / 2


def _width(link: Link) -> float:
    return abs(link.source.center().x() - link.target.center().x())


def _height(link: Link) -> float:
    return abs(link.source.center().y() - link.target.center().y())


def _is_free(rail: list[tuple[float, float]], low: float, high: float) -> bool:
    return all(high + 4 < a or b + 4 < low for a, b in rail)


def _spread(y: float, used: dict[int, int]) -> float:
    """Several links that end at one place end a little apart from each other."""
    count = used.get(round(y), 0)
    used[round(y)] = count + 1
    return y + (0, 5, -5, 9, -9)[count % 5]


def _hop(
    painter: QPainter, link: Link, taken: list[tuple[float, float, float, int]], brush: Brush
) -> None:
    a, b, zoom = link.source, link.target, brush.zoom
    goes_left = a.center().x() > b.center().x()
    start = a.left() + min(10, a.width() / 2) if goes_left else a.right() - min(10, a.width() / 2)
    end = b.right() - min(12, b.width() / 2) if goes_left else b.left() + min(12, b.width() / 2)
    low, high = sorted((start, end))
    line = round(a.center().y())
    levels = {n for y, s, e, n in taken if abs(y - line) < 8 and s <= high + 4 and low <= e + 4}
    level = next(n for n in range(len(levels) + 1) if n not in levels)
    taken.append((line, low, high, level))
    foot, top = a.top() + 1, a.top() - (4 + 5 * min(level, 2)) * zoom
    turn = min(_ROUND, (high - low) / 2, foot - top)
    inward = turn if end > start else -turn
    path = QPainterPath(QPointF(start, foot))
    path.lineTo(start, top + turn)
    path.quadTo(start, top, start + inward, top)
    path.lineTo(end - inward, top)
    path.quadTo(end, top, end, top + turn)
    path.lineTo(end, foot)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(brush.pen(link.color, 1.4))
    painter.drawPath(path)
    _arrow(painter, QPointF(end, foot + 1), (QPointF(-3.2, -4.5), QPointF(3.2, -4.5)))
    width = brush.width(link.words)
    if high - low > width + 16 * zoom:
        _words(painter, QPointF((low + high - width) / 2, top + 3.5 * zoom), link, brush)


def _rail(
    painter: QPainter,
    margin: Margin,
    start: float,
    end: float,
    rail: int,
    color: str,
    brush: Brush,
) -> None:
    side, zoom = margin.outward, brush.zoom
    foot = margin.x + side * 5
    x = margin.x + side * (FIRST_RAIL + rail * RAIL_APART) * zoom
    turn = min(_ROUND, abs(end - start) / 2)
    down = turn if end > start else -turn
    path = QPainterPath(QPointF(foot, start))
    path.lineTo(x - side * turn, start)
    path.quadTo(x, start, x, start + down)
    path.lineTo(x, end - down)
    path.quadTo(x, end, x - side * turn, end)
    path.lineTo(foot + side, end)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(brush.pen(color, 1.5))
    painter.drawPath(path)
    _arrow(painter, QPointF(foot, end), (QPointF(side * 5, -3.5), QPointF(side * 5, 3.5)))
    painter.setBrush(brush.theme.color(color))
    painter.drawEllipse(QPointF(foot, start), 2.2, 2.2)


def _names(
    painter: QPainter, names: list[tuple[float, Link]], x: float, margin: Margin, brush: Brush
) -> None:
    """Beside all rails, at the end that is not held; an end out of sight is named at the edge."""
    lowest = -WORDS_APART
    for y, link in sorted(names, key=lambda one: one[0]):
        seen = min(max(y, 14.0), margin.height - 14.0)
        pointer = "↑ " if y < 0 else "↓ " if y > margin.height else ""
        at = max(seen, lowest + WORDS_APART * brush.zoom)
        lowest = at
        words = pointer + link.words
        width = brush.width(words)
        left = x if margin.outward > 0 else x - width
        if margin.outward * (margin.limit - x) < width:
            continue
        _words(painter, QPointF(left, at + 4 * brush.zoom), link._replace(words=words), brush)


def _words(painter: QPainter, at: QPointF, link: Link, brush: Brush) -> None:
    """A link's name on a ground of its own, so that lines do not run through it."""
    width, zoom = brush.width(link.words), brush.zoom
    ground = QRectF(at.x() - 3, at.y() - 9 * zoom, width + 6, 12 * zoom)
    painter.fillRect(ground, brush.theme.color("paper"))
    painter.setFont(brush.small)
    painter.setPen(brush.theme.color(link.color))
    painter.drawText(at, link.words)


def _arrow(painter: QPainter, tip: QPointF, arms: tuple[QPointF, QPointF]) -> None:
    for arm in arms:
        painter.drawLine(tip, tip + arm)
