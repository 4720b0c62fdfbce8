"""Counts and tables as a dataset card writes them, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence


def many(n: int, what: str) -> str:
    """“1 mark”, “2 marks”."""
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def counted(counts: Mapping[str, int], most: int = 12) -> str:
    """Names with their counts, the largest first."""
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    said = ", ".join(f"{name} ({n:,})" for name, n in ranked[:most])
    return said + (f", and {len(ranked) - most} more" if len(ranked) > most else "")


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; numbers stand to the right."""
    rows = [*rows]
    numeric = [bool(rows) and isinstance(row, int) for row in (rows[0] if rows else head)]
    lines = [head, ["---:" if one else "---" for one in numeric], *rows]
    return "\n".join("| " + " | ".join(map(_cell, line)) + " |" for line in lines)


def _cell(value: object) -> str:
    value = f"{value:,}" if isinstance(value, int) else str(value)
    return " ".join(value.split()).replace("|", "\\|")
