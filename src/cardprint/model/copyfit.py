"""Copyfit as a layout declares it: an ordered, finite ladder of small adjustments, each with its floor."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.typography import TextStyle


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
