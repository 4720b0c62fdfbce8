"""Blocks: what is the article's own text and what only stands around it is the analyst's to say."""

from __future__ import annotations

from collections.abc import Sequence

from annotator.errors import NotFound, RuleError
from annotator.language import tr
from annotator.model.document import ROLES, Block, BlockChoice
from annotator.project.project import Act, Project


def choose(
    project: Project,
    document_id: str,
    ords: Sequence[int],
    *,
    role: str | None = None,
    dimmed: bool | None = None,
) -> tuple[Block, ...]:
    """Give blocks of a document, counted from 0, another role or dim them or not.

    Marks in them stay. Where somebody chooses what the reader thought, the choice is gone again.
    Returns all blocks as they then stand. Raises NotFound or RuleError; nothing is changed.
    """
    if role is not None and role not in ROLES:
        raise RuleError(
            tr("“{role}” is not a role; it can be {roles}.", role=role, roles=", ".join(ROLES))
        )
    with project.op(_title(role, dimmed=dimmed)) as act:
        document = act.read.document(document_id)
        blocks = act.read.blocks(document_id)
        missing = [ord_ for ord_ in ords if not 0 <= ord_ < len(blocks)]
        if missing:
            raise NotFound(
                tr(
                    "“{title}” has {n} blocks, counted from 0; "
                    "there is no block {missing}. Nothing was changed.",
                    title=document.title,
                    n=len(blocks),
                    missing=missing[0],
                )
            )
        read, chosen = act.read.read_blocks(document_id), act.read.block_choices(document_id)
        for ord_ in dict.fromkeys(ords):
            block = blocks[ord_]
            wanted = BlockChoice.of(
                document_id,
                ord_,
                block.role if role is None else role,
                dimmed=block.dimmed if dimmed is None else dimmed,
            )
            _settle(act, chosen.get(ord_), wanted, as_read=read[ord_][:2])
        return act.read.blocks(document_id)


def _settle(
    act: Act, before: BlockChoice | None, wanted: BlockChoice, as_read: tuple[str, bool]
) -> None:
    if (wanted.role, wanted.dimmed) == as_read:
        if before is not None:
            act.tx.drop(before)
    elif before is None:
        act.tx.add(wanted)
    else:
        act.tx.put(before, wanted)


def _title(role: str | None, *, dimmed: bool | None) -> str:
    if dimmed is None:
        return f"Make it {role}"
    return "Dim" if dimmed else "Undim"


def at(blocks: Sequence[Block], start: int, end: int) -> list[int]:
    """Which blocks a range of code points touches; an empty range touches the one it stands in."""
    last = max(end, start + 1)
    return [ord_ for ord_, block in enumerate(blocks) if block.start < last and start < block.end]
