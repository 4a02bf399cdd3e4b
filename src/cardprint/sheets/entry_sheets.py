"""The sheets that are typed into: one for each issue, one for extra credit, one for overall grades."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cardprint.model.dataset import GRADE_BASES, ExtraCreditRow, Framework, Issue
from cardprint.model.numbers import spelled
from cardprint.model.workbook import CellContent, Role, SheetContent, Signal, cell_name
from cardprint.sheets import formulas, lists
from cardprint.sheets.book import Book, StateSheet, cell_value
from cardprint.sheets.fields import ACCOMPLISHED, GAP, FieldName, Fields, Part, goal_names, is_number
from cardprint.sheets.names import (
    CHECK,
    EXTRA_HEADS,
    EXTRA_POINTS,
    GRADE,
    ISSUE_HEADS,
    NO_PROTECTIONS,
    OVERALL,
    OVERALL_HEADS,
    STATE_HEADS,
    extra_head,
    goal_head,
    wording,
)

_NUMBER, _DATE, _GOAL, _LIST, _CHECK, _TEXT = 11.0, 13.0, 15.0, 26.0, 30.0, 40.0
"""Widths of columns."""

_BLANK = "a blank cell says: not known"
_TO_COMPARE = "As published, to be compared with what follows from the rest. May be left blank."
_BY_HAND = "A text by hand, instead of the one that is made from the results. May be left blank."


def issue_sheet(book: Book, issue: Issue, name: str) -> SheetContent:
    """The results of one issue: a column for each goal, then the score."""
    sheet = StateSheet(book)
    framework = book.framework
    ways = sorted({_in_points(book, fields, issue) for _, fields in book.rows})
    for goal, field in zip(issue.goals, goal_names(issue), strict=True):
        rules = "\n".join(_goal_rules(framework, in_points=way) for way in ways)
        note = f"{goal.id}: {wording(goal)}.\n{rules}"
        sheet.entry(field, goal_head(goal), Role.CHOICE, _GOAL, note)
    score = sheet.cells(ISSUE_HEADS["score"], _scores(book, issue), _NUMBER, _score_rules(issue, framework))
    sheet.rule(score, _score_rules(issue, framework), test=_number_test(sheet.top(score), issue.maximum, framework))
    number = framework.issues.index(issue) + 2
    letters = [formulas.letter(cell_name(row, score), book.scale, number) for row, _ in book.rows]
    sheet.derived(GRADE, letters, _NUMBER, "Follows from the score; the sheet Scale shows how.")
    published = FieldName(Part.ISSUE, "grade", issue.id)
    if book.uses(published):
        column = sheet.entry(published, ISSUE_HEADS["grade"], Role.CHOICE, _NUMBER, _TO_COMPARE)
        sheet.rule(column, "Choose a grade of the scale.", source=lists.grade_source(framework))
    sheet.entry(FieldName(Part.ISSUE, "highlights", issue.id), ISSUE_HEADS["highlights"], Role.TEXT, _TEXT, _BY_HAND)
    checks = [
        (formulas.points_check if _in_points(book, fields, issue) else formulas.status_check)(
            row, score, issue, framework
        )
        for row, fields in book.rows
    ]
    check = sheet.derived(CHECK, checks, _CHECK, "What is amiss in the row. Importing checks this and more.")
    sheet.highlight(check, check, f'AND({sheet.top(check)}<>"",{sheet.top(check)}<>"ok")', Signal.WRONG)
    if issue.goals:
        _set_up_goals(sheet, issue)
    unnamed = f" (and {issue.unnamed} without a name)" if issue.unnamed else ""
    remark = f"{len(issue.goals)} goals{unnamed} · at most {spelled(issue.maximum)} points · {_BLANK}"
    return sheet.finish(name, f"Issue {issue.id} · {issue.title}", remark)


def _set_up_goals(sheet: StateSheet, issue: Issue) -> None:
    """What the cells of goals take, and their colours."""
    framework, last = sheet.book.framework, len(issue.goals) + 1
    full, top = spelled(framework.goal_maximum), sheet.top(2)
    sheet.highlight(2, last, f'OR({top}="{ACCOMPLISHED}",{top}={full})', Signal.GOOD)
    sheet.highlight(2, last, f'OR({top}="{GAP}",AND(ISNUMBER({top}),{top}<{full}))', Signal.WEAK)
    for in_points, first_row, last_row in _stretches(sheet.book, issue):
        area = f"{cell_name(first_row, 2)}:{cell_name(last_row, last)}"
        complaint = _goal_rules(framework, in_points=in_points)
        points = lists.points_source(framework)
        if not in_points:
            sheet.add_rule(area, complaint, source=lists.status_source())
        elif points:
            sheet.add_rule(area, complaint, source=points)
        else:
            test = _number_test(cell_name(first_row, 2), framework.goal_maximum, framework)
            sheet.add_rule(area, complaint, test=test)


def _stretches(book: Book, issue: Issue) -> Iterator[tuple[bool, int, int]]:
    """Stretches of rows that are all in points, or all in statuses: which, first row and last row."""
    start = book.first
    kinds = [_in_points(book, fields, issue) for _, fields in book.rows]
    for row, kind in enumerate(kinds, start=book.first):
        if row == book.last or kinds[row + 1 - book.first] != kind:
            yield kind, start, row
            start = row + 1


def _in_points(book: Book, fields: Fields, issue: Issue) -> bool:
    """Whether a row of an issue's sheet holds points, or statuses."""
    given = [fields[name] for name in goal_names(issue) if name in fields]
    return is_number(given[0].value) if given else book.by_points and bool(issue.goals)


def _scores(book: Book, issue: Issue) -> Iterator[CellContent]:
    """The scores of an issue: typed, or summed where the points of all its goals are there to be summed."""
    name = FieldName(Part.ISSUE, "score", issue.id)
    for row, fields in book.rows:
        if name not in fields and not issue.unnamed and _in_points(book, fields, issue):
            yield CellContent(formulas.row_sum(row, 2, len(issue.goals) + 1), Role.DERIVED)
        else:
            given = fields.get(name)
            yield CellContent(cell_value(name, given.value if given else None), Role.NUMBER)


def extra_sheet(book: Book, name: str) -> SheetContent:
    """Extra credit: for each row, the goals whose protections are extended, and the points that they give."""
    sheet = StateSheet(book)
    for row in book.framework.extra_credit:
        field = FieldName(Part.EXTRA_CREDIT, "protections", row.id)
        listed = sheet.entry(field, extra_head(row, EXTRA_HEADS["protections"]), Role.TEXT, _LIST, _protections(row))
        points = [formulas.protections_points(cell_name(at, listed), row.each, book.goals) for at, _ in book.rows]
        note = f"{spelled(row.each)} for each protection."
        derived = sheet.derived(extra_head(row, EXTRA_POINTS), points, _NUMBER, note)
        sheet.highlight(derived, derived, f"ISTEXT({sheet.top(derived)})*(LEN({sheet.top(derived)})>0)", Signal.WRONG)
        field = FieldName(Part.EXTRA_CREDIT, "points", row.id)
        if book.uses(field):
            sheet.entry(field, extra_head(row, EXTRA_HEADS["points"]), Role.NUMBER, _NUMBER, _TO_COMPARE)
        field = FieldName(Part.EXTRA_CREDIT, "highlights", row.id)
        sheet.entry(field, extra_head(row, EXTRA_HEADS["highlights"]), Role.TEXT, _TEXT, _BY_HAND)
    remark = f'Type ids of goals, as the sheet Goals lists them, or "{NO_PROTECTIONS}" · {_BLANK}'
    return sheet.finish(name, "Extra credit", remark)


def overall_sheet(book: Book) -> SheetContent:
    """Overall results as published, and what else a state's file says."""
    sheet = StateSheet(book)
    framework = book.framework
    bases = " or ".join(GRADE_BASES)
    alone = "Needed where a state has no results."
    for key, role, width, note in (
        ("grade", Role.CHOICE, _NUMBER, "The overall grade as published."),
        ("score", Role.NUMBER, _NUMBER, "The overall score as published, extra credit included."),
        ("basis", Role.CHOICE, _LIST, f"How the grade is known: {bases}. {alone}"),
        ("source", Role.TEXT, _TEXT, f"Where it is published: an address, or a publication and its date. {alone}"),
    ):
        sheet.entry(FieldName(Part.OVERALL, key), OVERALL_HEADS[key], role, width, note)
    for key, role, width, note in (
        ("source", Role.TEXT, _TEXT, "Where the state's figures are from, for whoever reads its file."),
        ("revised", Role.DATE, _DATE, "The day of the last revision."),
        ("revision", Role.TEXT, _TEXT, "What was revised, as the card says it."),
        ("correction", Role.TEXT, _TEXT, "What an earlier version had wrong, as the card says it."),
    ):
        sheet.entry(FieldName(Part.STATE, key), STATE_HEADS[key], role, width, note)
    sheet.rule(2, "Choose a grade of the scale.", source=lists.grade_source(framework))
    sheet.rule(4, f"Choose {bases}.", source=lists.basis_source())
    remark = f"For a state with results, grade and score must agree with the sheet Totals · {_BLANK}"
    return sheet.finish(OVERALL, "Overall grades as published", remark)


def _goal_rules(framework: Framework, *, in_points: bool) -> str:
    full, step = spelled(framework.goal_maximum), spelled(framework.step)
    if in_points:
        return f"Points: from 0 to {full} in steps of {step}."
    return f"Status: {ACCOMPLISHED} (all {full} points) or {GAP} (fewer)."


def _score_rules(issue: Issue, framework: Framework) -> str:
    text = f"From 0 to {spelled(issue.maximum)} in steps of {spelled(framework.step)}."
    if issue.unnamed:
        return f"{text} It counts {issue.unnamed} more than the goals shown."
    return f"{text} Where every goal has its points, their sum."


def _protections(row: ExtraCreditRow) -> str:
    return (
        f"The goals whose protections are extended to {row.beneficiary}: their ids, parted by commas.\n"
        f'"{NO_PROTECTIONS}" where there are none.'
    )


def _number_test(cell: str, most: Decimal, framework: Framework) -> str:
    """The test of a cell that takes a number on the step, from 0 to `most`."""
    on_step = formulas.on_step(cell, framework.step)
    return f"AND(ISNUMBER({cell}),{cell}>=0,{cell}<={spelled(most)},{on_step})"
