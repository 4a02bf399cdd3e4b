"""The skeleton painted over a page: regions, gutters, baselines, live area."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.layout import lay_out, with_skeleton
from cardprint.model.content import (
    Block,
    Cell,
    ColumnsBlock,
    FixedTrack,
    GridBlock,
    GridCell,
    RotatedBlock,
    Row,
    StackBlock,
    TableBlock,
)
from cardprint.model.frame import FilledRect, Group, RuleItem
from cardprint.model.geometry import Rect
from cardprint.model.structure import Role, Tag

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker

LIVE = Rect(10.0, 10.0, 180.0, 80.0)


def named(block: Block, name: str) -> Block:
    """The block at a path of the tree."""
    return replace(block, name=name)


def skeleton(make: Maker, body: Block) -> Group:
    """What is painted over the page."""
    frame, _ = lay_out(make.content(body), make.fonts)
    painted = with_skeleton(frame, body)
    assert frame.root.items == painted.root.items[:-1]
    over = painted.root.items[-1]
    assert isinstance(over, Group)
    return over


def strokes(group: Group, name: str) -> list[RuleItem]:
    """The lines in a colour of the skeleton."""
    own = [item for item in group.items if isinstance(item, RuleItem) and item.stroke.swatch.name == name]
    return own + [line for item in group.items if isinstance(item, Group) for line in strokes(item, name)]


def hatched(make: Maker, body: Block) -> Rect | None:
    """The rectangle around all that is hatched; None if nothing is."""
    lines = strokes(skeleton(make, body), "debug-gutter")
    if not lines:
        return None
    xs = [x for line in lines for x in (line.x1, line.x2)]
    ys = [y for line in lines for y in (line.y1, line.y2)]
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def stack(make: Maker, gap: float) -> StackBlock:
    return StackBlock(name="s", gap=gap, children=(named(make.spacer(20), "s.0"), named(make.spacer(30), "s.1")))


def columns(make: Maker, gap: float) -> ColumnsBlock:
    """Two tracks of 50 points; what stands in the first is narrower."""
    children = (named(make.text("A"), "c.0"), named(make.spacer(30), "c.1"))
    return ColumnsBlock(name="c", gap=gap, tracks=(FixedTrack(50), FixedTrack(50)), children=children)


def table(make: Maker, gap: float) -> TableBlock:
    """Two rows of two cells, the first over both rows."""
    cells = [Cell(named(make.spacer(15), f"t.{i}"), column=min(i, 1), row_span=2 - min(i, 1)) for i in range(3)]
    rows = (Row(tuple(cells[:2])), Row((cells[2],)))
    return TableBlock(name="t", gap=gap, tracks=(FixedTrack(40), FixedTrack(50)), rows=rows, role=Role(Tag.TABLE))


def grid(make: Maker, gap: float) -> GridBlock:
    """Two cells one under another in the second of two columns."""
    cells = tuple(GridCell(named(make.spacer(10), f"g.{row}"), column=1, row=row) for row in range(2))
    return GridBlock(name="g", gap=gap, columns=2, rows=2, cell_height=30, cells=cells)


class TestGutters:
    def test_a_stack_keeps_gaps_between_its_children(self, make: Maker) -> None:
        """The full width, between the first and the second."""
        assert Rect(10.0, 30.0, 180.0, 6.0) == hatched(make, stack(make, 6))

    def test_columns_keep_gutters_between_their_tracks(self, make: Maker) -> None:
        """The full height of the columns, whatever stands in the tracks."""
        assert Rect(60.0, 10.0, 8.0, 80.0) == hatched(make, columns(make, 8))

    def test_a_table_keeps_gutters_between_its_cells(self, make: Maker) -> None:
        """Beside a cell over both rows too."""
        assert Rect(50.0, 10.0, 8.0, 30.0) == hatched(make, table(make, 8))

    def test_a_grid_keeps_them_before_its_cells(self, make: Maker) -> None:
        """On the left of both, and above the second: a column is (180 − 4) / 2 points wide."""
        assert Rect(98.0, 10.0, 92.0, 64.0) == hatched(make, grid(make, 4))

    def test_they_are_turned_with_what_is_turned(self, make: Maker) -> None:
        """In a stack that reads upwards, the gap between its children stands upright."""
        inner = StackBlock(name="r.s", gap=6, children=tuple(named(make.text("Abc"), f"r.s.{i}") for i in range(2)))
        length = make.intrinsic(inner).most
        around = hatched(make, RotatedBlock(name="r", child=inner, angle=90))
        assert around is not None
        assert 6.0 == pytest.approx(around.width)
        assert length == pytest.approx(around.height)

    @pytest.mark.parametrize("block", [stack, columns, table, grid])
    def test_where_nothing_is_kept_free_nothing_is_hatched(self, make: Maker, block: object) -> None:
        """The twin."""
        assert callable(block)
        assert hatched(make, block(make, 0)) is None


class TestLines:
    def test_every_line_of_text_stands_on_its_baseline(self, make: Maker) -> None:
        """As long as its words are."""
        (line,) = strokes(skeleton(make, named(make.text("Abc"), "body")), "debug-baseline")
        assert (10.0, line.y1) == (line.x1, line.y2)
        assert make.width_of("Abc") == pytest.approx(line.x2 - line.x1)

    def test_regions_cells_and_the_live_area_are_outlined(self, make: Maker) -> None:
        """Each in its colour; what merely groups them is not."""
        over = skeleton(make, table(make, 8))

        def outlined(group: Group) -> list[tuple[str, Rect]]:
            found = []
            for item in group.items:
                if isinstance(item, Group):
                    found += outlined(item)
                elif isinstance(item, FilledRect) and item.stroke is not None:
                    found.append((item.stroke.swatch.name, item.rect))
            return found

        names = [name for name, _ in outlined(over)]
        assert 3 == names.count("debug-cell")
        assert 4 == names.count("debug-region")
        assert ("debug-live", LIVE) == outlined(over)[-1]

    def test_the_skeleton_means_nothing_to_readers(self, make: Maker) -> None:
        """No role, so that all of it is decoration."""

        def roles(group: Group) -> list[Role]:
            inner = [role for item in group.items if isinstance(item, Group) for role in roles(item)]
            return [*inner, *([group.role] if group.role else [])]

        assert [] == roles(skeleton(make, table(make, 8)))
