"""Putting a backup in a project's place: whole or not at all, and what was there is kept."""

from __future__ import annotations

import shutil
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from annotator.errors import ProjectDamaged, ProjectError
from annotator.language import in_english, tr, trn
from annotator.storage import backup as backing
from annotator.storage import guard, placing
from annotator.storage.lock import ProjectLock
from annotator.storage.place import require_project

REASON = in_english("before a restore")


class Content(NamedTuple):
    """What a project holds."""

    acts: int
    last_act: str
    """When, in UTC as ISO 8601; empty where nothing was done yet."""
    last_title: str
    articles: int
    marks: int
    links: int


class Difference(NamedTuple):
    """A project and its backup; None for what cannot be read."""

    now: Content | None
    then: Content | None

    def sentences(self) -> tuple[str, ...]:
        """What restoring would mean, for a person."""
        if self.then is None:
            return (tr("The backup cannot be read."),)
        if self.now is None:
            return (
                tr("The project cannot be read; it is kept beside what takes its place."),
                tr(
                    "The backup holds {content}; its last act is “{title}” of {at}.",
                    content=_held(self.then),
                    title=self.then.last_title,
                    at=self.then.last_act[:19].replace("T", " "),
                ),
            )
        newer = max(self.now.acts - self.then.acts, 0)
        return (
            tr("Now it holds {content}.", content=_held(self.now)),
            tr("The backup holds {content}.", content=_held(self.then)),
            trn(
                "{count} act is not in the backup; the newest is “{title}”.",
                "{count} acts are not in the backup; the newest is “{title}”.",
                newer,
                title=self.now.last_title,
            )
            if newer
            else tr("The backup holds every act."),
        )


def content(path: Path) -> Content | None:
    """What a project file holds; None where it cannot be read."""
    try:
        require_project(path)
        with closing(guard.connect(path, "mode=ro")) as connection:
            one = [connection.execute(query).fetchone() for query in _CONTENT]
    except (ProjectError, *guard.BROKEN, OSError):
        return None
    (acts,), last, (articles,), (marks,), (links,) = one
    at, title = last or ("", "")
    return Content(acts, at, title, articles, marks, links)


_CONTENT = (
    "SELECT coalesce(max(seq), 0) FROM op",
    "SELECT at, title FROM op ORDER BY seq DESC LIMIT 1",
    "SELECT count(*) FROM document WHERE hidden = 0",
    "SELECT count(*) FROM annotation JOIN document ON document.id = document_id AND hidden = 0",
    "SELECT count(*) FROM relation",
)


def difference(path: Path, backup: Path) -> Difference:
    """What the project and the backup hold, side by side; reads both, changes nothing."""
    return Difference(content(path), content(backup))


def restore(path: Path, backup: Path, program: str) -> Path:
    """Put a copy of ``backup`` where ``path`` is; gives where that which was there is kept.

    Raises ProjectError, ProjectLocked or ProjectDamaged; ``path`` is then as it was.
    """
    lock = ProjectLock(path, program)
    try:
        with placing.draft_beside(path) as draft:
            _copy_whole(backup, draft)
            kept = _keep(path)
            for log in guard.logs(path):
                log.unlink(
                    missing_ok=True
                )  # what it held is kept; beside the new file it is poison
            placing.take_place(draft, path)
    except OSError as error:
        raise ProjectError(
            tr(
                "{path} was not restored ({why}); it is as it was, and the backup too.",
                path=path,
                why=error.strerror,
            )
        ) from None
    finally:
        lock.release()
    return kept


def _copy_whole(backup: Path, draft: Path) -> None:
    require_project(backup)
    shutil.copyfile(backup, draft)
    try:
        with closing(guard.connect(draft, "mode=ro")) as connection:
            said = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
    except guard.BROKEN as error:
        said = str(error)
    if said != "ok":
        raise ProjectDamaged(
            tr(
                "{backup} is itself damaged ({said}); nothing was restored.",
                backup=backup,
                said=said,
            )
        )


def _keep(path: Path) -> Path:
    """Keep what is there: as a backup where it is sound, else byte by byte beside it."""
    if not path.exists():
        return path
    try:
        require_project(path)
        guard.require_own_log(path)
        guard.require_whole(path)
        guard.leave_at_rest(path)
        return backing.make(path, REASON).path
    except ProjectError:
        return _keep_damaged(path)


def _keep_damaged(path: Path) -> Path:
    at = datetime.now(UTC).strftime("%Y-%m-%d %H%M%S")
    kept = path.with_name(f"{path.stem} damaged {at}{path.suffix}")
    shutil.copyfile(path, kept)
    placing.sync(kept)
    for log in guard.logs(path):
        if log.exists():
            shutil.copyfile(log, kept.with_name(kept.name + log.name.removeprefix(path.name)))
    placing.sync_folder(path.parent)
    return kept


def _held(content: Content) -> str:
    return tr(
        "{articles}, {marks} and {links}",
        articles=trn("{count:,} article", "{count:,} articles", content.articles),
        marks=trn("{count:,} mark", "{count:,} marks", content.marks),
        links=trn("{count:,} link", "{count:,} links", content.links),
    )
