"""The sizes of a layout: its own, and those for which it says what is other than on its own."""

from __future__ import annotations

from msgspec.structs import replace

from cardprint.load import merge_nodes
from cardprint.model.node import MappingNode, ScalarNode


def size_names(layout: MappingNode) -> list[str]:
    """The names by which the sizes of a resolved layout are asked for, its own first if that has a name."""
    page = layout.get("page")
    own = page.get("size") if isinstance(page, MappingNode) else None
    others = layout.get("sizes")
    names = [own.text] if isinstance(own, ScalarNode) else []
    return names + ([name for name, _ in others] if isinstance(others, MappingNode) else [])


def at_size(layout: MappingNode, size: str) -> MappingNode:
    """The layout with what its entry for `size` says instead, as if that extended it; the layout itself for its own.

    Raises `KeyError` for a size that it does not have."""
    names, others = size_names(layout), layout.get("sizes")
    entry = others.get(size) if isinstance(others, MappingNode) else None
    if isinstance(entry, MappingNode):
        # What is merged has the place of the layout, so that messages about what is missing point there.
        return replace(merge_nodes(layout, entry), span=layout.span)
    if size in names and entry is None:
        return layout
    raise KeyError(size)
