"""Why a page looks as it does: each block with the region it was given, the height it needed, and who asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cardprint.layout.blocks.text import fit_to_line
from cardprint.layout.engine import PageEngine
from cardprint.layout.page import engine_on, live_area
from cardprint.model.content import (
    Block,
    BoxBlock,
    ColumnsBlock,
    FractionBlock,
    GridBlock,
    PageContent,
    RotatedBlock,
    Run,
    StackBlock,
    TableBlock,
    TextBlock,
    TileBlock,
)
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.frame import Group
from cardprint.model.geometry import IDENTITY, Matrix, Rect
from cardprint.model.typography import FontBook, TextStyle


@dataclass(frozen=True, slots=True)
class Explained:
    """One block: how deep in the tree, its kind and path, the region it got on the page and the height it needed there
    (points), and for a text its words, its type, and the line of data or layout that they come from."""

    depth: int
    kind: str
    name: str
    field: str
    region: Rect
    needed: float
    text: str
    type: str
    data: Span
    layout: Span


def explain_page(content: PageContent, fonts: FontBook, rung: int) -> list[Explained]:
    """Every block of the page on a rung of its copyfit, in reading order."""
    engine = engine_on(content, fonts, rung)
    root = engine.place(content.body, live_area(content))
    regions = dict(_regions(root, IDENTITY))
    return list(_blocks(content.body, 0, engine, regions))


def _regions(group: Group, outer: Matrix) -> Iterator[tuple[str, tuple[Rect, Rect]]]:
    """The region of each named group: in its own coordinates, and on the page."""
    if group.name:
        yield group.name, (group.region, outer.apply_rect(group.region))
    inner = outer if group.matrix is None else group.matrix.then(outer)
    for item in group.items:
        if isinstance(item, Group):
            yield from _regions(item, inner)


def _blocks(block: Block, depth: int, engine: PageEngine, regions: dict[str, tuple[Rect, Rect]]) -> Iterator[Explained]:
    own, on_page = regions[block.name]
    run = _first_run(block)
    yield Explained(
        depth=depth,
        kind=type(block).__name__.removesuffix("Block").lower(),
        name=block.name,
        field=block.field if isinstance(block, TextBlock) else "",
        region=on_page,
        needed=engine.measure(block, own.width).size.height,
        text=_text(block),
        type=_type(block, own.width, engine),
        data=run.span if run is not None else NOWHERE,
        layout=block.span,
    )
    for child in _children(block):
        yield from _blocks(child, depth + 1, engine, regions)


def _children(block: Block) -> Iterator[Block]:
    match block:
        case StackBlock() | ColumnsBlock():
            yield from block.children
        case TableBlock():
            yield from (cell.block for row in block.rows for cell in row.cells if cell.block is not None)
        case GridBlock():
            yield from (cell.block for cell in block.cells)
        case BoxBlock(child=child) if child is not None:
            yield child
        case RotatedBlock():
            yield block.child
        case _:
            return


def _first_run(block: Block) -> Run | None:
    match block:
        case TextBlock():
            return block.runs[0] if block.runs else None
        case TileBlock():
            return block.text
        case FractionBlock():
            return block.over
        case _:
            return None


def _text(block: Block) -> str:
    match block:
        case TextBlock():
            return "".join(run.text for run in block.runs)
        case TileBlock():
            return block.text.text
        case FractionBlock():
            return f"{block.over.text} over {block.under.text}"
        case _:
            return ""


def _type(block: Block, width: float, engine: PageEngine) -> str:
    if isinstance(block, TextBlock):
        fitted = fit_to_line(block, width, engine)
        return _described(engine.setting.style(block.style) if fitted is block else fitted.style)
    run = _first_run(block)
    return "" if run is None else _described(engine.setting.style(run.style))


def _described(style: TextStyle) -> str:
    tracking = f", tracking {style.tracking:g} em" if style.tracking else ""
    return f"{style.name}: {style.face} {style.size:g}/{style.leading:g} pt{tracking}"
