"""What a benchmark says: a value, its unit, its limit, and whether the limit holds."""

from __future__ import annotations

import msgspec


class Row(msgspec.Struct, frozen=True):
    """One measured figure."""

    name: str
    value: float
    unit: str
    limit: float
    holds: bool
    side: str = "≤"
    """On which side of the limit the value should be."""


def at_most(name: str, value: float, unit: str, limit: float) -> Row:
    """A figure that holds where it is not above its limit."""
    return Row(name, round(value, 3), unit, limit, value <= limit)


def at_least(name: str, value: float, unit: str, limit: float) -> Row:
    """A figure that holds where it is not below its limit."""
    return Row(name, round(value, 3), unit, limit, value >= limit, "≥")
