"""Ids made where the thing is made: sortable by time, unique without asking anybody."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime

_lock = threading.Lock()
_last = 0


def new_id() -> str:
    """A UUIDv7 in its text form; ids of one process sort in the order in which they were made."""
    global _last
    with _lock:
        # 48 bits of milliseconds and 12 bits of their fraction, never the same twice.
        _last = max(_last + 1, (time.time_ns() << 12) // 1_000_000)
        stamp = _last
    tail = os.urandom(8).hex()
    variant = "89ab"[int(tail[0], 16) & 3]
    head = f"{stamp >> 12:012x}"
    return f"{head[:8]}-{head[8:]}-7{stamp & 0xFFF:03x}-{variant}{tail[1:4]}-{tail[4:]}"


def now() -> str:
    """The time as ISO-8601 UTC with milliseconds, which sorts as text."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"
