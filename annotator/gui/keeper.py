"""Keeps the open project safe: backups by the clock, and a rescue when its file is gone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from annotator.errors import AnnotatorError
from annotator.language import in_english
from annotator.project import keep

if TYPE_CHECKING:
    from annotator.gui.bridge import Bridge, Work
    from annotator.project import Project

EVERY = 30 * 60 * 1000
"""Milliseconds between two backups of a project that changes."""
SOON = 20_000
"""Milliseconds after opening at which a project without a backup of today gets one."""
DAY = timedelta(hours=24)
Rescued = Callable[[str, str, "list[Work]"], None]


class Keeper(QObject):
    """Looks after one open project; all that takes long is done beside the acts."""

    def __init__(self, bridge: Bridge, rescued: Rescued, refuse: Callable[[str], None]) -> None:
        """``rescued`` is given what happened, where the copy lies (or an empty string), and the acts
        that are not stored; ``refuse`` why there is no backup.
        """
        super().__init__(bridge)
        self._bridge, self._rescued, self._refuse = bridge, rescued, refuse
        bridge.gone.connect(self._rescue)
        self._clock = QTimer(self, interval=EVERY)
        self._clock.timeout.connect(self.back_up)
        self._soon = QTimer(self, singleShot=True, interval=SOON)
        self._soon.timeout.connect(lambda: bridge.aside(_of_today, self._made))
        if bridge.may_write and "://" not in bridge.where:
            self._clock.start()
            self._soon.start()

    def back_up(self) -> None:
        """Back up what changed since the last time."""
        if not self._bridge.is_gone:
            self._bridge.aside(_back_up, self._made)

    def _made(self, trouble: str) -> None:
        if trouble:
            self._refuse(trouble)

    def _rescue(self, why: str) -> None:
        self._clock.stop()

        def then(found: tuple[str, str]) -> None:
            copy, trouble = found
            works = self._bridge.hand_over() if copy else []
            self._rescued(f"{why} {trouble}".strip(), copy, works)

        self._bridge.aside(_rescue, then)


def _rescue(project: Project) -> tuple[str, str]:
    """Where the copy lies, or why there is none."""
    try:
        return str(keep.rescue(project)), ""
    except AnnotatorError as error:
        return "", str(error)


def _back_up(project: Project, reason: str = in_english("while working")) -> str:
    """What went wrong, or an empty string."""
    try:
        keep.backup(project, reason)
    except AnnotatorError as error:
        return str(error)
    return ""


def _of_today(project: Project) -> str:
    try:
        newest = next(iter(keep.backups(project.where)), None)
    except AnnotatorError as error:
        return str(error)
    if newest is not None and datetime.now(UTC) - newest.at < DAY:
        return ""
    return _back_up(project, in_english("first of the day"))
