"""The sizes of a layout: their names, and what one of them makes of it."""

from __future__ import annotations

import pytest

from cardprint.load import parse_yaml
from cardprint.model.node import MappingNode, ScalarNode
from cardprint.model.source import Source
from cardprint.resolve import at_size, size_names

LAYOUT = """
page: {size: letter, margins: 36pt, bleed: 9pt}
theme: {styles: {body: {size: 9pt, leading: 11pt}}}
sizes:
  a4:
    page: {size: a4}
    theme: {styles: {body: {size: 10pt}}}
"""


@pytest.fixture
def layout() -> MappingNode:
    """With a size of its own and one more."""
    node = parse_yaml(Source("layout.yaml", LAYOUT.encode()))
    assert isinstance(node, MappingNode)
    return node


def value(node: MappingNode, *path: str) -> str:
    """The text at the end of a path of keys."""
    for key in path:
        inner = node.get(key)
        if isinstance(inner, ScalarNode):
            return inner.text
        assert isinstance(inner, MappingNode)
        node = inner
    raise AssertionError(path)


def test_names_begin_with_its_own(layout: MappingNode) -> None:
    """By which it can be asked for, too."""
    assert ["letter", "a4"] == size_names(layout)
    assert layout is at_size(layout, "letter")


def test_a_size_is_merged_over_the_layout(layout: MappingNode) -> None:
    """What it says counts, the rest stays."""
    sized = at_size(layout, "a4")
    assert ("a4", "36pt") == (value(sized, "page", "size"), value(sized, "page", "margins"))
    assert ("10pt", "11pt") == tuple(value(sized, "theme", "styles", "body", key) for key in ("size", "leading"))


def test_a_size_that_it_does_not_have(layout: MappingNode) -> None:
    """The twin: there is nothing to merge."""
    with pytest.raises(KeyError):
        at_size(layout, "a5")


def test_a_page_of_measures_has_no_name() -> None:
    """A layout that gives width and height, and no other sizes."""
    node = parse_yaml(Source("layout.yaml", b"page: {size: [4in, 9in]}"))
    assert isinstance(node, MappingNode)
    assert [] == size_names(node)
