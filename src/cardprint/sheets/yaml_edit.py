"""Edits to YAML text at the places of its nodes: what is not edited keeps its every character, comments included.

Every function takes a document and gives the new text. A place is edited in the style that it is written in, block
or flow (in brackets). Nothing here knows what the keys mean.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from cardprint.load import parse_yaml
from cardprint.model.node import Entry, MappingNode, Node, SequenceNode
from cardprint.model.source import Source
from cardprint.sheets.yaml_text import WIDTH, Item, fill

_LINE_END = re.compile("\r\n|\r|\n")
_COMMA_AFTER = re.compile(r"[ ]*,[ ]*")


class NotEditableError(Exception):
    """A place is written in a way that cannot be edited without touching something else."""


class Document(Struct, frozen=True):
    """A YAML file's text, without a byte order mark, and its nodes."""

    file: str
    text: str
    root: Node

    @classmethod
    def of(cls, file: str, text: str) -> Document:
        """Raises `DiagnosticError` if the text is no YAML."""
        return cls(file, text, parse_yaml(Source(file, text.encode("utf-8"))))

    @property
    def newline(self) -> str:
        """How the file ends its lines."""
        found = _LINE_END.search(self.text)
        return found[0] if found else "\n"

    def offset(self, line: int, column: int) -> int:
        """Where a line and column, both from 1, are in the text."""
        start = 0
        for _ in range(line - 1):
            end = _LINE_END.search(self.text, start)
            if end is None:
                return len(self.text)
            start = end.end()
        return min(start + column - 1, len(self.text))

    def start(self, node: Node) -> int:
        return self.offset(node.span.line, node.span.column)

    def end(self, node: Node) -> int:
        return self.offset(node.span.end_line, node.span.end_column)

    def source(self, node: Node) -> str:
        """A node as it is written."""
        return self.text[self.start(node) : self.end(node)]

    def line_start(self, offset: int) -> int:
        """Where the line of a place begins."""
        return max(self.text.rfind("\n", 0, offset), self.text.rfind("\r", 0, offset)) + 1

    def line_end(self, offset: int) -> int:
        """Where the line of a place ends, before the signs that end it."""
        found = _LINE_END.search(self.text, offset)
        return found.start() if found else len(self.text)

    def next_line(self, offset: int) -> int:
        """Where the line after a place begins."""
        found = _LINE_END.search(self.text, offset)
        return found.end() if found else len(self.text)

    def in_flow(self, node: Node) -> bool:
        """Whether a collection is written in brackets."""
        return self.text[self.start(node) : self.start(node) + 1] in ("{", "[")

    def indent(self, node: Node) -> int:
        """The columns before the line's first sign in which a node begins."""
        line = self.text[self.line_start(self.start(node)) : self.line_end(self.start(node))]
        return len(line) - len(line.lstrip(" "))

    def spliced(self, start: int, end: int, new: str) -> str:
        return self.text[:start] + new + self.text[end:]


def replace_value(document: Document, node: Node, pieces: Item) -> str:
    """Another value in a node's place."""
    start, end = document.start(node), document.end(node)
    before = document.text[document.line_start(start) : start]
    if isinstance(node, SequenceNode) and not document.in_flow(node):
        before += "  "  # dashes may stand as far left as their key, brackets may not
    new = fill(before, pieces, document.indent(node) + 2, document.newline)
    return document.spliced(document.line_start(start), end, new)


def set_key(document: Document, mapping: MappingNode, key: str, pieces: Item, order: Sequence[str]) -> str:
    """The mapping with `key`, replaced where it is, else inserted behind the keys that come before it in `order`."""
    value = mapping.get(key)
    if value is not None:
        return replace_value(document, value, pieces)
    if document.in_flow(mapping):
        return _insert_flow(document, mapping, _predecessors(mapping, key, order), (f"{key}:", *pieces))
    indent = mapping.entries[0].key.span.column - 1
    line = fill(" " * indent + f"{key}: ", pieces, indent + 2, document.newline)
    return insert_block(document, mapping, key, line, order)


def insert_block(document: Document, mapping: MappingNode, key: str, lines: str, order: Sequence[str]) -> str:
    """A mapping in block style with the lines of a key that it lacks, behind those that come before it in `order`."""
    before = _predecessors(mapping, key, order)
    if before:
        return _insert_lines(document, before[-1].value, lines)
    first = document.start(mapping.entries[0].key)
    indent = " " * (mapping.entries[0].key.span.column - 1)
    return document.spliced(first, first, lines.removeprefix(indent) + document.newline + indent)


def remove_key(document: Document, mapping: MappingNode, key: str) -> str:
    """The mapping without `key`."""
    index = next(index for index, entry in enumerate(mapping.entries) if entry.key.text == key)
    entry = mapping.entries[index]
    start, end = document.start(entry.key), document.end(entry.value)
    if document.in_flow(mapping):
        previous = document.end(mapping.entries[index - 1].value) if index else None
        return _remove_flow(document, start, end, previous)
    if document.text[document.line_start(start) : start].strip():
        # The first key of a list's item stands behind the dash, where the next one takes its place.
        if index + 1 == len(mapping.entries):
            raise NotEditableError
        return document.spliced(start, document.start(mapping.entries[index + 1].key), "")
    return document.spliced(document.line_start(start), document.next_line(end), "")


def insert_item(document: Document, sequence: SequenceNode, index: int, pieces: Item) -> str:
    """The list with another item at `index`."""
    if document.in_flow(sequence):
        return _insert_flow(document, sequence, sequence.items[:index], pieces)
    if not sequence.items:
        raise NotEditableError
    dash = sequence.span.column - 1
    line = fill(" " * dash + "- ", pieces, dash + 3, document.newline)
    if index:
        return _insert_lines(document, sequence.items[index - 1], line)
    first = document.start(sequence)
    return document.spliced(first, first, line[dash:] + document.newline + " " * dash)


def remove_item(document: Document, sequence: SequenceNode, index: int) -> str:
    """The list without the item at `index`."""
    item = sequence.items[index]
    start, end = document.start(item), document.end(item)
    if document.in_flow(sequence):
        return _remove_flow(document, start, end, document.end(sequence.items[index - 1]) if index else None)
    return document.spliced(document.line_start(start), document.next_line(end), "")


def _predecessors(mapping: MappingNode, key: str, order: Sequence[str]) -> list[Entry]:
    """The entries up to the last whose key comes before `key` in `order`."""
    earlier = order[: order.index(key)]
    last = max((index for index, entry in enumerate(mapping.entries) if entry.key.text in earlier), default=-1)
    return list(mapping.entries[: last + 1])


def _insert_lines(document: Document, after: Node, lines: str) -> str:
    """Lines behind the line in which a node ends, whose comment stays with it."""
    end = document.line_end(document.end(after))
    return document.spliced(end, end, document.newline + lines)


def _insert_flow(
    document: Document, collection: MappingNode | SequenceNode, before: Sequence[Entry | Node], pieces: Item
) -> str:
    """Another item in brackets behind those `before` it; on a line of its own where the line would get too long."""
    text = " ".join(pieces)
    if not before:
        place = document.start(collection) + 1
        empty = not (collection.entries if isinstance(collection, MappingNode) else collection.items)
        return document.spliced(place, place, text if empty else f"{text}, ")
    last = before[-1]
    place = document.end(last.value if isinstance(last, Entry) else last)
    line_end = document.line_end(place)
    if line_end - document.line_start(place) + len(text) + 2 <= WIDTH:
        return document.spliced(place, place, f", {text}")
    indent = document.indent(collection) + 3
    lines = fill(" " * indent, pieces, indent, document.newline)
    return document.spliced(place, place, f",{document.newline}{lines}")


def _remove_flow(document: Document, start: int, end: int, previous: int | None) -> str:
    """The text without an item in brackets and one of the commas beside it; `previous` is the end of the one before."""
    after = _COMMA_AFTER.match(document.text, end)
    if after:
        return document.spliced(start, after.end(), "")
    if previous is None:
        return document.spliced(start, end, "")
    comma = document.text.find(",", previous, start)
    if comma < 0:
        raise NotEditableError
    between = document.text[comma + 1 : start]
    return document.spliced(comma, end, between if between.strip() else "")
