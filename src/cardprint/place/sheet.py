"""Where things are on a page as it is shown: cropped, turned, its units scaled (ISO 32000-1 §7.7.3.3)."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from pypdf import PageObject
from pypdf.generic import ArrayObject, IndirectObject

from cardprint.model.geometry import Matrix, Rect, Size
from cardprint.place.errors import damaged
from cardprint.place.syntax import entry

Box = tuple[float, float, float, float]
"""Left, bottom, right, top in a page's user space."""


class Sheet(Struct, frozen=True):
    """A page's visible part. `to_view` maps its user space to points from the bottom left of the page as it is seen."""

    size: Size
    to_view: Matrix

    def user_box(self, rect: Rect) -> Box:
        """A rectangle, in points from the top left of the page as it is shown, in user space."""
        upright = Rect(rect.x, self.size.height - rect.bottom, rect.width, rect.height)
        mapped = self.to_view.inverse.apply_rect(upright)
        return mapped.x, mapped.y, mapped.right, mapped.bottom

    def shown_rect(self, box: Box) -> Rect:
        """A rectangle of user space, in points from the top left of the page as it is shown."""
        left, bottom, right, top = box
        mapped = self.to_view.apply_rect(Rect(left, bottom, right - left, top - bottom))
        return Rect(mapped.x, self.size.height - mapped.bottom, mapped.width, mapped.height)

    def placing(self, art: Size, rect: Rect) -> Matrix:
        """What maps art, whose origin is its bottom left, to `rect`, in user space."""
        scale = rect.width / art.width
        placed = Matrix(a=scale, d=scale, e=rect.x, f=self.size.height - rect.bottom)
        return placed.then(self.to_view.inverse)


def sheet_of(page: PageObject, *, trimmed: bool = False) -> Sheet:
    """The sheet that a page is. `trimmed`: to its trim box, if it has one. Raises `PlaceError` (damaged-pdf)."""
    media = _box(_inherited(page, "/MediaBox"))
    if media is None:
        raise damaged("a page has no size")
    crop = _box(entry(page, "/TrimBox")) if trimmed else None
    box = _common(media, crop or _box(_inherited(page, "/CropBox")) or media)
    unit = entry(page, "/UserUnit", 1)
    scale = float(unit) if isinstance(unit, int | float) and 0 < unit <= 1000 else 1.0
    rotate = _inherited(page, "/Rotate")
    turn = int(rotate) // 90 % 4 if isinstance(rotate, int | float) else 0
    left, bottom, right, top = box
    turned = {
        0: Matrix(1, 0, 0, 1, -left, -bottom),
        1: Matrix(0, -1, 1, 0, -bottom, right),
        2: Matrix(-1, 0, 0, -1, right, top),
        3: Matrix(0, 1, -1, 0, top, -left),
    }[turn]
    width, height = (right - left) * scale, (top - bottom) * scale
    size = Size(height, width) if turn % 2 else Size(width, height)
    return Sheet(size, turned.then(Matrix(a=scale, d=scale)))


def fitted(art: Size, box: Rect) -> Rect:
    """Where art stands in `box`: as large as it can be in its proportions, in the middle."""
    scale = min(box.width / art.width, box.height / art.height)
    width, height = art.width * scale, art.height * scale
    return Rect(box.x + (box.width - width) / 2, box.y + (box.height - height) / 2, width, height)


def box_of(value: Any) -> Box | None:
    """An array of four numbers as a rectangle (§7.9.5); None if it is none."""
    return _box(value)


def _inherited(page: PageObject, key: str) -> Any:
    """An entry of the page, or of the nodes of the page tree above it."""
    node: Any = page
    for _ in range(64):
        if key in node:
            return node[key]
        if "/Parent" not in node:
            return None
        node = node["/Parent"]
    raise damaged("the tree of its pages has no end")


def _box(value: Any) -> Box | None:
    if isinstance(value, IndirectObject):
        value = value.get_object()
    if not isinstance(value, ArrayObject) or len(value) != 4:
        return None
    corners = [number.get_object() for number in list.__iter__(value)]
    if not all(isinstance(number, int | float) for number in corners):
        return None
    left, right = sorted(float(number) for number in corners[::2])
    bottom, top = sorted(float(number) for number in corners[1::2])
    return (left, bottom, right, top) if right - left > 0 and top - bottom > 0 else None


def _common(media: Box, crop: Box) -> Box:
    """The part of the crop box inside the media box; the media box where there is none."""
    box = max(media[0], crop[0]), max(media[1], crop[1]), min(media[2], crop[2]), min(media[3], crop[3])
    return box if box[0] < box[2] and box[1] < box[3] else media
