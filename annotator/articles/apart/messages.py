"""What the program and a reading process say to each other: frames of msgpack over two pipes."""

from __future__ import annotations

from typing import BinaryIO, TypeVar

import msgspec

from annotator.articles.columns import Table, TableMapping
from annotator.model.prepared import Prepared, Source

LARGEST = 256 * 1024 * 1024
"""Bytes in one frame; what is longer is no article."""

Message = TypeVar("Message")


class Ask(msgspec.Struct, frozen=True):
    """A file to be read."""

    name: str
    data: bytes
    mappings: tuple[TableMapping, ...] = ()
    """What the person says of the columns of tables."""


class Reply(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One thing that was found in it; ``finished`` comes last, also where nothing was."""

    source: Source | None = None
    article: Prepared | None = None
    refused: str | None = None
    table: Table | None = None
    """What the file is a table of, and how it is read; before its articles."""
    finished: bool = False


def send(pipe: BinaryIO, message: Ask | Reply) -> None:
    """Write one frame."""
    body = msgspec.msgpack.encode(message)
    pipe.write(len(body).to_bytes(8, "big"))
    pipe.write(body)
    pipe.flush()


def receive(pipe: BinaryIO, kind: type[Message]) -> Message | None:
    """Read one frame; None where the other side is gone. Raises ValueError for what is no frame."""
    head = pipe.read(8)
    if len(head) < 8:
        return None
    length = int.from_bytes(head, "big")
    if length > LARGEST:
        raise ValueError(f"a frame of {length} bytes")
    body = pipe.read(length)
    return msgspec.msgpack.decode(body, type=kind) if len(body) == length else None
