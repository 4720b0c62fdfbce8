"""Backups of a project file: verified copies in a place of their own, fewer the older they are.

A backup is itself a project. All of one project lie in one folder, called after the project's name
and place; its `about.json` says which project it is, so that one that was moved finds its own again.
"""

from __future__ import annotations

import re
import shutil
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import msgspec

from annotator import settings
from annotator.errors import ProjectDamaged, ProjectError
from annotator.language import tr
from annotator.storage import guard, placing
from annotator.storage.place import require_project

NEWEST, DAILY, WEEKLY, MONTHLY = 10, 7, 4, 6
ALWAYS = 3
"""So many stay, however large they are."""
SHARE = 0.2
"""Of the disk's free room, the most that all backups of one project take."""
ROOM_LEFT = 64 * 1024**2
"""Bytes that a backup leaves free: the project's own need comes first."""

_NAME = re.compile(r"(\d{4}-\d\d-\d\dT\d{6}\.\d{6}Z) (.+)\.annotator")
_TIME = "%Y-%m-%dT%H%M%S.%fZ"


class Backup(NamedTuple):
    """One backup."""

    at: datetime
    reason: str
    path: Path
    size: int


class About(msgspec.Struct, frozen=True):
    """Whose backups a folder holds."""

    project: str
    where: str


class Point(NamedTuple):
    """How far a project is: the newest op and its hash, which covers all before it."""

    seq: int
    sha256: str


def folder_of(path: Path) -> Path:
    """Where the backups of the project at this place lie."""
    place = sha256(str(path.resolve()).encode()).hexdigest()[:8]
    name = re.sub(r"[^\w.-]+", "-", path.stem)[:40].strip(".-") or "project"
    return settings.backups() / f"{name}-{place}"


def make(path: Path, reason: str) -> Backup:
    """Copy the project as it is now, prove the copy, and thin out the older ones.

    The project may be open, also in another process. Raises ProjectError; no backup is then made,
    and none is lost.
    """
    folder = folder_of(path)
    try:
        _require_room(path, folder)
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        placing.sweep_folder(folder)
        made = _copy(path, _new_name(folder, reason))
        _write_about(path, folder)
        thin(folder)
    except OSError as error:
        raise ProjectError(
            tr("{path}: no backup was made ({why}).", path=path, why=error.strerror)
        ) from None
    except guard.BROKEN as error:
        raise ProjectError(
            tr("{path}: no backup was made ({error}).", path=path, error=error)
        ) from None
    return made


def make_if_changed(path: Path, reason: str) -> Backup | None:
    """The same, but nothing where the newest backup already holds all of it."""
    newest = next(iter(of_project(path)), None)
    if newest is not None and point(newest.path) == point(path):
        return None
    return make(path, reason)


def of_project(path: Path) -> tuple[Backup, ...]:
    """The backups of the project at this place, newest first; also those of where it lay before."""
    own = folder_of(path)
    folders = {own}
    id_ = project_id(path) or _about(own).project
    if id_:
        others = settings.backups().glob("*/about.json")
        folders |= {about.parent for about in others if _about(about.parent).project == id_}
    found = [one for folder in folders for one in _listed(folder)]
    return tuple(sorted(found, reverse=True))


def standing_alone(path: Path) -> Backup:
    """Any project file as a backup: one that lies elsewhere, or under another name."""
    found = path.stat()
    return Backup(datetime.fromtimestamp(found.st_mtime, UTC), path.name, path, found.st_size)


def point(path: Path) -> Point | None:
    """How far a project is; None where it cannot be read, or nothing was done in it yet."""
    row = _asked(path, "SELECT seq, sha256 FROM op ORDER BY seq DESC LIMIT 1")
    return None if row is None else Point(*row)


def project_id(path: Path) -> str:
    """The id of a project; empty where it cannot be read."""
    row = _asked(path, "SELECT value FROM project_info WHERE name = 'id'")
    return "" if row is None else str(row[0])


def thin(folder: Path, now: datetime | None = None) -> None:
    """Keep the newest ten, then one for each of seven days, four weeks and six months.

    Where even these take too much of the disk's room, the oldest of them go.
    """
    now = now or datetime.now(UTC)
    kept = _ring(_listed(folder), now)
    budget = SHARE * (shutil.disk_usage(folder).free + sum(one.size for one in _listed(folder)))
    taken = 0
    for number, one in enumerate(kept):
        taken += one.size
        if number >= ALWAYS and taken > budget:
            kept = kept[:number]
            break
    for one in set(_listed(folder)) - set(kept):
        one.path.unlink(missing_ok=True)


def _ring(backups: Iterable[Backup], now: datetime) -> list[Backup]:
    """Those to keep, newest first."""
    newest_first = sorted(backups, reverse=True)
    kept = newest_first[:NEWEST]
    for days, count, key in ((1, DAILY, "%Y-%j"), (7, WEEKLY, "%G-%V"), (31, MONTHLY, "%Y-%m")):
        of_period: dict[str, Backup] = {}
        for one in newest_first:
            if (now - one.at).days < days * count:
                of_period.setdefault(one.at.strftime(key), one)
        kept += list(of_period.values())[:count]
    return sorted(set(kept), reverse=True)


def _require_room(path: Path, folder: Path) -> None:
    there = next(one for one in (folder, *folder.parents) if one.exists())
    need = sum(log.stat().st_size for log in _files(path))
    free = shutil.disk_usage(there).free
    if free < need + ROOM_LEFT:
        raise ProjectError(
            tr(
                "{path}: no backup was made; {folder} has only {free} MB of room left.",
                path=path,
                folder=folder,
                free=free // 1024**2,
            )
        )


def _files(path: Path) -> Iterator[Path]:
    for name in (path.name, f"{path.name}-wal"):
        if path.with_name(name).exists():
            yield path.with_name(name)


def _new_name(folder: Path, reason: str) -> Path:
    at = datetime.now(UTC).strftime(_TIME)
    words = re.sub(r"[^\w -]+", "", reason)[:60]
    return folder / f"{at} {words}.annotator"


def _copy(path: Path, target: Path) -> Backup:
    """A verified copy that takes its place whole."""
    with placing.draft_beside(target) as draft:
        before = point(path)
        with closing(_reader(path)) as source, closing(sqlite3.connect(draft)) as copy:
            copy.execute("PRAGMA synchronous=OFF")  # it is synced as a whole below
            # All at once: in parts, each act meanwhile would begin it anew.
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")
        _require_good(path, draft, before)
        placing.take_free_place(draft, target)
    backup = _parsed(target)
    assert backup is not None
    return backup


def _require_good(path: Path, copy: Path, before: Point | None) -> None:
    require_project(copy)
    said = _asked(copy, "PRAGMA quick_check(1)")
    then = point(copy)
    if said != ("ok",) or (before is not None and (then is None or then.seq < before.seq)):
        raise ProjectDamaged(
            tr("{path} is damaged; no backup was made of it, the older ones stay.", path=path)
        )


def _write_about(path: Path, folder: Path) -> None:
    about = About(project_id(path), str(path.resolve()))
    (folder / "about.json").write_bytes(msgspec.json.encode(about))


def _about(folder: Path) -> About:
    try:
        return msgspec.json.decode((folder / "about.json").read_bytes(), type=About)
    except (OSError, msgspec.DecodeError):
        return About("", "")


def _listed(folder: Path) -> list[Backup]:
    if not folder.is_dir():
        return []
    return [one for path in folder.iterdir() if (one := _parsed(path)) is not None]


def _parsed(path: Path) -> Backup | None:
    match = _NAME.fullmatch(path.name)
    if match is None:
        return None
    at = datetime.strptime(match[1], _TIME).replace(tzinfo=UTC)
    return Backup(at, match[2], path, path.stat().st_size)


def _reader(path: Path) -> sqlite3.Connection:
    name = f"file:{quote(str(path.absolute()))}?mode=ro"
    return sqlite3.connect(name, uri=True, timeout=5.0, isolation_level=None)


def _asked(path: Path, question: str) -> Any:
    """The first row of an answer; None where the file cannot be read or has no such row."""
    if not path.exists():
        return None
    try:
        with closing(_reader(path)) as connection:
            return connection.execute(question).fetchone()
    except guard.BROKEN:
        return None
