"""Everything that is proved without running the program: lint, types, contracts, locks, sizes."""

from __future__ import annotations

import ast
import re
import statistics
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
CODE = ("annotator", "tests", "packaging")
PIN = re.compile(r"[a-z0-9_.\-]+(\[[a-z,]+\])?==[^\s;]+( ;.*)? \\", re.IGNORECASE)
HASH = re.compile(r"    --hash=sha256:[0-9a-f]{64}( \\)?")
ADDRESS = re.compile(r"://|\bfile:|--(extra-)?index-url|--find-links")
MACHINE_PATH = re.compile(r"(?<![\w.~:/-])/(?:work|farm|root|home|Users)/[\w.]")

# What good rooms look like elsewhere; ours stand beside it.
GOOD = "file median 98–150 lines, function median 4–8, fewer than 3 % of functions over 50"


class Size(NamedTuple):
    """How long something is."""

    lines: int
    name: str


def main() -> int:
    """Run every check, so that one visit shows all there is to mend."""
    bin_ = Path(sys.executable).parent
    commands = {
        "lint": [str(bin_ / "ruff"), "check", "--output-format", "concise", *CODE],
        "format": [str(bin_ / "ruff"), "format", "--check", "--quiet", *CODE],
        "contracts": [str(bin_ / "lint-imports"), "--no-cache"],
        "types": [str(bin_ / "basedpyright"), "--level", "error", "--pythonpath", sys.executable],
    }
    failed = [name for name, command in commands.items() if not _passes(name, command)]
    for name, problems in (("locks", lock_problems()), ("paths", path_problems())):
        found = list(problems)
        print(f"== {name}: {'failed' if found else 'ok'}")
        print("".join(f"{problem}\n" for problem in found), end="")
        failed += [name] if found else []
    show_sizes()
    print(f"check: {'failed: ' + ', '.join(failed) if failed else 'all passed'}")
    return 1 if failed else 0


def lock_problems(folder: Path = ROOT / "packaging") -> Iterator[str]:
    """What a lock file must not hold: an address, a package without a pin or without a hash."""
    for path in sorted(folder.glob("requirements*.txt")):
        hashed = True
        for number, line in enumerate(path.read_text().splitlines(), 1):
            where = f"{path.name}:{number}"
            if ADDRESS.search(line):
                yield f"{where}: names an address"
            if PIN.fullmatch(line):
                if not hashed:
                    yield f"{where}: the package before has no hash"
                hashed = False
            elif HASH.fullmatch(line):
                hashed = True
            elif line.strip():
                yield f"{where}: is neither a pin nor a hash"
        if not hashed:
            yield f"{path.name}: the last package has no hash"


def path_problems(root: Path = ROOT) -> Iterator[str]:
    """Paths of somebody's machine in files that are tracked, and lock files of other tools."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=root, capture_output=True, check=True)
    for name in filter(None, listed.stdout.decode().split("\0")):
        if name in ("uv.lock", "poetry.lock", "pylock.toml"):
            yield f"{name}: only packaging/requirements*.txt are lock files"
        try:
            text = (root / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError):
            continue
        for number, line in enumerate(text.splitlines(), 1):
            if MACHINE_PATH.search(line):
                yield f"{name}:{number}: names a path of a machine"


def show_sizes() -> None:
    """Our longest files, functions and classes."""
    files, functions, classes = sizes()
    long = sum(size.lines > 50 for size in functions) / max(1, len(functions))
    print(f"== sizes (elsewhere: {GOOD})")
    print(
        f"file median {statistics.median(s.lines for s in files):.0f} lines, "
        f"function median {statistics.median(s.lines for s in functions):.0f}, "
        f"{long:.1%} of {len(functions)} functions over 50"
    )
    for what, found in (("files", files), ("functions", functions), ("classes", classes)):
        longest = sorted(found, reverse=True)[:5]
        print(f"longest {what}: " + ", ".join(f"{s.name} {s.lines}" for s in longest))


def sizes(root: Path = ROOT / "annotator") -> tuple[list[Size], list[Size], list[Size]]:
    """Lines of every file, function and class of the program."""
    files: list[Size] = []
    functions: list[Size] = []
    classes: list[Size] = []
    for path in sorted(root.rglob("*.py")):
        text = path.read_text(encoding="utf-8")
        name = path.relative_to(root).as_posix()
        if text.count("\n") > 1:
            files.append(Size(text.count("\n"), name))
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                size = Size((node.end_lineno or 0) - node.lineno + 1, f"{name}:{node.name}")
                (classes if isinstance(node, ast.ClassDef) else functions).append(size)
    return files, functions, classes


def _passes(name: str, command: list[str]) -> bool:
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(f"== {name}: {'failed' if done.returncode else 'ok'}")
    if done.returncode:
        print(done.stdout + done.stderr)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
