"""The scope of a book's own pages: its shape, its halves, what is left out."""

from __future__ import annotations

from decimal import Decimal

import pytest

from cardprint.compose.book_scope import BookEntry, BookPart, build_book_scope
from cardprint.model.dataset import Jurisdiction
from cardprint.model.page_scopes import BOOK_SCOPE
from cardprint.model.scope import EDITION_SCOPE, ListValue, MissingValue, NumberValue, RecordValue, TextValue

PLACES = [
    Jurisdiction(name, name.lower(), name[:2].upper(), name.lower(), name) for name in ("Alabama", "Alaska", "Ohio")
]
EDITION = RecordValue(dict.fromkeys(EDITION_SCOPE.fields, TextValue("")))


def entries(count: int) -> list[BookEntry]:
    return [BookEntry(place, str(page), "D", Decimal(60)) for page, place in enumerate(PLACES[:count], start=4)]


def halves(scope: RecordValue) -> list[list[str]]:
    """The states in each half."""
    value = scope.fields["halves"]
    assert isinstance(value, ListValue)
    found = []
    for half in value.items:
        assert isinstance(half, RecordValue)
        listed = half.fields["entries"]
        assert isinstance(listed, ListValue)
        found.append([one.fields["title"].text for one in listed.items])  # type: ignore[union-attr]
    return found


def test_scope_has_the_shape_that_layouts_are_checked_against() -> None:
    """What `BOOK_SCOPE` names is there, and nothing else."""
    scope = build_book_scope(EDITION, [BookPart("Overview", "overview", "3")], entries(3))
    assert BOOK_SCOPE.fields.keys() == scope.fields.keys()


@pytest.mark.parametrize(
    ("count", "expected"),
    [(0, []), (1, [["Alabama"]]), (2, [["Alabama"], ["Alaska"]]), (3, [["Alabama", "Alaska"], ["Ohio"]])],
)
def test_halves_hold_all_entries_in_order(count: int, expected: list[list[str]]) -> None:
    """The first is the longer; a half without entries is none."""
    assert expected == halves(build_book_scope(EDITION, [], entries(count)))


def test_entry_without_a_result_says_so() -> None:
    """Grade and score are asked for with `when`; they are never made up."""
    scope = build_book_scope(EDITION, [], [BookEntry(PLACES[0], "4", None, None), *entries(1)])
    listed = scope.fields["entries"]
    assert isinstance(listed, ListValue)
    bare, known = (one.fields for one in listed.items if isinstance(one, RecordValue))
    assert isinstance(bare["grade"], MissingValue)
    assert isinstance(bare["score"], MissingValue)
    assert (TextValue("D"), NumberValue(Decimal(60))) == (known["grade"], known["score"])


def test_who_is_left_out_is_named_or_not_given() -> None:
    """A book of all states has nothing to say of others."""
    missing = build_book_scope(EDITION, [], entries(1)).fields["left_out"]
    assert isinstance(missing, MissingValue)
    assert missing.optional
    assert TextValue("Alaska, Ohio") == build_book_scope(EDITION, [], entries(1), PLACES[1:]).fields["left_out"]
