"""Seeing: what is folded, which arcs and names are drawn, how large, in which colors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.gui.actions.base import VIEW, WINDOW, Action
from annotator.gui.theme import THEMES
from annotator.language import tr

if TYPE_CHECKING:
    from annotator.gui.desk import Desk


def actions() -> list[Action]:
    """Everything that changes how it looks and nothing else."""
    return [
        Action(
            "see.dimmed", tr("Fold dimmed text"), ("B",), VIEW, dimmed, checked=lambda d: d.choices.now.fold_dimmed
        ),
        Action("see.arcs", tr("All links"), ("L",), VIEW, arcs, checked=lambda d: d.sight.arcs),
        Action("see.chips", tr("All label names"), ("V",), VIEW, chips, checked=lambda d: d.sight.chips),
        Action("see.larger", tr("Larger"), ("Ctrl++", "Ctrl+="), VIEW, partial(zoom, by=1.1), WINDOW),
        Action("see.smaller", tr("Smaller"), ("Ctrl+-",), VIEW, partial(zoom, by=1 / 1.1), WINDOW),
        Action("see.usual", tr("Usual size"), ("Ctrl+0",), VIEW, partial(zoom, by=0), WINDOW),
        Action(
            "see.statistics", tr("Statistics"), ("Ctrl+Shift+T",), VIEW, lambda d: d.show_statistics(), WINDOW
        ),
        *(
            Action(f"see.{name}", title, (), f"{VIEW}/{tr('Colors')}", partial(colors, name=name), WINDOW,
                   checked=partial(_is_theme, name=name))
            for name, title in THEMES.items()
        ),
    ]  # fmt: skip


def _is_theme(desk: Desk, name: str) -> bool:
    return desk.choices.now.theme == name


def dimmed(desk: Desk) -> None:
    """Fold what is dimmed, or show it."""
    folded = not desk.choices.now.fold_dimmed
    desk.choices.keep(fold_dimmed=folded)
    desk.say(tr("Dimmed text is folded; B shows it.") if folded else tr("All text is shown."))


def arcs(desk: Desk) -> None:
    """Show all links, or those of the held mark."""
    desk.sight.arcs = not desk.sight.arcs
    desk.view.set_show_all_arcs(desk.sight.arcs)


def chips(desk: Desk) -> None:
    """Show all label names, or that of the held mark."""
    desk.sight.chips = not desk.sight.chips
    desk.view.set_show_all_chips(desk.sight.chips)


def zoom(desk: Desk, by: float) -> None:
    """Larger or smaller; 0 is the usual size."""
    desk.view.set_zoom(desk.view.zoom * by if by else 1.0)


def colors(desk: Desk, name: str) -> None:
    """Draw in other colors."""
    desk.choices.keep(theme=name)
