"""One program: a verb goes to the terminal's side, anything else opens the app.

Neither side is imported before it is known to be wanted: the window is painted before the database,
and the terminal never loads Qt.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

VERBS = frozenset(
    [
        "new",
        "blocks",
        "details",
        "duplicates",
        "repeated",
        "versions",
        "import",
        "extract",
        "list",
        "show",
        "find",
        "add",
        "link",
        "remove",
        "undo",
        "redo",
        "history",
        "export",
        "verify",
        "rehydrate",
        "formats",
        "status",
        "desktop",
        "doctor",
        "backup",
        "restore",
        "schema",
        "stats",
        "actors",
        "propositions",
    ]
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program; the exit code says how it went."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if given == ["--reader"]:  # the program itself asks for this, never a person
        from annotator.articles.apart.child import main as read_apart

        return read_apart()
    name, rest = _take_name(given)
    words = [word for word in rest if not word.startswith("-")]
    flags = {word for word in rest if word.startswith("-")}
    if (words and words[0] in VERBS) or flags & {"-h", "--help", "--version"}:
        from annotator.cli.run import main as run_verb

        return run_verb(given)
    if flags - {"--sample", "--self-test"} or len(words) > 1:
        print(
            f"annotator: “{' '.join(rest)}” is no use of it; see annotator --help.", file=sys.stderr
        )
        return 2
    if "--self-test" in flags:
        from annotator.selftest import run as run_self_test

        return run_self_test(has_display=has_display())
    return _open_app(words[0] if words else None, name, sample="--sample" in flags)


def _open_app(project: str | None, name: str | None, *, sample: bool) -> int:
    if not has_display():
        print(
            "annotator: there is no display here (DISPLAY and WAYLAND_DISPLAY are not set); "
            "the terminal's verbs work without one, see annotator --help.",
            file=sys.stderr,
        )
        return 1
    from annotator.gui.app import run

    return run(project, person=name, sample=sample)


def has_display() -> bool:
    """Whether a window can be shown."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(key) for key in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def _take_name(given: Sequence[str]) -> tuple[str | None, list[str]]:
    """Who ``--as`` names, and the other arguments."""
    name: str | None = None
    rest: list[str] = []
    waiting = iter(given)
    for word in waiting:
        if word == "--as":
            name = next(waiting, None)
        elif word.startswith("--as="):
            name = word.removeprefix("--as=")
        else:
            rest.append(word)
    return name, rest


if __name__ == "__main__":
    sys.exit(main())
