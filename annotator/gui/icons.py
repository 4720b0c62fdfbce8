"""Our own icons: 24×24 strokes, drawn in whatever color the text beside them has."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from annotator import resources

SHARP = 2.0
"""Pixels drawn for each of the screen's, so that a scaled screen finds enough of them."""


@cache
def pixmap(name: str, color: str, size: int = 18) -> QPixmap:
    """An icon of resources/icons in a color (#rrggbb), ``size`` pixels wide and high."""
    source = resources.text(f"icons/{name}.svg").replace("currentColor", color)
    picture = QPixmap(round(size * SHARP), round(size * SHARP))
    picture.setDevicePixelRatio(SHARP)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    QSvgRenderer(QByteArray(source.encode())).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return picture


def icon(name: str, color: QColor, size: int = 18) -> QIcon:
    """An icon for buttons and menus."""
    return QIcon(pixmap(name, color.name(), size))


def app_icon() -> QIcon:
    """The program's own icon."""
    made = QIcon()
    for size in (16, 32, 64, 128):
        made.addPixmap(pixmap("app", "#000000", size))
    return made
