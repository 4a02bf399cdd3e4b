"""A list that is taken entry by entry, so that it may be longer than memory has room for its nodes."""

from __future__ import annotations

import pytest

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.node import Node, SequenceNode
from cardprint.model.source import Source


def parsed(text: str) -> tuple[Node, list[Node]]:
    """The tree of a document, and the entries that were handed over."""
    entries: list[Node] = []
    return parse_yaml(Source("a.yaml", text.encode()), on_entry=entries.append), entries


TEXT = "- &a {name: A, tile: [0, 1]}\n- [x, [y]]\n- *a\n- plain\n\n# end\n"


def test_entries_are_those_of_the_tree() -> None:
    """With the same places, nested lists and repetitions included; the tree itself keeps the last."""
    whole = parse_yaml(Source("a.yaml", TEXT.encode()))
    tree, entries = parsed(TEXT)
    assert isinstance(whole, SequenceNode)
    assert isinstance(tree, SequenceNode)
    assert (whole.items, whole.items[-1:], whole.span) == (tuple(entries), tree.items, tree.span)


@pytest.mark.parametrize("text", ["a: [1, 2]", "word", "a:\n  - 1\n  - 2"])
def test_a_document_that_is_no_list_has_no_entries(text: str) -> None:
    """Lists further in are part of the tree as ever."""
    assert (parse_yaml(Source("a.yaml", text.encode())), []) == parsed(text)


def test_problems_name_the_entry() -> None:
    """Though those before it are gone."""
    with pytest.raises(DiagnosticError) as caught:
        parsed("- {a: 1}\n- {a: 1}\n- {a: 1, a: 2}\n")
    assert ["[2].a"] == [diagnostic.path for diagnostic in caught.value.diagnostics]
