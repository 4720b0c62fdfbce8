"""Run a benchmark: `python -m tests.benchmarks NAME [--json]`; exit 1 where a row does not hold."""

from __future__ import annotations

import sys
from importlib import import_module

import msgspec

from tests.benchmarks.rows import Row

NAMES = ("view", "keys", "switch", "find", "schema", "storage", "export", "start")


def main(arguments: list[str]) -> int:
    """Run the named benchmark and print its rows."""
    names = [word for word in arguments if not word.startswith("-")]
    if len(names) != 1 or names[0] not in NAMES or set(arguments) - {*names, "--json"}:
        print(f"usage: bench {'|'.join(NAMES)} [--json]", file=sys.stderr)
        return 2
    rows: list[Row] = list(import_module(f"tests.benchmarks.{names[0]}").rows())
    if "--json" in arguments:
        print(msgspec.json.encode({"bench": names[0], "rows": rows}).decode())
    else:
        for row in rows:
            verdict = "holds" if row.holds else "DOES NOT HOLD"
            print(f"{row.name:<52} {row.value:>9} {row.unit:<8} ≤ {row.limit:<6} {verdict}")
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
