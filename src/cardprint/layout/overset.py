"""Too high for its page: which texts must give way, and how many lines and words must go from each."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from cardprint.layout.blocks import columns, table
from cardprint.layout.flow import aligned_width
from cardprint.layout.measure import Engine, Overset
from cardprint.layout.paragraph import paragraph
from cardprint.model.content import Block, BoxBlock, ColumnsBlock, StackBlock, TableBlock, TextBlock
from cardprint.model.geometry import TOLERANCE


class Driver(Struct, frozen=True):
    """A text that makes its page as high as it is: one of its `lines` less gains `leading` points, until nothing of
    `room` is left. `words` counts those on each line."""

    block: TextBlock
    words: tuple[int, ...]
    leading: float
    room: float

    @property
    def lines(self) -> int:
        return len(self.words)


def drivers(block: Block, width: float, engine: Engine, room: float = float("inf")) -> Iterator[Driver]:
    """The texts on which the height of a block depends, in reading order."""
    match block:
        case TextBlock():
            style = engine.setting.style(block.style)
            runs = tuple(engine.setting.run(run) for run in block.runs)
            lines = paragraph(runs, style, engine.fonts).lines(width)
            words = tuple(sum(not piece.space for piece in line.pieces) for line in lines)
            room = min(room, style.leading * (len(lines) - 1))
            if style.smallest is None and room > TOLERANCE:
                yield Driver(block, words, style.leading, room)
        case StackBlock():
            for child in block.children:
                yield from drivers(child, width, engine, room)
        case BoxBlock(height=None, child=child) if child is not None:
            inner = (width if block.width is None else block.width) - block.inset.horizontal
            yield from drivers(child, aligned_width(child, inner, block.halign, engine), engine, room)
        case ColumnsBlock():
            found = columns.tallest(block, width, engine)
            if found is not None:
                yield from drivers(found.block, found.width, engine, min(room, found.lead))
        case TableBlock():
            for found in table.tallest(block, width, engine):
                yield from drivers(found.block, found.width, engine, min(room, found.lead))
        case _:
            return


class Cut(Struct, frozen=True):
    """How much one text must lose: `lines` of it, `words` that stand on them."""

    driver: Driver
    lines: int
    words: int


def cuts(body: Block, width: float, excess: float, engine: Engine) -> tuple[list[Cut], float]:
    """The fewest lines to cut, always from the text that has most of them, to gain `excess` points; and the points
    that no text can give."""
    originals = list(drivers(body, width, engine))
    left = dict(enumerate(originals))
    cut = dict.fromkeys(left, 0)
    while excess > TOLERANCE and left:
        index = max(left, key=lambda i: (left[i].lines, -i))
        driver = left[index]
        gain = min(driver.leading, driver.room)
        excess -= gain
        cut[index] += 1
        shorter = replace(driver, words=driver.words[:-1], room=driver.room - gain)
        if shorter.room > TOLERANCE:
            left[index] = shorter
        else:
            del left[index]
    found = [Cut(originals[i], n, sum(originals[i].words[-n:])) for i, n in cut.items() if n]
    return found, max(0.0, excess)


def page_oversets(body: Block, width: float, excess: float, engine: Engine, floor: str) -> list[Overset]:
    """An overset for each text that must give way when the page is `excess` points too high.

    `floor` says where copyfit stopped."""
    found, rest = cuts(body, width, excess, engine)
    oversets = [_overset(cut, floor) for cut in found]
    if rest > TOLERANCE or not oversets:
        reason = f"is too high for its live area by {excess:.1f} pt{floor}"
        hint = "Lower insets and gaps, or take blocks off the page."
        oversets.append(Overset(rest or excess, "the page", reason, hint, body.span))
    return oversets


def _overset(cut: Cut, floor: str) -> Overset:
    driver, block = cut.driver, cut.driver.block
    needed, room = driver.lines, driver.lines - cut.lines
    reason = f"needs {needed} lines, the page has room for {room} of them{floor}"
    words = "1 word" if cut.words == 1 else f"{cut.words} words"
    hint = f"Shorten it by about {words}, or lower the insets of its row."
    span = block.runs[0].span if block.runs else block.span
    return Overset(min(cut.lines * driver.leading, driver.room), block.field or "a text", reason, hint, span)
