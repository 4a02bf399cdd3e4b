"""Hand-made page frames: fonts of the project, shaped with HarfBuzz, and a small card that has one of everything."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

import pytest
import uharfbuzz as hb
from fontTools.ttLib import TTFont
from PIL import Image

from cardprint.model.colour import Swatch
from cardprint.model.content import DocumentInfo, PageGeometry, Stroke
from cardprint.model.frame import (
    FilledRect,
    FrameItem,
    Glyph,
    Group,
    ImageItem,
    LinkArea,
    PageFrame,
    PathItem,
    RuleItem,
    ShapedText,
    TextRun,
)
from cardprint.model.geometry import Insets, Matrix, Rect, Size
from cardprint.model.icon import PathCommand, Picture
from cardprint.model.structure import Role, Scope, Tag
from cardprint.model.typography import FontFace

FONTS = Path(__file__).parents[3] / "fonts"
FILES = {
    "Source Sans 3 Regular": "source-sans-3/SourceSans3-Regular.ttf",
    "Barlow Condensed SemiBold": "barlow-condensed/BarlowCondensed-SemiBold.ttf",
}
INK = Swatch("ink", (18, 35, 63), (94, 82, 44, 48))
RED = Swatch("grade-f", (166, 31, 51), (20, 98, 78, 12))
PAPER = Swatch("paper", (255, 255, 255), (0, 0, 0, 0))
SQUARE: tuple[PathCommand, ...] = (("M", 0, 0), ("L", 16, 0), ("L", 16, 16), ("L", 0, 16), ("Z",))
REGION = Rect(0, 0, 100, 100)
LETTER = Size(612, 792)
INFO = DocumentInfo(
    title="Mississippi: 2021 Report Card",
    author="Shared Hope International",
    subject="Grades & points",
    language="en-US",
    date=dt.datetime(2021, 11, 17, 12, 30, tzinfo=dt.UTC),
    producer="cardprint 0.1.0",
    edition="2021",
    data_sha256="ab" * 32,
)


@lru_cache
def load(name: str) -> FontFace:
    data = (FONTS / FILES[name]).read_bytes()
    font = TTFont(io.BytesIO(data), lazy=True)
    return FontFace(
        name=name,
        family=name.rpartition(" ")[0],
        data=data,
        sha256=hashlib.sha256(data).hexdigest(),
        units_per_em=font["head"].unitsPerEm,
        ascent=font["hhea"].ascent,
        descent=-font["hhea"].descent,
        cap_height=font["OS/2"].sCapHeight,
        x_height=font["OS/2"].sxHeight,
        coverage=frozenset(font.getBestCmap()),
    )


@lru_cache
def shape_text(text: str, name: str, features: tuple[str, ...]) -> ShapedText:
    face = load(name)
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    hb.shape(hb.Font(hb.Face(face.data)), buffer, dict.fromkeys(features, True))
    infos, positions = buffer.glyph_infos, buffer.glyph_positions
    starts = [*sorted({info.cluster for info in infos}), len(text)]
    texts = {start: text[start:end] for start, end in pairwise(starts)}
    glyphs = tuple(
        Glyph(info.codepoint, at.x_advance, at.x_offset, at.y_offset, texts.pop(info.cluster, ""))
        for info, at in zip(infos, positions, strict=True)
    )
    return ShapedText(text, face, glyphs, sum(glyph.advance for glyph in glyphs))


class Maker:
    """Makes frame items with the defaults of the sample card."""

    ink, red, paper, info = INK, RED, PAPER, INFO
    body, head = "Source Sans 3 Regular", "Barlow Condensed SemiBold"

    def shape(self, text: str, font: str = body, *features: str) -> ShapedText:
        return shape_text(text, font, features)

    def run(
        self,
        text: str,
        x: float,
        baseline: float,
        size: float = 10.0,
        font: str = body,
        swatch: Swatch = INK,
        tracking: float = 0.0,
        word_space: float = 0.0,
        features: tuple[str, ...] = (),
    ) -> TextRun:
        """A run of a word or a space a piece, as layout makes them."""
        words = [part for word in text.split(" ") for part in (" ", word)][1:]
        pieces = tuple(shape_text(word, font, features) for word in words if word)
        return self.run_of(pieces, x, baseline, size, swatch, tracking, word_space)

    def run_of(
        self,
        pieces: tuple[ShapedText, ...],
        x: float,
        baseline: float,
        size: float = 10.0,
        swatch: Swatch = INK,
        tracking: float = 0.0,
        word_space: float = 0.0,
    ) -> TextRun:
        glyphs = [glyph for piece in pieces for glyph in piece.glyphs]
        width = sum(piece.advance / piece.face.units_per_em * size for piece in pieces)
        width += tracking * len(glyphs) + word_space * sum(glyph.text == " " for glyph in glyphs)
        return TextRun(x, baseline, width, pieces, size, swatch, tracking, word_space)

    def group(self, tag: Tag | None, *items: FrameItem, region: Rect = REGION, matrix: Matrix | None = None) -> Group:
        return Group(region, items, Role(tag) if tag else None, matrix)

    def role_group(self, role: Role, *items: FrameItem, region: Rect = REGION) -> Group:
        return Group(region, items, role)

    def page(self, *items: FrameItem, info: DocumentInfo = INFO, size: Size = LETTER) -> PageFrame:
        root = Group(Rect(0, 0, size.width, size.height), items, Role(Tag.DOCUMENT))
        return PageFrame(PageGeometry(size, Insets(36, 36, 36, 36), 9.0), root, info)

    def picture(self, mode: str = "RGBA", file_format: str = "PNG") -> Picture:
        colour = {"RGBA": (166, 31, 51, 128), "RGB": (166, 31, 51), "L": 90, "CMYK": (20, 98, 78, 12)}[mode]
        file = io.BytesIO()
        Image.new(mode, (8, 4), colour).save(file, file_format)  # type: ignore[arg-type]
        data = file.getvalue()
        return Picture(f"{mode}.{file_format}", data, 8, 4, hashlib.sha256(data).hexdigest())

    def link(self, text: str, address: str, x: float, baseline: float) -> Group:
        run = self.run(text, x, baseline)
        area = LinkArea((Rect(x, baseline - 8, run.width, 10),), address, text)
        return Group(Rect(x, baseline - 8, run.width, 10), (run, area), Role(Tag.LINK))

    def card(self) -> PageFrame:
        """A page with a head, a table, tiles, fractions, a figure, a picture, a link, a turned text and decoration."""
        return self.page(
            FilledRect(Rect(0, 0, 612, 90), INK),
            self.group(Tag.H1, self.run("Mississippi", 36, 60, 46, self.head, PAPER)),
            self.group(
                Tag.TABLE,
                self.group(
                    Tag.THEAD,
                    self.group(
                        Tag.TR,
                        *(
                            self.role_group(Role(Tag.TH, scope=Scope.COLUMN), self.run(head, x, 120, 9, self.head))
                            for head, x in (("Issue", 36), ("Grade", 200), ("Score", 260))
                        ),
                    ),
                ),
                self.group(Tag.TBODY, *(self._row(number) for number in (1, 2))),
            ),
            RuleItem(36, 128, 576, 128, Stroke(0.5, INK)),
            self.role_group(
                Role(Tag.FIGURE, alt="A gavel"),
                PathItem(SQUARE, Matrix(a=2, d=2, e=400, f=300), RED),
                region=Rect(400, 300, 32, 32),
            ),
            ImageItem(self.picture(), Rect(500, 300, 40, 20)),
            self.group(
                Tag.P,
                self.run("To see the fine office, visit ", 36, 400),
                self.link("reportcards.sharedhope.org/toolkit", "https://reportcards.sharedhope.org/toolkit", 180, 400),
                self.run(".", 340, 400),
            ),
            self.group(Tag.P, self.run("Extra credit", 0, 0), matrix=Matrix(0, -1, 1, 0, 590, 500)),
        )

    def _row(self, number: int) -> Group:
        y = 110.0 + 40 * number
        return self.group(
            Tag.TR,
            self.role_group(
                Role(Tag.TH, scope=Scope.ROW),
                self.group(Tag.P, self.run(f"Issue {number}", 36, y)),
            ),
            self.role_group(
                Role(Tag.TD),
                FilledRect(Rect(200, y - 20, 30, 30), RED, radius=4),
                self.role_group(Role(Tag.SPAN, reads="Grade: F"), self.run("F", 210, y, 20, self.head, PAPER)),
            ),
            self.role_group(
                Role(Tag.TD),
                self.role_group(
                    Role(Tag.SPAN, reads="14 of 27.5 points"),
                    self.run("14", 264, y - 8, features=("tnum",)),
                    RuleItem(260, y - 4, 284, y - 4, Stroke(0.75, INK)),
                    self.run("27.5", 261, y + 6, features=("tnum",)),
                ),
            ),
        )


@pytest.fixture(scope="session")
def make() -> Maker:
    return Maker()
