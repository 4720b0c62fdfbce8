"""PySide6 itself: a release of it kills Python 3.11 after some thousand calls that return nothing."""

from __future__ import annotations

import sys

import PySide6
from PySide6.QtCore import QObject


def test_sixty_thousand_calls_that_return_nothing_leave_none_alive() -> None:
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(60_000):
        thing.setObjectName("x")
    drift = before - sys.getrefcount(None)
    assert drift < 50


def test_the_version_is_below_the_one_that_kills() -> None:
    assert tuple(map(int, PySide6.__version__.split(".")[:2])) < (6, 12)
