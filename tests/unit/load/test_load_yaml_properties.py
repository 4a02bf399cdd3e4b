"""parse_yaml on input that nobody wrote: nodes or a DiagnosticError, never anything else."""

from __future__ import annotations

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardprint.load import parse_yaml, yaml_nodes
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.node import MappingNode, Node, ScalarNode, SequenceNode
from cardprint.model.source import Source

_PIECES = [
    "a",
    "b: ",
    "- ",
    "\n",
    "\n  ",
    '"',
    "'",
    "[",
    "]",
    "{",
    "}",
    ", ",
    "? ",
    "|\n",
    ">-\n",
    "# ",
    "&x ",
    "*x",
    "!t ",
]
_PIECES += ["---", "...", "\\", "key: value\n", "- item\n", "é", "😀", "\r\n", "%", "@", "<<: ", '"q"', "*y "]

_few = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
_yaml_like = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


def _parse(data: bytes) -> Node | None:
    try:
        return parse_yaml(Source("f.yaml", data))
    except DiagnosticError as error:
        found = error.diagnostics
    assert found
    assert all(diagnostic.message and diagnostic.hint for diagnostic in found)
    return None


def _check_spans(node: Node, lines: int) -> None:
    span = node.span
    assert 1 <= span.line <= span.end_line <= lines + 1
    assert (span.line, span.column) <= (span.end_line, span.end_column)
    match node:
        case SequenceNode():
            for item in node.items:
                _check_spans(item, lines)
        case MappingNode():
            keys = [key for key, _ in node]
            assert len(keys) == len(set(keys))
            for _, value in node:
                _check_spans(value, lines)
        case ScalarNode():
            assert node.text.isascii() or node.text.encode()


@_few
@given(st.binary(max_size=60))
def test_any_bytes_give_nodes_or_diagnostics(data: bytes) -> None:
    """No input brings another exception out."""
    _parse(data)


@_few
@given(_yaml_like)
def test_any_yaml_gives_nodes_with_sound_spans_or_diagnostics(text: str) -> None:
    """Keys are unique, and every span lies inside the file, its end after its beginning."""
    root = _parse(text.encode())
    if root is not None:
        _check_spans(root, text.count("\n") + text.count("\r") + 1)


@_few
@given(_yaml_like)
def test_without_libyaml_the_nodes_are_the_same(text: str) -> None:
    """PyYAML's own parser reads the same values."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_nodes, "_LOADER", yaml.SafeLoader)
        plain = _parse(text.encode())
    assert plain == _parse(text.encode())
