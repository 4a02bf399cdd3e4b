"""Pages of a book that a layout must survive."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from cardprint.compose.book_scope import BookEntry, BookPart, build_book_scope
from cardprint.compose.stress import StressCase, edition_stress_cases
from cardprint.model.dataset import Framework, Jurisdiction

_LISTED: Final = 16
"""Entries on the page: contents take as many pages as they need."""

BOOK_PAGES: Final = ("cover", "contents", "overview")
"""The names of a book's pages that are no cards."""

_PAGE: Final = "1999"
_PARTS: Final = (BookPart("National overview", "overview", _PAGE),)


def book_stress_cases(framework: Framework, places: Iterable[Jurisdiction]) -> tuple[StressCase, ...]:
    """The cases of a page about the edition, with entries of the longest names, or with one that has no grade."""
    longest = sorted(places, key=lambda place: -len(place.name))[:_LISTED]
    letter = framework.scale.bands[-1].letter
    full = [BookEntry(place, _PAGE, letter, framework.maximum + Decimal("0.5")) for place in longest]
    bare = [BookEntry(place, _PAGE, None, None) for place in longest[:1]]
    cases = []
    for case in edition_stress_cases(framework, longest):
        entries, left_out = (bare, []) if case.name == "emptiest" else (full, longest)
        scope = build_book_scope(case.scope, _PARTS, entries, left_out, label=_PAGE, continued=case.name == "longest")
        cases.append(replace(case, scope=scope))
    return tuple(cases)
