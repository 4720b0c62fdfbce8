"""URLs as they are compared: what only says how somebody came to a page is not part of its address."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(
    r"utm_\w+|fbclid|gclid|dclid|msclkid|mc_[ce]id|igshid|ref|ref_src|src|cmp|cmpid|ito|ocid|smid|amp",
    re.IGNORECASE,
)
_ARCHIVE = re.compile(
    r"^(?:web\.archive\.org/web|archive\.\w+)/\d{4,14}(?:[a-z]{2}_)?/", re.IGNORECASE
)
_LEADING = re.compile(r"^(?:https?:)?/*(?:www\.|m\.|amp\.)?", re.IGNORECASE)


def address(url: str) -> str:
    """What two URLs of the same page have in common; empty where a URL names no page of a site.

    Without the scheme, “www.”, the fragment, tracking parameters, a trailing slash and an archive's
    prefix. The front page of a site is no article's address.
    """
    bare = _LEADING.sub("", url.strip())
    bare = _LEADING.sub("", _ARCHIVE.sub("", bare))
    try:
        parts = urlsplit("//" + bare)
        host = (parts.hostname or "").rstrip(".")
    except ValueError:  # a bracket that belongs to no number
        return ""
    path = re.sub(r"/(?:amp|index\.\w{3,5})?/?$", "", parts.path)
    kept = [pair for pair in parse_qsl(parts.query) if not _TRACKING.fullmatch(pair[0])]
    if "." not in host or not (path or kept):
        return ""
    return host + path + ("?" + urlencode(sorted(kept)) if kept else "")
