"""Copyfit as a layout declares it: an ordered, finite ladder of small adjustments, each with its floor."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Final

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.typography import TextStyle

SMALLEST_BODY: Final = 7.5
"""Points; text of a card is never made smaller than this to fit."""

_TOLERANCE: Final = 1e-6
"""Shares of a turn that are no turn: 1 pt by 0.1 pt is ten, not eleven."""


class Adjustment(Enum):
    """What a step of copyfit takes from."""

    TRACKING = "tracking"
    LEADING = "leading"
    SIZE = "size"
    PADDING = "padding"


class CopyfitScope(Enum):
    """Who shares a setting: each card has its own, or the whole edition that of its tightest card."""

    CARD = "card"
    SET = "set"


class CopyfitStep(Struct, frozen=True):
    """Take `by` from one measure again and again, never below `floor`.

    Tracking is in em, the others in points. Tracking, leading and size are those of `styles`; padding is what table
    rows keep above and below their cells, `start` the most of it in the layout."""

    what: Adjustment
    by: float
    floor: float
    styles: tuple[TextStyle, ...] = ()
    start: float = 0.0
    span: Span = NOWHERE


class Copyfit(Struct, frozen=True):
    """The steps in the order in which they are taken; without steps nothing is ever adjusted."""

    scope: CopyfitScope = CopyfitScope.CARD
    steps: tuple[CopyfitStep, ...] = ()


NO_COPYFIT = Copyfit()

Values = Mapping[tuple[str, Adjustment], float]
"""What the steps so far have left of a measure, by the name of its style (padding: of none)."""


def ladder(steps: Sequence[CopyfitStep]) -> list[tuple[CopyfitStep, int]]:
    """Each step with how often it can be taken before all that it lowers stands at its floor, given what the steps
    before it have left."""
    found: list[tuple[CopyfitStep, int]] = []
    values: dict[tuple[str, Adjustment], float] = {}
    for step in steps:
        starts = starts_of(step, values)
        times = max((math.ceil((start - step.floor) / step.by - _TOLERANCE) for _, start in starts), default=0)
        found.append((step, max(0, times)))
        values.update({(name, step.what): min(start, step.floor) for name, start in starts})
    return found


def starts_of(step: CopyfitStep, values: Values) -> list[tuple[str, float]]:
    """The name and the value of everything that a step lowers, as the steps before it have left it in `values`."""
    if step.what is Adjustment.PADDING:
        return [("", values.get(("", step.what), step.start))]
    return [(style.name, values.get((style.name, step.what), measure_of(style, step.what))) for style in step.styles]


def measure_of(style: TextStyle, what: Adjustment) -> float:
    """What a step lowers of a style: adjustments of type are named after the style's fields."""
    value: float = getattr(style, what.value)
    return value
