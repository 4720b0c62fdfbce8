"""What acts on a screen is shown by its number; what does not is left alone."""

from __future__ import annotations

import pytest

from annotator.text.visible import visible, without_controls


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("a\x1b[2Jb", "a⟨U+001B⟩[2Jb"),
        ("a\x9b2Jb\x00", "a⟨U+009B⟩2Jb⟨U+0000⟩"),
        ("report\u202egnp.exe", "report⟨U+202E⟩gnp.exe"),
        ("\u2066x\u2069", "⟨U+2066⟩x⟨U+2069⟩"),
        ("پل\u200f بند ہے", "پل\u200f بند ہے"),
        ("Zażółć\t🚢\nline", "Zażółć\t🚢\nline"),
    ],
)
def test_what_acts_is_shown_by_its_number(words: str, shown: str) -> None:
    assert visible(words) == shown
    assert visible(shown) == shown
    assert ("⟨U+001B⟩" in without_controls(words)) == ("\x1b" in words)
    assert "\u202e" not in words or "\u202e" in without_controls(words)
