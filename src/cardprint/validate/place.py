"""A place in a file: a node, its dotted path, what can be named there, and how problems are reported."""

from __future__ import annotations

import re
from collections.abc import Iterator

from cardprint.model.diagnostics import Collector, Span
from cardprint.model.node import MappingNode, Node, ScalarNode, SequenceNode
from cardprint.validate.names import NO_NAMES, Names

MOST_REPORTED = 100
"""A file with more problems than this is not what it is taken for; reading it further helps nobody."""

HIDDEN = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ufff0-\ufffb\ud800-\udfff"
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f"
    "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u3164\ufe00-\ufe0f\ufeff\uffa0"
    "\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
"""Characters that change a text without being seen: controls and line separators, those that turn its direction, and
what else Unicode calls ignorable, such as joiners and spaces of no width. A soft hyphen is no such character."""

_LONGEST_SHOWN = 40
_NULLS = frozenset(("", "~", "null", "Null", "NULL"))


class RefusedError(Exception):
    """A value that was reported and cannot be used. Whoever needs it does without; it never leaves the stage."""


class At:
    """A node and where it stands. `label` is what messages call it: its key, or "an entry of" its list's."""

    __slots__ = ("label", "log", "names", "node", "path")

    def __init__(
        self, node: Node, log: Collector, path: str = "", label: str = "the file", names: Names = NO_NAMES
    ) -> None:
        self.node = node
        self.log = log
        self.path = path
        self.label = label
        self.names = names

    @property
    def span(self) -> Span:
        return self.node.span

    @property
    def found(self) -> str:
        """The value as a message shows it."""
        match self.node:
            case SequenceNode():
                return "a list"
            case MappingNode():
                return "a mapping"
            case ScalarNode(text=text, quoted=quoted):
                return f'"{shown(text)}"' if quoted else shown(text) or "nothing"

    def key(self, key: str, node: Node) -> At:
        """The value of `key` in this mapping."""
        step = key if key.isidentifier() else f'["{shown(key)}"]'
        path = f"{self.path}.{step}" if self.path and step == key else self.path + step
        return At(node, self.log, path, shown(key), self.names)

    def items(self) -> Iterator[At]:
        """The entries of this list."""
        if isinstance(self.node, SequenceNode):
            for index, item in enumerate(self.node.items):
                yield At(item, self.log, f"{self.path}[{index}]", f"an entry of {self.label}", self.names)

    def knowing(self, names: Names) -> At:
        """The same place with other names known."""
        return At(self.node, self.log, self.path, self.label, names)

    def error(self, code: str, message: str, hint: str = "", *, span: Span | None = None) -> None:
        self.log.error(code, message, span or self.span, path=self.path, hint=hint)
        if len(self.log.diagnostics) >= MOST_REPORTED:
            self.log.error("too-many-errors", f"These are the first {MOST_REPORTED} problems.", self.span)
            self.log.raise_errors()

    def warn(self, code: str, message: str, hint: str = "") -> None:
        self.log.warn(code, message, self.span, path=self.path, hint=hint)

    def refusal(self, code: str, message: str, hint: str = "", *, span: Span | None = None) -> RefusedError:
        """Report the value; the error is for raising, which gives the value up."""
        self.error(code, message, hint, span=span)
        return RefusedError()

    def unexpected(self, code: str, expected: str, hint: str = "") -> RefusedError:
        """Report a value that is not what is `expected`, which says it with its article."""
        return self.refusal(code, f"Found {self.found} for {self.label}, expected {expected}.", hint)

    def wrong_type(self, expected: str) -> RefusedError:
        """Report a value of another type than `expected`, or none at all."""
        if is_null(self.node):
            message = f"Found no value for {self.label}, expected {expected}."
            return self.refusal("empty-value", message, "Remove the key or give it a value.")
        return self.unexpected("wrong-type", expected)


def shown(text: str) -> str:
    """A text from a file as messages quote it: on one line, cut if it is long, hidden characters replaced."""
    cut = text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
    return HIDDEN.sub("\N{REPLACEMENT CHARACTER}", " ".join(cut.splitlines()))


def is_null(node: Node) -> bool:
    """Whether YAML takes the node for null: nothing after the key, `~` or `null`."""
    return isinstance(node, ScalarNode) and not node.quoted and node.text in _NULLS


def span_inside(span: Span, text: str, start: int, end: int) -> Span:
    """Where `text[start:end]` stands, if `span` is the place of a scalar with that text.

    The place of the scalar itself where it runs over several lines or is written with escapes."""
    quotes, odd = divmod(span.end_column - span.column - len(text), 2)
    if span.end_line != span.line or odd or quotes not in (0, 1):
        return span
    column = span.column + quotes
    return Span(span.file, span.line, column + start, span.line, column + end)
