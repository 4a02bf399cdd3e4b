"""Where the blocks of a page came to stand: their groups by name, and how each lies on the page."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardprint.model.content import Block, BoxBlock, ColumnsBlock, GridBlock, RotatedBlock, StackBlock, TableBlock
from cardprint.model.frame import Group
from cardprint.model.geometry import IDENTITY, Matrix, Rect


class Placed(Struct, frozen=True):
    """The group of a block, and the map of its region's coordinates into the page's."""

    group: Group
    to_page: Matrix

    @property
    def region(self) -> Rect:
        """The region on the page."""
        return self.to_page.apply_rect(self.group.region)


def placed_blocks(root: Group) -> dict[str, Placed]:
    """Every named group within `root`, by its name: the path of the block that it was made from."""
    return dict(_placed(root, IDENTITY))


def _placed(group: Group, to_page: Matrix) -> Iterator[tuple[str, Placed]]:
    if group.name:
        yield group.name, Placed(group, to_page)
    inner = to_page if group.matrix is None else group.matrix.then(to_page)
    for item in group.items:
        if isinstance(item, Group):
            yield from _placed(item, inner)


def children(block: Block) -> Iterator[Block]:
    """The blocks that stand in a block, in reading order."""
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
