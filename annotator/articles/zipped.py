"""A ZIP archive of saved articles (.zip): every file in it, read as what it holds."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from annotator.articles.naming import PASTED, said, suffix_of
from annotator.articles.packed import ZIP, Packed
from annotator.errors import ArticleError
from annotator.language import tr
from annotator.model.document import Article

NOT_MEANT = (".", "__MACOSX")
"""How the names of folders and files begin that a system put there for itself."""


class ZipReader:
    """Hands each file of an archive to the reader of its kind; nothing is unpacked to a disk."""

    name = "zip/1"
    suffixes = (".zip",)

    def recognizes(self, data: bytes, name: str) -> bool:
        """An archive that is called one: office documents, which are archives too, are asked before."""
        return data.startswith(ZIP) and suffix_of(name) in self.suffixes

    def read(self, data: bytes, name: str) -> Iterator[Article | ArticleError]:
        """The articles of its files in the order of their names. Raises ArticleError."""
        from annotator.articles import registry  # which asks this reader

        packed = Packed(data, name)
        part = 0
        for member in sorted(packed.names):
            if member.endswith("/") or any(one.startswith(NOT_MEANT) for one in member.split("/")):
                continue
            inner = packed.read(member)
            if inner.startswith(ZIP) and suffix_of(member) == ".zip":
                yield ArticleError(
                    tr(
                        "{member} in {name} is an archive itself; it was not imported.",
                        member=member,
                        name=said(name),
                    )
                )
                continue
            for found in registry.read_all(inner, member):
                if isinstance(found, ArticleError):
                    yield found
                    continue
                part += 1
                file = member if name in PASTED else f"{name}/{member}"
                metadata = {**found.metadata, "file": file}
                yield replace(found, source=data, part=part, metadata=metadata)


READER = ZipReader()
