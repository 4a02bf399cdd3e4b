"""What frames promise of the finished file: every text with its place, every link, and the tree of tags."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import hypot
from typing import Final, cast
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from cardprint.model.diagnostics import Span
from cardprint.model.frame import (
    FilledRect,
    Group,
    ImageItem,
    LinkArea,
    PageFrame,
    PathItem,
    RuleItem,
    TextRun,
)
from cardprint.model.geometry import IDENTITY, Matrix, Rect
from cardprint.model.structure import Role, Tag

_CELLS: Final = (Tag.TH, Tag.TD)
_TEXTLESS: Final = frozenset({FilledRect, ImageItem, PathItem, RuleItem})
"""Items that promise neither texts nor links."""

_NO_TEXTS: Final = (None, None, None, None)
NOTHING_MORE: Final = (*_NO_TEXTS, None, 1, 1)
"""What most elements say besides their tag."""

_AS_DRAWN: Final = {0x00A0: " ", 0x202F: " ", 0x2011: "-", 0x200B: None}
"""No-break twins read back as what they look like. Layout leaves a soft hyphen only where it is drawn."""

_SOFT_HYPHEN: Final = "\u00ad"


class PlacedText(Struct, frozen=True, gc=False):
    """A run as layout placed it on page `page` (from 1): the ends of its baseline, its size, the region it was given.

    `field` names the text for people, or is empty. A text that is not `tagged` is a folio: no part of the tags."""

    text: str
    page: int
    start: tuple[float, float]
    end: tuple[float, float]
    size: float
    region: Rect
    field: str
    span: Span
    tagged: bool = True

    @property
    def name(self) -> str:
        """The text as messages call it."""
        shown = self.text.strip().removesuffix(_SOFT_HYPHEN)
        words = f"“{shown}”" if len(shown) <= 40 else f"“{shown[:38].rstrip()}…”"
        return f"{words} ({self.field})" if self.field else words


class PlacedLink(Struct, frozen=True):
    """A link as layout placed it: its address, where it can be clicked, and how it is described."""

    page: int
    address: str
    areas: tuple[Rect, ...]
    contents: str
    span: Span


class Node(Struct, frozen=True, gc=False):
    """An element or a text in the order of the tags, `depth` below the root. `tag` is empty for a text; `about` holds
    what the element says besides: Alt, ActualText, E, Lang, Scope, RowSpan, ColSpan."""

    depth: int
    tag: str
    text: str
    about: tuple[str | int | None, ...] = ()


class PromisedPages(Struct):
    """All that a document of some frames must hold: `spans` are the lines that caused the `nodes`; `live` are the
    pages' live areas and whatever else may hold text, `trims` their sheets; `frames` are where all of it is from."""

    texts: list[PlacedText] = field(default_factory=list)
    links: list[PlacedLink] = field(default_factory=list)
    nodes: list[Node] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    live: list[tuple[Rect, ...]] = field(default_factory=list)
    trims: list[Rect] = field(default_factory=list)
    frames: Sequence[PageFrame] = ()


def promised_pages(frames: Sequence[PageFrame], *, links: bool = True) -> PromisedPages:
    """What the frames promise, read off their groups. Without `links` what would be one is text like any other."""
    promised = PromisedPages(frames=frames)
    for number, frame in enumerate(frames, start=1):
        trim = Rect(0.0, 0.0, frame.page.trim.width, frame.page.trim.height)
        promised.trims.append(trim)
        folio = () if frame.folio is None else (frame.folio.region,)
        promised.live.append((trim.inset(frame.page.margins), *frame.marks, *folio))
        gatherer = _Gatherer(promised, number, links=links)
        if number == 1:
            gatherer.open(frame.root, 0)
        gatherer.gather(frame.root, IDENTITY, frame.root.region, frame.root.field, 0)
        if frame.folio is not None:
            folio_texts = PromisedPages()
            _Gatherer(folio_texts, number, links=False).gather(
                frame.folio, IDENTITY, frame.folio.region, "the folio", 0
            )
            promised.texts.extend(replace(text, tagged=False) for text in folio_texts.texts)
    return promised


def plain(text: str) -> str:
    """`text` as it is read back: composed (NFC), no-break twins as what they look like, words undivided."""
    return text if text.isascii() else _composed(text).replace(_SOFT_HYPHEN, "")


@lru_cache(maxsize=1024)
def _composed(text: str) -> str:
    """Remembered, because a card's texts are compared several times: as placed, as drawn, as read aloud."""
    return normalize("NFC", text).translate(_AS_DRAWN)


class _Gatherer:
    """Walks one page's groups."""

    def __init__(self, promised: PromisedPages, page: int, *, links: bool) -> None:
        self._texts, self._links = promised.texts, promised.links
        self._nodes, self._spans = promised.nodes, promised.spans
        self._page = page
        self._clickable = links

    def open(self, group: Group, depth: int) -> None:
        if group.role is not None:
            role = group.role
            if role.tag is Tag.LINK and not self._clickable:
                role = replace(role, tag=Tag.SPAN)
            self._nodes.append(Node(depth, role.tag.value, "", _about(role)))
            self._spans.append(group.span)

    def gather(self, group: Group, matrix: Matrix, region: Rect, name: str, depth: int) -> None:
        """Everything in `group`. `matrix` maps its own place to the page; `region` is that of the text around it."""
        inner = matrix if group.matrix is None else group.matrix.then(matrix)
        for item in group.items:
            kind = type(item)  # faster than class patterns, which ask a struct's metaclass
            if kind is TextRun:
                self._text(cast("TextRun", item), inner, region, name, depth)
            elif kind is Group:
                self._group(cast("Group", item), inner, name, depth)
            elif kind is LinkArea:
                if self._clickable:
                    self._link(cast("LinkArea", item), inner)
            elif kind not in _TEXTLESS:
                raise TypeError(f"the proof does not know what {kind.__name__} promises")

    def _group(self, group: Group, matrix: Matrix, name: str, depth: int) -> None:
        place = group.region if matrix is IDENTITY else matrix.apply_rect(group.region)
        if group.role is not None:
            depth += 1
            self.open(group, depth)
        self.gather(group, matrix, place, group.field or name, depth)

    def _link(self, link: LinkArea, matrix: Matrix) -> None:
        areas = link.rects if matrix is IDENTITY else tuple([matrix.apply_rect(rect) for rect in link.rects])
        self._links.append(PlacedLink(self._page, link.address, areas, link.contents, link.span))

    def _text(self, run: TextRun, matrix: Matrix, region: Rect, name: str, depth: int) -> None:
        pieces = run.pieces
        text = pieces[0].text if len(pieces) == 1 else "".join([piece.text for piece in pieces])
        if not text.isascii():
            text = _composed(text)
        if not text:
            return
        x, y, size = run.x, run.baseline, run.size
        start, end = (x, y), (x + run.width, y)
        if matrix is not IDENTITY:
            start, end = matrix.apply(*start), matrix.apply(*end)
            size *= hypot(matrix.c, matrix.d)
        self._texts.append(PlacedText(text, self._page, start, end, size, region, name, run.span))
        nodes, inside = self._nodes, depth + 1
        last = nodes[-1] if nodes else None
        if last is not None and not last.tag and last.depth == inside:
            nodes[-1] = Node(inside, "", last.text + text)
        else:
            nodes.append(Node(inside, "", text))
            self._spans.append(run.span)


def about(
    texts: tuple[str | None, str | None, str | None, str | None],
    scope: str | None = None,
    row_span: int = 1,
    column_span: int = 1,
) -> tuple[str | int | None, ...]:
    """What an element says besides its tag, as `Node.about` has it: Alt, ActualText, E and Lang, and of a cell the
    rest."""
    if scope is None and row_span == 1 and column_span == 1 and texts == _NO_TEXTS:
        return NOTHING_MORE
    return (*texts, scope, row_span, column_span)


def _about(role: Role) -> tuple[str | int | None, ...]:
    texts = (role.alt, role.reads, role.expansion, role.language)
    if role.tag in _CELLS:
        return about(texts, role.scope.value if role.scope is not None else None, role.row_span, role.column_span)
    return about(texts)
