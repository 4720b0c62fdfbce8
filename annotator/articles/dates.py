"""Dates as articles print them, brought to YYYY-MM-DD; never a day that is not there."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar janvier enero جنوری",
            "february feb februar février febrero فروری",
            "march mar märz mars marzo مارچ",
            "april apr avril abril اپریل",
            "may mai mayo مئی",
            "june jun juni juin junio جون",
            "july jul juli juillet julio جولائی",
            "august aug août agosto اگست",
            "september sep sept septembre septiembre ستمبر",
            "october oct oktober octobre octubre اکتوبر",
            "november nov novembre noviembre نومبر",
            "december dec dezember décembre diciembre دسمبر",
        ),
        1,
    )
    for name in names.split()
}
_MONTH = r"(?P<month>[^\W\d_]{3,10})\.?"
_FORMS = [
    re.compile(r"(?P<year>\d{4})-(?P<number>\d{2})-(?P<day>\d{2})(?=\D|$)"),
    re.compile(
        rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:de\s+)?{_MONTH},?\s+(?:de\s+)?(?P<year>\d{{4}})\b"
    ),
    re.compile(rf"\b{_MONTH}\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>\d{{4}})\b"),
]
_AROUND = re.compile(
    r"(?:published|updated|posted|last|modified|on|at|date|the|\d{1,2}:\d{2}(?::\d{2})?|[ap]\.?m\.?|"
    r"[A-Z]{2,4}T?|(?:mon|tues?|wednes|thurs?|fri|satur|sun)(?:day)?|[\W_])*",
    re.IGNORECASE,
)

_TO_LATIN = {base + n: str(n) for base in (0x0660, 0x06F0, 0x0966) for n in range(10)}


def find(words: str) -> str:
    """The first date in the words as YYYY-MM-DD, or an empty string."""
    found = _first(words.translate(_TO_LATIN))
    return found[0] if found else ""


def is_date_line(line: str) -> bool:
    """Whether a line says a date (perhaps with a time or a weekday) and nothing else."""
    digits = line.translate(_TO_LATIN)
    found = _first(digits)
    if found is None:
        return False
    rest = digits[: found[1]] + " " + digits[found[2] :]
    return len(line) < 80 and _AROUND.fullmatch(rest) is not None


def _first(words: str) -> tuple[str, int, int] | None:
    for form in _FORMS:
        for match in form.finditer(words):
            group = match.groupdict()
            month = int(group["number"]) if "number" in group else _month(group["month"])
            try:
                day = date(int(group["year"]), month, int(group["day"]))
            except ValueError:
                continue
            return day.isoformat(), match.start(), match.end()
    return None


def _month(name: str) -> int:
    return _MONTHS.get(name.casefold(), 0)
