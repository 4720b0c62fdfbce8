"""The window's part of the self-test."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from annotator.gui.app import make_application
from annotator.gui.window import Window
from annotator.project.sample import sample
from annotator.settings import Settings


def window_proof() -> str:
    """Open the sample in a real window and look whether something is drawn."""
    application = make_application()
    with tempfile.TemporaryDirectory(prefix="annotator-") as folder:
        os.environ["ANNOTATOR_SETTINGS"] = str(Path(folder, "settings.json"))
        window = Window(Settings(), "Proof")
        window.show()
        window.open_project(str(sample(Path(folder, "proof.annotator"))))
        application.processEvents()
        picture = window.grab().toImage()
        colors = {picture.pixel(x, y) for x in range(0, picture.width(), 7)
                  for y in range(0, picture.height(), 7)}  # fmt: skip
        window.close()
        application.processEvents()
        if len(colors) < 5:
            raise AssertionError("the window stayed empty")
    return f"{picture.width()}×{picture.height()} painted on {application.platformName()}"
