"""Readers: what a file may hold at some place, said once, for reading nodes and for the JSON Schema.

Reading never stops at the first problem: a value that is refused is reported and left out.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from contextlib import suppress
from typing import Any, Generic, TypeVar

from cardprint.model.node import MappingNode, Node, ScalarNode, SequenceNode
from cardprint.validate.place import At, RefusedError, is_null

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")

Schema = dict[str, Any]


class Definitions:
    """The named parts of one JSON Schema, each made once; a part may refer to itself."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {}

    def reference(self, name: str, make: Callable[[Definitions], Schema]) -> Schema:
        if name not in self.schemas:
            self.schemas[name] = {}
            self.schemas[name] = make(self)
        return {"$ref": f"#/$defs/{name}"}


class Reader(ABC, Generic[T]):
    """Reads one kind of value from one kind of node (`takes`). `expected` says it for people, article included."""

    expected: str = "a value"
    takes: type[Node] | tuple[type[Node], ...] = ScalarNode

    @abstractmethod
    def read(self, at: At) -> T:
        """The value, or `RefusedError` once it is reported."""

    @abstractmethod
    def schema(self, definitions: Definitions) -> Schema:
        """The same rule as JSON Schema."""


class List(Reader[tuple[T, ...]]):
    """A list of `least` to `most` entries of one kind. Entries that are refused are left out."""

    takes = SequenceNode

    def __init__(self, item: Reader[T], what: str, *, least: int = 0, most: int = 500) -> None:
        self.item = item
        self.least = least
        self.most = most
        self.expected = f"a list of {what}"
        self.what = what

    def read(self, at: At) -> tuple[T, ...]:
        self.check(at, len(at.node.items) if isinstance(at.node, SequenceNode) else 0)
        values = []
        for item in at.items():
            with suppress(RefusedError):
                values.append(self.item.read(item))
        return tuple(values)

    def check(self, at: At, count: int) -> None:
        """Refuse what is no list, or none of a `count` that is allowed."""
        if not isinstance(at.node, SequenceNode):
            raise at.wrong_type(self.expected)
        if count > self.most:
            raise at.refusal("too-many", f"Found {count} {self.what}; at most {self.most} are read.", "Split the file.")
        if count < self.least:
            raise at.refusal(
                "too-few", f"Found {count} {self.what}, expected at least {self.least}.", f"List the {self.what}."
            )

    def schema(self, definitions: Definitions) -> Schema:
        schema = {"type": "array", "items": self.item.schema(definitions), "maxItems": self.most}
        return {**schema, "minItems": self.least} if self.least else schema


class Table(Reader[dict[str, T]]):
    """A mapping whose keys are names of the file's own choosing, each with a value of one kind."""

    takes = MappingNode

    def __init__(self, key: Reader[str], value: Reader[T], what: str, *, most: int = 500) -> None:
        self.key = key
        self.value = value
        self.most = most
        self.what = what
        self.expected = f"a mapping of {what}"

    def read(self, at: At) -> dict[str, T]:
        if not isinstance(at.node, MappingNode):
            raise at.wrong_type(self.expected)
        count = len(at.node.entries)
        if count > self.most:
            raise at.refusal("too-many", f"Found {count} {self.what}; at most {self.most} are read.", "Split the file.")
        values = {}
        for entry in at.node.entries:
            with suppress(RefusedError):
                name = self.key.read(at.key(entry.key.text, entry.key))
                values[name] = self.value.read(at.key(entry.key.text, entry.value))
        return values

    def schema(self, definitions: Definitions) -> Schema:
        return {
            "type": "object",
            "additionalProperties": self.value.schema(definitions),
            "maxProperties": self.most,
        }


class Unread(Reader[Node]):
    """A mapping that counts only together with another, and is read when the two are merged."""

    takes = MappingNode

    def __init__(self, reader: Reader[Any]) -> None:
        self.reader = reader
        self.expected = reader.expected

    def read(self, at: At) -> Node:
        if not isinstance(at.node, MappingNode):
            raise at.wrong_type(self.expected)
        return at.node

    def schema(self, definitions: Definitions) -> Schema:
        return self.reader.schema(definitions)


class Either(Reader[A | B], Generic[A, B]):
    """One of two kinds of value that differ by their node (a text or a list, say)."""

    def __init__(self, first: Reader[A], second: Reader[B]) -> None:
        self.options: tuple[Reader[A], Reader[B]] = (first, second)
        self.expected = f"{first.expected} or {second.expected}"

    def read(self, at: At) -> A | B:
        first, second = self.options
        if is_null(at.node):
            raise at.wrong_type(self.expected)
        if isinstance(at.node, first.takes):
            return first.read(at)
        if isinstance(at.node, second.takes):
            return second.read(at)
        raise at.wrong_type(self.expected)

    def schema(self, definitions: Definitions) -> Schema:
        return {"oneOf": [option.schema(definitions) for option in self.options]}


class OrNothing(Reader[T | None], Generic[T]):
    """A value, or an explicit null that says there is none."""

    def __init__(self, reader: Reader[T]) -> None:
        self.reader = reader
        self.takes = reader.takes
        self.expected = f"{reader.expected} or null"

    def read(self, at: At) -> T | None:
        return None if is_null(at.node) else self.reader.read(at)

    def schema(self, definitions: Definitions) -> Schema:
        return {"oneOf": [self.reader.schema(definitions), {"type": "null"}]}


class Placed(Generic[T]):
    """A value with its place, for what is checked against other values later."""

    __slots__ = ("at", "value")

    def __init__(self, value: T, at: At) -> None:
        self.value = value
        self.at = at


class Placing(Reader[Placed[T]], Generic[T]):
    """Reads what another reader reads and keeps the place."""

    def __init__(self, reader: Reader[T]) -> None:
        self.reader = reader
        self.takes = reader.takes
        self.expected = reader.expected

    def read(self, at: At) -> Placed[T]:
        return Placed(self.reader.read(at), at)

    def schema(self, definitions: Definitions) -> Schema:
        return self.reader.schema(definitions)
