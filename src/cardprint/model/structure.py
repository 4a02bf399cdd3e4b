"""Roles: what a part of the page is to a reader who does not see it (ISO 32000-1 §14.8.4)."""

from __future__ import annotations

from enum import Enum, StrEnum

from msgspec import Struct


class Tag(StrEnum):
    """Standard structure types that cardprint writes, by their names in a PDF."""

    DOCUMENT = "Document"
    SECT = "Sect"
    H1 = "H1"
    H2 = "H2"
    H3 = "H3"
    P = "P"
    L = "L"
    LI = "LI"
    TOC = "TOC"
    TOCI = "TOCI"
    LBL = "Lbl"
    LBODY = "LBody"
    TABLE = "Table"
    THEAD = "THead"
    TBODY = "TBody"
    TR = "TR"
    TH = "TH"
    TD = "TD"
    SPAN = "Span"
    FIGURE = "Figure"
    LINK = "Link"


class Scope(Enum):
    """Which cells a head cell speaks for."""

    ROW = "Row"
    COLUMN = "Column"


class Role(Struct, frozen=True):
    """An element of the structure tree.

    `alt` describes a figure; `reads` replaces what is drawn when it is read aloud ("Grade: F");
    `expansion` spells an abbreviation out; `language` is a BCP 47 tag where it changes; `scope`,
    `row_span` and `column_span` belong to table cells.
    """

    tag: Tag
    alt: str | None = None
    reads: str | None = None
    expansion: str | None = None
    language: str | None = None
    scope: Scope | None = None
    row_span: int = 1
    column_span: int = 1
