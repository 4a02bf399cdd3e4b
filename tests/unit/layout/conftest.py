"""Blocks in the project's own faces, set on a page of 200 by 100 points with margins of 10 and a bleed of 9."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import pytest
from msgspec.structs import replace

from cardprint.layout.copyfit import Setting
from cardprint.layout.engine import PageEngine
from cardprint.layout.measure import Measured, Widths
from cardprint.model.colour import Swatch
from cardprint.model.content import (
    Block,
    DocumentInfo,
    PageContent,
    PageGeometry,
    Run,
    SpacerBlock,
    Stroke,
    TextBlock,
)
from cardprint.model.copyfit import NO_COPYFIT
from cardprint.model.diagnostics import Span
from cardprint.model.frame import FilledRect, FrameItem, Group, LinkArea, RuleItem, TextRun
from cardprint.model.geometry import Insets, Rect, Size
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import FontBook, TextStyle

INK = Swatch("ink", (18, 35, 63), (95, 82, 45, 50))
TINT = Swatch("tint", (244, 241, 230), (4, 4, 10, 0))
HAIRLINE = Stroke(1.0, INK)
BODY = TextStyle("body", "Source Sans 3 Regular", 10.0, 12.0, INK)
HEAD = TextStyle("head", "Barlow Condensed Bold", 20.0, 24.0, INK)
PAGE = PageGeometry(Size(200.0, 100.0), Insets(10.0, 10.0, 10.0, 10.0), 9.0)
INFO = DocumentInfo("A card", "Somebody", "", "en-US", dt.datetime(2021, 11, 17, tzinfo=dt.UTC), "cardprint test")


@dataclass(frozen=True, repr=False)
class Maker:
    """Makes blocks, and asks an engine of its own about them: no test sees what another measured."""

    fonts: FontBook
    ink: Swatch = INK
    tint: Swatch = TINT
    body: TextStyle = BODY
    head: TextStyle = HEAD
    page: PageGeometry = PAGE
    hairline: Stroke = HAIRLINE

    def run(self, text: str, style: TextStyle = BODY, link: str | None = None, line: int = 7) -> Run:
        return Run(text, style, link, span=Span("state.yaml", line, 3))

    def text(self, *parts: str | Run, style: TextStyle = BODY, grow: float = 0.0, field: str = "") -> TextBlock:
        runs = tuple(self.run(part, style) if isinstance(part, str) else part for part in parts)
        return TextBlock(runs=runs, style=style, role=Role(Tag.P), grow=grow, field=field)

    def spacer(self, height: float, grow: float = 0.0) -> SpacerBlock:
        return SpacerBlock(height=height, grow=grow)

    def engine(self) -> PageEngine:
        return PageEngine(self.page, self.fonts, Setting(NO_COPYFIT, 0))

    def intrinsic(self, block: Block) -> Widths:
        return self.engine().intrinsic(block)

    def measure(self, block: Block, width: float) -> Measured:
        return self.engine().measure(block, width)

    def place(self, block: Block, region: Rect) -> Group:
        return self.engine().place(block, region)

    def reasons(self, block: Block, width: float) -> list[str]:
        """What is overset, without remedies."""
        return [overset.reason for overset in self.measure(block, width).overset]

    def content(self, body: Block) -> PageContent:
        return PageContent(self.page, body, INFO)

    def width_of(self, text: str, style: TextStyle = BODY) -> float:
        """The width of the text on one line."""
        return self.intrinsic(self.text(text, style=replace(style, smallest=None))).most


def items_of(group: Group) -> Iterator[FrameItem]:
    """All items, inner groups opened."""
    for item in group.items:
        if isinstance(item, Group):
            yield from items_of(item)
        else:
            yield item


class Reader:
    """Finds what was placed."""

    def texts(self, group: Group) -> list[TextRun]:
        return [item for item in items_of(group) if isinstance(item, TextRun)]

    def lines(self, group: Group) -> list[str]:
        """The words of each baseline, from the top down."""
        lines: dict[float, str] = {}
        for run in self.texts(group):
            lines[run.baseline] = lines.get(run.baseline, "") + run.text
        return [line.rstrip() for line in lines.values()]

    def rects(self, group: Group) -> list[Rect]:
        return [item.rect for item in items_of(group) if isinstance(item, FilledRect)]

    def rules(self, group: Group) -> list[tuple[float, float, float, float]]:
        return [(item.x1, item.y1, item.x2, item.y2) for item in items_of(group) if isinstance(item, RuleItem)]

    def links(self, group: Group) -> list[LinkArea]:
        return [item for item in items_of(group) if isinstance(item, LinkArea)]

    def tagged(self, group: Group, tag: Tag) -> list[Group]:
        """Every group with the tag, outermost first."""
        own = [group] if group.role is not None and group.role.tag is tag else []
        return [*own, *(found for item in group.items if isinstance(item, Group) for found in self.tagged(item, tag))]

    def tops(self, groups: Sequence[Group]) -> list[float]:
        return [group.region.y for group in groups]


@pytest.fixture
def make(faces: FontBook) -> Maker:
    return Maker(faces)


@pytest.fixture(scope="session")
def read() -> Reader:
    return Reader()
