"""Invented cards that show between them every character which an edition's own words can put on a card.

They are laid out by nobody. Their words decide which glyphs the fonts of all the edition's cards hold, so that a
card's bytes do not depend on what other states' results are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Final

from msgspec.structs import replace

from cardprint.compose.scope import build_scope
from cardprint.model.dataset import (
    ExtraCreditResult,
    ExtraCreditRow,
    Framework,
    Issue,
    IssueResult,
    Jurisdiction,
    StateRecord,
)
from cardprint.model.scope import RecordValue

_FEWEST: Final = 12
"""So many cards at least, one revised in each month."""

_UNDATED: Final = dt.date(2021, 12, 28)

_WRITTEN: Final = (
    "ABCDEFGHIJKLM NOPQRSTUVWXYZ abcdefghijklm nopqrstuvwxyz 0123456789 .,:;!? '\"()/- $%&§",
    "‘’“”–—…",
    "áéíñóúüʻ",
)
"""What people write of a state in their own words: letters, figures and signs of English, its quotation marks and
dashes, and letters of names from Spanish and Hawaiian. Each on a card of its own, for a font may lack some of it."""


def repertoire_scopes(framework: Framework, places: Iterable[Jurisdiction]) -> Iterator[RecordValue]:
    """The scopes of the invented cards: every character of the jurisdictions' names, every figure of a score, every
    letter of the grade scale, every sentence and every goal's wording occurs in one of them; and so do the characters
    that people commonly write of a state themselves. A card with others gets fonts of its own."""
    shown = _varied(places)
    if not shown:
        return
    for number in range(max(_FEWEST, len(shown))):
        yield build_scope(framework, _record(framework, shown[number % len(shown)], number))
    for text in _WRITTEN:
        yield build_scope(framework, _written(_record(framework, shown[0], 0), text))


def _varied(places: Iterable[Jurisdiction]) -> list[Jurisdiction]:
    """Jurisdictions whose names have all the characters that any jurisdiction's have: each brings a new one."""
    seen: set[str] = set()
    chosen = []
    for place in places:
        names = (place.name, place.name.upper(), place.slug, place.postal, place.address, place.ap, place.article or "")
        characters = set().union(*names)
        if not characters <= seen:
            seen |= characters
            chosen.append(place)
    return chosen


def _record(framework: Framework, place: Jurisdiction, number: int) -> StateRecord:
    """Results in which, from one card to the next, other goals are accomplished and other letters earned."""
    letters = [band.letter for band in framework.scale.bands]
    released = framework.edition.released or _UNDATED
    return StateRecord(
        jurisdiction=place,
        issues=tuple(
            _issue(issue, index + number, letters[(index + number) % len(letters)], framework.step % 1)
            for index, issue in enumerate(framework.issues)
        ),
        extra_credit=tuple(_row(row, framework, number) for row in framework.extra_credit),
        total=Decimal(9 * (number % 11)) + framework.step % 1,  # 0, 9, 18 … 90 have all figures
        letter=letters[number % len(letters)],
        revised=dt.date(released.year, number % 12 + 1, number * 3 % 28 + 1),  # 1, 4, 7 … 28, 3 have all figures
    )


def _written(record: StateRecord, text: str) -> StateRecord:
    """The results with `text` wherever a state's own words may stand."""
    issues = [replace(issue, highlights=text) for issue in record.issues or ()]
    rows = [replace(row, highlights=text) for row in record.extra_credit or ()]
    return replace(record, issues=tuple(issues), extra_credit=tuple(rows), revision=text, correction=text)


def _issue(issue: Issue, number: int, letter: str, fraction: Decimal) -> IssueResult:
    accomplished = _pattern(len(issue.goals), number)
    score = issue.maximum if all(accomplished) else number % 10 + fraction
    return IssueResult(
        issue=issue,
        score=score,
        letter=letter,
        accomplished=tuple(goal for goal, done in zip(issue.goals, accomplished, strict=True) if done),
        gaps=tuple(goal for goal, done in zip(issue.goals, accomplished, strict=True) if not done),
    )


def _pattern(count: int, number: int) -> Sequence[bool]:
    """All of `count`, none, one, all but one, every other one, the others: in turn."""
    match number % 6:
        case 0:
            return [True] * count
        case 1:
            return [False] * count
        case 2 | 3 as kind:
            return [(index == number % count) is (kind == 2) for index in range(count)]
        case kind:
            return [index % 2 == kind % 2 for index in range(count)]


def _row(row: ExtraCreditRow, framework: Framework, number: int) -> ExtraCreditResult:
    protections = tuple(framework.goals.values())[: number % 10]
    return ExtraCreditResult(row, Decimal(number % 10), protections)
