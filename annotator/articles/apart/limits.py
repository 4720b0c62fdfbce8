"""How much a file may ask for before its reading is given up."""

from __future__ import annotations

from annotator.language import tr

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes."""
LONGEST_TEXT = 20_000_000
"""Code points of one article."""
CPU_SECONDS = 20
"""Of computing, for each article."""
WALL_SECONDS = 30
"""Until the next article, or the end of the file, is there."""
MEMORY = 2 * 1024**3
"""Bytes of address space."""
OPEN_FILES = 64
FILES_EACH = 5_000
"""Files after which a process is followed by a fresh one, so that what a library keeps is let go."""


def too_large(name: str) -> str:
    """The sentence for a file that is not even opened."""
    return tr(
        "{name} is larger than {most} MB, no article; it was not imported.",
        name=name,
        most=LARGEST_FILE // 1024**2,
    )


def too_long(name: str) -> str:
    """The sentence for a text that nobody would read."""
    return tr(
        "{name} holds a text of more than {most} million characters; it was not imported.",
        name=name,
        most=LONGEST_TEXT // 10**6,
    )


def took_too_long(name: str) -> str:
    """The sentence for a file whose reading did not end."""
    return tr(
        "{name} took longer than {most} seconds to read; nothing more of it was imported.",
        name=name,
        most=WALL_SECONDS,
    )


def died(name: str, why: str) -> str:
    """The sentence for a file that brought its reader down."""
    return tr("{name} cannot be read ({why}); nothing more of it was imported.", name=name, why=why)
