"""Going: clauses, marks, checks, articles, panels."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.gui.actions.base import GO, HELP, WINDOW, Action, has_document
from annotator.language import tr
from annotator.text import units

if TYPE_CHECKING:
    from annotator.gui.desk import Desk


def actions() -> list[Action]:
    """Everything that moves and changes nothing."""
    here = {"when": has_document}
    return [
        Action("go.next_clause", tr("Next clause"), ("J",), GO, partial(clause, by=1), **here),
        Action("go.previous_clause", tr("Previous clause"), ("K",), GO, partial(clause, by=-1), **here),
        Action("go.next_sentence", tr("Next sentence"), ("Shift+J",), GO, partial(sentence, by=1), **here),
        Action(
            "go.previous_sentence", tr("Previous sentence"), ("Shift+K",), GO, partial(sentence, by=-1), **here
        ),
        Action("go.next_mark", tr("Next mark"), ("N",), GO, partial(mark, by=1), **here),
        Action("go.previous_mark", tr("Previous mark"), ("P",), GO, partial(mark, by=-1), **here),
        Action("go.outward", tr("Enclosing mark"), ("Tab",), GO, outward, **here),
        Action("go.check", tr("Next check"), ("X",), GO, check, **here),
        Action("go.hint", tr("Mark by letter…"), ("G",), GO, by_letter, **here),
        Action("go.let_go", tr("Let go"), ("Esc",), GO, let_go, **here),
        Action("go.next_article", tr("Next article"), ("Ctrl+PgDown",), GO, partial(article, by=1), WINDOW),
        Action("go.previous_article", tr("Previous article"), ("Ctrl+PgUp",), GO, partial(article, by=-1), WINDOW),
        Action("go.library", tr("Library"), ("Ctrl+1",), GO, lambda d: d.show_library(), WINDOW),
        Action("go.reading", tr("Text"), ("Ctrl+2",), GO, lambda d: d.view.setFocus(), WINDOW),
        Action("go.inspector", tr("Inspector"), ("Ctrl+3",), GO, lambda d: d.show_side("Inspector"), WINDOW),
        Action("go.marks", tr("Marks"), ("Ctrl+4",), GO, lambda d: d.show_side("Marks"), WINDOW),
        Action("go.history", tr("History"), ("Ctrl+5",), GO, lambda d: d.show_side("History"), WINDOW),
        Action("go.guidelines", tr("Guidelines"), ("Ctrl+6",), GO, lambda d: d.show_side("Guidelines"), WINDOW),
        Action("go.standing", tr("Actors and propositions"), ("Ctrl+7",), GO, lambda d: d.show_side("Actors"), WINDOW),
        Action("help.commands", tr("All commands"), ("Ctrl+K",), HELP, lambda d: d.show_palette(), WINDOW),
        Action("help.keys", tr("Keys"), ("?",), HELP, lambda d: d.show_keys()),
        Action("go.find", tr("Find…"), ("Ctrl+F",), GO, find, WINDOW, has_document),
        Action("go.find_next", tr("Find next"), ("F3",), GO, lambda d: d.finder.go(1), WINDOW, has_document),
        Action("go.find_all", tr("Find in all articles…"), ("Ctrl+Shift+F",), GO, find_all, WINDOW),
        Action("go.mark_all", tr("Find all and mark all…"), ("Ctrl+Alt+F",), GO, partial(find_all, marking=True), WINDOW),
        Action("go.search", tr("Search the library"), ("Ctrl+L",), GO, search, WINDOW),
    ]  # fmt: skip


def clause(desk: Desk, by: int) -> None:
    """Select the next stretch that can be coded, or the one before."""
    view, held = desk.view, desk.bench.held
    low, high = view.selection() or (view.caret(), view.caret())
    if low == high and held is not None and held.start <= low <= held.end:
        low, high = held.start, held.end  # go on from what was just marked
    stretches = desk.bench.stretches
    _select(desk, stretches.after(low, high) if by > 0 else stretches.before(low, high), by)


def sentence(desk: Desk, by: int) -> None:
    """Select the next sentence, or the one before."""
    text = desk.bench.text
    low, high = desk.view.selection() or (desk.view.caret(), desk.view.caret())
    if by < 0:
        back = (
            one
            for p in units.paragraphs_back(text, low)
            for one in reversed([*units.sentences(text, *p)])
        )
        found = next((one for one in back if one[1] <= low), None)
    else:
        ahead = (one for p in units.paragraphs(text, low) for one in units.sentences(text, *p))
        # From a caret the one it stands in or before comes first.
        found = next(
            (one for one in ahead if (one[1] > low if low == high else one[0] >= high)), None
        )
    _select(desk, found, by)


def _select(desk: Desk, found: tuple[int, int] | None, by: int) -> None:
    if found is None:
        desk.say(tr("There is none further on.") if by > 0 else tr("There is none before."))
        return
    desk.bench.hold(None)
    desk.view.set_selection(*found)
    desk.view.reveal(*found)


def mark(desk: Desk, by: int) -> None:
    """Hold the next mark, or the one before."""
    marks = desk.bench.in_order()
    if not marks:
        desk.say(tr("There is no mark yet. C marks a claim, S a source, D a denial."))
        return
    held = desk.bench.held
    if held is not None:
        at = [one.id for one in marks].index(held.id) + by
    else:
        caret = desk.view.caret()
        after = next((n for n, one in enumerate(marks) if one.start >= caret), len(marks))
        at = after if by > 0 else after - 1
    desk.bench.show(marks[at % len(marks)].id)


def outward(desk: Desk) -> None:
    """Hold the next larger of the marks that overlap here."""
    held = desk.bench.held
    around = desk.view.marks_at(held.start if held else desk.view.caret())
    if not around:
        return
    at = around.index(held.id) + 1 if held and held.id in around else 0
    desk.bench.hold(around[at % len(around)])


def check(desk: Desk) -> None:
    """Hold the mark of the next check."""
    found = desk.bench.checks()
    if not found:
        desk.say(tr("Nothing is unfinished."))
        return
    desk.checks_gone += 1
    chosen = found[(desk.checks_gone - 1) % len(found)]
    desk.bench.show(chosen.ids[0])
    desk.say(chosen.message)


def by_letter(desk: Desk) -> None:
    """Letters on all marks in sight; the others in a list."""
    marks = desk.bench.in_order()
    if not marks:
        desk.say(tr("There is no mark yet. C marks a claim, S a source, D a denial."))
        return
    desk.ask_mark(tr("Go to … (letter)"), marks, desk.bench.show)


def let_go(desk: Desk) -> None:
    """Nothing is held or selected any more."""
    desk.bench.hold(None)
    desk.view.set_caret(desk.view.caret())


def article(desk: Desk, by: int) -> None:
    """Open the next article of the list, or the one before."""
    desk.library.step(by)


def find(desk: Desk) -> None:
    """Look for words of the open article, those that are selected first."""
    desk.finder.begin(desk.bench.text, desk.selected_words())


def find_all(desk: Desk, *, marking: bool = False) -> None:
    """Look for words in all articles; ``marking`` lists them all with boxes to tick."""
    words = desk.selected_words() if desk.view.hasFocus() else ""
    desk.left.setCurrentWidget(desk.find_panel)
    desk.find_panel.begin(words, marking=marking)


def search(desk: Desk) -> None:
    """Put the cursor into the library's search."""
    desk.show_library()
    desk.library.search.setFocus()
    desk.library.search.selectAll()
