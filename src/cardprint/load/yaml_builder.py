"""Nodes built straight from a YAML parser's events.

That is quicker than PyYAML's own composer, keeps what the composer throws away (a key written twice), and
never recurses: however deep a file nests, it is this module that says so, not the interpreter's stack.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, Event, MappingStartEvent, ScalarEvent

from cardprint.load.text import INVISIBLE, character_name, split_lines
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.node import Comment, Entry, MappingNode, Node, ScalarNode, SequenceNode

MAX_DEPTH = 64
MAX_NODES = 50_000
"""Counted with every alias expanded; the largest file of an edition has under a thousand."""

_MOST_REPORTED = 50
_QUOTES_HINT = "Put the text in quotes if the sign belongs to it"
_COMMENT_BEHIND = re.compile(r"[ ]+(#[^\r\n]*)")
_COMMENT_BELOW = re.compile(r"[ ]*(?:\r\n|\r|\n)([ ]+)(#[^\s#][^\r\n]*)")
"""A line of its own is taken for more of the text only without a space after the #."""


class EnoughError(Exception):
    """Nothing after this can be read with profit; what was found so far is in the collector."""


class _Anchor:
    """What `&name` stands for: its node once complete, its size in nodes and its height in levels."""

    __slots__ = ("height", "node", "size", "span", "used")

    def __init__(self, span: Span) -> None:
        self.span = span
        self.node: Node | None = None
        self.size = 1
        self.height = 0
        self.used = False


class _Open:
    """A collection whose end has not come yet."""

    __slots__ = (
        "anchor",
        "count",
        "entries",
        "first_node",
        "height",
        "in_brackets",
        "is_mapping",
        "items",
        "key",
        "keys",
        "span",
    )

    def __init__(self, event: CollectionStartEvent, span: Span, anchor: _Anchor | None, first_node: int) -> None:
        self.span = span
        self.is_mapping = isinstance(event, MappingStartEvent)
        self.in_brackets = bool(event.flow_style)
        self.anchor = anchor
        self.first_node = first_node
        self.height = 1
        self.key: ScalarNode | None = None
        self.keys: dict[str, Span] = {}
        self.entries: list[Entry] = []
        self.items: list[Node] = []
        self.count = 0

    @property
    def content_end(self) -> tuple[int, int]:
        """Line and column just after the last child, or the collection's own start."""
        ends = [(self.span.end_line, self.span.end_column)]
        ends += [(entry.value.span.end_line, entry.value.span.end_column) for entry in self.entries[-1:]]
        ends += [(item.span.end_line, item.span.end_column) for item in self.items[-1:]]
        return max(ends)


class NodeBuilder:
    """Takes the events of one document in order; `root` is its node tree when they have ended.

    If the document is a list and `on_entry` is given, each entry is handed over when it is complete, and of all of them
    the tree keeps the last: so a list may be longer than memory has room for its nodes."""

    def __init__(
        self,
        file: str,
        text: str,
        collector: Collector,
        most: int = MAX_NODES,
        on_entry: Callable[[Node], None] | None = None,
    ) -> None:
        self.root: Node | None = None
        self._on_entry = on_entry
        self._most = most
        self._file = file
        self._text = text
        self._collector = collector
        self._lines: list[str] = []
        self._has_comments = " #" in text
        self._stack: list[_Open] = []
        self._anchors: dict[str, _Anchor] = {}
        self._count = 0

    def take(self, event: Event) -> None:
        """Add one event. Raises `EnoughError` when a limit is passed."""
        if isinstance(event, ScalarEvent):
            self._scalar(event)
        elif isinstance(event, CollectionStartEvent):
            self._open(event)
        elif isinstance(event, CollectionEndEvent):
            self._close(event)
        elif isinstance(event, AliasEvent):
            self._alias(event)

    def report_unused_anchors(self) -> None:
        """Report every `&name` that no alias repeats: it is a text's own sign more often than an oversight."""
        for name, anchor in self._anchors.items():
            self._report_if_unused(name, anchor)

    def _scalar(self, event: ScalarEvent) -> None:
        span = self._scalar_span(event)
        self._add_to_count(1, 0, span)
        comment = self._comment(event, span) if self._has_comments and not event.style else None
        node = ScalarNode(event.value, bool(event.style), span, comment)
        if event.tag is not None:
            self._report_tag(event.tag, span)
        if event.style == '"':
            self._check_escapes(event.value, span)
        if event.anchor is not None:
            self._declare(event.anchor, span).node = node
        self._add(node, 0)

    def _comment(self, event: ScalarEvent, span: Span) -> Comment | None:
        """What follows a text without quotes from a # on, in its line or as if it were its next one."""
        end: Any = event.end_mark
        found = _COMMENT_BEHIND.match(self._text, end.index)
        if found:
            words, line, column = found[1], span.end_line, span.end_column + found.start(1) - end.index
        else:
            found = _COMMENT_BELOW.match(self._text, end.index)
            parent = self._stack[-1] if self._stack else None
            if not found or parent is None or parent.in_brackets or len(found[1]) < parent.span.column:
                return None
            words, line, column = found[2], span.end_line + 1, len(found[1]) + 1
        words = words.rstrip()
        return Comment(words, Span(self._file, line, column, line, column + len(words)))

    def _open(self, event: CollectionStartEvent) -> None:
        span = self._span(event)
        self._add_to_count(1, 1, span)
        if event.tag is not None:
            self._report_tag(event.tag, span)
        anchor = None if event.anchor is None else self._declare(event.anchor, span)
        self._stack.append(_Open(event, span, anchor, self._count - 1))

    def _close(self, event: CollectionEndEvent) -> None:
        done = self._stack.pop()
        if done.in_brackets:
            mark: Any = event.end_mark
            line, column = mark.line + 1, mark.column + 1
        else:
            # The parser reports a block's end where the next token starts, blank lines and comments later.
            line, column = done.content_end
        span = Span(self._file, done.span.line, done.span.column, line, column)
        node: Node = (
            MappingNode(tuple(done.entries), span) if done.is_mapping else SequenceNode(tuple(done.items), span)
        )
        if done.anchor is not None:
            done.anchor.node, done.anchor.height = node, done.height
            done.anchor.size = self._count - done.first_node
        self._add(node, done.height)

    def _alias(self, event: AliasEvent) -> None:
        span = self._span(event)
        name = event.anchor or ""
        anchor = self._anchors.get(name)
        if anchor is not None and anchor.node is not None:
            anchor.used = True
            self._add_to_count(anchor.size, anchor.height, span)
            self._add(anchor.node, anchor.height)
            return
        if anchor is None:
            message = f"*{name} repeats a value marked &{name}, and none above is."
            self._error("unknown-alias", message, span, f"{_QUOTES_HINT}; otherwise mark the value to repeat.")
        else:
            anchor.used = True
            message = f"*{name} stands inside the very value that it repeats."
            self._error("recursive-alias", message, span, "Write out what is meant.")
        self._add(ScalarNode(f"*{name}", True, span), 0)

    def _add(self, node: Node, height: int) -> None:
        if not self._stack:
            self.root = node
            return
        parent = self._stack[-1]
        if height >= parent.height:
            parent.height = height + 1
        if not parent.is_mapping:
            parent.count += 1
            if self._on_entry is not None and len(self._stack) == 1:
                parent.items.clear()
                self._on_entry(node)
            parent.items.append(node)
        elif parent.key is None:
            parent.key = self._key(parent, node)
        else:
            parent.entries.append(Entry(parent.key, node))
            parent.key = None

    def _key(self, mapping: _Open, node: Node) -> ScalarNode:
        if not isinstance(node, ScalarNode):
            kind = "list" if isinstance(node, SequenceNode) else "mapping"
            message = f"A {kind} in brackets stands where a key is expected."
            self._error("key-not-text", message, node.span, "Put the text in quotes if the brackets belong to it.")
            return ScalarNode("", True, node.span)
        if node.text == "<<" and not node.quoted:
            message = "The merge key << is not followed."
            self._error("merge-key", message, node.span, "Write out the keys that it would bring in.")
        elif node.text in mapping.keys:
            first = mapping.keys[node.text]
            message = f'The key "{_shortened(node.text)}" is written twice, first at {first.line}:{first.column}.'
            self._error("duplicate-key", message, node.span, "Delete one of the two, or rename it.", node.text)
        else:
            mapping.keys[node.text] = node.span
        return node

    def _declare(self, name: str, span: Span) -> _Anchor:
        former = self._anchors.get(name)
        if former is not None:
            self._report_if_unused(name, former)
        anchor = self._anchors[name] = _Anchor(span)
        return anchor

    def _report_if_unused(self, name: str, anchor: _Anchor) -> None:
        if not anchor.used:
            message = f"&{name} marks a value for repeating, and nothing repeats it."
            self._error("unused-anchor", message, anchor.span, f"{_QUOTES_HINT}; otherwise delete it.")

    def _report_tag(self, tag: str, span: Span) -> None:
        name = _shortened(tag.replace("tag:yaml.org,2002:", "!!"))
        message = f"Found the tag {name}; values have no tags here."
        self._error("yaml-tag", message, span, f"{_QUOTES_HINT}; otherwise delete the tag.")

    def _check_escapes(self, text: str, span: Span) -> None:
        """An escape can bring in what the reading of the file has refused."""
        found = INVISIBLE.search(text)
        if found:
            message = f"An escape code here stands for the invisible character {character_name(found[0])}."
            self._error("invisible-character", message, span, "Delete the code.")

    def _check_dash(self, first: int, last: int) -> None:
        """A list item indented too far is legal YAML: it becomes the next words of the item above it."""
        for index in range(first, last + 1):
            line = self._line(index)
            stripped = line.lstrip()
            if stripped.startswith("- "):
                column = len(line) - len(stripped) + 1
                message = "This line begins like a list item, but its indentation makes it part of the text above."
                hint = "Indent it exactly as the items beside it; or put the whole text in quotes."
                span = Span(self._file, index + 1, column, index + 1, column + 1)
                self._error("yaml-indentation", message, span, hint)

    def _add_to_count(self, nodes: int, levels: int, span: Span) -> None:
        self._count += nodes
        if self._count > self._most:
            message = f"The file has more than {self._most:,} values, counting each repetition by alias."
            self._error("too-many-values", message, span, "Split the file, or repeat less.")
            raise EnoughError
        if len(self._stack) + levels > MAX_DEPTH:
            message = f"Values are nested more than {MAX_DEPTH} levels deep here."
            self._error("too-deep", message, span, "Check the brackets and the indentation.")
            raise EnoughError

    def _error(self, code: str, message: str, span: Span, hint: str, key: str = "") -> None:
        self._collector.error(code, message, span, path=self._path(key), hint=hint)
        if len(self._collector.diagnostics) >= _MOST_REPORTED:
            raise EnoughError

    def _path(self, key: str) -> str:
        path = ""
        for collection in self._stack:
            if not collection.is_mapping:
                path += f"[{collection.count}]"
            elif collection.key is not None:
                path += f".{_shortened(collection.key.text)}"
        return (f"{path}.{_shortened(key)}" if key else path).removeprefix(".")

    def _span(self, event: Event) -> Span:
        # The types leave marks optional; both parsers give them to every event.
        start: Any = event.start_mark
        end: Any = event.end_mark
        return Span(self._file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def _scalar_span(self, event: ScalarEvent) -> Span:
        span = self._span(event)
        if span.end_line == span.line:
            return span
        if not event.style:
            self._check_dash(span.line, span.end_line - 1)
        elif event.style in "|>":
            return self._block_text_span(span)
        return span

    def _block_text_span(self, span: Span) -> Span:
        """The parser ends the span where the next token starts; the text ends with its last line that is not blank."""
        index, column = span.end_line - 1, span.end_column - 1
        while index >= span.line and not self._line(index)[:column].strip():
            index, column = index - 1, len(self._line(index - 1))
        column = len(self._line(index)[:column].rstrip())
        return Span(self._file, span.line, span.column, index + 1, column + 1)

    def _line(self, index: int) -> str:
        if not self._lines:
            self._lines = split_lines(self._text)
        return self._lines[index] if index < len(self._lines) else ""


def _shortened(text: str, limit: int = 60) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"
