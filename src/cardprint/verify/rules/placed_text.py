"""Every text that layout placed is on its page: once, in order, in its place, at its size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from math import hypot
from typing import Final, NamedTuple

from cardprint.model.finding import Finding
from cardprint.model.geometry import Rect
from cardprint.verify.promised import PlacedText
from cardprint.verify.reading.document import Page
from cardprint.verify.reading.fragments import Fragment

_NEAR: Final = 0.1
"""How far in points a text may stand from its place: coordinates are written with three decimals."""

_SAME_SIZE: Final = 0.01
_CAPITALS: Final = 0.65
"""The height of capitals in em, about: what of a line must stand inside its region, as far as it has ink."""

_OVERHANG: Final = 1.0
"""How far, in points, ink may hang over its region: the sides of letters, the optical centring of one."""


_MOST_WORDS: Final = 10_000
"""Words that are compared one by one when they are not the same."""


class _Found(NamedTuple):
    fragment: Fragment
    page: int


def verify_placed_text(placed: Sequence[PlacedText], pages: Sequence[Page]) -> Iterator[Finding]:
    """Compare the texts that layout placed with those that the pages show."""
    found = [(fragment, page.number) for page in pages for fragment in page.content.fragments if fragment.text]
    texts, on_pages = [text.text for text in placed], [text.page for text in placed]
    if texts == [fragment.text for fragment, _ in found] and on_pages == [page for _, page in found]:
        for promised, (fragment, _) in zip(placed, found, strict=True):
            if not _is_as_placed(promised, fragment):
                yield from _verify_place(promised, fragment)
        return
    yield from _verify_words(placed, [_Found(fragment, page) for fragment, page in found])


def _is_as_placed(promised: PlacedText, fragment: Fragment) -> bool:
    """Whether `_verify_place` has nothing to tell: the quick way through for a text that runs from left to right."""
    a, b, c, d, x, y = fragment.matrix
    mark = fragment.mark
    if b or c or d >= 0 or not promised.tagged or mark is None or mark.mcid is None:
        return False
    (start_x, start_y), (end_x, end_y) = promised.start, promised.end
    width, size, region = fragment.visible_width, fragment.size, promised.region
    right, left, top = x + a * width, region.x - _OVERHANG, region.y - _OVERHANG
    return (
        -_NEAR <= x - start_x <= _NEAR
        and -_NEAR <= y - start_y <= _NEAR
        and -_NEAR < y - end_y < _NEAR
        and -_NEAR < right - end_x < _NEAR
        and left <= x
        and left <= right <= left + region.width + 2 * _OVERHANG
        and x <= left + region.width + 2 * _OVERHANG
        and y - _CAPITALS * size >= top
        and y <= top + region.height + 2 * _OVERHANG
        and size >= promised.size - _SAME_SIZE
    )


def _verify_place(promised: PlacedText, fragment: Fragment) -> Iterator[Finding]:
    """A text that is there must be visible, tagged, where it was put and as large as it was set."""
    mark = fragment.mark
    if not _is_near(promised, fragment):
        (x, y), (found_x, found_y) = promised.start, fragment.origin
        fault = f"stands at {found_x:.2f}, {found_y:.2f} pt instead of {x:.2f}, {y:.2f} pt, or has another width"
        yield _finding("text-moved", promised, fault, fragment)
    elif not _is_inside(promised.region, fragment):
        yield _finding("text-outside-region", promised, "stands outside the region that layout gave it", fragment)
    if fragment.size < promised.size - _SAME_SIZE:
        fault = f"is set in {fragment.size:.2f} pt, smaller than the promised {promised.size:.2f} pt"
        yield _finding("text-small", promised, fault, fragment)
    if not promised.tagged:
        if mark is None or not mark.pagination:
            yield _finding("folio-tagged", promised, "should be an artifact of pagination", fragment)
    elif mark is None or mark.mcid is None:
        what = "hidden from readers as an artifact" if mark is not None else "outside all tags"
        yield _finding("text-untagged", promised, f"is {what}", fragment)


def _is_near(promised: PlacedText, fragment: Fragment) -> bool:
    """Whether the baseline begins and ends where layout's does, which leaves out the space that ends a line."""
    a, b, _, _, e, f = fragment.matrix
    (start_x, start_y), (end_x, end_y) = promised.start, promised.end
    if abs(e - start_x) > _NEAR or abs(f - start_y) > _NEAR:
        return False
    width = fragment.visible_width
    if abs(a * width + e - end_x) < _NEAR and abs(b * width + f - end_y) < _NEAR:
        return True
    width = fragment.width
    return abs(a * width + e - end_x) < _NEAR and abs(b * width + f - end_y) < _NEAR


def _is_inside(region: Rect, fragment: Fragment) -> bool:
    """Whether the text's ink, from baseline to the height of capitals, lies in the region."""
    a, b, c, d, e, f = fragment.matrix
    width, scale = fragment.ink_width, hypot(c, d) or 1.0
    height = min(_CAPITALS * fragment.size, max(fragment.top * scale, 0.0))
    if not width:
        return True
    along_x, along_y, up_x, up_y = a * width, b * width, c / scale * height, d / scale * height
    x, y = region.x - _OVERHANG, region.y - _OVERHANG
    right, bottom = x + region.width + 2 * _OVERHANG, y + region.height + 2 * _OVERHANG
    return (
        min(e, e + along_x) + min(up_x, 0.0) >= x
        and max(e, e + along_x) + max(up_x, 0.0) <= right
        and min(f, f + along_y) + min(up_y, 0.0) >= y
        and max(f, f + along_y) + max(up_y, 0.0) <= bottom
    )


def _finding(rule: str, promised: PlacedText, fault: str, fragment: Fragment | None = None) -> Finding:
    rect = fragment.ink if fragment is not None else promised.region
    return Finding(rule, f"{promised.name} {fault}.", promised.page, rect, promised.span)


class _Word(NamedTuple):
    text: str
    page: int
    origin: int


def _verify_words(placed: Sequence[PlacedText], found: Sequence[_Found]) -> Iterator[Finding]:
    """Tell the words that are missing, changed, doubled or out of order; what agrees is verified in place."""
    promised = [_Word(word, text.page, at) for at, text in enumerate(placed) for word in text.text.split()]
    read = [_Word(word, one.page, at) for at, one in enumerate(found) for word in one.fragment.text.split()]
    if len(promised) + len(read) > _MOST_WORDS:
        message = f"The pages hold {len(read)} words; {len(promised)} were promised."
        yield Finding("text-unexpected", message)
        return
    from difflib import SequenceMatcher  # needed only where something is wrong

    matcher = SequenceMatcher(None, [word[:2] for word in promised], [word[:2] for word in read], autojunk=False)
    changes = [change for change in matcher.get_opcodes() if change[0] != "equal"]
    for _, start, end, found_start, found_end in changes:
        yield from _tell_change(promised[start:end], read[found_start:found_end], placed, found, (promised, read))
    if not changes:
        fragments = [(one.fragment.text, one.fragment) for one in found]
        yield from _tell_regrouped(placed, fragments)


def _tell_regrouped(placed: Sequence[PlacedText], found: Sequence[tuple[str, Fragment]]) -> Iterator[Finding]:
    """All words are there in order, yet cut up otherwise than layout placed them."""
    for promised, (text, fragment) in zip(placed, found, strict=False):
        if promised.text != text:
            yield _finding("text-regrouped", promised, f"is cut up otherwise: “{text}” stands there", fragment)
            return


def _tell_change(
    promised: Sequence[_Word],
    read: Sequence[_Word],
    placed: Sequence[PlacedText],
    found: Sequence[_Found],
    everything: tuple[Sequence[_Word], Sequence[_Word]],
) -> Iterator[Finding]:
    """One stretch of words that differs."""
    all_promised = {word.text for word in everything[0]}
    all_read = {word.text for word in everything[1]}
    lost, extra = _quoted(promised), _quoted(read)
    rect = found[read[0].origin].fragment.ink if read else None
    if promised and read and len(promised) == len(read) == 1:
        text = placed[promised[0].origin]
        message = f"{lost} was promised in {text.name}, {extra} stands there."
        yield Finding("text-changed", message, text.page, rect, text.span)
        return
    for origin, words in groupby(promised, key=lambda word: word.origin):
        text, missing = placed[origin], list(words)
        elsewhere = all(word.text in all_read for word in missing)
        rule = "reading-order" if elsewhere and not read else "text-missing"
        what = "is not where reading order has it" if rule == "reading-order" else "is missing"
        yield Finding(rule, f"{_quoted(missing)} of {text.name} {what}.", text.page, text.region, text.span)
    for origin, words in groupby(read, key=lambda word: word.origin):
        one, stray = found[origin], list(words)
        twice = all(word.text in all_promised for word in stray)
        what = "stands where it was not promised: twice, or out of order" if twice else "was not promised"
        yield Finding("text-unexpected", f"{_quoted(stray)} {what}.", one.page, one.fragment.ink)


def _quoted(words: Sequence[_Word]) -> str:
    text = " ".join([word.text for word in words])
    return f"“{text}”" if len(text) <= 60 else f"“{text[:58].rstrip()}…”"
