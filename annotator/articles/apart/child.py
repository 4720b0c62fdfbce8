"""The reading process itself: files in over one pipe, articles out over another."""

from __future__ import annotations

import contextlib
import logging
import os
import sys
from typing import BinaryIO

from annotator.articles import registry
from annotator.articles.apart import walls
from annotator.articles.apart.finding import found_in
from annotator.articles.apart.messages import Ask, receive, send


def main() -> int:
    """Read what is asked for until nobody asks any more."""
    asked, told = _pipes()
    logging.basicConfig(level=logging.CRITICAL)  # what is to be told goes through the pipe
    walls.put_up()
    _warm_up()
    with contextlib.suppress(BrokenPipeError):
        while (ask := receive(asked, Ask)) is not None:
            walls.next_article()
            for reply in found_in(ask):
                send(told, reply)
                walls.next_article()
    return 0


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """Both pipes; whatever a library prints goes nowhere."""
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    os.dup2(nowhere, 0)
    os.dup2(nowhere, 1)
    sys.stdin = os.fdopen(0, closefd=False)
    sys.stdout = os.fdopen(1, "w", closefd=False)
    return asked, told


def _warm_up() -> None:
    """Import what nearly every file needs, before the first is asked for."""
    page = b"<html><body><article><h1>A</h1><p>One sentence.</p></article></body></html>"
    for data, name in ((page, "a.html"), (b"# A\n\nOne sentence.\n", "a.md")):
        for _ in registry.read_all(data, name):
            pass
