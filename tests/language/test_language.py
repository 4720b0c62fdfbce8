"""What is said is looked up in the person's language, and in English where there is none."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from string import Formatter

import pytest

from annotator.language import code, text, tr, trn
from tests.language.outside import errors_in_english, sentences_in_english
from tests.language.pseudo import LANGUAGE, ROOT, compiled, messages, pseudo, write_catalog

SPEAK = """
from annotator.language import code, tr, trn
print(code(), tr("Saved ✓"), trn("{count} act", "{count} acts", 1), tr("{a} is {b}.", a=1, b=2), sep="|")
"""


def spoken(folder: Path, **environment: str) -> list[str]:
    """What a new process says, with the catalogs of a folder."""
    done = subprocess.run(
        [sys.executable, "-S", "-c", SPEAK],
        env={**os.environ, "ANNOTATOR_LOCALE": str(folder), "PYTHONUTF8": "1", **environment},
        cwd=ROOT,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout.strip().split("|")


def write(folder: Path, language: str, said: dict[str, str]) -> None:
    place = folder / language / "LC_MESSAGES" / "annotator.mo"
    place.parent.mkdir(parents=True)
    head = "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=2; plural=(n != 1);\n"
    place.write_bytes(compiled({"": head, **said}))


def test_english_is_spoken_where_no_catalog_is() -> None:
    assert code() == "en"
    assert tr("{name} is read-only.", name="a{b}") == "a{b} is read-only."
    assert trn("{count:,} mark", "{count:,} marks", 1) == "1 mark"
    assert trn("{count:,} mark", "{count:,} marks", 1200) == "1,200 marks"
    assert tr("braces {} stay where nothing is filled in") == (
        "braces {} stay where nothing is filled in"
    )


def test_the_language_of_the_environment_is_spoken(tmp_path: Path) -> None:
    plural = "{count} act\0{count} acts"
    write(
        tmp_path,
        "de",
        {"Saved ✓": "Gespeichert ✓", plural: "{count} Schritt\0{count} Schritte"},
    )
    german = ["de", "Gespeichert ✓", "1 Schritt", "1 is 2."]
    assert spoken(tmp_path, LANGUAGE="", LC_ALL="de_AT.UTF-8") == german
    assert spoken(tmp_path, LANGUAGE="fr:de", LC_ALL="C.UTF-8") == german
    assert spoken(tmp_path, LANGUAGE="fr") == ["en", "Saved ✓", "1 act", "1 is 2."]


def test_a_faulty_translation_falls_back_to_english(tmp_path: Path) -> None:
    write(tmp_path, "de", {"{a} is {b}.": "{a} ist {c}."})
    assert spoken(tmp_path, LANGUAGE="de")[3] == "1 is 2."
    (tmp_path / "de/LC_MESSAGES/annotator.mo").write_bytes(b"no catalog")
    assert spoken(tmp_path, LANGUAGE="de")[1] == "Saved ✓"


def test_a_page_is_read_in_its_language_or_in_english() -> None:
    assert text("help/first.md").startswith("# ")


def test_every_message_is_written_out_with_its_fields() -> None:
    wrong: list[str] = []
    for message in messages():
        for words in message.words:
            named = set() if not message.fields else _fields(words)
            # One of something may be said in words.
            if named != message.fields and not (message.words[1:] and named < message.fields):
                wrong.append(f"{message.where}: {sorted(named ^ message.fields)}")
    assert wrong == []


def test_no_sentence_of_the_window_is_said_in_english_alone() -> None:
    assert sentences_in_english(ROOT / "annotator" / "gui") == []


def test_no_expected_failure_is_said_in_english_alone() -> None:
    assert errors_in_english(ROOT / "annotator") == []


def _fields(words: str) -> set[str]:
    return {re.split(r"[.\[]", name)[0] for _, name, _, _ in Formatter().parse(words) if name}


@pytest.mark.parametrize("words", ["Saved ✓", "{n:,} of {what}", "{{mark.claim}} marks"])
def test_the_pseudo_language_keeps_fields_and_changes_letters(words: str) -> None:
    said = pseudo(words)
    assert said.startswith("⟦")
    assert re.findall(r"\{.*?\}+", said) == re.findall(r"\{.*?\}+", words)
    assert not re.search(r"[A-Za-z]", re.sub(r"\{.*?\}+", "", said))


def test_the_pseudo_catalog_is_one_that_gettext_reads(tmp_path: Path) -> None:
    write_catalog(tmp_path)
    assert spoken(tmp_path, LANGUAGE=LANGUAGE)[0] == LANGUAGE
