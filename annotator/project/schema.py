"""The project's schema: another one in its place, and renaming, merging and retiring what is in it.

Every verb is one act, over all marks and links that it concerns, however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from msgspec.structs import replace

from annotator.errors import RuleError
from annotator.language import in_english, tr, trn
from annotator.model import revision as revisions
from annotator.model.annotation import Annotation, Relation
from annotator.model.names import THING_NAMES
from annotator.model.revision import Revision
from annotator.model.rules import SAME_WORDS_TWICE
from annotator.model.schema import Schema
from annotator.progress import Progress, silent
from annotator.project.project import Act, Project, Queries
from annotator.storage import many

PART = 2000
"""Marks or links that are changed in one op; more of them are further ops of the same undo step."""


def set_schema(project: Project, schema: Schema) -> Schema:
    """Put a schema in force, with the next version. Raises RuleError where marks would lose theirs.

    The same labels, attributes and relations again change nothing.
    """
    return revise(project, Revision(schema=schema))


def rename(project: Project, kind: str, old: str, new: str, progress: Progress = silent) -> Schema:
    """Give a label, attribute, relation or value (``attribute=value``) another name everywhere."""
    revision = revisions.renamed(project.read.schema(), kind, old, new)
    return revise(project, revision, progress, title=f"Rename {old} to {new}")


def merge(project: Project, kind: str, old: str, into: str, progress: Progress = silent) -> Schema:
    """Let one label, relation or value take the place of another everywhere."""
    revision = revisions.merged(project.read.schema(), kind, old, into)
    return revise(project, revision, progress, title=f"Merge {old} into {into}")


def retire(project: Project, kind: str, name: str, *, again: bool = False) -> Schema:
    """Let new work no longer get a label, attribute or relation, or ``again`` let it."""
    revision = revisions.retired(project.read.schema(), kind, name, retire=not again)
    return revise(project, revision, title=f"{'Bring back' if again else 'Retire'} {name}")


def revise(
    project: Project,
    revision: Revision,
    progress: Progress = silent,
    *,
    title: str = "Change schema",
) -> Schema:
    """Put a revision in force: the schema, and every mark and link as it then is, as one act.

    Raises RuleError where the schema contradicts itself or lacks what is in use. Whatever is raised,
    Cancelled too, leaves nothing changed.
    """
    revisions.require_good(revision.schema)
    project.safeguard(in_english("before another schema"), progress)
    with project.op(title) as act:
        old = act.read.schema()
        new = replace(revision.schema, version=old.version)
        if new == old:
            return old
        _refuse_losing(act.read, old, revision)
        new = replace(new, version=max(revision.schema.version, old.version + 1))
        act.tx.add(new)
        done, total = 0, _total(act.read, revision)
        for changed in _parts(act, revision):
            done += changed
            progress(done, total)
            act.next_part()
        return new


def refusals(read: Queries, revision: Revision) -> tuple[str, ...]:
    """Why a revision would be refused, in sentences; none where it would not be."""
    found = [
        tr("It would be refused: {problem}.", problem=problem)
        for problem in revisions.problems(revision.schema)[:1]
    ]
    try:
        _refuse_losing(read, read.schema(), revision)
    except RuleError as error:
        found.append(str(error))
    return tuple(found)


def effects(read: Queries, revision: Revision) -> tuple[str, ...]:
    """What a revision would change, in sentences; also why it would be refused."""
    old, new = read.schema(), revision.schema
    found = [*refusals(read, revision), *_moves(read, old, revision)]
    for what, before, after, moved in (
        ("label", old.labels, new.labels, revision.labels),
        ("attribute", old.attributes, new.attributes, revision.attributes),
        ("relation", old.relations, new.relations, revision.relations),
    ):
        before = tuple(_relabeled(one, revision.labels) for one in before)
        found += _differences(what, before, after, moved)
    if (old.title, old.guideline, old.name) != (new.title, new.guideline, new.name):
        found.append(tr("The name or the general guideline of the schema changes."))
    return tuple(found)


def _total(read: Queries, revision: Revision) -> int | None:
    """How many marks and links will change, where that is cheap to know."""
    if revision.attributes or revision.values:
        return None
    labels, kinds = read.labels_in_use(), read.links_in_use()
    marks = sum(labels.get(name, 0) for name in revision.labels)
    return marks + sum(kinds.get(name, 0) for name in revision.relations)


def _parts(act: Act, revision: Revision) -> Iterator[int]:
    """Change marks, then links, part by part; gives how many were changed in each."""
    attributes = {*revision.attributes, *revision.values}
    if revision.moves_marks:
        yield from _each(
            lambda after: act.read.ask(
                many.marks_with, list(revision.labels), list(attributes), after, PART
            ),
            lambda marks: _change_marks(act, revision, marks),
        )
    if revision.relations:
        yield from _each(
            lambda after: act.read.ask(many.links_with, list(revision.relations), after, PART),
            lambda links: _change_links(act, revision.relations, links),
        )


def _each(read: Callable[[str], Any], change: Callable[[Any], None]) -> Iterator[int]:
    after = ""
    while part := read(after):
        after = part[-1].id
        change(part)
        yield len(part)


def _change_marks(act: Act, revision: Revision, marks: tuple[Annotation, ...]) -> None:
    pairs = [(mark, revision.mark(mark)) for mark in marks]
    act.tx.put_many([(old, replace(new, updated=act.tx.at)) for old, new in pairs if new != old])


def _change_links(act: Act, names: dict[str, str], links: tuple[Relation, ...]) -> None:
    """A link that would stand there twice is dropped."""
    ids = [link.from_id for link in links]
    there = {kind: act.read.ask(many.linked, kind, ids) for kind in set(names.values())}
    kept: list[tuple[Relation, Relation]] = []
    for link in links:
        kind = names[link.type]
        ends = (link.from_id, link.to_id)
        if ends in there[kind]:
            act.tx.drop(link)
        else:
            there[kind].add(ends)
            kept.append((link, replace(link, type=kind, updated=act.tx.at)))
    act.tx.put_many(kept)
    ends = [end for link in links for end in (link.from_id, link.to_id)]
    act.tx.concerns(*act.read.ask(many.documents_of, ends))


def _refuse_losing(read: Queries, old: Schema, revision: Revision) -> None:
    """Refuse a schema that lacks what marks and links have and what nothing takes the place of."""
    new = revision.schema
    lost = _lost(read.labels_in_use(), {one.name for one in new.labels}, revision.labels, "mark")
    kinds = {one.name for one in new.relations}
    lost += _lost(read.links_in_use(), kinds, revision.relations, "link")
    known = {(a.name, value) for a in new.attributes for value in a.values}
    went = {(a.name, value) for a in old.attributes for value in a.values} - known
    if went:
        for (name, value), n in sorted(read.ask(many.values_in_use).items()):
            then = revision.attributes.get(name, name)
            if (then, revision.values.get(name, {}).get(value, value)) not in known:
                lost.append(_in_use(n, "mark", f"{name}: {value}"))
    if lost:
        raise RuleError(
            tr("The new schema lacks what is in use: {lost}; it was not set.", lost=", ".join(lost))
        )


def _lost(used: dict[str, int], known: set[str], moved: dict[str, str], what: str) -> list[str]:
    return [
        _in_use(n, what, name)
        for name, n in sorted(used.items())
        if moved.get(name, name) not in known
    ]


def _moves(read: Queries, old: Schema, revision: Revision) -> list[str]:
    found: list[str] = []
    there = {one.name for one in old.labels}
    counts = read.labels_in_use() if revision.labels else {}
    for name, into in revision.labels.items():
        found.append(_becomes(counts.get(name, 0), "mark", name, into))
        if into in there and into not in SAME_WORDS_TWICE:
            twice = read.ask(many.on_the_same_words, name, into)
            if twice:
                found.append(
                    tr("{twice:,} of them will stand twice on the same words.", twice=twice)
                )
    links = read.links_in_use() if revision.relations else {}
    found += [_becomes(links.get(a, 0), "link", a, b) for a, b in revision.relations.items()]
    values = read.ask(many.values_in_use) if revision.values or revision.attributes else {}
    for name, into in revision.attributes.items():
        n = sum(count for (its, _), count in values.items() if its == name)
        found.append(
            trn(
                "The attribute “{name}” of {count:,} mark becomes “{into}”.",
                "The attribute “{name}” of {count:,} marks becomes “{into}”.",
                n,
                name=name,
                into=into,
            )
        )
    for name, moved in revision.values.items():
        for value, into in moved.items():
            n = values.get((name, value), 0)
            found.append(_becomes(n, "mark", f"{name}: {value}", f"{name}: {into}"))
    return found


def _becomes(n: int, what: str, name: str, into: str) -> str:
    if what == "link":
        return trn(
            "{count:,} link “{name}” becomes “{into}”.",
            "{count:,} links “{name}” become “{into}”.",
            n,
            name=name,
            into=into,
        )
    return trn(
        "{count:,} mark “{name}” becomes “{into}”.",
        "{count:,} marks “{name}” become “{into}”.",
        n,
        name=name,
        into=into,
    )


def _in_use(n: int, what: str, name: str) -> str:
    if what == "link":
        return trn("{count:,} link is “{name}”", "{count:,} links are “{name}”", n, name=name)
    return trn("{count:,} mark is “{name}”", "{count:,} marks are “{name}”", n, name=name)


def _relabeled(one: Any, moved: dict[str, str]) -> Any:
    """A thing of the schema with the new names of the labels it mentions."""
    named = {
        field: tuple(dict.fromkeys(moved.get(name, name) for name in getattr(one, field)))
        for field in ("on", "from_", "to")
        if hasattr(one, field)
    }
    return replace(one, **named)


def _differences(what: str, before: Any, after: Any, moved: dict[str, str]) -> list[str]:
    """What came, went, was retired or otherwise changed among things of one kind."""
    old = {moved.get(one.name, one.name): one for one in before}
    new = {one.name: one for one in after}
    found = [
        tr("The {what} “{name}” is new.", what=THING_NAMES[what], name=name)
        for name in new
        if name not in old
    ]
    gone = [one.name for name, one in old.items() if name not in new]
    found += [
        tr("The {what} “{name}” goes; nothing has it.", what=THING_NAMES[what], name=name)
        for name in gone
    ]
    for name, one in new.items():
        was = old.get(name)
        if was is None or replace(was, name=name) == one:
            continue
        if bool(was.retired) != bool(one.retired):
            found.append(
                tr(
                    "The {what} “{name}” is retired: what has it keeps it, nothing new gets it.",
                    what=THING_NAMES[what],
                    name=name,
                )
                if one.retired
                else tr(
                    "The {what} “{name}” is back for new work.", what=THING_NAMES[what], name=name
                )
            )
        elif moved.get(was.name) != name:
            found.append(tr("The {what} “{name}” changes.", what=THING_NAMES[what], name=name))
    return found
