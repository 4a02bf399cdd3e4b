"""Strings of layouts and frameworks with placeholders: `{dotted.path|filter}`, and nothing more.

`{{` and `}}` stand for braces. There are no expressions; a path names a field of the scope, a filter
one of `FILTERS`. Strings of a state's file are literal and never become templates.
"""

from __future__ import annotations

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Span

FILTERS = {
    "upper": "in capitals",
    "lower": "in small letters",
    "possessive": "with the possessive ending of the dataset's grammar (Mississippi’s, Texas’)",
    "date": "a date in the long form of the dataset's grammar (November 17, 2021)",
    "count": "how many items a list holds",
}
"""Every filter with its meaning; compose implements them, validate knows them by name."""


class Placeholder(Struct, frozen=True):
    """`{path|filter|…}`: a dotted path into the scope and the filters applied to its value, in order."""

    path: tuple[str, ...]
    filters: tuple[str, ...] = ()
    span: Span = NOWHERE


class Template(Struct, frozen=True):
    """A string in parts: literal text and placeholders, in order."""

    parts: tuple[str | Placeholder, ...]
    span: Span = NOWHERE

    @property
    def sole(self) -> Placeholder | None:
        """The placeholder, if the template is nothing else: then its value keeps its kind (rich text, list)."""
        match self.parts:
            case (Placeholder() as placeholder,):
                return placeholder
        return None
