"""A loaded file before it means anything: scalars as raw text, each with its place."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from cardprint.model.diagnostics import Span


class ScalarNode(Struct, frozen=True):
    """A scalar as written: `8.50` stays "8.50", `NO` stays "NO". `quoted` tells "1" from 1.

    `comment` is what follows it from a # on, which belongs to it no more, though its writer may have thought so."""

    text: str
    quoted: bool
    span: Span
    comment: Comment | None = None


class Comment(Struct, frozen=True):
    """The words of a comment, its # among them."""

    text: str
    span: Span


class SequenceNode(Struct, frozen=True):
    """A list of nodes."""

    items: tuple[Node, ...]
    span: Span


class Entry(Struct, frozen=True):
    """One `key: value` of a mapping."""

    key: ScalarNode
    value: Node


class MappingNode(Struct, frozen=True):
    """A mapping in file order; its keys are unique scalars."""

    entries: tuple[Entry, ...]
    span: Span

    def get(self, key: str) -> Node | None:
        """The value under `key`, or None."""
        for entry in self.entries:
            if entry.key.text == key:
                return entry.value
        return None

    def __iter__(self) -> Iterator[tuple[str, Node]]:
        return ((entry.key.text, entry.value) for entry in self.entries)


Node = ScalarNode | SequenceNode | MappingNode
