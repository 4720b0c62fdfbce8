"""Which formats there are, and how the right one is found."""

from __future__ import annotations

import logging
from functools import cache
from importlib.metadata import EntryPoint, entry_points
from pathlib import Path
from pkgutil import resolve_name

from annotator.errors import FormatError
from annotator.formats.base import Format
from annotator.language import tr

GROUP = "annotator.formats"
BUILT_IN = {
    "jsonl": "annotator.formats.jsonl:JSONL",
    "project": "annotator.project.whole:WHOLE",
    "hf": "annotator.formats.hf:HF",
    "chat": "annotator.formats.chat:CHAT",
    "sentences": "annotator.formats.sentences:SENTENCE_ROWS",
    "relation-pairs": "annotator.formats.pairs:PAIRS",
    "spacy": "annotator.formats.spacy_docs:SPACY",
    "prodigy": "annotator.formats.prodigy:PRODIGY",
    "doccano": "annotator.formats.doccano:DOCCANO",
    "label-studio": "annotator.formats.label_studio:LABEL_STUDIO",
    "brat": "annotator.formats.brat:BRAT",
    "conll": "annotator.formats.conll:CONLL",
    "csv": "annotator.formats.csvs:CSV",
    "parquet": "annotator.formats.parquet:PARQUET",
    "uima-xmi": "annotator.formats.uima_xmi:UIMA_XMI",
    "refi-qda": "annotator.formats.refi_qda:REFI_QDA",
    "offsets": "annotator.formats.offsets:OFFSETS",
}
"""By name, where each is found once somebody asks; in the order in which they are shown."""


@cache
def formats() -> tuple[Format, ...]:
    """The built-in formats, then those of plug-ins.

    A plug-in that cannot be loaded is named in the log and left out.
    """
    plugged = [point for point in entry_points(group=GROUP) if point.name not in BUILT_IN]
    return (*map(resolve_name, BUILT_IN.values()), *filter(None, map(_loaded, plugged)))


def named(name: str) -> Format:
    """The format of that name. Raises FormatError."""
    found = next((one for one in formats() if one.name == name), None)
    if found is None:
        known = ", ".join(one.name for one in formats())
        raise FormatError(
            tr("There is no format “{name}”; there are {known}.", name=name, known=known)
        )
    return found


def recognize(path: Path) -> Format | None:
    """The format of a file or folder, or None where it is none of ours."""
    return next((one for one in formats() if one.reads and one.recognizes(path)), None)


def for_writing(path: Path) -> Format | None:
    """The format that a name to write to asks for: the one whose suffix is the longest it ends with."""
    writers = [(len(suffix_of(path, one)), one) for one in formats() if one.writes]
    length, found = max(writers, key=lambda one: one[0])
    return found if length else None


def suffix_of(path: Path, chosen: Format) -> str:
    """Which of the format's suffixes the name ends with; empty where with none."""
    name = path.name.lower()
    fitting = [suffix for suffix in chosen.suffixes if name.endswith(suffix)]
    return max(fitting, key=len, default="")


def _loaded(point: EntryPoint) -> Format | None:
    try:
        return point.load()
    except Exception as error:  # somebody else's code may fail in any way
        logging.getLogger(__name__).warning("Format %s cannot be loaded: %s", point.name, error)
        return None
