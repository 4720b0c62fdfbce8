"""What programs that save pages write into them: the page's address and the day it was saved.

SingleFile and browsers write a comment above the page, Save Page WE meta elements, the Wayback Machine
a comment and addresses of its own, archive.today a link.
"""

from __future__ import annotations

import re
from typing import Any

from annotator.articles import dates
from annotator.articles.details import Details

NEAR = 8192
"""Characters from the top, and from the end, in which a stamp stands."""

_BROWSER = re.compile(r"<!--\s{0,9}saved from url=\(\d{1,5}\)\s{0,9}(https?://[^\s>]+)")
_SINGLE_FILE = re.compile(
    r"<!--\s{0,9}Page saved with SingleFile(?P<rest>.{0,2500}?)-->", re.DOTALL
)
_URL = re.compile(r"\burl:\s*(https?://\S+)")
_SAVED = re.compile(r"\bsaved date:\s*\w{3} (\w{3} \d{1,2} \d{4})")
_WAYBACK_SAVED = re.compile(r"FILE ARCHIVED ON \d\d:\d\d:\d\d (\w{3} \d{1,2}, \d{4})")
_WAYBACK = re.compile(
    r"^(?:https?:)?//(?:web\.)?archive\.org/web/(\d{4,14})(?:[a-z]{2}_)?/(.+)", re.IGNORECASE
)
_TODAY = re.compile(
    r"^https?://archive\.(?:today|is|ph|li|vn|fo|md)/(\d{4}\.?\d\d\.?\d\d)[\d.-]*/(https?://.+)",
    re.IGNORECASE,
)


def read(root: Any, markup: str, meta: dict[str, str]) -> Details:
    """The address and the day of saving that a stamp gives, where there is one."""
    found = Details()
    top = markup[:NEAR]
    single = _SINGLE_FILE.search(top)
    if single:
        _take(found, _URL.search(single["rest"]), _SAVED.search(single["rest"]), "SingleFile")
    _take(found, _BROWSER.search(top), None, "browser")
    found.add("url", meta.get("savepage-url", ""), "Save Page WE", 0.95)
    found.add("saved", dates.find(meta.get("savepage-date", "")), "Save Page WE")
    archived = _WAYBACK_SAVED.search(top) or _WAYBACK_SAVED.search(markup[-NEAR:])
    found.add("saved", dates.find(archived[1]) if archived else "", "Wayback Machine", 0.9)
    for link in root.xpath('//link[@rel="bookmark" or @rel="canonical"]/@href')[:5]:
        _archived(found, str(link))
    if "url" in found.metadata:
        _archived(found, found.metadata["url"])
    return found


def original(url: str) -> str:
    """The address of the page itself, where the given one is an archive's."""
    archived = _WAYBACK.match(url) or _TODAY.match(url)
    return archived[2] if archived else url


def _take(
    found: Details, url: re.Match[str] | None, saved: re.Match[str] | None, place: str
) -> None:
    found.add("url", url[1] if url else "", place, 0.95)
    found.add("saved", dates.find(saved[1]) if saved else "", place)


def _archived(found: Details, url: str) -> None:
    """What an archive's own address says."""
    for form, place in ((_WAYBACK, "Wayback Machine"), (_TODAY, "archive.today")):
        archived = form.match(url)
        if archived:
            found.add("url", archived[2], place, 0.97)
            found.add("saved", _day(archived[1]), place)


def _day(stamp: str) -> str:
    digits = stamp.replace(".", "")
    return dates.find("-".join((digits[:4], digits[4:6], digits[6:8]))) if len(digits) >= 8 else ""
