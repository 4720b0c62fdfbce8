"""Days and hours as a person reads them."""

from __future__ import annotations

from datetime import date, datetime

from annotator.language import tr

MONTHS = (
    tr("Jan"), tr("Feb"), tr("Mar"), tr("Apr"), tr("May"), tr("Jun"),
    tr("Jul"), tr("Aug"), tr("Sep"), tr("Oct"), tr("Nov"), tr("Dec"),
)  # fmt: skip


def day(published: str) -> str:
    """A date of publication: 21 Jun 2024, or as much of it as is known."""
    parts = published[:10].split("-")
    if not all(part.isdigit() for part in parts) or len(parts) > 3:
        return published
    words = [str(int(parts[2]))] if len(parts) == 3 else []
    if len(parts) > 1 and 1 <= int(parts[1]) <= 12:
        words.append(MONTHS[int(parts[1]) - 1])
    return " ".join([*words, parts[0]])


def moment(at: str) -> str:
    """When an act was done, in the person's own time: the hour if it was today, else the day too."""
    then = _local(at)
    hour = f"{then:%H:%M}"
    if then.date() == date.today():
        return hour
    return f"{then.day} {MONTHS[then.month - 1]} {hour}"


def whole(at: str) -> str:
    """When an act was done, to the second, in the person's own time."""
    return f"{_local(at):%Y-%m-%d %H:%M:%S}"


def _local(at: str) -> datetime:
    return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone()
