"""How long work reports where it is, and how it is told to stop."""

from __future__ import annotations

from typing import Protocol


class Cancelled(Exception):
    """The person asked long work to stop; what was committed before stays."""


class Progress(Protocol):
    """Called between steps of long work; raises Cancelled to stop it there."""

    def __call__(self, done: int, total: int | None, note: str = "") -> None:
        """``done`` of ``total`` steps (None: not known) are finished; ``note`` names the next."""
        ...


def silent(done: int, total: int | None, note: str = "") -> None:
    """Report to nobody."""
    del done, total, note
