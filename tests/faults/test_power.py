"""The power is cut at any moment: whatever was acknowledged is on the disk.

The writes of a real run are logged and replayed to a random moment. What was synced is there; of what
was not, nothing, some or all, in any order; a name that was taken away without its folder being
synced may be back.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from random import Random

from annotator.errors import AnnotatorError
from annotator.project import open_project
from tests.faults import harness, tracing
from tests.faults.conftest import Tally
from tests.faults.tracing import Call

pytestmark = tracing.needs_strace
IMAGES = harness.counted(200, 2_000)
ACTS = 24
"""In each of three sittings, so that opening and closing are in the log too."""


def sit(connection: Connection, path: Path, document: str, durable: bool) -> None:
    """Three sittings; each act is told to a file when it is stored."""
    connection.recv()
    said = os.open(path.with_name("acknowledged"), os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    for sitting in range(3):
        with open_project(path, person="Mara", durable=durable) as project:
            for n in range(sitting * ACTS, (sitting + 1) * ACTS):
                harness.pair(project, document, n)
                os.write(said, b"%d\n" % n)
    connection.send("done")


def test_nothing_acknowledged_is_lost_when_the_power_is_cut(tmp_path: Path, tally: Tally) -> None:
    lost, cut_at_work = _cut(tmp_path, IMAGES, durable=True)
    assert lost == 0
    assert cut_at_work > IMAGES // 2
    tally("power cut at a random call", IMAGES, "0 acknowledged acts lost, 0 torn, 0 damaged")


def test_the_cuts_would_find_what_is_not_synced(tmp_path: Path) -> None:
    lost, _ = _cut(tmp_path, 12, durable=False)
    assert lost > 0


def _cut(tmp_path: Path, images: int, *, durable: bool) -> tuple[int, int]:
    """How many images lack what was acknowledged, and how many were cut in the middle."""
    folder = tmp_path / "run"
    folder.mkdir()
    path = folder / "project.annotator"
    document = harness.make(path)
    before = path.read_bytes()
    done = _logged(path, document, tmp_path / "log", durable=durable)
    random = Random(11)
    lost = cut_at_work = 0
    for number in range(images):
        image = tmp_path / f"image-{number}"
        at = random.randrange(len(done) + 1)
        acknowledged = _image(done[:at], before, path, image, random)
        try:
            count = harness.pairs(image / path.name, document)
        except (AnnotatorError, AssertionError):
            if durable:
                raise
            count = -1
        lost += count <= acknowledged
        cut_at_work += 0 < count < 3 * ACTS
        shutil.rmtree(image)
    return lost, cut_at_work


def _logged(path: Path, document: str, log: Path, *, durable: bool) -> list[Call]:
    """The calls of a run, in order."""
    wanted = "trace=write,pwrite64,ftruncate,fsync,fdatasync,unlink,unlinkat"
    with (
        harness.child(sit, path, document, durable) as (process, connection),
        tracing.traced(process.pid or 0, log, "-y", "-xx", "-s", "1000000", "-e", wanted),
    ):
        connection.send("go")
        assert connection.recv() == "done"
        process.join(20)
    done = [call for call in tracing.calls(log) if call.path.startswith(str(path.parent))]
    kinds = {(call.name, Path(call.path).name) for call in done}
    assert {("pwrite64", f"{path.name}-wal"), ("pwrite64", path.name)} <= kinds
    return done


class File:
    """What of a file is sure, and what the disk may or may not have taken."""

    def __init__(self, sure: bytes = b"") -> None:
        self.sure = bytearray(sure)
        self.pending: list[Call] = []

    def sync(self) -> None:
        _apply(self.sure, self.pending)
        self.pending = []

    def after_the_cut(self, random: Random) -> bytes:
        """What stands there when the power is back."""
        kept = bytearray(self.sure)
        how = random.randrange(3)
        some = [call for call in self.pending if how == 2 or (how == 1 and random.random() < 0.5)]
        _apply(kept, some)
        return bytes(kept)


def _apply(data: bytearray, calls: Sequence[Call]) -> None:
    for call in calls:
        if call.name == "ftruncate":
            del data[call.at :]
            data.extend(bytes(call.at - len(data)))
        else:
            data.extend(bytes(max(0, call.at - len(data))))
            data[call.at : call.at + len(call.data)] = call.data


def _image(done: Sequence[Call], before: bytes, path: Path, image: Path, random: Random) -> int:
    """Build what the disk holds after these calls; the number of the act acknowledged last."""
    files = {path.name: File(before)}
    gone: dict[str, File] = {}
    acknowledged = -1
    for call in done:
        name = Path(call.path).name
        if name == "acknowledged":
            acknowledged = int(call.data)
        elif call.path == str(path.parent):
            gone.clear()  # the folder is synced: what was taken away stays away
        elif call.name == "sync":
            if name in files:
                files[name].sync()
        elif call.name == "unlink":
            if name in files:
                gone[name] = files.pop(name)
        else:
            files.setdefault(name, File()).pending.append(call)
            gone.pop(name, None)
    image.mkdir()
    back = {name: file for name, file in gone.items() if random.random() < 0.5}
    for name, file in {**back, **files}.items():
        if name.startswith(path.name) and not name.endswith((".lock", ".holder.json")):
            (image / name).write_bytes(file.after_the_cut(random))
    return acknowledged
