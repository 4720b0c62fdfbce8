"""One way to find resources/ from a checkout, an installed wheel and a frozen bundle."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path


@cache
def root() -> Path:
    """The folder that holds icons, themes, schemas, samples and help."""
    package = Path(__file__).resolve().parent
    frozen = Path(getattr(sys, "_MEIPASS", package.parent)) / "annotator" / "_resources"
    for candidate in (frozen, package / "_resources"):
        if candidate.is_dir():
            return candidate
    return package.parent / "resources"  # a checkout


def path(name: str) -> Path:
    """The path of one resource, such as ``schemas/attribution.json``."""
    return root() / name


def text(name: str) -> str:
    """The text of one resource, UTF-8."""
    return path(name).read_text(encoding="utf-8")
