"""The content stream of a page, interpreted as far as text, tags and colours need it (ISO 32000-1 §8, §9, §14.6)."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import partial
from math import hypot
from typing import Final

from cardprint.verify.reading.content_tokens import Operands, matrix, name, shown, tokens
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.fonts import Font, FontReader
from cardprint.verify.reading.fragments import Affine, Fragment, Part, concat
from cardprint.verify.reading.graphics_state import CHANGES, GraphicsState, change, change_by_name
from cardprint.verify.reading.marked_content import MarkedContent, Opening, opening, read_opening
from cardprint.verify.reading.page_content import PageContent
from cardprint.verify.reading.painting import MOST_SHAPE_TOKENS, MOST_SHAPES, PlacedPicture, Shape, path_box
from cardprint.verify.reading.values import MOST_CONTENT, MOST_FORMS, MOST_TEXTS, DamagedFileError, Dict, Stream

_FAR: Final = 1e6
"""Points: no page reaches so far, and no number of a sound text. What is not a number is farther."""

_INVISIBLE: Final = frozenset({3, 7})
_MOST_SAVED: Final = 1_000
_DEEPEST_FORM: Final = 8
_ORIGIN: Final[Affine] = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


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
        content.tell("content-too-long", f"the page holds more than {MOST_TEXTS:,} texts or {MOST_SHAPES:,} shapes")
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
        self._state = GraphicsState(page)
        self._saved: list[GraphicsState] = []
        self._marks = MarkedContent(content)
        self._line: Affine | None = None
        self._along = 0.0
        self._open: Fragment | None = None
        self._depth = 0
        self._forms = 0
        self._shapes = shapes
        self._shape_tokens = 0
        self._actions: dict[bytes, Callable[[Operands], None]] = self._operators()

    def run(self, data: bytes) -> None:
        """Obey a content stream from beginning to end."""
        if len(data) > MOST_CONTENT:
            self._content.tell("content-too-long", f"the page's content is {len(data):,} bytes long")
            return
        actions = self._actions
        operands: Operands = []
        for x, y, font, size, array, mark, path, paints, statement, word in tokens(data):
            try:
                if array:
                    self._show_line(x, y, font, size, array)
                elif mark:
                    self._begin_written(operands, mark)
                elif statement and not operands and (changes := change(statement)) is not None:
                    changes(self._state)
                else:
                    if path:
                        operands.append(path)
                        word = paints
                    elif statement:
                        *numbers, word = statement.split()
                        operands += numbers
                    action = actions.get(word)
                    if action is None:
                        if word:
                            operands.append(word)
                        continue
                    action(operands)
            except (ValueError, IndexError, TypeError, OverflowError):
                told = [*operands, word or statement or mark or array]
                self._content.tell("bad-operator", f"{shown(told)} makes no sense")
            except DamagedFileError as error:
                self._content.tell("damaged", str(error))
            operands = []

    def finish(self) -> None:
        """What must be closed at the end of a page."""
        if self._marks.outer:
            sequences = f"{len(self._marks.outer)} marked-content sequences"
            self._content.tell("open-marked-content", f"{sequences} do not end")
        if self._saved:
            self._content.tell("open-graphics-state", f"{len(self._saved)} saved graphics states are not restored")
        if self._line is not None:
            self._content.tell("open-text-object", "a text object does not end")

    def forget(self) -> None:
        """Let go of itself, as its operators hold it."""
        self._actions.clear()

    def _operators(self) -> dict[bytes, Callable[[Operands], None]]:
        path = (b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*", b"sh")
        return {
            **{operator: partial(self._paint_path, operator) for operator in path},
            **dict.fromkeys((b"n", b"W", b"W*", b"J", b"j", b"M", b"d", b"ri", b"i", b"MP", b"DP"), _nothing),
            **{operator: partial(self._change, operator) for operator in CHANGES},
            b"EI": self._paint,
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
            b"Tj": self._show_last,
            b"TJ": self._show_last,
            b"'": self._show_on_next_line,
            b'"': self._show_spaced,
        }

    # Graphics state

    def _change(self, operator: bytes, operands: Operands) -> None:
        CHANGES[operator](operator, operands)(self._state)

    def _save(self, _: Operands) -> None:
        if len(self._saved) > _MOST_SAVED:
            raise DamagedFileError("graphics states are saved without end")
        self._saved.append(copy(self._state))

    def _restore(self, _: Operands) -> None:
        if not self._saved:
            self._content.tell("stray-restore", "a graphics state is restored that was not saved")
            return
        self._state = self._saved.pop()

    def _concat(self, operands: Operands) -> None:
        self._state.ctm = concat(matrix(operands), self._state.ctm)

    def _ext_state(self, operands: Operands) -> None:
        states = self._file.dict(self._resources.get("ExtGState"))
        named = self._file.dict(states.get(name(operands[-1])))
        change_by_name(self._state, named, self._file, overprint=self._shapes)

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
        if self._marks.mark is None:
            self._content.unmarked_paint += 1

    # Marked content

    def _begin(self, opened: Opening) -> None:
        if self._marks.begin(opened):
            self._open = None

    def _begin_written(self, operands: Operands, mark: bytes) -> None:
        if operands:
            raise ValueError(operands)  # they are not its own
        self._begin(opening(mark))

    def _begin_marked(self, operands: Operands) -> None:
        named = self._file.dict(self._resources.get("Properties"))
        self._begin(read_opening(operands, self._file, named))

    def _end_marked(self, _: Operands) -> None:
        if self._marks.end():
            self._open = None

    # Text

    def _begin_text(self, _: Operands) -> None:
        if self._line is not None:
            self._content.tell("nested-text-object", "a text object begins inside another")
        self._set_line(_ORIGIN)

    def _end_text(self, _: Operands) -> None:
        if self._line is None:
            self._content.tell("stray-et", "a text object ends that did not begin")
        self._line = self._open = None

    def _show_line(self, x: bytes, y: bytes, font: bytes, size: bytes, array: bytes) -> None:
        """Obey a whole text object."""
        if self._line is not None:
            self._content.tell("nested-text-object", "a text object begins inside another")
        along, down = float(x), float(y)
        if font:
            self._choose_font(font, float(size))
        a, b, c, d, e, f = self._state.ctm
        self._along, self._open = 0.0, None
        self._place(array, (a, b, c, d, along * a + down * c + e, along * b + down * d + f))
        self._line = self._open = None

    def _set_line(self, line: Affine) -> None:
        self._line, self._along, self._open = line, 0.0, None

    def _move(self, operands: Operands) -> None:
        self._offset(float(operands[-2]), float(operands[-1]))

    def _offset(self, x: float, y: float) -> None:
        self._move_to(concat((1.0, 0.0, 0.0, 1.0, x, y), self._line or _ORIGIN))

    def _move_leading(self, operands: Operands) -> None:
        self._state.leading = -float(operands[-1])
        self._move(operands)

    def _next_line(self, _: Operands) -> None:
        self._offset(0.0, -self._state.leading)

    def _text_matrix(self, operands: Operands) -> None:
        self._move_to(matrix(operands))

    def _move_to(self, line: Affine) -> None:
        if self._line is None:
            self._content.tell("stray-text", "text is placed outside a text object")
            return
        self._set_line(line)

    def _select_font(self, operands: Operands) -> None:
        self._choose_font(operands[-2], float(operands[-1]))

    def _choose_font(self, resource: bytes, size: float) -> None:
        if resource not in self._fonts:
            named = self._file.dict(self._resources.get("Font")).get(name(resource))
            if named is None:
                self._content.tell("missing-font", f"the font {shown([resource])} is not among the resources")
            self._fonts[resource] = None if named is None else self._font_reader.read(self._file, named)
        self._state.font, self._state.size = self._fonts[resource], size

    def _show_last(self, operands: Operands) -> None:
        self._show(operands[-1])

    def _show_on_next_line(self, operands: Operands) -> None:
        self._next_line(operands)
        self._show(operands[-1])

    def _show_spaced(self, operands: Operands) -> None:
        self._state.word_space, self._state.tracking = float(operands[-3]), float(operands[-2])
        self._show_on_next_line(operands)

    def _show(self, operand: bytes) -> None:
        """Show the operand of Tj or TJ where the line has come to."""
        if self._line is None:
            self._content.tell("stray-text", "text is shown outside a text object")
            return
        self._place(operand, concat(self._line, self._state.ctm) if self._open is None else self._open.matrix)

    def _place(self, operand: bytes, matrix: Affine) -> None:
        """Show an operand on the line that `matrix` maps to the page."""
        state, marks, content = self._state, self._marks, self._content
        font, size, rise, tracking = state.font, state.size, state.rise, state.tracking
        word_space, stretch = state.word_space, state.stretch
        if font is None:
            content.tell("stray-text", "text is shown without a font")
            return
        text, advance, glyphs, spaces, bottom, top, trail, trail_glyphs, blank, notdef = font.show(operand)
        actual, start = marks.actual, self._along
        part = Part(font, operand, start, size, rise, tracking, word_space, stretch, actual)
        width = start + (advance * size / 1000 + glyphs * tracking + spaces * word_space) * stretch
        visible_width = self._along = width
        if actual is not None:
            text, marks.actual = actual, ""
        elif trail_glyphs:
            spaced = trail_glyphs * (tracking + (word_space if font.code_bytes == 1 else 0.0))
            visible_width -= min(width, (trail * size / 1000 + spaced) * stretch)
        bottom, top = rise + bottom * size / 1000, rise + top * size / 1000
        a, b, c, d, e, f = matrix
        reach = width * width + bottom * bottom + top * top + a * a + b * b + c * c + d * d + e * e + f * f
        if not reach < _FAR * _FAR:
            content.tell("bad-operator", "text is shown at a place that no page has")
            return
        size_on_page = size * (-d if c == 0.0 and d < 0.0 else hypot(c, d))
        fragment = Fragment(text, marks.mark, matrix, size_on_page, width, visible_width, bottom, top, [part])
        fragment.colour, fragment.fill, fragment.overprint = state.colour, state.fill, state.overprint
        fragment.shapes_below = len(content.shapes)
        if blank or notdef or self._depth:
            fragment.blank, fragment.notdef, fragment.in_form = blank, notdef, self._depth > 0
        if state.alpha != 1.0 or state.render_mode:
            fragment.alpha, fragment.hidden = state.alpha, state.render_mode in _INVISIBLE
        if self._open is not None:
            self._open.extend(fragment)
            return
        self._open = fragment
        content.fragments.append(fragment)
        if len(content.fragments) > MOST_TEXTS:
            raise _TooMuchError

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
        if self._depth >= _DEEPEST_FORM or self._forms > MOST_FORMS:
            raise DamagedFileError("form XObjects are painted without end")
        self._run_form(form)

    def _run_form(self, form: Stream) -> None:
        """Paint a form: its own resources, its matrix, and the state as it was afterwards."""
        kept = (self._resources, self._fonts, self._state, self._saved, self._marks.outer, self._line, self._open)
        own = self._file.numbers(form.entries.get("Matrix"))
        self._resources = self._file.dict(form.entries.get("Resources")) or self._resources
        self._fonts, self._saved, self._marks.outer, self._line, self._open = {}, [], [], None, None
        self._state = copy(self._state)
        if len(own) == 6:
            self._state.ctm = concat((*own,), self._state.ctm)  # type: ignore[arg-type] # six numbers
        self._depth += 1
        try:
            self.run(self._file.data(form))
            self.finish()
        finally:
            self._depth -= 1
            self._resources, self._fonts, self._state, self._saved, self._marks.outer, self._line, self._open = kept


def _nothing(_: Operands) -> None:
    """Operators on which text does not depend."""
