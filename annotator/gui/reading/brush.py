"""Pens, brushes and small faces of one theme and zoom."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPen,
    QPixmap,
    QTransform,
)

from annotator.gui import theme as themes
from annotator.gui.theme import Theme

_SHARP = 3
"""Pixels of a stripe's tile for one of the screen, so that it is sharp on every screen."""
_DASHES = {Qt.PenStyle.CustomDashLine: [2.6, 1.8], Qt.PenStyle.DotLine: [0.1, 2.4]}


class Brush:
    """The pens, brushes and faces of one theme and zoom."""

    def __init__(self, theme: Theme, zoom: float, face: str = "serif") -> None:
        self.theme = theme
        self.zoom = zoom
        self.face = face
        """The face for reading, as the settings name it."""
        self.small = themes.sans(max(11.0, 11 * zoom), QFont.Weight.DemiBold)
        """Chips, hints and the names of links."""
        self.small_metrics = QFontMetricsF(self.small)
        self.number = themes.sans(max(11.0, 11 * zoom))
        self.quiet = themes.sans(12.5 * zoom)
        self.selection = theme.color("selection")
        self.found = theme.color("found")
        self._fills: dict[str, QBrush] = {}
        self._hatches: dict[tuple[str, bool], QBrush] = {}
        self._pens: dict[tuple[str, float, Qt.PenStyle], QPen] = {}

    def fill(self, color: str) -> QBrush:
        """The fill of a claim."""
        if color not in self._fills:
            self._fills[color] = QBrush(self.theme.fill(color))
        return self._fills[color]

    def hatch(self, color: str, *, strong: bool) -> QBrush:
        """Slanted stripes: light behind the words, strong in the lane below them."""
        key = (color, strong)
        if key not in self._hatches:
            ink = self.theme.color(color) if strong else self.theme.fill(color)
            self._hatches[key] = _stripes(ink, 5 if strong else 8, 2 if strong else 4)
        return self._hatches[key]

    def pen(self, color: str, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        """A line of a color."""
        key = (color, width, style)
        if key not in self._pens:
            pen = QPen(self.theme.color(color), width, style)
            if style in _DASHES:
                pen.setDashPattern(_DASHES[style])
            if style == Qt.PenStyle.DotLine:
                pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            self._pens[key] = pen
        return self._pens[key]

    def width(self, words: str) -> float:
        """How wide words are in the small face."""
        return self.small_metrics.horizontalAdvance(words)


def _stripes(ink: QColor, period: int, width: int) -> QBrush:
    """Slanted stripes; the tile joins with itself on all sides."""
    side = period * 4
    tile = QPixmap(side * _SHARP, side * _SHARP)
    tile.fill(Qt.GlobalColor.transparent)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(_SHARP, _SHARP)
    painter.setPen(QPen(ink, width * 0.75))
    for at in range(-side, 2 * side, period):
        painter.drawLine(at, side, at + side, 0)
    painter.end()
    brush = QBrush(tile)
    brush.setTransform(QTransform.fromScale(1 / _SHARP, 1 / _SHARP))
    return brush
