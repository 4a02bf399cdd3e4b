"""What a finished card says, fact by fact: read from its tags, whoever made it and in whichever layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from msgspec import Struct

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.geometry import Rect
from cardprint.verify.aloud import grid, label
from cardprint.verify.identity import Identity, identify
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.passages import Owned, Passage, fragments_by_owner, read_passages
from cardprint.verify.reading.structure import ContentKid, Element
from cardprint.verify.reading.values import DamagedFileError

_LETTER: Final = re.compile(r"(?:.*[\s:])?([A-Z][+−-]?)")
_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w])")
_NUMBERED: Final = re.compile(r"([\w.]{1,8})\. (.+)")
_LONGEST_FIGURE: Final = 24
"""Characters that a passage has at most to be a figure and no sentence, where it is not said how it is read."""


class Place(NamedTuple):
    """Where something stands: on a page, counted from 1, in points from its top left."""

    page: int
    rect: Rect


class CardFact(NamedTuple):
    """A fact: of which part of the card ("issue 3"), which field ("score"), and the places that show it."""

    part: str
    field: str
    value: str
    places: tuple[Place, ...]


class CardFacts(Struct, frozen=True):
    """All that a card of so many `pages` says: its facts, and in reading order the texts that are no facts of any
    part."""

    identity: Identity
    pages: int
    facts: tuple[CardFact, ...]
    texts: tuple[CardFact, ...]


def read_card_facts(pdf: bytes) -> CardFacts:
    """Read a card. A row of its table is a part, named by its number or its head; what is read aloud
    otherwise than it is drawn, and short texts, are its figures; the rest is its text. Figures outside of the table are
    those of the card as a whole.

    Raises `DiagnosticError`: unreadable-pdf, no-tags."""
    try:
        document = Document(pdf)
        owned = fragments_by_owner(document)
        passages = read_passages(document, owned)
        identity = identify(pdf)
    except DamagedFileError as error:
        raise DiagnosticError([Diagnostic("unreadable-pdf", f"The file cannot be read: {error}.")]) from None
    if not passages or identity is None:
        raise DiagnosticError([Diagnostic("no-tags", "The file has no tags from which it could be read.")])
    facts = list(_table_facts(document, passages, owned))
    texts = []
    for passage in passages:
        if passage.row is not None or passage.element.tag == "Figure":
            continue
        figures = list(_figures("overall", passage, owned, ("score", "maximum"))) if _is_figure(passage) else []
        facts += figures
        if not figures:
            texts.append(CardFact("", "text", passage.read, _places(passage.element, owned)))
    return CardFacts(identity, len(document.pages), tuple(facts), tuple(texts))


def _table_facts(document: Document, passages: Sequence[Passage], owned: Owned) -> Iterator[CardFact]:
    cells: dict[int, list[Passage]] = {}
    for passage in passages:
        if passage.cell is not None:
            cells.setdefault(id(passage.cell), []).append(passage)
    for table in (element for element in document.tree.walk() if element.tag == "Table"):
        for row in grid([element for element in table.walk() if element.tag == "TR"]):
            if any(cell.tag == "TD" for _, cell in row):
                yield from _row_facts([(cell, cells.get(id(cell), [])) for _, cell in row], owned)


def _row_facts(row: Sequence[tuple[Element, list[Passage]]], owned: Owned) -> Iterator[CardFact]:
    heads = [passage for cell, said in row if cell.tag == "TH" for passage in said]
    title = heads[-1].read if heads else ""
    numbered = _NUMBERED.fullmatch(title)
    if numbered:
        part, title = f"issue {numbered[1]}", numbered[2]
        yield CardFact(part, "title", title, _places(heads[-1].element, owned))
    else:
        part = " ".join(dict.fromkeys((label(heads[0].read).lower(), title))) if len(heads) > 1 else title
    texts: list[Passage] = []
    numbers = 0
    for passage in (passage for cell, said in row if cell.tag == "TD" for passage in said):
        names = ("score", "maximum")[numbers:] if numbered else ("points",)
        figures = list(_figures(part, passage, owned, names)) if _is_figure(passage) else []
        numbers += sum(figure.field != "grade" for figure in figures)
        if figures:
            yield from figures
        else:
            texts.append(passage)
    if texts:
        places = tuple(place for passage in texts for place in _places(passage.element, owned))
        yield CardFact(part, "highlights", " ".join(passage.read for passage in texts), places)


def _is_figure(passage: Passage) -> bool:
    return passage.element.actual_text is not None or len(passage.read) <= _LONGEST_FIGURE


def _figures(part: str, passage: Passage, owned: Owned, names: Sequence[str]) -> Iterator[CardFact]:
    """The letter or the numbers of a passage; `names` are the fields of the numbers, in order."""
    places = _places(passage.element, owned)
    if letter := _LETTER.fullmatch(passage.read):
        yield CardFact(part, "grade", letter[1], places)
        return
    values = _NUMBER.findall(passage.read)
    if passage.element.actual_text is not None or (len(values) == 1 and values[0] == passage.read):
        for field, value in zip(names, values, strict=False):
            yield CardFact(part, field, value, places)


def _places(element: Element, owned: Owned) -> tuple[Place, ...]:
    """Where the text of an element stands: on each page one rectangle around all its ink."""
    places: dict[int, Rect] = {}
    for kid in (kid for inner in element.walk() for kid in inner.kids if isinstance(kid, ContentKid)):
        for fragment in owned.get(kid, ()):
            if fragment.text.strip():
                places[kid.page] = places[kid.page].union(fragment.ink) if kid.page in places else fragment.ink
    return tuple(Place(page + 1, rect) for page, rect in places.items())
