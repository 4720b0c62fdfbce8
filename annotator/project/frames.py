"""Lines that repeat across the articles of one site: an offer to dim them all, taken as one act."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import msgspec

from annotator.articles import repeated
from annotator.language import trn
from annotator.model.document import Block
from annotator.progress import Progress, silent
from annotator.project import blocks
from annotator.project.project import Project


class Repeated(msgspec.Struct, frozen=True):
    """What repeats, and where it could be dimmed."""

    lines: tuple[tuple[str, int], ...] = ()
    """Each line, as it stands somewhere, with the number of articles; the most frequent first."""
    places: dict[str, tuple[int, ...]] = {}
    """Blocks, counted from 0, by document."""

    def sentence(self) -> str:
        """What a person is told; empty where nothing repeats."""
        return told(len(self.lines), len(self.places)) if self.lines else ""


def told(lines: int, articles: int) -> str:
    """How many lines repeat in how many articles, as a sentence."""
    return trn(
        "{count} line repeats in {articles} articles of the same site.",
        "{count} lines repeat in {articles} articles of the same site.",
        lines,
        articles=articles,
    )


class _Standing(msgspec.Struct, frozen=True):
    text: str
    blocks: tuple[Block, ...]


def repeating(
    project: Project, among: Collection[str] | None = None, progress: Progress = silent
) -> Repeated:
    """The lines that the articles of each site have in common; nothing is changed.

    ``among``: only sites that one of these documents is of. What somebody decided of a block, and a
    block with a mark in it, is left alone.
    """
    sites: dict[str, list[str]] = {}
    wanted: set[str] = set()
    for listed in project.read.library():
        site = repeated.site_of(listed.document.metadata)
        sites.setdefault(site, []).append(listed.document.id)
        if site and (among is None or listed.document.id in among):
            wanted.add(site)
    met: dict[str, list[tuple[str, str]]] = {}
    places: dict[str, tuple[int, ...]] = {}
    chosen = [sites[site] for site in sorted(wanted) if len(sites[site]) >= repeated.LEAST]
    total = sum(map(len, chosen))
    for members in chosen:
        common = repeated.in_common(page for _, page in _pages(project, members))
        for document, page in _pages(project, members) if common else ():
            progress(len(places), total, "")
            found = repeated.places(page, common)
            going = {n: line for n, line in found.items() if n in _free(project, document, page)}
            if going:
                places[document] = tuple(going)
            for n, line in going.items():
                words = " ".join(page.text[page.blocks[n].start : page.blocks[n].end].split())
                met.setdefault(line, []).append((document, words))
    lines = [(where[0][1], len({document for document, _ in where})) for where in met.values()]
    return Repeated(tuple(sorted(lines, key=lambda one: (-one[1], one[0]))), places)


def dim(project: Project, found: Repeated) -> int:
    """Dim all of it as one act; how many articles it was."""
    with project.op("Dim lines that repeat"):
        for document, ords in found.places.items():
            blocks.choose(project, document, ords, role=repeated.FRAME, dimmed=True)
    return len(found.places)


def _pages(project: Project, documents: Sequence[str]) -> Iterator[tuple[str, _Standing]]:
    for id_ in documents:
        yield id_, _Standing(project.read.text(id_), project.read.blocks(id_))


def _free(project: Project, document: str, page: _Standing) -> set[int]:
    """The blocks of which nobody decided anything, and in which nothing is marked."""
    taken = set(project.read.block_choices(document))
    for mark in project.read.annotations(document):
        for segment in mark.segments:
            taken.update(blocks.at(page.blocks, segment.start, segment.end))
    return set(range(len(page.blocks))) - taken
