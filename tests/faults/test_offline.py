"""Opening articles reaches no network and reads no other file: what the system saw of it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.faults import harness, tracing
from tests.faults.conftest import Tally

pytestmark = tracing.needs_strace
FILES = harness.counted(20, 120)

OPEN_ALL = """
import os, sys
from pathlib import Path
from annotator.gui.app import make_application
from annotator.gui.importing.dialog import ImportDialog
from annotator.gui.window import Window
from annotator.project import articles, keep
from annotator.settings import Settings
project, folder, bait = sys.argv[1:]
keep.create(project)
application = make_application()
window = Window(Settings(), "Mara")
window.show()
window.open_project(project)
desk = window.desk
def settle():
    application.processEvents()
    while not desk.bridge.is_idle:
        application.processEvents()
    application.processEvents()
os.write(2, b"BEGIN\\n")
def tell(report):
    for one in report.outcomes:
        if one.result == "refused":
            os.write(2, f"REFUSED {one.reason}\\n".encode())
desk.bridge.start_job(articles.import_paths, [Path(folder)], then=tell)
settle()
for dialog in window.findChildren(ImportDialog):
    dialog.go.click()  # import
    settle()
    dialog.go.click()  # close
    settle()
for row in range(desk.library.model.rowCount()):
    desk.library.list.setCurrentIndex(desk.library.model.index(row))
    settle()
    window.grab()
# A guideline comes with a project, and is as little to be trusted.
desk.guidelines.write(f"![a]({bait}) ![b](file://{bait}) <img src='{bait}'> [c](smb://198.51.100.7/x)")
desk.guidelines.resize(300, 300)
desk.guidelines.grab()
print(desk.library.model.rowCount())
os.write(2, b"END\\n")
window.close()
"""

LURES = (
    '<img src="{bait}"><img src="file://{bait}"><img srcset="file://{bait} 2x">',
    '<iframe src="file://{bait}"></iframe><object data="{bait}"></object><embed src="{bait}">',
    '<link rel="stylesheet" href="file://{bait}"><style>@import url("file://{bait}");</style>',
    '<p style="background: url(file://{bait})">x</p><table background="{bait}"><tr><td>y</td></tr></table>',
    '<img src="http://198.51.100.7/t.gif"><script src="http://198.51.100.7/x.js"></script>',
    '<video src="http://198.51.100.7/v" poster="{bait}"></video><audio src="file://{bait}"></audio>',
    '<svg><image href="file://{bait}"/><use href="file://{bait}#x"/></svg>',
    '<!DOCTYPE html [<!ENTITY e SYSTEM "file://{bait}">]><p>&e;</p>',
    '<base href="http://198.51.100.7/"><a href="x" ping="http://198.51.100.7/p">link</a>',
    '<meta http-equiv="refresh" content="0; url=http://198.51.100.7/">',
)
MARKDOWN = (
    "![a]({bait}) ![b](file://{bait}) ![c](http://198.51.100.7/t.png)",
    "[x]: file://{bait}\n\n![x] <img src='file://{bait}'> [l](smb://198.51.100.7/share)",
)
STORY = "The harbor office said that the pier was closed. The mayor denied it on Monday. " * 6


def write(folder: Path, bait: Path) -> None:
    """Articles that would like to read the bait, or to tell somebody that they were opened."""
    for n in range(FILES):
        if n % 5 == 4:
            lure = MARKDOWN[n // 5 % len(MARKDOWN)].format(bait=bait)
            (folder / f"{n:03}.md").write_text(f"# Story {n}\n\n{STORY}\n\n{lure}\n\n{STORY}\n")
        else:
            lure = LURES[n % len(LURES)].format(bait=bait)
            title = f"<title>Story {n} <img src='{bait}'></title>"
            page = f"<html><head>{title}</head><body><h1>Story {n}</h1><p>{STORY}</p>{lure}<p>{STORY}</p></body></html>"
            (folder / f"{n:03}.html").write_text(page)


def test_opening_articles_asks_nobody_and_reads_nothing_else(tmp_path: Path, tally: Tally) -> None:
    folder, bait = tmp_path / "articles", tmp_path / "elsewhere" / "bait.png"
    folder.mkdir()
    bait.parent.mkdir()
    bait.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(64))
    write(folder, bait)
    log, project = tmp_path / "log", tmp_path / "p.annotator"
    watched = "trace=connect,sendto,sendmsg,open,openat,execve,write"
    done = subprocess.run(
        ["strace", "-f", "-qq", "-y", "-s", "300", "-e", watched, "-o", str(log),
         sys.executable, "-c", OPEN_ALL, str(project), str(folder), str(bait)],
        capture_output=True, check=True, text=True, timeout=500,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
    )  # fmt: skip
    refused = [line for line in done.stderr.splitlines() if line.startswith("REFUSED")]
    assert int(done.stdout) == FILES, refused
    lines = log.read_text(errors="replace").splitlines()
    begin, end = (next(n for n, one in enumerate(lines) if f'"{word}\\n"' in one) for word in ("BEGIN", "END"))  # fmt: skip
    assert not [one for one in lines if re.search(r"AF_INET6?\b", one)]
    at_work = lines[begin:end]
    opened = {m[1] for one in at_work if (m := re.search(r'open(?:at)?\(.*?"([^"]+)"', one))}
    assert any(name.startswith(str(folder)) for name in opened), "the log shows what is opened"
    assert not [name for name in opened if str(bait.parent) in name]
    allowed = (str(folder), str(project), sys.prefix, sys.base_prefix, str(Path.cwd()), *SYSTEM)
    strange = {n for n in opened if n.startswith("/") and not n.startswith(allowed)}
    own = {str(tmp_path), os.environ["ANNOTATOR_SETTINGS"], os.environ["ANNOTATOR_BACKUPS"]}
    strange = {n for n in strange if not n.startswith(tuple(own)) or str(bait.parent) in n}
    # What is read and not stored yet lies in a file that has no name.
    unnamed = re.compile(re.escape(tempfile.gettempdir()) + r"(/[a-z0-9_]{8})?")
    assert not [name for name in strange if not unnamed.fullmatch(name)]
    tally("hostile articles opened in the window", FILES, "0 connections, 0 other files opened")


SYSTEM = ("/usr/", "/lib", "/etc/", "/proc/", "/sys/", "/dev/", "/var/cache/fontconfig")
"""Libraries, fonts and time zones."""
