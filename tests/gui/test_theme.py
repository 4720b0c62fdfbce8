"""Colors: every word can be read in every theme."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor

from annotator.gui import theme as themes
from annotator.gui.theme import NAMES, Theme

READABLE = 4.5


def luminance(name: str) -> float:
    """Relative luminance as WCAG defines it."""
    color = QColor(name)
    parts = []
    for part in (color.redF(), color.greenF(), color.blueF()):
        parts.append(part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4)
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("name", NAMES)
def test_every_text_and_chip_can_be_read(name: str) -> None:
    theme: Theme = themes.load(name)
    on_paper = ("ink", "soft", "faint", "claim", "source", "denial", "cue", "ok", "warn")
    pairs = [(ink, ground) for ink in on_paper for ground in ("paper", "panel")]
    pairs += [
        ("ink", fill) for fill in ("claim_fill", "denial_fill", "selection", "found", "hover")
    ]
    pairs += [("paper", "ink"), ("paper", "focus")]
    poor = [
        (a, b, round(contrast(getattr(theme, a), getattr(theme, b)), 2))
        for a, b in pairs
        if contrast(getattr(theme, a), getattr(theme, b)) < READABLE
    ]
    assert poor == []


def test_an_unknown_theme_is_the_systems() -> None:
    assert themes.load("nonesuch").name in ("light", "dark")
