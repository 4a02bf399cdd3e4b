"""What frames promise of the finished file: every text with its place, every link, and the tree of tags."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot
from typing import Final, NamedTuple, assert_never
from unicodedata import normalize

from msgspec import Struct, field
from msgspec.structs import replace

from cardprint.model.diagnostics import Span
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
from cardprint.model.geometry import IDENTITY, Matrix, Rect
from cardprint.model.structure import Role, Tag

_CELLS: Final = (Tag.TH, Tag.TD)
_PLAIN: Final = {0x00A0: " ", 0x2011: "-", 0x00AD: None, 0x200B: None}
"""No-break twins read back as what they look like; what is not drawn is not read."""


class PlacedText(NamedTuple):
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
        shown = self.text.strip()
        words = f"“{shown}”" if len(shown) <= 40 else f"“{shown[:38].rstrip()}…”"
        return f"{words} ({self.field})" if self.field else words


class PlacedLink(NamedTuple):
    """A link as layout placed it: its address, where it can be clicked, and how it is described."""

    page: int
    address: str
    areas: tuple[Rect, ...]
    contents: str
    span: Span


class Node(NamedTuple):
    """An element or a text in the order of the tags, `depth` below the root. `tag` is empty for a text; `about` holds
    what the element says besides: Alt, ActualText, E, Lang, Scope, RowSpan, ColSpan."""

    depth: int
    tag: str
    text: str
    about: tuple[str | int | None, ...]


class PromisedPages(Struct):
    """All that a document of some frames must hold: `spans` are the lines that caused the `nodes`; `live` are the
    pages' live areas and whatever else may hold text, `trims` their sheets; `frames` are where all
    of it is from."""

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
            promised.texts.extend(text._replace(tagged=False) for text in folio_texts.texts)
    return promised


def plain(text: str) -> str:
    """`text` as it is read back: composed (NFC), no-break twins as what they look like."""
    return text if text.isascii() else normalize("NFC", text).translate(_PLAIN)


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
            self._item(item, inner, region, name, depth)

    def _item(self, item: FrameItem, matrix: Matrix, region: Rect, name: str, depth: int) -> None:
        match item:
            case TextRun():
                self._text(item, matrix, region, name, depth)
            case Group():
                place = item.region if matrix is IDENTITY else matrix.apply_rect(item.region)
                inside = depth
                if item.role is not None:
                    inside = depth + 1
                    self.open(item, inside)
                self.gather(item, matrix, place, item.field or name, inside)
            case LinkArea() if not self._clickable:
                pass
            case LinkArea():
                areas = tuple(rect if matrix is IDENTITY else matrix.apply_rect(rect) for rect in item.rects)
                self._links.append(PlacedLink(self._page, item.address, areas, item.contents, item.span))
            case FilledRect() | PathItem() | RuleItem() | ImageItem():
                pass
            case _:
                assert_never(item)

    def _text(self, run: TextRun, matrix: Matrix, region: Rect, name: str, depth: int) -> None:
        text = plain("".join([piece.text for piece in run.pieces]))
        if not text:
            return
        start, end, size = (run.x, run.baseline), (run.x + run.width, run.baseline), run.size
        if matrix is not IDENTITY:
            start, end = matrix.apply(*start), matrix.apply(*end)
            size *= hypot(matrix.c, matrix.d)
        self._texts.append(PlacedText(text, self._page, start, end, size, region, name, run.span))
        nodes = self._nodes
        if nodes and not nodes[-1].tag and nodes[-1].depth == depth + 1:
            nodes[-1] = Node(depth + 1, "", nodes[-1].text + text, ())
        else:
            nodes.append(Node(depth + 1, "", text, ()))
            self._spans.append(run.span)


def _about(role: Role) -> tuple[str | int | None, ...]:
    """What the element of a role says besides its tag."""
    if role.tag in _CELLS:
        scope = role.scope.value if role.scope is not None else None
        return (role.alt, role.reads, role.expansion, role.language, scope, role.row_span, role.column_span)
    return (role.alt, role.reads, role.expansion, role.language, None, 1, 1)
