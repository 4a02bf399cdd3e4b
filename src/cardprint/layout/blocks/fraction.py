"""A stacked fraction: two short texts centred over one another, a bar between them."""

from __future__ import annotations

from typing import Final

from cardprint.layout.blocks.text import cap_height
from cardprint.layout.line import centred_line, line_ink, line_width
from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.model.content import FractionBlock, Run
from cardprint.model.frame import Group, RuleItem
from cardprint.model.geometry import TOLERANCE, Rect, Size

_TYPICAL: Final = "0,"
"""Rounds and commas reach beyond a figure's height: room is kept for both, so that fractions in a style are of one
height whatever their figures are."""


def intrinsic(block: FractionBlock, engine: Engine) -> Widths:
    width = _width(block, engine)
    return Widths(width, width)


def _width(block: FractionBlock, engine: Engine) -> float:
    figures = (engine.setting.run(block.over), engine.setting.run(block.under))
    return max(block.bar_width, *(line_width(run, engine.fonts) for run in figures))


def _figures(run: Run, engine: Engine) -> float:
    style = engine.setting.style(run.style)
    return cap_height(engine.fonts[style.face], style.size)


def _air(block: FractionBlock, engine: Engine) -> float:
    """What ink needs above the upper figures and below the lower ones, the same at both ends: the fraction stays in the
    middle of its cell."""
    over, under = engine.setting.run(block.over), engine.setting.run(block.under)
    above = max(line_ink(text, over.style, engine.fonts)[0] for text in (over.text, _TYPICAL))
    below = max(line_ink(text, under.style, engine.fonts)[1] for text in (under.text, _TYPICAL))
    return max(0.0, above - _figures(block.over, engine), below)


def measure(block: FractionBlock, width: float, engine: Engine) -> Measured:
    over, under = _figures(block.over, engine), _figures(block.under, engine)
    wide = _width(block, engine)
    air = _air(block, engine)
    size = Size(wide, over + under + block.bar.weight + 2 * (block.clearance + air))
    if wide <= width + TOLERANCE:
        return Measured(size, air + over)
    reason = f"is {wide:.1f} pt wide in a column of {width:.1f} pt"
    subject = f"the fraction {block.over.text} over {block.under.text}"
    return Measured(size, air + over, (Overset(wide - width, subject, reason, "Widen the column.", block.over.span),))


def place(block: FractionBlock, region: Rect, engine: Engine) -> Group:
    measured = engine.measure(block, region.width)
    centre = region.x + measured.size.width / 2
    over_baseline = region.y + _air(block, engine) + _figures(block.over, engine)
    bar = over_baseline + block.clearance + block.bar.weight / 2
    under_baseline = bar + block.bar.weight / 2 + block.clearance + _figures(block.under, engine)
    half = block.bar_width / 2
    return Group(
        region=Rect(region.x, region.y, measured.size.width, measured.size.height),
        items=(
            *centred_line(engine.setting.run(block.over), centre, over_baseline, engine.fonts, optical=False),
            RuleItem(centre - half, bar, centre + half, bar, block.bar, block.span),
            *centred_line(engine.setting.run(block.under), centre, under_baseline, engine.fonts, optical=False),
        ),
        role=block.role,
        name=block.name,
        span=block.span,
    )
