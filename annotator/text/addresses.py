"""URLs as they are compared, and as they may be opened."""

from __future__ import annotations

import re
from typing import NamedTuple
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


class Link(NamedTuple):
    """What may be handed to a browser or mail program, and where it really leads."""

    url: str
    host: str
    """Whom it reaches, in ASCII: letters that only look like others are told by their code (“xn--…”)."""


def link(words: str) -> Link | None:
    """The link that an article names; None for all but http, https and mailto with somebody to reach."""
    url = words.strip()
    if any(sign.isspace() or not sign.isprintable() for sign in url):
        return None
    try:
        parts = urlsplit(url)
        named = parts.path.rpartition("@")[2] if parts.scheme == "mailto" else parts.hostname
        host = (named or "").encode("idna").decode("ascii")
    except ValueError:  # a bracket that belongs to no number; a name that cannot be one
        return None
    if parts.scheme not in ("http", "https", "mailto") or not host:
        return None
    return Link(url, host)
