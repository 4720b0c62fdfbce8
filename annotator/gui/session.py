"""Where a person was in a project, and going back there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from annotator.settings import Session

if TYPE_CHECKING:
    from annotator.gui.choices import Choices
    from annotator.gui.desk import Desk


def remember(desk: Desk, choices: Choices) -> None:
    """Keep what is open and where the caret stands, for the projects opened last."""
    document = desk.bench.document
    if document is None:
        return
    recent = choices.now.recent
    kept = {place: one for place, one in choices.now.sessions.items() if place in recent}
    here = Session(document.id, desk.view.caret(), desk.side.name)
    choices.keep(sessions={**kept, desk.place: here})


def go_back(desk: Desk, choices: Choices) -> bool:
    """Open what was open the last time; False where that is not there any more."""
    session = choices.now.sessions.get(desk.place)
    if session is None or not desk.bridge.read.library(of=[session.document]):
        return False
    desk.bench.open(session.document)
    caret = min(session.caret, len(desk.bench.text))
    desk.view.set_caret(caret)
    desk.view.reveal(caret, caret)
    desk.side.show_panel(session.panel)
    return True
