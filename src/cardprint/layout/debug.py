"""The skeleton of a page painted over it: regions, live area and baselines, as decoration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from cardprint.model.colour import Swatch
from cardprint.model.content import Stroke
from cardprint.model.frame import FilledRect, FrameItem, Group, PageFrame, RuleItem, TextRun
from cardprint.model.geometry import Rect

_REGION: Final = Stroke(0.25, Swatch("debug-region", (0, 140, 200), (100, 0, 0, 0)))
_CELL: Final = Stroke(0.25, Swatch("debug-cell", (200, 0, 140), (0, 100, 0, 0)))
_BASELINE: Final = Stroke(0.25, Swatch("debug-baseline", (0, 160, 60), (100, 0, 100, 0)))
_LIVE: Final = Stroke(0.5, Swatch("debug-live", (230, 90, 0), (0, 60, 100, 0)))


def with_skeleton(frame: PageFrame) -> PageFrame:
    """The page with its skeleton painted over it: the outline of every region in blue, of every table cell in magenta,
    every baseline in green, the live area in orange."""
    trim = frame.page.trim
    live = Rect(0.0, 0.0, trim.width, trim.height).inset(frame.page.margins)
    outlines = Group(
        region=frame.root.region,
        items=(*_outlined(frame.root).items, FilledRect(live, None, stroke=_LIVE)),
    )
    return replace(frame, root=replace(frame.root, items=(*frame.root.items, outlines)))


def _outlined(group: Group) -> Group:
    """The outlines of a group and of all within it, without roles, turned as it is turned."""
    inner: list[FrameItem] = []
    own = [FilledRect(group.region, None, stroke=_CELL if group.role is not None and not group.name else _REGION)]
    for item in group.items:
        match item:
            case Group():
                inner.append(_outlined(item))
            case TextRun():
                inner.extend(_baselines(item))
            case _:
                continue
    if group.matrix is None:
        return Group(region=group.region, items=(*own, *inner))
    return Group(region=group.region, items=(*own, Group(group.region, tuple(inner), matrix=group.matrix)))


def _baselines(run: TextRun) -> Iterator[RuleItem]:
    yield RuleItem(run.x, run.baseline, run.x + run.width, run.baseline, _BASELINE)
