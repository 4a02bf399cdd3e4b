"""Text: a paragraph set to its region's width, its lines a leading apart.

A line is as high as the leading, and its capitals stand in the middle of it: so a text centred in a region looks
centred, and the space above a paragraph equals the space below.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from math import inf
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.layout.paragraph import Line, Paragraph, Stretch, paragraph, resized
from cardprint.model.content import Run, TextBlock
from cardprint.model.frame import FrameItem, Group, LinkArea, TextRun
from cardprint.model.geometry import TOLERANCE, Insets, Rect, Size
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import FontFace

_SIZE_STEP: Final = 0.1
"""A text that is fitted to one line gets a size in whole tenths of a point."""

_AROUND: Final = 0.95
"""Points around a text's region in which its links can be clicked, too."""


class Typeset(Struct, frozen=True):
    """A text in the type that it gets at a width, and the paragraph that it makes; `shrunk` to stand on one line."""

    block: TextBlock
    paragraph: Paragraph
    shrunk: bool = False


def typeset(block: TextBlock, width: float, engine: Engine) -> Typeset:
    """The text on the engine's rung of copyfit; with a range of sizes, at the largest that fits one line of `width`
    (or at its smallest)."""
    if block.style.smallest is None:
        return _on_rung(block, inf, engine)
    natural = engine.once(_on_rung, block, inf)
    style, whole = natural.block.style, natural.paragraph
    if whole.full_width <= max(0.0, width) + TOLERANCE:
        return natural
    size = int(style.size * width / whole.full_width / _SIZE_STEP) * _SIZE_STEP
    fitted = resized(natural.block, max(round(size, 1), block.style.smallest))
    return Typeset(fitted, paragraph(fitted.runs, fitted.style, engine.fonts), shrunk=True)


def _on_rung(block: TextBlock, _: float, engine: Engine) -> Typeset:
    """The text in its own size on the engine's rung of copyfit."""
    style = engine.setting.style(block.style)
    runs = tuple([engine.setting.run(run) for run in block.runs])
    if style is not block.style or runs != block.runs:
        block = replace(block, style=style, runs=runs)
    return Typeset(block, paragraph(block.runs, block.style, engine.fonts))


def intrinsic(block: TextBlock, engine: Engine) -> Widths:
    natural = engine.once(_on_rung, block, inf)
    style, whole = natural.block.style, natural.paragraph
    if style.smallest is not None:
        return Widths(whole.full_width * style.smallest / style.size, whole.full_width)
    return Widths(whole.least_width, whole.full_width)


def measure(block: TextBlock, width: float, engine: Engine) -> Measured:
    fitted = engine.once(typeset, block, width)
    lines = fitted.paragraph.lines(width)
    leading = _leading(block, engine)
    height = leading * (1 if block.style.smallest is not None else len(lines))
    baseline = first_baseline(fitted.block, leading, engine) if lines else None
    return Measured(Size(width, height), baseline, _oversets(fitted.block, lines, width))


def _leading(block: TextBlock, engine: Engine) -> float:
    """The leading stays when a text is set smaller to fit its line: what stands below keeps its place on every card."""
    return engine.setting.style(block.style).leading


def first_baseline(block: TextBlock, leading: float, engine: Engine) -> float:
    """From the top of the block to its first baseline: the capitals stand in the middle of the line."""
    face = engine.fonts[block.style.face]
    return (leading + cap_height(face, block.style.size)) / 2


def cap_height(face: FontFace, size: float) -> float:
    """The height of the capitals of a face at a size, in points."""
    return face.cap_height * size / face.units_per_em


def _oversets(block: TextBlock, lines: tuple[Line, ...], width: float) -> tuple[Overset, ...]:
    broken = block.style.smallest is not None and len(lines) > 1
    widest = max([line.width for line in lines], default=0.0)
    if not broken and widest <= max(0.0, width) + TOLERANCE:
        return ()
    subject = block.field or f"“{_shortened(block.runs)}”"
    span = block.runs[0].span if block.runs else block.span
    if broken:
        excess = sum(piece.width for line in lines for piece in line.pieces) - width
        reason = (
            f"must stand on one line of {width:.1f} pt and does not at its smallest size, {block.style.smallest:g} pt"
        )
        hint = "Shorten the text, widen its column or lower `smallest` in its style."
        return (Overset(excess, subject, reason, hint, span),)
    reason = f"has a word of {widest:.1f} pt in a column of {width:.1f} pt"
    return (Overset(widest - width, subject, reason, "Widen the column or choose another word.", span),)


def _shortened(runs: tuple[Run, ...], length: int = 40) -> str:
    text = _undivided("".join(run.text for run in runs))
    return text if len(text) <= length else text[: length - 1] + "…"


def place(block: TextBlock, region: Rect, engine: Engine) -> Group:
    fitted = engine.once(typeset, block, region.width)
    runs, leading = fitted.block.runs, _leading(block, engine)
    first = region.y + first_baseline(fitted.block, leading, engine)
    stretches = fitted.paragraph.stretches(region.width)
    texts = tuple([_text_run(part, runs[part.run], region.x, first + part.line * leading) for part in stretches])
    roles = [_run_role(run) for run in runs]
    items = _grouped(texts, stretches, runs, roles, region) if any(roles) else texts
    return Group(region, items, block.role, name=block.name, field=block.field, span=block.span)


def _text_run(stretch: Stretch, run: Run, x: float, baseline: float) -> TextRun:
    _, _, indent, width, word_space, pieces = stretch
    style = run.style
    size = style.size
    return TextRun(x + indent, baseline, width, pieces, size, style.swatch, style.tracking * size, word_space, run.span)


def _grouped(
    texts: Sequence[TextRun],
    stretches: Sequence[Stretch],
    runs: Sequence[Run],
    roles: Sequence[Role | None],
    region: Rect,
) -> tuple[FrameItem, ...]:
    """The texts in order; those of a run with a role in a group of their own."""
    items: list[FrameItem] = []
    for number, found in groupby(zip(stretches, texts, strict=True), key=lambda part: part[0].run):
        stretch = tuple([text for _, text in found])
        role = roles[number]
        items.extend(stretch if role is None else [_run_group(stretch, runs[number], role, region)])
    return tuple(items)


def _run_role(run: Run) -> Role | None:
    """The role of a link, an abbreviation or words in another language."""
    if run.link is not None:
        return Role(Tag.LINK, expansion=run.expansion, language=run.language)
    if run.expansion is not None or run.language is not None:
        return Role(Tag.SPAN, expansion=run.expansion, language=run.language)
    return None


def _run_group(stretch: tuple[TextRun, ...], run: Run, role: Role, region: Rect) -> Group:
    if run.link is None:
        return Group(region=region, items=stretch, role=role, span=run.span)
    area = LinkArea(_link_rects(stretch, region), run.link, _undivided(run.text), run.span)
    return Group(region=region, items=(*stretch, area), role=role, span=run.span)


def _undivided(text: str) -> str:
    """The text without the soft hyphens that say where lines may divide its words."""
    return text.replace("\u00ad", "")


def _link_rects(stretch: tuple[TextRun, ...], region: Rect) -> tuple[Rect, ...]:
    """One rectangle for each line that a link's words stand on; a line that has only its space has none.

    Type that is set tight reaches out of its region: it can be clicked no farther than a little around that."""
    within = region.inset(Insets(*[-_AROUND] * 4))
    rects: dict[float, Rect] = {}
    for run in stretch:
        if run.width > 0:
            box = line_box(run)
            rects[run.baseline] = rects[run.baseline].union(box) if run.baseline in rects else box
    return tuple([rect if within.contains(rect) else _common(rect, within) for rect in rects.values()])


def _common(one: Rect, other: Rect) -> Rect:
    """What two rectangles have in common."""
    x, y = max(one.x, other.x), max(one.y, other.y)
    return Rect(x, y, min(one.right, other.right) - x, min(one.bottom, other.bottom) - y)


def line_box(run: TextRun) -> Rect:
    """From the ascenders to the descenders of a run: what a reader would click, and what a text covers."""
    face = run.pieces[0].face
    ascent = face.ascent * run.size / face.units_per_em
    descent = face.descent * run.size / face.units_per_em
    return Rect(run.x, run.baseline - ascent, run.width, ascent + descent)
