"""What stands in the code for a person to read and does not go through ``tr``.

The tour sees every text that it meets; this sees those too that are shown only now and then.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from annotator import errors
from tests.language.pseudo import DOORS

SENTENCE = re.compile(r"^[A-Z“{].*[a-z]{2,}.* .*[a-z]|[a-z]{2,} [a-z{]")
NO_SENTENCE = re.compile(r"px|[;<>=_]|\{$")
"""Style sheets, markup, names in code."""
NOT_SAID = ("crash.py", "proof.py", "theme.py")
"""Reports to developers, and names of fonts."""
QUOTED = {"Who emptied the reservoir?", "the upper reservoir", "waited for"}
"""What is looked for in the sample, and the name of a thread."""
SHOWN_BY = {
    "QPushButton", "QLabel", "QCheckBox", "label", "flat_button", "addTab", "addAction", "addMenu",
    "addButton", "addRow", "ask_words", "head", "line", "say", "section", "setAccessibleName",
    "setHeaderLabels", "setPlaceholderText", "setText", "setToolTip", "setWindowTitle",
}  # fmt: skip
"""What shows its words, however short they are."""
NAMES = {"Annotator", "{} — Annotator"}
EXPECTED = {
    name
    for name, one in vars(errors).items()
    if isinstance(one, type) and issubclass(one, errors.AnnotatorError)
}


def sentences_in_english(source: Path) -> list[str]:
    """Sentences in a room that nobody can translate."""
    return [
        f"{path.name}:{line}: {words}"
        for path in sorted(source.rglob("*.py"))
        if path.name not in NOT_SAID
        for line, words, is_shown in _literals(ast.parse(path.read_text(encoding="utf-8")))
        if words not in QUOTED | NAMES
        and (is_shown or SENTENCE.search(words))
        and re.search(r"[A-Za-z]{2}", re.sub(r"{}", "", words))
        and not NO_SENTENCE.search(words)
    ]


def errors_in_english(source: Path) -> list[str]:
    """Expected failures whose sentence nobody can translate."""
    found = []
    for path in sorted(source.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and _name(node.func) in EXPECTED and node.args:
                words = re.sub(r"{}", "", _words(node.args[0]) or "")
                if re.search(r"[A-Za-z]{2}", words):
                    found.append(f"{path.name}:{node.lineno}: {words}")
    return found


def _literals(tree: ast.Module) -> Iterator[tuple[int, str, bool]]:
    """Strings with their lines, outside of docstrings and of what is looked up; and what shows them."""
    passed: set[ast.AST] = set()
    shown: set[ast.AST] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in DOORS:
            passed |= {part for one in node.args for part in ast.walk(one)}
        elif isinstance(node, ast.Call) and _name(node.func) in SHOWN_BY:
            shown |= {*node.args}
        if isinstance(node, ast.Expr):
            passed.add(node.value)
    for node in ast.walk(tree):
        words = _words(node)
        if words is not None and node not in passed:
            passed |= set(ast.iter_child_nodes(node))
            yield getattr(node, "lineno", 0), words, node in shown


def _words(node: ast.AST) -> str | None:
    """A string, with {} for what is filled in; None for anything else."""
    if isinstance(node, ast.JoinedStr):
        return "".join(_words(one) or "{}" for one in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def _name(called: ast.expr) -> str:
    return called.id if isinstance(called, ast.Name) else getattr(called, "attr", "")
