"""Proof sheets as content: one card as it is seen in five ways, or all cards of an edition with their figures."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cardprint.export.vision import Vision
from cardprint.model.colour import Swatch
from cardprint.model.content import (
    Block,
    Cell,
    DocumentInfo,
    FixedTrack,
    FlexTrack,
    HAlign,
    PageContent,
    Row,
    SampleMarks,
    SpacerBlock,
    TableBlock,
    TileBlock,
    Track,
    VAlign,
)
from cardprint.model.geometry import Size
from cardprint.model.structure import Role, Scope, Tag
from cardprint.tasks.sheet_parts import (
    CAPTION,
    CAPTION_FITTED,
    CAPTION_RIGHT,
    CENTRED,
    COLUMN,
    COLUMN_CENTRED,
    HEAD,
    LETTER,
    NOTE,
    SAMPLE,
    STRONG,
    STRONG_CENTRED,
    TEXT,
    Setter,
    columns,
    picture,
    sample_text,
    square,
    stack,
    table_row,
)
from cardprint.verify import ColourPair, hexadecimal

LARGE_WIDTH: Final = 272.0
SMALL_WIDTH: Final = 122.0
THUMB_WIDTH: Final = 98.0
"""Points that pictures are wide at most."""

_LARGE_HEIGHT: Final = 352.0
_SMALL_HEIGHT: Final = 160.0
_THUMB_HEIGHT: Final = 128.0
_ACROSS: Final = 5
_DOWN: Final = 4
_LINES: Final = 5
_HIGHEST_ROW: Final = 20.0
_TABLE_HEIGHT: Final = 560.0
_ROWS: Final = 44
"""States that the sign-off table has on a page at most."""


class Proved(Struct, frozen=True):
    """A card as the sheets of an edition tell of it: the state's name, its figures by column, its overall score and
    letter, and a picture of it."""

    name: str
    figures: tuple[str, ...]
    score: str
    letter: str
    thumb: bytes


class About(Struct, frozen=True):
    """What a sheet is about: `title` and `subtitle` at its head, whence it is (`aside`), what its document says of
    itself, and how it is marked if the data are a sample."""

    title: str
    subtitle: str
    aside: tuple[str, ...]
    info: DocumentInfo
    sample: SampleMarks | None = None


def card_sheets(
    about: About,
    pictures: Mapping[Vision, bytes],
    pairs: Sequence[ColourPair],
    names: Mapping[str, str],
    setter: Setter,
) -> Iterator[PageContent]:
    """The sheet of one card, with lines for corrections and all pairs of colours, then with ever fewer of these: the
    first that fits is the one.

    `names` are those of the theme's swatches, by their colours."""
    for lines, count in (*((n, len(pairs)) for n in range(_LINES, -1, -1)), *((0, n) for n in range(len(pairs))[::-1])):
        below = (_contrast_table(pairs[:count], len(pairs) - count, names, setter), setter.corrections(lines))
        yield PageContent(LETTER, _card_body(about, pictures, below, setter), about.info, sample=about.sample)


def edition_sheets(
    about: About, heads: Sequence[str], cards: Sequence[Proved], left_out: Sequence[str], setter: Setter
) -> list[PageContent]:
    """All cards in pictures, then in a table with a column for each of `heads` and one for the pen; at its end the
    states that have no card."""
    each = _ACROSS * _DOWN
    size = math.ceil(len(cards) / math.ceil(len(cards) / _ROWS))
    shown = [cards[start : start + each] for start in range(0, len(cards), each)]
    told = [cards[start : start + size] for start in range(0, len(cards), size)]
    count = len(shown) + len(told)
    numbered = [replace(about, aside=(*about.aside, f"Sheet {number} of {count}")) for number in range(1, count + 1)]
    bodies = [_contact_body(own, part, setter) for own, part in zip(numbered, shown, strict=False)]
    for own, part in zip(numbered[len(shown) :], told, strict=True):
        bodies.append(_table_body(own, heads, part, left_out if part is told[-1] else (), setter))
    return [PageContent(LETTER, body, about.info, sample=about.sample) for body in bodies]


def _card_body(about: About, pictures: Mapping[Vision, bytes], below: Sequence[Block], setter: Setter) -> Block:
    def seen(vision: Vision, width: float, height: float) -> Block:
        label = f"{vision.value[0].upper()}{vision.value[1:]}"
        shown = picture(pictures[vision], f"The card of {about.title}, {vision.value}", width, height)
        return stack(shown, setter.text(label, CAPTION), gap=3.0)

    small = [seen(vision, SMALL_WIDTH, _SMALL_HEIGHT) for vision in Vision if vision is not Vision.PRINTED]
    tracks = (FixedTrack(SMALL_WIDTH), FixedTrack(SMALL_WIDTH))
    others = [columns(*small[at : at + 2], tracks=tracks, gap=10.0) for at in range(0, len(small), 2)]
    large = seen(Vision.PRINTED, LARGE_WIDTH, _LARGE_HEIGHT)
    return stack(
        setter.header(about.title, about.subtitle, about.aside),
        SpacerBlock(height=12.0),
        columns(large, stack(*others, gap=8.0), tracks=(FixedTrack(LARGE_WIDTH), FlexTrack()), gap=14.0),
        SpacerBlock(height=12.0),
        *below,
        SpacerBlock(height=18.0, grow=1.0),
        setter.sign_off(("Words", "Figures", "Colours", "Ready")),
    )


def _contrast_table(pairs: Sequence[ColourPair], more: int, names: Mapping[str, str], setter: Setter) -> Block:
    heads = ("Aa", "Text", "On", "Contrast", "Needed", "Words", "Such as")
    rows = [_head(heads, setter), *(table_row(_contrast_cells(pair, names, setter)) for pair in pairs)]
    tracks = (30.0, 98.0, 92.0, 42.0, 38.0, 34.0)
    table = _table(rows, (*map(FixedTrack, tracks), FlexTrack()))
    title = setter.text("Contrast of texts", HEAD, Tag.H2)
    if not more:
        return stack(title, SpacerBlock(height=3.0), table)
    told = (
        "1 more pair of colours stands out better." if more == 1 else f"{more} more pairs of colours stand out better."
    )
    return stack(title, SpacerBlock(height=3.0), table, SpacerBlock(height=3.0), setter.text(told, NOTE))


def _contrast_cells(pair: ColourPair, names: Mapping[str, str], setter: Setter) -> list[Cell]:
    """A row about two colours: how they look together, and where they fail, what would pass."""
    ink, ground = _swatch(pair.colour), _swatch(pair.ground)
    shown = TileBlock(
        text=setter.run("Aa", sample_text(SAMPLE, ink)),
        size=Size(24.0, 11.0),
        radius=1.5,
        fill=ground,
        role=Role(Tag.P),
    )
    verdict = setter.cell(3, f"{pair.ratio:.2f} : 1", STRONG if pair.fails else TEXT)
    such_as: str = f"{pair.example[:44].rstrip()}…" if len(pair.example) > 44 else pair.example
    if pair.fails:
        passing = f"{hexadecimal(pair.passing)} passes" if pair.passing else "no colour passes there"
        such_as = f"Fails: {passing}. {such_as}"
    return [
        Cell(shown, 0),
        setter.cell(1, _called(pair.colour, names), TEXT, Scope.ROW),
        setter.cell(2, _called(pair.ground, names), TEXT),
        verdict,
        setter.cell(4, f"{pair.least:g} : 1", TEXT),
        setter.cell(5, f"{pair.words:,}", TEXT),
        setter.cell(6, such_as, STRONG if pair.fails else TEXT),
    ]


def _called(colour: tuple[int, int, int], names: Mapping[str, str]) -> str:
    told = hexadecimal(colour)
    name = names.get(told)
    return f"{told} {name}" if name else told


def _swatch(colour: tuple[int, int, int]) -> Swatch:
    return Swatch(f"proof-{hexadecimal(colour)}", colour, (0.0, 0.0, 0.0, 0.0))


def _contact_body(about: About, cards: Sequence[Proved], setter: Setter) -> Block:
    """The pictures of up to twenty cards, each with its name, its score and its letter, and a box to tick."""
    tracks = (FixedTrack(THUMB_WIDTH),) * _ACROSS
    rows: list[Block] = []
    for start in range(0, len(cards), _ACROSS):
        row = [_thumb(card, setter) for card in cards[start : start + _ACROSS]]
        rows.append(columns(*row, tracks=tracks[: len(row)], gap=12.5))
    return stack(
        setter.header(about.title, about.subtitle, about.aside),
        SpacerBlock(height=12.0),
        stack(*rows, gap=12.0),
    )


def _thumb(card: Proved, setter: Setter) -> Block:
    shown = picture(
        card.thumb, f"The card of {card.name}: {card.letter}, {card.score} points", THUMB_WIDTH, _THUMB_HEIGHT
    )
    caption = columns(
        square(7.0),
        setter.text(card.name, CAPTION_FITTED),
        setter.text(f"{card.score} {card.letter}", CAPTION_RIGHT),
        tracks=(FixedTrack(7.0), FlexTrack(), FixedTrack(34.0)),
        gap=4.0,
        valign=VAlign.MIDDLE,
    )
    return stack(shown, caption, gap=4.0)


def _table_body(
    about: About, heads: Sequence[str], cards: Sequence[Proved], left_out: Sequence[str], setter: Setter
) -> Block:
    """The figures of up to so many cards, with a box to tick in each row; few rows leave the pen more room."""
    height = min(_HIGHEST_ROW, _TABLE_HEIGHT / len(cards))
    wide = FixedTrack(112.0)
    narrow: tuple[Track, ...] = (FlexTrack(),) * (len(heads) + 2)
    rows = [
        _head(("State", *heads, "Total", "Grade", "Read"), setter, centred=True),
        *(table_row(_figure_cells(card, setter), height=height) for card in cards),
    ]
    table = _table(rows, (wide, *narrow, FixedTrack(30.0)))
    parts: list[Block] = [
        setter.header(about.title, about.subtitle, about.aside),
        SpacerBlock(height=10.0),
        setter.text("Every score and letter", HEAD, Tag.H2),
        SpacerBlock(height=4.0),
        table,
    ]
    if left_out:
        parts += [SpacerBlock(height=6.0), setter.text(_not_here(left_out), NOTE)]
    parts += [SpacerBlock(height=16.0, grow=1.0), setter.sign_off(("Scores", "Letters", "Names", "Ready"))]
    return stack(*parts)


def _figure_cells(card: Proved, setter: Setter) -> list[Cell]:
    last = len(card.figures) + 1
    tick = Cell(square(8.0), last + 2, halign=HAlign.CENTER)
    return [
        setter.cell(0, card.name, STRONG, Scope.ROW),
        *(setter.cell(at, figure, CENTRED) for at, figure in enumerate(card.figures, start=1)),
        setter.cell(last, card.score, STRONG_CENTRED),
        setter.cell(last + 1, card.letter, STRONG_CENTRED),
        tick,
    ]


def _not_here(names: Sequence[str]) -> str:
    shown = ", ".join(names[:12])
    more = f" and {len(names) - 12} more" if len(names) > 12 else ""
    return f"No card could be made of {shown}{more}."


def _head(heads: Sequence[str], setter: Setter, *, centred: bool = False) -> Row:
    cells = [
        setter.cell(at, head, COLUMN_CENTRED if centred and at else COLUMN, Scope.COLUMN)
        for at, head in enumerate(heads)
    ]
    return table_row(cells, head=True)


def _table(rows: Sequence[Row], tracks: Sequence[Track]) -> TableBlock:
    return TableBlock(tracks=tuple(tracks), rows=tuple(rows), head_rows=1, gap=4.0, role=Role(Tag.TABLE))
