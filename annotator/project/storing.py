"""Storing the entries of a dataset inside one act."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from msgspec import UNSET
from msgspec.structs import replace

from annotator.errors import FormatError
from annotator.language import tr, trn
from annotator.model.annotation import Actor, Annotation, AnnotationSet, Proposition
from annotator.model.dataset import FOREIGN, Entry, EntryRelation
from annotator.model.document import Document
from annotator.model.ids import new_id
from annotator.model.loss import LINKS_OF_OMITTED, Losses
from annotator.model.prepared import Prepared
from annotator.project import unpacking
from annotator.project.agreement import Agreement
from annotator.project.project import Act
from annotator.storage import intake
from annotator.storage.people import introduce_names

PART = 2_000
"""Marks in one op; an import of any size is then held in the memory of one part."""
TEXT = 1_000_000
"""Code points of text that wait for the database at most."""


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What came in from a dataset."""

    documents: tuple[str, ...]
    """Ids of the documents that were new."""
    new_sets: int
    known_sets: int
    spans: int
    relations: int
    notes: tuple[str, ...]


class Storing:
    """Takes sound entries one by one, of which no two have an id in common, then ``finish``."""

    def __init__(self, act: Act, agreement: Agreement, losses: Losses) -> None:
        self._act = act
        self._agreement = agreement
        self._losses = losses
        self._had_documents = intake.holds_documents(act.tx.connection)
        """Else no article of an entry can be there."""
        self._had_marks = intake.holds_marks(act.tx.connection)
        """Else no id of an entry can be taken."""
        self._people: dict[str, str] = {}
        self._actors: dict[str, str] = {}
        self._propositions: set[str] = set()
        self._articles: list[tuple[Document, Prepared]] = []
        """Those of the last entries that are new; what many bring goes to the database in one call."""
        self._sets: list[AnnotationSet] = []
        self._waiting: list[Annotation] = []
        self._links: list[tuple[str, EntryRelation]] = []
        """Links between marks that wait."""
        self._later: list[tuple[str, EntryRelation]] = []
        """Links to a mark of another entry, which can be stored only when that was."""
        self._since_part = self._text_waiting = 0
        self._beside: set[str] = set()
        """Documents that were there with the same text under another id."""
        self._new: set[str] = set()
        self.documents: list[str] = []
        self.notes: list[str] = []
        self.new_sets = self.known_sets = self.spans = self.relations = 0

    def take(self, entry: Entry) -> None:
        """Store one entry. Raises FormatError where the project holds something else by its ids."""
        entry = self._document(self._agreement.fitted(entry))
        if self._is_known(entry):
            self.known_sets += 1
            return
        self._require_free(entry)
        makers = {span.by for span in entry.spans} | {link.by for link in entry.relations}
        self._meet({entry.annotation_set.annotator} | makers)
        own, at = entry.annotation_set, self._act.tx.at
        self._sets.append(unpacking.annotation_set(entry, self._people[own.annotator], at))
        self._behind(entry)
        self._waiting += unpacking.marks(entry, self._people, self._actors, at)
        marks = {span.id for span in entry.spans}
        for link in entry.relations:
            (self._links if link.to in marks else self._later).append((own.id, link))
        self.new_sets += 1
        self.spans += len(entry.spans)
        self._breathe(1 + len(entry.spans) + len(entry.relations))

    def finish(self, *, whole: bool = True) -> None:
        """Store the links between entries; where not all came in, those whose ends are here."""
        self._flush()
        if not whole:
            self._drop_loose_ends()
        for at in range(0, len(self._later), PART):
            self._link(self._later[at : at + PART])
            self._breathe(PART)
        if self._beside:
            self.notes.append(
                trn(
                    "{count} article was here with the same text; these marks lie beside theirs.",
                    "{count} articles were here with the same text; these marks lie beside theirs.",
                    len(self._beside),
                )
            )

    def _drop_loose_ends(self) -> None:
        ends = [link.to for _, link in self._later]
        here = {mark.id for mark in self._act.read.annotations_of(ends)}
        self._losses.add(LINKS_OF_OMITTED, [r.id for _, r in self._later if r.to not in here])
        self._later = [(own, link) for own, link in self._later if link.to in here]

    def report(self) -> ImportReport:
        """What came in."""
        return ImportReport(
            documents=tuple(self.documents),
            new_sets=self.new_sets,
            known_sets=self.known_sets,
            spans=self.spans,
            relations=self.relations,
            notes=(*self._agreement.notes, *self.notes),
        )

    def _document(self, entry: Entry) -> Entry:
        """The entry with the id that its document has here, once that is stored.

        The same id and text is the same document; the same id with another text is refused. An
        unknown id with the text of a document that was here is that document.
        """
        # Two sets of one article, of which the text is proved to be the same.
        if entry.doc_id in self._new:
            return entry
        if not self._had_documents:
            self._new_document(entry)
            return entry
        found = self._act.read.any_document(entry.doc_id)
        if found is None:
            twin = self._act.read.documents_by("text_sha256", [entry.text_sha256])
            here = twin.get(entry.text_sha256)
            if here is not None and here not in self._new:
                self._beside.add(here)
                return replace(entry, doc_id=here)
            self._new_document(entry)
            return entry
        document, hidden = found
        if document.text_sha256 != entry.text_sha256:
            raise FormatError(
                tr("Document {doc_id} is in the project with another text.", doc_id=entry.doc_id)
            )
        if hidden:
            intake.show_again(self._act.tx, document)
            self.documents.append(document.id)
        return entry

    def _new_document(self, entry: Entry) -> None:
        self._articles.append(unpacking.article(entry, self._act.tx.at))
        self._text_waiting += len(entry.text)
        self.documents.append(entry.doc_id)
        self._new.add(entry.doc_id)

    def _is_known(self, entry: Entry) -> bool:
        """Whether the set is there with these very marks. Raises FormatError where with others."""
        its_id = entry.annotation_set.id
        if entry.doc_id in self._new:  # no set is on two lines
            return False
        if its_id not in {own.id for own in self._act.read.sets(entry.doc_id)}:
            return False
        if entry.schema == FOREIGN:  # its id is that of its content
            return True
        there = self._act.read.entries(document_id=entry.doc_id)
        own = next(found for found in there if found.annotation_set.id == its_id)
        if _content(own) != _content(entry):
            whose = entry.annotation_set.annotator
            raise FormatError(
                tr(
                    "Annotation set {id} of {whose} is in the project with other marks; "
                    "those of other people can be taken in alone.",
                    id=its_id,
                    whose=whose,
                )
            )
        return True

    def _require_free(self, entry: Entry) -> None:
        """Nothing else in the project has an id of this entry. Raises FormatError."""
        if not self._had_marks:
            return
        marks, links = [s.id for s in entry.spans], [link.id for link in entry.relations]
        own = [entry.annotation_set.id]
        taken = intake.taken(self._act.tx.connection, own, marks, links)
        if taken is not None:
            raise FormatError(tr("The id {taken} is something else's in the project.", taken=taken))

    def _meet(self, names: set[str]) -> None:
        new = names - self._people.keys()
        if new:
            self._people |= introduce_names(self._act.tx.connection, new)

    def _behind(self, entry: Entry) -> None:
        """What stands behind the marks: actors by name, propositions by id."""
        for span in entry.spans:
            if span.actor is not UNSET and span.actor not in self._actors:
                actor = self._act.read.actor_named(span.actor)
                if actor is None:
                    actor = Actor(new_id(), span.actor)
                    self._act.tx.add(actor)
                self._actors[span.actor] = actor.id
            if span.proposition is not UNSET and span.proposition not in self._propositions:
                if self._act.read.proposition(span.proposition) is None:
                    self._act.tx.add(Proposition(span.proposition, span.text))
                self._propositions.add(span.proposition)

    def _link(self, links: list[tuple[str, EntryRelation]]) -> None:
        values = [unpacking.link(*one, self._people, self._act.tx.at) for one in links]
        self._act.tx.add_many(values)
        self.relations += len(values)

    def _flush(self) -> None:
        """Store what waits, what is pointed at first."""
        if self._articles:
            intake.take_in(self._act.tx, self._articles)
        self._act.tx.add_many(self._sets)
        self._act.tx.add_many(self._waiting)
        self._link(self._links)
        self._articles, self._sets, self._waiting, self._links = [], [], [], []
        self._text_waiting = 0

    def _breathe(self, stored: int) -> None:
        self._since_part += stored
        if self._since_part >= PART:
            self._flush()
            self._act.next_part()
            self._since_part = 0
        elif self._text_waiting >= TEXT:
            self._flush()


def _content(entry: Entry) -> bytes:
    """What makes two sets of the same id the same."""
    spans = sorted(entry.spans, key=lambda span: span.id)
    return _canonical([entry.annotation_set, spans, sorted(entry.relations, key=lambda r: r.id)])


def _canonical(values: Sequence[object]) -> bytes:
    """JSON with sorted keys all the way down, so that only content counts."""
    return msgspec.json.encode(msgspec.json.decode(msgspec.json.encode(values)), order="sorted")
