"""Reading: what of an article is its own text, what it has in common with others, later texts of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from annotator.gui.actions.base import ARTICLE, VIEW, WINDOW, Action, has_document
from annotator.language import tr, trn
from annotator.model.document import SORTS, Document
from annotator.model.names import ROLE_NAMES

if TYPE_CHECKING:
    from annotator.gui.desk import Desk


_ORDERS = (tr("As imported"), tr("By title"), tr("By date"), tr("By outlet"), tr("By status"))
ORDERS = dict(zip(SORTS, _ORDERS, strict=True))


def actions() -> list[Action]:
    """Everything about how an article was read."""
    return [
        Action("block.dim", tr("Dim or undim block"), ("Shift+B",), ARTICLE, dim, when=has_document),
        Action("block.role", tr("What the block is…"), ("O",), ARTICLE, ask_role, when=has_document),
        Action("article.beside", tr("The same story beside it…"), ("Ctrl+Alt+D",), ARTICLE, compare, WINDOW, has_relative),
        Action("article.carry", tr("Carry marks from the earlier text…"), ("Ctrl+Alt+M",), ARTICLE, carry, WINDOW, has_earlier),
        Action("article.address", tr("Open the address…"), ("Ctrl+Alt+W",), ARTICLE, open_address, WINDOW, has_address),
        *(
            Action(f"order.{sort}", words, (), f"{VIEW}/{tr('Order of the library')}", partial(order, sort=sort), WINDOW,
                   checked=partial(_is_order, sort=sort))
            for sort, words in ORDERS.items()
        ),
    ]  # fmt: skip


def has_earlier(desk: Desk) -> bool:
    """The open article is a later text of another."""
    return desk.bench.document is not None and desk.bench.document.earlier_id is not None


def has_relative(desk: Desk) -> bool:
    """The open article may have others beside it."""
    here = desk.bench.document
    return here is not None and (here.group_id is not None or here.earlier_id is not None)


def has_address(desk: Desk) -> bool:
    """The open article says where it stood."""
    return desk.bench.document is not None and bool(desk.bench.document.metadata.get("url"))


def open_address(desk: Desk) -> None:
    """Ask before the article's address is opened outside."""
    from annotator.gui.address import ask_to_open

    here = desk.bench.document
    if here is not None:
        ask_to_open(str(here.metadata["url"]), desk.view.window())


def dim(desk: Desk) -> None:
    """Dim the blocks of the selection, or of the caret; where all are dimmed, undim them."""
    from annotator.project import blocks as verbs

    ords = _ords(desk)
    here = desk.bench.document
    if here is None or not ords:
        return
    dimmed = not all(desk.bench.blocks[ord_].dimmed for ord_ in ords)
    said = _dimming(dimmed, len(ords))
    desk.bridge.run(verbs.choose, here.id, ords, dimmed=dimmed, then=lambda _: desk.say(said))


def _dimming(dimmed: bool, blocks: int) -> str:
    if blocks == 1:
        return tr("Dimmed.") if dimmed else tr("Undimmed.")
    if dimmed:
        return trn("Dimmed: {count} block.", "Dimmed: {count} blocks.", blocks)
    return trn("Undimmed: {count} block.", "Undimmed: {count} blocks.", blocks)


def ask_role(desk: Desk) -> None:
    """Ask what the blocks of the selection are."""
    from annotator.gui.asking import keyed
    from annotator.project import blocks as verbs

    ords = _ords(desk)
    here = desk.bench.document
    if here is None or not ords:
        return
    now = desk.bench.blocks[ords[0]].role

    def then(role: object) -> None:
        said = tr("It is {role} now.", role=ROLE_NAMES[str(role)])
        desk.bridge.run(verbs.choose, here.id, ords, role=role, then=lambda _: desk.say(said))

    choices = keyed([(words, role) for role, words in ROLE_NAMES.items()])
    desk.asking.one_of(tr("It is {now}. What is it?", now=ROLE_NAMES.get(now, now)), choices, then)


def _ords(desk: Desk) -> list[int]:
    from annotator.project.blocks import at

    caret = desk.view.caret()
    return at(desk.bench.blocks, *(desk.view.selection() or (caret, caret)))


def compare(desk: Desk) -> None:
    """Show the open article beside the one whose later text it is, or one that tells its story."""
    from annotator.gui.asking import keyed
    from annotator.gui.beside import show_beside

    here = desk.bench.document
    if here is None:
        return
    others = _relatives(desk, here)
    if not others:
        desk.say(tr("No other article tells this story in the same words."))
    elif len(others) == 1:
        show_beside(desk, others[0], here)
    else:
        choices = keyed([(_named(one), one) for one in others[:12]])
        desk.view.setFocus()
        desk.asking.one_of(
            tr("Compare with which?"), choices, lambda one: show_beside(desk, one, here)
        )


def carry(desk: Desk) -> None:
    """Show what would be carried over, and carry it when the person says so."""
    from annotator.gui.beside import show_carrying

    here = desk.bench.document
    if here is not None:
        show_carrying(desk, here)


def _relatives(desk: Desk, here: Document) -> list[Document]:
    read = desk.bridge.read
    found = [] if here.group_id is None else list(read.grouped(here.group_id))
    earlier = read.any_document(here.earlier_id) if here.earlier_id else None
    if earlier is not None and not earlier[1]:
        found.insert(0, earlier[0])
    return list({one.id: one for one in found if one.id != here.id}.values())


def _named(document: Document) -> str:
    parts = (document.title[:60], document.outlet, document.published)
    return " · ".join(part for part in parts if part)


def order(desk: Desk, sort: str) -> None:
    """Let the library stand in another order."""
    desk.choices.keep(order=sort)
    desk.library.sort_by(sort)
    desk.say(tr("The library: {order}.", order=ORDERS[sort].lower()))


def _is_order(desk: Desk, sort: str) -> bool:
    return desk.library.sort == sort
