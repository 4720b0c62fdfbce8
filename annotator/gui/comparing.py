"""Two people's marks of the open article side by side, and a list of where they differ."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from annotator.datasets.comparing import (
    ATTRIBUTES,
    EDGES,
    KINDS,
    LABEL,
    ONE,
    OTHER,
    SAME,
    Pair,
    compare,
    scores,
)
from annotator.gui import theme as themes
from annotator.gui.buttons import Chip, flat_button
from annotator.gui.parts import label, plain_tip, row, rule
from annotator.gui.reading import ReadingView
from annotator.gui.workbench import Workbench
from annotator.language import tr
from annotator.model.annotation import Annotation, AnnotationSet
from annotator.model.changes import Changes
from annotator.model.names import SET_KIND_NAMES, STATUS_NAMES

SIZE = (1320, 820)
PLACE = Qt.ItemDataRole.UserRole


class Side(QWidget):
    """One person's set, as it stands in the text."""

    def __init__(self, bench: Workbench, face: str, fill: Callable[[QMenu], None]) -> None:
        super().__init__()
        self.own: AnnotationSet | None = None
        self.marks: list[Annotation] = []
        self.chip = Chip(tr("Whose marks"), fill)
        self.chip.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.view = ReadingView()
        self.view.set_theme(themes.of_application())
        self.view.set_face(face)
        self.view.set_zoom(0.9)
        self.view.set_schema(bench.schema)
        self.view.show_document(bench.document, bench.text, bench.blocks)
        head = row(self.chip, 1)
        head.setContentsMargins(16, 10, 16, 10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(head)
        layout.addWidget(self.view, 1)

    def show_set(self, own: AnnotationSet, name: str, bench: Workbench) -> None:
        """Show the marks and links of this set alone."""
        self.own = own
        self.marks = [mark for mark in bench.in_order() if mark.set_id == own.id]
        self.chip.show_answer(name)
        self.view.setAccessibleName(tr("Marks of {name}", name=name))
        ids = {mark.id for mark in self.marks}
        self.view.set_marks(self.marks)
        self.view.set_relations([link for link in bench.relations if link.from_id in ids])

    def show_mark(self, mark: Annotation | None, beside: Annotation | None) -> None:
        """Hold this mark; where there is none, show the place of the other's."""
        self.view.hold(mark.id if mark else None)
        at = mark or beside
        if at is not None:
            self.view.reveal(at.start, at.end)


class CompareDialog(QDialog):
    """Both sides, and the list; what the other side has can be taken over."""

    def __init__(self, bench: Workbench, face: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Compare annotations"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._bench = bench
        self._shows_same = self._scrolls = False
        self.pairs: tuple[Pair, ...] = ()
        self.said = label("", soft=True)
        self.sides = [Side(bench, face, partial(self._fill, at)) for at in (0, 1)]
        self.list = _list()
        self.same = flat_button(tr("Show what is the same"))
        self.take = QPushButton(tr("Take over"))
        self._build()
        self._choose_first()
        self.list.setFocus()
        bench.bridge.changed.connect(self._look)

    def _build(self) -> None:
        self.same.setCheckable(True)
        self.same.setAutoDefault(False)
        self.same.toggled.connect(self._toggle_same)
        self.take.setAutoDefault(False)
        self.take.clicked.connect(self._take_over)
        self.list.currentItemChanged.connect(lambda *_: self._go())
        self.list.itemActivated.connect(lambda *_: self._take_over())
        for at, side in enumerate(self.sides):
            bar = side.view.verticalScrollBar()
            bar.valueChanged.connect(partial(self._follow, at))
            side.view.mark_clicked.connect(self._find)
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(_inset(self.same))
        column.addWidget(self.list, 1)
        column.addLayout(_inset(self.take))
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setHandleWidth(1)
        for part, width in zip((*self.sides, right), (470, 470, 380), strict=True):
            parts.addWidget(part)
            part.setMinimumWidth(width // 2)
        parts.setSizes([470, 470, 380])
        parts.setChildrenCollapsible(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        layout.addWidget(rule())
        layout.addWidget(parts, 1)
        room = self.screen().availableSize()
        self.resize(min(SIZE[0], room.width() - 30), min(SIZE[1], room.height() - 50))

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("card")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        document = self._bench.document
        title = label(document.title if document else "", heading=True)
        close = QPushButton(tr("Close"))
        close.setAutoDefault(False)
        close.clicked.connect(self.accept)
        lines = QVBoxLayout()
        lines.setSpacing(3)
        lines.addWidget(title)
        lines.addWidget(self.said)
        layout = QHBoxLayout(head)
        layout.setContentsMargins(24, 16, 24, 14)
        layout.addLayout(lines, 1)
        layout.addWidget(close, 0, Qt.AlignmentFlag.AlignVCenter)
        return head

    # Whose marks

    def _choose_first(self) -> None:
        """One's own set on the left, the fullest of the others on the right."""
        found = self._sets()
        counts = Counter(mark.set_id for mark in self._bench.marks.values())
        mine = self._bench.own_set()
        ranked = sorted(
            found, key=lambda one: (one != mine or not counts[one.id], -counts[one.id], one.id)
        )
        for side, own in zip(self.sides, (*ranked, *ranked)[:2], strict=False):
            side.show_set(own, self._name(own), self._bench)
        self._compare()

    def _sets(self) -> Sequence[AnnotationSet]:
        document = self._bench.document
        return sets_with_marks(self._bench) if document else ()

    def _name(self, own: AnnotationSet) -> str:
        names = {one.id: one.name for one in self._bench.bridge.read.annotators()}
        said = names.get(own.annotator_id, own.annotator_id)
        is_mine = own.annotator_id == self._bench.bridge.person and own.kind == "individual"
        kind = tr("you") if is_mine else SET_KIND_NAMES.get(own.kind, own.kind)
        return " · ".join(filter(None, (said, kind, STATUS_NAMES[own.status])))

    def _fill(self, at: int, menu: QMenu) -> None:
        for own in self._sets():
            action = menu.addAction(self._name(own).replace("&", "&&"))
            action.setCheckable(True)
            now = self.sides[at].own
            action.setChecked(now is not None and own.id == now.id)
            action.triggered.connect(partial(self._choose, at, own))

    def _choose(self, at: int, own: AnnotationSet, _checked: bool = True) -> None:
        self.sides[at].show_set(own, self._name(own), self._bench)
        self._compare()

    def _look(self, changes: Changes) -> None:
        """Take in what an act changed."""
        document = self._bench.document
        if document is None or document.id not in changes.documents:
            return
        by_id = {own.id: own for own in self._bench.bridge.read.sets(document.id)}
        for side in self.sides:
            if side.own is not None and side.own.id in by_id:
                side.show_set(by_id[side.own.id], self._name(by_id[side.own.id]), self._bench)
        self._compare()

    # How they differ

    def _compare(self) -> None:
        one, other = self.sides
        self.pairs = compare(one.marks, other.marks)
        counts = Counter(pair.kind for pair in self.pairs)
        exact, near = scores(self.pairs)
        told = [f"{counts[kind]} {self._how(kind)}" for kind in KINDS if counts[kind]]
        agreed = tr(
            "Agreement (F1): {exact:.2f} on the same words, {near:.2f} on words that overlap.",
            exact=exact,
            near=near,
        )
        self.said.setText(f"{', '.join(told) or tr('No marks')}. {agreed}")
        self._list_pairs()

    def _how(self, kind: str) -> str:
        first, second = (side.chip.answer.partition(" · ")[0] for side in self.sides)
        return {
            SAME: tr("the same"),
            ATTRIBUTES: tr("other attributes"),
            EDGES: tr("other edges"),
            LABEL: tr("other label"),
            ONE: tr("only {name}", name=first),
            OTHER: tr("only {name}", name=second),
        }[kind]

    def _list_pairs(self) -> None:
        at = self.list.currentItem().data(0, PLACE) if self.list.currentItem() else 0
        self.list.clear()
        titles = {one.name: one.title for one in self._bench.schema.labels}
        for n, pair in enumerate(self.pairs):
            if pair.kind == SAME and not self._shows_same:
                continue
            mark = pair.one or pair.other
            labels = [titles.get(m.label, m.label) for m in (pair.one, pair.other) if m]
            item = QTreeWidgetItem(
                [" / ".join(dict.fromkeys(labels)), _flat(mark), self._how(pair.kind)]
            )
            item.setData(0, PLACE, n)
            item.setToolTip(1, plain_tip(_flat(mark)))
            self.list.addTopLevelItem(item)
        places = [
            self.list.topLevelItem(k).data(0, PLACE) for k in range(self.list.topLevelItemCount())
        ]
        here = next((k for k, place in enumerate(places) if place >= at), len(places) - 1)
        if places:
            self.list.setCurrentItem(self.list.topLevelItem(here))
        self._go()

    def _pair(self) -> Pair | None:
        item = self.list.currentItem()
        return self.pairs[item.data(0, PLACE)] if item else None

    def _go(self) -> None:
        """Show the chosen difference on both sides."""
        pair = self._pair()
        self.take.setEnabled(self._taken() is not None)
        if pair is not None:
            self._scrolls = True  # each goes to the place by itself
            self.sides[0].show_mark(pair.one, pair.other)
            self.sides[1].show_mark(pair.other, pair.one)
            self._scrolls = False

    def _find(self, mark_id: str) -> None:
        """Go to the line of a mark that was clicked."""
        for at in range(self.list.topLevelItemCount()):
            item = self.list.topLevelItem(at)
            pair = self.pairs[item.data(0, PLACE)]
            if mark_id in {mark.id for mark in (pair.one, pair.other) if mark}:
                self.list.setCurrentItem(item)

    def _toggle_same(self, shown: bool) -> None:
        self._shows_same = shown
        self._list_pairs()

    def _follow(self, at: int, value: int) -> None:
        """The other side scrolls along."""
        if not self._scrolls:
            bar = self.sides[at].view.verticalScrollBar()
            other = self.sides[1 - at].view.verticalScrollBar()
            self._scrolls = True
            other.setValue(round(value / max(1, bar.maximum()) * other.maximum()))
            self._scrolls = False

    # Taking over

    def _taken(self) -> Annotation | None:
        """The mark of the other side that one's own set could have too."""
        pair, mine = self._pair(), self._bench.own_set()
        if pair is None or pair.kind == SAME or self.sides[0].own != mine or mine is None:
            return None
        return pair.other if pair.kind != ATTRIBUTES else None

    def _take_over(self) -> None:
        from annotator.project import marks

        mark, document = self._taken(), self._bench.document
        if mark is not None and document is not None:
            self._bench.bridge.run(
                marks.add, document.id, mark.span, mark.label,
                attributes=mark.attributes, note=mark.note,
            )  # fmt: skip


def sets_with_marks(bench: Workbench) -> list[AnnotationSet]:
    """The sets of the open document that hold marks, and one's own."""
    if bench.document is None:
        return []
    used = {mark.set_id for mark in bench.marks.values()}
    mine = bench.own_set()
    return [
        one for one in bench.bridge.read.sets(bench.document.id) if one.id in used or one == mine
    ]


def _list() -> QTreeWidget:
    made = QTreeWidget()
    made.setAccessibleName(tr("Differences"))
    made.setHeaderLabels((tr("Label"), tr("Words"), tr("How")))
    made.setRootIsDecorated(False)
    made.setUniformRowHeights(True)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    header = made.header()
    header.setStretchLastSection(False)
    header.setSectionResizeMode(0, header.ResizeMode.ResizeToContents)
    header.setSectionResizeMode(1, header.ResizeMode.Stretch)
    header.setSectionResizeMode(2, header.ResizeMode.ResizeToContents)
    return made


def _inset(widget: QWidget) -> QHBoxLayout:
    made = row(widget, 1)
    made.setContentsMargins(10, 10, 10, 10)
    return made


def _flat(mark: Annotation | None) -> str:
    return " ".join(mark.words.split()) if mark else ""
