"""How a project is read: on connections of its own, or inside a transaction and seeing its writes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any, Concatenate, ParamSpec, Self, TypeVar

from sqlalchemy import Connection

from annotator.model.schema import Schema
from annotator.storage.engine import Database

P = ParamSpec("P")
T = TypeVar("T")


class Reading:
    """What every part of the read side stands on."""

    def __init__(self, database: Database, connection: Connection | None = None) -> None:
        self._database = database
        self._bound = connection
        self._schemas: dict[str, Schema] = {}

    def within(self, connection: Connection) -> Self:
        """The same, seeing what this connection's transaction sees."""
        bound = type(self)(self._database, connection)
        bound._schemas = self._schemas
        return bound

    @contextmanager
    def one_state(self) -> Generator[Self]:
        """The same for long reading: everything in it sees the project as it is now."""
        with self._database.reading() as connection:
            if not self._database.is_file:
                connection.execution_options(isolation_level="REPEATABLE READ")
            yield self.within(connection)

    @contextmanager
    def _connection(self) -> Generator[Connection]:
        if self._bound is not None:
            yield self._bound
        else:
            with self._database.reading() as connection:
                yield connection

    def _all(self, query: Any) -> Sequence[Any]:
        with self._connection() as connection:
            return connection.execute(query).all()

    def _first(self, query: Any, **values: Any) -> Any:
        """The first row of a statement that is compiled once."""
        with self._connection() as connection:
            return self._database.run(connection, query, **values).first()

    def ask(
        self, question: Callable[Concatenate[Connection, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """The answer to a question of another room of storage, asked of this connection."""
        with self._connection() as connection:
            return question(connection, *args, **named)


def escaped(words: str) -> str:
    """Words as LIKE takes them for themselves."""
    return words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
