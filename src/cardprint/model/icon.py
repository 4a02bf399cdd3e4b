"""Icons and images as values, read from files by load and drawn by paint and export."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

PathCommand = (
    tuple[Literal["M"], float, float]
    | tuple[Literal["L"], float, float]
    | tuple[Literal["C"], float, float, float, float, float, float]
    | tuple[Literal["Z"]]
)
"""One absolute drawing step: move, line, cubic curve (two control points, end) or close."""


class Icon(Struct, frozen=True):
    """A one-colour vector picture: filled outlines in a view box of `width` by `height` units, y down."""

    name: str
    width: float
    height: float
    outline: tuple[PathCommand, ...]


class Picture(Struct, frozen=True, eq=False):
    """A raster picture: `data` is the PNG or JPEG file, `width` and `height` are its pixels."""

    name: str
    data: bytes
    width: int
    height: int
    sha256: str

    def __repr__(self) -> str:
        return f"Picture({self.name!r}, {self.width} × {self.height})"
