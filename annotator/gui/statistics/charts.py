"""Charts, drawn: bars with their names and numbers, one bar in shares, columns over a range.

Each says in words what it shows, for those who do not see it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from annotator.gui import theme as themes
from annotator.gui.theme import Theme
from annotator.text.words import is_right_to_left

LINE = 26
LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Bar(NamedTuple):
    """A name with its number; the color is a theme's name or #rrggbb, the note stands behind."""

    name: str
    n: int
    color: str = "source"
    note: str = ""


class Chart(QWidget):
    """What all charts share."""

    def __init__(self, name: str, bars: Sequence[Bar], height: int) -> None:
        super().__init__()
        self.bars = list(bars)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        said = "; ".join(f"{bar.name}: {bar.n:,}" for bar in self.bars)
        self.setAccessibleDescription(said)

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(380, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it in the colors of the application."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.draw(painter, themes.of_application())
        painter.end()

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the chart."""
        raise NotImplementedError


class Bars(Chart):
    """Bars below one another: name, bar, number."""

    def __init__(self, name: str, bars: Sequence[Bar], names: int = 128) -> None:
        """``names`` is how wide the names are in pixels."""
        super().__init__(name, bars, LINE * max(1, len(bars)))
        self._names = names

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the bars; the longest takes all the room."""
        most = max((bar.n for bar in self.bars), default=0) or 1
        painter.setFont(themes.sans(12))
        metrics = painter.fontMetrics()
        behind = max(
            (metrics.horizontalAdvance(f"{b.n:,}  {b.note}") for b in self.bars), default=0
        )
        room = max(20, self.width() - self._names - behind - 22)
        for at, bar in enumerate(self.bars):
            top = at * LINE
            painter.setPen(theme.color("ink"))
            shown = metrics.elidedText(bar.name, Qt.TextElideMode.ElideRight, self._names - 12)
            side = RIGHT if is_right_to_left(bar.name) else LEFT
            painter.drawText(QRect(0, top, self._names - 12, LINE), side, shown)
            width = room * bar.n / most
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(bar.color))
            if bar.n:
                painter.drawRoundedRect(
                    QRectF(self._names, top + 7, max(3.0, width), LINE - 14), 3, 3
                )
            left = round(self._names + width + 10)
            painter.setPen(theme.color("ink"))
            number = f"{bar.n:,}"
            painter.drawText(QRect(left, top, behind + 12, LINE), LEFT, number)
            painter.setPen(theme.color("soft"))
            left += metrics.horizontalAdvance(number + "  ")
            painter.drawText(QRect(left, top, behind + 12, LINE), LEFT, bar.note)


class Shares(Chart):
    """One bar in shares, with a legend below it."""

    HIGH = 18

    def __init__(self, name: str, bars: Sequence[Bar]) -> None:
        super().__init__(name, bars, self.HIGH + 12 + LINE * ((len(bars) + 1) // 2))

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the bar, then the legend in two columns."""
        total = sum(bar.n for bar in self.bars) or 1
        painter.setPen(Qt.PenStyle.NoPen)
        left = 0.0
        for bar in self.bars:
            width = self.width() * bar.n / total
            if bar.n:
                painter.setBrush(theme.color(bar.color))
                painter.drawRoundedRect(QRectF(left, 0, max(2.0, width - 2), self.HIGH), 3, 3)
            left += width
        painter.setFont(themes.sans(12))
        for at, bar in enumerate(self.bars):
            left = (at % 2) * self.width() / 2
            top = self.HIGH + 12 + at // 2 * LINE
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color(bar.color))
            painter.drawEllipse(QRectF(left, top + 8, 10, 10))
            painter.setPen(theme.color("ink"))
            share = f"{bar.name}  {bar.n:,}"
            painter.drawText(QRectF(left + 18, top, self.width() / 2 - 18, LINE), LEFT, share)
            gone = painter.fontMetrics().horizontalAdvance(share + "  ")
            painter.setPen(theme.color("soft"))
            percent = f"{100 * bar.n / total:.0f} %"
            painter.drawText(QRectF(left + 18 + gone, top, 60, LINE), LEFT, percent)


class Columns(Chart):
    """How often each range of a number occurs: columns beside one another over a scale."""

    HIGH = 120
    FOOT = 22

    def __init__(self, name: str, bars: Sequence[Bar]) -> None:
        super().__init__(name, bars, self.HIGH + self.FOOT)

    def draw(self, painter: QPainter, theme: Theme) -> None:
        """Draw the columns, each with its number above and its range below."""
        if not self.bars:
            return
        most = max(bar.n for bar in self.bars) or 1
        step = self.width() / len(self.bars)
        painter.setFont(themes.sans(11))
        painter.setPen(QPen(theme.color("line"), 1))
        painter.drawLine(QPointF(0, self.HIGH + 0.5), QPointF(self.width(), self.HIGH + 0.5))
        for at, bar in enumerate(self.bars):
            height = (self.HIGH - 22) * bar.n / most
            area = QRectF(at * step + 3, self.HIGH - height, step - 6, height)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(_lighter(theme.color(bar.color), 190))
            if bar.n:
                painter.drawRoundedRect(area, 3, 3)
            painter.setPen(theme.color("ink"))
            above = QRectF(at * step, area.top() - 18, step, 16)
            if bar.n:
                painter.drawText(above, Qt.AlignmentFlag.AlignCenter, f"{bar.n:,}")
            painter.setPen(theme.color("soft"))
            below = QRectF(at * step - 6, self.HIGH + 4, step + 12, self.FOOT - 6)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, bar.name)


def _lighter(color: QColor, alpha: int) -> QColor:
    color.setAlpha(alpha)
    return color


def ranges(counted: Sequence[tuple[int, int]], color: str, most: int = 10) -> list[Bar]:
    """Pairs of a number and how often it occurs, in at most ``most`` ranges of round width.

    What lies far beyond the rest is the last range, so that the others keep their shape.
    """
    total = sum(n for _, n in counted)
    if not total:
        return []
    below, top = 0, max(number for number, _ in counted)
    for number, n in sorted(counted):
        below += n
        if below >= 0.98 * total:
            top = number
            break
    width = next(w for w in _round_widths() if w * most > top)
    last = min(most - 1, top // width)
    sums = [0] * (last + 1)
    for number, n in counted:
        sums[min(last, number // width)] += n
    ends = max(number for number, _ in counted)
    return [
        Bar(_range(at * width, width, open_=at == last and ends >= (last + 1) * width), n, color)
        for at, n in enumerate(sums)
    ]


def _round_widths() -> list[int]:
    return [a * 10**b for b in range(12) for a in (1, 2, 5)]


def _range(start: int, width: int, *, open_: bool) -> str:
    if open_:
        return f"{start}+"
    return str(start) if width == 1 else f"{start}–{start + width - 1}"


def bold() -> QFont:
    """The face of large numbers."""
    return themes.sans(24, QFont.Weight.DemiBold)
