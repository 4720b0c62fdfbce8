"""Written rules as they are read, and the rule for the label in hand."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from annotator.gui.workbench import Workbench
from annotator.gui.written import Written
from annotator.language import tr


class Guidelines(Written):
    """The rule for the label in hand; with nothing in hand, all rules of the schema."""

    def __init__(self, bench: Workbench, parent: QWidget | None = None) -> None:
        super().__init__(tr("Guidelines"), parent)
        self._bench = bench
        self._shown = ""
        for signal in (bench.held_changed, bench.opened, bench.schema_changed):
            signal.connect(self._show)
        self._show()

    def _show(self) -> None:
        schema, held = self._bench.schema, self._bench.held
        chosen = [one for one in schema.labels if held and one.name == held.label]
        parts = [] if held else [f"## {schema.title}\n\n{schema.guideline}"]
        parts += [f"### {one.title}\n\n{one.guideline}" for one in chosen or schema.current.labels]
        if held:
            fitting = schema.current.attributes_of(held.label)
            parts += [f"**{a.title}.** {a.guideline}" for a in fitting if a.guideline]
        written = "\n\n".join(parts).replace("\n*", "\n\n*")
        if written != self._shown:
            self._shown = written
            self.write(written)
