"""A layout file, typed: the page, its theme, and the tree of blocks with their templates unfilled."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import TYPE_CHECKING

from msgspec import Struct, field

from cardprint.model.colour import Swatch
from cardprint.model.content import Edge, HAlign, PageGeometry, Track, VAlign
from cardprint.model.copyfit import NO_COPYFIT, Copyfit
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.geometry import NO_INSETS, Insets, Size
from cardprint.model.icon import Icon, Picture
from cardprint.model.structure import Scope, Tag
from cardprint.model.template import Template
from cardprint.model.typography import TextStyle

if TYPE_CHECKING:
    from cardprint.model.press import PressSpec


class Repeat(Struct, frozen=True):
    """`repeat: path as variable`: the block once for each item of the list at `path`."""

    path: tuple[str, ...]
    variable: str
    span: Span = NOWHERE


class Condition(Struct, frozen=True):
    """`when: path` or `when: not path`: the block only if the value there is given, true and not empty."""

    path: tuple[str, ...]
    negated: bool = False
    span: Span = NOWHERE


class SpecBase(Struct, frozen=True, kw_only=True):
    """What every block of a layout may say. `only` names the one output profile in which the block is there."""

    span: Span = NOWHERE
    grow: float = 0.0
    repeat: Repeat | None = None
    when: Condition | None = None
    only: str | None = None


class StrokeSpec(Struct, frozen=True):
    """A rule: weight in points and a swatch's name, which may be a template."""

    weight: float
    swatch: Template
    span: Span = NOWHERE


class RunSpec(Struct, frozen=True):
    """A run of text in a style of the theme (None: the block's)."""

    text: Template
    style: str | None = None
    link: Template | None = None
    language: str | None = None
    expansion: Template | None = None
    span: Span = NOWHERE


class TextSpec(SpecBase, frozen=True, kw_only=True):
    """A paragraph. `emphasis` maps what a rich run is ("label", "strong", "link") to the style that shows it;
    `field` names the text for people in messages; `reads` is said instead of it."""

    runs: tuple[RunSpec, ...]
    style: str
    tag: Tag = Tag.P
    emphasis: Mapping[str, str] = field(default_factory=dict)
    field: Template | None = None
    reads: Template | None = None


class TileSpec(SpecBase, frozen=True, kw_only=True):
    """A filled tile with a short text in it."""

    text: RunSpec
    style: str
    size: Size
    radius: float
    fill: Template
    reads: Template | None


class FractionSpec(SpecBase, frozen=True, kw_only=True):
    """Two short texts over one another with a bar between."""

    over: RunSpec
    under: RunSpec
    over_style: str
    under_style: str
    bar: StrokeSpec
    bar_width: float
    clearance: float
    reads: Template | None


class IconSpec(SpecBase, frozen=True, kw_only=True):
    """An icon by its (template) name. With `alt` it is a figure, without it decoration."""

    icon: Template
    size: float
    swatch: Template
    alt: Template | None


class QrSpec(SpecBase, frozen=True, kw_only=True):
    """A QR code that leads to an address: `size` is its side with the quiet zone, `level` its error correction. It is
    described by `alt`, else by the address itself."""

    address: Template
    size: float
    swatch: Template
    level: str = "M"
    alt: Template | None = None


class ImageSpec(SpecBase, frozen=True, kw_only=True):
    """A picture by its path inside the roots: a raster, or a vector in one swatch. One of `width` and `height` may be
    left to the other; where both are given, the picture keeps its proportions inside them."""

    image: Template
    width: float | None
    height: float | None
    alt: Template | None
    swatch: Template | None = None


class RuleSpec(SpecBase, frozen=True, kw_only=True):
    """A horizontal rule."""

    stroke: StrokeSpec


class SpacerSpec(SpecBase, frozen=True, kw_only=True):
    """Empty height."""

    height: float


class BoxSpec(SpecBase, frozen=True, kw_only=True):
    """A child with ground, border and inset."""

    child: BlockSpec | None
    inset: Insets = NO_INSETS
    fill: Template | None = None
    border: StrokeSpec | None = None
    rules: tuple[tuple[Edge, StrokeSpec], ...] = ()
    radius: float = 0.0
    bleed: frozenset[Edge] = frozenset()
    halign: HAlign | None = None
    valign: VAlign = VAlign.TOP
    width: float | None = None
    height: float | None = None


class RotatedSpec(SpecBase, frozen=True, kw_only=True):
    """A child turned by a quarter."""

    child: BlockSpec
    angle: int


class StackSpec(SpecBase, frozen=True, kw_only=True):
    """Children one under another."""

    children: tuple[BlockSpec, ...]
    gap: float = 0.0
    tag: Tag | None = None


class ColumnsSpec(SpecBase, frozen=True, kw_only=True):
    """Children side by side, one to a track. With a `link` the whole of them leads there; `leads_to` says where that
    is."""

    children: tuple[BlockSpec, ...]
    tracks: tuple[Track, ...]
    gap: float = 0.0
    valign: VAlign = VAlign.TOP
    tag: Tag | None = None
    link: Template | None = None
    leads_to: Template | None = None


class CellSpec(Struct, frozen=True, kw_only=True):
    """A cell; cells fill the free columns of their row from the left. `rows` may be a template that gives a number.

    A `repeat` makes as many cells."""

    child: BlockSpec | None
    columns: int = 1
    rows: int | Template = 1
    header: Scope | None = None
    fill: Template | None = None
    inset: Insets = NO_INSETS
    halign: HAlign | None = None
    valign: VAlign | None = None
    repeat: Repeat | None = None
    when: Condition | None = None
    only: str | None = None
    span: Span = NOWHERE


class RowSpec(Struct, frozen=True, kw_only=True):
    """A row of a table, once or repeated."""

    cells: tuple[CellSpec, ...]
    weight: float = 0.0
    min_height: float = 0.0
    inset: Insets = NO_INSETS
    fill: Template | None = None
    above: StrokeSpec | None = None
    below: StrokeSpec | None = None
    rule_from: int = 0
    valign: VAlign = VAlign.MIDDLE
    repeat: Repeat | None = None
    when: Condition | None = None
    only: str | None = None
    span: Span = NOWHERE


class TableSpec(SpecBase, frozen=True, kw_only=True):
    """Rows on common tracks, head rows first."""

    tracks: tuple[Track, ...]
    head: tuple[RowSpec, ...]
    rows: tuple[RowSpec, ...]
    gap: float = 0.0


class GridCellSpec(Struct, frozen=True, kw_only=True):
    """A cell of a grid at `column` and `row`, from 0: whole numbers, or templates that give them.

    A `repeat` makes as many cells."""

    child: BlockSpec
    column: int | Template
    row: int | Template
    columns: int = 1
    rows: int = 1
    tag: Tag | None = None
    repeat: Repeat | None = None
    when: Condition | None = None
    only: str | None = None
    span: Span = NOWHERE


class GridSpec(SpecBase, frozen=True, kw_only=True):
    """Equal cells in rows and columns, filled where the data say."""

    cells: tuple[GridCellSpec, ...]
    columns: int
    rows: int
    cell_height: float
    gap: float = 0.0
    tag: Tag | None = None


BlockSpec = (
    TextSpec
    | TileSpec
    | FractionSpec
    | IconSpec
    | ImageSpec
    | QrSpec
    | RuleSpec
    | SpacerSpec
    | BoxSpec
    | RotatedSpec
    | StackSpec
    | ColumnsSpec
    | TableSpec
    | GridSpec
)
"""The closed union of what a layout's tree is made of."""


class Theme(Struct, frozen=True):
    """The looks: swatches, type styles, and the icons and pictures that can be named."""

    swatches: Mapping[str, Swatch]
    styles: Mapping[str, TextStyle]
    icons: Mapping[str, Icon]
    pictures: Mapping[str, Picture | Icon] = field(default_factory=dict)


class Per(Enum):
    """What a layout draws one page for."""

    STATE = "state"
    EDITION = "edition"
    BOOK = "book"
    FOLIO = "folio"
    FACTS = "facts"


class PageSpec(Struct, frozen=True):
    """One page of a layout: its name, its sheet, and the block that fills its live area."""

    name: str
    page: PageGeometry
    body: BlockSpec


class LayoutSpec(Struct, frozen=True):
    """A layout, ready to be filled with data. `title` and `subject` are the document's own, `suffix` what its file's
    name has besides.

    `pages` stand in the order in which they are read, all on sheets of one size. `sizes` are the names of its sizes
    besides its own; `size` is the one that it was made ready for, or empty. `press` is what it says of print, None if
    it leaves that to the usual."""

    name: str
    pages: tuple[PageSpec, ...]
    theme: Theme
    title: Template
    subject: Template | None = None
    suffix: str = ""
    copyfit: Copyfit = NO_COPYFIT
    span: Span = NOWHERE
    per: Per = Per.STATE
    sizes: tuple[str, ...] = ()
    size: str = ""
    press: PressSpec | None = None
