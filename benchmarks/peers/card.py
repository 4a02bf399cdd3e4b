"""What the peers are given: a card's final text, ready to be set, and the looks it has in layouts/report-card.yaml."""

from __future__ import annotations

from pathlib import Path
from typing import Final, TypedDict

from benchmarks.measuring import ROOT


class TextRun(TypedDict):
    """A stretch of a paragraph. `emphasis` is None or "label"; a run with a link is set as one."""

    text: str
    emphasis: str | None
    link: str | None


Paragraph = list[TextRun]


class Issue(TypedDict):
    """A row of the grade table."""

    id: str
    title: str
    icon: str
    grade: str
    score: str
    maximum: str
    highlights: str


class ExtraCredit(TypedDict):
    """A row of extra credit."""

    badge: str
    badge_expansion: str
    title: str
    points: str
    highlights: str


class Overall(TypedDict):
    """The letter and the points of the whole card."""

    grade: str
    score: str


class Resource(TypedDict):
    """A headed group of paragraphs."""

    heading: str
    paragraphs: list[Paragraph]


class Card(TypedDict):
    """One card. `mark` stands in bands at head and foot."""

    slug: str
    name: str
    edition: str
    language: str
    author: str
    mark: str
    issues: list[Issue]
    extra_credit: list[ExtraCredit]
    overall: Overall
    resources: list[Resource]
    foot: list[Paragraph]


FONTS: Final = ROOT / "fonts"
ICONS: Final = ROOT / "layouts" / "icons"

FACES: Final = {
    "BarlowMedium": FONTS / "barlow-condensed" / "BarlowCondensed-Medium.ttf",
    "BarlowSemiBold": FONTS / "barlow-condensed" / "BarlowCondensed-SemiBold.ttf",
    "BarlowBold": FONTS / "barlow-condensed" / "BarlowCondensed-Bold.ttf",
    "Source": FONTS / "source-sans-3" / "SourceSans3-Regular.ttf",
    "SourceSemiBold": FONTS / "source-sans-3" / "SourceSans3-SemiBold.ttf",
}

INK: Final = "#12233F"
QUIET: Final = "#51607A"
LINK: Final = "#0B4A8F"
RULE: Final = "#C3CBD8"
ACCENT: Final = "#E0A526"
ACCENT_RULE: Final = "#DDC99A"
TINT: Final = "#F4F1E6"
CREAM: Final = "#F3E3BD"
WHITE: Final = "#FFFFFF"
MARK: Final = "#FFD60A"
GRADES: Final = {"A": "#14694B", "B": "#3E7A22", "C": "#8A6A00", "D": "#B4530F", "F": "#A61F33"}

TRACKS: Final = (22.0, 150.0, 42.0, 52.0, 274.0)
"""Widths of the table's columns in points: tab, issue, grade, score, highlights."""


def icon_file(name: str) -> Path:
    """The icon's SVG file."""
    return ICONS / f"{name}.svg"
