"""A page's content stream: operators, the graphics state they leave, and marked-content sequences."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from functools import lru_cache
from math import hypot
from typing import Final, assert_never

from msgspec import Struct

from cardprint.model.colour import Swatch
from cardprint.model.content import Stroke
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.frame import FilledRect, PathItem, RuleItem, TextRun
from cardprint.model.geometry import Matrix, Rect
from cardprint.model.icon import PathCommand
from cardprint.model.profile import ColourSpace
from cardprint.paint.colour import KNOCKOUT, OVERPRINT, Paint, paint_of, text_paint
from cardprint.paint.glyph_strings import encode, set_spaces, text_array
from cardprint.paint.page_space import PageSpace
from cardprint.paint.resources import FontResource
from cardprint.paint.structure import StructureElement
from cardprint.paint.syntax import coefficient, coefficients, number, numbers

_ARC: Final = 0.5522847498
"""How far along a corner's tangents the control points of a quarter circle stand, as a share of its radius."""

_ARTIFACT: Final = "/Artifact<</Type/Layout>>BDC"
_OUTLINES_KEPT: Final = 256
_FOLIO: Final = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC"


class _GraphicsState(Struct):
    """What the operators so far have set (ISO 32000-1 §8.4): a change is written only where it is one."""

    fill: str = ""
    stroke: str = ""
    line_width: float = 1.0
    font: str = ""
    size: float = 0.0
    tracking: float = 0.0
    rise: float = 0.0
    overprint: bool = False


class ContentStream:
    """Collects the operators of one page. Items are written in frame coordinates; `space` turns them.

    `fonts` are the page's font resources by the hash of their face's file; `owners` are the elements of the
    marked-content sequences so far, by content id, `spots` the swatches painted as spot inks, by the ink's name."""

    def __init__(self, space: PageSpace, colours: ColourSpace, fonts: Mapping[str, FontResource]) -> None:
        self._space = space
        self._colours = colours
        self._fonts = fonts
        self.owners: list[StructureElement] = []
        self.spots: dict[str, Swatch] = {}
        self._operators: list[str] = []
        self._state = _GraphicsState()
        self._saved: list[_GraphicsState] = []
        self._marked = False
        self._element: StructureElement | None = None

    def data(self) -> bytes:
        """The stream, its last marked-content sequence ended."""
        self.end_marked()
        return "\n".join(self._operators).encode("ascii")

    def mark(self, element: StructureElement | None, span: Span = NOWHERE) -> None:
        """What follows belongs to `element`, or is an artifact; a sequence of the same owner goes on."""
        if self._marked and self._element is element:
            return
        self.end_marked()
        if element is None:
            self._operators.append(_ARTIFACT)
        else:
            content_id = len(self.owners)
            element.add_content(content_id, span)
            self.owners.append(element)
            self._operators.append(f"/{element.tag}<</MCID {content_id}>>BDC")
        self._marked, self._element = True, element

    def mark_folio(self) -> None:
        """What follows is a folio (an artifact of pagination, §14.8.2.2)."""
        self.end_marked()
        self._operators.append(_FOLIO)
        self._marked, self._element = True, None

    def end_marked(self) -> None:
        """End the marked-content sequence that is open, if one is."""
        if self._marked:
            self._operators.append("EMC")
        self._marked = False

    def shift(self, x: float, y: float) -> None:
        """Move the page's origin to where its trim begins on the sheet."""
        if x or y:
            self._operators.append(f"1 0 0 1 {numbers((x, y))} cm")

    def push(self, matrix: Matrix) -> None:
        """Map everything up to the matching `pop` by `matrix`."""
        self.end_marked()
        self._saved.append(copy(self._state))
        self._operators.append(f"q {_matrix(self._space.matrix(matrix))} cm")

    def pop(self) -> None:
        """Back to the graphics state before the matching `push`."""
        self.end_marked()
        self._state = self._saved.pop()
        self._operators.append("Q")

    def show_text(self, run: TextRun) -> None:
        """A run on its baseline, its pieces' strings in as few TJ as their faces allow."""
        pieces, size = run.pieces, run.size
        if not pieces:
            return
        write = self._operators.append
        self._fill(text_paint(run.swatch, size, self._colours))
        if run.tracking != self._state.tracking:
            self._state.tracking = run.tracking
            write(f"{number(run.tracking)} Tc")
        write(f"BT {number(run.x)} {number(self._space.y(run.baseline))} Td")
        word_space = run.word_space * 1000 / size
        resource = self._fonts[pieces[0].face.sha256]
        array = text_array(pieces, resource.font, word_space)
        if array is None:
            self._show_mixed(run, word_space)
            write("ET")
        else:
            self._select_font(resource.name, size)
            write(f"{array}TJ\nET")

    def _show_mixed(self, run: TextRun, word_space: float) -> None:
        """A run in several faces, with raised glyphs, or with text that only ActualText can say."""
        write = self._operators.append
        for piece in run.pieces:
            resource = self._fonts[piece.face.sha256]
            self._select_font(resource.name, run.size)
            for phrase in encode(piece, resource.font).phrases:
                if phrase.actual_text is not None:
                    write(f"/Span<</ActualText{phrase.actual_text}>>BDC")
                for segment in phrase.segments:
                    self._set_rise(segment.rise * run.size / 1000)
                    write(f"[{set_spaces(segment.strings, word_space)}]TJ")
                if phrase.actual_text is not None:
                    write("EMC")
        self._set_rise(0.0)

    def _set_rise(self, rise: float) -> None:
        if rise != self._state.rise:
            self._state.rise = rise
            self._operators.append(f"{number(rise)} Ts")

    def _select_font(self, resource: str, size: float) -> None:
        if resource != self._state.font or size != self._state.size:
            self._state.font, self._state.size = resource, size
            self._operators.append(f"/{resource} {number(size)} Tf")

    def draw_rect(self, item: FilledRect) -> None:
        """A rectangle filled, stroked on its edge, or both."""
        paint = _painting(item.fill, item.stroke)
        if paint is None:
            return
        if item.fill is not None:
            self._fill(paint_of(item.fill, self._colours))
        if item.stroke is not None:
            self._stroke(item.stroke)
        left, bottom, right, top = self._space.box(item.rect)
        radius = min(item.radius, item.rect.width / 2, item.rect.height / 2)
        if radius > 0:
            outline = _rounded(left, bottom, right, top, radius)
        else:
            outline = f"{numbers((left, bottom, right - left, top - bottom))} re"
        self._operators.append(f"{outline} {paint}")

    def draw_path(self, item: PathItem) -> None:
        """An outline filled (nonzero winding), stroked, or both, its drawing's own coordinates mapped by `cm`."""
        paint = _painting(item.fill, item.stroke)
        if paint is None:
            return
        weight = ""
        if item.fill is not None:
            self._fill(paint_of(item.fill, self._colours))
        if item.stroke is not None:
            self._stroke_colour(item.stroke.swatch)
            weight = f"{coefficient(item.stroke.weight / hypot(item.matrix.a, item.matrix.b))} w "
        matrix = _matrix(self._space.drawing(item.matrix))
        self._operators.append(f"q {matrix} cm {weight}{_OUTLINES.written(item.outline)} {paint} Q")

    def draw_rule(self, item: RuleItem) -> None:
        """A straight line."""
        self._stroke(item.stroke)
        start = f"{number(item.x1)} {number(self._space.y(item.y1))}"
        end = f"{number(item.x2)} {number(self._space.y(item.y2))}"
        self._operators.append(f"{start} m {end} l S")

    def draw_image(self, resource: str, rect: Rect) -> None:
        """The image resource filling `rect`."""
        left, bottom, right, top = self._space.box(rect)
        placed = numbers((right - left, 0, 0, top - bottom, left, bottom))
        self._set_overprint(on=False)
        self._operators.append(f"q {placed} cm /{resource} Do Q")

    def _fill(self, paint: Paint) -> None:
        if paint.fill != self._state.fill:
            self._state.fill = paint.fill
            self._operators.append(paint.fill)
            self._note_spot(paint)
        if paint.overprint is not self._state.overprint:
            self._set_overprint(on=paint.overprint)

    def _set_overprint(self, *, on: bool) -> None:
        if on is not self._state.overprint:
            self._state.overprint = on
            self._operators.append(OVERPRINT if on else KNOCKOUT)

    def _note_spot(self, paint: Paint) -> None:
        if paint.spot is not None and paint.spot.spot is not None:
            self.spots[paint.spot.spot] = paint.spot

    def _stroke_colour(self, swatch: Swatch) -> None:
        paint = paint_of(swatch, self._colours)
        if paint.stroke != self._state.stroke:
            self._state.stroke = paint.stroke
            self._operators.append(paint.stroke)
            self._note_spot(paint)

    def _stroke(self, stroke: Stroke) -> None:
        self._stroke_colour(stroke.swatch)
        if stroke.weight != self._state.line_width:
            self._state.line_width = stroke.weight
            self._operators.append(f"{number(stroke.weight)} w")


def _painting(fill: Swatch | None, stroke: Stroke | None) -> str | None:
    """The operator that fills a path, strokes it, or does both (§8.5.3); None where there is nothing to paint."""
    match fill, stroke:
        case None, None:
            return None
        case _, None:
            return "f"
        case None, _:
            return "S"
        case _:
            return "B"


def _matrix(matrix: Matrix) -> str:
    return coefficients((matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f))


@lru_cache(maxsize=512)
def _rounded(left: float, bottom: float, right: float, top: float, radius: float) -> str:
    """A rectangle's outline with quarter circles for corners, from its lower left anticlockwise."""
    arc = radius * (1 - _ARC)
    steps = (
        (left + radius, bottom, "m"),
        (right - radius, bottom, "l"),
        (right - arc, bottom, right, bottom + arc, right, bottom + radius, "c"),
        (right, top - radius, "l"),
        (right, top - arc, right - arc, top, right - radius, top, "c"),
        (left + radius, top, "l"),
        (left + arc, top, left, top - arc, left, top - radius, "c"),
        (left, bottom + radius, "l"),
        (left, bottom + arc, left + arc, bottom, left + radius, bottom, "c"),
    )
    return " ".join([f"{numbers(points)} {operator}" for *points, operator in steps]) + " h"


class _Outlines:
    """Drawings as path construction operators, in their own coordinates.

    Remembered by identity, since to compare an icon costs as much as to place it. What is remembered is held, so that
    no other drawing can take its place."""

    def __init__(self) -> None:
        self._written: dict[int, tuple[tuple[PathCommand, ...], str]] = {}

    def written(self, outline: tuple[PathCommand, ...]) -> str:
        """The operators of `outline`."""
        found = self._written.get(id(outline))
        if found is None:
            found = outline, " ".join([_path_operator(command) for command in outline])
            if len(self._written) >= _OUTLINES_KEPT:
                self._written.clear()
            self._written[id(outline)] = found
        return found[1]


_OUTLINES: Final = _Outlines()


def _path_operator(command: PathCommand) -> str:
    match command:
        case ("M", x, y):
            return f"{numbers((x, y))} m"
        case ("L", x, y):
            return f"{numbers((x, y))} l"
        case ("C", x1, y1, x2, y2, x3, y3):
            return f"{numbers((x1, y1, x2, y2, x3, y3))} c"
        case ("Z",):
            return "h"
        case _:
            assert_never(command)
