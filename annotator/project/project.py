"""An open project: what can be read, and one act at a time."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Self

from msgspec.structs import replace

from annotator.errors import NotStored, ProjectError
from annotator.language import tr
from annotator.model.annotation import AnnotationSet, Annotator
from annotator.model.changes import Changes
from annotator.model.ids import new_id
from annotator.progress import Progress, silent
from annotator.storage import backup
from annotator.storage import undo as undoing
from annotator.storage.engine import Database
from annotator.storage.journal import Tx
from annotator.storage.keepsakes import keep
from annotator.storage.people import introduce
from annotator.storage.queries import Queries
from annotator.text.canonical import storable

Mender = Callable[[Database, Any], Iterable[str]]


_NOTHING = Changes(0, "", "do", "")


class Act:
    """One act under way: its writes (``tx``), and ``read``, which sees them too."""

    def __init__(self, tx: Tx, read: Queries) -> None:
        self.tx = tx
        self.read = read
        self._parts = self._seq = 0
        self._documents: set[str] = set()
        self._schemas: set[tuple[str, str]] = set()

    def own_set(self, document_id: str) -> AnnotationSet:
        """The person's own set of a document, for an act that works in it.

        It is made where there is none, and is in progress from the first such act on.
        """
        return self.at_work(document_id, self.read.own_set(document_id, self.tx.person))

    def at_work(self, document_id: str, found: AnnotationSet | None) -> AnnotationSet:
        """The same, where it was looked up already."""
        if found is None:
            found = new_set(document_id, self.tx, status="in_progress")
            self.tx.add(found)
        elif found.status == "new":
            begun = replace(found, status="in_progress")
            self.tx.put(found, begun)
            return begun
        return found

    def next_part(self) -> None:
        """Go on in another op of the same undo step, so that a long act needs little memory."""
        changes = self.tx.commit()
        self._parts += 1
        self._seq = changes.seq or self._seq
        self._documents |= changes.documents
        self._schemas |= {one for one in changes.touched if one[0] == "schema"}
        head = self.tx.head
        self.tx = Tx(self.tx.database, self.tx.connection, head.person, head.title, step=head.step)

    def commit(self) -> Changes:
        """Write the last op; what it reports names the documents of all parts."""
        changes = self.tx.commit()
        if not self._parts:
            return changes
        schemas = {one for one in changes.touched if one[0] == "schema"}
        return replace(
            changes,
            seq=changes.seq or self._seq,
            touched=frozenset(self._schemas | schemas),
            documents=changes.documents | self._documents,
        )


class Project:
    """A project that is open. Verbs take it first; the values it gives may cross threads."""

    def __init__(self, database: Database, person: str) -> None:
        self._database = database
        self._act: Act | None = None
        self._listeners: list[Callable[[Changes], None]] = []
        self.where = database.where
        self.may_write = database.may_write
        self.is_file = database.is_file
        self.has_other_writers = not (database.is_file and database.may_write)
        """Whether what others do meanwhile is to be looked for in the journal."""
        self.read = Queries(database)
        self.person = self.read.annotator(person) or Annotator(new_id(), person)
        """Who acts; somebody new is stored with their first act."""
        self._introduced = False
        self._op_id: str | None = None
        """The id of the next op, where the act has one already."""
        self._doubted: set[str] = set()
        """Ops of which nobody could say whether they were stored."""

    @contextmanager
    def op(self, title: str, *, step: str | None = None) -> Generator[Act]:
        """One act: one transaction, one undo step. Inside an open one it joins that.

        ``step``, an earlier op's id, makes this one part of that undo step. Whatever is raised
        inside leaves no trace in the project.
        """
        with self._database.write_turn:
            if self._act is not None:
                yield self._act
                return
            op_id, changes = self._take_op_id(), _NOTHING
            try:
                with self._writing() as connection:
                    tx = Tx(
                        self._database, connection, self.person.id, title, step=step, op_id=op_id
                    )
                    self._act = Act(tx, self.read.within(connection))
                    try:
                        yield self._act
                        changes = self._act.commit()
                    finally:
                        self._act = None
            except NotStored:
                if not self._was_stored(changes):
                    raise
            self._tell(changes)

    def once(self, act_id: str, verb: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """Do an act of one op; tried again under the same id, it is not done twice.

        Gives what the verb gives; None where an earlier try turns out to be stored.
        """
        with self._database.write_turn:
            stored = self.read.changes_of(act_id) if act_id in self._doubted else None
            self._doubted.discard(act_id)
            if stored is not None:
                self._tell(stored)
                return None
            self._op_id = act_id
            try:
                return verb(self, *args, **named)
            finally:
                self._op_id = None

    def undo(self) -> Changes:
        """Take back this person's newest act. Raises NotFound or UndoRefused."""
        return self._move(undoing.undo)

    def redo(self) -> Changes:
        """Repeat the act that this person took back last. Raises NotFound or UndoRefused."""
        return self._move(undoing.redo)

    def keep(self, name: str, value: str | None) -> None:
        """Keep something beside the journal, in the place of what had this name; None drops it."""
        with self._database.writing() as connection:
            keep(connection, name, value)

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Call ``listener`` after each act of this process, in the thread that acted."""
        self._listeners.append(listener)

    def safeguard(self, reason: str, progress: Progress = silent, total: int | None = None) -> None:
        """Back up a project file before something large; without room for it, the work goes on.

        ``progress`` is told of it, ahead of the ``total`` steps of the work.
        """
        if self.is_file and self.read.last_seq():
            progress(0, total, tr("a backup of the project"))
            with suppress(ProjectError):
                backup.make_if_changed(Path(self.where).resolve(), reason)

    def require_same(self) -> None:
        """The file is still the one that was opened. Raises ProjectGone."""
        self._database.require_same()

    def copy_to(self, target: Path) -> Path:
        """Write all that is stored to a new file. Raises ProjectError."""
        self._database.copy_to(target)
        return target

    def mend(self, mender: Mender) -> tuple[str, ...]:
        """Have what is derived made anew, outside the journal; what was done, in sentences."""
        with self._database.write_turn, self._database.writing() as connection:
            return tuple(mender(self._database, connection))

    def close(self) -> None:
        """Close it; a project file is then one plain file, free for others."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _move(self, mover: Callable[..., Tx]) -> Changes:
        with self._database.write_turn:
            op_id, changes = self._take_op_id(), _NOTHING
            try:
                with self._writing() as connection:
                    tx = mover(self._database, connection, self.person.id, op_id)
                    changes = tx.commit()
            except NotStored:
                if not self._was_stored(changes):
                    raise
            self._tell(changes)
            return changes

    def _take_op_id(self) -> str | None:
        op_id, self._op_id = self._op_id, None
        return op_id

    def _was_stored(self, changes: Changes) -> bool:
        """Whether an op whose commit failed is there all the same: the answer may have been lost."""
        if not changes.seq:
            return False
        try:
            return self.read.changes_of(changes.op_id) is not None
        except ProjectError:
            self._doubted.add(changes.op_id)
            return False

    @contextmanager
    def _writing(self) -> Generator[Any]:
        """A writing connection to a project that knows the person."""
        with self._database.writing() as connection:
            if not self._introduced:
                ids = introduce(connection, [self.person])
                self.person = Annotator(ids[self.person.name], self.person.name)
            yield connection
        self._introduced = True

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners if changes.seq else ():
            listener(changes)


def open_project(
    where: str | Path,
    *,
    person: str,
    write: bool = True,
    program: str = "annotator",
    durable: bool = True,
) -> Project:
    """Open a project file or a PostgreSQL URL.

    ``program`` is what another is told has the file open; ``durable=False`` gives up safety from
    power cuts and is for tests. Raises ProjectError, ProjectLocked or ProjectTooNew; the project
    is then unchanged.
    """
    if not person.strip() or storable(person) != person:
        raise ProjectError(tr("Whoever opens a project has a name; say which. Nothing was opened."))
    database = Database(where, write=write, program=program, durable=durable)
    try:
        return Project(database, person)
    except BaseException:
        database.close()
        raise


def new_set(document_id: str, tx: Tx, status: str = "new") -> AnnotationSet:
    """A set of the acting person's own."""
    return AnnotationSet(
        id=new_id(),
        document_id=document_id,
        annotator_id=tx.person,
        status=status,
        created=tx.at,
    )
