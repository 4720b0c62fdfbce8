"""The table of what was tried, printed behind the long form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.support.places import another, database, empty, file, place, project

__all__ = ["another", "database", "empty", "file", "place", "project"]

ROWS: list[tuple[str, int, str]] = []
Tally = Callable[[str, int, str], None]


@pytest.fixture
def tally() -> Tally:
    """Writes a row of the table: what was done, how many times, with what result."""

    def write(what: str, times: int, result: str) -> None:
        ROWS.append((what, times, result))

    return write


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Show the table."""
    if ROWS:
        terminalreporter.write_sep("=", "faults")
        width = max(len(what) for what, _, _ in ROWS)
        for what, times, result in ROWS:
            terminalreporter.write_line(f"{what:<{width}}  {times:>8,}  {result}")
