"""The tree of tags is the one that the frames promise: the same elements, rows, cells and words in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Final, NamedTuple

from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.finding import Finding
from cardprint.verify.promised import NOTHING_MORE, Node, about
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.passages import Owned
from cardprint.verify.reading.structure import ContentKid, Element

_ABOUT: Final = ("Alt", "ActualText", "E", "Lang", "Scope", "RowSpan", "ColSpan")
_MOST_NODES: Final = 10_000
_CELLS: Final = frozenset({"TH", "TD"})
_ABOUT_CELLS: Final = frozenset({"tag-text", "tag-order"})
"""Differences that a table's own findings tell better."""


def read_nodes(document: Document, owned: Owned) -> list[Node]:
    """The file's tree in the form in which the frames promise it."""
    nodes: list[Node] = []
    for root in document.tree.roots:
        _read(root, 0, owned, nodes)
    return nodes


def _read(element: Element, depth: int, owned: Owned, nodes: list[Node]) -> None:
    nodes.append(Node(depth, element.tag, "", _about(element) if element.described else NOTHING_MORE))
    inside = depth + 1
    for kid in element.kids:
        if type(kid) is Element:
            _read(kid, inside, owned, nodes)
        elif type(kid) is ContentKid:
            fragments = owned.get(kid, ())
            text = fragments[0].text if len(fragments) == 1 else "".join([fragment.text for fragment in fragments])
            if not text:
                continue
            last = nodes[-1]
            if not last.tag and last.depth == inside:
                nodes[-1] = Node(inside, "", last.text + text)
            else:
                nodes.append(Node(inside, "", text))


def _about(element: Element) -> tuple[str | int | None, ...]:
    texts = (element.alt, element.actual_text, element.expansion, element.language)
    if element.tag in _CELLS:
        return about(texts, element.scope, element.row_span, element.column_span)
    return about(texts)


def verify_tags(promised: Sequence[Node], spans: Sequence[Span], read: Sequence[Node]) -> Iterator[Finding]:
    """Tell where the file's tree departs from the promised one, tables first. `spans` are those of `promised`."""
    if promised == read:
        return
    if not read:
        yield Finding("tags-missing", "The file has no structure tree.")
        return
    promised_tables, read_tables = _tables(promised), _tables(read)
    told = False
    if len(promised_tables) != len(read_tables):
        message = f"The tags hold {len(read_tables)} tables; {len(promised_tables)} were promised."
        yield Finding("table-missing", message)
    for promised_table, read_table in zip(promised_tables, read_tables, strict=False):
        for finding in _verify_table(promised_table, read_table, spans):
            told = True
            yield finding
    differences = _differences(promised, spans, read)
    yield from (finding for finding in differences if not told or finding.rule not in _ABOUT_CELLS)


class _Cell(NamedTuple):
    """A cell's nodes, its own first. `at` is the index of its first text among all nodes, else its own."""

    nodes: list[Node]
    at: int


def _tables(nodes: Sequence[Node]) -> list[list[list[_Cell]]]:
    """The tables, each as rows of cells. A table inside a table is part of its cell."""
    tables: list[list[list[_Cell]]] = []
    table_depth = -1
    for index, node in enumerate(nodes):
        if node.depth <= table_depth:
            table_depth = -1
        if table_depth < 0:
            if node.tag == "Table":
                table_depth = node.depth
                tables.append([])
            continue
        rows = tables[-1]
        if node.tag == "TR":
            rows.append([])
        elif node.tag in _CELLS and rows:
            rows[-1].append(_Cell([node], index))
        elif rows and rows[-1]:
            cell = rows[-1][-1]
            at = index if node.text and not any(other.text for other in cell.nodes) else cell.at
            rows[-1][-1] = _Cell([*cell.nodes, node], at)
    return tables


def _verify_table(
    promised: Sequence[Sequence[_Cell]], read: Sequence[Sequence[_Cell]], spans: Sequence[Span]
) -> Iterator[Finding]:
    if len(promised) != len(read):
        message = f"The table has {len(read)} rows in the tags; {len(promised)} were promised."
        yield Finding("table-rows", message, span=spans[promised[0][0].at] if promised and promised[0] else NOWHERE)
    for number, (promised_row, read_row) in enumerate(zip(promised, read, strict=False), start=1):
        if len(promised_row) != len(read_row):
            message = (
                f"Row {number} of the table has {len(read_row)} cells in the tags; {len(promised_row)} were promised."
            )
            yield Finding("table-cells", message, span=spans[promised_row[0].at] if promised_row else NOWHERE)
            continue
        for column, (promised_cell, read_cell) in enumerate(zip(promised_row, read_row, strict=True), start=1):
            if promised_cell.nodes != read_cell.nodes:
                what = _difference(promised_cell.nodes, read_cell.nodes)
                message = f"Cell {column} of row {number} of the table: {what}"
                yield Finding("table-cells", message, span=spans[promised_cell.at])


def _difference(promised: Sequence[Node], read: Sequence[Node]) -> str:
    for one, other in zip_longest(promised, read):
        if one != other:
            return f"{_told(one)} was promised, {_told(other)} is there."
    return ""


def _differences(promised: Sequence[Node], spans: Sequence[Span], read: Sequence[Node]) -> Iterator[Finding]:
    if len(promised) + len(read) > _MOST_NODES:
        yield Finding("tag-unexpected", f"The tags hold {len(read)} elements and texts, not {len(promised)}.")
        return
    from difflib import SequenceMatcher  # needed only where something is wrong

    matcher = SequenceMatcher(None, promised, read, autojunk=False)
    for change, start, end, found_start, found_end in matcher.get_opcodes():
        if change == "equal":
            continue
        lost = zip(promised[start:end], spans[start:end], strict=True)
        for promised_node, other in zip_longest(lost, read[found_start:found_end]):
            one, span = promised_node or (None, NOWHERE)
            message = f"In the tags: {_told(one)} was promised, {_told(other)} is there."
            yield Finding(_rule(one, other), message, span=span)


def _rule(promised: Node | None, read: Node | None) -> str:
    if promised is None:
        return "tag-unexpected"
    if read is None:
        return "tag-missing"
    if promised.tag == read.tag:
        if not promised.tag:
            return "tag-text"
        return "tag-order" if promised.about == read.about else "tag-attributes"
    return "tag-changed"


def _told(node: Node | None) -> str:
    """A node for people: "TH (Scope Row, ColSpan 2)", “Grade: F”."""
    if node is None:
        return "nothing"
    if not node.tag:
        return f"“{node.text.strip()}”" if len(node.text) <= 50 else f"“{node.text[:48].rstrip()}…”"
    shown = [
        f"{name} {value}" for name, value, usual in zip(_ABOUT, node.about, NOTHING_MORE, strict=True) if value != usual
    ]
    return f"{node.tag} ({', '.join(shown)})" if shown else node.tag
