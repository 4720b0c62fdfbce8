"""The dataset card: README.md with what programs read in front and the datasheet's questions behind.

Everything in it comes out of the project and the recipe; what nobody said is called not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePosixPath

import msgspec
import yaml

from annotator.datasets.agreement import Agreement
from annotator.datasets.counts import WHOLE, Counts
from annotator.datasets.manifest import LISTING, MANIFEST, SCHEMA, SUMS, Manifest
from annotator.datasets.splits import DEV, EARLIER_STORY, NO_DATE, SplitPlan
from annotator.model.schema import Schema

LOADABLE = (".jsonl", ".csv", ".parquet")
"""What the Hugging Face libraries read without more ado."""

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


class Facts(msgspec.Struct, frozen=True, kw_only=True):
    """What the project knows beyond the manifest."""

    title: str
    about: str = ""
    """Why the dataset was made, in the words of whoever made it."""
    licence: str = ""
    """Of the annotations."""
    plan: SplitPlan | None = None
    outlets: Mapping[str, int] = {}
    """Documents by outlet."""
    languages: Mapping[str, int] = {}
    first: str = ""
    """The earliest date of publication."""
    last: str = ""
    undated: int = 0
    readers: Mapping[str, int] = {}
    people: int = 0
    """How many have marked."""
    joined: int = 0
    """Groups of more than one document."""
    largest: int = 1
    """Documents in the largest group."""
    agreement: tuple[Agreement, ...] = ()


def card(manifest: Manifest, schema: Schema, facts: Facts) -> str:
    """The whole README.md."""
    sections = [
        _front(manifest, facts),
        f"# {facts.title}\n\n{_summary(manifest, schema, facts)}",
        _balance(manifest, schema),
        _loading(manifest),
        _motivation(facts),
        _composition(manifest, schema, facts),
        _collection(manifest, facts),
        _annotation(schema, facts),
        _splits(manifest, facts),
        _losses(manifest),
        _uses(manifest, facts),
        _files(manifest),
    ]
    return "\n\n".join(section.strip("\n") for section in sections if section) + "\n"


def _front(manifest: Manifest, facts: Facts) -> str:
    total = _total(manifest).documents
    size = next((name for limit, name in _SIZES if total < limit), "n>1M")
    said = {
        "pretty_name": facts.title,
        "language": _languages(facts) or None,
        "license": "other",
        "license_name": "article-texts-belong-to-their-publishers",
        "license_link": "LICENSE-NOTE in this card",
        "annotations_creators": ["expert-generated"],
        "source_datasets": ["original"],
        "multilinguality": "multilingual" if len(_languages(facts)) > 1 else "monolingual",
        "size_categories": [size],
        "task_categories": sorted({_TASKS[p.name] for p in manifest.parts if p.name in _TASKS}),
        "tags": ["news", "attribution", "claims", "sources", "denials"],
        "configs": _configs(manifest),
    }
    kept = {key: value for key, value in said.items() if value}
    return f"---\n{yaml.safe_dump(kept, sort_keys=False, allow_unicode=True)}---"


def _configs(manifest: Manifest) -> list[dict[str, object]]:
    """One for each part that can be loaded as it lies there."""
    found: list[dict[str, object]] = []
    for part in manifest.parts:
        by_table: dict[str, list[dict[str, str]]] = {}
        for file in manifest.files:
            path = PurePosixPath(file.path)
            if file.format == part.name and path.suffix in LOADABLE:
                table = path.name.removeprefix(file.split or "data").removesuffix(path.suffix)
                one = {"split": _known_split(file.split), "path": file.path}
                by_table.setdefault(table.strip("."), []).append(one)
        for table, files in by_table.items():
            name = f"{part.name}-{table}" if table else part.name
            found.append({"config_name": name, "data_files": files})
    return found


def _known_split(name: str) -> str:
    """What the Hugging Face libraries call a split."""
    return {DEV: "validation", WHOLE: "train"}.get(name, name)


def _languages(facts: Facts) -> list[str]:
    codes = {re.split("[-_]", name.lower())[0] for name in facts.languages}
    return sorted(code for code in codes if re.fullmatch("[a-z]{2,3}", code))


def _summary(manifest: Manifest, schema: Schema, facts: Facts) -> str:
    total = _total(manifest)
    outlets = _many(len(facts.outlets), "outlet")
    dates = f", published from {facts.first} to {facts.last}" if facts.first else ""
    without = (
        ""
        if manifest.has_text
        else (
            "\n\n**The texts are not part of it**: only offsets and hashes are. "
            "`annotator rehydrate FOLDER TEXTS…` puts it together again from saved articles or their "
            "texts, and refuses every text that is not the very one that was annotated."
        )
    )
    return (
        f"{_many(total.documents, 'news article')} of {outlets}{dates}, with "
        f"{_many(sum(total.marks.values()), 'mark')} and {_many(sum(total.links.values()), 'link')}: "
        f"{schema.title[:1].lower()}{schema.title[1:]}.\n\n"
        f"Written by {manifest.program} from a project of which nothing else went out. "
        "Offsets are code points of the text, half-open; `text[start:end]` is the quoted words."
        f"{without}"
    )


def _balance(manifest: Manifest, schema: Schema) -> str:
    part = manifest.parts[0]
    labels = [label.name for label in schema.labels]
    labels += sorted({x for c in part.counts.values() for x in c.marks} - {*labels})
    kinds = sorted({kind for counts in part.counts.values() for kind in counts.links})
    head = ["split", "articles", "without marks", "sets", *labels, *kinds]
    rows = [_balance_row(name, counts, labels, kinds) for name, counts in part.counts.items()]
    if len(rows) > 1:
        rows.append(_balance_row("all", _total(manifest), labels, kinds))
    same = [p.title for p in manifest.parts[1:] if p.counts == part.counts]
    other = [p for p in manifest.parts[1:] if p.counts != part.counts]
    of = ", ".join([part.title, *same])
    more = "".join(
        f"\n\n{p.title} holds less: "
        + "; ".join(
            f"{name or 'all'} {_many(c.documents, 'article')}, {_many(sum(c.marks.values()), 'mark')}"
            for name, c in p.counts.items()
        )
        + "."
        for p in other
    )
    return f"## Class balance\n\nIn {of}:\n\n{_table(head, rows)}{more}"


def _balance_row(
    name: str, counts: Counts, labels: Sequence[str], kinds: Sequence[str]
) -> list[object]:
    marks = [counts.marks.get(label, 0) for label in labels]
    links = [counts.links.get(kind, 0) for kind in kinds]
    return [name or "all", counts.documents, counts.empty, counts.sets, *marks, *links]


def _loading(manifest: Manifest) -> str:
    configs = [config["config_name"] for config in _configs(manifest)]
    if not configs:
        return ""
    lines = "\n".join(f'load_dataset("path/to/this/folder", "{name}")' for name in configs)
    return f"## Loading\n\n```python\nfrom datasets import load_dataset\n\n{lines}\n```"


def _motivation(facts: Facts) -> str:
    return (
        "## Motivation\n\n"
        f"**For what purpose was it made?** {facts.about or 'Not stated.'}\n\n"
        "**Who made it, and who paid for it?** Not stated."
    )


def _composition(manifest: Manifest, schema: Schema, facts: Facts) -> str:
    labels = [[x.name, x.title, _first_sentence(x.guideline)] for x in schema.labels]
    links = [
        [k.name, f"{' or '.join(k.from_)} → {' or '.join(k.to)}", _first_sentence(k.guideline)]
        for k in schema.relations
    ]
    dates = f"from {facts.first} to {facts.last}" if facts.first else "none is dated"
    undated = f"; {_many(facts.undated, 'article')} without a date" if facts.undated else ""
    left = "; ".join(f"{n} {_left_out(why)}" for why, n in manifest.left_out.items())
    return f"""## Composition

**What do the instances represent?** Saved news articles, each with marks on stretches of its text and
links between the marks. Marks may nest, overlap and have gaps; links may lead to another article.

{_table(["label", "title", "what it is"], labels)}

{_table(["link", "from → to", "what it is"], links)}

Attributes that nobody decided are absent, never a default. `{SCHEMA}` holds the whole schema
*{schema.name}* {schema.version} with its guidelines.

**From which outlets?** {_counted(facts.outlets) or "Not known."}

**From which time?** {dates[:1].upper()}{dates[1:]}{undated}.

**In which languages?** {_counted(facts.languages) or "Not stated in the articles."}

**Is everything in it?** {f"Left out: {left}." if left else "Nothing of the project was left out."}

**Are there duplicates?** {_duplicates(facts)}

**Does it name persons or hold what may offend?** These are news articles: they name living persons and
report claims that may be false. Nothing was made anonymous."""


def _duplicates(facts: Facts) -> str:
    if not facts.joined:
        return "No two articles belong to one group."
    groups = _many(facts.joined, "group")
    return (
        f"Near-duplicates and articles of one story form {groups} of more than one article "
        f"(the largest: {facts.largest}). The groups stand in `{LISTING}`; no split parts one."
    )


def _collection(manifest: Manifest, facts: Facts) -> str:
    return f"""## Collection

**How were the texts acquired?** They were saved by the annotators and read on their machine by
{_counted(facts.readers) or "readers that are not known"}. Text and offsets follow rule
{manifest.canonical_text} of the canonical text: decoded, all line breaks LF, and nothing else changed.
`text_sha256` is the hash of the text (UTF-8), `source_sha256` that of the file it was read from.

**What is not the article's own text?** Navigation, advertisements and the like are kept as dimmed blocks.
In formats for training a dimmed block that nobody marked is no negative example."""


def _annotation(schema: Schema, facts: Facts) -> str:
    rows = [
        [a.label or "all labels", a.marks, f"{a.exact:.3f}", f"{a.overlap:.3f}"]
        for a in facts.agreement
    ]
    agreement = "Not known: no article was marked to the end by two people."
    if facts.agreement:
        agreement = (
            f"Over {_many(facts.agreement[0].pairs, 'pair')} of finished sets, the share of marks that "
            "the other person made too (F1, not corrected for chance):\n\n"
            + _table(["label", "marks", "same extent", "overlapping"], rows)
        )
    return f"""## Annotation

**Who annotated?** {_many(facts.people, "annotator")}, by hand, with the guidelines in `{SCHEMA}`. Their
names stand in the lossless formats.

**How well do they agree?** {agreement}

**What counts as a denial?** In formats for training, refusals and dodges (`denial_kind` *refusal* and
*non_denial*) are no denials{"" if not _takes_refusals(schema) else ""}; the lossless formats hold them
with their attribute."""


def _takes_refusals(schema: Schema) -> bool:
    return False


def _splits(manifest: Manifest, facts: Facts) -> str:
    plan = facts.plan
    if plan is None:
        return "## Splits\n\nIt is not split."
    if plan.cut:
        when = (
            f"By time: train is what was published before {plan.cut[0]}, test from {plan.cut[-1]} on. "
            "An article of a story that began before a cut, and one whose date is not known well enough, "
            "is in no split."
        )
    elif plan.stratified:
        when = (
            f"{'/'.join(map(str, plan.shares))} ({', '.join(plan.names)}), stratified by the rarest label "
            f"of an article, in the order of a salted SHA-256 (seed {plan.seed})."
        )
    else:
        when = (
            f"{'/'.join(map(str, plan.shares))} ({', '.join(plan.names)}), by a salted SHA-256 of the "
            f"group's name (seed {plan.seed}): articles that are added later move nothing."
        )
    kinds = ", ".join(plan.together) or "nothing"
    return (
        f"## Splits\n\n{when}\n\nNo group of articles is in two splits. Joined were articles that share "
        f"{kinds}, and articles that are linked with each other."
    )


def _losses(manifest: Manifest) -> str:
    said: list[str] = []
    for part in manifest.parts:
        lost = [f"  - {one}" for one in part.losses]
        held = f" It has no room for {', '.join(part.not_held)}." if part.not_held else ""
        head = "nothing of what it has room for was lost" if not lost else "was lost"
        said.append("\n".join([f"- {part.title}: {head}.{held}", *lost]))
    return "## Known losses\n\n" + "\n".join(said)


def _uses(manifest: Manifest, facts: Facts) -> str:
    licence = facts.licence or "Not stated"
    texts = (
        "The texts in this folder are copyrighted by their publishers. Whoever passes it on needs their "
        "leave or an exception in law; `annotator export --no-text` writes the same dataset without them."
        if manifest.has_text
        else "The folder holds no text of an article, so it can be passed on where the texts cannot. "
        "Titles, notes and links to the articles are part of it."
    )
    return f"""## Uses, licence, upkeep

**Licence of the annotations:** {licence}.

**LICENSE-NOTE. Licence of the articles:** {texts}

**What should it not be used for?** A mark says that something is reported, by whom, and who denies it;
it never says whether it is true. A model of it does not check facts.

**Who keeps it up?** Not stated. A later export of the same project reports which articles moved between
splits."""


def _files(manifest: Manifest) -> str:
    rows = [[f"`{f.path}`", f.format or "—", f.split or "—", f.size] for f in manifest.files]
    uses = sorted({use for part in manifest.parts for use in part.uses})
    also = f"\n\nMade with: {'; '.join(uses)}." if uses else ""
    return (
        f"## Files\n\n{_table(['file', 'format', 'split', 'bytes'], rows)}\n\n"
        f"`{MANIFEST}` holds the hash of each and how it was made, `{SUMS}` is for `sha256sum -c`; "
        f"`annotator verify` proves hashes, offsets, quotes, links and splits.{also}"
    )


def _total(manifest: Manifest) -> Counts:
    return sum(manifest.parts[0].counts.values(), Counts())


def _left_out(why: str) -> str:
    return why.replace("_", " ") if why not in (NO_DATE, EARLIER_STORY) else why


def _first_sentence(guideline: str) -> str:
    return guideline.strip().split("\n", 1)[0]


def _counted(counts: Mapping[str, int], most: int = 12) -> str:
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    said = ", ".join(f"{name} ({n})" for name, n in ranked[:most])
    return said + (f", and {len(ranked) - most} more" if len(ranked) > most else "")


def _many(n: int, what: str) -> str:
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(_cell(cell) for cell in line) + " |" for line in lines)


def _cell(value: object) -> str:
    return " ".join(str(value).split()).replace("|", "\\|")
