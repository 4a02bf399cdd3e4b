"""Why a page looks as it does: each block with the region it was given, the height it needed, and who asked for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from cardprint.layout.blocks.text import typeset
from cardprint.layout.engine import PageEngine
from cardprint.layout.page import engine_on, live_area
from cardprint.layout.placed import Placed, children, placed_blocks
from cardprint.model.content import Block, FractionBlock, PageContent, Run, TextBlock, TileBlock
from cardprint.model.diagnostics import Span
from cardprint.model.geometry import Rect
from cardprint.model.typography import FontBook, TextStyle


class Explained(Struct, frozen=True):
    """One block: how deep in the tree, its kind and path, the region it got on the page and the height it needed there
    (points), and for a text its words, the type they are set in, and the lines of the data that they come from.

    `layout` is the line that asked for the block."""

    depth: int
    kind: str
    name: str
    field: str
    region: Rect
    needed: float
    text: str
    types: tuple[str, ...]
    data: tuple[Span, ...]
    layout: Span


def explain_page(content: PageContent, fonts: FontBook, rung: int) -> list[Explained]:
    """Every block of the page on a rung of its copyfit, in reading order, whether it has room there or not."""
    engine = engine_on(content, fonts, rung)
    placed = placed_blocks(engine.place(content.body, live_area(content)))
    return list(_explained(content.body, 0, engine, placed))


def _explained(block: Block, depth: int, engine: PageEngine, placed: Mapping[str, Placed]) -> Iterator[Explained]:
    own = placed[block.name]
    width = own.group.region.width
    runs = _runs(block, width, engine)
    yield Explained(
        depth=depth,
        kind=type(block).__name__.removesuffix("Block").lower(),
        name=block.name,
        field=block.field if isinstance(block, TextBlock) else "",
        region=own.region,
        needed=engine.measure(block, width).size.height,
        text=(" over " if isinstance(block, FractionBlock) else "").join(run.text for run in runs),
        types=tuple(dict.fromkeys(_described(run.style) for run in runs)),
        data=tuple(dict.fromkeys(run.span for run in runs if run.span.file and run.span.file != block.span.file)),
        layout=block.span,
    )
    for child in children(block):
        yield from _explained(child, depth + 1, engine, placed)


def _runs(block: Block, width: float, engine: PageEngine) -> tuple[Run, ...]:
    """The words of a block, in the type that they are set in."""
    match block:
        case TextBlock():
            return engine.once(typeset, block, width).block.runs
        case TileBlock():
            return (engine.setting.run(block.text),)
        case FractionBlock():
            return engine.setting.run(block.over), engine.setting.run(block.under)
        case _:
            return ()


def _described(style: TextStyle) -> str:
    tracking = f", tracking {style.tracking:g} em" if style.tracking else ""
    return f"{style.name}: {style.face} {style.size:g}/{style.leading:g} pt{tracking}"
