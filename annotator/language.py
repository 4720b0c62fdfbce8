"""The person's language: what is said stands in the code in English and is looked up in a catalog.

A catalog is ``<folder>/<language>/LC_MESSAGES/annotator.mo``, in resources/locale or in the folder that
ANNOTATOR_LOCALE names. Which languages are wanted say LANGUAGE, LC_ALL, LC_MESSAGES and LANG, as gettext
reads them. It is chosen once, as the program starts; where there is none, English is spoken.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from annotator import resources

if TYPE_CHECKING:
    from gettext import NullTranslations

DOMAIN = "annotator"


def tr(message: str, /, **values: object) -> str:
    """A whole sentence or name in the person's language; ``{field}`` is filled in by its value."""
    words = _CATALOG.gettext(message) if _CATALOG else message
    return _filled(words, message, values)


def trn(one: str, many: str, count: int, /, **values: object) -> str:
    """The same of so many things; ``{count}`` is how many."""
    english = one if count == 1 else many
    words = _CATALOG.ngettext(one, many, count) if _CATALOG else english
    return _filled(words, english, {"count": count, **values})


def in_english(message: str, /) -> str:
    """Words that are kept in English, in a project or a dataset, and shown with ``spoken``."""
    return message


def spoken(kept: str, /) -> str:
    """Kept words in the person's language; as they are where they are no message."""
    return _CATALOG.gettext(kept) if kept and _CATALOG else kept


def text(name: str) -> str:
    """A resource in the person's language: ``help/de/first.md`` where there is one, else ``help/first.md``."""
    folder, _, last = name.rpartition("/")
    own = f"{folder}/{code()}/{last}"
    return resources.text(own if resources.path(own).is_file() else name)


def code() -> str:
    """Which language is spoken, as its catalog's folder is called: ``de``, ``pt_BR``; ``en`` without one."""
    return _FOUND.parent.parent.name if _FOUND else "en"


def _find() -> Path | None:
    own = os.environ.get("ANNOTATOR_LOCALE")
    folders = ([Path(own)] if own else []) + [resources.path("locale")]
    for folder in filter(Path.is_dir, folders):
        from gettext import find  # only where there is something to be found: it costs the start

        found = find(DOMAIN, str(folder))
        if found:
            return Path(found)
    return None


def _load(found: Path | None) -> NullTranslations | None:
    if found is None:
        return None
    from gettext import GNUTranslations

    try:
        with found.open("rb") as file:
            return GNUTranslations(file)
    except (OSError, ValueError):  # a broken catalog silences nobody
        return None


def _filled(words: str, english: str, values: dict[str, object]) -> str:
    if not values:
        return words
    try:
        return words.format(**values)
    except (AttributeError, LookupError, ValueError):  # a translation with a field of its own
        return english.format(**values)


_FOUND = _find()
_CATALOG = _load(_FOUND)
