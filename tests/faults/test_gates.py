"""What the source itself must not hold: a way to the network, to foreign code, to rich text of articles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import annotator

ROOT = Path(annotator.__file__).parent
FOREIGN_CODE = {"pickle", "cPickle", "dill", "joblib", "marshal", "shelve", "cloudpickle"}
NETWORK = {
    "aiohttp", "ftplib", "http", "httpx", "imaplib", "poplib", "requests", "smtplib", "socketserver",
    "ssl", "telnetlib", "urllib.request", "urllib3", "webbrowser", "xmlrpc",
    "PySide6.QtNetwork", "PySide6.QtWebEngineCore", "PySide6.QtWebEngineWidgets", "PySide6.QtWebSockets",
}  # fmt: skip
RICH = {"setHtml", "insertHtml", "setOpenExternalLinks", "toHtml"}


def imports() -> Iterator[tuple[str, str]]:
    for path in ROOT.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                yield from ((path.name, one.name) for one in node.names)
            elif isinstance(node, ast.ImportFrom) and node.module:
                yield path.name, node.module
                yield from ((path.name, f"{node.module}.{one.name}") for one in node.names)


def test_nothing_is_imported_that_runs_what_it_reads_or_goes_online() -> None:
    found = set(imports())
    assert len(found) > 300
    bad = {
        (where, name)
        for where, name in found
        for forbidden in FOREIGN_CODE | NETWORK
        if name == forbidden or name.startswith(f"{forbidden}.")
    }
    assert bad == set()


def test_no_widget_is_given_html_and_markdown_and_links_have_one_place_each() -> None:
    called = {
        (path.name, node.func.attr)
        for path in (ROOT / "gui").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert {where for where, name in called if name == "setMarkdown"} == {"written.py"}
    assert {where for where, name in called if name == "openUrl"} == {"address.py"}
    assert {(where, name) for where, name in called if name in RICH} == set()


def test_the_system_s_own_names_are_all_that_is_asked_of_sockets() -> None:
    users = {where for where, name in imports() if name == "socket"}
    for where in users:
        (path,) = ROOT.rglob(where)
        asked = {
            node.attr
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Attribute)
            and isinstance(node.value, ast.Name)
            and node.value.id == "socket"
        }
        assert asked <= {"gethostname"}, where
