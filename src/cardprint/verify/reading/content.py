"""The content stream of a page, interpreted as far as text, tags and colours need it (ISO 32000-1 §8, §9, §14.6)."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from typing import Final, NamedTuple

from msgspec import Struct, field

from cardprint.verify.reading.colours import fill_colour
from cardprint.verify.reading.content_tokens import (
    Operands,
    artifact_type,
    matrix,
    name,
    properties,
    shown,
    text_object,
    tokens,
)
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.fonts import Font, FontReader
from cardprint.verify.reading.fragments import Affine, Colour, Fragment, Mark, Part, concat, vertical_scale
from cardprint.verify.reading.inks import BLACK, KNOCKOUT, Ink, Overprint
from cardprint.verify.reading.painting import MOST_SHAPE_TOKENS, MOST_SHAPES, PlacedPicture, Shape, path_box
from cardprint.verify.reading.values import (
    DEEPEST,
    MOST_CONTENT,
    MOST_FORMS,
    MOST_TEXTS,
    DamagedFileError,
    Dict,
    Stream,
)

_FAR: Final = 1e6
"""Points: no page reaches so far, and no number of a sound text. What is not a number is farther."""

_INVISIBLE: Final = frozenset({3, 7})
_BLACK: Final[Colour] = (0.0, 0.0, 0.0)


class Problem(NamedTuple):
    """Something in a content stream that ought not to be: a rule's name and what was found."""

    rule: str
    message: str


class _State(Struct):
    """The graphics state (§8.4, §9.3) as far as text depends on it."""

    ctm: Affine
    font: Font | None = None
    size: float = 0.0
    tracking: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    render_mode: int = 0
    colour: Colour | None = _BLACK
    alpha: float = 1.0
    fill: Ink = BLACK
    stroke: Ink = BLACK
    fill_space: bytes = b""
    stroke_space: bytes = b""
    line_width: float = 1.0
    overprint: Overprint = KNOCKOUT


class PageContent(Struct):
    """What reading a page's content gave: text in painting order, the content ids met, problems; likewise `shapes` and
    `pictures`, where they were asked for."""

    fragments: list[Fragment] = field(default_factory=list)
    mcids: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unmarked_paint: int = 0
    shapes: list[Shape] = field(default_factory=list)
    pictures: list[PlacedPicture] = field(default_factory=list)


def read_content(
    data: bytes, resources: Dict, page_matrix: Affine, file: PdfFile, fonts: FontReader, *, shapes: bool = False
) -> PageContent:
    """Interpret `data`, the `shapes` that it paints too, if they are asked for. `page_matrix` maps the page's default
    user space to points from its top left."""
    content = PageContent()
    interpreter = _Interpreter(content, resources, page_matrix, file, fonts, shapes=shapes)
    try:
        interpreter.run(data)
        interpreter.finish()
    except _TooMuchError:
        content.problems.append(
            Problem("content-too-long", f"the page holds more than {MOST_TEXTS:,} texts or {MOST_SHAPES:,} shapes")
        )
    interpreter.forget()
    return content


class _TooMuchError(Exception):
    """The page is no page that anybody reads."""


class _Interpreter:
    """Obeys operators. One that its operands do not suit is a problem and otherwise passed over."""

    def __init__(
        self, content: PageContent, resources: Dict, page: Affine, file: PdfFile, fonts: FontReader, *, shapes: bool
    ) -> None:
        self._content = content
        self._file = file
        self._font_reader = fonts
        self._resources = resources
        self._fonts: dict[bytes, Font | None] = {}
        self._state = _State(page)
        self._saved: list[_State] = []
        self._marks: list[tuple[Mark | None, str | None]] = []
        self._mark: Mark | None = None
        self._actual: str | None = None
        self._line: Affine | None = None
        self._along = 0.0
        self._open: Fragment | None = None
        self._depth = 0
        self._forms = 0
        self._shapes = shapes
        self._shape_tokens = 0
        self._states: dict[bytes, Dict] = {}
        self._actions: dict[bytes, Callable[[Operands], None]] = self._operators()

    def run(self, data: bytes) -> None:
        if len(data) > MOST_CONTENT:
            self._problem("content-too-long", f"the page's content is {len(data):,} bytes long")
            return
        actions = self._actions
        operands: Operands = []
        for token in tokens(data):
            action = actions.get(token)
            if action is None:
                operands.append(token)
                if token[:2] != b"BT":
                    continue
                action = self._text_object
            try:
                action(operands)
            except (ValueError, IndexError, TypeError, OverflowError):
                self._problem("bad-operator", f"{shown(operands)} cannot be the operands of {shown([token])}")
            except DamagedFileError as error:
                self._problem("damaged", str(error))
            operands = []

    def finish(self) -> None:
        """What must be closed at the end of a page."""
        if self._marks:
            self._problem("open-marked-content", f"{len(self._marks)} marked-content sequences do not end")
        if self._saved:
            self._problem("open-graphics-state", f"{len(self._saved)} saved graphics states are not restored")
        if self._line is not None:
            self._problem("open-text-object", "a text object does not end")

    def forget(self) -> None:
        """Let go of itself, as its operators hold it."""
        self._actions.clear()

    def _problem(self, rule: str, message: str) -> None:
        if len(self._content.problems) < 100:
            self._content.problems.append(Problem(rule, message))

    def _operators(self) -> dict[bytes, Callable[[Operands], None]]:
        path = (b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh")
        paint = {operator: partial(self._paint_path, operator) for operator in path}
        nothing = dict.fromkeys((b"n", b"W", b"W*", b"J", b"j", b"M", b"d", b"ri", b"i", b"MP", b"DP"), _nothing)
        fill = {operator: partial(self._fill, operator) for operator in (b"g", b"rg", b"k", b"sc", b"scn")}
        strokes = {operator: partial(self._stroke, operator) for operator in (b"G", b"RG", b"K", b"SC", b"SCN")}
        return {
            **paint,
            **nothing,
            **fill,
            **strokes,
            b"EI": self._paint,
            b"w": self._setter("line_width"),
            b"cs": self._fill_space,
            b"CS": self._stroke_space,
            b"gs": self._ext_state,
            b"q": self._save,
            b"Q": self._restore,
            b"cm": self._concat,
            b"Do": self._x_object,
            b"BDC": self._begin_marked,
            b"BMC": self._begin_marked,
            b"EMC": self._end_marked,
            b"BT": self._begin_text,
            b"ET": self._end_text,
            b"Td": self._move,
            b"TD": self._move_leading,
            b"Tm": self._text_matrix,
            b"T*": self._next_line,
            b"Tf": self._select_font,
            b"Tj": self._show,
            b"TJ": self._show,
            b"'": self._show_on_next_line,
            b'"': self._show_spaced,
            b"Tc": self._setter("tracking"),
            b"Tw": self._setter("word_space"),
            b"Tz": self._set_stretch,
            b"TL": self._setter("leading"),
            b"Ts": self._setter("rise"),
            b"Tr": self._set_render_mode,
        }

    # Graphics state

    def _setter(self, attribute: str) -> Callable[[Operands], None]:
        def set_number(operands: Operands) -> None:
            setattr(self._state, attribute, float(operands[-1]))

        return set_number

    def _set_stretch(self, operands: Operands) -> None:
        self._state.stretch = float(operands[-1]) / 100

    def _set_render_mode(self, operands: Operands) -> None:
        self._state.render_mode = int(operands[-1])

    def _save(self, _: Operands) -> None:
        if len(self._saved) > 1000:
            raise DamagedFileError("graphics states are saved without end")
        self._saved.append(copy(self._state))

    def _restore(self, _: Operands) -> None:
        if not self._saved:
            self._problem("stray-restore", "a graphics state is restored that was not saved")
            return
        self._state = self._saved.pop()

    def _concat(self, operands: Operands) -> None:
        self._state.ctm = concat(matrix(operands), self._state.ctm)

    def _fill_space(self, operands: Operands) -> None:
        self._state.colour = _BLACK if operands[-1] in {b"/DeviceGray", b"/DeviceRGB", b"/DeviceCMYK"} else None
        self._state.fill_space = operands[-1]
        self._state.fill = Ink(b"cs", (), operands[-1])

    def _stroke_space(self, operands: Operands) -> None:
        self._state.stroke_space = operands[-1]
        self._state.stroke = Ink(b"CS", (), operands[-1])

    def _fill(self, operator: bytes, operands: Operands) -> None:
        values = tuple(operands)
        self._state.colour = fill_colour(values)
        self._state.fill = Ink(operator, values, self._state.fill_space if operator[:1] == b"s" else b"")

    def _stroke(self, operator: bytes, operands: Operands) -> None:
        space = self._state.stroke_space if operator[:1] == b"S" else b""
        self._state.stroke = Ink(operator, tuple(operands), space)

    def _ext_state(self, operands: Operands) -> None:
        named = self._states.get(operands[-1])
        if named is None:
            states = self._file.dict(self._resources.get("ExtGState"))
            named = self._states[operands[-1]] = self._file.dict(states.get(name(operands[-1])))
        alpha = self._file.number(named.get("ca"))
        if alpha is not None:
            self._state.alpha = alpha
        if self._shapes and ("OP" in named or "op" in named or "OPM" in named):
            before = self._state.overprint
            strokes = named.get("OP", before.strokes)
            fills = named.get("op", strokes if "OP" in named else before.fills)
            mode = self._file.integer(named.get("OPM"))
            self._state.overprint = Overprint(strokes is True, fills is True, before.mode if mode is None else mode)

    def _paint_path(self, operator: bytes, operands: Operands) -> None:
        self._paint(operands)
        if not self._shapes:
            return
        state, content = self._state, self._content
        self._shape_tokens += len(operands)
        if len(content.shapes) >= MOST_SHAPES or self._shape_tokens > MOST_SHAPE_TOKENS:
            raise _TooMuchError
        box = None if operator == b"sh" else path_box(operands, state.ctm)
        content.shapes.append(
            Shape(operator, operands, state.ctm, state.fill, state.stroke, state.line_width, state.overprint, box)
        )

    def _paint(self, _: Operands) -> None:
        if self._mark is None:
            self._content.unmarked_paint += 1

    # Marked content

    def _begin_marked(self, operands: Operands) -> None:
        tag = name(operands[0])
        actual, mcid = self._properties(operands[1]) if len(operands) > 1 else (None, None)
        outer = self._mark
        self._marks.append((outer, self._actual))
        if len(self._marks) > DEEPEST:
            raise DamagedFileError("marked content nests too deeply")
        if actual is not None:
            self._actual = actual
        artifact = tag == "Artifact"
        if (artifact and outer is not None) or (mcid is not None and outer is not None and outer.artifact):
            self._problem("nested-artifact", "an artifact and tagged content stand in one another")
        if mcid is not None:
            self._content.mcids.append(mcid)
        if artifact or mcid is not None:
            pagination = artifact and len(operands) > 1 and artifact_type(operands[1]) == "Pagination"
            self._mark = Mark(tag, mcid, artifact, pagination)
            self._open = None

    def _properties(self, operand: bytes) -> tuple[str | None, int | None]:
        """The replacing text and the content id that a property list gives."""
        if not operand.startswith(b"/"):
            return properties(operand)
        listed = self._file.dict(self._resources.get("Properties"))
        entries = self._file.dict(listed.get(name(operand)))
        return self._file.text(entries.get("ActualText")), self._file.integer(entries.get("MCID"))

    def _end_marked(self, _: Operands) -> None:
        if not self._marks:
            self._problem("stray-emc", "a marked-content sequence ends that did not begin")
            return
        before = self._mark
        self._mark, self._actual = self._marks.pop()
        if self._mark is not before:
            self._open = None

    # Text

    def _begin_text(self, _: Operands) -> None:
        if self._line is not None:
            self._problem("nested-text-object", "a text object begins inside another")
        self._set_line((1.0, 0.0, 0.0, 1.0, 0.0, 0.0))

    def _end_text(self, _: Operands) -> None:
        if self._line is None:
            self._problem("stray-et", "a text object ends that did not begin")
        self._line = self._open = None

    def _text_object(self, operands: Operands) -> None:
        """A whole text object: `BT x y Td /font size Tf […]TJ ET`, the font where it changes."""
        words, array = text_object(operands[-1])
        self._begin_text(words)
        self._offset(float(words[1]), float(words[2]))
        if len(words) > 4:
            self._select_font(words[4:6])
        self._show([array])
        self._line = self._open = None

    def _set_line(self, line: Affine) -> None:
        self._line, self._along, self._open = line, 0.0, None

    def _move(self, operands: Operands) -> None:
        self._offset(float(operands[-2]), float(operands[-1]))

    def _offset(self, x: float, y: float) -> None:
        a, b, c, d, e, f = self._line or (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        self._set_line((a, b, c, d, x * a + y * c + e, x * b + y * d + f))

    def _move_leading(self, operands: Operands) -> None:
        self._state.leading = -float(operands[-1])
        self._move(operands)

    def _next_line(self, _: Operands) -> None:
        self._offset(0.0, -self._state.leading)

    def _text_matrix(self, operands: Operands) -> None:
        self._set_line(matrix(operands))

    def _select_font(self, operands: Operands) -> None:
        resource = operands[-2]
        if resource not in self._fonts:
            named = self._file.dict(self._resources.get("Font")).get(name(resource))
            if named is None:
                self._problem("missing-font", f"the font {shown([resource])} is not among the resources")
            self._fonts[resource] = None if named is None else self._font_reader.read(self._file, named)
        self._state.font = self._fonts[resource]
        self._state.size = float(operands[-1])

    def _show_on_next_line(self, operands: Operands) -> None:
        self._next_line(operands)
        self._show(operands)

    def _show_spaced(self, operands: Operands) -> None:
        self._state.word_space, self._state.tracking = float(operands[-3]), float(operands[-2])
        self._show_on_next_line(operands)

    def _show(self, operands: Operands) -> None:
        state, line = self._state, self._line
        if line is None or state.font is None:
            self._problem("stray-text", "text is shown outside a text object, or without a font")
            return
        operand, size, rise, actual = operands[-1], state.size, state.rise, self._actual
        seen = state.font.show(operand)
        part = Part(
            state.font, operand, self._along, size, rise, state.tracking, state.word_space, state.stretch, actual
        )
        spaced = seen.glyph_count * state.tracking + seen.spaces * state.word_space
        self._along += (seen.advance * size / 1000 + spaced) * state.stretch
        text = seen.text
        if actual is not None:
            text, self._actual = actual, ""
        bottom, top = rise + seen.bottom * size / 1000, rise + seen.top * size / 1000
        hidden = state.render_mode in _INVISIBLE
        placed = concat(line, state.ctm) if self._open is None else self._open.matrix
        if not abs(self._along) + abs(bottom) + abs(top) + sum(map(abs, placed)) < _FAR:
            self._problem("bad-operator", "text is shown at a place that no page has")
        elif self._open is None:
            self._open = Fragment(
                *(text, self._mark, placed, size * vertical_scale(placed), self._along, bottom, top),
                *(state.colour, state.alpha, hidden, self._depth > 0, [part], seen.blank, seen.notdef),
                *(state.fill, state.overprint, len(self._content.shapes)),
            )
            self._content.fragments.append(self._open)
            if len(self._content.fragments) > MOST_TEXTS:
                raise _TooMuchError
        else:
            self._open.extend(part, seen, text, self._along, bottom, top, hidden=hidden)

    # Form XObjects

    def _x_object(self, operands: Operands) -> None:
        listed = self._file.dict(self._resources.get("XObject"))
        form = self._file.stream(listed.get(name(operands[-1])))
        if form is None or self._file.name(form.entries.get("Subtype")) != "Form":
            self._paint(operands)
            if form is not None and self._shapes:
                self._content.pictures.append(PlacedPicture(form, self._state.ctm))
            return
        self._forms += 1
        if self._depth >= 8 or self._forms > MOST_FORMS:
            raise DamagedFileError("form XObjects are painted without end")
        self._run_form(form)

    def _run_form(self, form: Stream) -> None:
        """Paint a form: its own resources, its matrix, and the state as it was afterwards."""
        kept = (self._resources, self._fonts, self._state, self._saved, self._marks, self._line, self._open)
        states, self._states = self._states, {}
        own = self._file.numbers(form.entries.get("Matrix"))
        self._resources = self._file.dict(form.entries.get("Resources")) or self._resources
        self._fonts, self._saved, self._marks, self._line, self._open = {}, [], [], None, None
        self._state = copy(self._state)
        if len(own) == 6:
            self._state.ctm = concat((*own,), self._state.ctm)  # type: ignore[arg-type] # six numbers
        self._depth += 1
        try:
            self.run(self._file.data(form))
            self.finish()
        finally:
            self._depth -= 1
            self._states = states
            self._resources, self._fonts, self._state, self._saved, self._marks, self._line, self._open = kept


def _nothing(_: Operands) -> None:
    """Operators on which text does not depend."""
