"""Paths checked against the shape of the scope."""

from __future__ import annotations

from collections.abc import Sequence

from cardprint.model.scope import Kind, ListShape, RecordShape, Shape
from cardprint.model.template import Placeholder
from cardprint.validate.spelling import nearest, remedy

_ARTICLES = {
    Kind.TEXT: "a text",
    Kind.NUMBER: "a number",
    Kind.FLAG: "a flag",
    Kind.DATE: "a date",
    Kind.RICH: "rich text",
}


class ScopeError(Exception):
    """A path that names nothing, or a filter that does not apply; `message` and `hint` as in a diagnostic."""

    def __init__(self, code: str, message: str, hint: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.hint = hint


def describe(shape: Shape) -> str:
    """A shape for people, with its article."""
    match shape:
        case Kind():
            return _ARTICLES[shape]
        case ListShape():
            return "a list"
        case RecordShape():
            return "a group of fields"


def shape_at(path: Sequence[str], scope: RecordShape) -> Shape:
    """What stands at `path`. Raises `ScopeError` (unknown-path), which suggests the nearest name."""
    shape: Shape = scope
    for depth, name in enumerate(path):
        before = ".".join(path[:depth])
        if isinstance(shape, ListShape):
            hint = f"Walk it with repeat: {before} as …, or count it with {before}|count."
            raise ScopeError("unknown-path", f'"{before}" is a list and has no field "{name}".', hint)
        if isinstance(shape, Kind):
            raise ScopeError("unknown-path", f'"{before}" is {describe(shape)} and has no fields.', f"Write {before}.")
        if name not in shape.fields:
            raise _unknown(name, before, shape)
        shape = shape.fields[name]
    return shape


def _unknown(name: str, before: str, shape: RecordShape) -> ScopeError:
    if before:
        return ScopeError("unknown-path", f'"{before}" has no field "{name}".', remedy(name, shape.fields))
    message = f'Nothing here is called "{name}".'
    lists = [field for field, inner in shape.fields.items() if isinstance(inner, ListShape)]
    if name == "loop":
        return ScopeError("unknown-path", message, "Use loop inside a repeat.")
    for plural in lists:
        if plural.startswith(name) and nearest(name, shape.fields) in (plural, None):
            hint = f"Add repeat: {plural} as {name} to this block or one around it."
            return ScopeError("unknown-path", message, hint)
    return ScopeError("unknown-path", message, remedy(name, shape.fields))


def shape_of(placeholder: Placeholder, scope: RecordShape) -> Shape:
    """What a placeholder gives once its filters have been applied.

    Raises `ScopeError`: unknown-path, wrong-kind."""
    shape = shape_at(placeholder.path, scope)
    for name in placeholder.filters:
        match name, shape:
            case "upper" | "lower" | "possessive", Kind.TEXT:
                pass
            case "date", Kind.DATE:
                shape = Kind.TEXT
            case "count", ListShape():
                shape = Kind.NUMBER
            case _:
                wanted = {"date": "a date", "count": "a list"}.get(name, "a text")
                message = f'the filter "{name}" takes {wanted}, and here it meets {describe(shape)}.'
                raise ScopeError("wrong-kind", message, "Remove the filter, or name another field.")
    return shape
