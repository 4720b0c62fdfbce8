"""Words from elsewhere, as a line of the interface may show them: nothing in them acts on the screen."""

from __future__ import annotations

import re

_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def visible(words: str) -> str:
    """Control characters and those that turn the direction of what follows, as ⟨U+202E⟩.

    Line breaks and tabs stay, and so do the marks U+200E, U+200F and U+061C, which turn nothing
    around. The stored words are not changed by being shown.
    """
    return _ACTING.sub(_number, words)


def without_controls(words: str) -> str:
    """The same for control characters alone: a terminal is not moved, and the rest is as it is."""
    return _CONTROLS.sub(_number, words)


def _number(match: re.Match[str]) -> str:
    return f"⟨U+{ord(match[0]):04X}⟩"
