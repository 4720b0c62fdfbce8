"""How a saved article is called."""

from __future__ import annotations

import re

from annotator.language import tr

PASTED = ("", "-")
"""Names of what did not come out of a file."""

_SUFFIX = re.compile(r"(?<=[^./\\])\.[a-zA-Z0-9]{1,12}\Z")


def said(name: str) -> str:
    """A file's name as it stands in a sentence."""
    return tr("What was pasted") if name in PASTED else name


def suffix_of(name: str) -> str:
    """How a name ends, lower case, with the dot; a dot with anything else behind it is a title's."""
    found = _SUFFIX.search(name)
    return found[0].lower() if found else ""
