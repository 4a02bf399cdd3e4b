"""Which module answers for which kind of block; measurements of one page are made once."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from typing import Any, assert_never

from cardprint.layout.blocks import (
    box,
    columns,
    fraction,
    grid,
    icon,
    image,
    rotated,
    rule,
    spacer,
    stack,
    table,
    text,
    tile,
)
from cardprint.layout.copyfit import Setting
from cardprint.layout.measure import B, Engine, Measured, T, Widths
from cardprint.model.content import (
    Block,
    BoxBlock,
    ColumnsBlock,
    FractionBlock,
    GridBlock,
    IconBlock,
    ImageBlock,
    PageGeometry,
    RotatedBlock,
    RuleBlock,
    SpacerBlock,
    StackBlock,
    TableBlock,
    TextBlock,
    TileBlock,
)
from cardprint.model.frame import Group
from cardprint.model.geometry import Matrix, Rect
from cardprint.model.typography import FontBook


class PageEngine:
    """One page on one rung of copyfit. It remembers by block identity: it must not outlive the content."""

    def __init__(self, page: PageGeometry, fonts: FontBook, setting: Setting, ground: Rect | None = None) -> None:
        self.page = page
        self.ground = ground or page.sheet
        self.fonts = fonts
        self.setting = setting
        self._widths: dict[int, Widths] = {}
        self._measured: dict[tuple[int, float], Measured] = {}
        self._made: dict[tuple[Callable[..., Any], int, float], Any] = {}

    def once(self, make: Callable[[B, float, Engine], T], block: B, width: float) -> T:
        key = (make, id(block), width)
        if key not in self._made:
            self._made[key] = make(block, width, self)
        made: T = self._made[key]
        return made

    def one_line_sizes(self) -> tuple[tuple[str, float], ...]:
        """Texts set smaller to stand on one line, by their names for people, and their sizes in points."""
        made = (made for (make, _, _), made in self._made.items() if make is text.typeset)
        shrunk = (typeset.block for typeset in made if typeset.shrunk)
        return tuple(dict.fromkeys((block.field or block.name, block.style.size) for block in shrunk))

    def turned(self, matrix: Matrix) -> PageEngine:
        engine = copy(self)
        engine.ground = matrix.inverse.apply_rect(self.ground)
        return engine

    def intrinsic(self, block: Block) -> Widths:
        found = self._widths.get(id(block))
        if found is None:
            found = self._widths[id(block)] = self._intrinsic(block)
        return found

    def measure(self, block: Block, width: float) -> Measured:
        key = (id(block), width)
        found = self._measured.get(key)
        if found is None:
            found = self._measured[key] = self._measure(block, width)
        return found

    def _intrinsic(self, block: Block) -> Widths:
        match block:
            case TextBlock():
                return text.intrinsic(block, self)
            case StackBlock():
                return stack.intrinsic(block, self)
            case ColumnsBlock():
                return columns.intrinsic(block, self)
            case BoxBlock():
                return box.intrinsic(block, self)
            case TileBlock():
                return tile.intrinsic(block, self)
            case FractionBlock():
                return fraction.intrinsic(block, self)
            case IconBlock():
                return icon.intrinsic(block, self)
            case SpacerBlock():
                return spacer.intrinsic(block, self)
            case RuleBlock():
                return rule.intrinsic(block, self)
            case TableBlock():
                return table.intrinsic(block, self)
            case ImageBlock():
                return image.intrinsic(block, self)
            case RotatedBlock():
                return rotated.intrinsic(block, self)
            case GridBlock():
                return grid.intrinsic(block, self)
            case _:
                assert_never(block)

    def _measure(self, block: Block, width: float) -> Measured:
        match block:
            case TextBlock():
                return text.measure(block, width, self)
            case StackBlock():
                return stack.measure(block, width, self)
            case ColumnsBlock():
                return columns.measure(block, width, self)
            case BoxBlock():
                return box.measure(block, width, self)
            case TileBlock():
                return tile.measure(block, width, self)
            case FractionBlock():
                return fraction.measure(block, width, self)
            case IconBlock():
                return icon.measure(block, width, self)
            case SpacerBlock():
                return spacer.measure(block, width, self)
            case RuleBlock():
                return rule.measure(block, width, self)
            case TableBlock():
                return table.measure(block, width, self)
            case ImageBlock():
                return image.measure(block, width, self)
            case RotatedBlock():
                return rotated.measure(block, width, self)
            case GridBlock():
                return grid.measure(block, width, self)
            case _:
                assert_never(block)

    def place(self, block: Block, region: Rect) -> Group:
        match block:
            case TextBlock():
                return text.place(block, region, self)
            case StackBlock():
                return stack.place(block, region, self)
            case ColumnsBlock():
                return columns.place(block, region, self)
            case BoxBlock():
                return box.place(block, region, self)
            case TileBlock():
                return tile.place(block, region, self)
            case FractionBlock():
                return fraction.place(block, region, self)
            case IconBlock():
                return icon.place(block, region, self)
            case SpacerBlock():
                return spacer.place(block, region, self)
            case RuleBlock():
                return rule.place(block, region, self)
            case TableBlock():
                return table.place(block, region, self)
            case ImageBlock():
                return image.place(block, region, self)
            case RotatedBlock():
                return rotated.place(block, region, self)
            case GridBlock():
                return grid.place(block, region, self)
            case _:
                assert_never(block)
