"""Hostile and broken files: each is read whole, or refused with one sentence; nothing hangs or dies."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from annotator.articles.apart.crew import Crew
from annotator.articles.apart.messages import Reply
from annotator.model.document import gaps
from tests.conftest import IS_RELEASE
from tests.support.hostile import CASES, Hostile, files

VARIANTS = 12 if IS_RELEASE else 2
SECONDS = 30
WITHOUT_TAIL = ("empty_or_blank", "broken_pdf", "cut_archive", "zip_bomb")
"""Cases in which what stands at the end of the file is no part of any text."""
BROKE_DOWN = ("broke down", "ended before it was done", "what cannot be understood")


def written(folder: Path, variants: int) -> list[tuple[Path, Hostile]]:
    folder.mkdir()
    made = list(files(variants))
    for one in made:
        (folder / one.name).write_bytes(one.data)
    return [(folder / one.name, one) for one in made]


def wrong(one: Hostile, replies: list[Reply]) -> list[str]:
    """What is wrong with what became of a file."""
    found: list[str] = []
    articles = [reply.article for reply in replies if reply.article]
    refused = [reply.refused for reply in replies if reply.refused]
    if not articles and not refused:
        found.append("nothing is said of it")
    for said in refused:
        if "\n" in said or one.name not in said or len(said) > 600:
            found.append(f"no sentence of the file: {said[:200]}")
        if any(words in said for words in BROKE_DOWN):
            found.append(said)
    for article in articles:
        trouble = gaps(article.blocks, len(article.text))
        if trouble:
            found.append(trouble)
    has_tail = any(one.tail in article.text for article in articles)
    if articles and not refused and not has_tail and not one.name.startswith(WITHOUT_TAIL):
        found.append("its end is missing and nothing is said of it")
    return found


def test_every_file_is_read_whole_or_refused_with_a_sentence(tmp_path: Path) -> None:
    made = written(tmp_path / "hostile", VARIANTS)
    assert len(made) >= (400 if IS_RELEASE else 70)
    trouble: dict[str, list[str]] = {}
    with Crew() as crew:
        replies = crew.read([path for path, _ in made])
        for _, one in made:
            begun, own = time.monotonic(), list[Reply]()
            for reply in replies:
                if reply.finished:
                    break
                own.append(reply)
            found = wrong(one, own)
            if time.monotonic() - begun > SECONDS + 5:
                found.append("it took too long")
            if found:
                trouble[one.name] = found
    assert trouble == {}


def test_the_same_seed_makes_the_same_files() -> None:
    assert list(files(1)) == list(files(1))
    assert len({one.name for one in files(3)}) == 3 * len(CASES)


@pytest.mark.skipif(not IS_RELEASE, reason="only in the long form")
def test_a_line_of_fifty_megabytes_is_read_or_refused(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_text("word " * 10_000_000 + "tail")
    with Crew(1) as crew:
        replies = list(crew.read([path]))
    (said,) = [reply for reply in replies if reply.article or reply.refused]
    assert said.refused or (said.article and said.article.text.endswith("tail"))


@pytest.mark.skipif(not IS_RELEASE, reason="only in the long form")
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not here")
def test_no_file_makes_a_reader_reach_out(tmp_path: Path) -> None:
    folder, log = tmp_path / "hostile", tmp_path / "strace.log"
    written(folder, 1)
    calls = "openat,open,connect,bind,sendto,execve,unlink,unlinkat,rename,mkdir,symlink"
    command = [sys.executable, "-m", "annotator", "extract", str(folder), "--json"]
    subprocess.run(
        ["strace", "-f", "-qq", "-e", f"trace={calls}", "-o", str(log), *command],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, timeout=600, check=False,
    )  # fmt: skip
    succeeded = [
        line for line in log.read_text().splitlines() if not re.search(r"= -1 |= \?", line)
    ]
    assert succeeded
    reached = [line for line in succeeded if re.search(r"\b(connect|bind|sendto)\(", line)]
    assert reached == []
    opened = {
        found[1] for line in succeeded if (found := re.search(r'open(?:at)?\([^"]*"([^"]*)"', line))
    }
    strange = [
        one
        for one in opened
        if one.startswith(("/etc/passwd", "/tmp/evil")) or ("share" in one and "127" in one)
    ]
    assert strange == []
    assert not Path("/tmp/evil.txt").exists()
