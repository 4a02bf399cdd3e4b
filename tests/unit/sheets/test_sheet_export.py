"""The workbook that staff get: what stands where, what can be typed, and formulas that agree with the audit."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import openpyxl
import pytest

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.source import Source
from cardprint.validate import validate_state

Values = Callable[[str], Any]


def row(sheet: Any, number: int) -> list[Any]:
    """The values of a row, ends of lines shown as /."""
    return [str(cell.value).replace("\n", " / ") if cell.value is not None else None for cell in sheet[number]]


def test_there_is_a_sheet_for_each_issue_and_one_for_all_else(desk: Any) -> None:
    """In the order in which the card has them; the lists that drop-downs choose from are out of sight."""
    book = openpyxl.load_workbook(desk.export())
    expected = ["Guide", "Issue 1", "Issue 2", "Extra credit", "Overall", "Totals", "Goals", "Scale", "Lists"]
    assert expected == book.sheetnames
    assert ["Lists"] == [sheet.title for sheet in book if sheet.sheet_state == "hidden"]


def test_an_issue_has_states_as_rows_and_goals_as_columns(desk: Any) -> None:
    """A head begins with the goal's id and says it in words; a state without results has an empty row."""
    sheet = openpyxl.load_workbook(desk.export())["Issue 1"]
    heads = ["State", "1.1 / yellow bricks", "1.2 / signs for lions", "1.10 / signs for witches"]
    assert [*heads, "Score", "Grade", "Highlights", "Check"] == row(sheet, 3)
    assert ["Land of Oz", "accomplished", "gap", "accomplished", "5.5"] == row(sheet, 4)[:5]
    assert ["Wonderland", None, None, None, None] == row(sheet, 5)[:5]


def test_a_state_in_points_has_them_in_its_row(both: Any) -> None:
    """And its score is a sum, unless goals without a name count into it."""
    book = openpyxl.load_workbook(both.export())
    assert ["Wonderland", "2.5", "0.5", "2"] == row(book["Issue 1"], 5)[:4]
    assert '=IF(COUNT(B5:D5)=3,ROUND(SUM(B5:D5),9),"")' == book["Issue 1"]["E5"].value
    assert 5 == book["Issue 2"]["C5"].value


@pytest.mark.parametrize(("by_points", "score"), [(None, None), (False, None), (True, "=IF(")])
def test_empty_rows_take_what_the_dataset_uses(desk: Any, by_points: bool | None, score: str | None) -> None:
    """Statuses here; points where they are asked for, whose sum is the score."""
    sheet = openpyxl.load_workbook(desk.export(by_points=by_points))["Issue 1"]
    assert score == (sheet["E5"].value and sheet["E5"].value[:4])
    source = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    statuses, points = "'Lists'!$A$1:$A$2", "'Lists'!$D$1:$D$6"
    assert (points if by_points else statuses) == source["B5:D5" if by_points else "B4:D5"]


def test_a_blank_one_has_states_and_no_results(desk: Any) -> None:
    """For a new edition, whose framework alone is there."""
    book = openpyxl.load_workbook(desk.export(blank=True))
    entered = [
        cell.value
        for name in ("Issue 1", "Issue 2", "Extra credit", "Overall")
        for cells in book[name].iter_rows(min_row=4, min_col=2)
        for cell in cells
        if cell.value is not None and not str(cell.value).startswith("=")
    ]
    assert [] == entered
    assert ["Land of Oz", "Wonderland"] == [book["Overall"][f"A{number}"].value for number in (4, 5)]


def test_only_entries_can_be_typed_into(desk: Any) -> None:
    """Names, heads and formulas are locked, without a password; filters and widths are free."""
    sheet = openpyxl.load_workbook(desk.export())["Issue 1"]
    locked = {place: sheet[place].protection.locked for place in ("A4", "B3", "B4", "E4", "F4", "G4", "H4")}
    assert {"A4": True, "B3": True, "B4": False, "E4": False, "F4": True, "G4": False, "H4": True} == locked
    assert (True, None) == (sheet.protection.sheet, sheet.protection.password)
    assert (False, False) == (sheet.protection.autoFilter, sheet.protection.formatColumns)


def test_heads_stay_in_view_and_explain_themselves(desk: Any) -> None:
    """Scrolled down fifty states, one still knows the goal; its note says what counts."""
    sheet = openpyxl.load_workbook(desk.export())["Issue 1"]
    assert ("B4", "A3:H5") == (sheet.freeze_panes, sheet.auto_filter.ref)
    assert sheet["C3"].comment.text.startswith("1.2: signs for lions.\nStatus: accomplished (all 2.5 points)")
    assert "From 0 to 7.5 in steps of 0.5." in sheet["E3"].comment.text


def test_scores_are_limited_while_typing(desk: Any) -> None:
    """A number on the step, no more than the issue can give."""
    rules = openpyxl.load_workbook(desk.export())["Issue 1"].data_validations.dataValidation
    (score,) = [rule for rule in rules if str(rule.sqref) == "E4:E5"]
    assert "AND(ISNUMBER(E4),E4>=0,E4<=7.5,ROUND(E4/0.5,0)=ROUND(E4/0.5,9))" == score.formula1


def test_a_sample_says_so_on_every_sheet_and_page(desk: Any) -> None:
    """Invented figures must not pass for real ones in a spreadsheet either."""
    book = openpyxl.load_workbook(desk.export())
    visible = [sheet for sheet in book if sheet.sheet_state == "visible"]
    assert all("SAMPLE DATA" in sheet["A1"].value for sheet in visible)
    assert {"SAMPLE DATA"} == {sheet.oddHeader.center.text for sheet in visible}
    assert "SAMPLE DATA" in book.properties.title


def test_real_data_say_nothing_of_the_kind(desk: Any) -> None:
    """The twin."""
    framework = desk.folder / "ed" / "framework.yaml"
    framework.write_text(framework.read_text(encoding="utf-8").replace("sample: true\n", ""), encoding="utf-8")
    book = openpyxl.load_workbook(desk.export())
    assert not any("SAMPLE" in str(sheet["A1"].value) for sheet in book)


def test_a_text_that_begins_like_a_formula_stays_a_text(desk: Any) -> None:
    """What a file says is data wherever it is opened: no formula comes of it."""
    text = desk.text().replace("score: 5.5", "score: 5.5\n    highlights: '=HYPERLINK(\"http://x.example\")'")
    (desk.states / "land-of-oz.yaml").write_text(text, encoding="utf-8")
    cell = openpyxl.load_workbook(desk.export())["Issue 1"]["G4"]
    assert ("s", '=HYPERLINK("http://x.example")') == (cell.data_type, cell.value)
    assert "'=HYPERLINK" in (desk.export("tables") / "issue-1.csv").read_text(encoding="utf-8-sig")
    assert {} == desk.read() == desk.read("tables")


def test_the_same_files_give_the_same_bytes(desk: Any) -> None:
    """Today and tomorrow, whatever the hash seed: nothing in the file tells when it was made."""
    data = desk.export().read_bytes()
    command = [sys.executable, "-m", "cardprint", "sheet", "export", "--data", "ed", "-o", "again.xlsx"]
    subprocess.run(command, cwd=desk.folder, env=os.environ | {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}, check=True)
    assert data == (desk.folder / "again.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {(1980, 1, 1, 0, 0, 0)} == {part.date_time for part in archive.infolist()}
        assert archive.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2


def test_bad_files_are_told_and_nothing_is_exported(desk: Any) -> None:
    """A workbook made from wrong results would spread them."""
    (desk.states / "wonderland.yaml").write_text("state: Wonderland\nissues: 3\n", encoding="utf-8")
    (desk.states / "land-of-oz.yaml").write_text(desk.text().replace("9.5", "9"), encoding="utf-8")
    with pytest.raises(DiagnosticError) as caught:
        desk.export()
    assert ["wrong-total", "wrong-type"] == [one.code for one in caught.value.diagnostics]
    assert not (desk.folder / "grades.xlsx").exists()


class TestFormulas:
    def test_totals_are_those_of_the_audit(self, both: Any, calculate: Callable[[bytes], Values]) -> None:
        """Sum and letter of every state, in statuses or in points."""
        shown = calculate(both.export().read_bytes())
        edition = both.edition
        for number, slug in ((4, "land-of-oz"), (5, "wonderland")):
            node = parse_yaml(Source(f"{slug}.yaml", both.text(slug).encode()))
            record, _ = validate_state(node, edition.framework, edition.jurisdictions)
            total = Decimal(str(shown(f"Totals!E{number}")))
            assert (record.total, record.letter) == (total, shown(f"Totals!F{number}"))
            assert "ok" == shown(f"Totals!I{number}") == shown(f"Issue 1!H{number}")

    def test_the_totals_find_a_state_wherever_its_row_has_been_sorted_to(
        self, both: Any, calculate: Callable[[bytes], Values]
    ) -> None:
        """Sheets are sorted one at a time."""
        both.export()
        both.fill({"Issue 2!A4": "Wonderland", "Issue 2!A5": "Land of Oz"})
        shown = calculate((both.folder / "grades.xlsx").read_bytes())
        assert (5, 3) == (shown("Totals!C4"), shown("Totals!C5"))

    @pytest.mark.parametrize(
        ("score", "letter"), [(6.5, "B"), (6.75, "A"), (7.5, "A"), (5.25, "B"), (5, "F"), (0, "F"), (None, "")]
    )
    def test_letters_change_exactly_at_their_thresholds(
        self, desk: Any, calculate: Callable[[bytes], Values], score: float | None, letter: str
    ) -> None:
        """90 % of 7.5 points are 6.75, and 70 % are 5.25: compared in points, no quotient misses them by a hair."""
        desk.export()
        desk.fill({"Issue 1!E4": score})
        assert letter == calculate((desk.folder / "grades.xlsx").read_bytes())("Issue 1!F4")

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ({}, "ok"),
            ({"B4": None}, "a goal is missing"),
            ({"E4": None}, "the score is missing"),
            ({"E4": 8}, "more than 7.5 points"),
            ({"E4": 5.25}, "not in steps of 0.5"),
            ({"E4": 4.5}, "too low for the goals accomplished"),
            ({"E4": 7.5}, "too high for the gaps"),
            ({"B4": None, "C4": None, "D4": None, "E4": None}, ""),
        ],
    )
    def test_a_row_says_what_is_amiss_while_it_is_typed(
        self, desk: Any, calculate: Callable[[bytes], Values], cells: dict[str, Any], said: str
    ) -> None:
        """As importing would, and before."""
        desk.export()
        desk.fill({f"Issue 1!{cell}": value for cell, value in cells.items()})
        assert said == calculate((desk.folder / "grades.xlsx").read_bytes())("Issue 1!H4")

    @pytest.mark.parametrize(
        ("cells", "said"),
        [
            ({}, "ok"),
            ({"B5": "gap"}, "a goal is missing"),
            ({"B5": 3}, "points go from 0 to 2.5"),
            ({"E5": 6}, "not the sum of the points"),
        ],
    )
    def test_a_row_of_points_likewise(
        self, both: Any, calculate: Callable[[bytes], Values], cells: dict[str, Any], said: str
    ) -> None:
        """Where the score is typed, it has to be the sum."""
        both.export()
        both.fill({f"Issue 1!{cell}": value for cell, value in cells.items()})
        assert said == calculate((both.folder / "grades.xlsx").read_bytes())("Issue 1!H5")

    @pytest.mark.parametrize(
        ("typed", "points"),
        [("1.1", 1), ("1.1, 1.10", 2), ("1.1;2.1 1.2", 3), ("None", 0), (None, ""), ("1.1, 3.1", "unknown goal")],
    )
    def test_protections_are_counted(
        self, desk: Any, calculate: Callable[[bytes], Values], typed: str | None, points: object
    ) -> None:
        """By ids that exist, however they are parted; 1.1 is not found in 1.10."""
        desk.export()
        desk.fill({"Extra credit!B4": typed})
        shown = calculate((desk.folder / "grades.xlsx").read_bytes())
        assert points == shown("Extra credit!C4")
        assert ("incomplete" if isinstance(points, str) else "not as published" if points != 1 else "ok") == shown(
            "Totals!I4"
        )


def test_every_key_of_a_state_s_file_has_its_field() -> None:
    """A key that is added to the files must find its way into spreadsheets, or round trips would lose it."""
    from cardprint.sheets.fields import EXTRA_KEYS, ISSUE_KEYS, OVERALL_KEYS
    from cardprint.sheets.yaml_text import SECTIONS
    from cardprint.validate.forms_state import ExtraCreditEntry, IssueEntry, OverallForm, StateForm

    assert {"state", *SECTIONS} == set(StateForm.keys)
    assert {"id", *ISSUE_KEYS, "points", "accomplished", "gaps"} == set(IssueEntry.keys)
    assert {"id", *EXTRA_KEYS} == set(ExtraCreditEntry.keys)
    assert set(OVERALL_KEYS) == set(OverallForm.keys)
