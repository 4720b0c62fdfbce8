"""Opening an article's address: never by itself, and never without saying whom it reaches."""

from __future__ import annotations

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QWidget

from annotator.gui.opening import ask
from annotator.language import tr
from annotator.text.addresses import link
from annotator.text.visible import visible


def ask_to_open(address: str, parent: QWidget) -> None:
    """Show where an address leads, and open it outside or copy it when the person says so."""
    copying = (tr("Copy the address"), lambda: QGuiApplication.clipboard().setText(address))
    leads = link(address)
    if leads is None:
        refused = tr("This is no address of a page or a mailbox, and is not opened:")
        ask(parent, f"{refused}\n\n{visible(address)}", [copying])
        return
    leaving = tr("This leaves Annotator and reaches {host}:", host=leads.host)
    other = tr("The page there may be another one today; the saved text stays as it is.")
    words = f"{leaving}\n\n{visible(leads.url)}\n\n{other}"
    opening = (tr("Open it"), lambda: QDesktopServices.openUrl(QUrl(leads.url)))
    ask(parent, words, [opening, copying])
