"""Layouts and themes that build upon others: `extends` and `theme` resolved from names to one mapping.

A name is looked for beside the file that says it, then among the shipped layouts; a file that extends its own
name therefore means the shipped one.
"""

from __future__ import annotations

import posixpath

from msgspec.structs import replace

from cardprint.load import merge_nodes
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.node import Entry, MappingNode, Node, ScalarNode
from cardprint.resolve.inputs import Inputs, Place
from cardprint.workspace import fail, join_names


def resolve_layout(inputs: Inputs, layout: Place, problems: Collector) -> MappingNode:
    """The layout at `layout` merged over those that it extends, its `theme` a mapping merged likewise.

    A theme named by path replaces the theme of the layout extended; one written inline is merged over it. What is
    wrong with a theme goes to `problems`, and its path stays in its place, so that the layout can be looked through.
    Raises `DiagnosticError`: extends-cycle, wrong-type, and what reading and parsing raise.
    """
    chain = _chain(inputs, layout, _parsed(inputs, layout, "layout"), "layout")
    theme: Node | None = None
    layers = []
    for place, layer in reversed(chain):
        own = layer.get("theme")
        if own is not None:
            inherited, theme = theme, _path_of(own)
            with problems.gathering():
                theme = _theme(inputs, place, own, inherited)
        layers.append(_without(layer, "theme"))
    node = _merged(layers)
    if theme is None:
        return node
    return replace(node, entries=(*node.entries, Entry(ScalarNode("theme", False, theme.span), theme)))


def _theme(inputs: Inputs, place: Place, own: Node, inherited: Node | None) -> Node:
    """What `theme: own` in the file `place` comes to, `inherited` being the theme of the layout extended."""
    if isinstance(own, ScalarNode):
        file = _named(inputs, place, own)
        chain = _chain(inputs, file, _parsed(inputs, file, "theme", own.span), "theme")
        return _merged([layer for _, layer in reversed(chain)])
    if not isinstance(own, MappingNode):
        return own
    if own.get("extends") is not None:
        return _merged([layer for _, layer in reversed(_chain(inputs, place, own, "theme"))])
    if isinstance(inherited, MappingNode):
        return merge_nodes(inherited, own)
    return own if inherited is None else inherited


def _path_of(theme: Node) -> Node:
    """The path by which a layout calls a theme or, written inline, the one that it extends."""
    base = theme.get("extends") if isinstance(theme, MappingNode) else None
    return base if isinstance(base, ScalarNode) else theme


def _chain(inputs: Inputs, place: Place, layer: MappingNode, what: str) -> list[tuple[Place, MappingNode]]:
    """`layer`, which stands in the file `place`, and all that it extends, nearest first, each without its `extends`."""
    chain = [(place, _without(layer, "extends"))]
    while (base := layer.get("extends")) is not None:
        if not isinstance(base, ScalarNode):
            raise fail("wrong-type", f"extends must be the name of a {what}’s file.", base.span)
        place = _named(inputs, place, base)
        if not inputs.workspace.has(place.root, place.name) and (nearest := _nearest(inputs, base.text)):
            message = f'There is no file "{base.text}", neither in {place.root} nor among the shipped ones.'
            raise fail("missing-file", message, base.span, hint=f"Did you mean {nearest}?")
        seen = [step for step, _ in chain]
        if place in seen:
            way = " → ".join(str(step) for step in (*seen[seen.index(place) :], place))
            raise fail("extends-cycle", f"A {what} cannot extend itself: {way}.", base.span, hint="Remove one extends.")
        layer = _parsed(inputs, place, what, base.span)
        chain.append((place, _without(layer, "extends")))
    return chain


def _named(inputs: Inputs, place: Place, name: ScalarNode) -> Place:
    """The file that the file `place` means by `name`; where there is none, the one that there should be."""
    beside = place.beside(name.text)
    shipped = Place(inputs.workspace.shipped_root("layouts"), join_names("", name.text))
    for candidate in (beside, shipped):
        if candidate != place and inputs.workspace.has(candidate.root, candidate.name):
            return candidate
    return beside


def _nearest(inputs: Inputs, name: str) -> str | None:
    """The shipped layout or theme that `name` may have been meant to be."""
    import difflib  # needed only when something is wrong

    shipped, folder = inputs.workspace.shipped_root("layouts"), posixpath.dirname(name)
    known = [posixpath.join(folder, f"{stem}.yaml") for stem in inputs.workspace.names(shipped, folder, ".yaml")]
    return next(iter(difflib.get_close_matches(f"{name.removesuffix('.yaml')}.yaml", known, n=1)), None)


def _parsed(inputs: Inputs, place: Place, what: str, wanted_by: Span | None = None) -> MappingNode:
    node = inputs.parse(place.root, place.name, wanted_by or Span())
    if not isinstance(node, MappingNode):
        raise fail("wrong-type", f"A {what} must be a mapping of keys to values.", node.span)
    return node


def _merged(layers: list[MappingNode]) -> MappingNode:
    """Layers merged one over another, the first at the bottom."""
    node = layers[0]
    for layer in layers[1:]:
        node = merge_nodes(node, layer)
    return node


def _without(node: MappingNode, key: str) -> MappingNode:
    return replace(node, entries=tuple(entry for entry in node.entries if entry.key.text != key))
