"""Run a benchmark: `python -m tests.benchmarks NAME [--json]`; exit 1 where a row does not hold."""

from __future__ import annotations

import sys
from importlib import import_module

import msgspec

from tests.benchmarks.rows import Row

MODULES = {
    "view": ("view",),
    "keys": ("keys",),
    "switch": ("switch",),
    "find": ("find",),
    "schema": ("schema",),
    "storage": ("storage",),
    "export": ("export",),
    "start": ("start",),
    "scale": ("scale",),
    "import": ("intake", "reading"),
}


def main(arguments: list[str]) -> int:
    """Run the named benchmark and print its rows."""
    names = [word for word in arguments if not word.startswith("-")]
    if len(names) != 1 or names[0] not in MODULES or set(arguments) - {*names, "--json"}:
        print(f"usage: bench {'|'.join(MODULES)} [--json]", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for module in MODULES[names[0]]:
        rows += import_module(f"tests.benchmarks.{module}").rows()
    if "--json" in arguments:
        print(msgspec.json.encode({"bench": names[0], "rows": rows}).decode())
    else:
        for row in rows:
            verdict = "holds" if row.holds else "DOES NOT HOLD"
            limit = f"{row.sense} {row.limit:<6} {verdict}" if row.sense else ""
            print(f"{row.name:<52} {row.value:>9} {row.unit:<8} {limit}".rstrip())
    return 0 if all(row.holds for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
