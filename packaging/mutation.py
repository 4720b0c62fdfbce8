"""Change the core a little, thousands of times, and list the changes that no test sees.

`run.py release mutation` runs this in an environment of its own; what is changed, and by which tests it is
looked at, stands under [tool.mutmut] in pyproject.toml. mutmut works in `mutants/` and does not run on Windows.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "mutants"
DUE = 0.85
"""The share of all changes that must be seen."""
SEEN = ("killed", "timeout")
"""A change was seen where a test fails by it, or does not come to an end."""


def main(arguments: list[str]) -> int:
    """Try every change, or only those named by patterns, which are tried anew; 1 where too few are seen."""
    mutmut = str(Path(sys.executable).with_name("mutmut"))
    if all(one.startswith("-") for one in arguments):
        shutil.rmtree(FOLDER, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:  # other runs of pytest clear away in theirs
        apart = os.environ | {"PYTEST_DEBUG_TEMPROOT": folder}
        command = [mutmut, "run", *arguments]
        status = subprocess.run(command, cwd=ROOT, env=apart, check=False).returncode
    if status:
        return status
    command = [mutmut, "results", "--all", "true"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    statuses = results(listed.stdout.splitlines())
    print("\n".join(table(statuses)))
    return 0 if share(statuses.values()) >= DUE else 1


def results(lines: Iterable[str]) -> dict[str, str]:
    """What became of each change, by its name: killed, timeout, survived, no tests and others."""
    parts = (line.strip().rpartition(": ") for line in lines)
    return {name: status for name, _, status in parts if name}


def share(statuses: Iterable[str]) -> float:
    """How many of the changes were seen, from 0 to 1."""
    counts = Counter(statuses)
    return sum(counts[status] for status in SEEN) / max(1, counts.total())


def table(statuses: dict[str, str]) -> Iterable[str]:
    """Lines: the counts of each module and of all together, then every change that was not seen."""
    modules: dict[str, list[str]] = defaultdict(list)
    missed: dict[str, list[str]] = defaultdict(list)
    for name, status in statuses.items():
        modules[name.rpartition(".")[0]].append(status)
        if status not in SEEN:
            function, _, number = name.rpartition("_")
            missed[f"{function}_… {status}"].append(number)
    width = max(map(len, modules), default=0)
    yield f"{'module':{width}} changes  killed timeout survived untested other  share"
    for module, of in sorted(modules.items()):
        yield f"{module:{width}} {_counts(of)}"
    yield f"{'all':{width}} {_counts(list(statuses.values()))}"
    yield "not seen; `mutmut show NAME` shows one:"
    for function, numbers in sorted(missed.items()):
        yield f"  {function}: {', '.join(numbers)}"


def _counts(of: list[str]) -> str:
    counts = Counter(of)
    known = [counts[one] for one in ("killed", "timeout", "survived", "no tests")]
    killed, timeout, survived, untested = known
    other = len(of) - sum(known)
    numbers = f"{len(of):7} {killed:7} {timeout:7} {survived:8} {untested:8} {other:5}"
    return f"{numbers} {share(of):6.1%}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
