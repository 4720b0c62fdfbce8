"""Where the caret goes: whole characters, words, lines. Offsets are code points."""

from __future__ import annotations

from PySide6.QtGui import QTextLayout

from annotator.gui.reading.page import Page, whole


def step(page: Page, offset: int, *, visual_right: bool, by_word: bool) -> int:
    """The next place to the right or left, a whole character as a reader sees it, or a word."""
    index = page.row_at(offset)
    page.lay_out(index)
    row = page.rows[index]
    if row.layout is None or row.map is None:
        return _over(page, index, offset, visual_right)
    at = row.map.to_utf16(min(offset, row.end) - row.start)
    forward = visual_right != row.is_rtl
    if by_word:
        mode = QTextLayout.CursorMode.SkipWords
        move = row.layout.nextCursorPosition if forward else row.layout.previousCursorPosition
        to = move(at, mode)
    else:
        sideways = row.layout.rightCursorPosition if visual_right else row.layout.leftCursorPosition
        to = whole(row, sideways(at), away_from=at)
    if to == at:
        return _over(page, index, offset, forward)
    return row.start + row.map.to_code_points(to)


def vertical(page: Page, offset: int, x: float, lines: int) -> int:
    """The place ``lines`` lines further down (or up), nearest to ``x`` (pixels of the page)."""
    y = page.caret_rect(offset).center().y()
    direction = 1 if lines > 0 else -1
    for _ in range(abs(lines)):
        y = _next_line_y(page, y, direction)
    return page.offset_at(x, y)


def line_edge(page: Page, offset: int, *, end: bool) -> int:
    """Where the line on the screen begins or ends that holds ``offset``."""
    index = page.row_at(offset)
    page.lay_out(index)
    row = page.rows[index]
    if row.layout is None or row.map is None:
        return row.end if end else row.start
    at = row.map.to_utf16(min(offset, row.end) - row.start)
    line = row.layout.lineForTextPosition(at)
    if not end:
        return row.start + row.map.to_code_points(line.textStart())
    stop = line.textStart() + line.textLength()
    if stop < row.map.utf16_length:  # the place behind a wrapped line belongs to the next one
        stop = row.layout.previousCursorPosition(stop)
    return row.start + row.map.to_code_points(stop)


def _next_line_y(page: Page, y: float, direction: int) -> float:
    index = page.row_at_y(y)
    page.lay_out(index)
    top = page.tops()[index]
    middles = [top + line.y() + line.height() / 2 for line in page.rows[index].lines]
    ahead = [middle for middle in middles if (middle - y) * direction > 1]
    if ahead:
        return min(ahead) if direction > 0 else max(ahead)
    other = index + direction
    while 0 <= other < len(page.rows):
        page.lay_out(other)
        lines = page.rows[other].lines
        if lines:
            line = lines[0] if direction > 0 else lines[-1]
            return page.tops()[other] + line.y() + line.height() / 2
        other += direction
    return y


def _over(page: Page, index: int, offset: int, forward: bool) -> int:
    """Into the next or the previous row that is shown."""
    other = index + (1 if forward else -1)
    while 0 <= other < len(page.rows) and page.rows[other].folded:
        other += 1 if forward else -1
    if not 0 <= other < len(page.rows):
        row = page.rows[index]
        return row.end if forward else row.start
    row = page.rows[other]
    if forward:
        return row.start
    if row.end < offset:
        return row.end
    # The row goes on where the other ends: its last place is one character before.
    page.lay_out(other)
    if row.layout is None or row.map is None:
        return row.start
    last = row.layout.previousCursorPosition(row.map.utf16_length)
    return row.start + row.map.to_code_points(last)
