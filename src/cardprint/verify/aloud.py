"""Reading aloud: what a screen reader says of a PDF, line by line, from its tags alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.passages import Passage, Piece, read_passages
from cardprint.verify.reading.structure import Element
from cardprint.verify.reading.values import DamagedFileError

_CELLS: Final = frozenset({"TH", "TD"})
_ENDS: Final = (".", "!", "?", ":", "…")


def read_aloud(pdf: bytes) -> list[str]:
    """The lines that a listener hears: headings with their level, paragraphs, links, figures by their description,
    tables row by row with the heads of their columns.

    Raises `DiagnosticError`: unreadable-pdf, no-tags."""
    try:
        document = Document(pdf)
    except DamagedFileError as error:
        raise _failure("unreadable-pdf", f"The file cannot be read: {error}.") from None
    passages = read_passages(document)
    if not passages:
        raise _failure("no-tags", "The file has no tags: a screen reader has nothing to go by.")
    language = document.file.text(document.catalog.get("Lang")) or ""
    return list(_Reader(passages, document.tree.parents(), language).lines())


def _failure(code: str, message: str) -> DiagnosticError:
    return DiagnosticError([Diagnostic(code, message)])


class _Reader:
    """Turns passages into lines."""

    def __init__(self, passages: Sequence[Passage], parents: Mapping[Element, Element], language: str) -> None:
        self._passages = passages
        self._parents = parents
        self._language = language
        self._cells: dict[int, list[Passage]] = {}
        for passage in passages:
            if passage.cell is not None:
                self._cells.setdefault(id(passage.cell), []).append(passage)

    def lines(self) -> Iterator[str]:
        for block, passages in groupby(self._passages, key=self._block):
            if block.tag == "Table":
                yield from self._table(block)
            elif block.tag == "L":
                yield from self._list(list(passages))
            else:
                yield from filter(None, map(self._line, passages))

    def _line(self, passage: Passage) -> str:
        tag, words = passage.element.tag, self._words(passage)
        if tag == "Figure":
            return _sentence(f"Figure: {words}")
        if len(tag) == 2 and tag[0] == "H" and tag[1].isdigit():
            return _sentence(f"Heading level {tag[1]}: {words}")
        return _sentence(words)

    def _words(self, passage: Passage) -> str:
        """A passage as it is said: links announced, abbreviations spelt out, another language named."""
        element = passage.element
        if element.actual_text is not None or element.tag == "Figure":
            return _expanded(passage.read, element.expansion)
        said = "".join(piece.glue + self._piece(piece, element) for piece in passage.pieces)
        return _expanded(" ".join(said.split()), element.expansion)

    def _piece(self, piece: Piece, block: Element) -> str:
        element = piece.element
        if element is block:
            return piece.read
        said = _expanded(piece.read, element.expansion)
        if element.language and element.language != self._language:
            said = f"[{element.language}] {said}"
        link = any(above.tag == "Link" for above in self._above(element, block))
        return f"link, {said}" if link else said

    def _above(self, element: Element, top: Element | None = None) -> Iterator[Element]:
        """The element and those that hold it, from the inside, below `top`."""
        above: Element | None = element
        while above is not None and above is not top:
            yield above
            above = self._parents.get(above)

    def _block(self, passage: Passage) -> Element:
        """The outermost table or list that a passage stands in, else its own element."""
        blocks = [above for above in self._above(passage.element) if above.tag in ("Table", "L")]
        return blocks[-1] if blocks else passage.element

    def _item(self, passage: Passage) -> Element | None:
        return next((above for above in self._above(passage.element) if above.tag == "LI"), None)

    def _list(self, passages: Iterable[Passage]) -> Iterator[str]:
        items = [list(group) for _, group in groupby(passages, key=self._item)]
        yield f"List of {_count(len(items), 'item')}."
        for item in items:
            yield _sentence(" ".join(self._words(passage) for passage in item))

    def _table(self, table: Element) -> Iterator[str]:
        """A table as a listener follows it: what stands under one head is one column."""
        rows = list(grid([element for element in table.walk() if element.tag == "TR"]))
        heads = [""] * max((column + cell.column_span for row in rows for column, cell in row), default=0)
        head_rows = 0
        for row in rows:
            if any(cell.tag != "TH" or cell.scope == "Row" for _, cell in row):
                break
            head_rows += 1
            for column, cell in row:
                for at in range(column, column + cell.column_span):
                    heads[at] = label(self._cell(cell))
        columns = sum(1 if head else len(list(under)) for head, under in groupby(heads))
        yield f"Table of {_count(len(rows) - head_rows, 'row')} and {_count(columns, 'column')}."
        if head_rows:
            yield _sentence(f"Columns: {', '.join(head for head, _ in groupby(heads) if head)}")
        for number, row in enumerate(rows[head_rows:], start=1):
            yield " ".join([f"Row {number}.", *self._row(row, heads)])

    def _row(self, row: Sequence[tuple[int, Element]], heads: Sequence[str]) -> Iterator[str]:
        """The cells of a row, those under one head together."""
        for head, cells in groupby(row, key=lambda placed: heads[placed[0]]):
            said = ", ".join(words for _, cell in cells if (words := self._cell(cell))) or "blank"
            yield _sentence(said if not head or said.lower().startswith(f"{head.lower()}:") else f"{head}: {said}")

    def _cell(self, cell: Element) -> str:
        return ", ".join(self._words(passage) for passage in self._cells.get(id(cell), ()))


def grid(rows: Sequence[Element]) -> Iterator[list[tuple[int, Element]]]:
    """The cells that each row shows, with their columns: also those that reach down from rows above."""
    above: list[tuple[int, int, Element]] = []
    for row in rows:
        placed = [(column, cell) for column, _, cell in above]
        taken = {at for column, cell in placed for at in range(column, column + cell.column_span)}
        above = [(column, left - 1, cell) for column, left, cell in above if left > 1]
        column = 0
        for cell in row.children:
            if cell.tag not in _CELLS:
                continue
            while column in taken:
                column += 1
            placed.append((column, cell))
            if cell.row_span > 1:
                above.append((column, cell.row_span - 1, cell))
            column += cell.column_span
        yield sorted(placed, key=lambda pair: pair[0])


def _count(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def label(head: str) -> str:
    """A column's head as it is announced before each cell: capitals that are only a style are not shouted."""
    return head.capitalize() if head.isupper() and len(head) > 3 else head


def _expanded(words: str, expansion: str | None) -> str:
    return f"{words} ({expansion})" if expansion else words


def _sentence(words: str) -> str:
    """The words with the stop that a reader makes after them; nothing of nothing."""
    return words if not words or words.endswith(_ENDS) else f"{words}."
