"""The reading view: mouse and keys give the right code points, and marks are drawn where they stand."""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, Qt, QTextBoundaryFinder
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from annotator.gui import theme as themes
from annotator.gui.reading import ReadingView
from annotator.gui.reading.marks import Marks
from annotator.gui.reading.page import Page
from annotator.model.annotation import Annotation, Relation, segments_of
from annotator.model.document import Block
from annotator.model.schema import builtin
from annotator.text.offsets import Utf16Map
from annotator.text.span import Span

AT = "2026-11-24T08:00:00.000Z"
LATIN = [
    "a",
    "Z",
    "fi",
    " ",
    "\u00a0",
    "e\u0301",
    "o\u0308\u0301",
    "🚢",
    "👨\u200d👩\u200d👧",
    "🇳🇴",
    "1",
    ",",
    "word ",
]
RTL = ["ا", "پل", "שלום", " ", "\u200c", "کَ", "3", "🚢", "abc ", "ے"]


def texts(pieces: list[str]) -> st.SearchStrategy[str]:
    """One or two paragraphs made of these pieces."""
    line = st.lists(st.sampled_from(pieces), min_size=1, max_size=60).map("".join)
    lines = st.lists(line.filter(lambda words: bool(words.strip())), min_size=1, max_size=3)
    return lines.map("\n".join)


@pytest.fixture(scope="module")
def view(qapp: QApplication) -> Iterator[ReadingView]:
    made = ReadingView()
    made.set_schema(builtin())
    made.set_theme(themes.load("light"))
    made.resize(700, 600)
    made.show()
    qapp.processEvents()
    yield made
    made.close()
    made.deleteLater()


def show(view: ReadingView, text: str) -> None:
    view.show_document(None, text, (Block(0, len(text)),))
    view.grab()


def clusters(text: str) -> list[int]:
    """Where a caret may stand, in code points, as Unicode's rules for whole characters say."""
    finder = QTextBoundaryFinder(QTextBoundaryFinder.BoundaryType.Grapheme, text)
    utf16 = [0]
    while (at := finder.toNextBoundary()) >= 0:
        utf16.append(at)
    to = Utf16Map(text)
    return [to.to_code_points(at) for at in utf16]


def point(view: ReadingView, offset: int) -> QPoint:
    """The middle of the caret before a code point, in the viewport."""
    return view.caret_rect(offset).center().toPoint()


def is_inside_run(text: str, at: int) -> bool:
    """Whether the letters on both sides run the same way."""
    sides = {unicodedata.bidirectional(letter) for letter in text[at - 1 : at + 1]}
    return 0 < at < len(text) and (sides == {"L"} or sides <= {"R", "AL"})


def drag(view: ReadingView, start: int, end: int) -> None:
    pane = view.viewport()
    QTest.mousePress(pane, Qt.MouseButton.LeftButton, pos=point(view, start))
    QTest.mouseMove(pane, point(view, end))
    QTest.mouseRelease(pane, Qt.MouseButton.LeftButton, pos=point(view, end))


@given(text=texts(LATIN), data=st.data())
def test_dragging_selects_exactly_the_code_points_between(
    view: ReadingView, text: str, data: st.DataObject
) -> None:
    show(view, text)
    places = [at for at in clusters(text) if at == len(text) or text[at] != "\n"]
    start, end = sorted((data.draw(st.sampled_from(places)), data.draw(st.sampled_from(places))))
    drag(view, start, end)
    low, high = view.selection() or (start, start)
    # A place at the end of a line on the screen is the same as the one before the next line's first.
    assert view.caret_rect(low).center().y() <= view.caret_rect(high).center().y()
    assert abs(point(view, low).x() - point(view, start).x()) <= 1
    assert abs(point(view, high).x() - point(view, end).x()) <= 1
    assert {low, high} <= set(clusters(text))


@given(text=texts(RTL), data=st.data())
def test_clicks_in_text_of_both_directions_put_the_caret_where_they_are(
    view: ReadingView, text: str, data: st.DataObject
) -> None:
    show(view, text)
    wanted = data.draw(st.sampled_from(clusters(text)))
    at = point(view, wanted)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    caret = view.caret()
    assert caret in set(clusters(text))
    # Where the direction changes, two places of the text are one place on the screen.
    if is_inside_run(text, wanted):
        assert caret == wanted
    QTest.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=at)


@given(text=texts(LATIN))
def test_the_right_key_stops_at_every_whole_character_once(view: ReadingView, text: str) -> None:
    show(view, text)
    view.set_caret(0)
    seen = [0]
    while len(seen) < len(text) + 2:
        QTest.keyClick(view, Qt.Key.Key_Right)
        if view.caret() == seen[-1]:
            break
        seen.append(view.caret())
    assert set(seen) <= set(clusters(text))
    assert seen == sorted(seen)
    # Lines of blanks alone are not shown, and a line break itself is no place.
    shown = [at for at in clusters(text) if _is_shown(text, at)]
    assert set(shown) <= set(seen)


def _is_shown(text: str, at: int) -> bool:
    start = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return bool(text[start : len(text) if end < 0 else end].strip())


@given(text=texts([*LATIN, *RTL]), steps=st.integers(1, 40), back=st.booleans())
def test_shift_and_arrows_select_whole_characters(
    view: ReadingView, text: str, steps: int, back: bool
) -> None:
    show(view, text)
    view.set_caret(len(text) if back else 0)
    key = Qt.Key.Key_Left if back else Qt.Key.Key_Right
    for _ in range(steps):
        QTest.keyClick(view, key, Qt.KeyboardModifier.ShiftModifier)
    low, high = view.selection() or (0, 0)
    assert {low, high} <= set(clusters(text))


def mark(text: str, label: str, *ranges: tuple[int, int], mark_id: str = "m") -> Annotation:
    return Annotation(
        id=mark_id,
        set_id="s",
        document_id="d",
        label=label,
        segments=segments_of(Span.of(ranges), text),
        created=AT,
        updated=AT,
        by="b",
    )


TEXT = "Two posts were shelled 🚢 overnight, officials said; the ministry denied that it was true."


def test_a_mark_is_drawn_where_its_words_stand_and_nowhere_else(view: ReadingView) -> None:
    show(view, TEXT)
    start = TEXT.index("overnight")
    view.set_marks([mark(TEXT, "claim", (start, start + 9))])
    fill = QColor(themes.load("light").claim_fill)
    picture = view.grab().toImage()
    inside = view.rects_of(start, start + 9)[0]
    outside = view.rects_of(0, 9)[0]
    assert picture.pixelColor(inside.topLeft().toPoint() + QPoint(5, 2)) == fill
    assert picture.pixelColor(outside.topLeft().toPoint() + QPoint(5, 2)) != fill


def test_of_overlapping_marks_the_innermost_comes_first(view: ReadingView) -> None:
    show(view, TEXT)
    view.set_marks(
        [
            mark(TEXT, "denial", (50, 80), mark_id="outer"),
            mark(TEXT, "claim", (60, 70), mark_id="inner"),
            mark(TEXT, "source", (62, 95), mark_id="across"),
        ]
    )
    assert view.marks_at(65)[0] == "inner"
    assert set(view.marks_at(65)) == {"inner", "outer", "across"}
    view.remove_mark("inner")
    assert "inner" not in view.marks_at(65)
    assert view.marks_at(49) == []


def test_marks_that_draw_below_the_words_never_share_a_lane(view: ReadingView) -> None:
    page = Page(TEXT, (Block(0, len(TEXT)),))
    page.set_geometry(2000, 1.0)
    page.lay_out(0)
    marks = Marks(page, builtin())
    marks.set_all(
        [
            mark(TEXT, label, (start, start + length), mark_id=f"{label}{start}")
            for label in ("source", "denial", "cue")
            for start in (0, 5, 20)
            for length in (8, 30)
        ]
    )
    pieces = marks.on_row(0)
    for one in pieces:
        for other in pieces:
            overlap = one.start < other.end and other.start < one.end
            assert one is other or not overlap or one.lane != other.lane


def test_a_click_holds_what_it_hits_and_the_view_tells(view: ReadingView) -> None:
    show(view, TEXT)
    view.set_marks([mark(TEXT, "claim", (0, 22))])
    clicked: list[str] = []
    view.mark_clicked.connect(clicked.append)
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.rects_of(3, 6)[0].center().toPoint()
    )
    QTest.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.rects_of(60, 62)[0].center().toPoint()
    )
    view.mark_clicked.disconnect(clicked.append)
    assert clicked == ["m"]


def test_growing_and_shrinking_goes_word_clause_sentence(view: ReadingView) -> None:
    show(view, TEXT)
    view.set_caret(TEXT.index("ministry") + 3)
    seen: list[str] = []
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
        seen.append(TEXT[slice(*(view.selection() or (0, 0)))])
    assert seen[0] == "ministry"
    assert len(seen[0]) < len(seen[1]) < len(seen[2])
    QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert TEXT[slice(*(view.selection() or (0, 0)))] == seen[1]


def test_two_clicks_take_a_word_and_three_a_paragraph(view: ReadingView) -> None:
    show(view, TEXT + "\nAnother line.")
    at = view.rects_of(5, 7)[0].center().toPoint()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert TEXT[slice(*(view.selection() or (0, 0)))] == "posts"
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert view.selection() == (0, len(TEXT))


def test_only_what_is_in_sight_is_laid_out(view: ReadingView) -> None:
    text = "\n".join(f"Paragraph {n} says that nothing happened at all." for n in range(3000))
    view.show_document(None, text, (Block(0, len(text)),))
    view.grab()
    assert sum(row.laid for row in view._page.rows) < 60
    view.reveal(len(text) - 5, len(text))
    view.grab()
    assert view.rects_of(len(text) - 5, len(text))[0].bottom() < view.viewport().height()
    assert sum(row.laid for row in view._page.rows) < 160


def test_dimmed_text_is_folded_and_comes_back(view: ReadingView) -> None:
    text = "Body says it.\n\nShare\n\nMore articles\n\nBody again."
    starts = [0, 15, 22, 37, len(text)]
    blocks = tuple(
        Block(a, b, dimmed=n in (1, 2)) for n, (a, b) in enumerate(itertools.pairwise(starts))
    )
    view.show_document(None, text, blocks)
    view.grab()
    whole = view._page.height
    view.set_dimmed_folded(True)
    view.grab()
    assert view._page.height < whole
    view.set_dimmed_folded(False)
    view.grab()
    assert view._page.height == pytest.approx(whole)


def test_zoom_keeps_the_place_and_is_bounded(view: ReadingView) -> None:
    show(view, TEXT)
    view.set_zoom(9)
    assert view.zoom == 2.5
    view.set_zoom(0.1)
    assert view.zoom == 0.8
    view.set_zoom(1.0)


def test_links_hints_and_found_places_are_drawn(view: ReadingView) -> None:
    show(view, TEXT)
    source = mark(TEXT, "source", (36, 45), mark_id="s")
    claim = mark(TEXT, "claim", (0, 22), mark_id="c")
    view.set_marks([source, claim])
    plain = view.grab().toImage()
    view.set_relations(
        [
            Relation(
                id="r", set_id="s", type="attributed_to", from_id="c", to_id="s",
                created=AT, updated=AT, by="b",
            )
        ]
    )  # fmt: skip
    view.set_show_all_arcs(True)
    with_arcs = view.grab().toImage()
    view.set_hints({"s": "a"})
    with_hints = view.grab().toImage()
    view.set_found([(50, 55)])
    with_found = view.grab().toImage()
    pictures = [plain, with_arcs, with_hints, with_found]
    assert all(a != b for n, a in enumerate(pictures) for b in pictures[n + 1 :])
    view.set_show_all_arcs(False)


def test_an_article_opens_where_its_own_text_begins(view: ReadingView) -> None:
    menu = "".join(f"Menu {at}\n" for at in range(80))
    text = menu + "The headline\n\nThe ministry said so.\n" + menu
    own = text.index("The headline")
    behind = text.index("Menu", own)
    blocks = (
        Block(0, own, dimmed=True),
        Block(own, own + 14, kind="heading", role="headline", dimmed=True),
        Block(own + 14, behind),
        Block(behind, len(text), dimmed=True),
    )
    view.show_document(None, text, blocks)
    view.grab()
    assert view.caret() == own
    (place,) = view.rects_of(own, own + 3)
    assert 0 < place.top() < 120
