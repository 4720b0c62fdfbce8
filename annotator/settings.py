"""What a person set once for all their projects; one JSON file in the system's place for such things."""

from __future__ import annotations

import getpass
import os
from pathlib import Path

import msgspec
import platformdirs

from annotator.errors import SettingsError
from annotator.language import tr


class Session(msgspec.Struct, frozen=True):
    """Where a person was in a project."""

    document: str
    """The id of the open article."""
    caret: int = 0
    """A code point of its text."""
    panel: str = ""
    """The panel that was shown beside the text."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Every value has a default, so an absent file is a complete one."""

    name: str = ""
    """Who marks, where neither --as nor ANNOTATOR_NAME says so."""
    theme: str = "system"
    """system, or the name of one in resources/themes."""
    zoom: float = 1.0
    face: str = "serif"
    """serif or sans for the system's best, or a family by its name."""
    fold_dimmed: bool = False
    order: str = "imported"
    """In which the articles of the library stand."""
    offers: bool = True
    """Whether the rest of an attribution is offered around a new mark."""
    keys: dict[str, tuple[str, ...]] = {}
    """Keys of one's own, by the id of the action."""
    tables: dict[str, dict[str, str]] = {}
    """By the columns of a table, with tabs between: which of them holds what; the newest last."""
    folder: str = ""
    """Where articles were looked for last."""
    recent: tuple[str, ...] = ()
    """Projects opened last, newest first."""
    sessions: dict[str, Session] = {}
    """By project, of the recent ones."""
    geometry: str = ""
    """The window's size and place as Qt writes it, base64."""
    state: str = ""
    """The docks' places as Qt writes them, base64."""
    backups: str = ""
    """The folder of all backups, where it is not the system's place for such things."""
    cautioned: tuple[str, ...] = ()
    """Projects in shared folders whose person knows that they are."""


def path() -> Path:
    """Where the settings lie; ANNOTATOR_SETTINGS names another place."""
    named = os.environ.get("ANNOTATOR_SETTINGS")
    return Path(named) if named else platformdirs.user_config_path("annotator") / "settings.json"


def backups() -> Path:
    """Where backups lie; ANNOTATOR_BACKUPS names another place."""
    try:
        named = os.environ.get("ANNOTATOR_BACKUPS") or load().backups
    except SettingsError:
        named = ""
    return Path(named) if named else platformdirs.user_data_path("annotator") / "backups"


def logs() -> Path:
    """The folder of the log; ANNOTATOR_LOGS names another place."""
    named = os.environ.get("ANNOTATOR_LOGS")
    return Path(named) if named else platformdirs.user_log_path("annotator")


def load() -> Settings:
    """The settings; defaults where there is no file. Raises SettingsError."""
    try:
        return msgspec.json.decode(path().read_bytes(), type=Settings)
    except FileNotFoundError:
        return Settings()
    except (OSError, msgspec.DecodeError) as error:
        raise SettingsError(
            tr(
                "The settings {path} cannot be read ({error}); they were left as they are. "
                "Mend or delete the file.",
                path=path(),
                error=error,
            )
        ) from None


def save(settings: Settings) -> None:
    """Write the settings whole or not at all. Raises SettingsError."""
    place = path()
    draft = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(settings)))
        draft.replace(place)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise SettingsError(
            tr("The settings {path} cannot be written ({why}).", path=place, why=error.strerror)
        ) from None


def person(named: str | None = None) -> str:
    """Who marks: the name given, else ANNOTATOR_NAME, else the setting, else the login name."""
    said = (named, os.environ.get("ANNOTATOR_NAME"), load().name, _login())
    return next(name.strip() for name in said if name and name.strip())


def _login() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # a user without an entry, as in some containers
        return "annotator"
