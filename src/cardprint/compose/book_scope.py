"""The scope of a book's own pages: its cover, its contents, the folio of every page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

from cardprint.compose.values import number, text
from cardprint.model.dataset import Jurisdiction
from cardprint.model.scope import FlagValue, ListValue, RecordValue, TextValue, Value


class BookPart(Struct, frozen=True):
    """Something that the contents list: its title, the name of its page for links, and what that page is called."""

    title: str
    target: str
    page: str


class BookEntry(Struct, frozen=True):
    """A card that the contents list, with the overall result that it shows."""

    place: Jurisdiction
    page: str
    letter: str | None
    score: Decimal | None

    @property
    def target(self) -> str:
        """The name of its page."""
        return self.place.slug


def build_book_scope(
    edition: RecordValue,
    parts: Sequence[BookPart],
    entries: Sequence[BookEntry],
    left_out: Sequence[Jurisdiction] = (),
    *,
    label: str = "",
    continued: bool = False,
) -> RecordValue:
    """Everything that a layout of a book's page may name, in the shape of `BOOK_SCOPE`.

    `edition` is the scope of a page about the whole edition; `label` is what the drawn page is called."""
    listed = [_entry(entry) for entry in entries]
    middle = (len(listed) + 1) // 2
    halves = [half for half in (listed[:middle], listed[middle:]) if half]
    page = RecordValue({"label": TextValue(label), "continued": FlagValue(continued)})
    return RecordValue(
        {
            **edition.fields,
            "page": page,
            "parts": _list(RecordValue(_part(part.title, part.target, part.page)) for part in parts),
            "entries": _list(listed),
            "halves": _list(RecordValue({"entries": _list(half)}) for half in halves),
            "left_out": text(
                ", ".join(place.name for place in left_out) or None, "the states without a card", edition.span
            ),
        },
        edition.span,
    )


def _list(values: Iterable[Value]) -> ListValue:
    return ListValue(tuple(values))


def _part(title: str, target: str, page: str) -> dict[str, Value]:
    return {"title": TextValue(title), "target": TextValue(target), "page": TextValue(page)}


def _entry(entry: BookEntry) -> RecordValue:
    place = entry.place
    return RecordValue(
        {
            **_part(place.name, entry.target, entry.page),
            "postal": TextValue(place.postal, place.span),
            "ap": TextValue(place.ap, place.span),
            "grade": text(entry.letter, f"the overall grade of {place.name}", place.span),
            "score": number(entry.score, f"the overall score of {place.name}", place.span),
        },
        place.span,
    )
