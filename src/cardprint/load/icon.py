"""Icons: the part of SVG that is one filled outline. What would be drawn otherwise is refused, never ignored."""

from __future__ import annotations

import re
from xml.parsers import expat

from msgspec import Struct
from msgspec.structs import replace

from cardprint.load.outline import shapes_cancel, strays
from cardprint.load.refusal import refusal
from cardprint.load.svg_path import MAX_COMMANDS, PathDataError, parse_path
from cardprint.load.svg_shape import ShapeError, path_data, read_numbers, read_transform
from cardprint.load.text import decode_text, line_and_column
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.geometry import IDENTITY, Matrix
from cardprint.model.icon import Icon, PathCommand
from cardprint.model.source import Source

MAX_BYTES = 256 * 1024
MAX_DEPTH = 32
MAX_SHAPES = 200

_MOST_REPORTED = 20
_SVG = "http://www.w3.org/2000/svg"
_SHAPES = {"path", "rect", "circle", "ellipse", "polygon", "polyline"}
_NOT_DRAWN = {"title", "desc", "metadata", "defs"}
_PLAIN_HINT = "Export the icon as plain outlines of one colour, without effects."
_ELEMENT_HINTS = {
    "script": "Delete it; scripts are never run.",
    "style": "Export the icon with attributes in place of a style sheet.",
    "text": "Turn the text into a path.",
    "image": "Draw the picture as a path; an icon holds outlines only.",
    "use": "Replace the copy by the shape itself.",
    "line": "Turn the stroke into a path (in many programs: Outline Stroke).",
}
_STROKE_HINT = "Turn strokes into paths (in many programs: Outline Stroke)."
_HARMLESS = {
    "stroke": ("none", "transparent"),
    "fill-rule": ("nonzero",),
    "opacity": ("1", "1.0", "100%"),
    "fill-opacity": ("1", "1.0", "100%"),
    "clip-path": ("none",),
    "mask": ("none",),
    "filter": ("none",),
    "marker": ("none",),
    "marker-start": ("none",),
    "marker-mid": ("none",),
    "marker-end": ("none",),
    "display": ("inline", "block"),
    "visibility": ("visible",),
    "href": (),
}
"""Attributes that change what is drawn in ways that an outline cannot show, with the values that do not."""
_BLACK = ("currentcolor", "#000", "#000000", "rgb(0,0,0)")


def parse_icon(source: Source, name: str) -> Icon:
    """The icon `name` from an SVG file: a view box and paths, basic shapes and groups, with transforms.

    The outlines of all shapes become one, to be filled by the nonzero rule, moved so that the view box begins
    at 0, 0. Quadratic curves and arcs become cubics. Titles, descriptions and what other programs keep in their
    own namespaces are skipped.

    Raises `DiagnosticError` for everything else: scripts, references, document types, strokes, several colours …
    """
    text = decode_text(source, MAX_BYTES)
    reader = _Reader(source.name, text)
    reader.read()
    return reader.icon(name)


class _Context(Struct, frozen=True):
    """What an element hands to those inside it."""

    matrix: Matrix = IDENTITY
    fill: str = "black"
    drawn: bool = True


class _Reader:
    """Takes expat's events and gathers outlines and complaints."""

    def __init__(self, file: str, text: str) -> None:
        self._file = file
        self._data = text.encode()
        self._collector = Collector()
        self._stack: list[_Context] = []
        self._root_span = Span(file)
        self._box: tuple[float, float, float, float] | None = None
        self._colours: list[str] = []
        self._shapes: list[list[PathCommand]] = []
        # The encoding is given so that the file's own declaration cannot choose another.
        self._parser = expat.ParserCreate("utf-8", namespace_separator=" ")
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.ProcessingInstructionHandler = self._instruction

    def read(self) -> None:
        try:
            self._parser.Parse(self._data, True)
        except expat.ExpatError as error:
            span = self._span_at(self._parser.ErrorByteIndex)
            reason = expat.ErrorString(error.code) or "syntax error"
            self._error("svg-syntax", f"The file is not well-formed XML: {reason}.", span, "Export the icon again.")
        self._collector.raise_errors()

    def icon(self, name: str) -> Icon:
        """The icon, once read. Raises `DiagnosticError` if what was read is not one."""
        if self._box is None:
            raise refusal("svg-element", "The file holds no <svg>.", Span(self._file), "Give an SVG file.")
        left, top, width, height = self._box
        outline = tuple(command for shape in self._shapes for command in shape)
        if not outline:
            message = "The icon draws nothing: it has no filled shape."
            self._error("svg-empty", message, self._root_span, _STROKE_HINT)
        if len(outline) > MAX_COMMANDS:
            message = f"The icon has {len(outline):,} path commands; at most {MAX_COMMANDS:,} are read."
            raise refusal("svg-too-large", message, self._root_span, "Simplify it.")
        if len(self._colours) > 1:
            message = f"The icon has several colours ({', '.join(self._colours[:4])}); an icon is set in one swatch."
            self._error("svg-colours", message, self._root_span, "Give all its shapes one colour.")
        if strays(outline, width, height):
            message = f"The outline leaves the view box ({left:g} {top:g} {width:g} {height:g})."
            self._error("svg-view-box", message, self._root_span, "Widen the view box, or move the drawing into it.")
        if shapes_cancel(self._shapes):
            message = "Shapes that lie over one another run in opposite directions, so that one would cut the other."
            self._error("svg-overlap", message, self._root_span, "Unite them into one path (in many programs: Union).")
        self._collector.raise_errors()
        return Icon(name, width, height, outline)

    def _start(self, qualified: str, attributes: dict[str, str]) -> None:
        namespace, _, name = qualified.rpartition(" ")
        if len(self._stack) == MAX_DEPTH:
            message = f"More than {MAX_DEPTH} elements stand inside one another."
            raise refusal("svg-too-deep", message, self._span(), "Simplify the icon.")
        context = self._stack[-1] if self._stack else _Context()
        foreign = namespace not in ("", _SVG)
        if not self._stack:
            context = self._root(name, attributes, foreign)
        elif not foreign and name in ("script", "style"):
            self._refuse_element(name)
        elif foreign or name in _NOT_DRAWN or not context.drawn:
            context = replace(context, drawn=False)
        elif name == "g":
            context = self._inherit(context, name, attributes)
        elif name in _SHAPES:
            self._draw(name, attributes, self._inherit(context, name, attributes))
        else:
            self._refuse_element(name)
            context = replace(context, drawn=False)
        self._stack.append(context)

    def _end(self, _: str) -> None:
        self._stack.pop()

    def _doctype(self, *_: object) -> None:
        message = "The file declares a document type, which could define entities or load other files."
        # expat stands at the end of the declaration's first part, not at its beginning.
        begin = self._data.rfind(b"<!DOCTYPE", 0, self._parser.CurrentByteIndex + 1)
        raise refusal("svg-doctype", message, self._span_at(begin), "Delete the <!DOCTYPE …> line; SVG needs none.")

    def _instruction(self, target: str, _: str) -> None:
        if target == "xml-stylesheet":
            message = "The file loads a style sheet."
            self._error("svg-element", message, self._span(), _ELEMENT_HINTS["style"])

    def _root(self, name: str, attributes: dict[str, str], foreign: bool) -> _Context:
        self._root_span = self._span()
        if name != "svg" or foreign:
            raise refusal("svg-element", f"Expected <svg>, found <{name}>.", self._root_span, "Give an SVG file.")
        try:
            numbers = read_numbers(attributes.get("viewBox", ""))
        except ShapeError:
            numbers = []
        if len(numbers) != 4 or numbers[2] <= 0 or numbers[3] <= 0:
            found = f'found viewBox="{attributes["viewBox"][:40]}"' if "viewBox" in attributes else "found none"
            message = f"<svg> needs a view box of four numbers, left, top, width and height; {found}."
            raise refusal("svg-view-box", message, self._root_span, 'Add one to it: viewBox="0 0 256 256".')
        left, top, width, height = numbers
        self._box = (left, top, width, height)
        return self._inherit(_Context(matrix=Matrix(e=-left, f=-top)), name, attributes)

    def _refuse_element(self, name: str) -> None:
        message = f"<{name}> cannot become part of an outline."
        self._error("svg-element", message, self._span(), _ELEMENT_HINTS.get(name, _PLAIN_HINT))

    def _inherit(self, context: _Context, element: str, attributes: dict[str, str]) -> _Context:
        """The context inside an element, its own attributes and inline style taken up."""
        properties = dict(attributes)
        for declaration in properties.pop("style", "").split(";"):
            key, _, value = declaration.partition(":")
            properties[key.strip()] = value.strip()
        for key, value in properties.items():
            self._check_property(element, key.rpartition(" ")[2], value)
        fill = properties.get("fill", context.fill).strip().lower().replace(" ", "")
        if fill == "inherit":
            fill = context.fill
        matrix = context.matrix
        if "transform" in properties:
            try:
                matrix = read_transform(properties["transform"]).then(matrix)
            except ShapeError as error:
                self._error("svg-value", f"<{element}>: {error}.", self._span(), "Apply the transform to the shapes.")
        return replace(context, matrix=matrix, fill="black" if fill in _BLACK else fill)

    def _check_property(self, element: str, key: str, value: str) -> None:
        value = value.strip().lower()
        shown = value[:40]
        if key.startswith("on"):
            self._error("svg-attribute", f"<{element}> runs a script: {key}.", self._span(), "Delete the attribute.")
        elif "url(" in value:
            message = f'<{element}> refers to something else: {key}="{shown}".'
            self._error("svg-attribute", message, self._span(), _PLAIN_HINT)
        elif key in _HARMLESS and value not in (*_HARMLESS[key], "inherit"):
            message = f'{key}="{shown}" on <{element}> cannot be shown by a filled outline.'
            self._error("svg-attribute", message, self._span(), _STROKE_HINT if key == "stroke" else _PLAIN_HINT)

    def _draw(self, name: str, attributes: dict[str, str], context: _Context) -> None:
        if context.fill in ("none", "transparent"):
            return
        if len(self._shapes) == MAX_SHAPES:
            raise refusal("svg-too-large", f"The icon has more than {MAX_SHAPES} shapes.", self._span(), "Simplify it.")
        try:
            shape = parse_path(path_data(name, attributes), context.matrix)
        except ShapeError as error:
            self._error("svg-value", f"<{name}>: {error}.", self._span(), "Correct the number, or export again.")
        except PathDataError as error:
            span = self._attribute_span("d", error.offset) if name == "path" else self._span()
            self._error("svg-path", f"<{name}>: {error}.", span, "Correct the path, or export the icon again.")
        else:
            if shape:
                self._shapes.append(shape)
                if context.fill not in self._colours:
                    self._colours.append(context.fill)

    def _error(self, code: str, message: str, span: Span, hint: str) -> None:
        self._collector.error(code, message, span, hint=hint)
        if len(self._collector.diagnostics) == _MOST_REPORTED:
            self._collector.raise_errors()

    def _span(self) -> Span:
        """Where the element begins that is being read."""
        return self._span_at(self._parser.CurrentByteIndex)

    def _span_at(self, byte_index: int) -> Span:
        line, column = line_and_column(self._data[:byte_index].decode(errors="ignore"))
        return Span(self._file, line, column, line, column + 1)

    def _attribute_span(self, name: str, offset: int) -> Span:
        """The character `offset` of an attribute's value, or its element where escapes hide the place."""
        begin = self._parser.CurrentByteIndex
        for match in _ATTRIBUTE.finditer(self._data, begin):
            if match[1].decode() == name:
                raw = match[2]
                if b"&" in raw or b"\r" in raw:
                    break
                return self._span_at(match.start(2) + len(raw.decode()[:offset].encode()))
        return self._span_at(begin)


_ATTRIBUTE = re.compile(rb"""\s([^\s=<>"'/]+)\s*=\s*(?:"|')((?<=")[^"]*|(?<=')[^']*)""")
