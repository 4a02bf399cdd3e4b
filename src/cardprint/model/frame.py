"""Finished layout: what is painted where, in reading order, with nothing left to decide."""

from __future__ import annotations

from msgspec import Struct

from cardprint.model.colour import Swatch
from cardprint.model.content import DocumentInfo, PageGeometry, Stroke
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.geometry import Matrix, Rect
from cardprint.model.icon import PathCommand, Picture
from cardprint.model.structure import Role
from cardprint.model.typography import FontFace


class Glyph(Struct, frozen=True):
    """A shaped glyph in font units: its advance (kerning included), its offset, and the text it stands for.

    `text` holds the characters of the glyph's cluster on the cluster's first glyph and is empty on the others.
    """

    id: int
    advance: int
    x_offset: int
    y_offset: int
    text: str


class ShapedText(Struct, frozen=True, eq=False):
    """A stretch of text in one face, shaped. `advance` is the sum of its glyphs', in font units.

    Shared by every card that sets the same text, so that caches may go by identity."""

    text: str
    face: FontFace
    glyphs: tuple[Glyph, ...]
    advance: int


class TextRun(Struct, frozen=True):
    """Shaped pieces set one after another on a baseline from `x`.

    `size` is points; `tracking` points after every glyph; `word_space` points added to every space (justified lines).
    `width` is the advance of the whole run."""

    x: float
    baseline: float
    width: float
    pieces: tuple[ShapedText, ...]
    size: float
    swatch: Swatch
    tracking: float = 0.0
    word_space: float = 0.0
    span: Span = NOWHERE

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


class FilledRect(Struct, frozen=True):
    """A rectangle filled with a swatch, or stroked, or both; `radius` rounds its corners."""

    rect: Rect
    fill: Swatch | None
    radius: float = 0.0
    stroke: Stroke | None = None
    span: Span = NOWHERE


class PathItem(Struct, frozen=True):
    """An outline, its commands mapped into the page by `matrix`: filled, stroked, or both.

    One that is stroked is scaled alike in all directions; the stroke's weight is that on the page."""

    outline: tuple[PathCommand, ...]
    matrix: Matrix
    fill: Swatch | None
    span: Span = NOWHERE
    stroke: Stroke | None = None


class RuleItem(Struct, frozen=True):
    """A straight line from (x1, y1) to (x2, y2), its stroke centred on it."""

    x1: float
    y1: float
    x2: float
    y2: float
    stroke: Stroke
    span: Span = NOWHERE


class ImageItem(Struct, frozen=True):
    """A raster picture filling `rect`."""

    picture: Picture
    rect: Rect
    span: Span = NOWHERE


class LinkArea(Struct, frozen=True):
    """Where a link can be clicked: one rectangle for each line it stands on. `contents` says where it leads; an
    `address` such as "#mississippi" is a page of the same document."""

    rects: tuple[Rect, ...]
    address: str
    contents: str
    span: Span = NOWHERE


class Group(Struct, frozen=True):
    """Items of one block: the region that it was given, its role, and a turn of everything in it.

    Items of a group without a role belong to the nearest group above that has one. Rectangles, paths and rules
    are decoration (artifacts) unless that role is a figure. `name` is the block's path; `field` names a text for
    people. `matrix` maps the items' coordinates (not `region`'s) into the group above."""

    region: Rect
    items: tuple[FrameItem, ...]
    role: Role | None = None
    matrix: Matrix | None = None
    name: str = ""
    field: str = ""
    span: Span = NOWHERE


FrameItem = TextRun | FilledRect | PathItem | RuleItem | ImageItem | LinkArea | Group
"""The closed union of things to paint."""


class PageFrame(Struct, frozen=True):
    """A page ready to paint: its sheet, its root group (role Document), and what its document says about itself.

    `marks` are the regions outside the live area where texts of the engine's own stand (SAMPLE DATA); `folio` is what
    stands in the margin of a book's page for those who leaf through it, without a role. For a press, `media` is the
    untrimmed sheet and `furniture` what stands on it beside the page, likewise: marks and slug."""

    page: PageGeometry
    root: Group
    info: DocumentInfo
    marks: tuple[Rect, ...] = ()
    folio: Group | None = None
    media: Rect | None = None
    furniture: Group | None = None


class FitStep(Struct, frozen=True):
    """What all turns of a step of copyfit came to together, before and after ("leading of highlights", 11.2, 10.6)."""

    what: str
    before: float
    after: float


class FitReport(Struct, frozen=True):
    """What fitting took: the steps, the free height left in points, and texts set smaller to fit their line.

    `rung` is that of copyfit's ladder, 0 being the type and padding of the theme."""

    steps: tuple[FitStep, ...]
    slack: float
    one_line_sizes: tuple[tuple[str, float], ...] = ()
    rung: int = 0
