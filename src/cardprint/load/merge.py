"""`extends`: one file's mapping laid over another's."""

from __future__ import annotations

from cardprint.model.node import Entry, MappingNode


def merge_nodes(base: MappingNode, over: MappingNode) -> MappingNode:
    """`base` with everything that `over` says instead.

    Where both have a mapping under a key, the two are merged in the same way; any other value of `over`, a list
    as well, replaces that of `base`. Keys keep the order of `base`, new ones follow in the order of `over`. Every
    node keeps the span of the file that it comes from; a merged mapping has that of `over`.
    """
    replacements = {entry.key.text: entry for entry in over.entries}
    entries = []
    for entry in base.entries:
        replacement = replacements.pop(entry.key.text, None)
        entries.append(entry if replacement is None else _merge_entries(entry, replacement))
    entries.extend(entry for entry in over.entries if entry.key.text in replacements)
    return MappingNode(tuple(entries), over.span)


def _merge_entries(base: Entry, over: Entry) -> Entry:
    if isinstance(base.value, MappingNode) and isinstance(over.value, MappingNode):
        return Entry(over.key, merge_nodes(base.value, over.value))
    return over
