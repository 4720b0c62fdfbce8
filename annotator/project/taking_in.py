"""Storing what readers found, in batches that are one undo step together."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from msgspec.structs import replace

from annotator.articles.apart.messages import Reply
from annotator.model.document import Document
from annotator.model.ids import new_id
from annotator.model.prepared import Prepared, Source
from annotator.project.duplicates import Kin
from annotator.project.importing import USUAL, Way, import_dataset
from annotator.project.outcomes import ALREADY_THERE, IMPORTED, REFUSED, Outcome, Report
from annotator.project.project import Act, Project, new_set
from annotator.project.versions import earlier_text
from annotator.storage import intake

MANY_FILES = 20
"""From so many on the project is backed up before they come."""
BATCH = 32
"""Articles in one op: short enough that an act of the person waits unnoticed in between."""
BATCH_CHARACTERS = 400_000


class _Waiting(NamedTuple):
    """An article that is stored with the next batch, and the place of its outcome."""

    at: int
    prepared: Prepared


class TakingIn:
    """Takes what was found, one thing after the other, then ``flush``."""

    def __init__(self, project: Project, way: Way = USUAL) -> None:
        self._project = project
        self._way = way
        self._step: str | None = None
        self._waiting: list[_Waiting] = []
        self._source: Source | None = None
        self._sources: dict[str, Source] = {}
        self._characters = 0
        self._outcomes: list[Outcome] = []

    def take(self, name: str, reply: Reply) -> None:
        """Take one thing that was found in a file: its bytes, an article, or why there is none."""
        if reply.source is not None:
            self._source = reply.source
        elif reply.refused is not None:
            self.refuse(name, reply.refused)
        elif reply.article is not None:
            self._article(name, reply.article)

    def refuse(self, name: str, reason: str) -> None:
        """Say why something is not taken in."""
        self._outcomes.append(Outcome(name=name, result=REFUSED, reason=reason))

    def dataset(self, path: Path) -> None:
        """Take in a dataset, whole or not at all."""
        self.flush()
        report = import_dataset(self._project, path, way=self._way)
        new = report.documents or report.new_sets
        self._outcomes.append(
            Outcome(
                name=str(path),
                result=IMPORTED if new else ALREADY_THERE,
                documents=report.documents,
                notes=report.notes,
            )
        )

    def flush(self) -> None:
        """Store what waits."""
        if not self._waiting:
            return
        with self._project.op("Import articles", step=self._step) as act:
            self._step = act.tx.head.step
            self._store(act)
        self._waiting, self._sources, self._characters = [], {}, 0

    def report(self) -> Report:
        """What became of everything so far."""
        return Report(tuple(self._outcomes))

    def _article(self, name: str, found: Prepared) -> None:
        said = found.metadata
        if not said.get("title") and not said.get("file"):
            found = replace(found, metadata={**said, "title": _first_words(found.text)})
        self._waiting.append(_Waiting(len(self._outcomes), found))
        self._outcomes.append(outcome_of(name, found))
        if self._source is not None and self._source.sha256 == found.source_sha256:
            self._sources[self._source.sha256] = self._source
        self._characters += len(found.text)
        if len(self._waiting) >= BATCH or self._characters >= BATCH_CHARACTERS:
            self.flush()

    def _store(self, act: Act) -> None:
        batch = [prepared for _, prepared in self._waiting]
        known = act.read.documents_of_files([one.source_sha256 or "" for one in batch])
        # The texts go ahead, so that the articles can be compared with each other too.
        intake.store_texts(act.tx, batch)
        kin = Kin(act, batch)
        for at, prepared in self._waiting:
            key = (prepared.source_sha256 or "", prepared.part)
            if key in known:
                told: dict[str, Any] = {"result": ALREADY_THERE}
            else:
                known[key], told = self._enter(act, prepared, kin)
            self._outcomes[at] = replace(self._outcomes[at], documents=(known[key],), **told)
        sets = [new_set(document.id, act.tx) for document, _ in kin.documents]
        intake.take_in(act.tx, kin.documents, list(self._sources.values()), sets)

    def _enter(self, act: Act, prepared: Prepared, kin: Kin) -> tuple[str, dict[str, Any]]:
        """The id of the document for an article, and what is to be told of it.

        One that was removed comes back as it was.
        """
        removed = act.read.hidden_document(prepared.source_sha256 or "", prepared.part)
        if removed is not None:
            intake.show_again(act.tx, removed)
            if not act.read.sets(removed.id):  # they went when its first import was undone
                act.tx.add(new_set(removed.id, act.tx))
            return removed.id, {}
        document = new_document(prepared, act.tx.at)
        earlier = earlier_text(act.read, document)
        alike = kin.add(replace(document, earlier_id=earlier and earlier.id), prepared)
        return document.id, told_of(alike, earlier)


def new_document(prepared: Prepared, at: str) -> Document:
    """The document that an article becomes."""
    return Document(
        id=new_id(),
        metadata=prepared.metadata,
        text_sha256=prepared.text_sha256,
        source_sha256=prepared.source_sha256,
        length=len(prepared.text),
        reader=prepared.reader,
        created=at,
        part=prepared.part,
        origins=prepared.origins,
    )


def outcome_of(name: str, prepared: Prepared) -> Outcome:
    """What is said of an article that is to be imported."""
    said = prepared.metadata
    return Outcome(
        name=name,
        result=IMPORTED,
        notes=prepared.warnings,
        title=str(said.get("title") or ""),
        outlet=str(said.get("outlet") or said.get("site") or ""),
        published=str(said.get("published") or ""),
        words=prepared.body,
    )


def told_of(
    alike: tuple[Document, float] | None, earlier: Document | None
) -> dict[str, str | float]:
    """What an outcome says of the documents beside an article."""
    told: dict[str, str | float] = {}
    if alike is not None:
        same, share = alike
        told = {"same_as": same.id, "same_title": same.title, "likeness": round(share, 3)}
    if earlier is not None:
        told |= {"earlier": earlier.id, "earlier_title": earlier.title}
    return told


def _first_words(text: str) -> str:
    """What a pasted article is called that has no headline."""
    line = text.strip().split("\n", 1)[0]
    return line if len(line) <= 60 else line[:59].rsplit(" ", 1)[0] + "…"
