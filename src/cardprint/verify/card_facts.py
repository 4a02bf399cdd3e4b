"""What a finished card says, fact by fact: read from its tags, whoever made it and in whichever layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import reduce
from typing import Final, NamedTuple

from msgspec import Struct

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.geometry import Rect
from cardprint.verify.aloud import grid, label
from cardprint.verify.identity import Identity, identify
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.passages import Owned, Passage, fragments_by_owner, join_fragments, read_passages
from cardprint.verify.reading.structure import ContentKid, Element
from cardprint.verify.reading.values import DamagedFileError
from cardprint.verify.rules.links import tagged_links

_LETTER: Final = re.compile(r"(?:.*[\s:])?([A-Z][+−-]?)")
_NUMBER: Final = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)?(?![\w])")
_SCORE: Final = re.compile(r"\d+(?:[.,]\d+)?(?:(?: ?/ ?| \w+ )\d+(?:[.,]\d+)?)?(?: \w+)?")
"""A score with its words: "68 points", "68 of 102.5 points"."""

_NUMBERED: Final = re.compile(r"([\w.]{1,8})\. (.+)")
_LONGEST_FIGURE: Final = 24
"""Characters that a passage has at most to be a figure and no sentence, where it is not said how it is read."""

_NEAR_THE_GRADE: Final = 3
"""How many passages a figure may stand from the grade of the card and be its score."""


class Place(NamedTuple):
    """Where something stands: on a page, counted from 1, in points from its top left."""

    page: int
    rect: Rect


class CardFact(NamedTuple):
    """A fact: of which part of the card ("issue 3"), which field ("score"), and the places that show it.

    `value` is what a listener hears, `drawn` what a reader sees."""

    part: str
    field: str
    value: str
    drawn: str
    places: tuple[Place, ...]


class CardFacts(Struct, frozen=True):
    """All that a card of so many `pages` says: its facts; in reading order the texts that are no facts of any part, and
    the descriptions of pictures; then what stands outside of the tags, and where links lead."""

    identity: Identity
    pages: int
    facts: tuple[CardFact, ...]
    texts: tuple[CardFact, ...]


def read_card_facts(pdf: bytes) -> CardFacts:
    """Read a card. A row of its table is a part, named by its number or its head; what is read aloud
    otherwise than it is drawn, and short texts, are its figures; the rest is its text. Outside of the table the first
    grade is that of the card as a whole, and the number next to it its score.

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
    loose = [passage for passage in passages if passage.row is None]
    overall = _overall([passage for passage in loose if passage.element.tag != "Figure"], owned)
    facts = [*_table_facts(document, passages, owned), *(fact for told in overall.values() for fact in told)]
    texts = [_text(passage, owned) for passage in loose if id(passage) not in overall]
    texts += [*_untagged(document), *_links(document, owned)]
    return CardFacts(identity, len(document.pages), tuple(facts), tuple(texts))


def _overall(passages: Sequence[Passage], owned: Owned) -> dict[int, list[CardFact]]:
    """The figures of the card as a whole, by the identity of the passages that tell them."""
    told = [
        list(_figures("overall", passage, owned, ("score", "maximum"), _SCORE)) if _is_figure(passage) else []
        for passage in passages
    ]
    grade = next((at for at, facts in enumerate(told) if facts and facts[0].field == "grade"), None)
    scores = [at for at, facts in enumerate(told) if facts and facts[0].field != "grade"]
    if grade is not None:
        scores = sorted([at for at in scores if abs(at - grade) <= _NEAR_THE_GRADE], key=lambda at: abs(at - grade))
    chosen = [at for at in (grade, *scores[:1]) if at is not None]
    return {id(passages[at]): told[at] for at in sorted(chosen)}


def _text(passage: Passage, owned: Owned) -> CardFact:
    picture = passage.element.tag == "Figure"
    drawn = "" if picture else passage.drawn
    return CardFact("", "picture" if picture else "text", passage.read, drawn, _places(passage.element, owned))


def _untagged(document: Document) -> Iterator[CardFact]:
    """What a page shows, and no listener hears."""
    for page in document.pages:
        fragments = [f for f in page.content.fragments if f.mark is None or f.mark.mcid is None]
        if words := join_fragments(fragments).strip():
            places = (Place(page.number, reduce(Rect.union, [fragment.ink for fragment in fragments])),)
            yield CardFact("", "text outside of the tags", "", words, places)


def _links(document: Document, owned: Owned) -> Iterator[CardFact]:
    """Where links lead."""
    for link in tagged_links(document, owned):
        for _, annotation in link.annotations:
            yield CardFact("", "link", annotation.address or "", "", _places(link.element, owned))


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
        same = _NUMBERED.fullmatch(heads[-1].drawn)
        shown = same[2] if same and same[1] == numbered[1] else heads[-1].drawn
        yield CardFact(part, "title", title, shown, _places(heads[-1].element, owned))
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
        read, drawn = (" ".join(words) for words in zip(*((p.read, p.drawn) for p in texts), strict=True))
        yield CardFact(part, "highlights", read, drawn, places)


def _is_figure(passage: Passage) -> bool:
    return passage.element.actual_text is not None or len(passage.read) <= _LONGEST_FIGURE


def _figures(
    part: str, passage: Passage, owned: Owned, names: Sequence[str], alone: re.Pattern[str] = _NUMBER
) -> Iterator[CardFact]:
    """The letter or the numbers of a passage; `names` are the fields of the numbers, in order.

    Numbers are figures where it is said how they are read, or where the passage is nothing but what `alone` matches."""
    places = _places(passage.element, owned)
    if letter := _LETTER.fullmatch(passage.read):
        drawn = _LETTER.fullmatch(passage.drawn)
        yield CardFact(part, "grade", letter[1], drawn[1] if drawn else passage.drawn, places)
        return
    if passage.element.actual_text is not None or alone.fullmatch(passage.read):
        values, shown = _NUMBER.findall(passage.read)[: len(names)], _NUMBER.findall(passage.drawn)
        for at, (field, value) in enumerate(zip(names, values, strict=False)):
            drawn_here = shown[at : at + 1] if at + 1 < len(values) else shown[at:]
            yield CardFact(part, field, value, " ".join(drawn_here), places)


def _places(element: Element, owned: Owned) -> tuple[Place, ...]:
    """Where the text of an element stands: on each page one rectangle around all its ink."""
    places: dict[int, Rect] = {}
    for kid in (kid for inner in element.walk() for kid in inner.kids if isinstance(kid, ContentKid)):
        for fragment in owned.get(kid, ()):
            if fragment.text.strip():
                places[kid.page] = places[kid.page].union(fragment.ink) if kid.page in places else fragment.ink
    return tuple(Place(page + 1, rect) for page, rect in places.items())
