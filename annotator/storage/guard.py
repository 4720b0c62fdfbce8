"""What a project file must be, beyond its header, to be believed; and that it stays the same file."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote

from annotator.errors import ProjectDamaged, ProjectError, ProjectGone
from annotator.language import tr
from annotator.storage import tables as t

BROKEN = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What SQLite's driver raises of a damaged file; of its words it may not even be able to read the error."""


class FileId(NamedTuple):
    """What a file is, whatever it is called."""

    device: int
    inode: int


def file_id(path: Path) -> FileId | None:
    """Which file stands under this name now; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return FileId(found.st_dev, found.st_ino)


def require_same(path: Path, opened: FileId | None) -> None:
    """The name still leads to the file that was opened. Raises ProjectGone."""
    now = file_id(path)
    if now != opened:
        if now is None:
            words = tr(
                "{path} was removed or renamed while it was open; nothing more is written to it.",
                path=path,
            )
        else:
            words = tr(
                "{path} was replaced by another file while it was open; nothing more is written to it.",
                path=path,
            )
        raise ProjectGone(words)


def require_one_name(path: Path) -> None:
    """The file has no second name: each name would have a log of its own. Raises ProjectError."""
    if path.stat().st_nlink > 1:
        raise ProjectError(
            tr(
                "{path} has a second name on this disk (a hard link), and being changed under both "
                "would destroy it; copy it to work on the copy. It was not opened and not changed.",
                path=path,
            )
        )


def was_left_open(path: Path) -> bool:
    """Whether whoever had the file open last did not close it: its log still holds something."""
    return any(_size(log) for log in logs(path))


def logs(path: Path) -> tuple[Path, Path]:
    """The names of the write-ahead log and of the rollback journal of a file."""
    return path.with_name(path.name + "-wal"), path.with_name(path.name + "-journal")


def require_whole(path: Path) -> None:
    """After a crash or a power cut: all pages are sound, and the log belongs to the file.

    Whoever calls this holds the lock. Reads all of the file. Raises ProjectDamaged.
    """
    journal = logs(path)[1]
    try:
        # Only a writer may roll back what a rollback journal holds.
        with closing(connect(path, "mode=rw" if _size(journal) else "mode=ro")) as connection:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except BROKEN as error:
        said = str(error)
    if said != "ok":
        what = " ".join(said.split())
        raise ProjectDamaged(
            tr(
                "{path} is damaged ({what}); it was not opened and not changed.",
                path=path,
                what=what,
            )
        )


def require_own_log(path: Path) -> None:
    """A log that lies beside the file belongs to it. Raises ProjectDamaged.

    A log only ever adds ops: what the file alone holds as its newest is there with the log too.
    """
    wal = logs(path)[0]
    if not _size(wal):
        return
    try:
        with closing(connect(path, "immutable=1")) as alone:
            id_ = alone.execute(_ID).fetchone()
            newest = alone.execute(_NEWEST).fetchone()
        with closing(connect(path, "mode=ro")) as together:
            same = together.execute(_ID).fetchone() == id_
            same &= newest is None or together.execute(_THAT, newest).fetchone() is not None
    except BROKEN:
        return  # it was cut off while the log was folded in: only both together are whole
    if not same:
        raise ProjectDamaged(
            tr(
                "{wal} beside the project belongs to another one; take it away, or restore a backup. "
                "{name}: it was not opened and not changed.",
                wal=wal,
                name=path.name,
            )
        )


_ID = "SELECT value FROM project_info WHERE name = 'id'"
_NEWEST = "SELECT seq, sha256 FROM op ORDER BY seq DESC LIMIT 1"
_THAT = "SELECT 1 FROM op WHERE seq = ? AND sha256 = ?"


def connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection of the driver's own, beside all engines; it makes no file."""
    where = f"file:{quote(str(path.absolute()))}?{mode}"
    connection = sqlite3.connect(where, uri=True, timeout=2.0, isolation_level=None)
    connection.execute("PRAGMA trusted_schema=OFF")
    connection.execute("PRAGMA cell_size_check=ON")
    return connection


def require_ours(path: Path, *, all_tables: bool) -> None:
    """The file holds our tables and nothing that acts by itself. Raises ProjectError.

    An older project may lack tables that came later; ``all_tables`` says that none may be missing.

    A project that came by mail is as little to be trusted as an article: a trigger or a view would
    run with our rights.
    """
    try:
        with closing(connect(path, "mode=ro")) as connection:
            query = "SELECT type, name, sql FROM sqlite_master"
            found = [tuple(map(str, row)) for row in connection.execute(query)]
    except UnicodeDecodeError:
        raise ProjectDamaged(
            tr(
                "{path} is damaged, it has a table without a name; it was not opened and not changed.",
                path=path,
            )
        ) from None
    for kind, name, sql in found:
        if kind in ("trigger", "view") or _is_strange_module(sql):
            raise ProjectError(
                tr(
                    "{path} holds a {kind} “{name}” that no Annotator makes and that could act by "
                    "itself; it was not opened and not changed.",
                    path=path,
                    kind=kind,
                    name=name[:40],
                )
            )
    missing = t.metadata.tables.keys() - {name for kind, name, _ in found if kind == "table"}
    if missing and all_tables:
        raise ProjectDamaged(
            tr(
                "{path} is damaged, it has no table “{missing}”; it was not opened and not changed.",
                path=path,
                missing=min(missing),
            )
        )


def _is_strange_module(sql: str) -> bool:
    words = sql.lower().split()
    return words[:3] == ["create", "virtual", "table"] and "fts5" not in " ".join(words[3:7])


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0


def leave_at_rest(path: Path) -> None:
    """Fold the log into the file, so that the project is one plain file.

    Where another process still reads it, or the disk is full, the log stays; it loses nothing, and
    the next sole opener puts it right.
    """
    connection = connect(path, "mode=rw")
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA journal_mode=DELETE")
    except BROKEN:
        pass
    finally:
        connection.close()
