"""The first sheet of a workbook: what it is, how it is filled in, and how it comes back."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from cardprint.model.dataset import Framework
from cardprint.model.numbers import spelled
from cardprint.model.workbook import CellContent, Role, SheetContent
from cardprint.sheets.book import TITLE_HEIGHTS, titles
from cardprint.sheets.fields import ACCOMPLISHED, GAP
from cardprint.sheets.names import EDITION, EXTRA_CREDIT, GOALS, GUIDE, NO_PROTECTIONS, OVERALL, SCALE, TOTALS

_FIRST = 4
_WIDTHS = {1: 20.0, 2: 110.0}
_LINE, _ROOM = 15.0, 9.0
"""Points: the height of a line, and what is left around a paragraph."""

_CHARACTERS = 1.1
"""How many characters go into the width of a digit."""


def guide_sheet(framework: Framework) -> SheetContent:
    """The guide. Its line `EDITION` tells importing which edition the workbook is of."""
    cells = titles(framework.edition.title, "A workbook of cardprint", sample=framework.sample)
    heights = dict(TITLE_HEIGHTS)
    for row, (label, text) in enumerate(_lines(framework), start=_FIRST):
        cells[row, 1] = CellContent(label, Role.NAME)
        cells[row, 2] = CellContent(text, Role.REFERENCE)
        heights[row] = _ROOM + _LINE * len(textwrap.wrap(text, round(_WIDTHS[2] * _CHARACTERS)))
    return SheetContent(GUIDE, cells, _WIDTHS, heights)


def _lines(framework: Framework) -> Iterator[tuple[str, str]]:
    full = spelled(framework.goal_maximum)
    yield EDITION, framework.edition.id
    if framework.issues:
        yield (
            "Issues",
            f"One sheet for each. Choose {ACCOMPLISHED} (all {full} points) or {GAP} (fewer) for every goal and type "
            "the score; rows in points take the points of every goal. The column Check says at once what is amiss.",
        )
    if framework.extra_credit:
        yield (
            EXTRA_CREDIT,
            f'Goals whose protections are extended, by their ids, as in 1.2, 2.10; "{NO_PROTECTIONS}" where none is.',
        )
    yield OVERALL, "The grade as published, how it is known and where from; dates and notes of revisions."
    if framework.issues:
        yield TOTALS, "Sums and grades by formulas. Nothing is typed there, and nothing there is imported."
        yield f"{GOALS}, {SCALE}", "The goals with their ids, and the points from which each grade is earned."
    yield (
        "Blank cells",
        "A blank cell says that something is not known, and emptying a cell takes its value out of the data; a row "
        f"left empty as a whole changes nothing.{_ALL_OR_NONE if framework.issues else ''}",
    )
    yield (
        "Locks",
        "Names, heads and formulas are locked, without a password: unprotect a sheet (Review, Unprotect Sheet) to sort "
        "its rows or add columns of your own. Rows and columns may stand in any order; a state without a row stays as "
        "it is.",
    )
    yield (
        "Back into the data",
        "Save, then run: cardprint sheet import FILE --data DIR. It shows every change, names every mistake with its "
        "sheet and cell, and writes nothing until there is none.",
    )


_ALL_OR_NONE = " A state has results for all issues or for none."
