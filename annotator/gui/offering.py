"""The offer around a mark that was just made: it takes no key but Enter, Tab and Esc.

Any other key keeps the plain mark and does its own work; H hides the boxes while it is held.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent

from annotator.gui import latin
from annotator.gui.reading.paint import Box
from annotator.language import tr
from annotator.model.annotation import Annotation
from annotator.suggest import offers
from annotator.suggest.offers import Offer

if TYPE_CHECKING:
    from annotator.gui.desk import Desk

TAKE = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
OWN = (*TAKE, Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_H)
SHIFTS = (Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta)
SHOWN = 46
"""Characters of a quote in the card."""


class Offering(QObject):
    """What is offered around one mark, candidate by candidate."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self._desk = desk
        self._mark: Annotation | None = None
        self._offers: tuple[Offer, ...] = ()
        self._at = 0
        desk.view.installEventFilter(self)

    @property
    def is_open(self) -> bool:
        """Whether something is offered."""
        return bool(self._offers)

    @property
    def candidates(self) -> tuple[Offer, ...]:
        """All that Tab goes through."""
        return self._offers

    @property
    def offer(self) -> Offer | None:
        """The candidate that Enter would take."""
        return self._offers[self._at] if self._offers else None

    def begin(self, mark: Annotation) -> None:
        """Offer what belongs to a mark, where something is found."""
        bench = self._desk.bench
        marks = tuple(bench.own_marks())
        self._mark, self._at = mark, 0
        if not self._desk.choices.now.offers:
            return
        found = offers.around(bench.stretches, mark, marks, bench.relations)
        self._offers = tuple(one for one in found if one.fits(bench.schema))
        self._show()

    def end(self) -> None:
        """Offer nothing any more; the mark stays as it is."""
        if self._offers:
            self._offers = ()
            self._desk.view.set_offered([])
            self._desk.tip.end()

    def take(self) -> None:
        """Make all of it real, in one act."""
        from annotator.project import offers as taking

        offer, mark = self.offer, self._mark
        document = self._desk.bench.document
        self.end()
        if offer is not None and mark is not None and document is not None:
            self._desk.bridge.run(
                taking.take, document.id, offer, then=lambda made: self._took(made, offer)
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter takes, Tab goes on, Esc drops; any other key ends it and does its own work."""
        if not self._offers or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        key = Qt.Key.Key_H if latin.letter(event) == "H" else Qt.Key(event.key())
        is_own = key in OWN and not event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
        if event.type() == QEvent.Type.ShortcutOverride:
            if is_own:
                event.accept()
                return True
            if key not in SHIFTS:
                self.end()
        elif event.type() == QEvent.Type.KeyPress and is_own:
            self._key(key)
            return True
        elif event.type() == QEvent.Type.KeyRelease and key == Qt.Key.Key_H:
            if not event.isAutoRepeat():
                self._show()
            return True
        return super().eventFilter(watched, event)

    def _key(self, key: Qt.Key) -> None:
        if key in TAKE:
            self.take()
        elif key == Qt.Key.Key_Escape:
            self.end()
        elif key == Qt.Key.Key_H:
            self._desk.view.set_offered([])
        else:
            by = -1 if key == Qt.Key.Key_Backtab else 1
            self._at = (self._at + by) % len(self._offers)
            self._show()

    def _took(self, made: list[Annotation], offer: Offer) -> None:
        self._desk.bench.hold(made[0].id)
        self._desk.say(tr("Taken: {words}", words=self._words(offer)))

    def _show(self) -> None:
        offer = self.offer
        if offer is None:
            return
        self._desk.view.set_offered(self._boxes(offer))
        keys = [("Enter", tr("take")), ("Esc", tr("none"))]
        if len(self._offers) > 1:
            other = tr("other ({at} of {total})", at=self._at + 1, total=len(self._offers))
            keys.insert(1, ("Tab", other))
        self._desk.tip.offer(self._words(offer), keys)

    def _boxes(self, offer: Offer) -> list[Box]:
        bench, found = self._desk.bench, list[Box]()
        colors = {one.name: one.color for one in bench.schema.labels}
        titles = {one.name: one.title for one in bench.schema.relations}
        leads = {to: titles.get(kind, kind) for kind, _, to in offer.links}
        for at, one in enumerate(offer.marks):
            if at in leads or (at == 0 and self._mark and one.span != self._mark.span):
                words = leads.get(at, "")
                for start, end in one.span.segments:
                    found.append(Box(start, end, colors.get(one.label, "soft"), words))
                    words = ""
        return found

    def _words(self, offer: Offer) -> str:
        """The offer as a sentence: “said by the ministry, via the Courier”."""
        titles = {one.name: one.title for one in self._desk.bench.schema.relations}
        told = [f"{titles.get(kind, kind)} {self._quote(offer, to)}" for kind, _, to in offer.links]
        told += [value.replace("_", " ") for value in offer.attributes.values()]
        return ", ".join(told) or tr("the rest of it, too")

    def _quote(self, offer: Offer, at: int) -> str:
        words = " … ".join(offer.marks[at].span.quotes(self._desk.bench.text))
        flat = " ".join(words.split())
        return f"“{flat}”" if len(flat) <= SHOWN else f"“{flat[: SHOWN - 1].rstrip()}…”"
