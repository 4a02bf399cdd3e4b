"""A tile: a filled, rounded rectangle of fixed size with a short text in its optical middle."""

from __future__ import annotations

from cardprint.layout.blocks.text import cap_height
from cardprint.layout.line import centred_line, line_width
from cardprint.layout.measure import Engine, Measured, Overset, Widths
from cardprint.model.content import TileBlock
from cardprint.model.frame import FilledRect, Group
from cardprint.model.geometry import TOLERANCE, Rect


def intrinsic(block: TileBlock, engine: Engine) -> Widths:
    return Widths(block.size.width, block.size.width)


def measure(block: TileBlock, width: float, engine: Engine) -> Measured:
    text = engine.setting.run(block.text)
    wide = line_width(text, engine.fonts)
    oversets = []
    if wide > block.size.width + TOLERANCE:
        reason = f"is {wide:.1f} pt wide, its tile {block.size.width:g} pt"
        hint = "Make the tile wider or the text shorter."
        oversets.append(Overset(wide - block.size.width, f"“{block.text.text}”", reason, hint, block.text.span))
    high = cap_height(engine.fonts[text.style.face], text.style.size)
    if high > block.size.height + TOLERANCE:
        reason = f"is {high:.1f} pt high, its tile {block.size.height:g} pt"
        hint = "Make the tile higher or the type smaller."
        oversets.append(Overset(high - block.size.height, f"“{block.text.text}”", reason, hint, block.text.span))
    if block.size.width > width + TOLERANCE:
        reason = f"is {block.size.width:g} pt wide in a column of {width:.1f} pt"
        oversets.append(Overset(block.size.width - width, "the tile", reason, "Widen the column.", block.span))
    return Measured(block.size, _baseline(block, engine), tuple(oversets))


def _baseline(block: TileBlock, engine: Engine) -> float:
    style = engine.setting.style(block.text.style)
    return (block.size.height + cap_height(engine.fonts[style.face], style.size)) / 2


def place(block: TileBlock, region: Rect, engine: Engine) -> Group:
    text = engine.setting.run(block.text)
    tile = Rect(region.x, region.y, block.size.width, block.size.height)
    return Group(
        region=tile,
        items=(
            FilledRect(tile, block.fill, radius=block.radius, span=block.span),
            *centred_line(text, tile.x + tile.width / 2, tile.y + _baseline(block, engine), engine.fonts),
        ),
        role=block.role,
        name=block.name,
        span=block.span,
    )
