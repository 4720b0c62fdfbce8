"""Dates as they are known of articles: a day, or only its month or year."""

from __future__ import annotations

import re
from datetime import date

from annotator.errors import DatasetError
from annotator.language import tr

_KNOWN = re.compile(r"(\d{4})(?:(-\d\d)(?:(-\d\d))?)?(?![\d-])")


def reach(published: str) -> tuple[str, str] | None:
    """The first and the last day (YYYY-MM-DD) that may be meant; None where no date is known."""
    known = _KNOWN.match(published.strip())
    if known is None:
        return None
    year, month, day = known.groups()
    return f"{year}{month or '-01'}{day or '-01'}", f"{year}{month or '-12'}{day or '-31'}"


def require_date(said: str) -> str:
    """YYYY-MM-DD as it was said. Raises DatasetError."""
    try:
        if date.fromisoformat(said).isoformat() == said:
            return said
    except ValueError:
        pass
    raise DatasetError(tr("“{said}” is not a date; one looks like 2024-05-31.", said=said))
