"""What became of what was to be taken in."""

from __future__ import annotations

import csv
import io

import msgspec

IMPORTED, ALREADY_THERE, REFUSED = "imported", "already_there", "refused"


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """What became of one article, or of one file that is none."""

    name: str
    """The file it came in."""
    result: str
    """imported, already_there or refused."""
    documents: tuple[str, ...] = ()
    """Ids of the documents that it is."""
    reason: str = ""
    """Why it was refused."""
    notes: tuple[str, ...] = ()
    """What the person should know of it."""
    title: str = ""
    outlet: str = ""
    published: str = ""
    words: int = 0
    """Words of the blocks that are not dimmed."""
    same_as: str = ""
    """Id of a document that tells the same story in the same words; empty: none is stored."""
    same_title: str = ""
    """Its title, also of one that is not stored yet."""
    likeness: float = 0.0
    """How much of the words they have in common, from 0 to 1."""
    earlier: str = ""
    """Id of the document that holds an earlier text of the same address; empty: none."""
    earlier_title: str = ""


FIELDS = Outcome.__struct_fields__


class Report(msgspec.Struct, frozen=True):
    """What became of everything, in the order in which it was met."""

    outcomes: tuple[Outcome, ...]
    repeated: tuple[int, int] = (0, 0)
    """How many lines repeat in how many articles of one site and could be dimmed."""

    def count(self, result: str) -> int:
        """How many had this result."""
        return sum(outcome.result == result for outcome in self.outcomes)


def written(report: Report, *, as_json: bool) -> str:
    """The report as JSON, as `import --json` prints it, or as a table that a spreadsheet opens."""
    if as_json:
        return msgspec.json.format(msgspec.json.encode(as_document(report)), indent=2).decode()
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(FIELDS)
    for outcome in report.outcomes:
        rows.writerow([_cell(getattr(outcome, name)) for name in FIELDS])
    return out.getvalue()


def as_document(report: Report) -> dict[str, object]:
    """The report as one JSON document."""
    counts = {result: report.count(result) for result in (IMPORTED, ALREADY_THERE, REFUSED)}
    lines, articles = report.repeated
    return {"files": report.outcomes, **counts, "repeated": {"lines": lines, "articles": articles}}


def _cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula."""
    words = "; ".join(map(str, value)) if isinstance(value, tuple) else str(value)
    return "'" + words if words[:1] in ("=", "+", "-", "@", "\t", "\r") else words
