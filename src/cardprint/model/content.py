"""What is to be set: blocks with final strings and resolved styles, in reading order."""

from __future__ import annotations

import datetime as dt
from enum import Enum

from msgspec import Struct

from cardprint.model.colour import Swatch
from cardprint.model.copyfit import NO_COPYFIT, Copyfit
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.geometry import NO_INSETS, Insets, Rect, Size
from cardprint.model.icon import Icon, Picture
from cardprint.model.profile import SCREEN, OutputProfile
from cardprint.model.structure import Role, Scope
from cardprint.model.typography import TextStyle


class FixedTrack(Struct, frozen=True):
    """A column of `width` points."""

    width: float


class AutoTrack(Struct, frozen=True):
    """A column as wide as its widest content wants to be."""


class FlexTrack(Struct, frozen=True):
    """A column that takes `share` parts of the width left over (CSS Grid's `fr`)."""

    share: float = 1.0


Track = FixedTrack | AutoTrack | FlexTrack


class HAlign(Enum):
    """Where a block stands across its region."""

    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class VAlign(Enum):
    """Where a block stands down its region; BASELINE aligns first baselines along a row."""

    TOP = "top"
    MIDDLE = "middle"
    BOTTOM = "bottom"
    BASELINE = "baseline"


class Edge(Enum):
    """A side of a rectangle."""

    TOP = "top"
    RIGHT = "right"
    BOTTOM = "bottom"
    LEFT = "left"


class Stroke(Struct, frozen=True):
    """A rule's weight in points and its swatch."""

    weight: float
    swatch: Swatch


class BlockBase(Struct, frozen=True, kw_only=True):
    """What every block has: the line of the layout that asked for it, its path in the block tree
    ("body.table.rows[3].cells[1]"), and its share of the height left over in a stack (0: none)."""

    span: Span = NOWHERE
    name: str = ""
    grow: float = 0.0


class Run(Struct, frozen=True):
    """A stretch of text in one style. `span` is where its words come from; `link` an address;
    `language` a BCP 47 tag where it differs from the page's; `expansion` what an abbreviation stands for."""

    text: str
    style: TextStyle
    link: str | None = None
    language: str | None = None
    expansion: str | None = None
    span: Span = NOWHERE


class TextBlock(BlockBase, frozen=True, kw_only=True):
    """A paragraph: `style` gives its leading and alignment, each run its own type. `field` names the
    text for people ("Highlights of Mississippi, issue 2")."""

    runs: tuple[Run, ...]
    style: TextStyle
    role: Role
    field: str = ""


class TileBlock(BlockBase, frozen=True, kw_only=True):
    """A filled, rounded tile of fixed size with a short text centred optically in it."""

    text: Run
    size: Size
    radius: float
    fill: Swatch
    role: Role


class FractionBlock(BlockBase, frozen=True, kw_only=True):
    """Two short texts over one another, centred on a bar between them. `bar_width` in points; `clearance` from the bar
    to the figures above and below."""

    over: Run
    under: Run
    bar: Stroke
    bar_width: float
    clearance: float
    role: Role


class IconBlock(BlockBase, frozen=True, kw_only=True):
    """An icon scaled into a square of `size` points. Without a role it is decoration."""

    icon: Icon
    size: float
    swatch: Swatch
    role: Role | None


class ImageBlock(BlockBase, frozen=True, kw_only=True):
    """A picture at a printed size, a vector in its swatch. Without a role it is decoration."""

    picture: Picture | Icon
    size: Size
    role: Role | None
    swatch: Swatch | None = None


class RuleBlock(BlockBase, frozen=True, kw_only=True):
    """A horizontal rule across its region, its weight being its height."""

    stroke: Stroke


class SpacerBlock(BlockBase, frozen=True, kw_only=True):
    """Empty height (which may grow)."""

    height: float


class BoxBlock(BlockBase, frozen=True, kw_only=True):
    """A child with ground, border, inset. `rules` draws single edges; `bleed` names the edges on which the
    fill runs over the page's margin, the trim and the bleed. `width` and `height` fix its outer size."""

    child: Block | None
    inset: Insets = NO_INSETS
    fill: Swatch | None = None
    border: Stroke | None = None
    rules: tuple[tuple[Edge, Stroke], ...] = ()
    radius: float = 0.0
    bleed: frozenset[Edge] = frozenset()
    halign: HAlign | None = None
    valign: VAlign = VAlign.TOP
    width: float | None = None
    height: float | None = None


class RotatedBlock(BlockBase, frozen=True, kw_only=True):
    """A child turned by a quarter: 90 reads upwards, 270 downwards."""

    child: Block
    angle: int


class StackBlock(BlockBase, frozen=True, kw_only=True):
    """Children one under another, `gap` points apart. Height left over goes to those that grow."""

    children: tuple[Block, ...]
    gap: float = 0.0
    role: Role | None = None


class ColumnsBlock(BlockBase, frozen=True, kw_only=True):
    """Children side by side, one to a track. With a `link` the whole of them leads to that address, which `leads_to`
    tells in words."""

    children: tuple[Block, ...]
    tracks: tuple[Track, ...]
    gap: float = 0.0
    valign: VAlign = VAlign.TOP
    role: Role | None = None
    link: str | None = None
    leads_to: str = ""


class Cell(Struct, frozen=True):
    """A cell of a table at `column` (from 0), over `column_span` tracks and `row_span` rows.

    `header` makes it a head cell for its row or column."""

    block: Block | None
    column: int
    column_span: int = 1
    row_span: int = 1
    header: Scope | None = None
    fill: Swatch | None = None
    inset: Insets = NO_INSETS
    halign: HAlign | None = None
    valign: VAlign | None = None
    span: Span = NOWHERE


class Row(Struct, frozen=True):
    """A row: its cells, its share (`weight`) of the height left over, its ground and the rules above and below."""

    cells: tuple[Cell, ...]
    weight: float = 0.0
    min_height: float = 0.0
    inset: Insets = NO_INSETS
    fill: Swatch | None = None
    above: Stroke | None = None
    below: Stroke | None = None
    rule_from: int = 0
    valign: VAlign = VAlign.MIDDLE
    span: Span = NOWHERE


class TableBlock(BlockBase, frozen=True, kw_only=True):
    """Rows on common tracks; the first `head_rows` of them are its head."""

    tracks: tuple[Track, ...]
    rows: tuple[Row, ...]
    head_rows: int = 0
    gap: float = 0.0
    role: Role


class GridCell(Struct, frozen=True):
    """A cell of a grid at `column` and `row` (from 0), over `column_span` columns and `row_span` rows."""

    block: Block
    column: int
    row: int
    column_span: int = 1
    row_span: int = 1
    role: Role | None = None
    span: Span = NOWHERE


class GridBlock(BlockBase, frozen=True, kw_only=True):
    """Cells of one size on `columns` by `rows` places, `gap` points apart; places without a cell stay empty.

    Columns share the width, rows are `cell_height` points high. Cells stand in reading order, wherever they are."""

    cells: tuple[GridCell, ...]
    columns: int
    rows: int
    cell_height: float
    gap: float = 0.0
    role: Role | None = None


Block = (
    TextBlock
    | TileBlock
    | FractionBlock
    | IconBlock
    | ImageBlock
    | RuleBlock
    | SpacerBlock
    | BoxBlock
    | RotatedBlock
    | StackBlock
    | ColumnsBlock
    | TableBlock
    | GridBlock
)
"""The closed union of things to set."""


class PageGeometry(Struct, frozen=True):
    """The sheet: its trimmed size, the margins that bound the live area, the bleed beyond the trim (points)."""

    trim: Size
    margins: Insets
    bleed: float

    @property
    def sheet(self) -> Rect:
        """The trimmed page with the bleed around it."""
        width, height = self.trim.width + 2 * self.bleed, self.trim.height + 2 * self.bleed
        return Rect(-self.bleed, -self.bleed, width, height)


class DocumentInfo(Struct, frozen=True):
    """What a file says about itself. `date` stamps creation and change; `subject` may be empty.

    `edition` is the edition's id, `data_sha256` the hash of the data and layout that the card was made
    from, `producer` the program and its version ("cardprint 0.1.0"), `state` the slug of the state that a card is
    about."""

    title: str
    author: str
    subject: str
    language: str
    date: dt.datetime
    producer: str
    edition: str = ""
    data_sha256: str = ""
    state: str = ""


class SampleMarks(Struct, frozen=True):
    """What the engine puts on a page made from sample data or under embargo, whatever its layout says: bands at head
    and foot, both with `words` on `ground`, and beneath the content `word`, its letters drawn in outline."""

    words: Run
    ground: Swatch
    word: Run
    outline: Stroke


class Slug(Struct, frozen=True):
    """The line beside a printed page: what it is about, and what it was made for and from."""

    subject: Run
    made: Run


class PageContent(Struct, frozen=True):
    """One page to be laid out: its sheet, its block tree, what its document says about itself, how it may be made to
    fit, how it is marked if it is a sample, what it is written for, and what is written beside it."""

    page: PageGeometry
    body: Block
    info: DocumentInfo
    copyfit: Copyfit = NO_COPYFIT
    sample: SampleMarks | None = None
    profile: OutputProfile = SCREEN
    slug: Slug | None = None
