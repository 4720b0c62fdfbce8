"""LexisNexis as it was until 2019: ``1 of 10 DOCUMENTS``, the paper and the date centred above the text.

Labels stand in capitals in the language of the one who searched. The text is wrapped at 80 characters;
its line breaks stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from annotator.articles import dates
from annotator.articles.base import Piece
from annotator.articles.details import Details
from annotator.articles.press.export import SURE, Export, Item, length_in
from annotator.articles.press.labels import (
    add_authors,
    key_of,
    label_of,
    stands_behind,
    take,
)

_FIRST = re.compile(
    r"\s*\d{1,6} (?:of|von|de|van|di|sur) \d{1,6} (?:DOCUMENTS?|DOKUMENTEN?|DOCUMENTEN|DOCUMENTI|DOCUMENTOS)\s*",
    re.IGNORECASE,
)
_CENTRED = re.compile(r"[ \t]{6,}\S")
_RIGHTS = re.compile(
    r"\s*(?:copyright\b|©|all rights reserved|tous droits|alle rechte)", re.IGNORECASE
)
_PICTURE = re.compile(r"GRAPHIC|GRAFIK|GRAPHIQUE", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://\S+(?:\n\S+)?")
_PERSON = re.compile(
    r"[^\W\d_a-z][\w.’'-]*(?: (?:[^\W\d_a-z][\w.’'-]*|v[ao]n|de|der|di|du|el)){1,4}"
)
"""A name that stands below the headline without a label."""
AHEAD = 3
"""Groups of lines behind the headline among which a label or the date may still stand."""
SHORT = 120
"""Characters of a line that may stand between the headline and a label."""


def found_in(lines: Sequence[str]) -> Export | None:
    """The articles of an export; None where the lines are none."""
    starts = [n for n, line in enumerate(lines) if _FIRST.fullmatch(line)]
    if not starts:
        return None
    ends = [*starts[1:], len(lines)]
    groups = [
        list(_groups(lines[start + 1 : end])) for start, end in zip(starts, ends, strict=True)
    ]
    return Export("LexisNexis", [_item(one) for one in groups])


def _groups(lines: Sequence[str]) -> Iterator[str]:
    """Lines that follow one another without a blank one."""
    group: list[str] = []
    for line in [*lines, ""]:
        if line.strip():
            group.append(line)
        elif group:
            yield "\n".join(group)
            group = []


def _item(groups: list[str]) -> Item:
    item = Item([], Details())
    at = 0
    while at < len(groups) and _is_above(item, groups, at):
        at += 1
    end = _end(groups, at)
    item.pieces += [Piece(group) for group in groups[at:end]]
    for group in groups[end:]:
        label, value = label_of(group)
        role = take(item, label, value) if label else "boilerplate"
        if end == at and _PICTURE.fullmatch(label):  # a picture and what it shows is all there is
            head, _, rest = group.partition(":")
            item.pieces += (Piece(head + ":", role="boilerplate"), Piece(rest.strip()))
        else:
            item.pieces.append(Piece(group, role=role))
    return item


def _is_above(item: Item, groups: Sequence[str], at: int) -> bool:
    """Take a group of lines that stands above the text; False for the first of the text."""
    group = groups[at]
    line = " ".join(group.split())
    label, value = label_of(group)
    if key_of(label) == "text" and value:
        head, _, rest = group.partition(":")
        item.pieces += (Piece(head + ":", role="boilerplate"), Piece(rest.strip()))
    elif (
        _is_head(group, line)
        or (at == 0 and not any(map(_is_centred, groups[:AHEAD])))
        or (
            item.pieces
            and not {"title", "published"} & item.about.metadata.keys()
            and _is_day(line)
        )
    ):
        item.pieces.append(Piece(group, role=_heading(item, group)))
    elif key_of(label):
        kind = "heading" if key_of(label) == "title" else "paragraph"
        item.pieces.append(Piece(group, kind, take(item, label, value)))
    elif any(map(_is_label, item.pieces)):
        return False  # behind the labels the text begins
    elif "title" not in item.about.metadata:
        item.about.add("title", line, "database", SURE)
        item.pieces.append(Piece(group, "heading", "headline"))
    elif len(line) < SHORT and any(_goes_on(after) for after in groups[at + 1 : at + AHEAD]):
        is_signed = line.isupper() or _PERSON.fullmatch(line) is not None
        if is_signed and not line.isupper():
            add_authors(item.about, line)
        item.pieces.append(Piece(group, role="byline" if is_signed else "section"))
    else:
        return False
    return True


def _is_day(line: str) -> bool:
    """Whether a line is the day with the edition behind it."""
    return len(line) < SHORT and bool(dates.find(line[:40]))


def _is_centred(group: str) -> bool:
    """Whether half of its lines at least stand far from the left edge."""
    lines = group.split("\n")
    return 2 * sum(_CENTRED.match(line) is not None for line in lines) >= len(lines)


def _is_label(piece: Piece) -> bool:
    """Whether a piece is a label above the text other than the headline's."""
    is_head = _is_centred(piece.text)
    return not is_head and key_of(label_of(piece.text)[0]) not in ("", "title")


def _is_head(group: str, line: str) -> bool:
    """Whether a group is of those that print the paper, the day, the rights or the length."""
    is_date = dates.is_date_line(line) or (length_in(line) and len(line) < 20)
    return bool(_is_centred(group) or _RIGHTS.match(group) or is_date or _ADDRESS.fullmatch(group))


def _heading(item: Item, group: str) -> str:
    """What such a group is; what it says goes into the details."""
    line = " ".join(group.split())
    if _RIGHTS.match(line):
        return "boilerplate"
    first, *rest = (one.strip() for one in group.split("\n"))
    date = _day(line)
    if not date and rest and _day(rest[-1]):  # paper and day without a blank line between them
        item.about.add("outlet", first, "database", SURE)
        date = _day(rest[-1])
    if date and "outlet" not in item.about.metadata and item.pieces:  # it stands below the rights
        item.about.add("outlet", item.pieces[-1].text.split("\n")[-1].strip(), "database", SURE)
    if "outlet" not in item.about.metadata:
        item.about.add("outlet", line, "database", SURE)
        return "section"
    if date and "published" not in item.about.metadata:
        item.about.add("published", date, "database", SURE)
        return "dateline"
    item.words = item.words or length_in(line)
    item.about.add(
        "url", line.replace(" ", "") if line.startswith("http") else "", "database", SURE
    )
    return "boilerplate"


def _day(line: str) -> str:
    """The day that a line says, or as much of it as it says."""
    return dates.find(line) or dates.find_month(line) or dates.find_season(line)


def _goes_on(group: str) -> bool:
    """Whether a group belongs above the text for certain."""
    return bool(key_of(label_of(group)[0])) or _is_centred(group)


def _end(groups: Sequence[str], body: int) -> int:
    """Where the text ends: before the labels and rights behind it, and what stands among them."""
    end = len(groups)
    while end > body and _is_behind(groups[end - 1]):
        end -= 1
    for n in range(body, end):
        label = label_of(groups[n])[0]
        if stands_behind(label) or key_of(label):
            plain = sum(not _is_behind(group) for group in groups[n:])
            if plain <= max(2, (len(groups) - n) // 3):
                return n
    return end


def _is_behind(group: str) -> bool:
    label = label_of(group)[0]
    return bool(stands_behind(label) or key_of(label) or _RIGHTS.match(group) or _is_centred(group))
