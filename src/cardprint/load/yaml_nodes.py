"""YAML files as nodes: raw scalars, each with its place, and nothing that could mean more than it shows."""

from __future__ import annotations

import re
from collections.abc import Callable

import yaml
from yaml.events import DocumentEndEvent, Event

from cardprint.load.refusal import refusal
from cardprint.load.text import decode_text, line_and_column, split_lines
from cardprint.load.yaml_builder import MAX_NODES, EnoughError, NodeBuilder
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.node import Node, ScalarNode
from cardprint.model.source import Source

MAX_BYTES = 2 * 1024 * 1024

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml where the wheel has it; PyYAML's own parser gives the same events, some ten times slower."""

_MOST_TABS_REPORTED = 20
_DIRECTIVE = re.compile(r"(?:[ ]*+(?:#[^\r\n]*+)?+(?:\r\n|\r|\n))*+%")
_BETWEEN_DOCUMENTS = re.compile(r"(?:[ \r\n]++|#[^\r\n]*+|\.\.\.)*+")


def parse_yaml(source: Source, most_values: int = MAX_NODES, on_entry: Callable[[Node], None] | None = None) -> Node:
    """The node tree of a YAML file that holds one document, of at most `most_values` nodes.

    The entries of a long list may be taken one by one: each is given to `on_entry` as soon as it is read, and the tree
    keeps only the last.

    Scalars stay as written; no value is turned into a number, a date or a truth value. A span's end is the
    place just after the last character. Anchors and aliases work, within bounds; tags, directives, merge keys
    (`<<`) and tabs are refused.

    Raises `DiagnosticError` with all problems up to the first that makes the rest unreadable.
    """
    text = decode_text(source, MAX_BYTES)
    if not text.endswith("\n"):
        text += "\n"  # libyaml reads the end of a file as the end of a line; the other parser does not
    _refuse_tabs(text, source.name)
    _refuse_directive(text, source.name)
    collector = Collector()
    builder = NodeBuilder(source.name, text, collector, most_values, on_entry)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            builder.take(event)
            if isinstance(event, DocumentEndEvent):
                _report_second_document(text, event, source.name, collector)
        builder.report_unused_anchors()
    except yaml.MarkedYAMLError as error:
        # Imported where it is needed: most runs meet no such error.
        from cardprint.load.yaml_syntax import explain_syntax

        collector.diagnostics.append(explain_syntax(error, text, source.name))
    except (yaml.YAMLError, ValueError, OverflowError):
        # PyYAML's own parser lets chr() complain of an escape that is no code point.
        message = "An escape code in double quotes stands for no character."
        collector.error("yaml-escape", message, Span(source.name), hint="Look for a backslash followed by U.")
    except EnoughError:
        pass
    collector.raise_errors()
    root = builder.root
    if root is None or (isinstance(root, ScalarNode) and not root.text and not root.quoted):
        raise refusal("empty-file", "The file is empty.", Span(source.name), "Fill it in, or delete it.")
    return root


def _refuse_tabs(text: str, file: str) -> None:
    """Tabs are illegal as indentation; elsewhere YAML's parsers differ over them, and no font draws them."""
    if "\t" not in text:
        return
    collector = Collector()
    for number, line in enumerate(split_lines(text), start=1):
        column = line.find("\t") + 1
        if column:
            message = "Found a tab; YAML is written with spaces only."
            span = Span(file, number, column, number, column + 1)
            collector.error("tab", message, span, hint="Replace it with spaces (many editors do so for a whole file).")
            if len(collector.diagnostics) == _MOST_TABS_REPORTED:
                break
    collector.raise_errors()


def _refuse_directive(text: str, file: str) -> None:
    """Refused before the parser sees it: libyaml compares every %TAG with every other."""
    directive = _DIRECTIVE.match(text)
    if directive:
        message = "A line that begins with % instructs a YAML parser; none is followed here."
        raise refusal("yaml-directive", message, _point(file, text[: directive.end() - 1]), "Delete the line.")


def _report_second_document(text: str, end: Event, file: str, collector: Collector) -> None:
    """Stop before the parser opens another document; anything else after the first, it complains of itself."""
    if end.end_mark is None:
        return
    between = _BETWEEN_DOCUMENTS.match(text, end.end_mark.index)
    begin = between.end() if between else len(text)
    if text.startswith(("---", "%"), begin):
        message = "A second YAML document begins here; a file holds one."
        hint = "Delete the line, or move what follows to a file of its own."
        collector.error("several-documents", message, _point(file, text[:begin]), hint=hint)
        raise EnoughError


def _point(file: str, before: str) -> Span:
    line, column = line_and_column(before)
    return Span(file, line, column, line, column + 1)
