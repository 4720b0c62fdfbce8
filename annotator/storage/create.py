"""Making a new project: all tables at once, stamped with the newest migration."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import URL, Connection, create_engine, insert, inspect

from annotator import __version__
from annotator.errors import ProjectError
from annotator.language import tr
from annotator.model.ids import new_id, now
from annotator.model.schema import Schema
from annotator.storage import migrations, placing, search
from annotator.storage import tables as t
from annotator.storage.connecting import postgresql_engine
from annotator.storage.place import SCHEMA_ORDINAL, is_url, require_new, require_url
from annotator.storage.rows import SCHEMA
from annotator.storage.trouble import translated
from annotator.text.canonical import CANONICAL_VERSION


def create(where: str | Path, schema: Schema) -> None:
    """Make an empty project with this schema. Raises ProjectError; nothing is then left behind.

    ``where`` is a path at which nothing is, or the URL of a database without a project.
    """
    with translated(str(where), tr("No project was made.")):
        if is_url(where):
            _create_in_database(str(where), schema)
        else:
            _create_file(Path(where), schema)


def create_tables(connection: Connection) -> None:
    """All tables of the newest kind, empty, with the stamp of the newest migration."""
    t.metadata.create_all(connection)
    search.create(connection)
    migrations.stamp(connection)


def _create_file(path: Path, schema: Schema) -> None:
    require_new(path)
    try:
        with placing.draft_beside(path) as draft:
            _write(draft, schema)
            placing.take_free_place(draft, path)
    except OSError as error:
        raise ProjectError(
            tr("{path} cannot be made ({why}).", path=path, why=error.strerror)
        ) from None


def _write(draft: Path, schema: Schema) -> None:
    engine = create_engine(URL.create("sqlite", database=str(draft)))
    try:
        with engine.begin() as connection:
            connection.exec_driver_sql(f"PRAGMA application_id={t.APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA_ORDINAL}")
            _fill(connection, schema)
    finally:
        engine.dispose()


def _create_in_database(url: str, schema: Schema) -> None:
    require_url(url)
    engine = postgresql_engine(url)
    try:
        with engine.begin() as connection:
            if inspect(connection).has_table(t.project_info.name):
                name = engine.url.database
                raise ProjectError(
                    tr("The database {name} already holds a project; nothing was made.", name=name)
                )
            _fill(connection, schema)
    finally:
        engine.dispose()


def _fill(connection: Connection, schema: Schema) -> None:
    create_tables(connection)
    info = {
        "id": new_id(),
        "created": now(),
        "made_by": f"annotator {__version__}",
        "canonical_text": str(CANONICAL_VERSION),
    }
    rows = [{"name": name, "value": value} for name, value in info.items()]
    connection.execute(insert(t.project_info), rows)
    connection.execute(insert(t.schema_version).values(SCHEMA.to_row(schema, 0)))
