"""10,000 and 100,000 articles, ten marks on each: what opening, paging, searching and switching cost.

Every row is measured at both sizes; how it grows is printed as an exponent (1: with the size; 0: not
at all). The big projects are made anew, or kept where ANNOTATOR_SCALE names a folder.
"""

from __future__ import annotations

import json
import math
import os
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import event

from annotator.model.annotation import Annotation, Segment
from annotator.model.document import Article, Block, Document
from annotator.model.ids import new_id
from annotator.model.prepared import Prepared, pack, prepare
from annotator.project import Project, finding, keep, open_project
from annotator.project.project import new_set
from annotator.storage import intake
from annotator.text.finding import sought
from tests.benchmarks.rows import Row, at_least, at_most
from tests.benchmarks.start import BARE, OURS, started
from tests.benchmarks.storage import WORDS

SIZES = (10_000, 100_000)
MARKS = 10
PART = 500
PERSON = "Bench"
MID = "ferryman"
"""Stands in one article of a hundred."""
TIMES = 40

WINDOW = """
import json, os, sys, time
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from pathlib import Path
import psutil
from annotator.gui.app import make_application
from annotator.gui.window import Window
from annotator.project import articles
from annotator.settings import Settings
project, folder = sys.argv[1], Path(sys.argv[2])
application = make_application()
window = Window(Settings(), "Bench")
window.show()
application.processEvents()
began = time.process_time()
window.open_project(project)
desk = window.desk
while desk.bench.document is None:
    application.processEvents()
application.processEvents()
opened = time.process_time() - began
def settle():
    while not desk.bridge.is_idle:
        application.processEvents()
    application.processEvents()
settle()
count = desk.library.model.rowCount()
switched = []
for at in range(0, count, max(1, count // 40)):
    began = time.thread_time()
    desk.library.list.setCurrentIndex(desk.library.model.index(at))
    application.processEvents()
    switched.append(time.thread_time() - began)
settle()
def longest(until):
    # The longest that one round of events took: on the clock, and of this thread's own work.
    wall = own = 0.0
    while not until():
        clock, work = time.perf_counter(), time.thread_time()
        application.processEvents()
        wall = max(wall, time.perf_counter() - clock)
        own = max(own, time.thread_time() - work)
    return wall, own
end = time.perf_counter() + 2.0
idle, _ = longest(lambda: time.perf_counter() > end)
desk.bridge.start_job(articles.import_paths, [folder])
importing, own = longest(lambda: desk.bridge.is_idle)
print(json.dumps({
    "opened": opened, "rows": count, "switched": sorted(switched)[len(switched) // 2],
    "idle": idle, "importing": importing, "own": own, "memory": psutil.Process().memory_info().rss / 2**20,
}))
window.close()
"""


class Measured(NamedTuple):
    """What one size cost; seconds unless it says otherwise.

    Searches and the window in seconds of the processor, so that others on the machine do not count.
    """

    open: float
    shelf: float
    page: float
    marks: float
    search: float
    like: float
    opened: float
    switched: float
    memory: float
    """Megabytes of the app."""
    idle: float
    """The longest gap between two rounds of events with nothing to do: the machine's own."""
    importing: float
    """The same while 400 articles come in, on the clock."""
    own: float
    """The same, of the window's own work alone."""


def rows() -> Iterator[Row]:
    """Each at its limit at 100,000, and its growth from 10,000."""
    kept = os.environ.get("ANNOTATOR_SCALE")
    with tempfile.TemporaryDirectory(prefix="annotator-bench-") as own:
        folder = Path(kept or own)
        folder.mkdir(exist_ok=True)
        os.environ["ANNOTATOR_SETTINGS"] = str(Path(own, "settings.json"))
        os.environ["ANNOTATOR_BACKUPS"] = str(Path(own, "backups"))
        projects = [_made(folder / f"{size}.annotator", size) for size in SIZES]
        small, large = (_measured(path, Path(own)) for path in projects)
        paint = _first_paint(projects[-1], own)
    for name in Measured._fields:
        low, high = getattr(small, name), getattr(large, name)
        grown = math.log(high / low) / math.log(SIZES[1] / SIZES[0]) if low > 0 < high else 0.0
        _say(f"{name:<12} {low:10.4f} → {high:10.4f}   exponent {grown:5.2f}")
    yield at_most("open the project", large.open, "s", 3.0)
    yield at_most("open the window on it, an article shown", large.opened, "s", 3.0)
    yield at_most("first paint / bare window", paint, "×", 1.8)
    yield at_most("the whole library's order", large.shelf * 1e3, "ms", 1_000)
    yield at_most("a page of the library, in the database", large.page * 1e3, "ms", 1.0)
    yield at_most("marks of an article, in the database", large.marks * 1e3, "ms", 1.0)
    yield at_most("mid-frequency word, 50 articles with snippets", large.search * 1e3, "ms", 20.0)
    yield at_least("LIKE / full-text search", large.like / large.search, "×", 5.0)
    yield at_most("switch to another article", large.switched * 1e3, "ms", 50.0)
    yield at_most("memory of the app", large.memory, "MB", 350.0)
    yield at_most(
        "longest work of the window between events, importing", large.own * 1e3, "ms", 50.0
    )


def _made(path: Path, size: int) -> Path:
    if path.exists():
        return path
    began = time.monotonic()
    draft = path.with_suffix(".making")
    draft.unlink(missing_ok=True)
    keep.create(draft)
    with open_project(draft, person=PERSON, durable=False) as project:
        step: str | None = None
        for at in range(0, size, PART):
            with project.op("Import articles", step=step) as act:
                step = act.tx.head.step
                documents = [_document(n, act.tx.at) for n in range(at, at + PART)]
                sets = [new_set(d.id, act.tx, "in_progress") for d, _ in documents]
                intake.take_in(act.tx, documents, sets=sets)
                marked = [
                    mark
                    for (document, prepared), own in zip(documents, sets, strict=True)
                    for mark in _marks(document, prepared.text, own.id, act.tx)
                ]
                act.tx.add_many(marked)
    draft.rename(path)
    _say(
        f"made {path.name} in {time.monotonic() - began:.0f} s, {path.stat().st_size / 1e6:.0f} MB"
    )
    return path


def _document(number: int, at: str) -> tuple[Document, Prepared]:
    chosen = random.Random(number)
    words = chosen.choices(WORDS, k=320)
    if number % 100 == 0:
        words[chosen.randrange(300)] = MID
    text = f"Story {number} of many\n\n{' '.join(words).capitalize()}."
    at_body = text.index("\n\n") + 2
    blocks = (Block(0, at_body, "heading", "headline"), Block(at_body, len(text)))
    metadata = {"title": f"Story {number} of many", "outlet": "Courier", "published": "2026-11-24"}
    article = Article(
        text=text, blocks=blocks, metadata=metadata, source=text.encode(), reader="bench/1"
    )
    prepared = prepare(article, pack(article.source).sha256)
    document = Document(
        id=new_id(), metadata=metadata, text_sha256=prepared.text_sha256,
        source_sha256=prepared.source_sha256, length=len(text), reader="bench/1", created=at,
    )  # fmt: skip
    return document, prepared


def _marks(document: Document, text: str, set_id: str, tx: Any) -> Iterator[Annotation]:
    for n in range(MARKS):
        start = 30 + 120 * n
        segment = Segment(start, start + 40, text[start : start + 40])
        yield Annotation(
            id=new_id(), set_id=set_id, document_id=document.id,
            label=("claim", "source", "denial", "cue")[n % 4], segments=(segment,),
            created=tx.at, updated=tx.at, by=tx.person,
        )  # fmt: skip


def _measured(path: Path, folder: Path) -> Measured:
    began = time.perf_counter()
    with open_project(path, person=PERSON) as project:
        opened = time.perf_counter() - began
        chosen = random.Random(1)
        shelf = _median(lambda: project.read.shelf(project.person.id), 3)
        ids = project.read.shelf(project.person.id).ids
        depths = [chosen.randrange(0, len(ids) - 50) for _ in range(TIMES)]
        page = _in_database(
            project, lambda n: project.read.library(project.person.id, of=ids[depths[n] : depths[n] + 50])
        )  # fmt: skip
        marks = _in_database(project, lambda n: project.read.annotations(ids[depths[n]]))
        search = _median(lambda: finding.find(project.read, sought(MID), most=50), 9)
    like = _median(lambda: _like(path), 3)
    files = folder / "more"
    if not files.exists():
        files.mkdir()
        for n in range(400):
            text = f"One more {n}\n\n" + " ".join(random.Random(-n - 1).choices(WORDS, k=600))
            (files / f"{n:03}.txt").write_text(text)
    copy = folder / f"windowed-{path.name}"
    shutil.copyfile(path, copy)
    command = [sys.executable, "-c", WINDOW, str(copy), str(files)]
    said = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    copy.unlink()
    assert said["rows"] >= len(ids)
    return Measured(
        opened, shelf, page, marks, search, like, said["opened"], said["switched"],
        said["memory"], said["idle"], said["importing"], said["own"],
    )  # fmt: skip


def _like(path: Path) -> int:
    connection = sqlite3.connect(path)
    query = "SELECT count(*) FROM document_text WHERE text LIKE ?"
    (found,) = connection.execute(query, (f"%{MID}%",)).fetchone()
    connection.close()
    return found


def _in_database(project: Project, work: Callable[[int], Any]) -> float:
    """The median of what the statements of this work cost, run as they are by sqlite3 alone."""
    taken: list[float] = []
    connection = sqlite3.connect(project.where)
    for n in range(TIMES):
        with _recording(project) as statements:
            work(n)
        began = time.process_time()
        for sql, values in statements:
            connection.execute(sql, values).fetchall()
        taken.append(time.process_time() - began)
    connection.close()
    return statistics.median(taken)


@contextmanager
def _recording(project: Project) -> Generator[list[tuple[str, Any]]]:
    recorded: list[tuple[str, Any]] = []

    def record(_c: Any, _cursor: Any, sql: str, values: Any, _x: Any, _many: bool) -> None:
        if not sql.startswith("BEGIN"):
            recorded.append((sql, values))

    engine = project._database.engine  # pyright: ignore[reportPrivateUsage]
    event.listen(engine, "before_cursor_execute", record)
    try:
        yield recorded
    finally:
        event.remove(engine, "before_cursor_execute", record)


def _median(work: Callable[[], Any], times: int) -> float:
    taken: list[float] = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return statistics.median(taken)


def _first_paint(path: Path, folder: str) -> float:
    bare: list[float] = []
    ours: list[float] = []
    for _ in range(7):
        bare.append(started(BARE, folder)[0])
        ours.append(started(OURS % str(path), folder)[0])
    return statistics.median(ours) / statistics.median(bare)


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
