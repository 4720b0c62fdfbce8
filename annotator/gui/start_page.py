"""What is shown without a project: in one sentence what to do, with buttons and keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from annotator.gui.actions import Action
from annotator.gui.buttons import flat_button
from annotator.gui.parts import keycap, label, row
from annotator.language import tr

WIDTH = 460
"""Pixels."""


class StartPage(QWidget):
    """What begins or opens a project, with its keys, and what was open before."""

    asked_recent = Signal(str)

    def __init__(
        self, actions: Sequence[Action], recent: Sequence[str], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("library")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        column = QVBoxLayout()
        column.setSpacing(12)
        title = label("Annotator")
        title.setStyleSheet("font-size: 27px; font-weight: 600;")
        column.addWidget(title)
        said = label(
            tr(
                "Mark who claims what, who is the source, and who denies it. A project is one file; "
                "begin one, or look at the sample."
            ),
            soft=True,
        )
        said.setWordWrap(True)
        column.addWidget(said)
        for action in actions:
            button = QPushButton(action.title)
            button.clicked.connect(partial(self._do, action))
            column.addLayout(row(button, *map(keycap, action.keys[:1]), 1))
        for place in [one for one in recent if "://" in one or Path(one).exists()][:6]:
            name = flat_button(Path(place).name if "://" not in place else place)
            name.setToolTip(place)
            name.clicked.connect(lambda _=False, where=place: self.asked_recent.emit(where))
            column.addWidget(name)
        holder = QWidget()
        holder.setLayout(column)
        # Its own width, not the alignment's: an aligned label is given the height of a wider one.
        holder.setFixedWidth(WIDTH)
        layout = QVBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(row(1, holder, 1))
        layout.addStretch(2)

    def _do(self, action: Action, _checked: bool = False) -> None:
        action.do(self)
