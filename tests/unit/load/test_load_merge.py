"""merge_nodes: what `extends` means."""

from __future__ import annotations

from cardprint.load import merge_nodes, parse_yaml
from cardprint.model.node import MappingNode, Node, ScalarNode, SequenceNode
from cardprint.model.source import Source


def _mapping(text: str, name: str = "f.yaml") -> MappingNode:
    node = parse_yaml(Source(name, text.encode()))
    assert isinstance(node, MappingNode)
    return node


def _plain(node: Node) -> object:
    match node:
        case ScalarNode():
            return node.text
        case SequenceNode():
            return [_plain(item) for item in node.items]
        case MappingNode():
            return {key: _plain(value) for key, value in node}


def test_mappings_merge_at_every_depth() -> None:
    """Keys of both stand in the result; the one that extends decides where both speak."""
    merged = merge_nodes(_mapping("a: {b: {c: 1, d: 2}}\n"), _mapping("a: {b: {d: 3, e: 4}}\n"))
    assert _plain(merged) == {"a": {"b": {"c": "1", "d": "3", "e": "4"}}}


def test_everything_else_is_replaced() -> None:
    """Lists are not joined, and a value of another kind takes the place of a mapping."""
    merged = merge_nodes(_mapping("a: [1, 2]\nb: {c: 1}\nd: x\n"), _mapping("a: [3]\nb: text\nd: {e: 1}\n"))
    assert _plain(merged) == {"a": ["3"], "b": "text", "d": {"e": "1"}}


def test_order_is_that_of_the_base() -> None:
    """Known keys keep their place, new ones follow in their own order."""
    merged = merge_nodes(_mapping("z: 1\na: 2\n"), _mapping("n: 3\na: 4\nb: 5\n"))
    assert [key for key, _ in merged] == ["z", "a", "n", "b"]


def test_spans_stay_with_their_files() -> None:
    """A diagnostic about a merged value still names the file that holds it."""
    merged = merge_nodes(_mapping("a: {b: 1, c: 2}\n", "base.yaml"), _mapping("a: {c: 3}\n", "over.yaml"))
    inner = merged.get("a")
    assert isinstance(inner, MappingNode)
    assert [entry.value.span.file for entry in inner.entries] == ["base.yaml", "over.yaml"]
    assert [entry.key.span.file for entry in inner.entries] == ["base.yaml", "over.yaml"]
    assert merged.span.file == "over.yaml"


def test_inputs_are_untouched() -> None:
    """Merging makes a new mapping; with an empty one nothing changes but the span."""
    base, over = _mapping("a: {b: 1}\n"), _mapping("{}\n")
    assert base.entries == merge_nodes(base, over).entries
    assert _plain(base) == {"a": {"b": "1"}}
