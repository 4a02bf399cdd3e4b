"""Texts that have no room where layout put them: on one another, out of their lines, over the edge of the page.

Blocks are measured by their leading, not by their ink. Where type is set tighter than its letters are high, only the
letters tell; they are asked by `check`, and when the proof of a finished page has found that they touch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import ceil, hypot
from operator import attrgetter
from typing import Final, NamedTuple

from cardprint.layout.measure import Overset
from cardprint.layout.page import overset_diagnostic
from cardprint.layout.shaping import face_shaper
from cardprint.model.diagnostics import Diagnostic
from cardprint.model.frame import Group, PageFrame, TextRun
from cardprint.model.geometry import IDENTITY, Matrix, Rect

_TOUCH: Final = 0.25
"""Ink that overlaps by less than this many points only touches."""

_KERNED: Final = 0.12
"""How far in em the ink of neighbours on one line may reach into each other: slanted and kerned letters do."""

_OVERHANG: Final = 1.0
"""How far, in points, a text may hang over its region: the sides of letters, what stands above the capitals."""

_CAPITALS: Final = 0.65
"""The height of capitals in em, about: what of a line must stand inside its region."""

_MOST_LOOKS: Final = 10_000
"""Pairs of texts on one page that are looked at; a card has a few hundred whose boxes share some height."""

_LONGEST_SHOWN: Final = 40


class _Text(NamedTuple):
    """A run on its page: the boxes of its letters, of all its `ink`, and of its `body`, from the baseline to the height
    of capitals; `region` is that of its block, `line` its baseline if it is upright."""

    run: TextRun
    name: str
    block: int
    region: Rect
    line: float | None
    letters: tuple[Rect, ...]
    ink: Rect
    body: Rect

    @property
    def top(self) -> float:
        return self.ink.y


def crowded(frames: Sequence[PageFrame]) -> tuple[Diagnostic, ...]:
    """An `overset` for each text that touches another, leaves its region, its live area or the page."""
    return tuple(overset_diagnostic(overset) for frame in frames for overset in _on_page(frame))


def _on_page(frame: PageFrame) -> Iterator[Overset]:
    trim = Rect(0.0, 0.0, frame.page.trim.width, frame.page.trim.height)
    areas = (trim.inset(frame.page.margins), *frame.marks)
    texts = list(_texts(frame.root, IDENTITY, frame.root.region, ""))
    for text in texts:
        overset = _out_of_place(text, trim, areas)
        if overset is not None:
            yield overset
    above: list[_Text] = []
    looks = 0
    for text in sorted(texts, key=attrgetter("top")):
        above = [other for other in above if other.ink.bottom > text.ink.y + _TOUCH]
        for other in above:
            looks += 1
            if looks > _MOST_LOOKS:
                return
            overlap = _overlap(text, other)
            if overlap is not None:
                yield _on_one_another(text, other, overlap)
        above.append(text)


def _texts(group: Group, matrix: Matrix, region: Rect, name: str) -> Iterator[_Text]:
    """The texts of a group that have ink, in reading order. `matrix` maps the group's own place to the page."""
    inner = matrix if group.matrix is None else group.matrix.then(matrix)
    for item in group.items:
        if isinstance(item, Group):
            yield from _texts(item, inner, inner.apply_rect(item.region), item.field or name)
        elif isinstance(item, TextRun):
            letters = tuple(_letters(item))
            if letters:
                top = item.baseline - min(rect.y for rect in letters)
                bottom = max(rect.bottom for rect in letters) - item.baseline
                width = max(0.0, item.width - item.tracking)
                scale = hypot(inner.c, inner.d)
                height = min(_CAPITALS * item.size, max(top, 0.0))
                yield _Text(
                    item,
                    name,
                    id(group),
                    region,
                    inner.apply(item.x, item.baseline)[1] if inner.b == inner.c == 0 and scale else None,
                    tuple([inner.apply_rect(rect) for rect in letters]),
                    inner.apply_rect(Rect(item.x, item.baseline - top, width, top + bottom)),
                    inner.apply_rect(Rect(item.x, item.baseline - height, width, height)),
                )


def _letters(run: TextRun) -> Iterator[Rect]:
    """The boxes of a run's letters where its block has them."""
    x = run.x
    for piece in run.pieces:
        shaper, scale = face_shaper(piece.face), run.size / piece.face.units_per_em
        for glyph in piece.glyphs:
            box = shaper.box(glyph.id)
            if box is not None:
                left, bottom, right, top = box
                start, base = x + glyph.x_offset * scale, run.baseline - glyph.y_offset * scale
                yield Rect(start + left * scale, base - top * scale, (right - left) * scale, (top - bottom) * scale)
            x += glyph.advance * scale + run.tracking + (run.word_space if glyph.text == " " else 0.0)


def _out_of_place(text: _Text, trim: Rect, areas: Sequence[Rect]) -> Overset | None:
    """What a text reaches out of, if it does."""
    run = text.run
    over = _excess(text.body, text.region)
    if over > _OVERHANG:
        reason = f"is set in {run.size:g} pt, which its block has no room for"
        hint = f"Give the style of its block {_tenths(2 * over)}pt more leading, or these words a smaller size."
        return Overset(over, _subject(text), reason, hint, run.span)
    if _excess(text.ink, trim) > _TOUCH:
        reason, hint = "runs off the page", "Widen the margins, or set it smaller."
        return Overset(_excess(text.ink, trim), _subject(text), reason, hint, run.span)
    if not any(area.contains(text.body, _OVERHANG) for area in areas):
        over = _excess(text.body, areas[0])
        reason, hint = "reaches out of the live area", "Widen the margins, or set it smaller."
        return Overset(over, _subject(text), reason, hint, run.span)
    return None


def _excess(rect: Rect, area: Rect) -> float:
    """By how much a rectangle is outside of an area on the side where it is so most."""
    return max(area.x - rect.x, area.y - rect.y, rect.right - area.right, rect.bottom - area.bottom)


def _overlap(text: _Text, other: _Text) -> float | None:
    """By how much the letters of two texts stand on one another, in height; None if they do not."""
    slack = _TOUCH
    if text.line is not None and other.line is not None and abs(text.line - other.line) < _TOUCH:
        slack = _KERNED * max(text.run.size, other.run.size)
    if min(text.ink.right, other.ink.right) - max(text.ink.x, other.ink.x) <= _TOUCH:
        return None
    deepest = None
    for one in text.letters:
        for two in other.letters:
            across = min(one.right, two.right) - max(one.x, two.x)
            down = min(one.bottom, two.bottom) - max(one.y, two.y)
            if across > slack and down > _TOUCH:
                deepest = max(down, deepest or 0.0)
    return deepest


def _on_one_another(text: _Text, other: _Text, overlap: float) -> Overset:
    if text.block == other.block and text.line is not None and other.line is not None and text.line != other.line:
        upper, lower = sorted((text, other), key=lambda one: one.line or 0.0)
        leading = (lower.line or 0.0) - (upper.line or 0.0)
        reason = f"reaches into the line above, {_quoted(upper)}"
        hint = f"Raise the leading of its style to at least {_tenths(leading + overlap)}pt, or lower its size."
        return Overset(overlap, _subject(lower), reason, hint, lower.run.span)
    hint = "Set them further apart: raise the leading or the gap between them."
    return Overset(overlap, _subject(text), f"stands on {_quoted(other)}", hint, text.run.span)


def _tenths(points: float) -> str:
    """A length in points, rounded up to tenths."""
    return f"{ceil(points * 10 - 0.001) / 10:g}"


def _subject(text: _Text) -> str:
    return f"{_quoted(text)} ({text.name})" if text.name else _quoted(text)


def _quoted(text: _Text) -> str:
    shown = text.run.text.replace("\u00ad", "").replace("\u00a0", " ").strip()
    return f"“{shown}”" if len(shown) <= _LONGEST_SHOWN else f"“{shown[: _LONGEST_SHOWN - 2].rstrip()}…”"
