"""spaCy: a DocBin with every mark as a span of the group ``sc``. Needs spaCy.

The tokens are those of spaCy's blank pipeline of the article's language, for a model is trained on them;
a mark that does not begin and end with them is widened to. What spans cannot hold goes along in the
documents' own data.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec

from annotator.errors import FormatError
from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.foreign import Link, Mark, Record, as_entry
from annotator.formats.lacking import links_within, tell_marks
from annotator.formats.out import Out
from annotator.formats.provenance import told
from annotator.language import in_english, tr
from annotator.model.dataset import NO_ATTRIBUTES, Entry
from annotator.model.loss import EDGES, NO_WORD, SPLIT

GROUP = "sc"
"""The group that spaCy's span categorizer looks for."""
DATA = "annotator"


class Spacy(Plain):
    """The format; it has no options for writing."""

    name = "spacy"
    title = in_english("spaCy DocBin")
    suffixes = (".spacy",)
    reads = writes = trains = True
    holds = frozenset({"texts", "spans", "nested", "attributes", "notes", "relations", "sets"})
    takes = frozenset({"annotator"})
    counts = in_english("document")

    @property
    def uses(self) -> tuple[str, ...]:  # type: ignore[override]
        """The tokenizer, where it is here."""
        try:
            return (f"spacy/{required_spacy().__version__}",)
        except FormatError:
            return ("spacy",)

    def recognizes(self, path: Path) -> bool:
        """Whether the name ends so."""
        return path.suffix == ".spacy" and path.is_file()

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each document."""
        spacy = required_spacy()
        try:
            found = spacy.tokens.DocBin().from_bytes(path.read_bytes())
            documents = list(found.get_docs(spacy.blank("xx").vocab))
        except (ValueError, KeyError, msgspec.DecodeError, OSError, EOFError) as error:
            if isinstance(error, OSError):
                raise
            raise FormatError(
                tr("{path}: this is not a DocBin ({error}).", path=path, error=error)
            ) from None
        except Exception as error:  # zlib and srsly have errors of their own
            raise FormatError(
                tr("{path}: this is not a DocBin ({error}).", path=path, error=error)
            ) from None
        for number, doc in enumerate(documents, 1):
            yield number, as_entry(_record(doc, path, number), self.name, reading)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as a document. A DocBin is held in memory until it is whole."""
        spacy = required_spacy()
        found = spacy.tokens.DocBin(store_user_data=True)
        for entry in entries:
            found.add(self._document(entry, writing))
        out.file().write(found.to_bytes())

    def _document(self, entry: Entry, writing: Writing) -> Any:
        spacy = required_spacy()
        losses = writing.losses
        tell_marks(entry.spans, self.holds, losses)
        doc = _blank(str(entry.metadata.get("language") or "xx")[:2].lower()).make_doc(entry.text)
        group: list[Any] = []
        data: dict[str, Any] = {}
        for span in entry.spans:
            pieces = [doc.char_span(a, b, alignment_mode="expand") for a, b in span.segments]
            pieces = [piece for piece in pieces if piece is not None and piece.text.strip()]
            if not pieces:
                losses.add(NO_WORD, (span.id,))
                continue
            if len(pieces) > 1:
                losses.add(SPLIT, (span.id,))
            if [(p.start_char, p.end_char) for p in pieces] != list(span.segments):
                losses.add(EDGES, (span.id,))
            for piece in pieces:
                group.append(
                    spacy.tokens.Span(doc, piece.start, piece.end, span.label, span_id=span.id)
                )
            said: dict[str, Any] = {"note": span.note} if span.note else {}
            if span.attributes != NO_ATTRIBUTES:
                said["attributes"] = msgspec.json.decode(span.attributes)
            if said:
                data[span.id] = said
        doc.spans[GROUP] = group
        kept = {piece.id_ for piece in group}
        links = links_within(entry, [s for s in entry.spans if s.id in kept], losses)
        own = entry.annotation_set
        doc.user_data[DATA] = {
            "doc_id": entry.doc_id, "annotator": own.annotator, "status": own.status,
            "split": entry.split or "", "marks": data,
            "links": [{"type": r.type, "from": r.from_, "to": r.to} for r in links],
        }  # fmt: skip
        return doc


SPACY = Spacy()


def required_spacy() -> Any:
    """The library. Raises FormatError saying what to install."""
    try:
        import_module("spacy.tokens")
        return import_module("spacy")
    except ImportError:
        raise FormatError(
            tr(
                "This needs spaCy, which is not here: pip install 'annotator[spacy]'; nothing was "
                "written or read."
            )
        ) from None


@lru_cache(maxsize=8)
def _blank(language: str) -> Any:
    """The tokenizer of a language; the one for any language where there is none."""
    spacy = required_spacy()
    try:
        return spacy.blank(language)
    except (ImportError, OSError):
        return spacy.blank("xx")


def _record(doc: Any, path: Path, number: int) -> Record:
    """A document's spans of our group, else those of all groups and its entities."""
    data = doc.user_data.get(DATA)
    data = data if isinstance(data, dict) else {}
    ours = told(data)
    groups = [doc.spans[GROUP]] if GROUP in doc.spans else [*doc.spans.values(), doc.ents]
    spans = [span for group in groups for span in group]
    said = data.get("marks", {})
    first: dict[str, str] = {}
    marks: list[Mark] = []
    for n, span in enumerate(spans):
        first.setdefault(span.id_ or str(n), str(n))
        more = said.get(span.id_, {})
        marks.append(Mark(
            key=str(n), label=span.label_ or "span", ranges=[(span.start_char, span.end_char)],
            attributes=more.get("attributes", {}), note=more.get("note", ""),
        ))  # fmt: skip
    links = [
        Link(type=one["type"], from_=_end(one, "from", first), to=_end(one, "to", first))
        for one in data.get("links", [])
    ]
    return Record(
        where=f"{path}, document {number}", number=number, text=doc.text, marks=marks, links=links,
        annotator=ours.annotator, doc_id=ours.doc_id, status=ours.status,
        metadata={"title": f"{path.stem} {number}"},
    )  # fmt: skip


def _end(link: dict[str, str], end: str, first: dict[str, str]) -> str:
    """The mark at the end of a link; one that is not there keeps its name, and is refused by it."""
    return first.get(link[end], link[end])
