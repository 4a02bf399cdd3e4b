"""A finished page as one SVG picture: letters as outlines, so that it looks the same in every program.

Each glyph is drawn once, in `defs`, and used wherever it stands. `xlink:href` is what older drawing programs know.
"""

from __future__ import annotations

import base64
from html import escape
from math import hypot
from typing import Final, assert_never

from cardprint.export.glyphs import glyph_outlines, path_data
from cardprint.export.numbers import number
from cardprint.model.colour import Swatch
from cardprint.model.content import Stroke
from cardprint.model.frame import (
    FilledRect,
    FrameItem,
    Group,
    ImageItem,
    LinkArea,
    PageFrame,
    PathItem,
    RuleItem,
    TextRun,
)
from cardprint.model.geometry import Matrix
from cardprint.model.typography import FontFace

_JPEG_START: Final = b"\xff\xd8\xff"
_NEGLIGIBLE: Final = 1e-6


def draw_svg(frame: PageFrame, description: str) -> bytes:
    """The page at its trimmed size as an SVG file in UTF-8. `description` is what it says to those who do not see it.

    It is one picture with a title and a description; links are words on it. The same frame gives the same bytes."""
    width, height = number(frame.page.trim.width), number(frame.page.trim.height)
    drawing = _Drawing()
    drawing.draw(frame.root)
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
        f' width="{width}pt" height="{height}pt" viewBox="0 0 {width} {height}"'
        f' role="img" aria-labelledby="title desc" xml:lang="{escape(frame.info.language)}">',
        f'<title id="title">{escape(frame.info.title)}</title>',
        f'<desc id="desc">{escape(description)}</desc>',
        *(["<defs>", *drawing.definitions, "</defs>"] if drawing.definitions else []),
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *drawing.elements,
        "</svg>",
    ]
    return "\n".join([*lines, ""]).encode("utf-8")


class _Drawing:
    """The elements of a picture in the order in which they are painted, and the glyphs that they use."""

    def __init__(self) -> None:
        self.elements: list[str] = []
        self.definitions: list[str] = []
        self._glyphs: dict[tuple[FontFace, int], str] = {}

    def draw(self, item: FrameItem) -> None:
        match item:
            case Group():
                self._group(item)
            case TextRun():
                self._text(item)
            case FilledRect():
                self._rect(item)
            case PathItem():
                self._path(item)
            case RuleItem():
                ends = f'x1="{number(item.x1)}" y1="{number(item.y1)}" x2="{number(item.x2)}" y2="{number(item.y2)}"'
                self.elements.append(f"<line {ends}{_stroke(item.stroke)}/>")
            case ImageItem():
                self._image(item)
            case LinkArea():
                pass
            case _:
                assert_never(item)

    def _group(self, group: Group) -> None:
        if group.matrix is not None:
            self.elements.append(f'<g transform="{_matrix(group.matrix)}">')
        for item in group.items:
            self.draw(item)
        if group.matrix is not None:
            self.elements.append("</g>")

    def _text(self, run: TextRun) -> None:
        x = run.x
        for piece in run.pieces:
            scale = run.size / piece.face.units_per_em
            uses, pen = [], 0.0
            for glyph in piece.glyphs:
                name = self._glyph(piece.face, glyph.id)
                if name:
                    rise = f' y="{-glyph.y_offset}"' if glyph.y_offset else ""
                    uses.append(f'<use xlink:href="#{name}" x="{number(pen + glyph.x_offset, 1)}"{rise}/>')
                pen += glyph.advance + run.tracking / scale
                if glyph.text == " ":
                    pen += run.word_space / scale
            if uses:
                place = f"translate({number(x)} {number(run.baseline)}) scale({number(scale, 6)})"
                self.elements.append(f'<g fill="{run.swatch.hex}" transform="{place}">{"".join(uses)}</g>')
            x += pen * scale

    def _glyph(self, face: FontFace, glyph: int) -> str:
        """The name under which a glyph is drawn in `defs`; empty for one without ink."""
        key = face, glyph
        if key not in self._glyphs:
            data = glyph_outlines(face).path_data(glyph)
            name = self._glyphs[key] = f"g{len(self.definitions)}" if data else ""
            if data:
                self.definitions.append(f'<path id="{name}" d="{data}"/>')
        return self._glyphs[key]

    def _rect(self, item: FilledRect) -> None:
        rect = item.rect
        place = f'x="{number(rect.x)}" y="{number(rect.y)}"'
        size = f'width="{number(rect.width)}" height="{number(rect.height)}"'
        corners = f' rx="{number(min(item.radius, rect.width / 2, rect.height / 2))}"' if item.radius else ""
        if item.fill is not None or item.stroke is not None:
            self.elements.append(f"<rect {place} {size}{corners}{_fill(item.fill)}{_stroke(item.stroke)}/>")

    def _path(self, item: PathItem) -> None:
        if item.fill is None and item.stroke is None:
            return
        scale = hypot(item.matrix.a, item.matrix.b)
        colours = f"{_fill(item.fill)}{_stroke(item.stroke, scale)}"
        transform = f' transform="{_matrix(item.matrix)}"'
        self.elements.append(f'<path d="{path_data(item.outline)}"{colours}{transform}/>')

    def _image(self, item: ImageItem) -> None:
        rect = item.rect
        kind = "jpeg" if item.picture.data.startswith(_JPEG_START) else "png"
        data = base64.b64encode(item.picture.data).decode("ascii")
        place = f'x="{number(rect.x)}" y="{number(rect.y)}"'
        size = f'width="{number(rect.width)}" height="{number(rect.height)}" preserveAspectRatio="none"'
        self.elements.append(f'<image {place} {size} xlink:href="data:image/{kind};base64,{data}"/>')


def _fill(swatch: Swatch | None) -> str:
    return f' fill="{"none" if swatch is None else swatch.hex}"'


def _stroke(stroke: Stroke | None, scale: float = 1.0) -> str:
    """The attributes of a stroke whose element is drawn `scale` times as large."""
    if stroke is None:
        return ""
    return f' stroke="{stroke.swatch.hex}" stroke-width="{number(stroke.weight / max(scale, _NEGLIGIBLE))}"'


def _matrix(matrix: Matrix) -> str:
    values = (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)
    return f"matrix({' '.join([number(value, 6) for value in values])})"
