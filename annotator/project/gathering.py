"""What is read and not stored yet: an import that can be looked at first.

What was read lies in a file without a name that is gone with the gathering, so that ten thousand
articles need little memory.
"""

from __future__ import annotations

import tempfile
import threading
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from msgspec.structs import replace

from annotator.articles.apart.crew import Crew
from annotator.articles.apart.messages import Reply, receive, send
from annotator.articles.columns import Table, TableMapping
from annotator.errors import AnnotatorError
from annotator.language import in_english, tr
from annotator.model.document import Document
from annotator.model.prepared import Prepared
from annotator.progress import Cancelled, Progress, silent
from annotator.project.articles import files_of, kinds_of
from annotator.project.duplicates import LEAST, likely
from annotator.project.outcomes import ALREADY_THERE, IMPORTED, REFUSED, Outcome, Report
from annotator.project.project import Project
from annotator.project.taking_in import MANY_FILES, TakingIn, outcome_of, told_of
from annotator.text.addresses import address
from annotator.text.likeness import is_same_story, likeness, runs

FEWEST = 2
"""Runs of a sample that two articles share to be compared."""

CROWD = 40
"""Articles beyond which a run that they all have says little."""


class Kept(NamedTuple):
    """Where a thing lies in the file, and the bytes that it came in; None: a dataset, or refused."""

    source: int | None
    article: int | None
    part: tuple[str, int] = ("", 0)
    """Hash of the file's bytes and part, by which it is known whether it is there already."""


class Gathering:
    """Articles that were read, with what would become of each. To be closed."""

    def __init__(self, mappings: Sequence[TableMapping] = ()) -> None:
        """``mappings``: what the person says of the columns of tables."""
        self.mappings = mappings
        self.tables: dict[str, Table] = {}
        """The tables that were met, by the file, each with how it was read."""
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 closed by close()
        self._guard = threading.Lock()
        self._kept: list[Kept] = []
        self.outcomes: list[Outcome] = []
        """What would become of each thing that was met; grows while it is gathered."""
        self.beside: dict[int, int] = {}
        """Places of articles that tell the story of another one that was gathered, and of that one."""
        self.files = 0
        """How many files there are."""
        self.is_whole = False
        """Whether all of them were read."""

    def article(self, at: int) -> Prepared | None:
        """The article at this place; None for a dataset or what was refused."""
        where = self._kept[at].article
        reply = None if where is None else self._get(where)
        return reply.article if reply else None

    def replies(self, at: int) -> Iterator[Reply]:
        """What is to be taken in for this place: the file's bytes, then the article."""
        for where in self._kept[at][:2]:
            if where is not None and (reply := self._get(where)) is not None:
                yield reply

    def is_dataset(self, at: int) -> bool:
        """Whether a dataset stands at this place."""
        return self._kept[at].article is None and self.outcomes[at].result != REFUSED

    def close(self) -> None:
        """Let go of what was read."""
        self._file.close()

    def keep(self, reply: Reply) -> int:
        """Where a reply lies from now on."""
        with self._guard:
            where = self._file.seek(0, 2)
            send(self._file, reply)  # pyright: ignore[reportArgumentType]
        return where

    def add(self, outcome: Outcome, kept: Kept) -> None:
        """Let something be met."""
        self._kept.append(kept)
        self.outcomes.append(outcome)

    def _get(self, where: int) -> Reply | None:
        with self._guard:
            self._file.seek(where)
            return receive(self._file, Reply)  # pyright: ignore[reportArgumentType]


def gather(
    project: Project,
    gathering: Gathering,
    paths: Sequence[Path],
    progress: Progress = silent,
) -> Gathering:
    """Read files, and all files of folders, and see what would become of each; nothing is stored.

    Stopped by ``progress``, it holds what was read.
    """
    files = files_of(paths)
    gathering.files = len(files)
    articles: list[int] = []

    def waiting(at: int) -> None:
        progress(articles[at], len(files), files[articles[at]].name)

    foreseeing = _Foreseeing(project, gathering)
    with Crew(mappings=gathering.mappings) as crew, suppress(Cancelled):
        kinds = kinds_of(files, progress)
        articles += [at for at, kind in enumerate(kinds) if kind is False]
        found = crew.read([files[at] for at in articles], waiting)
        for file, kind in zip(files, kinds, strict=True):
            _meet(foreseeing, file, kind, found)
        gathering.is_whole = True
    return gathering


def store(
    project: Project,
    gathering: Gathering,
    chosen: Collection[int] | None = None,
    progress: Progress = silent,
) -> Report:
    """Take in what was gathered, or what stands at the ``chosen`` places; undone as one step.

    Stopped by ``progress``, it keeps what is stored.
    """
    taking_in = TakingIn(project)
    places = range(len(gathering.outcomes)) if chosen is None else sorted(chosen)
    if len(places) >= MANY_FILES:
        project.safeguard(in_english("before an import"), progress, len(places))
    try:
        for done, at in enumerate(places):
            outcome = gathering.outcomes[at]
            progress(done, len(places), Path(outcome.name).name)
            if outcome.result == REFUSED:
                taking_in.refuse(outcome.name, outcome.reason)
            elif gathering.is_dataset(at):
                _dataset(taking_in, Path(outcome.name))
            else:
                for reply in gathering.replies(at):
                    taking_in.take(outcome.name, reply)
    finally:
        taking_in.flush()
    progress(len(places), len(places), "")
    return taking_in.report()


def _dataset(taking_in: TakingIn, path: Path) -> None:
    try:
        taking_in.dataset(path)
    except AnnotatorError as error:
        taking_in.refuse(str(path), str(error))


def _meet(
    foreseeing: _Foreseeing, file: Path, kind: bool | AnnotatorError, found: Iterator[Reply]
) -> None:
    """Let what is found in one file be met."""
    if isinstance(kind, AnnotatorError):
        foreseeing.refused(str(file), str(kind))
    elif kind:
        foreseeing.dataset(str(file))
    else:
        for reply in found:
            if reply.finished:
                return
            foreseeing.take(str(file), reply)


class _Foreseeing:
    """Says of each thing what would become of it."""

    def __init__(self, project: Project, gathering: Gathering) -> None:
        self._read = project.read
        self._gathering = gathering
        self._source: int | None = None
        self._is_empty = not project.read.count_documents()
        self._known: set[tuple[str, int]] = set()
        self._by_run: dict[int, list[int]] = {}
        self._samples: dict[int, int] = {}
        """How many runs the sample of an article has, by its place."""

    def refused(self, name: str, reason: str) -> None:
        """Nothing will become of it."""
        outcome = Outcome(name=name, result=REFUSED, reason=reason)
        self._gathering.add(outcome, Kept(None, None))

    def dataset(self, name: str) -> None:
        """It is to be imported with its marks."""
        notes = (tr("A dataset: its articles come with their marks."),)
        self._gathering.add(Outcome(name=name, result=IMPORTED, notes=notes), Kept(None, None))

    def take(self, name: str, reply: Reply) -> None:
        """Take one thing that was found in a file."""
        if reply.source is not None:
            self._source = self._gathering.keep(reply)
        elif reply.table is not None:
            self._gathering.tables[name] = reply.table
        elif reply.refused is not None:
            self.refused(name, reply.refused)
        elif reply.article is not None:
            self._article(name, reply.article)

    def _article(self, name: str, found: Prepared) -> None:
        key = (found.source_sha256 or "", found.part)
        outcome = outcome_of(name, found)
        if key in self._known or self._is_there(key):
            outcome = replace(outcome, result=ALREADY_THERE)
        else:
            outcome = self._compared(outcome, found)
        at = len(self._gathering.outcomes)
        where = self._gathering.keep(Reply(article=found))
        self._gathering.add(outcome, Kept(self._source, where, key))
        if outcome.result == IMPORTED:
            self._known.add(key)
            self._samples[at] = len(found.sample)
            for run in found.sample:
                self._by_run.setdefault(run, []).append(at)

    def _is_there(self, key: tuple[str, int]) -> bool:
        return not self._is_empty and key in self._read.documents_of_files([key[0]])

    def _compared(self, outcome: Outcome, found: Prepared) -> Outcome:
        """With what it is like, and of what it is a later text."""
        own = address(str(found.metadata.get("url") or ""))
        there = self._read.at_address(own) if own and not self._is_empty else ()
        earlier = next((one for one in there if one.text_sha256 != found.text_sha256), None)
        here = self._same_here(found)
        told = told_of(None if here else self._same_there(found), earlier)
        if here is not None:
            self._gathering.beside[len(self._gathering.outcomes)] = here[0]
            told |= {"same_title": self._title(here[0]), "likeness": round(here[1], 3)}
        return replace(outcome, **told)  # pyright: ignore[reportArgumentType]

    def _title(self, at: int) -> str:
        outcome = self._gathering.outcomes[at]
        return outcome.title or Path(outcome.name).name

    def _same_there(self, found: Prepared) -> tuple[Document, float] | None:
        maybe = [] if self._is_empty else likely(self._read, found)
        ours = runs(found.body_words()) if maybe else frozenset[int]()
        for number, document in maybe:
            theirs = self._read.body_runs(number)
            if is_same_story(ours, theirs):
                return document, likeness(ours, theirs)
        return None

    def _same_here(self, found: Prepared) -> tuple[int, float] | None:
        counts: Counter[int] = Counter()
        for run in found.sample:
            counts.update(self._by_run.get(run, ())[:CROWD])
        own = len(found.sample)
        likeliest = sorted(
            (-n, at)
            for at, n in counts.items()
            if n >= max(FEWEST, LEAST * min(own, self._samples[at]))
        )
        ours = runs(found.body_words()) if likeliest else frozenset[int]()
        for _, at in likeliest[:8]:
            other = self._gathering.article(at)
            theirs = runs(other.body_words()) if other else frozenset[int]()
            if is_same_story(ours, theirs):
                return at, likeness(ours, theirs)
        return None
