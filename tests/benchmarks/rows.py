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
    sense: str = "≤"
    """How the value stands to the limit where it holds: ≤ or ≥; empty where it is only told."""


def at_most(name: str, value: float, unit: str, limit: float) -> Row:
    """A figure that holds where it is not above its limit."""
    return Row(name, round(value, 3), unit, limit, value <= limit)


def at_least(name: str, value: float, unit: str, limit: float) -> Row:
    """A figure that holds where it is not below its limit."""
    return Row(name, round(value, 4), unit, limit, value >= limit, "≥")


def told(name: str, value: float, unit: str) -> Row:
    """A figure that others are seen beside."""
    return Row(name, round(value, 4), unit, 0.0, True, "")
