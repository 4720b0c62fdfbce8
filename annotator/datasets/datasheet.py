"""The questions that a datasheet answers, answered out of what the manifest and the schema say.

After Gebru et al., Datasheets for Datasets. What nobody said is called not stated; nothing is guessed.
"""

from __future__ import annotations

from annotator.datasets.groups import DUPLICATES, OUTLET, PROPOSITION, STORY
from annotator.datasets.manifest import LISTING, SCHEMA, Facts, Manifest
from annotator.datasets.words import counted, many, table
from annotator.model.schema import Schema

NOT_STATED = "Not stated."

_SHARED = {
    DUPLICATES: "near-duplicates of each other",
    STORY: "those of one story",
    PROPOSITION: "those with marks that state the same proposition",
    OUTLET: "those of one outlet",
}


def answers(manifest: Manifest, schema: Schema) -> tuple[str, ...]:
    """The sections of the datasheet, each with its heading."""
    return (
        _section(
            "Motivation",
            ("For what purpose was it made?", manifest.facts.about or NOT_STATED),
            ("Who made it, and who paid for it?", NOT_STATED),
        ),
        _composition(manifest, schema),
        _collection(manifest),
        _annotation(manifest.facts),
        f"## Splits\n\n{_splits(manifest)}",
        f"## Known losses\n\n{_losses(manifest)}",
        _uses(manifest),
    )


def _section(title: str, *answered: tuple[str, str]) -> str:
    said = (f"**{question}** {answer}" for question, answer in answered)
    return f"## {title}\n\n" + "\n\n".join(said)


def _composition(manifest: Manifest, schema: Schema) -> str:
    facts = manifest.facts
    undated = f" {many(facts.undated, 'article')} without a date." if facts.undated else ""
    dates = f"From {facts.first} to {facts.last}." if facts.first else ""
    return _section(
        "Composition",
        ("What do the instances represent?", _instances(schema)),
        ("Of which outlets?", counted(facts.outlets) or "Not known."),
        ("Of which time?", (dates + undated).strip() or "Not known."),
        ("In which languages?", counted(facts.languages) or "The articles do not say."),
        ("Is all of the project in it?", _left_out(manifest)),
        ("Are there duplicates?", _duplicates(facts)),
        (
            "Does it name persons, or hold what may offend?",
            "These are news articles: they name living persons, and report claims that may be false. "
            "Nothing was made anonymous.",
        ),
    )


def _instances(schema: Schema) -> str:
    labels = [[x.name, x.title, _first(x.guideline)] for x in schema.labels]
    links = [
        [k.name, f"{' or '.join(k.from_)} → {' or '.join(k.to)}", _first(k.guideline)]
        for k in schema.relations
    ]
    return (
        "Saved news articles, with marks on stretches of their text and links between marks. Marks may "
        "nest, overlap and have gaps; links may lead to another article.\n\n"
        f"{table(['label', 'title', 'what it is'], labels)}\n\n"
        f"{table(['link', 'from → to', 'what it is'], links)}\n\n"
        "An attribute that nobody decided is absent; none has a default. "
        f"`{SCHEMA}` holds the schema *{schema.name}* {schema.version} with all its guidelines."
    )


def _left_out(manifest: Manifest) -> str:
    said: dict[str, list[str]] = {}
    for part in manifest.parts:
        left = [f"{n:,} {why.replace('_', ' ')}" for why, n in part.left_out.items()]
        if part.second_sets:
            left.append(f"and {many(part.second_sets, 'further set')} of articles that are in it")
        if left:
            said.setdefault(f"Articles left out: {'; '.join(left)}.", []).append(part.title)
    if len(said) == 1 and len(next(iter(said.values()))) == len(manifest.parts):
        return next(iter(said))
    return " ".join(f"{', '.join(titles)}: {words}" for words, titles in said.items()) or "Yes."


def _duplicates(facts: Facts) -> str:
    if not facts.joined:
        return "No two articles form a group."
    return (
        f"What belongs together forms {many(facts.joined, 'group')} of more than one article, the "
        f"largest of {facts.largest}. The groups stand in `{LISTING}`."
    )


def _collection(manifest: Manifest) -> str:
    readers = counted(manifest.facts.readers) or "readers that are not known"
    return _section(
        "Collection",
        (
            "How were the texts acquired?",
            f"The annotators saved the articles, and Annotator read them on their machine: {readers}. "
            f"The text follows rule {manifest.canonical_text} of the canonical text: decoded, all line "
            "breaks LF, nothing else changed. `text_sha256` is the hash of the text as UTF-8, "
            "`source_sha256` that of the saved file.",
        ),
        (
            "What of a page is not the article?",
            "Navigation, advertisements and the like are kept as dimmed blocks. In formats for training "
            "a dimmed block that nobody marked is no negative example.",
        ),
    )


def _annotation(facts: Facts) -> str:
    return _section(
        "Annotation",
        (
            "Who annotated?",
            f"{many(facts.people, 'annotator')}, with the guidelines in `{SCHEMA}`. Their names stand "
            "only in the lossless formats.",
        ),
        ("How well do they agree?", _agreement(facts)),
        (
            "What counts as a denial?",
            "In formats for training refusals and dodges (`denial_kind` *refusal* and *non_denial*) are "
            "no denials, unless the recipe in the manifest says so.",
        ),
    )


def _agreement(facts: Facts) -> str:
    if not facts.agreement:
        return "Not known: no article was marked to the end by two people."
    rows = [
        [one.label or "all labels", one.marks, f"{one.exact:.3f}", f"{one.overlap:.3f}"]
        for one in facts.agreement
    ]
    return (
        f"In {many(facts.agreement[0].pairs, 'pair')} of finished sets of the same article, the share of "
        "marks that the other person made too (F1, not corrected for chance):\n\n"
        + table(["label", "marks", "same extent", "overlapping"], rows)
    )


def _splits(manifest: Manifest) -> str:
    plan = manifest.split
    if plan is None:
        return "It is not split."
    shares = f"{'/'.join(map(str, plan.shares))} ({', '.join(plan.names)})"
    if plan.cut:
        how = (
            f"By time: train was published before {plan.cut[0]}, test on {plan.cut[-1]} or later. An "
            "article of a story that began before a cut, and one whose date is not known well enough, "
            "is in no split."
        )
    elif plan.stratified:
        how = (
            f"{shares}, stratified by the rarest label of an article; within a class a salted SHA-256 "
            f"(seed {plan.seed}) decides."
        )
    else:
        how = (
            f"{shares}, by a salted SHA-256 of the group's name (seed {plan.seed}). Articles that are "
            "added later move none that are there."
        )
    joined = [_SHARED[kind] for kind in plan.together] + ["those whose marks are linked"]
    return f"{how}\n\nNo group is in two splits. What forms a group: {'; '.join(joined)}."


def _losses(manifest: Manifest) -> str:
    said: list[str] = []
    for part in manifest.parts:
        held = f" It has no room for {', '.join(part.not_held)}." if part.not_held else ""
        lost = "lost was" if part.losses else "nothing that it has room for was lost."
        rows = [f"    - {one}" for one in part.losses]
        said.append("\n".join([f"- {part.title}: {lost}{'' if rows else held}", *rows]))
        if rows and held:
            said[-1] += f"\n    -{held}"
    return "\n".join(said)


def _uses(manifest: Manifest) -> str:
    texts = (
        "The texts in this folder belong to their publishers. Whoever passes it on needs their leave, or "
        "an exception in law; the same dataset can be written without them (format `offsets`)."
        if manifest.has_text
        else "No text of an article is in this folder, so it can be passed on where the texts cannot. "
        "Titles, addresses and the annotators' notes are in it."
    )
    return _section(
        "Uses, licences, upkeep",
        (
            "What should it not be used for?",
            "A mark says that something is reported, by whom, and who denies it; never whether it is "
            "true. A model of it does not check facts.",
        ),
        ("Licence of the annotations.", manifest.facts.licence or NOT_STATED),
        ("Licence of the articles.", texts),
        (
            "Who keeps it up?",
            f"{NOT_STATED} A later export of the project says which articles moved between splits.",
        ),
    )


def _first(guideline: str) -> str:
    return guideline.strip().split("\n", 1)[0]
