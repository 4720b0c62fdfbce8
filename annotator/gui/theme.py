"""Colors by name, from resources/themes, and the look that they give to Qt's widgets."""

from __future__ import annotations

from functools import cache

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from annotator import resources
from annotator.language import tr

NAMES = ("light", "dark", "contrast")
THEMES = {
    "system": tr("As the system"),
    "light": tr("Light"),
    "dark": tr("Dark"),
    "contrast": tr("High contrast"),
}
"""What a person can choose, and how it reads."""
SERIFS = ("Noto Serif", "Source Serif 4", "Literata", "Charter", "Georgia", "DejaVu Serif")
SANS = ("Inter", "Noto Sans", "Segoe UI", "Helvetica Neue", "DejaVu Sans")
MONO = (
    "JetBrains Mono",
    "Noto Sans Mono",
    "Cascadia Mono",
    "Menlo",
    "Consolas",
    "DejaVu Sans Mono",
)
RTL = (
    "Noto Naskh Arabic",
    "Amiri",
    "Geeza Pro",
    "Traditional Arabic",
    "Noto Serif Hebrew",
    "David",
)
"""Faces for reading Arabic and Hebrew scripts beside a serif."""


class Theme(msgspec.Struct, frozen=True):
    """Every color that the app draws with, as #rrggbb."""

    name: str
    title: str
    dark: bool
    background: str
    paper: str
    ink: str
    soft: str
    faint: str
    line: str
    panel: str
    hover: str
    selection: str
    found: str
    claim: str
    claim_fill: str
    source: str
    denial: str
    denial_fill: str
    cue: str
    focus: str
    ok: str
    warn: str

    def color(self, name: str) -> QColor:
        """The color of that name, or of a #rrggbb that a schema gives."""
        return QColor(getattr(self, name, name if name.startswith("#") else self.soft))

    def fill(self, name: str) -> QColor:
        """The light fill that goes with a color."""
        known = getattr(self, f"{name}_fill", None)
        if known:
            return QColor(known)
        color = self.color(name)
        color.setAlpha(60)
        return color


@cache
def load(name: str) -> Theme:
    """A theme of the resources; the system's choice for “system” and for an unknown name."""
    if name not in NAMES:
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        name = "dark" if dark else "light"
    return msgspec.json.decode(resources.text(f"themes/{name}.json"), type=Theme)


def dress(application: QApplication, theme: Theme) -> None:
    """Give the application its face, and a theme's colors and look."""
    application.setFont(sans(13))
    application.setPalette(palette(theme))
    application.setStyleSheet(style_sheet(theme))


def of_application() -> Theme:
    """The theme that the application is dressed in now."""
    paper = QGuiApplication.palette().color(QPalette.ColorRole.Base).name()
    return next((load(name) for name in NAMES if load(name).paper == paper), load("light"))


def sans(pixels: float, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The best sans of the system for everything else."""
    font = _font(SANS, pixels)
    font.setWeight(weight)
    return font


def face(name: str, pixels: float) -> QFont:
    """A face by what the settings call it: serif, sans, mono, or a family of the system."""
    best = {"serif": SERIFS, "sans": SANS, "mono": MONO}.get(name)
    return _font(best or (name, *SERIFS), pixels)


def rtl_families() -> list[str]:
    """The system's faces for reading what runs from right to left; empty where it has none."""
    return [family for family in RTL if family in _families()]


def palette(theme: Theme) -> QPalette:
    """What Qt draws with where no style sheet speaks."""
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.Base: theme.paper,
        QPalette.ColorRole.AlternateBase: theme.hover,
        QPalette.ColorRole.Text: theme.ink,
        QPalette.ColorRole.WindowText: theme.ink,
        QPalette.ColorRole.ButtonText: theme.ink,
        QPalette.ColorRole.Button: theme.panel,
        QPalette.ColorRole.Highlight: theme.selection,
        QPalette.ColorRole.HighlightedText: theme.ink,
        QPalette.ColorRole.PlaceholderText: theme.faint,
        QPalette.ColorRole.ToolTipBase: theme.ink,
        QPalette.ColorRole.ToolTipText: theme.paper,
    }
    made = QPalette()
    for role, color in roles.items():
        made.setColor(role, QColor(color))
    return made


def style_sheet(theme: Theme) -> str:
    """The look of the widgets."""
    return _SHEET.format_map({**msgspec.structs.asdict(theme)})


def _font(families: tuple[str, ...], pixels: float) -> QFont:
    font = QFont(_installed(families))
    font.setPixelSize(max(11, round(pixels)))
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return font


@cache
def _installed(families: tuple[str, ...]) -> list[str]:
    return [family for family in families if family in _families()] or [families[-1]]


@cache
def _families() -> frozenset[str]:
    return frozenset(QFontDatabase.families())


_SHEET = """
* {{ font-size: 13px; }}
QMainWindow, QDialog, QStatusBar {{ background: {panel}; color: {ink}; }}
QWidget#bar, QWidget#library, QWidget#inspector, QWidget#foot {{ background: {panel}; }}
QWidget#bar {{ border-bottom: 1px solid {line}; }}
QWidget#foot {{ border-top: 1px solid {line}; }}
QLabel {{ color: {ink}; background: transparent; }}
QLabel[soft="true"] {{ color: {soft}; }}
QLabel[small="true"] {{ color: {soft}; font-size: 12px; }}
QLabel[heading="true"] {{ font-size: 17px; font-weight: 600; }}
QLabel[section="true"] {{ color: {soft}; font-size: 11px; font-weight: 600; }}
QLabel[key="true"] {{ color: {soft}; font-size: 11px; font-weight: 600; border: 1px solid {line};
    border-radius: 4px; padding: 1px 5px; background: {paper}; }}
QLabel[ok="true"] {{ color: {ok}; font-size: 12px; font-weight: 600; }}
QLabel[warn="true"] {{ color: {warn}; font-size: 12px; }}
QLabel[good="true"] {{ color: {ok}; font-weight: 600; }}
QLabel[bad="true"] {{ color: {warn}; font-weight: 600; }}
QLineEdit, QTextEdit, QPlainTextEdit, QComboBox, QSpinBox {{ background: {paper}; color: {ink};
    border: 1px solid {line}; border-radius: 6px; padding: 5px 8px;
    selection-background-color: {selection}; selection-color: {ink}; }}
QLineEdit:focus, QTextEdit:focus, QPlainTextEdit:focus, QComboBox:focus {{ border-color: {focus}; }}
QComboBox {{ padding: 3px 8px; border-color: transparent; background: transparent; }}
QComboBox[field="true"] {{ padding: 5px 8px; border-color: {line}; background: {paper}; }}
QSpinBox::up-button, QSpinBox::down-button {{ width: 0; border: 0; }}
QCheckBox {{ color: {ink}; spacing: 8px; }}
QComboBox:hover {{ background: {hover}; }}
QComboBox::drop-down {{ border: 0; width: 14px; }}
QComboBox QAbstractItemView {{ background: {paper}; color: {ink}; border: 1px solid {line};
    selection-background-color: {hover}; selection-color: {ink}; outline: 0; }}
QListView, QTreeView, QTableView {{ background: {panel}; color: {ink}; border: 0; outline: 0;
    alternate-background-color: {panel}; }}
QTreeView::item, QTableView::item {{ padding: 5px 8px; border: 0; }}
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {{
    background: {hover}; color: {ink}; }}
QListView::item:hover, QTreeView::item:hover {{ background: {hover}; }}
QListWidget::item {{ padding: 6px 8px; border-radius: 5px; }}
QHeaderView::section {{ background: {panel}; color: {soft}; border: 0;
    border-bottom: 1px solid {line}; padding: 4px 8px; font-size: 12px; }}
QPushButton {{ background: {paper}; color: {ink}; border: 1px solid {line}; border-radius: 6px;
    padding: 6px 14px; }}
QPushButton:hover {{ background: {hover}; }}
QPushButton:disabled {{ color: {faint}; }}
QPushButton[primary="true"]:enabled, QPushButton:default {{ background: {focus}; color: {paper}; border-color: {focus}; }}
QPushButton:focus {{ border-color: {focus}; }}
QPushButton[flat="true"], QToolButton {{ background: transparent; border: 0; color: {soft};
    padding: 4px 8px; border-radius: 6px; text-align: left; }}
QPushButton[flat="true"]:hover, QToolButton:hover {{ background: {hover}; color: {ink}; }}
QPushButton[flat="true"]:focus {{ background: {hover}; }}
QPushButton[flat="true"]:disabled {{ color: {line}; }}
QPushButton[flat="true"][warn="true"] {{ color: {warn}; font-size: 12px; }}
QPushButton[flat="true"][small="true"] {{ font-size: 12px; padding: 2px 6px; }}
QPushButton[flat="true"][small="true"]:checked {{ background: {hover}; color: {ink};
    font-weight: 600; }}
QPushButton[swatch="true"] {{ background: transparent; border: 2px solid transparent; padding: 0;
    border-radius: 13px; }}
QPushButton[swatch="true"]:hover {{ background: {hover}; }}
QPushButton[swatch="true"]:checked {{ border-color: {ink}; }}
QPushButton[swatch="true"]:focus {{ border-color: {focus}; }}
QPushButton[value="true"] {{ background: transparent; border: 0; color: {ink}; text-align: right;
    padding: 5px 0; }}
QPushButton[value="true"]:hover, QPushButton[value="true"]:focus {{ color: {focus};
    text-decoration: underline; }}
QPushButton[value="true"]::menu-indicator {{ width: 0; height: 0; }}
QPushButton[chip="true"] {{ padding: 7px 12px; }}
QPushButton[chip="true"]::menu-indicator {{ width: 0; height: 0; }}
QMenuBar {{ background: {panel}; color: {soft}; padding: 2px 8px; }}
QMenuBar::item {{ background: transparent; padding: 4px 9px; border-radius: 5px; }}
QMenuBar::item:selected {{ background: {hover}; color: {ink}; }}
QMenu {{ background: {paper}; color: {ink}; border: 1px solid {line}; padding: 5px; }}
QMenu::item {{ padding: 5px 26px 5px 12px; border-radius: 5px; }}
QMenu::item:selected {{ background: {hover}; }}
QMenu::item:disabled {{ color: {faint}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 5px 8px; }}
QDockWidget {{ color: {soft}; titlebar-close-icon: none; }}
QDockWidget::title {{ background: {panel}; padding: 7px 12px; border-bottom: 1px solid {line}; }}
QTabBar::tab {{ background: transparent; color: {soft}; padding: 7px 12px; border: 0;
    border-bottom: 2px solid transparent; }}
QTabBar::tab:selected {{ color: {ink}; border-bottom-color: {focus}; }}
QTabWidget#side > QTabBar::tab {{ padding: 8px 7px; }}
QTabWidget::pane {{ border: 0; border-top: 1px solid {line}; }}
QSplitter::handle, QMainWindow::separator {{ background: {line}; width: 1px; height: 1px; }}
QScrollArea {{ border: 0; background: {panel}; }}
QScrollArea > QWidget > QWidget {{ background: {panel}; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {line}; border-radius: 4px; min-height: 32px; min-width: 32px;
    margin: 1px; }}
QScrollBar::handle:hover {{ background: {faint}; }}
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {{
    background: transparent; border: 0; width: 0; height: 0; }}
QProgressBar {{ background: {hover}; border: 0; border-radius: 3px; height: 6px; color: transparent; }}
QProgressBar::chunk {{ background: {focus}; border-radius: 3px; }}
QToolTip {{ background: {ink}; color: {paper}; border: 0; padding: 5px 8px; }}
QFrame#rule {{ background: {line}; max-height: 1px; border: 0; }}
QTextBrowser, QTextBrowser:focus {{ background: {panel}; border: 0; border-radius: 0; padding: 0; }}
QDialog#palette {{ background: {paper}; border: 1px solid {line}; }}
QDialog#palette QListView {{ background: {paper}; }}
QWidget#card {{ background: {paper}; }}
QTableView#outcomes {{ background: {paper}; }}
QTableView#outcomes::item {{ border-bottom: 1px solid {line}; border-radius: 0; padding: 2px 8px; }}
QTextEdit#preview, QTextEdit#preview:focus {{ background: {panel}; border: 0; border-radius: 0; }}
QWidget#card QTableView, QWidget#card QHeaderView::section {{ background: {paper}; }}
QWidget#card QListWidget::item {{ padding: 6px 8px; border-radius: 5px; }}
QListWidget#things::item {{ padding: 5px 14px; border: 0; }}
QListWidget#values {{ background: {paper}; border: 1px solid {line}; border-radius: 6px; }}
QWidget#card QListWidget#values::item {{ padding: 2px 8px; }}
QScrollArea#card, QScrollArea#card > QWidget > QWidget#card {{ background: {paper}; }}
QWidget#card QTextBrowser {{ background: {paper}; }}
QWidget#foot QScrollArea, QWidget#foot QScrollArea > QWidget > QWidget {{ background: transparent; }}
QWidget#library[dropping="true"] {{ background: {selection}; }}
QListView#catalog {{ background: {panel}; padding: 6px 0; border-right: 1px solid {line}; }}
QScrollArea#paper, QScrollArea#paper > QWidget > QWidget {{ background: {paper}; }}
QPlainTextEdit#beginning {{ background: {panel}; padding: 6px 8px; }}
QLabel#losses {{ background: {panel}; border-left: 3px solid {ok}; padding: 9px 12px; }}
QLabel#losses[lossy="true"] {{ border-left-color: {warn}; }}
QTableView#balance QHeaderView {{ background: {paper}; }}
QTableView#balance::item {{ border-bottom: 1px solid {line}; }}
QFrame#walk {{ background: {selection}; border-bottom: 1px solid {line}; }}
QFrame#tip {{ background: {ink}; border-radius: 8px; }}
QFrame#tip QLabel {{ color: {paper}; font-size: 12px; }}
QFrame#tip QLabel[key="true"] {{ background: transparent; color: {paper}; border-color: {faint}; }}
"""
