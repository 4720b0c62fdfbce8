"""Buttons of the desk: only words, only an icon, a value with its choices, words that shrink."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QAction, QFont, QFontMetrics, QPalette, QResizeEvent
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QSizePolicy

from annotator.gui import theme as themes
from annotator.gui.icons import icon
from annotator.gui.parts import plain_tip
from annotator.text.visible import visible


def flat_button(words: str, name: str = "") -> QPushButton:
    """A button that is only its words."""
    return _flat(QPushButton(words), name or words)


class ChoiceButton(QPushButton):
    """A small flat button that is on or off, and as wide as its words need while it is on."""

    def __init__(self, words: str = "", name: str = "") -> None:
        super().__init__(words)
        _flat(self, name or words)
        self.setProperty("small", True)
        self.setCheckable(True)

    def sizeHint(self) -> QSize:
        """The words are bold while it is on; it does not grow then."""
        bold = QFontMetrics(themes.sans(12, QFont.Weight.DemiBold))
        beside = 4 + self.iconSize().width() if not self.icon().isNull() else 0
        wide = bold.horizontalAdvance(self.text()) + 16 + beside
        return super().sizeHint().expandedTo(QSize(wide, 0))

    def minimumSizeHint(self) -> QSize:
        """The same: words are never cut."""
        return self.sizeHint()


def _flat(made: QPushButton, name: str) -> QPushButton:
    made.setProperty("flat", True)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setAutoDefault(False)
    made.setAccessibleName(name)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return made


class IconButton(QPushButton):
    """A button that is only an icon, in the color of the words around it."""

    def __init__(self, icon: str, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setProperty("flat", True)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(16, 16))
        self.setFixedSize(26, 26)
        self._draw()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew in the colors of another theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._draw()

    def _draw(self) -> None:
        faint = QApplication.palette().color(QPalette.ColorRole.PlaceholderText)
        self.setIcon(icon(self._icon, faint, 16))


class ValueButton(QPushButton):
    """A value that is chosen from a list: the value as it reads, and a menu when it is pressed.

    Unlike a combo box it does not change when somebody scrolls over it.
    """

    def __init__(
        self,
        name: str,
        choices: Sequence[tuple[str, object]],
        chosen: object,
        choose: Callable[[object], None],
    ) -> None:
        super().__init__(next((words for words, value in choices if value == chosen), str(chosen)))
        self.setProperty("value", True)
        self.setAccessibleName(f"{name}: {self.text()}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        menu = QMenu(self)
        for words, value in choices:
            action = QAction(words, menu)
            action.setCheckable(True)
            action.setChecked(value == chosen)
            action.triggered.connect(lambda _=False, value=value: choose(value))
            menu.addAction(action)
        self.setMenu(menu)


OPENS = "  ▾"
NARROWEST = 120
"""Pixels."""


class Chip(QPushButton):
    """A question as it is answered now; its menu is made anew each time it opens.

    Where its policy lets it be narrower than the answer, the answer is cut, and whole in the tip.
    """

    def __init__(self, name: str, fill: Callable[[QMenu], None]) -> None:
        super().__init__()
        self._name = name
        self.answer = ""
        self.setProperty("chip", True)
        self.setAutoDefault(False)  # Return exports, wherever the focus is
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        menu = QMenu(self)

        def renew() -> None:
            menu.clear()
            fill(menu)

        menu.aboutToShow.connect(renew)
        self.setMenu(menu)

    def show_answer(self, words: str) -> None:
        """How it is answered."""
        self.answer = words
        self._fit()
        self.updateGeometry()
        self.setAccessibleName(f"{self._name}: {words}")

    def sizeHint(self) -> QSize:
        """As wide as the whole answer."""
        advance = self.fontMetrics().horizontalAdvance
        shown = advance(self.text().replace("&&", "&"))
        hint = super().sizeHint()
        return QSize(hint.width() - shown + advance(self.answer + OPENS), hint.height())

    def minimumSizeHint(self) -> QSize:
        """As wide as an answer of a word or two."""
        return QSize(min(NARROWEST, self.sizeHint().width()), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        metrics = self.fontMetrics()
        lacks = self.sizeHint().width() - self.width()
        room = metrics.horizontalAdvance(self.answer) - lacks
        shown = self.answer
        if lacks > 1:  # widths of letters are rounded
            shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, room)
        self.setText((shown + OPENS).replace("&", "&&"))
        self.setToolTip("" if shown == self.answer else plain_tip(self.answer))


class WordsButton(QPushButton):
    """Words of an article that lead somewhere; cut where there is no room, whole in the tip."""

    def __init__(
        self,
        words: str,
        name: str = "",
        cut: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
    ) -> None:
        super().__init__()
        self._cut = cut
        self._words = visible(" ".join(words.split()))
        self.setProperty("flat", True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(name or self._words)
        self.setToolTip(plain_tip(words))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        shown = self.fontMetrics().elidedText(self._words, self._cut, self.width() - 14)
        self.setText(shown.replace("&", "&&"))
