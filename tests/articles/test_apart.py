"""Reading apart from the program: what a reader may not do, and what is said where it is ended."""

from __future__ import annotations

import socket
import sys
import threading
import time
from pathlib import Path

import pytest

from annotator.articles.apart import limits
from annotator.articles.apart.crew import Crew, read_in_hand
from annotator.articles.apart.messages import Reply
from annotator.progress import Cancelled

READER = '''
import os, socket, subprocess, time
from annotator.model.document import Article, Block

class Odd:
    """Does what the file says."""
    name, suffixes = "odd/1", (".odd",)

    def recognizes(self, data, name):
        return data.startswith(b"odd ")

    def read(self, data, name):
        said = str(eval(data[4:].decode()))
        return Article(text=said, blocks=(Block(0, len(said)),), metadata={"title": "Odd"}, source=data,
                       reader=self.name)

READER = Odd()
'''


@pytest.fixture
def odd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder for files that a plug-in's reader takes for Python."""
    place = tmp_path / "plugin"
    told = place / "odd_reader-1.dist-info"
    told.mkdir(parents=True)
    (place / "odd_reader.py").write_text(READER)
    (told / "METADATA").write_text("Metadata-Version: 2.1\nName: odd-reader\nVersion: 1\n")
    (told / "entry_points.txt").write_text("[annotator.readers]\nodd = odd_reader:READER\n")
    monkeypatch.setenv("PYTHONPATH", str(place))
    files = tmp_path / "files"
    files.mkdir()
    return files


def found(paths: list[Path], processes: int = 1) -> list[Reply]:
    with Crew(processes) as crew:
        return list(crew.read(paths))


def said_by(folder: Path, code: str) -> str:
    """The text of the article that the code makes, or why there is none."""
    path = folder / "one.odd"
    path.write_text(f"odd {code}")
    replies = found([path])
    assert replies[-1].finished
    said = [r.article.text if r.article else r.refused for r in replies if r.article or r.refused]
    assert len(said) == 1
    return str(said[0])


def test_a_plug_in_s_reader_reads_in_the_process(odd: Path) -> None:
    assert said_by(odd, "6 * 7") == "42"


@pytest.mark.parametrize(
    "code",
    [
        "open({secret!r}).read()",
        "os.open({secret!r}, os.O_RDONLY)",
        "open({new!r}, 'w')",
        "os.remove({secret!r})",
        "socket.create_connection(('127.0.0.1', {port}))",
        "socket.getaddrinfo('example.org', 80)",
        "subprocess.run(['true'])",
        "os.system('true')",
        "bytearray(3 << 30)",
    ],
)
def test_a_reader_reaches_nothing_of_the_person_s(odd: Path, tmp_path: Path, code: str) -> None:
    secret, new = tmp_path / "secret.txt", tmp_path / "new.txt"
    secret.write_text("the word")
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        said = said_by(odd, code.format(secret=str(secret), new=str(new), port=port))
    assert said.startswith("one.odd cannot be read")
    assert "\n" not in said
    assert secret.read_text() == "the word"
    assert not new.exists()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the kernel's own walls")
def test_what_does_not_ask_python_is_refused_by_the_system(odd: Path, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("the word")
    asked = "__import__('ctypes').CDLL(None).{}"
    assert said_by(odd, asked.format(f"open({str(secret).encode()!r}, 0)")) == "-1"
    assert said_by(odd, asked.format("socket(2, 1, 0)")) == "-1"


def test_the_death_of_a_reader_is_a_sentence_for_that_file_only(odd: Path) -> None:
    for name, code in (("a", "1"), ("b", "os._exit(7)"), ("c", "os.abort()"), ("d", "2")):
        (odd / f"{name}.odd").write_text(f"odd {code}")
    replies = found(sorted(odd.iterdir()))
    assert [r.article.text for r in replies if r.article] == ["1", "2"]
    refused = [r.refused for r in replies if r.refused]
    assert [one.split()[0] for one in refused] == ["b.odd", "c.odd"]
    assert all("nothing more of it was imported" in one for one in refused)
    assert sum(r.finished for r in replies) == 4


def test_a_reader_that_never_ends_is_ended(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "WALL_SECONDS", 2)
    assert "took longer than 2 seconds" in said_by(odd, "time.sleep(600)")


def test_reading_is_stopped_at_once(odd: Path) -> None:
    (odd / "long.odd").write_text("odd time.sleep(600)")
    begun = time.monotonic()

    def stop(_at: int) -> None:
        if time.monotonic() - begun > 0.5:
            raise Cancelled

    with Crew(1) as crew, pytest.raises(Cancelled):
        list(crew.read([odd / "long.odd"], stop))
    assert time.monotonic() - begun < 10
    assert not [one for one in threading.enumerate() if "_work" in one.name]


def test_what_is_found_comes_in_the_order_of_the_files(odd: Path) -> None:
    paths = [odd / f"{n:02}.odd" for n in range(24)]
    for n, path in enumerate(paths):
        path.write_text(f"odd time.sleep({0.05 * (n % 3 == 0)}) or {n}")
    paths.insert(5, odd / "nowhere.odd")
    replies = found(paths, processes=2)
    texts = [r.article.text if r.article else "-" for r in replies if r.article or r.refused]
    assert texts == [str(n) for n in range(5)] + ["-"] + [str(n) for n in range(5, 24)]


def test_a_file_that_is_too_large_is_not_opened(odd: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "LARGEST_FILE", 10)
    (odd / "large.txt").write_text("much too long")
    (reply, _) = found([odd / "large.txt"])
    assert "larger than" in str(reply.refused)
    assert "larger than" in str(next(read_in_hand(b"much too long", "")).refused)


def test_a_folder_and_a_pipe_are_no_files(odd: Path) -> None:
    (reply, _) = found([odd])
    assert "is not a file" in str(reply.refused)
