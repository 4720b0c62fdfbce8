"""Dimming in the window, comparing two articles, and carrying marks to a later text."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QMenu

from annotator.gui.beside import BesideDialog
from annotator.project import articles
from tests.gui.conftest import STORY, Driver

HEAD = "---\ntitle: {}\nurl: https://example.org/pier\n---\n\n"


def dimmed(app: Driver) -> list[bool]:
    return [block.dimmed for block in app.desk.bench.blocks[1:]]  # behind the headline


def take_in(app: Driver, text: str, name: str) -> str:
    made: list[str] = []
    app.desk.bridge.run(
        articles.import_bytes, text.encode(), name, then=lambda one: made.extend(one.documents)
    )
    app.settle()
    return made[0]


def do(app: Driver, action: str) -> None:
    app.desk.do(action)
    app.settle()


def dialog(app: Driver) -> BesideDialog:
    (found,) = [one for one in app.desk.findChildren(BesideDialog) if one.isVisible()]
    return found


def test_a_key_dims_the_block_of_the_caret_and_undoes_it(app: Driver) -> None:
    mark = app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape)
    app.keys(Qt.Key.Key_B, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert dimmed(app) == [True, False]
    assert mark in app.desk.bench.marks
    assert app.said() == "Dimmed."
    caret = app.view.caret()
    app.keys(Qt.Key.Key_B, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert dimmed(app) == [False, False]
    assert app.view.caret() == caret
    app.control(Qt.Key.Key_Z)
    assert dimmed(app) == [True, False]
    app.mark("The mayor", "s")


def test_a_selection_over_blocks_dims_all_of_them(app: Driver) -> None:
    app.view.set_selection(30, len(STORY) - 10)
    app.keys(Qt.Key.Key_B, modifiers=Qt.KeyboardModifier.ShiftModifier)
    assert dimmed(app) == [True, True]


def test_the_role_is_asked_by_letters(app: Driver) -> None:
    app.select("Harbor officials")
    app.keys("o")
    app.keys("c")  # caption
    assert app.desk.bench.blocks[1].role == "caption"
    assert app.view.text == STORY


def menu_at(app: Driver, words: str) -> QMenu:
    """The menu that opens with the right button on these words."""
    at = STORY.index(words)
    point = app.view.rects_of(at, at + 3)[0].center().toPoint()
    app.desk.context.open(QPoint(point))
    (menu,) = [one for one in app.view.findChildren(QMenu) if one.isVisible()]
    return menu


def choose(app: Driver, menu: QMenu, words: str) -> None:
    next(one for one in menu.actions() if one.text().startswith(words)).trigger()
    menu.close()
    app.settle()


def test_the_menu_at_the_pointer_offers_marks_and_dimming(app: Driver) -> None:
    menu = menu_at(app, "old pier")
    names = [one.text() for one in menu.actions() if one.text()]
    assert names[0] == "Claim"
    assert "Remove mark" not in names
    choose(app, menu, "Dim")
    assert dimmed(app) == [True, False]


def test_the_menu_on_a_mark_is_about_the_innermost_one(app: Driver) -> None:
    app.mark("the old pier was unsafe", "c")
    app.keys(Qt.Key.Key_Escape)
    inner = app.mark("old pier", "u")
    app.select("Café")
    choose(app, menu_at(app, "old pier"), "Unsure")
    assert app.desk.bench.marks[inner].attributes
    choose(app, menu_at(app, "old pier"), "Remove mark")
    assert [mark.words for mark in app.desk.bench.in_order()] == ["the old pier was unsafe"]


def test_two_articles_of_one_story_are_compared(app: Driver) -> None:
    copy = take_in(app, STORY.replace("unsafe", "quite safe") + "More.\n", "copy.txt")
    app.desk.bench.open(copy)
    do(app, "article.beside")
    shown = dialog(app).words.toPlainText()
    assert "quite safe" in shown
    assert "unsafe" in shown
    dialog(app).reject()
    app.settle()


def test_marks_are_carried_to_a_later_text_after_a_look(app: Driver) -> None:
    one = take_in(app, HEAD.format("Pier") + STORY, "one.md")
    app.desk.bench.open(one)
    app.mark("Harbor officials told the Courier", "c")
    app.mark("Café Müller stays open", "c")
    two = take_in(app, HEAD.format("Pier") + STORY.replace("stays open", "was closed"), "two.md")
    app.desk.bench.open(two)
    do(app, "article.carry")
    assert dialog(app).go.text() == "Carry 1 mark"
    dialog(app).go.click()
    app.settle()
    (made,) = app.desk.bench.marks.values()
    assert made.words == "Harbor officials told the Courier"
    assert "no certain place" in app.said()
    QApplication.processEvents()


def test_the_library_stands_in_another_order(app: Driver) -> None:
    take_in(app, "A first headline\n\nAnother sentence of some length.\n", "a.txt")
    assert order(app) == ["H", "A"]
    do(app, "order.title")
    assert order(app) == ["A", "H"]


def order(app: Driver) -> list[str]:
    """How the titles of the library begin, from above."""
    model = app.desk.library.model
    rows = [model.index(n).data(Qt.ItemDataRole.UserRole) for n in range(model.rowCount())]
    return [one.document.title[0] for one in rows]
