"""System calls of a child seen or failed from outside, by strace."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import NamedTuple

import pytest


class Call(NamedTuple):
    """One system call on a file, as far as it succeeded."""

    name: str
    path: str
    data: bytes = b""
    at: int = 0
    """The offset of a write, the length of a truncation."""


@cache
def can_trace() -> bool:
    """Whether strace is here and may look at our children."""
    if shutil.which("strace") is None:
        return False
    tried = subprocess.run(["strace", "-qq", "-e", "trace=none", "true"], check=False)
    return tried.returncode == 0


needs_strace = pytest.mark.skipif(not can_trace(), reason="strace is not here")


@contextmanager
def traced(pid: int, out: Path, *options: str) -> Generator[None]:
    """strace looks at a process that waits; it writes to ``out``."""
    command = ["strace", "-f", "-qq", "-o", str(out), "-p", str(pid), *options]
    tracer = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_until_attached(pid)
        yield
    finally:
        tracer.terminate()
        tracer.wait()


def _wait_until_attached(pid: int) -> None:
    until = time.monotonic() + 20
    while "TracerPid:\t0" in Path(f"/proc/{pid}/status").read_text():
        assert time.monotonic() < until, "strace did not come"
        time.sleep(0.002)


def was_injected(out: Path) -> bool:
    """Whether the fault happened at all; a kill leaves no answer to write down."""
    written = out.read_text(errors="replace")
    return "(INJECTED)" in written or "+++ killed by SIGKILL" in written


_LINE = re.compile(r"(?:\d+ +)?(\w+)\((.*)\) += (-?\d+)")
_FD = re.compile(r"-?\d+<(.*?)>(.*)", re.DOTALL)
_STRING = re.compile(r'"((?:\\x[0-9a-f]{2})*)"')


def calls(out: Path) -> Iterator[Call]:
    """The calls of a log made with ``-y -xx``, in order."""
    for line in out.read_text(errors="replace").splitlines():
        match = _LINE.match(line)
        if match is None or int(match[3]) < 0:
            continue
        name, rest, result = match[1], match[2], int(match[3])
        on_file = _FD.match(rest)
        strings = [bytes.fromhex(s.replace("\\x", "")) for s in _STRING.findall(rest)]
        if name.startswith("unlink"):
            yield Call("unlink", strings[-1].decode())
        elif on_file and name in ("pwrite64", "write"):
            at = int(rest.rsplit(",", 1)[1]) if name == "pwrite64" else 0
            yield Call(name, _plain(on_file[1]), strings[0][:result], at)
        elif on_file and name == "ftruncate":
            yield Call(name, _plain(on_file[1]), at=int(rest.rsplit(",", 1)[1]))
        elif on_file and name in ("fsync", "fdatasync"):
            yield Call("sync", _plain(on_file[1]))


def _plain(path: str) -> str:
    return re.sub(r"\\x([0-9a-f]{2})", lambda m: chr(int(m[1], 16)), path)
