"""Values of the scope from what a dataset may leave out."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from cardprint.model.diagnostics import Span
from cardprint.model.scope import DateValue, MissingValue, NumberValue, TextValue, Value


def missing(what: str, span: Span, *, optional: bool = False) -> MissingValue:
    """What stands for a field that is not given; `what` names it for people."""
    return MissingValue(what, optional, span)


def text(value: str | None, what: str, span: Span) -> Value:
    """A text, or the optional field `what` that is missing."""
    return missing(what, span, optional=True) if value is None else TextValue(value, span)


def date(value: dt.date | None, what: str, span: Span) -> Value:
    """A date likewise."""
    return missing(what, span, optional=True) if value is None else DateValue(value, span)


def number(value: Decimal | None, what: str, span: Span, *, optional: bool = True) -> Value:
    """A number likewise; a required one if it is not `optional`."""
    return missing(what, span, optional=optional) if value is None else NumberValue(value, span)
