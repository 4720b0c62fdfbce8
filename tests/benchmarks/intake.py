"""How long an import takes around its readers, and how well stories that tell the same are found."""

from __future__ import annotations

import itertools
import random
import resource
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from annotator.articles import registry
from annotator.articles.apart.crew import bytes_of
from annotator.datasets.duplicates import shared_runs, stories
from annotator.project import articles, keep, open_project
from annotator.project.gathering import Gathering, gather, store
from annotator.text.likeness import is_same_story, runs, sample
from tests.benchmarks.rows import Row, at_least, at_most, told
from tests.support.stories import WEIGHTS, WORDS, copied, story

MIXED = 10_000
STORIES, COPIES = 1_500, 1_000
MANY = 100_000
APP_MEMORY = 400
"""MB of the app while it imports."""


def rows() -> Iterator[Row]:
    """The rows of import that are not about the readers."""
    yield from _duplicates()
    yield _many_duplicates()
    yield _paste()
    yield from _mixed()


def _duplicates() -> Iterator[Row]:
    """Made wire copies among made stories, through the pure part."""
    chosen = random.Random(11)
    texts: list[list[str]] = []
    truth: list[int] = []
    for n in range(STORIES):
        texts.append(story(chosen))
        truth.append(n)
    for _ in range(COPIES):
        n = chosen.randrange(STORIES)
        texts.append(copied(texts[n], chosen))
        truth.append(n)
    found = _grouped([" ".join(paragraphs).split() for paragraphs in texts])
    same = {(a, b) for group in found for a in group for b in group if a < b}
    really = [n for n in range(len(texts)) if n >= STORIES]
    right = sum(truth[a] == truth[b] for a, b in same)
    reached = sum((truth[n], n) in same for n in really)
    yield at_least("made wire copies: precision", right / len(same) if same else 0.0, "", 0.99)
    yield at_least("made wire copies: recall", reached / len(really), "", 0.97)


def _grouped(words: list[list[str]]) -> list[list[int]]:
    rows = sorted((run, n) for n, one in enumerate(words) for run in sample(one))
    return stories(shared_runs(rows), lambda a, b: is_same_story(runs(words[a]), runs(words[b])))


def _many_duplicates() -> Row:
    """A hundred thousand short articles, a third of them copies, from words to groups, in the processor's time."""
    chosen = random.Random(12)
    words: list[list[str]] = []
    for n in range(MANY):
        if n % 3 == 2:
            words.append(words[chosen.randrange(n)][: chosen.randint(90, 160)])
        else:
            words.append(chosen.choices(WORDS, WEIGHTS, k=160))
    begun = time.process_time()
    _grouped(words)
    return at_most(
        "100,000 articles grouped, of the processor", time.process_time() - begun, "s", 60.0
    )


def _paste() -> Row:
    """A paste, from its bytes to the stored article, beside the reader alone."""
    text = ("\n\n".join(f"Sentence {n} of a text that was copied." for n in range(60))).encode()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder, "p.annotator")
        keep.create(place)
        with open_project(place, person="Bench") as project:
            articles.import_bytes(project, text + b" One.")
            taken = min(
                _timed(lambda n=n: articles.import_bytes(project, text + b" %d" % n))
                for n in range(5)
            )
    return at_most("a paste is stored", 1e3 * taken, "ms", 50.0)


def _mixed() -> Iterator[Row]:
    """Ten thousand pages, clippings and texts: read on all cores, looked at, stored."""
    with tempfile.TemporaryDirectory() as folder:
        files = _made(Path(folder, "saved"))
        place = Path(folder, "p.annotator")
        keep.create(place)
        # An odd step meets every kind in its share. Half of the files are pages, and one costs three texts.
        some = files[:: MIXED // 200 + 1]
        _read_alone(some[:8])  # what the readers import is not theirs to pay
        busy = _busy()
        alone = _timed(lambda: _read_alone(some)) / len(some)
        worked_alone = (_busy() - busy) / len(some)
        told_times: list[float] = []

        def tell(done: int, total: int | None, note: str = "") -> None:
            del done, total, note
            told_times.append(time.perf_counter())

        with _Memory() as memory, open_project(place, person="Bench") as project:
            gathering = Gathering()
            begun, busy = time.perf_counter(), _busy()
            gather(project, gathering, files, progress=tell)
            read, worked = time.perf_counter() - begun, _busy() - busy
            report = store(project, gathering)
            stored = time.perf_counter() - begun - read
            gathering.close()
            count = report.count("imported")
    yield at_least("10,000 mixed articles: imported", count, "", MIXED)
    yield told("10,000 mixed articles: read", read, "s")
    yield told("10,000 mixed articles: stored", stored, "s")
    yield at_most("read apart / the readers alone on one core", read / (alone * MIXED), "×", 1.0)
    ratio = worked / (worked_alone * MIXED)
    yield told("the same of all processors, with the app's share", ratio, "×")
    yield told("processors that were at work on it at once", worked / read, "")
    longest = max(b - a for a, b in itertools.pairwise(told_times))
    yield at_most("longest silence of the progress", longest, "s", 0.5)
    yield at_most("memory of the app", memory.most, "MB", APP_MEMORY)


def _busy() -> float:
    """Seconds of the processor that this process and the readers that ended have used."""
    both = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    return sum(one.ru_utime + one.ru_stime for one in both)


def _made(folder: Path) -> list[Path]:
    folder.mkdir()
    chosen = random.Random(13)
    files: list[Path] = []
    for n in range(MIXED):
        body = [f"Story {n} of them.", *story(chosen)]
        if n % 2:
            inner = "".join(f"<p>{one}</p>" for one in body)
            text = (
                f"<html><head><title>Story {n}</title></head><body><nav>Home Sport</nav>"
                f"<article><h1>Story {n}</h1>{inner}</article><footer>Imprint</footer></body></html>"
            )
            path = folder / f"{n:05}.html"
        elif n % 4:
            text, path = (
                f"---\ntitle: Story {n}\n---\n\n" + "\n\n".join(body),
                folder / f"{n:05}.md",
            )
        else:
            text, path = f"Story {n}\n\n" + "\n\n".join(body), folder / f"{n:05}.txt"
        path.write_text(text, encoding="utf-8")
        files.append(path)
    return files


def _read_alone(files: list[Path]) -> None:
    for path in files:
        for _ in registry.read_all(bytes_of(path), path.name):
            pass


class _Memory:
    """The most that this process held meanwhile, in MB, looked at every 50 ms."""

    def __init__(self) -> None:
        self.most = 0.0
        self._ends = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> _Memory:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ends.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._ends.wait(0.05):
            self.most = max(self.most, _resident())


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def _timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun
