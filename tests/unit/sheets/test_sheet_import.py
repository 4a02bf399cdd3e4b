"""A spreadsheet back into the files: what changes there, and what is said where it cannot be taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

import openpyxl
import pytest

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.pipeline import RequestError


def problems(desk: Any, path: str = "grades.xlsx") -> tuple[Diagnostic, ...]:
    """What an import complains of."""
    with pytest.raises(DiagnosticError) as caught:
        desk.read(path)
    return caught.value.diagnostics


def codes_and_cells(desk: Any, path: str = "grades.xlsx") -> list[tuple[str, str]]:
    """The codes of the errors, each with its sheet and cell."""
    return [(one.code, one.span.cell) for one in problems(desk, path) if one.severity.value == "error"]


@pytest.mark.parametrize("path", ["grades.xlsx", "tables"])
def test_what_was_exported_changes_nothing(both: Any, path: str) -> None:
    """Byte for byte, whether in statuses or in points, however the files are written."""
    before = {file: file.read_bytes() for file in both.states.iterdir()}
    both.export(path)
    assert {} == both.read(path)
    both.take(path)
    assert before == {file: file.read_bytes() for file in both.states.iterdir()}


def test_changes_are_told_field_by_field(desk: Any) -> None:
    """State, issue and field; old and new."""
    desk.export()
    desk.fill({"Issue 1!C4": "accomplished", "Issue 1!E4": 7.5, "Overall!B4": "A", "Overall!C4": 11.5})
    assert {
        "OZ · issue 1 · goal 1.2": "gap → accomplished",
        "OZ · issue 1 · score": "5.5 → 7.5",
        "OZ · overall · grade": "B → A",
        "OZ · overall · score": "9.5 → 11.5",
    } == desk.read()


def test_only_what_changes_is_edited(desk: Any) -> None:
    """Comments, order, quotes and line breaks of the file stay as somebody wrote them."""
    desk.export()
    desk.fill({"Issue 1!B4": "gap", "Issue 1!C4": "accomplished", "Issue 1!E4": 6, "Overall!C4": 10})
    desk.take()
    expected = (
        "# Looked through by Glinda\n"
        "state: Land of Oz\n"
        "issues:\n"
        '  - id: "1"   # roads first\n'
        "    score: 6\n"
        '    accomplished: ["1.2",\n'
        '                   "1.10"]  # counted twice\n'
        "    gaps:\n"
        '      - "1.1"\n'
        '  - {id: "2", score: 3, accomplished: ["2.1"], gaps: []}\n'
        'extra_credit: [{id: youth, protections: ["1.1"]}]\n'
        "overall: {grade: B, score: 10}   # as published\n"
    )
    assert expected == desk.text()
    assert {"OZ · issue 1 · score": "6 → 5.5"}.items() <= back(desk).items()


def back(desk: Any) -> dict[str, str]:
    """What would change if the last results were taken back."""
    desk.export("now.xlsx")
    desk.fill({"Issue 1!B4": "accomplished", "Issue 1!C4": "gap", "Issue 1!E4": 5.5, "Overall!C4": 9.5}, "now.xlsx")
    changes: dict[str, str] = desk.read("now.xlsx")
    return changes


def test_a_new_state_gets_a_file_in_the_manner_of_the_others(desk: Any) -> None:
    """From a row where there was none."""
    desk.export()
    desk.fill(
        {
            **{f"Issue 1!{column}5": "accomplished" for column in "BCD"},
            "Issue 1!E5": 7.5,
            "Issue 2!B5": "gap",
            "Issue 2!C5": 4,
            "Issue 2!E5": 'Balloons: "hot", mostly',
            "Extra credit!B5": "none",
            "Overall!F5": "The White Rabbit",
            "Overall!G5": dt.date(1900, 5, 17),
            "Overall!H5": "Balloons, corrected",
        }
    )
    desk.take()
    assert (
        "state: Wonderland\n"
        "source: The White Rabbit\n"
        "issues:\n"
        '  - {id: "1", score: 7.5, accomplished: ["1.1", "1.2", "1.10"], gaps: []}\n'
        '  - {id: "2", score: 4, accomplished: [], gaps: ["2.1"], highlights: "Balloons: \\"hot\\", mostly"}\n'
        "extra_credit:\n"
        "  - {id: youth, protections: []}\n"
        "revised: 1900-05-17\n"
        'revision: "Balloons, corrected"\n'
    ) == desk.text("wonderland")
    assert {} == desk.read()


def test_a_row_may_go_over_from_statuses_to_points(desk: Any) -> None:
    """The lists give way to the points, whose sum needs no score."""
    desk.export()
    points = {"Issue 1!B4": 2.5, "Issue 1!C4": 0.5, "Issue 1!D4": 2.5, "Issue 1!E4": None}
    desk.fill(points)
    desk.take()
    assert '    points: {"1.1": 2.5, "1.2": 0.5, "1.10": 2.5}\n' in desk.text()
    assert "gaps:\n" not in desk.text()
    assert "score: 5.5" not in desk.text()
    assert {} == desk.read()


def test_emptying_a_cell_takes_its_value_out(desk: Any) -> None:
    """Of a row in which something is left."""
    desk.export()
    desk.fill({"Overall!C4": None})
    assert {"OZ · overall · score": "9.5 → None"} == desk.read()
    desk.take()
    assert "overall: {grade: B}   # as published\n" in desk.text()


def test_a_row_left_empty_changes_nothing(desk: Any) -> None:
    """A blank workbook, partly filled in, must not wipe out everybody else."""
    desk.export(blank=True)
    assert {} == desk.read()


class TestLiberal:
    """Where only one thing can be meant, it is taken."""

    @pytest.mark.parametrize(
        "cells",
        [
            {"Issue 1!B4": "Accomplished "},
            {"Issue 1!B4": "ACCOMPLISHED", "Issue 1!C4": "Gap"},
            {"Issue 1!E4": "5.5"},
            {"Issue 1!E4": "5.50 "},
            {"Issue 1!E4": 5.500000000000001},
            {"Issue 1!A4": " land of oz"},
            {"Issue 1!A4": "oz"},
            {"Issue 1!A4": "Land-of-Oz"},
            {"Overall!B4": "b"},
            {"Extra credit!B4": "1.1,"},
            {"Issue 1!B3": "yellow bricks"},
            {"Issue 1!B3": "1.1"},
            {"Issue 1!B3": " 1.1  Yellow Bricks"},
            {"Issue 1!E3": "SCORE"},
            {"Issue 1!A3": "State "},
            {"Issue 1!A1": None, "Issue 1!A2": "notes of my own"},
            {"Issue 1!F4": "=1/0", "Issue 1!H4": "whatever"},
            {"Totals!B4": 99, "Guide!A9": "scribbled"},
            {"Issue 1!K4": "a remark beside the table"},
        ],
    )
    def test_nothing_changes_by(self, desk: Any, cells: dict[str, Any]) -> None:
        """Case, spaces, numbers as text, other names of a state, heads in other words, and what is never read."""
        desk.export()
        desk.fill(cells)
        assert {} == desk.read()

    def test_an_id_that_has_become_a_number_is_known_again(self, desk: Any) -> None:
        """Where no other id looks like it: there is no goal 2.10."""
        desk.export()
        desk.fill({"Extra credit!B4": 2.1, "Overall!C4": None})
        assert "('1.1',) → ('2.1',)" == desk.read()["OZ · extra credit youth · protections"]

    def test_rows_sorted_columns_moved_hidden_and_inserted(self, both: Any) -> None:
        """What people do to a sheet once it is unprotected."""
        path = both.export()
        book = openpyxl.load_workbook(path)
        sheet = book["Issue 1"]
        rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3)]
        sheet.delete_rows(3, 9)
        head, oz, wonderland = ([*row[1:], None, row[0]] for row in rows)
        for row in (head, [None], wonderland, [None], oz):
            sheet.append(row)
        sheet.column_dimensions["B"].hidden = True
        sheet.insert_rows(1)
        book.save(path)
        assert {} == both.read()

    def test_a_column_of_one_s_own_is_left_out_with_a_warning(self, desk: Any) -> None:
        """It is not lost: it stays in the workbook."""
        desk.export()
        desk.fill({"Issue 1!I3": "Asked on", "Issue 1!I4": "Tuesday"})
        assert {} == desk.read()

    def test_a_sheet_of_one_s_own_and_one_that_is_missing(self, desk: Any) -> None:
        """What is not there stays as it is in the data."""
        path = desk.export()
        book = openpyxl.load_workbook(path)
        del book["Issue 2"]
        book.create_sheet("Phone calls")["A1"] = "State"
        book.save(path)
        assert {} == desk.read()


MISTAKES: list[tuple[dict[str, Any], str, str, str]] = [
    # what is typed, the code, the cell, and words of message or hint
    ({"Issue 1!B4": "acomplished"}, "unknown-status", "Issue 1!B4", 'Did you mean "accomplished"?'),
    ({"Issue 1!B4": "x"}, "unknown-status", "Issue 1!B4", "accomplished or gap, or points from 0 to 2.5"),
    ({"Issue 1!B4": True}, "unknown-status", "Issue 1!B4", "the truth value TRUE"),
    ({"Issue 1!B4": dt.date(2021, 5, 2)}, "unknown-status", "Issue 1!B4", "the date 2021-05-02"),
    ({"Issue 1!B4": None}, "missing-goal", "Issue 1!B4", "Goal 1.1 of Land of Oz has no status"),
    ({"Issue 1!B4": None, "Issue 1!D4": None}, "missing-goal", "Issue 1!B4", "Goals 1.1, 1.10 of Land of Oz have"),
    ({"Issue 1!B4": 2.5}, "mixed-row", "Issue 1!B4", "the other goals of its row have statuses"),
    ({"Issue 1!B4": "=2+0.5"}, "formula-cell", "Issue 1!B4", "the formula =2+0.5"),
    ({"Issue 1!E4": "=3+2.5"}, "formula-cell", "Issue 1!E4", "Paste Special"),
    ({"Issue 1!E4": "#REF!"}, "error-cell", "Issue 1!E4", "#REF!"),
    ({"Issue 1!E4": None}, "missing-score", "Issue 1!E4", "Type the score"),
    ({"Issue 1!E4": "5,5"}, "bad-number", "Issue 1!E4", "Write 5.5."),
    ({"Issue 1!E4": "five"}, "bad-number", "Issue 1!E4", "expected a score such as 16 or 8.5"),
    ({"Issue 1!E4": dt.date(2021, 5, 5)}, "not-a-number", "Issue 1!E4", "the date 2021-05-05"),
    ({"Issue 1!E4": -1}, "out-of-range", "Issue 1!E4", "at least 0"),
    ({"Issue 1!E4": 8}, "too-high", "Issue 1!E4", "8 points are more than issue 1 can give, 7.5"),
    ({"Issue 1!E4": 5.3}, "off-step", "Issue 1!E4", "perhaps to 5 or 5.5"),
    ({"Issue 1!E4": 7.5}, "impossible-score", "Issue 1!E4", "at most 2 × 2.5 + 1 × 2 = 7 points"),
    ({"Issue 1!E4": 6}, "wrong-total", "Overall!C4", "6 + 3 + 1 = 10, the file says 9.5"),
    ({"Extra credit!B4": "1.1 3.3"}, "unknown-goal", "Extra credit!B4", "no goal"),
    ({"Extra credit!B4": "1.1, 1.1"}, "duplicate-goal", "Extra credit!B4", "listed twice"),
    ({"Extra credit!B4": dt.date(2021, 1, 1)}, "not-goals", "Extra credit!B4", "Format the cell as text"),
    ({"Extra credit!B4": 1.1}, "ambiguous-goal", "Extra credit!B4", "1.1 and 1.10 look alike as numbers"),
    ({"Extra credit!B4": None, "Extra credit!D4": "Mine"}, "missing-key", "Extra credit!D4", "protections"),
    ({"Overall!B4": "E"}, "unknown-grade", "Overall!B4", "Choose from A, B, F"),
    ({"Overall!B4": "A"}, "wrong-grade", "Overall!B4", "earn B, the file says A"),
    ({"Overall!B5": "A", "Overall!D5": "named"}, "missing-key", "Overall!B5", "source"),
    ({"Overall!D4": "named", "Overall!E4": "javascript:x"}, "bad-address", "Overall!E4", "https:"),
    ({"Overall!D4": "heard of"}, "unknown-choice", "Overall!D4", "named or derived by elimination"),
    ({"Overall!G4": "May 17"}, "bad-date", "Overall!G4", "Write year-month-day"),
    ({"Overall!H4": "a\u202eb"}, "hidden-character", "Overall!H4", "U+202E"),
    ({"Issue 1!A4": "Land of Os"}, "unknown-state", "Issue 1!A4", "Did you mean Land of Oz?"),
    ({"Issue 1!A5": "Land of Oz"}, "duplicate-state", "Issue 1!A5", "row 4 already"),
    ({"Issue 1!A4": None}, "missing-state", "Issue 1!A4", "names no state"),
    ({"Issue 1!C3": "signs for tigers"}, "unknown-column", "Issue 1!C3", 'Did you mean "1.2 signs for lions"?'),
    ({"Issue 1!E3": "Scroe"}, "unknown-column", "Issue 1!E3", 'Did you mean "Score"?'),
    ({"Issue 1!C3": None}, "missing-column", "Issue 1!A3", "1.2 signs for lions"),
    ({"Issue 1!C3": 1.1}, "ambiguous-head", "Issue 1!C3", "1.1 or 1.10"),
    ({"Issue 1!C3": "1.1 yellow bricks"}, "duplicate-column", "Issue 1!C3", "Columns B and C"),
    ({"Issue 1!A3": "Place"}, "missing-heads", "Issue 1!", 'none has a cell "State"'),
    ({"Issue 2!B5": "gap", "Issue 2!C5": 1}, "missing-results", "Issue 1!B5", "none of issue 1"),
    ({"Guide!B4": "1899"}, "wrong-edition", "Guide!B4", "of the edition 1899, the data are of 1900"),
]


@pytest.mark.parametrize(("cells", "code", "cell", "words"), MISTAKES, ids=lambda value: str(value)[:40])
def test_a_mistake_is_told_with_its_cell(desk: Any, cells: dict[str, Any], code: str, cell: str, words: str) -> None:
    """And with what is expected, or what to do. Without it nothing is wrong: see what was exported."""
    desk.export()
    desk.fill(cells)
    found = problems(desk)
    (told,) = [one for one in found if (one.code, one.span.cell) == (code, cell)]
    assert words in f"{told.message} {told.hint}"
    place = f"grades.xlsx: {cell}"
    assert str(told).startswith(f"{place}: {code}: ")


def test_every_mistake_is_told_at_once(desk: Any) -> None:
    """One in each sheet, and two in one row: nobody has to import five times."""
    desk.export()
    desk.fill(
        {
            "Issue 1!B4": "done",
            "Issue 1!E4": "lots",
            "Issue 2!C4": 3.3,
            "Extra credit!B4": "7.7",
            "Overall!B4": "Z",
            "Overall!A5": "Wunderland",
        }
    )
    assert [
        ("unknown-goal", "Extra credit!B4"),
        ("unknown-status", "Issue 1!B4"),
        ("off-step", "Issue 2!C4"),
        ("unknown-state", "Overall!A5"),
    ] == [one for one in codes_and_cells(desk) if one[0] != "unknown-grade"]


def test_of_a_workbook_of_another_edition_only_that_is_told(desk: Any) -> None:
    """All else that is wrong follows from it."""
    desk.export()
    desk.fill({"Guide!B4": "1899", "Issue 1!A4": "Wunderland", "Issue 1!C3": "signs for tigers"})
    assert [("wrong-edition", "Guide!B4")] == codes_and_cells(desk)


def test_a_sheet_with_a_name_nearly_right_is_an_error(desk: Any) -> None:
    """Its results would go unread."""
    path = desk.export()
    book = openpyxl.load_workbook(path)
    book["Issue 2"].title = "Isue 2"
    book.save(path)
    (told,) = problems(desk)
    assert ("unknown-sheet", 'Did you mean "Issue 2"?') == (told.code, told.hint)


def test_a_workbook_of_something_else_is_no_workbook_of_grades(desk: Any) -> None:
    """Rather than one in which nothing changes."""
    book = openpyxl.Workbook()
    book.save(desk.folder / "grades.xlsx")
    assert ["no-sheets"] == [one.code for one in problems(desk)]


def test_all_or_nothing(both: Any) -> None:
    """A mistake in one state keeps the others from being written."""
    both.export()
    both.fill({"Issue 1!B5": 2, "Issue 1!E4": 99})
    before = both.text("wonderland")
    with pytest.raises(DiagnosticError):
        both.take()
    assert before == both.text("wonderland")


def test_what_sheets_do_not_hold_is_audited_as_well(desk: Any) -> None:
    """A key that the file should not have is told with its line, before anything is written."""
    desk.export()
    desk.fill({"Overall!F4": "Glinda"})
    (desk.states / "land-of-oz.yaml").write_text(desk.text() + "colour: green\n", encoding="utf-8")
    (told,) = problems(desk)
    assert ("unknown-key", "ed/states/land-of-oz.yaml:13:1") == (told.code, str(told.span))


def test_a_file_that_cannot_be_edited_in_place_is_left_alone(desk: Any) -> None:
    """An alias says one thing twice: to change one place would change the other."""
    text = desk.text().replace("score: 3,", "score: &three 3,").replace('id: "1" ', 'id: "1"\n    highlights: "x"')
    text = text.replace("score: 5.5", "score: 5.5").replace("score: 9.5}", "score: 9.5}\nsource: *three")
    (desk.states / "land-of-oz.yaml").write_text(text, encoding="utf-8")
    desk.export()
    assert {} == desk.read()
    desk.fill({"Overall!F4": "Glinda"})
    (told,) = problems(desk)
    assert ("uneditable-file", True) == (told.code, "source must be Glinda" in told.message)
    assert text == desk.text()


def test_an_export_that_is_not_there_is_a_bad_request(desk: Any) -> None:
    """The command line is what has to change."""
    with pytest.raises(RequestError, match="missing-file"):
        desk.read("grade.xlsx")
