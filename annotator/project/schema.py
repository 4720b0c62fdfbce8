"""The project's schema: putting another one in its place."""

from __future__ import annotations

from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.model.schema import Schema
from annotator.project.project import Project


def set_schema(project: Project, schema: Schema) -> Schema:
    """Put a schema in force, with the next version. Raises RuleError where marks would lose theirs.

    The same labels, attributes and relations again change nothing.
    """
    project.safeguard("before another schema")
    with project.op("Change schema") as act:
        old = act.read.schema()
        if replace(schema, version=old.version) == old:
            return old
        _refuse_losing(act.read.labels_in_use(), {label.name for label in schema.labels}, "marks")
        _refuse_losing(act.read.links_in_use(), {kind.name for kind in schema.relations}, "links")
        new = replace(schema, version=max(schema.version, old.version + 1))
        act.tx.add(new)
        return new


def _refuse_losing(used: dict[str, int], known: set[str], what: str) -> None:
    lost = [f"{n} {what} are “{name}”" for name, n in sorted(used.items()) if name not in known]
    if lost:
        raise RuleError(f"The new schema lacks what is in use: {', '.join(lost)}; it was not set.")
