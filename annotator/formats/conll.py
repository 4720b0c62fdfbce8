"""CoNLL-2003 with IOB2 tags: a token on each line, a blank line behind each sentence.

A line is ``token -X- _ tag``; only the tag counts on the way in, where lines of two columns and IOB1 are
read as well. Places in the article are lost: what is read stands in a text made of the tokens.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path

from annotator.errors import FormatError
from annotator.formats.base import Plain, Reading, Writing
from annotator.formats.foreign import Mark, Record, as_entry, unended
from annotator.formats.lacking import no_links, tell_marks
from annotator.formats.out import Out
from annotator.formats.teaching import Tags, sentences_of, shown
from annotator.language import in_english, tr
from annotator.model.dataset import Entry
from annotator.model.loss import LABEL_NAMES
from annotator.text.tokens import SENTENCES, TOKENIZER, joined, tokens

START = "-DOCSTART-"
BETWEEN = " -X- _ "


class Conll(Plain):
    """The format; the first of the labels that were asked for wins where marks overlap."""

    name = "conll"
    title = in_english("CoNLL-2003 (IOB2)")
    suffixes = (".conll", ".iob2", ".bio")
    reads = writes = trains = True
    takes = frozenset({"labels", "annotator"})
    counts = in_english("document")
    uses = (TOKENIZER, SENTENCES)

    def recognizes(self, path: Path) -> bool:
        """Whether the name ends so, or the file begins with a mark of its documents."""
        if not path.is_file():
            return False
        with path.open("rb") as file:
            return file.read(10) == START.encode() or path.suffix.lower() in self.suffixes

    def read(self, path: Path, reading: Reading) -> Iterator[tuple[int, Entry]]:
        """The entries, one for each document. A label with a blank in it is no tag, and refused."""
        for number, lines in enumerate(_documents(path, reading), 1):
            text, marks = _text_of(lines)
            record = Record(
                where=f"{path}, document {number}", number=number, text=text, marks=marks,
                metadata={"title": f"{path.stem} {number}"},
            )  # fmt: skip
            yield number, as_entry(record, self.name, reading)

    def write(self, entries: Iterable[Entry], out: Out, writing: Writing) -> None:
        """Write every entry as a document."""
        file = out.file()
        order = {label: n for n, label in enumerate(writing.options.labels)}
        for entry in entries:
            file.write(self._document(entry, order, writing).encode())

    def _document(self, entry: Entry, order: dict[str, int], writing: Writing) -> str:
        losses = writing.losses
        tell_marks(entry.spans, self.holds, losses)
        no_links(entry, losses)
        text = entry.text
        blocks = shown(entry)
        found = joined(tokens(text, block.start, block.end) for block in blocks)
        breaks = [bisect_left(found.starts, start) for start, _ in sentences_of(text, blocks)]
        spans = sorted(entry.spans, key=lambda s: order.get(s.label, len(order))) if order else None
        tags = Tags(found, losses, breaks=breaks).of(spans or entry.spans).tags
        losses.add(LABEL_NAMES, [s.id for s in entry.spans if _as_tag(s.label) != s.label])
        words = found.words
        for at in breaks:
            words[at] = f"\n{words[at]}"
        behind = {tag: f"{BETWEEN}{_as_tag(tag)}\n" for tag in set(tags)}
        lines = [START, f"{BETWEEN}O\n"] * (len(words) + 1)
        lines[2::2], lines[3::2] = words, map(behind.__getitem__, tags)
        return "".join([*lines, "\n"])


CONLL = Conll()


@lru_cache(maxsize=1000)  # there are few labels
def _as_tag(label: str) -> str:
    """A label without blanks, which end a column."""
    return "_".join(label.split())


Line = tuple[int, str, str]
"""Its number, the token and the tag; a blank line has neither."""


def _documents(path: Path, reading: Reading) -> Iterator[list[Line]]:
    """The lines of each document. Raises FormatError naming the line."""
    lines: list[Line] = []
    line = "\n"
    try:
        with path.open(encoding="utf-8-sig", newline="\n") as file:
            for number, line in enumerate(file, 1):
                parts = line.split()
                if parts and parts[0] == START:
                    if any(token for _, token, _ in lines):
                        yield lines
                    lines = []
                else:
                    lines.append(_line(parts, number, path))
    except UnicodeDecodeError:
        raise FormatError(tr("{path}: it is not text in UTF-8.", path=path)) from None
    if not line.endswith("\n"):
        reading.note(unended(str(path)))
    if any(token for _, token, _ in lines):
        yield lines


def _line(parts: Sequence[str], number: int, path: Path) -> Line:
    if not parts:
        return number, "", ""
    tag = parts[-1]
    if len(parts) < 2 or (tag != "O" and tag[:2] not in ("B-", "I-")):
        said = tr("“{line}” is not a token with a tag (B-…, I-… or O)", line=" ".join(parts)[:60])
        raise FormatError(
            tr("{path}, line {number}: {said}.", path=path, number=number, said=said), line=number
        )
    return number, parts[0], tag


def _text_of(lines: Sequence[Line]) -> tuple[str, list[Mark]]:
    """The tokens with blanks between them, a line for each sentence, and the marks in it."""
    words: list[str] = []
    marks: list[Mark] = []
    at = 0
    before = "O"
    for number, token, tag in lines:
        if not token:
            if words:
                words[-1] = "\n"
            before = "O"
            continue
        start = at
        words += [token, " "]
        at = start + len(token) + 1
        if tag != "O":
            goes_on = tag[0] == "I" and before[2:] == tag[2:] and marks
            if goes_on:
                ((began, _),) = marks[-1].ranges
                marks[-1].ranges = [(began, start + len(token))]
            else:
                marks.append(
                    Mark(key=str(number), label=tag[2:], ranges=[(start, start + len(token))])
                )
        before = tag
    return "".join(words).rstrip(), marks
