"""What the tags say, in their order: passages of text, each as it is drawn and as it is read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import hypot
from typing import Final, NamedTuple

from msgspec import Struct

from cardprint.verify.reading.document import Document
from cardprint.verify.reading.fragments import Fragment, Mark
from cardprint.verify.reading.structure import ContentKid, Element

INLINE: Final = frozenset({"Span", "Link", "Quote", "Note", "Reference", "Code", "BibEntry", "Annot", "NonStruct"})
"""Elements that stand in a line of text (ISO 32000-1 §14.8.4.4); a Lbl ends its own."""

_CLOSE: Final = 0.25
"""Fragments less than this many ems apart are one word, if no space stands between them."""

_SOFT_HYPHEN: Final = "\u00ad"
"""What is drawn where a line ends inside a word, and no part of the word."""

_DIVIDES: Final = f"-\u2010\u2013\u2014/{_SOFT_HYPHEN}"
"""What may end a line inside a word or a closed compound."""

Owned = Mapping[ContentKid, Sequence[Fragment]]


class Piece(NamedTuple):
    """A stretch of a passage under one inline element, or directly under the passage's own (`element` is that one).

    `glue` is what parts it from the piece before: a space or nothing."""

    element: Element
    drawn: str
    read: str
    glue: str


class Passage(Struct, eq=False, gc=False):
    """A paragraph, a heading, a figure, or the text directly in a cell. `row` and `cell` are the table row and the cell
    that it stands in, if any; `element` is the block that holds it.

    `drawn` is the text that the page shows, `read` what stands for it when it is read aloud, abbreviations unexpanded:
    the same object where nothing is replaced."""

    element: Element
    pieces: list[Piece]
    row: Element | None
    cell: Element | None
    drawn: str
    read: str


def fragments_by_owner(document: Document) -> dict[ContentKid, list[Fragment]]:
    """The tagged text of every page by its content id."""
    owned: dict[ContentKid, list[Fragment]] = {}
    for index, page in enumerate(document.pages):
        before: Mark | None = None
        of_mark: list[Fragment] = []
        for fragment in page.content.fragments:
            mark = fragment.mark
            if mark is None or mark.mcid is None:
                continue
            if mark is not before:
                before, of_mark = mark, owned.setdefault(ContentKid(index, mark.mcid), [])
            of_mark.append(fragment)
    return owned


def read_passages(
    document: Document, owned: Owned | None = None, elements: Sequence[Element] | None = None
) -> list[Passage]:
    """Every passage that the tags claim, in the order of the tags, or those of `elements` alone. `owned` is the tagged
    text, where it is at hand."""
    walker = _Walker(fragments_by_owner(document) if owned is None else owned)
    for element in document.tree.roots if elements is None else elements:
        walker.visit(element, None, None)
    return walker.passages


class _Walker:
    def __init__(self, owned: Owned) -> None:
        self._owned = owned
        self.passages: list[Passage] = []

    def visit(self, element: Element, row: Element | None, cell: Element | None) -> None:
        if element.tag == "TR":
            row = element
        elif element.tag in ("TH", "TD"):
            cell = element
        if element.tag == "Table":
            row = cell = None
        gathered: list[tuple[Element, list[Fragment]]] = []
        for kid in element.kids:
            if type(kid) is Element and not (kid.tag in INLINE and _holds_text_only(kid)):
                if element.actual_text is None:
                    if gathered:
                        self._add(element, gathered, row, cell)
                        gathered = []
                    self.visit(kid, row, cell)
                else:
                    gathered += self._stretches(kid)
            elif type(kid) is ContentKid:
                gathered.append((element, list(self._owned.get(kid, ()))))
            elif type(kid) is Element:
                gathered += self._stretches(kid)
        if gathered or element.tag == "Figure":
            self._add(element, gathered, row, cell)

    def _stretches(self, element: Element) -> list[tuple[Element, list[Fragment]]]:
        """The text under an inline element. One that replaces its text is a stretch as a whole."""
        fragments = [fragment for kid in _content(element) for fragment in self._owned.get(kid, ())]
        nested = any(type(kid) is Element for kid in element.kids)
        if element.actual_text is not None or not nested:
            return [(element, fragments)]
        stretches: list[tuple[Element, list[Fragment]]] = []
        for kid in element.kids:
            if type(kid) is Element:
                stretches += self._stretches(kid)
            elif type(kid) is ContentKid:
                stretches.append((element, list(self._owned.get(kid, ()))))
        return stretches

    def _add(
        self,
        element: Element,
        stretches: Sequence[tuple[Element, list[Fragment]]],
        row: Element | None,
        cell: Element | None,
    ) -> None:
        """Make a passage of stretches, those of one element joined, if there is anything in them to be read."""
        pieces: list[Piece] = []
        fragments: list[Fragment] = []
        for owner, stretch in stretches:
            drawn = join_fragments(stretch)
            if not stretch and owner.actual_text is None:
                continue
            glue = between(fragments[-1], stretch[0]) if fragments and stretch else ""
            fragments += stretch
            last = pieces[-1] if pieces else None
            inline = owner is not element and owner.actual_text is not None
            if last is not None and last.element is owner:
                joined = last.drawn + glue + drawn
                read = last.read if inline else joined
                pieces[-1] = Piece(owner, joined, read, last.glue)
            else:
                pieces.append(Piece(owner, drawn, owner.actual_text or "" if inline else drawn, glue))
        if pieces or element.tag == "Figure":
            drawn = read = "".join([piece.glue + piece.drawn for piece in pieces]).strip()
            if element.actual_text is not None:
                read = element.actual_text
            elif element.tag == "Figure":
                read = element.alt or ""
            elif any(piece.read is not piece.drawn for piece in pieces):
                read = "".join([piece.glue + piece.read for piece in pieces]).strip()
            self.passages.append(Passage(element, pieces, row, cell, drawn, read))


def _holds_text_only(element: Element) -> bool:
    return all(kid.tag in INLINE and _holds_text_only(kid) for kid in element.children)


def _content(element: Element) -> Iterator[ContentKid]:
    for kid in element.kids:
        if type(kid) is ContentKid:
            yield kid
        elif type(kid) is Element:
            yield from _content(kid)


def join_fragments(fragments: Sequence[Fragment]) -> str:
    """The text of fragments, with the spaces that only their places tell, and divided words whole."""
    if len(fragments) == 1:
        return fragments[0].text.replace(_SOFT_HYPHEN, "")
    text = ""
    before: Fragment | None = None
    for fragment in fragments:
        text += fragment.text if before is None else between(before, fragment) + fragment.text
        before = fragment
    return text.replace(_SOFT_HYPHEN, "")


def between(before: Fragment, after: Fragment) -> str:
    """What parts two fragments: nothing inside a word, else a space, unless one of them brings it."""
    if not before.text or not after.text or before.text[-1].isspace() or after.text[0].isspace():
        return ""
    a, b, _, _, e, f = before.matrix
    end_x, end_y = a * before.width + e, b * before.width + f
    if hypot(after.matrix[4] - end_x, after.matrix[5] - end_y) < _CLOSE * max(before.size, after.size):
        return ""
    return "" if before.text[-1] in _DIVIDES and not on_one_line(before, after) else " "


def on_one_line(before: Fragment, after: Fragment) -> bool:
    """Whether two fragments stand on the same baseline."""
    a, b, _, _, e, f = before.matrix
    across = -(after.matrix[4] - e) * b + (after.matrix[5] - f) * a
    return abs(across) < _CLOSE * before.size * hypot(a, b)
