"""desktop: the system's menu and file manager know Annotator and its projects (freedesktop.org)."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import click

from annotator import resources
from annotator.cli.printing import say
from annotator.errors import AnnotatorError
from annotator.language import tr

ENTRY = """[Desktop Entry]
Type=Application
Name=Annotator
Comment=Mark who claims what, who is the source, and who denies it
Exec={program} %f
Icon=annotator
Terminal=false
Categories=Office;
MimeType=application/vnd.annotator.project;
StartupWMClass=annotator
"""
KIND = """<?xml version="1.0" encoding="UTF-8"?>
<mime-info xmlns="http://www.freedesktop.org/standards/shared-mime-info">
  <mime-type type="application/vnd.annotator.project">
    <comment>Annotator project</comment>
    <sub-class-of type="application/vnd.sqlite3"/>
    <icon name="annotator"/>
    <glob pattern="*.annotator"/>
  </mime-type>
</mime-info>
"""


@click.command()
@click.option("--remove", "is_removed", is_flag=True, help="Take it back.")
def desktop(is_removed: bool) -> None:
    """Put Annotator into the system's menu, and let projects open with it."""
    if not sys.platform.startswith("linux"):
        raise AnnotatorError(
            tr(
                "Only Linux desktops are told by this verb; nothing was changed. "
                "Elsewhere choose the program in the file manager once."
            )
        )
    home = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local/share")
    files = _files(home)
    try:
        for path, words in files.items():
            if is_removed:
                path.unlink(missing_ok=True)
            else:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(words, encoding="utf-8")
    except OSError as error:
        raise AnnotatorError(
            tr(
                "{path} cannot be written: {why}. Some of it may stand; "
                "`annotator desktop --remove` takes it back.",
                path=error.filename,
                why=error.strerror,
            )
        ) from None
    _tell(home)
    if is_removed:
        say(tr("The desktop no longer knows Annotator; no project was touched."))
    else:
        say(tr("Annotator is in the menu, and a double click opens a project."))


def _files(home: Path) -> dict[Path, str]:
    """What the desktop reads, by where it looks."""
    return {
        home / "applications/annotator.desktop": ENTRY.format(program=_program()),
        home / "mime/packages/annotator.xml": KIND,
        home / "icons/hicolor/scalable/apps/annotator.svg": resources.text("icons/app.svg"),
    }


def _program() -> str:
    """How the desktop starts this very Annotator, quoted as desktop entries are."""
    frozen = getattr(sys, "frozen", False)
    words = [sys.executable] if frozen else [sys.executable, "-m", "annotator"]
    return " ".join(_quoted(word) for word in words)


def _quoted(word: str) -> str:
    for sign in '\\"`$':
        word = word.replace(sign, f"\\{sign}")
    # A backslash is doubled once more because the entry's values are strings; % begins a field.
    return '"{}"'.format(word.replace("\\", "\\\\").replace("%", "%%"))


def _tell(home: Path) -> None:
    """Let the desktop read anew; where these programs are not there it does so by itself, later."""
    for program, folder in (
        ("update-mime-database", home / "mime"),
        ("update-desktop-database", home / "applications"),
    ):
        found = shutil.which(program)
        if found and folder.is_dir():
            subprocess.run([found, str(folder)], capture_output=True, check=False, timeout=30)
