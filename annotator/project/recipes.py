"""What a person asks of a dataset; recipes that are used again are kept in the project as presets."""

from __future__ import annotations

import msgspec

from annotator.datasets.selection import FINISHED, Selection
from annotator.datasets.splits import SplitPlan
from annotator.errors import DatasetError
from annotator.formats.base import Format, Options
from annotator.language import tr
from annotator.model.annotation import STATUSES
from annotator.project.project import Project, Queries

_PRESET = "preset "


class Recipe(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Everything that decides what a dataset folder of a project holds."""

    formats: tuple[str, ...] = ()
    """Names of formats."""
    selection: Selection = Selection()
    split: SplitPlan | None = None
    options: Options = Options()
    title: str = ""
    about: str = ""
    """Why the dataset is made."""
    licence: str = ""
    """Of the annotations."""

    def statuses(self, chosen: Format) -> tuple[str, ...]:
        """Which sets the format takes where the selection says nothing of statuses."""
        return FINISHED if chosen.trains or self.split is not None else STATUSES


def presets(read: Queries) -> dict[str, Recipe]:
    """The recipes kept in the project, by name."""
    return {
        name.removeprefix(_PRESET): msgspec.json.decode(body, type=Recipe)
        for name, body in read.kept().items()
        if name.startswith(_PRESET)
    }


def keep_preset(project: Project, name: str, recipe: Recipe) -> None:
    """Keep a recipe under a name, in the place of one that had it. Raises DatasetError."""
    name = " ".join(name.split())
    if not name:
        raise DatasetError(tr("A preset needs a name; nothing was kept."))
    project.keep(_PRESET + name, msgspec.json.encode(recipe, order="sorted").decode())


def drop_preset(project: Project, name: str) -> None:
    """Keep it no longer. Raises DatasetError where there is none of that name."""
    preset(project, name)
    project.keep(_PRESET + name, None)


def preset(project: Project, name: str) -> Recipe:
    """The recipe of that name. Raises DatasetError."""
    known = presets(project.read)
    if name not in known:
        said = tr("none is kept in this project")
        if known:
            said = tr("there are {names}", names=", ".join(known))
        raise DatasetError(tr("There is no preset “{name}”; {said}.", name=name, said=said))
    return known[name]
