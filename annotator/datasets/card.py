"""The dataset card: README.md with what programs read in front and the datasheet's questions behind.

Everything in it comes out of the manifest and the schema, so it can be written anew from them.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import PurePosixPath

import yaml

from annotator.datasets.counts import WHOLE, Counts
from annotator.datasets.datasheet import answers
from annotator.datasets.manifest import LISTING, MANIFEST, SUMS, Facts, File, Manifest, Part
from annotator.datasets.splits import DEV, SPLITS
from annotator.datasets.words import many, table
from annotator.model.schema import Schema

LINES = ".jsonl"
"""What the front of the card offers for loading; one card may offer files of one kind only."""
TABLES = {".csv": "csv", ".parquet": "parquet"}
"""What is loaded as these instead."""
NESTED = ("jsonl", "offsets")
"""Formats whose lines hold objects with whatever keys there are, which those libraries refuse."""
LICENCE_NOTE = "Licence of the articles"

_TASKS = {
    "hf": "token-classification",
    "spacy": "token-classification",
    "conll": "token-classification",
    "jsonl": "token-classification",
    "sentences": "text-classification",
    "relation-pairs": "text-classification",
    "chat": "text-generation",
}
_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"))


def card(manifest: Manifest, schema: Schema) -> str:
    """The whole README.md."""
    sections = (
        _front(manifest),
        f"# {manifest.facts.title}",
        summary(manifest, schema),
        _balance(manifest, schema),
        _loading(manifest),
        *answers(manifest, schema),
        _files(manifest),
    )
    return "\n\n".join(section.strip("\n") for section in sections if section) + "\n"


def configs(manifest: Manifest) -> dict[str, list[tuple[str, str]]]:
    """What can be loaded as it lies there: pairs of a split and a path, by the name to load."""
    found = _loadable(manifest, (LINES,))
    return {**found, "documents": [("train", LISTING)]}


def _loadable(manifest: Manifest, endings: Iterable[str]) -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for file in sorted(manifest.files, key=_place_of):
        path = PurePosixPath(file.path)
        # An empty file is no data for them, it is an error.
        if file.size and file.format not in ("", *NESTED) and path.suffix in endings:
            inner = path.name.removeprefix(file.split or "data").removesuffix(path.suffix)
            more = [part for part in inner.split(".") if part and part not in file.format]
            found["-".join((file.format, *more))].append((_known_split(file.split), file.path))
    return found


def _front(manifest: Manifest) -> str:
    documents, languages = _total(manifest.parts[0]).documents, _languages(manifest.facts)
    said: dict[str, object] = {
        "pretty_name": manifest.facts.title,
        "language": languages,
        "license": "other",
        "license_name": "see-the-card",
        "license_link": f"#{LICENCE_NOTE.lower().replace(' ', '-')}",
        "annotations_creators": ["expert-generated"],
        "source_datasets": ["original"],
        "multilinguality": languages and ["multilingual" if languages[1:] else "monolingual"],
        "size_categories": [next((n for limit, n in _SIZES if documents < limit), "n>1M")],
        "task_categories": sorted({_TASKS[p.name] for p in manifest.parts if p.name in _TASKS}),
        "tags": ["news", "attribution", "claims", "sources", "denials"],
        "configs": [
            {
                "config_name": name,
                "data_files": [{"split": split, "path": path} for split, path in files],
            }
            for name, files in configs(manifest).items()
        ],
    }
    kept = {key: value for key, value in said.items() if value}
    return f"---\n{yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)}---"


def summary(manifest: Manifest, schema: Schema) -> str:
    """What it is, in a few sentences."""
    facts, total = manifest.facts, _total(manifest.parts[0])
    dates = f", published from {facts.first} to {facts.last}" if facts.first else ""
    outlets = f" of {many(len(facts.outlets), 'outlet')}" if facts.outlets else ""
    about = f": {schema.title[0].lower()}{schema.title[1:]}" if schema.title else ""
    said = (
        f"{many(total.documents, 'news article')}{outlets}{dates}, with "
        f"{many(sum(total.marks.values()), 'mark')} and "
        f"{many(sum(total.links.values()), 'link')}{about}.\n\n"
        f"Written by {manifest.program}. Offsets are code points of the text, half-open; "
        "`text[start:end]` is the words that are quoted."
    )
    if not manifest.has_text:
        said += (
            "\n\n**The texts are not part of it**, only offsets and hashes. `annotator rehydrate FOLDER "
            "TEXTS…` puts it together again from the saved articles or their texts, and refuses every "
            "text that is not the very one that was annotated."
        )
    return said


def _balance(manifest: Manifest, schema: Schema) -> str:
    """A table for the formats that hold the same; formats for training may hold less."""
    alike: dict[str, list[Part]] = defaultdict(list)
    for part in manifest.parts:
        alike[repr(part.counts)].append(part)
    tables = [
        f"{', '.join(part.title for part in parts)}:\n\n{_balance_of(parts[0], schema)}"
        for parts in alike.values()
    ]
    return "## Class balance\n\n" + "\n\n".join(tables)


def _balance_of(part: Part, schema: Schema) -> str:
    total = _total(part)
    labels = [label.name for label in schema.labels]
    labels += sorted({*total.marks} - {*labels})
    rows = [*part.counts.items(), *([("all", total)] if len(part.counts) > 1 else [])]
    return table(
        ["split", "articles", "without marks", "sets", *labels, *sorted(total.links)],
        [
            [name or "all", c.documents, c.empty, c.sets]
            + [c.marks.get(label, 0) for label in labels]
            + [c.links.get(kind, 0) for kind in sorted(total.links)]
            for name, c in rows
        ],
    )


def _loading(manifest: Manifest) -> str:
    lines = [f'load_dataset("path/to/this/folder", "{name}")' for name in configs(manifest)]
    for ending, kind in TABLES.items():
        for files in _loadable(manifest, (ending,)).values():
            named = ", ".join(f'"{split}": "{path}"' for split, path in files)
            lines.append(f'load_dataset("{kind}", data_files={{{named}}})')
    code = ["from datasets import load_dataset", "", *lines]
    nested = next((file.path for file in manifest.files if file.format in NESTED), None)
    if nested:
        code += ["", "import json", "", f'with open("{nested}", encoding="utf-8") as lines:',
                 "    entries = [json.loads(line) for line in lines]"]  # fmt: skip
    said = "\n".join(code)
    return f"## Loading\n\n```python\n{said}\n```"


def _files(manifest: Manifest) -> str:
    sizes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for file in sorted(manifest.files, key=_place_of):
        if file.format:
            sizes[file.format, file.split].append(file.size)
    rows = [[name, split or "all", len(found), sum(found)]
            for (name, split), found in sizes.items()]  # fmt: skip
    uses = sorted({use for part in manifest.parts for use in part.uses})
    also = f"\n\nThe data were shaped by {'; '.join(uses)}." if uses else ""
    return (
        f"## Files\n\n{table(['format', 'split', 'files', 'bytes'], rows)}\n\n"
        f"`{MANIFEST}` says how it was made and holds the hash of every file; `{SUMS}` is for "
        "`sha256sum -c`; `annotator verify` proves hashes, offsets, quotes, links and splits."
        f"{also}"
    )


def _total(part: Part) -> Counts:
    return sum(part.counts.values(), Counts())


def _place_of(file: File) -> tuple[int, str]:
    """Train before dev before test, as people say it."""
    return (WHOLE, *SPLITS).index(file.split), file.path


def _known_split(name: str) -> str:
    """What the Hugging Face libraries call a split."""
    return {DEV: "validation", WHOLE: "train"}.get(name, name)


def _languages(facts: Facts) -> list[str]:
    codes = {re.split("[-_]", name.lower())[0] for name in facts.languages}
    return sorted(code for code in codes if re.fullmatch("[a-z]{2,3}", code))
