"""The reading view: the article as text, with its marks; the only room that knows UTF-16."""

from annotator.gui.reading.view import ReadingView

__all__ = ["ReadingView"]
