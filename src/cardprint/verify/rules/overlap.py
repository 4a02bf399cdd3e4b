"""No two texts stand on one another, and none leaves the page or its live area."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Final

from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.verify.reading.document import Page
from cardprint.verify.reading.fragments import Fragment

_TOUCH: Final = 0.25
"""Ink that overlaps by less than this many points only touches."""

_KERNED: Final = 0.12
"""How far in em the ink of neighbours on one line may reach into each other: slanted and kerned letters do."""

_MOST_LOOKS: Final = 1_000
"""Pairs of texts on one page that are looked at letter by letter; a card has a few."""

_LONGEST: Final = 1_000
"""Letters of a text that is looked at so; a longer one that meets another has no line on a card."""

_TOP: Final = itemgetter(0)
_CAPITALS: Final = 0.65
_OVERHANG: Final = 1.0


def verify_overlaps(page: Page) -> Iterator[Finding]:
    """Find texts whose ink meets. Lines whose boxes meet are looked at letter by letter."""
    looks = 0
    boxes = []
    for fragment in page.content.fragments:
        if not fragment.text.isspace() and fragment.text:
            ink = fragment.ink
            boxes.append((ink.y + _TOUCH, ink.y + ink.height, ink.x, ink.x + ink.width, fragment))
    boxes.sort(key=_TOP)
    above: list[tuple[float, float, float, float, Fragment]] = []
    for box in boxes:
        top, _, left, right, fragment = box
        above = [other for other in above if other[1] > top]
        for _, _, other_left, other_right, other in above:
            if other_right - left <= _TOUCH or right - other_left <= _TOUCH:
                continue
            looks += 1
            if looks > _MOST_LOOKS or len(above) > _MOST_LOOKS:
                yield Finding("text-overlap", "Texts stand so close that they cannot be told apart.", page.number)
                return
            if _letters_meet(fragment, other):
                message = f"{_quoted(other)} and {_quoted(fragment)} overlap."
                yield Finding("text-overlap", message, page.number, fragment.ink)
        above.append(box)


def _letters_meet(first: Fragment, second: Fragment) -> bool:
    if max(len(first.text), len(second.text)) > _LONGEST:
        return True
    letters = [letter.ink for letter in second.letters() if letter.ink is not None]
    slack = _TOUCH
    if first.upright and second.upright and abs(first.matrix[5] - second.matrix[5]) < _TOUCH:
        slack = _KERNED * max(first.size, second.size)
    return any(
        letter.ink is not None and any(_meet(letter.ink, other, slack) for other in letters)
        for letter in first.letters()
    )


def _meet(one: Rect, other: Rect, slack: float) -> bool:
    return (
        min(one.right, other.right) - max(one.x, other.x) > slack
        and min(one.bottom, other.bottom) - max(one.y, other.y) > _TOUCH
    )


def verify_live_area(page: Page, trim: Rect, areas: Sequence[Rect]) -> Iterator[Finding]:
    """Find texts and links that leave the areas which may hold them, the live area first, and ink off the sheet."""
    live = areas[0]
    left, top, right, bottom = live.x - _OVERHANG, live.y - _OVERHANG, live.right + _OVERHANG, live.bottom + _OVERHANG
    for fragment in page.content.fragments:
        ink = fragment.ink
        x, y = ink.x, ink.y
        if x >= left and x + ink.width <= right and y >= top and y + ink.height <= bottom:
            continue
        if not fragment.text.strip():
            continue
        if not trim.contains(ink, _TOUCH):
            yield Finding("text-off-page", f"{_quoted(fragment)} runs off the page.", page.number, ink)
        elif not _inside(_body(fragment, ink), areas):
            message = f"{_quoted(fragment)} stands outside the live area."
            yield Finding("text-outside-live-area", message, page.number, ink)
    for annotation in page.annotations:
        for area in annotation.areas:
            if not _inside(area, areas):
                message = f"The link to {annotation.address} reaches outside the live area."
                yield Finding("link-outside-live-area", message, page.number, area)


def _inside(rect: Rect, areas: Sequence[Rect]) -> bool:
    return any(area.contains(rect, _OVERHANG) for area in areas)


def _body(fragment: Fragment, ink: Rect) -> Rect:
    """From the baseline to the height of capitals: accents and descenders may reach into a margin."""
    if not fragment.upright:
        return ink
    height = min(_CAPITALS * fragment.size, max(fragment.matrix[5] - ink.y, 0.0))
    return Rect(ink.x, fragment.matrix[5] - height, ink.width, height)


def _quoted(fragment: Fragment) -> str:
    text = fragment.text.strip()
    return f"“{text}”" if len(text) <= 40 else f"“{text[:38].rstrip()}…”"
