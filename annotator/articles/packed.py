"""Files that are ZIP archives of others: read by name, in memory, never unpacked to a disk."""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import Any

from annotator.articles.naming import said, suffix_of
from annotator.errors import ArticleError
from annotator.language import tr

MEMBERS = 10_000
LARGEST = 100 * 1024 * 1024
"""Bytes of one member."""
ALTOGETHER = 500 * 1024 * 1024
RATIO = 200
"""How many times larger than packed a member may be, where it is larger than a megabyte."""
SMALL = 1024 * 1024

ZIP = b"PK\x03\x04"


class Packed:
    """An archive of which every member is counted while it is unpacked."""

    def __init__(self, data: bytes, name: str) -> None:
        self._name = name
        self._read = 0
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise ArticleError(
                tr("{name} is broken or cut off (ZIP); it was not imported.", name=said(name))
            ) from error
        if len(self._archive.namelist()) > MEMBERS:
            raise self._refusal(tr("it holds more than {members} files", members=MEMBERS))
        self.names = frozenset(self._archive.namelist())

    def read(self, member: str) -> bytes:
        """The bytes of a member. Raises ArticleError where it is broken, locked or far too large."""
        try:
            info = self._archive.getinfo(member)
            with self._archive.open(info) as stream:
                data = stream.read(LARGEST + 1)
        except RuntimeError as error:
            if "password" in str(error) or "encrypted" in str(error):
                raise self._refusal(tr("it is locked with a password")) from None
            raise self._refusal(tr("it is broken")) from None
        except KeyError:
            raise self._refusal(tr("{member} is missing in it", member=member)) from None
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, ValueError):
            raise self._refusal(tr("it is broken or cut off")) from None
        self._read += len(data)
        swollen = len(data) > SMALL and len(data) > RATIO * max(1, info.compress_size)
        if len(data) > LARGEST or self._read > ALTOGETHER or swollen:
            raise self._refusal(tr("it unpacks to far more than an article"))
        return data

    def xml(self, member: str) -> Any:
        """A member as a tree of elements. Raises ArticleError."""
        from annotator.articles.xml import parsed

        return parsed(self.read(member), self._name)

    def _refusal(self, why: str) -> ArticleError:
        return ArticleError(
            tr("{name} cannot be read: {why}; it was not imported.", name=said(self._name), why=why)
        )


def holds(data: bytes, name: str, suffix: str, *members: str) -> bool:
    """Whether it is a ZIP archive with one of these members, or a broken one that is called so.

    It is asked of every file, so it never raises.
    """
    if not data.startswith(ZIP):
        return False
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except Exception:  # what is wrong with it is said by the reader
        return suffix_of(name) == suffix
    return any(member in names for member in members)
