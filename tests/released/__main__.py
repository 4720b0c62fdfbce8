"""Make the project of today's format: `python -m tests.released`; it never changes one that is there."""

from __future__ import annotations

import gzip
import sys
import tempfile
from pathlib import Path

import msgspec

from annotator.project import articles, keep, marks, open_project, relations
from annotator.storage.place import SCHEMA_ORDINAL
from tests.released.telling import told
from tests.support.builders import article, at, mark

HERE = Path(__file__).parent


def main() -> int:
    """Make it."""
    out = HERE / f"format-{SCHEMA_ORDINAL}.annotator.gz"
    if out.exists():
        print(f"{out.name} is there and stays as it is.")
        return 1
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "project.annotator")
        keep.create(path)
        with open_project(path, person="Mara") as project:
            document = article(project)
            claim = mark(project, document, "the pier 🚢 would be closed", proposition="closed")
            source = mark(project, document, "The harbour office", "source", actor="Harbour office")
            relations.link(project, "attributed_to", claim.id, source.id)
            marks.add(project, document, at(project, document, "denied", "asked them"), "denial")
            marks.set_note(project, claim.id, "when?")
            articles.set_status(project, document, "complete")
            article(project, "A second article, long enough to be one. Somebody said so.")
            mark(project, project.read.library()[1].document.id, "Somebody", "source")
            project.undo()
        with open_project(path, person="Jon") as project:
            mark(project, document, "Two fishermen", "source", note="names?")
        with open_project(path, person="Mara", write=False) as project:
            said = msgspec.json.format(msgspec.json.encode(told(project)))
        out.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
        out.with_name(f"format-{SCHEMA_ORDINAL}.json").write_bytes(said + b"\n")
    print(f"Made {out.name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
