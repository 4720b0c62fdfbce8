"""Articles of our own invention and what becomes of them, to the last character.

With ANNOTATOR_UPDATE_GOLDEN=1 the expected files are written anew; read the change before you keep it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from tests.articles.reading import read

HERE = Path(__file__).parent.parent / "golden" / "articles"
SOURCES = sorted(path for path in HERE.iterdir() if path.suffix != ".json")


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.name)
def test_a_golden_article_reads_as_it_always_did(path: Path) -> None:
    article = read(path.read_bytes(), path.name)
    found: dict[str, Any] = {
        "blocks": [
            [block.kind, block.role, block.dimmed, article.text[block.start : block.end]]
            for block in article.blocks
        ],
        "metadata": article.metadata,
        "warnings": list(article.warnings),
    }
    expected = path.with_name(path.name + ".json")
    if os.environ.get("ANNOTATOR_UPDATE_GOLDEN"):
        expected.write_text(
            json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8"
        )
    assert found == json.loads(expected.read_text(encoding="utf-8"))


def test_no_expectation_is_left_without_its_article() -> None:
    left = {path.name.removesuffix(".json") for path in HERE.glob("*.json")}
    assert left == {path.name for path in SOURCES}
