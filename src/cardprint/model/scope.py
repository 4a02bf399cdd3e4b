"""What templates can name: the shape of the scope, and the values that fill it.

The shape is what validate checks paths against; compose builds values of just this shape.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Span


class Kind(Enum):
    """What a leaf of the scope holds."""

    TEXT = "text"
    NUMBER = "number"
    FLAG = "flag"
    DATE = "date"
    RICH = "rich text"


class ListShape(Struct, frozen=True):
    """A list whose items all have one shape; `repeat` walks it."""

    item: Shape


class RecordShape(Struct, frozen=True):
    """Named fields."""

    fields: Mapping[str, Shape]


Shape = Kind | ListShape | RecordShape


EDITION = RecordShape(
    {
        "id": Kind.TEXT,
        "title": Kind.TEXT,
        "language": Kind.TEXT,
        "grammar": Kind.TEXT,
        "released": Kind.DATE,
        "laws_as_of": Kind.DATE,
        "sample": Kind.FLAG,
    }
)
EDITION_ON_CARD = RecordShape({**EDITION.fields, "address": Kind.TEXT})
"""The edition as layouts of cards see it: `address` is the state's own, and one of the framework's strings."""

PUBLISHER = RecordShape({"name": Kind.TEXT, "wordmark": Kind.TEXT, "copyright": Kind.TEXT})
PUBLISHER_ON_PAGE = RecordShape({**PUBLISHER.fields, "reprint": Kind.RICH})
"""The publisher as layouts see it: `reprint` is one of the framework's own strings and cannot be named in them."""

PLACE = RecordShape(
    {
        "name": Kind.TEXT,
        "in_text": Kind.TEXT,
        "slug": Kind.TEXT,
        "postal": Kind.TEXT,
        "address": Kind.TEXT,
        "ap": Kind.TEXT,
    }
)
"""A jurisdiction. `in_text` is its name inside a sentence, with the article that it takes there."""

STATE = RecordShape({**PLACE.fields, "revised": Kind.DATE, "revision": Kind.TEXT, "correction": Kind.TEXT})
ISSUE = RecordShape(
    {
        "id": Kind.TEXT,
        "title": Kind.TEXT,
        "icon": Kind.TEXT,
        "grade": Kind.TEXT,
        "score": Kind.NUMBER,
        "maximum": Kind.NUMBER,
        "highlights": Kind.TEXT,
    }
)
EXTRA_CREDIT = RecordShape(
    {
        "id": Kind.TEXT,
        "badge": Kind.TEXT,
        "badge_expansion": Kind.TEXT,
        "title": Kind.TEXT,
        "points": Kind.NUMBER,
        "highlights": Kind.TEXT,
    }
)
OVERALL = RecordShape({"grade": Kind.TEXT, "score": Kind.NUMBER, "maximum": Kind.NUMBER})
LINK = RecordShape({"text": Kind.TEXT, "address": Kind.TEXT})
"""A link of a rich text: its words, and where it leads."""

PASSAGE = RecordShape({"paragraph": Kind.RICH, "links": ListShape(LINK)})
"""A paragraph with the links that stand in it, in order."""

RESOURCE = RecordShape(
    {"id": Kind.TEXT, "heading": Kind.TEXT, "paragraphs": ListShape(Kind.RICH), "passages": ListShape(PASSAGE)}
)

LOOP = RecordShape({"number": Kind.NUMBER, "count": Kind.NUMBER, "first": Kind.FLAG, "last": Kind.FLAG})

FRAMEWORK_SCOPE = RecordShape({"edition": EDITION, "publisher": PUBLISHER, "state": STATE})
"""What the framework's own strings (resources, foot, file name) may name."""

CARD_SCOPE = RecordShape(
    {
        "edition": EDITION_ON_CARD,
        "publisher": PUBLISHER_ON_PAGE,
        "state": STATE,
        "issues": ListShape(ISSUE),
        "extra_credit": ListShape(EXTRA_CREDIT),
        "overall": OVERALL,
        "resources": ListShape(RESOURCE),
        "foot": ListShape(Kind.RICH),
    }
)
"""What a layout that draws one card for each state may name. Inside a repeat, its variable and `loop` join."""

GRADED_STATE = RecordShape(
    {
        **PLACE.fields,
        "grade": Kind.TEXT,
        "score": Kind.NUMBER,
        "basis": Kind.TEXT,
        "source": Kind.TEXT,
        "derived": Kind.FLAG,
        "column": Kind.NUMBER,
        "row": Kind.NUMBER,
    }
)
"""A state among all of its edition. `derived` says that no source names its grade: it is the one left over;
`column` and `row` are its place on a tile-grid map, from 0."""

GRADE_COUNT = RecordShape(
    {
        "grade": Kind.TEXT,
        "count": Kind.NUMBER,
        "states": ListShape(GRADED_STATE),
        "names": Kind.TEXT,
        "derived_names": Kind.TEXT,
    }
)
"""How many states have a grade, and which: `names` are those of which a source or their own results tell it,
`derived_names` the others."""

FIGURE = RecordShape({"id": Kind.TEXT, "title": Kind.TEXT, "value": Kind.NUMBER, "source": Kind.TEXT})

EDITION_SCOPE = RecordShape(
    {
        "edition": EDITION,
        "publisher": PUBLISHER_ON_PAGE,
        "states": ListShape(GRADED_STATE),
        "graded": ListShape(GRADED_STATE),
        "derived": ListShape(GRADED_STATE),
        "ungraded": ListShape(GRADED_STATE),
        "counts": ListShape(GRADE_COUNT),
        "lowest": GRADE_COUNT,
        "sources": Kind.RICH,
        "derived_sources": Kind.RICH,
        "figures": ListShape(FIGURE),
        "foot": ListShape(Kind.RICH),
    }
)
"""What a layout that draws one page for the whole edition may name.

`states` are all jurisdictions, those without a known grade too; `counts` goes down the scale, grades that nobody
has included, and `lowest` is its end. `sources` and `derived_sources` are one paragraph each: who names which
states' grades, and what the others are derived from. `foot` holds the foot lines that speak of no single state."""


class TextValue(Struct, frozen=True):
    """A literal string and where it was written."""

    text: str
    span: Span = NOWHERE


class NumberValue(Struct, frozen=True):
    """An exact number."""

    number: Decimal
    span: Span = NOWHERE


class FlagValue(Struct, frozen=True):
    """True or false, for `when`."""

    flag: bool
    span: Span = NOWHERE


class DateValue(Struct, frozen=True):
    """A calendar date."""

    date: dt.date
    span: Span = NOWHERE


class RichRun(Struct, frozen=True):
    """A literal run of rich text: what it is (`emphasis`), not how it looks, and its address."""

    text: str
    emphasis: str | None = None
    link: str | None = None
    span: Span = NOWHERE


class RichValue(Struct, frozen=True):
    """Runs that make one paragraph."""

    runs: tuple[RichRun, ...]
    span: Span = NOWHERE


class ListValue(Struct, frozen=True):
    """Values of one shape, in order."""

    items: tuple[Value, ...]
    span: Span = NOWHERE


class RecordValue(Struct, frozen=True):
    """Named values."""

    fields: Mapping[str, Value]
    span: Span = NOWHERE


class MissingValue(Struct, frozen=True):
    """A field that the data does not give. `what` says it for people ("the score of issue 2"); an `optional`
    one counts as false in `when` and is an error only where a text asks for it."""

    what: str
    optional: bool
    span: Span = NOWHERE


Value = TextValue | NumberValue | FlagValue | DateValue | RichValue | ListValue | RecordValue | MissingValue
