"""The scroll bar, which is also a map of the article's marks: one column of it for each label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QScrollBar, QStyle, QStyleOptionSlider, QWidget

from annotator.gui.theme import Theme

WIDTH = 20
COLUMNS = 4
STEPS = 400
"""Into how many places the length of the article is divided."""


class MapBar(QScrollBar):
    """A vertical scroll bar that shows where marks are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Vertical, parent)
        self._theme = theme
        self._ticks: dict[tuple[int, str], set[int]] = {}
        self._held: int | None = None
        self._picture: QPixmap | None = None
        self.setFixedWidth(WIDTH)
        self.setSingleStep(33)

    def set_theme(self, theme: Theme) -> None:
        """Draw in these colors."""
        self._theme = theme
        self._redraw()

    def set_ticks(self, ticks: Mapping[tuple[int, str], Iterable[int]]) -> None:
        """Show marks: by column and color, at which of the STEPS."""
        self._ticks = {key: set(places) for key, places in ticks.items()}
        self._redraw()

    def add_tick(self, column: int, color: str, place: int) -> None:
        """Show one mark more."""
        places = self._ticks.setdefault((column % COLUMNS, color), set())
        if place not in places:
            places.add(place)
            self._redraw()

    def set_held(self, place: int | None) -> None:
        """Show where the held mark is."""
        if place != self._held:
            self._held = place
            self.update()

    def sizeHint(self) -> QSize:
        """As wide as the map needs, whatever the style."""
        return QSize(WIDTH, super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the track, the part in sight, and the marks."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.color("paper"))
        groove = self._groove()
        if self.maximum() > 0:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("line" if self._is_used() else "hover"))
            thumb = QRectF(self._part(QStyle.SubControl.SC_ScrollBarSlider))
            painter.drawRoundedRect(thumb.adjusted(1, 1, -2, -1), 5, 5)
        if self._ticks:
            painter.drawPixmap(groove.topLeft(), self._drawn(groove.size()))
        if self._held is not None:
            y = groove.top() + self._held * (groove.height() - 2) / STEPS
            painter.fillRect(QRectF(0, y - 0.5, WIDTH, 2), self._theme.color("ink"))
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A press beside the thumb goes there, and can be dragged on from there."""
        thumb = self._part(QStyle.SubControl.SC_ScrollBarSlider)
        at = event.position()
        if event.button() == Qt.MouseButton.LeftButton and not thumb.contains(at.toPoint()):
            groove = self._groove()
            room = max(1, groove.height() - thumb.height())
            share = (at.y() - groove.top() - thumb.height() / 2) / room
            self.setValue(round(self.minimum() + share * (self.maximum() - self.minimum())))
        super().mousePressEvent(event)

    def _is_used(self) -> bool:
        return self.underMouse() or self.isSliderDown()

    def _groove(self) -> QRect:
        return self._part(QStyle.SubControl.SC_ScrollBarGroove)

    def _part(self, part: QStyle.SubControl) -> QRect:
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        kind = QStyle.ComplexControl.CC_ScrollBar
        return self.style().subControlRect(kind, option, part, self)

    def _redraw(self) -> None:
        self._picture = None
        self.update()

    def _drawn(self, size: QSize) -> QPixmap:
        """All ticks as a picture, kept until they change."""
        ratio = self.devicePixelRatioF()
        if self._picture is None or self._picture.size() != size * ratio:
            self._picture = QPixmap(size * ratio)
            self._picture.setDevicePixelRatio(ratio)
            self._picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(self._picture)
            each = (size.width() - 5) / COLUMNS
            scale = (size.height() - 2) / STEPS
            for (column, color), places in self._ticks.items():
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(self._theme.color(color))
                left = 2 + column * each
                painter.drawRects(
                    [
                        QRectF(QPointF(left, at * scale), QPointF(left + each, at * scale + 2.5))
                        for at in places
                    ]
                )
            painter.end()
        return self._picture
