"""A language for tests: every message of the program, in letters that English does not have.

What is shown in plain letters while this language is spoken did not go through ``tr``.
"""

from __future__ import annotations

import ast
import re
import struct
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = "xx"
DOORS = ("tr", "trn", "in_english")
KEPT = re.compile(r"\{\{.*?\}\}|\{[^{}]*\}|<[^>]*>")
"""Fields, keys of actions and markup stay as they are."""
LETTERS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "àƀćđéƒĝĥîĵķļɱñöþɋŕšŧûṽŵẋýžÀɃĆĐÉƑĜĤÎĴĶĻṀÑÖÞɊŔŠŦÛṼŴẊÝŽ",
)
HEADER = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"


class Message(NamedTuple):
    """A call of ``tr``, ``trn`` or ``in_english``."""

    where: str
    words: tuple[str, ...]
    """One, or one and many."""
    fields: frozenset[str]
    """The names that are given to be filled in."""


@cache
def messages(source: Path = ROOT / "annotator") -> tuple[Message, ...]:
    """Every message in the code; AssertionError where one is not written out there."""
    return tuple(one for path in sorted(source.rglob("*.py")) for one in _messages_of(path))


def _messages_of(path: Path) -> Iterator[Message]:
    if path.name == "language.py":
        return
    called: set[ast.expr] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        where = f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in DOORS:
            called.add(node.func)
            given = node.args[: 2 if node.func.id == "trn" else 1]
            words = [one.value for one in given if isinstance(one, ast.Constant)]
            assert len(words) == len(given), f"{where}: a message is not written out"
            fields = {one.arg or "**" for one in node.keywords}
            yield Message(
                where, tuple(words), frozenset(fields | {"count"} if words[1:] else fields)
            )
        elif isinstance(node, ast.Name) and node.id in DOORS:
            assert node in called, f"{where}: {node.id} is given away; nobody can see its messages"


def pseudo(words: str) -> str:
    """The words in brackets and in letters of their own: “⟦Šàṽéđ⟧”."""
    parts = zip([*KEPT.split(words)], [*KEPT.findall(words), ""], strict=True)
    return "⟦" + "".join(free.translate(LETTERS) + kept for free, kept in parts) + "⟧"


def write_catalog(folder: Path) -> None:
    """Write this language's catalog below a folder, as gettext looks for it."""
    said = {"": HEADER}
    for message in messages():
        said["\0".join(message.words)] = "\0".join(map(pseudo, message.words))
    place = folder / LANGUAGE / "LC_MESSAGES" / "annotator.mo"
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(compiled(said))


def compiled(said: dict[str, str]) -> bytes:
    """A catalog as gettext reads it: two tables of lengths and places, then the words."""
    keys = sorted(said)
    head = 7 * 4
    at = head + 16 * len(keys)
    tables, words = b"", b""
    for one in [*keys, *(said[key] for key in keys)]:
        data = one.encode()
        tables += struct.pack("<II", len(data), at + len(words))
        words += data + b"\0"
    numbers = (0x950412DE, 0, len(keys), head, head + 8 * len(keys), 0, 0)
    return struct.pack("<7I", *numbers) + tables + words


if __name__ == "__main__":
    write_catalog(Path(sys.argv[1]))
