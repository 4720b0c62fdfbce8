"""What can go wrong that is not our fault.

AnnotatorError          one sentence: which file or thing, why, what was and was not stored
├── ProjectError        a project cannot be opened, made or written to
│   ├── ProjectLocked   another process has it open for writing
│   ├── ProjectReadOnly the file or its folder cannot be written to; it can be read
│   ├── ProjectTooNew   a newer Annotator made it
│   ├── ProjectTooOld   an older Annotator made it, and it was to be read only
│   ├── ProjectDamaged  the file is not whole; a backup can take its place
│   ├── ProjectGone     the file was removed or replaced while it was open
│   └── NotStored       an act that the disk or the server did not take; it can be tried again
├── NotFound            no document, mark or relation answers to that name
├── RuleError           the schema or the text does not allow this mark or link
├── SearchError         something cannot be looked for as it was asked
├── UndoRefused         an act cannot be taken back (or repeated) without harming a later one
├── ArticleError        a saved article cannot be read
│   └── NoText          there is no text in it
├── FormatError         an annotation file is wrong; carries the line and the mark
├── DatasetError        a dataset cannot be made or put together in the way that was asked
└── SettingsError       the person's settings file is wrong

Everything else that is raised is a bug and may show a traceback in the log.
"""

from __future__ import annotations


class AnnotatorError(Exception):
    """An expected failure; ``str(error)`` is the one sentence a person reads."""


class ProjectError(AnnotatorError):
    """A project cannot be opened, made or written to."""


class ProjectLocked(ProjectError):
    """Another process has the project open for writing."""


class ProjectReadOnly(ProjectError):
    """The file or its folder cannot be written to; it can be read."""


class ProjectTooNew(ProjectError):
    """The project was made by a newer Annotator; it was not opened and not changed."""


class ProjectTooOld(ProjectError):
    """The project is to be brought up to date first, which reading does not do."""


class ProjectDamaged(ProjectError):
    """The file is not whole; it was left as it is, and a backup can take its place."""


class ProjectGone(ProjectError):
    """The file is no longer the one that was opened; nothing more is written."""


class NotStored(ProjectError):
    """The disk or the server did not take an act; the same act can be tried again."""


class NotFound(AnnotatorError):
    """No document, mark, relation or act answers to that name."""


class RuleError(AnnotatorError):
    """The schema, the text or the other marks do not allow this."""


class SearchError(AnnotatorError):
    """Something cannot be looked for as it was asked; nothing was changed."""


class UndoRefused(AnnotatorError):
    """Taking an act back (or repeating it) would harm a later one; nothing was changed."""


class ArticleError(AnnotatorError):
    """A saved article cannot be read; nothing of it was stored."""


class NoText(ArticleError):
    """There is nothing to read in it."""


class FormatError(AnnotatorError):
    """An annotation file is wrong. ``line`` counts from 1; ``mark`` is an id, where one is known."""

    def __init__(self, message: str, *, line: int | None = None, mark: str | None = None) -> None:
        super().__init__(message)
        self.line = line
        self.mark = mark


class DatasetError(AnnotatorError):
    """A dataset cannot be made, or put together again, in the way that was asked."""


class SettingsError(AnnotatorError):
    """The person's settings file is wrong; it was left as it is."""
