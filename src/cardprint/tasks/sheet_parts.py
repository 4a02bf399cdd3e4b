"""What proof sheets are set from: type and rules in black and greys alone, so that nothing beside a card tints the eye
that judges its colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from cardprint.load import load_picture
from cardprint.model.colour import Swatch
from cardprint.model.content import (
    Block,
    BoxBlock,
    Cell,
    ColumnsBlock,
    Edge,
    FixedTrack,
    FlexTrack,
    ImageBlock,
    PageGeometry,
    Row,
    RuleBlock,
    Run,
    SpacerBlock,
    StackBlock,
    Stroke,
    TextBlock,
    Track,
    VAlign,
)
from cardprint.model.geometry import Insets, Size, inch
from cardprint.model.source import Source
from cardprint.model.structure import Role, Scope, Tag
from cardprint.model.typography import Align, Case, Figures, FontBook, FontFace, TextStyle

LETTER: Final = PageGeometry(Size(inch(8.5), inch(11)), Insets(*[inch(0.5)] * 4), 0.0)
FACES: Final = ("Barlow Condensed SemiBold", "Barlow Condensed Bold", "Source Sans 3 Regular", "Source Sans 3 SemiBold")

_OWN: Final = "proof sheet: "
_INK = Swatch("proof-ink", (20, 20, 20), (0.0, 0.0, 0.0, 100.0))
_QUIET = Swatch("proof-quiet", (85, 85, 85), (0.0, 0.0, 0.0, 75.0))
_RULE = Swatch("proof-rule", (170, 170, 170), (0.0, 0.0, 0.0, 35.0))

_CONDENSED, _BOLD, _PLAIN, _STRONG = (_OWN + name for name in FACES)

NAME = TextStyle("proof-name", _BOLD, 26.0, 22.0, _INK, smallest=14.0)
SUBTITLE = TextStyle("proof-subtitle", _PLAIN, 9.0, 12.0, _QUIET)
KIND = TextStyle("proof-kind", _CONDENSED, 11.0, 13.0, _INK, tracking=0.12, case=Case.UPPER, align=Align.RIGHT)
ASIDE = TextStyle("proof-aside", _PLAIN, 7.5, 10.0, _QUIET, align=Align.RIGHT)
HEAD = TextStyle("proof-head", _CONDENSED, 10.5, 13.0, _INK, tracking=0.08, case=Case.UPPER)
CAPTION = TextStyle("proof-caption", _CONDENSED, 9.0, 11.0, _INK, tracking=0.02)
CAPTION_FITTED = replace(CAPTION, name="proof-caption-fitted", smallest=6.0)
CAPTION_RIGHT = replace(CAPTION, name="proof-caption-right", align=Align.RIGHT)
TEXT = TextStyle("proof-text", _PLAIN, 8.0, 10.4, _INK, figures=Figures.TABULAR)
CENTRED = replace(TEXT, name="proof-centred", align=Align.CENTER)
STRONG = replace(TEXT, name="proof-strong", face=_STRONG)
STRONG_CENTRED = replace(CENTRED, name="proof-strong-centred", face=_STRONG)
COLUMN = TextStyle("proof-column", _CONDENSED, 8.0, 10.0, _QUIET, tracking=0.04)
COLUMN_CENTRED = replace(COLUMN, name="proof-column-centred", align=Align.CENTER)
NOTE = TextStyle("proof-note", _PLAIN, 7.5, 10.0, _QUIET)
SAMPLE = TextStyle("proof-sample", _STRONG, 9.0, 11.0, _INK, align=Align.CENTER)

HAIRLINE = Stroke(0.4, _RULE)
LINE = Stroke(0.9, _INK)


def sheet_fonts(faces: Mapping[str, FontFace], others: FontBook) -> FontBook:
    """The faces of sheets under names that no theme can take, beside those of the cards."""
    return {**others, **{_OWN + name: face for name, face in faces.items()}}


class Setter:
    """Sets texts in the faces of a font book: a character that a face lacks becomes a question mark, since sheets quote
    what themes set in fonts of their own."""

    def __init__(self, fonts: FontBook) -> None:
        self._fonts = fonts

    def run(self, text: str, style: TextStyle) -> Run:
        coverage = self._fonts[style.face].coverage
        text = text.upper() if style.case is Case.UPPER else text
        return Run("".join(c if ord(c) in coverage else "?" for c in text), style)

    def text(self, text: str | Sequence[tuple[str, TextStyle]], style: TextStyle, tag: Tag = Tag.P) -> TextBlock:
        runs = [(text, style)] if isinstance(text, str) else text
        return TextBlock(runs=tuple(self.run(words, own) for words, own in runs), style=style, role=Role(tag))

    def cell(
        self, column: int, text: str | Sequence[tuple[str, TextStyle]], style: TextStyle, header: Scope | None = None
    ) -> Cell:
        return Cell(self.text(text, style), column, header=header)

    def header(self, title: str, subtitle: str, aside: Sequence[str]) -> StackBlock:
        """The head of a sheet: what it is about, and at the right whence it is."""
        left = stack(self.text(title, NAME, Tag.H1), self.text(subtitle, SUBTITLE), gap=5.0)
        right = stack(self.text("Proof", KIND), *(self.text(line, ASIDE) for line in aside), gap=1.0)
        both = ColumnsBlock(children=(left, right), tracks=(FlexTrack(2.0), FlexTrack(1.0)), valign=VAlign.BOTTOM)
        return stack(both, SpacerBlock(height=6.0), RuleBlock(stroke=LINE))

    def corrections(self, lines: int) -> StackBlock:
        """Lines to write on; none if there is no room for any."""
        if not lines:
            return stack()
        line = stack(SpacerBlock(height=17.0), RuleBlock(stroke=HAIRLINE))
        return stack(SpacerBlock(height=14.0), self.text("Corrections", HEAD, Tag.H2), *[line] * lines)

    def sign_off(self, questions: Sequence[str]) -> ColumnsBlock:
        """A line for the pen: a box for each question, a name and a day."""
        asked = [
            columns(square(8.0), self.text(question, TEXT), tracks=(FixedTrack(8.0), FlexTrack()), gap=5.0)
            for question in questions
        ]
        above = ((Edge.TOP, Stroke(0.6, _INK)),)
        lines = [
            BoxBlock(child=self.text(words, NOTE), inset=Insets(3.0, 0.0, 0.0, 0.0), rules=above)
            for words in ("Name", "Date")
        ]
        tracks = (*[FlexTrack(1.0)] * len(asked), FlexTrack(1.6), FlexTrack(1.0))
        return columns(*asked, *lines, tracks=tracks, gap=12.0, valign=VAlign.BOTTOM)


def sample_text(style: TextStyle, ink: Swatch) -> TextStyle:
    """The style in a colour that is to be looked at."""
    return replace(style, name=f"{style.name}-{ink.name}", swatch=ink)


def stack(*children: Block, gap: float = 0.0, grow: float = 0.0) -> StackBlock:
    return StackBlock(children=children, gap=gap, grow=grow)


def columns(*children: Block, tracks: Sequence[Track], gap: float = 0.0, valign: VAlign = VAlign.TOP) -> ColumnsBlock:
    return ColumnsBlock(children=children, tracks=tuple(tracks), gap=gap, valign=valign)


def square(side: float) -> BoxBlock:
    """A box to be ticked."""
    return BoxBlock(child=None, border=Stroke(0.6, _INK), width=side, height=side)


def picture(png: bytes, alt: str, width: float, height: float) -> BoxBlock:
    """A picture as large as it can be in so much room, in a frame."""
    loaded = load_picture(Source("card.png", png))
    scale = min((width - 2 * HAIRLINE.weight) / loaded.width, height / loaded.height)
    size = Size(loaded.width * scale, loaded.height * scale)
    image = ImageBlock(picture=loaded, size=size, role=Role(Tag.FIGURE, alt=alt))
    edge = HAIRLINE.weight
    width, height = size.width + 2 * edge, size.height + 2 * edge
    return BoxBlock(child=image, inset=Insets(*[edge] * 4), border=HAIRLINE, width=width, height=height)


def table_row(cells: Sequence[Cell], *, head: bool = False, height: float = 0.0) -> Row:
    below = LINE if head else HAIRLINE
    return Row(tuple(cells), min_height=height, inset=Insets(1.2, 0.0, 1.2, 0.0), below=below)
