"""A PostgreSQL server that belongs to this test run alone.

It listens on a socket in a folder that nobody else may enter, trusts whoever gets there, and is gone
afterwards. It runs as an unprivileged user, because PostgreSQL refuses to run as root.
"""

from __future__ import annotations

import atexit
import os
import pwd
import shutil
import subprocess
import tempfile
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from annotator.project import keep

PORT = 54329
_SETTINGS = (
    "fsync=off synchronous_commit=off full_page_writes=off shared_buffers=16MB "
    "autovacuum=off max_wal_size=256MB"
)
_names = count(1)


class Server:
    """A running server; it stops when the tests end."""

    def __init__(self, programs: Path) -> None:
        self._programs = programs
        self._folder = Path(tempfile.mkdtemp(prefix="annotator-pg-"))
        atexit.register(self._stop)
        self._user: dict[str, Any] = {}
        if os.geteuid() == 0:
            user = pwd.getpwnam("postgres")
            os.chown(self._folder, user.pw_uid, user.pw_gid)
            self._user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        data = str(self._folder / "data")
        self._run("initdb", "-D", data, "-U", "test", "-A", "trust", "-E", "UTF8",
                  "--locale=C.UTF-8", "--no-sync")  # fmt: skip
        settings = " ".join(f"-c {one}" for one in _SETTINGS.split())
        options = f"-k {self._folder} -c listen_addresses='' -p {PORT} {settings}"
        log = str(self._folder / "log")
        self._run("pg_ctl", "-D", data, "-w", "-t", "30", "-l", log, "-o", options, "start")

    def url(self, database: str) -> str:
        """The URL of a database as a project is named by it."""
        return f"postgresql+psycopg://test@/{database}?host={self._folder}&port={PORT}"

    def new(self, template: str = "template0") -> str:
        """The URL of a new database, like ``template``."""
        name = f"p{next(_names)}"
        self._say(f"CREATE DATABASE {name} TEMPLATE {template}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Take a database away, whoever is still in it."""
        name = url.partition("@/")[2].partition("?")[0]
        self._say(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")

    @cache  # noqa: B019  (one server for each run)
    def template(self) -> str:
        """The name of a database that holds an empty project."""
        self._say("CREATE DATABASE empty_project TEMPLATE template0")
        keep.create(self.url("empty_project"))
        return "empty_project"

    def _say(self, statement: str) -> None:
        where = f"host={self._folder} port={PORT} user=test dbname=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            connection.execute(statement)  # pyright: ignore

    def _run(self, program: str, *arguments: str) -> None:
        environment = {**os.environ, "LC_ALL": "C.UTF-8", "HOME": str(self._folder)}
        subprocess.run(
            [str(self._programs / program), *arguments], check=True, cwd=self._folder,
            env=environment, stdout=subprocess.DEVNULL, **self._user,
        )  # fmt: skip

    def _stop(self) -> None:
        try:
            self._run("pg_ctl", "-D", str(self._folder / "data"), "-m", "immediate", "stop")
        except (OSError, subprocess.CalledProcessError):
            pass
        shutil.rmtree(self._folder, ignore_errors=True)


@cache
def programs() -> Path | None:
    """Where the newest server's programs lie, or None where none is installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if found:
        return found[-1].parent
    on_path = shutil.which("initdb")
    return Path(on_path).parent if on_path else None


def server() -> Server:
    """The server of this run; the test is skipped where there is none."""
    where = programs()
    if where is None:
        pytest.skip("PostgreSQL is not installed: this test ran on SQLite only")
    return _start(where)


@cache
def _start(where: Path) -> Server:
    return Server(where)


def _version(initdb: Path) -> int:
    return int(initdb.parts[-3]) if initdb.parts[-3].isdigit() else 0
