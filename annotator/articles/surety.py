"""How sure it is what a line of copied text is: by what told it."""

from __future__ import annotations

from annotator.articles.lines import Role
from annotator.articles.phrases import is_around, is_promo
from annotator.articles.stretch import LONG, is_paragraph, is_sentence

# About the share of such lines that were told right on the pages of the benchmark and on clippings.
PARAGRAPH = 0.98
SENTENCE = 0.95
HEADING = 0.88
"""Text that is no sentence: a heading, an item."""
KNOWN = 0.95
"""Words that stand around many articles."""
PLACED = 0.75
"""Above or below the text, and nothing else tells."""
PLACED_SENTENCE = 0.6
ROLES = {"headline": 0.9, "section": 0.85, "caption": 0.7}
NAMED = 0.95
"""A byline, a date, a line on the author: their form tells."""


def sure(line: str, role: Role) -> float:
    """From 0 to 1, how sure it is that the line is what ``role`` says."""
    if role.role == "body" and not role.dimmed:
        if is_paragraph(line) and len(line) >= 2 * LONG:
            return PARAGRAPH
        return SENTENCE if is_sentence(line) else HEADING
    if role.role not in ("body", "boilerplate"):
        return ROLES.get(role.role, NAMED)
    if is_around(line) or is_promo(line):
        return KNOWN
    return PLACED_SENTENCE if is_sentence(line) else PLACED
