"""What is found out about an article: for each key the surest value, and where it was found."""

from __future__ import annotations

from typing import Any

from annotator.model.document import Origin

NOTHING = (None, "", [])


class Details:
    """Collects metadata from several places; of two values for one key the surer one stays."""

    def __init__(self) -> None:
        self.metadata: dict[str, Any] = {}
        self.origins: dict[str, Origin] = {}

    def add(self, key: str, value: Any, place: str, confidence: float = 1.0) -> None:
        """Take a value from a place; nothing is taken from an empty one."""
        before = self.origins.get(key)
        if value in NOTHING or (before is not None and before.confidence >= confidence):
            return
        self.metadata[key] = value
        self.origins[key] = Origin(place, confidence)

    def keep(self, others: dict[str, Any]) -> None:
        """Take values that nobody else gives, under keys that are not known."""
        for key, value in others.items():
            if value not in NOTHING:
                self.metadata.setdefault(key, value)

    def merge(self, other: Details) -> None:
        """Take what another place found where it is surer."""
        for key, value in other.metadata.items():
            origin = other.origins.get(key)
            if origin is None:
                self.metadata.setdefault(key, value)
            else:
                self.add(key, value, origin.place, origin.confidence)

    def said(self, key: str) -> str:
        """A value that is words, or an empty string."""
        value = self.metadata.get(key)
        return value if isinstance(value, str) else ""

    def people(self) -> list[str]:
        """The authors as far as they are known."""
        found = self.metadata.get("authors")
        return found if isinstance(found, list) else []
