"""Seeing: what is folded, which arcs and names are drawn, how large, in which colors."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.gui.actions.base import WINDOW, Action

if TYPE_CHECKING:
    from annotator.gui.desk import Desk

MENU = "View"


def actions() -> list[Action]:
    """Everything that changes how it looks and nothing else."""
    return [
        Action(
            "see.dimmed", "Fold dimmed text", ("B",), MENU, dimmed, checked=lambda d: d.choices.now.fold_dimmed
        ),
        Action("see.arcs", "All links", ("L",), MENU, arcs, checked=lambda d: d.sight.arcs),
        Action("see.chips", "All label names", ("V",), MENU, chips, checked=lambda d: d.sight.chips),
        Action("see.larger", "Larger", ("Ctrl++", "Ctrl+="), MENU, partial(zoom, by=1.1), WINDOW),
        Action("see.smaller", "Smaller", ("Ctrl+-",), MENU, partial(zoom, by=1 / 1.1), WINDOW),
        Action("see.usual", "Usual size", ("Ctrl+0",), MENU, partial(zoom, by=0), WINDOW),
        Action(
            "see.statistics", "Statistics", ("Ctrl+Shift+T",), MENU, lambda d: d.show_statistics(), WINDOW
        ),
        *(
            Action(f"see.{name}", title, (), "View/Colors", partial(colors, name=name), WINDOW,
                   checked=partial(_is_theme, name=name))
            for name, title in (("system", "As the system"), ("light", "Light"), ("dark", "Dark"),
                                ("contrast", "High contrast"))
        ),
    ]  # fmt: skip


def _is_theme(desk: Desk, name: str) -> bool:
    return desk.choices.now.theme == name


def dimmed(desk: Desk) -> None:
    """Fold what is dimmed, or show it."""
    folded = not desk.choices.now.fold_dimmed
    desk.choices.keep(fold_dimmed=folded)
    desk.say("Dimmed text is folded; B shows it." if folded else "All text is shown.")


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
