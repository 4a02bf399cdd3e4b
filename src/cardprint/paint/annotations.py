"""Link annotations (ISO 32000-1 §12.5.6.5)."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from urllib.parse import quote

from cardprint.model.frame import LinkArea
from cardprint.model.geometry import Matrix
from cardprint.model.navigation import PAGE_LINK
from cardprint.paint.page_space import PageSpace
from cardprint.paint.syntax import numbers, text_string

_PRINT: Final = 4
_ADDRESS_CHARACTERS: Final = ";/?:@&=+$,#[]!*'()%~"
"""What an address keeps as written, beside letters, digits and `_.-`; anything else is percent-encoded."""


def link_annotation(area: LinkArea, matrix: Matrix, space: PageSpace, structure_key: int) -> str:
    """The annotation that makes `area` lead to its address, or to a page of the document ("#mississippi").

    `matrix` maps the area into the page. A link over several lines has a quadrilateral for each of them."""
    boxes = [space.box(rect, matrix) for rect in area.rects]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    bounds = (min(lefts), min(bottoms), max(rights), max(tops))
    quads = f"/QuadPoints[{' '.join([_quad(*box) for box in boxes])}]" if len(boxes) > 1 else ""
    return (
        f"<</Type/Annot/Subtype/Link/Rect[{numbers(bounds)}]{quads}/Border[0 0 0]/F {_PRINT}"
        f"/Contents{text_string(area.contents)}/StructParent {structure_key}"
        f"{_target(area.address)}>>"
    )


@lru_cache(maxsize=256)
def _target(address: str) -> str:
    """A page of the document by its name (§12.3.2.3), or an address elsewhere."""
    if address.startswith(PAGE_LINK):
        return f"/Dest{text_string(address.removeprefix(PAGE_LINK))}"
    return f"/A<</S/URI/URI{text_string(quote(address, safe=_ADDRESS_CHARACTERS))}>>"


def _quad(left: float, bottom: float, right: float, top: float) -> str:
    """A box as readers expect a quadrilateral: upper left, upper right, lower left, lower right."""
    return numbers((left, top, right, top, left, bottom, right, bottom))
