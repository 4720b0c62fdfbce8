"""What a reading process may not do, said to Python and, where it listens, to the system itself.

Everywhere an audit hook refuses what Python is asked for. On Linux the kernel refuses it too, whoever
asks: Landlock lets only Python's own files be read, seccomp lets no socket be made and no program be
started. A wall that a system does not have is left out; the others stand.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from annotator import resources
from annotator.articles.apart.limits import CPU_SECONDS, MEMORY, OPEN_FILES

_REFUSED = frozenset(
    [
        "socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname",
        "socket.sendto", "subprocess.Popen", "os.system", "os.exec", "os.fork", "os.forkpty",
        "os.posix_spawn", "os.spawn", "os.startfile", "os.remove", "os.rename", "os.mkdir",
        "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.kill",
        "ftplib.connect", "urllib.Request", "webbrowser.open", "winreg.OpenKey",
    ]
)  # fmt: skip
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_SYSTEM = ("/usr/lib", "/usr/lib64", "/lib", "/lib64", "/usr/local/lib", "/usr/share/zoneinfo")
_SINGLE = (os.devnull, "/dev/urandom", "/etc/localtime", "/etc/ld.so.cache", "/etc/mime.types")


def put_up() -> None:
    """Wall the process in, for good, before any reader is imported: libraries reach out, too."""
    roots = tuple(_readable())
    with contextlib.suppress(OSError, AttributeError, ValueError):
        _limit()
    if sys.platform.startswith("linux"):
        with contextlib.suppress(OSError, AttributeError):
            _say_no_new_privileges()
            _landlock(roots)
            _seccomp()
    sys.addaudithook(_Warden(roots))


def next_article() -> None:
    """From now on there are so many seconds of computing again."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        used = resource.getrusage(resource.RUSAGE_SELF)
        soft = int(used.ru_utime + used.ru_stime) + CPU_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (soft, resource.RLIM_INFINITY))


class _Warden:
    """The audit hook: refuses to open what is not Python's own, and everything that reaches out."""

    def __init__(self, roots: tuple[str, ...]) -> None:
        self._roots = roots

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open":
            self._look_at(*arguments)
        elif event in _REFUSED:
            raise PermissionError(f"a reader may not do that ({event})")

    def _look_at(self, path: Any, _mode: Any, flags: Any) -> None:
        if isinstance(path, int):
            return
        name = os.path.abspath(os.fsdecode(path))
        is_ours = name in _SINGLE or any(
            name == root or name.startswith(root + os.sep) for root in self._roots
        )
        if not is_ours or (isinstance(flags, int) and flags & _WRITING and name != os.devnull):
            raise PermissionError("a reader may not open that")


def _readable() -> Iterator[str]:
    """The folders of Python, its packages, and the system's libraries."""
    package = Path(__file__).resolve().parents[2]
    frozen = getattr(sys, "_MEIPASS", None)
    said = (sys.prefix, sys.base_prefix, sys.exec_prefix, package, resources.root(), frozen)
    places = [*said, *(one for one in sys.path if one), *_SYSTEM]
    for place in dict.fromkeys(os.path.realpath(one) for one in places if one):
        # A checkout's own folder is on the path and may hold anything: its package is named above.
        if os.path.isdir(place) and place not in (os.sep, str(package.parent)):
            yield place


def _limit() -> None:
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    if sys.platform.startswith("linux"):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


# Linux, without a library: three calls that glibc has no names for, and a filter of a few steps.

_LIBC = ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_ALL_OF_ABI_1 = (1 << 13) - 1
_READ_FILE, _READ_DIR = 1 << 2, 1 << 3


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = [("allowed", ctypes.c_uint64), ("folder", ctypes.c_int32)]


def _call(number: int, *arguments: Any) -> int:
    assert _LIBC is not None
    result = _LIBC.syscall(number, *arguments)
    if result < 0:
        raise OSError(ctypes.get_errno(), "a wall of the system could not be put up")
    return int(result)


def _say_no_new_privileges() -> None:
    assert _LIBC is not None
    if _LIBC.prctl(38, 1, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "PR_SET_NO_NEW_PRIVS")


def _landlock(roots: tuple[str, ...]) -> None:
    """Let nothing be opened but for reading, and only below these folders."""
    handled = ctypes.c_uint64(_ALL_OF_ABI_1)
    rules = _call(_CREATE_RULESET, ctypes.byref(handled), ctypes.sizeof(handled), 0)
    try:
        for place in (*roots, *_SINGLE):
            allowed = _READ_FILE | (_READ_DIR if os.path.isdir(place) else 0)
            with contextlib.suppress(OSError):
                folder = os.open(place, os.O_PATH | os.O_CLOEXEC)
                try:
                    beneath = _PathBeneath(allowed, folder)
                    _call(_ADD_RULE, rules, 1, ctypes.byref(beneath), 0)
                finally:
                    os.close(folder)
        _call(_RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


# For each machine its number in the kernel, and: socket, connect, bind, execve, execveat, ptrace,
# io_uring_setup.
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 49, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 200, 221, 281, 117, 425)),
}
_LOAD, _IF_EQUAL, _RETURN = 0x20, 0x15, 0x06
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | 1  # EPERM


class _Step(ctypes.Structure):
    _fields_ = [("code", ctypes.c_uint16), ("yes", ctypes.c_uint8), ("no", ctypes.c_uint8),
                ("k", ctypes.c_uint32)]  # fmt: skip


class _Program(ctypes.Structure):
    _fields_ = [("length", ctypes.c_uint16), ("steps", ctypes.POINTER(_Step))]


def _seccomp() -> None:
    """Refuse the calls by which a process reaches out or becomes another program."""
    assert _LIBC is not None
    if platform.machine() not in _MACHINES:
        return
    machine, refused = _MACHINES[platform.machine()]
    count = len(refused)
    steps = [_Step(_LOAD, 0, 0, 4), _Step(_IF_EQUAL, 0, count + 1, machine), _Step(_LOAD, 0, 0, 0)]
    steps += [_Step(_IF_EQUAL, count - at, 0, call) for at, call in enumerate(refused)]
    steps += [_Step(_RETURN, 0, 0, _ALLOW), _Step(_RETURN, 0, 0, _REFUSE)]
    array = (_Step * len(steps))(*steps)
    program = _Program(len(steps), array)
    if _LIBC.prctl(22, 2, ctypes.byref(program), 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "PR_SET_SECCOMP")
