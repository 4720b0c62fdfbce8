"""Making projects."""

from __future__ import annotations

from pathlib import Path

from annotator.model.schema import Schema, builtin
from annotator.storage import create as creating


def create(where: str | Path, schema: Schema | None = None) -> None:
    """Make an empty project, with the built-in schema where none is given. Raises ProjectError."""
    creating.create(where, schema or builtin())
