"""The proof of a comparison: every change in words, then each card that changed, before and after, to be signed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Final

from msgspec import Struct

from cardprint import __version__
from cardprint.edition.project import UNDATED
from cardprint.layout import fit, lay_out
from cardprint.model.art import CardArt
from cardprint.model.colour import Swatch
from cardprint.model.content import (
    Block,
    BoxBlock,
    ColumnsBlock,
    DocumentInfo,
    FlexTrack,
    PageContent,
    PageGeometry,
    RuleBlock,
    Run,
    SpacerBlock,
    StackBlock,
    Stroke,
    TextBlock,
)
from cardprint.model.diagnostics import Collector, Diagnostic
from cardprint.model.geometry import Insets, Rect, Size
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import FontBook, FontFace, TextStyle
from cardprint.paint import paint_pdf
from cardprint.place import Placement, place_all_in_file, read_art
from cardprint.resolve import FontFiles, Inputs
from cardprint.tasks.comparing.compare import CardChange, Comparison, card_changes, card_pairs
from cardprint.tasks.comparing.sides import Card, EditionSide
from cardprint.tasks.comparing.wording import lines_of
from cardprint.verify import describe_card
from cardprint.workspace import Workspace

_INK: Final = Swatch("ink", (18, 35, 63), (95.0, 82.0, 45.0, 50.0))
_QUIET: Final = Swatch("quiet", (81, 96, 122), (70.0, 57.0, 36.0, 14.0))

_RULE: Final = Swatch("rule", (195, 203, 216), (23.0, 15.0, 9.0, 0.0))

_HEAD_FACE: Final = "Barlow Condensed SemiBold"
_TEXT_FACE: Final = "Source Sans 3 Regular"
_TITLE: Final = TextStyle("title", _HEAD_FACE, 22.0, 25.0, _INK, smallest=12.0)
_HEAD: Final = TextStyle("head", _HEAD_FACE, 13.0, 16.0, _INK)
_TEXT: Final = TextStyle("text", _TEXT_FACE, 9.5, 12.5, _INK)
_NOTE: Final = TextStyle("note", _TEXT_FACE, 8.5, 11.0, _QUIET)
_LABEL: Final = TextStyle("label", _HEAD_FACE, 11.0, 14.0, _QUIET, smallest=7.0)

_SHEET: Final = PageGeometry(Size(792.0, 612.0), Insets(30.0, 30.0, 30.0, 30.0), 0.0)
"""US Letter across: two cards stand side by side on it, at more than half their size."""

_GUTTER: Final = 24.0
_COLUMN: Final = (792.0 - 2 * 30.0 - _GUTTER) / 2
_HEADER: Final = 46.0
"""Height of the title and the labels above the cards, in points."""

_CARDS: Final = _COLUMN * 11 / 8.5
_AROUND_TEXT: Final = Insets(-4.0, -4.0, -4.0, -4.0)
_AROUND_LETTER: Final = Insets(-9.0, -12.0, -9.0, -12.0)
"""What a box keeps free around what changed, in the card's points: letters stand in tiles."""


class Proof(Struct, frozen=True):
    """The file, and what could not be shown in it."""

    pdf: bytes
    problems: tuple[Diagnostic, ...]


class _Pair(Struct, frozen=True):
    """A page of a card that looks different, before and after; `page` counts from 1."""

    old: Card
    new: Card
    page: int
    changes: tuple[CardChange, ...]

    @property
    def title(self) -> str:
        several = max(self.old.facts.pages, self.new.facts.pages) > 1
        return f"{self.new.name}, page {self.page}" if several else self.new.name

    def placements(self) -> Iterator[Placement]:
        """The cards, each as far as it has the page."""
        sides = (self.old, "Before", "old_places"), (self.new, "After", "new_places")
        for column, (card, when, places) in enumerate(sides):
            boxes = [
                place.rect.inset(_AROUND_LETTER if each.change.field == "grade" else _AROUND_TEXT)
                for each in self.changes
                for place in getattr(each, places)
                if place.page == self.page
            ]
            if self.page <= card.facts.pages:
                yield _art(card, when, self.page, boxes), _box(column)


def make_proof(workspace: Workspace, comparison: Comparison) -> Proof:
    """The proof as a tagged PDF: the changes, the line to be signed, and a page for each card that looks different.

    Raises `DiagnosticError`."""
    fonts, problems = _fonts(workspace), Collector()
    pairs = [
        pair
        for old, new in card_pairs(comparison.old, comparison.new, problems, _looked_at(comparison))
        for pair in _pairs(old, new)
    ]
    info = _info(comparison)
    lists = list(_list_pages(comparison, info, fonts))
    contents = [*lists, *(_pair_page(pair, comparison, info, fonts) for pair in pairs)]
    pdf = paint_pdf([lay_out(content, fonts)[0] for content in contents])
    placements = {number: list(pair.placements()) for number, pair in enumerate(pairs, start=len(lists) + 1)}
    return Proof(place_all_in_file(pdf, placements) if placements else pdf, tuple(problems.diagnostics))


def _pairs(old: Card, new: Card) -> Iterator[_Pair]:
    """The pages on which two cards differ."""
    changes = tuple(card_changes(old, new))
    pages = {place.page for each in changes for place in (*each.old_places, *each.new_places)}
    few, many = sorted((old.facts.pages, new.facts.pages))
    pages.update(range(few + 1, many + 1))
    for page in sorted(pages):
        yield _Pair(old, new, page, changes)


def _looked_at(comparison: Comparison) -> set[str]:
    """The names of the states whose cards may look different: all of them where something changed that all share."""
    changed = {change.state for change in comparison.changes}
    return set(comparison.new.states.values()) if "" in changed else changed


def _box(column: int) -> Rect:
    """Where the cards stand: the one before on the left."""
    margins = _SHEET.margins
    return Rect(margins.left + column * (_COLUMN + _GUTTER), margins.top + _HEADER, _COLUMN, _CARDS)


def _art(card: Card, when: str, page: int, boxes: Sequence[Rect]) -> CardArt:
    """A page of the card with what changed boxed, without its links: the proof is no way to them."""
    description = describe_card(card.pdf)
    alt, outlined = f"{when}: {description.text}", tuple(dict.fromkeys(boxes))
    art = read_art(card.pdf, alt, description.language, card.name, page, outlined)
    return CardArt(art.size, art.objects, (), art.alt, art.language)


def _list_pages(comparison: Comparison, info: DocumentInfo, fonts: FontBook) -> Iterator[PageContent]:
    """Every change in words, on as many pages as that takes; the line to be signed ends the last."""
    blocks: list[Block] = [
        _text("Proof of changes", _TITLE, Tag.H1, fonts),
        _text(f"From {comparison.old.name} to {comparison.new.name}", _NOTE, Tag.P, fonts),
        SpacerBlock(height=6.0),
    ]
    for owner, told in groupby(lines_of(comparison.changes), key=lambda pair: pair[0]):
        blocks += [SpacerBlock(height=8.0), _text(_capital(owner), _HEAD, Tag.H2, fonts)]
        blocks += [_text(line, _TEXT, Tag.P, fonts) for _, line in told]
    blocks += [SpacerBlock(height=14.0), _sign_off("The changes listed and shown here are approved.", fonts)]
    while blocks:
        fitting = _fitting(blocks, info, fonts)
        yield _page(blocks[:fitting], info)
        blocks = blocks[fitting:]


def _fitting(blocks: Sequence[Block], info: DocumentInfo, fonts: FontBook) -> int:
    """How many of the blocks fit on a page; no head ends one."""
    low, high = 1, len(blocks)
    while low < high:
        middle = (low + high + 1) // 2
        if fit(_page(blocks[:middle], info), fonts) is None:
            high = middle - 1
        else:
            low = middle
    while 1 < low < len(blocks) and _opens(blocks[low - 1]):
        low -= 1
    return low


def _opens(block: Block) -> bool:
    return isinstance(block, SpacerBlock) or (isinstance(block, TextBlock) and block.style is _HEAD)


def _pair_page(pair: _Pair, comparison: Comparison, info: DocumentInfo, fonts: FontBook) -> PageContent:
    """The page on which a card stands before and after; the cards themselves are placed on it when it is painted."""
    labels = [
        _text(f"Before: {comparison.old.name}", _LABEL, Tag.P, fonts),
        _text(f"After: {comparison.new.name}", _LABEL, Tag.P, fonts),
    ]
    tracks = (FlexTrack(), FlexTrack())
    blocks: list[Block] = [
        BoxBlock(child=_text(pair.title, _TITLE, Tag.H2, fonts), height=_HEADER - 16.0),
        BoxBlock(child=ColumnsBlock(children=tuple(labels), tracks=tracks, gap=_GUTTER), height=16.0),
        ColumnsBlock(children=(_edge(), _edge()), tracks=tracks, gap=_GUTTER),
        SpacerBlock(height=10.0),
        _sign_off("What changed is boxed, and told on the first page.", fonts),
    ]
    return _page(blocks, info)


def _edge() -> Block:
    """The edge of a card's paper, which covers the rest of this box."""
    return BoxBlock(child=None, height=_CARDS, border=Stroke(0.8, _RULE))


def _sign_off(statement: str, fonts: FontBook) -> Block:
    """A statement, and lines on which somebody answers for it."""
    lines = [
        StackBlock(children=(RuleBlock(stroke=Stroke(0.7, _INK)), _text(words, _NOTE, Tag.P, fonts)), gap=2.0)
        for words in ("Name and signature", "Date")
    ]
    lifted = [StackBlock(children=(SpacerBlock(height=14.0), line)) for line in lines]
    children: tuple[Block, ...] = (_text(statement, _TEXT, Tag.P, fonts), *lifted)
    return ColumnsBlock(children=children, tracks=(FlexTrack(3.0), FlexTrack(3.0), FlexTrack(1.2)), gap=_GUTTER)


def _page(blocks: Iterable[Block], info: DocumentInfo) -> PageContent:
    return PageContent(_SHEET, StackBlock(children=tuple(blocks)), info)


def _text(text: str, style: TextStyle, tag: Tag, fonts: FontBook) -> TextBlock:
    """A paragraph. A character that the face lacks is told by its number: changes may hold any."""
    face = fonts[style.face]
    shown = "".join(char if ord(char) in face.coverage or char == " " else f"[U+{ord(char):04X}]" for char in text)
    return TextBlock(runs=(Run(shown, style),), style=style, role=Role(tag), field=f"“{shown[:40]}”")


def _info(comparison: Comparison) -> DocumentInfo:
    new = comparison.new
    date = new.project.info_date if isinstance(new, EditionSide) else UNDATED
    title = f"Proof of changes from {comparison.old.name} to {new.name}"
    return DocumentInfo(title, "cardprint", "", "en-US", date, f"cardprint {__version__}")


def _fonts(workspace: Workspace) -> dict[str, FontFace]:
    inputs, problems = Inputs(workspace), Collector()
    fonts = FontFiles.listed(inputs, [], problems).load(inputs, [_HEAD_FACE, _TEXT_FACE], problems)
    problems.raise_errors()
    return fonts


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
