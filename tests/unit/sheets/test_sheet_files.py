"""Spreadsheets on disk: tables as .csv files, what is overwritten and what is not, and a missing library."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

import pytest

from cardprint.model.diagnostics import DiagnosticError
from cardprint.sheets import edition_workbook, plan_import, write_export, write_import
from cardprint.workspace import Workspace


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def rewrite(path: Path, old: str, new: str) -> None:
    """Replace a text that the file must hold."""
    text = path.read_bytes().decode("utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new).encode("utf-8"))


class TestTables:
    def test_there_is_a_file_for_each_sheet_that_is_typed_into(self, both: Any) -> None:
        """Without formulas, which only a workbook can have."""
        folder = both.export("tables")
        names = ["extra-credit.csv", "issue-1.csv", "issue-2.csv", "overall.csv"]
        assert names == sorted(path.name for path in folder.iterdir())
        assert [
            "State,1.1 yellow bricks,1.2 signs for lions,1.10 signs for witches,Score,Highlights",
            "Land of Oz,accomplished,gap,accomplished,5.5,",
            "Wonderland,2.5,0.5,2,,",
        ] == lines(folder / "issue-1.csv")

    def test_they_open_in_excel_as_utf_8(self, desk: Any) -> None:
        """Which it takes them for by the byte order mark only."""
        assert (desk.export("tables") / "overall.csv").read_bytes().startswith(b"\xef\xbb\xbf")

    def test_one_file_alone_can_be_imported(self, desk: Any) -> None:
        """A colleague fills in one issue; the other sheets stay as they are in the data."""
        path = desk.export("tables") / "extra-credit.csv"
        rewrite(path, "Land of Oz,1.1;", 'Land of Oz,"1.1, 1.2"')
        rewrite(desk.states / "land-of-oz.yaml", "overall: {grade: B, score: 9.5}   # as published\n", "")
        assert {"OZ · extra credit youth · protections": "('1.1',) → ('1.1', '1.2')"} == desk.read(str(path))

    def test_semicolons_and_decimal_commas_are_understood_together(self, desk: Any) -> None:
        """As Excel writes them in half of the world."""
        path = desk.export("tables") / "issue-1.csv"
        path.write_bytes(path.read_bytes().replace(b",", b";").replace(b"5.5", b"5,5"))
        assert {} == desk.read("tables")

    def test_a_mistake_is_told_with_file_and_cell(self, desk: Any) -> None:
        """By the cell's name, as the program shows it that has the file open."""
        rewrite(desk.export("tables") / "issue-1.csv", "accomplished,gap", "accomplished,gpa")
        with pytest.raises(DiagnosticError) as caught:
            desk.read("tables")
        assert "tables/issue-1.csv: C2: unknown-status" in str(caught.value)

    def test_an_id_that_may_have_been_another_is_refused(self, desk: Any) -> None:
        """Programs save 1.10 as 1.1. What an export wrote stays what it is, and so does an id that is no number."""
        path = desk.export("tables") / "extra-credit.csv"
        assert {} == desk.read("tables")
        rewrite(path, "Land of Oz,1.1;", "Land of Oz,1.1")
        with pytest.raises(DiagnosticError) as caught:
            desk.read("tables")
        assert "tables/extra-credit.csv: B2: ambiguous-goal" in str(caught.value)
        assert "Type 1.1; or 1.10; with the semicolon" in str(caught.value)
        rewrite(path, "Land of Oz,1.1", "Land of Oz,1.10")
        assert {"OZ · extra credit youth · protections": "('1.1',) → ('1.10',)"} == desk.read("tables")
        rewrite(path, "Land of Oz,1.10", "Land of Oz,1.2")
        assert {"OZ · extra credit youth · protections": "('1.1',) → ('1.2',)"} == desk.read("tables")

    def test_a_head_that_may_have_been_another_is_refused(self, desk: Any) -> None:
        """Likewise, where somebody heads columns with the ids alone."""
        rewrite(desk.export("tables") / "issue-1.csv", "1.10 signs for witches", "1.1")
        with pytest.raises(DiagnosticError, match="ambiguous-head"):
            desk.read("tables")

    def test_a_table_of_another_name_is_told_how_it_must_be_called(self, desk: Any) -> None:
        """Which issue it holds, its file's name alone says."""
        (desk.export("tables") / "issue-1.csv").rename(desk.folder / "mine.csv")
        with pytest.raises(DiagnosticError, match=r"rename it to the one of issue-1\.csv, issue-2\.csv"):
            desk.read("mine.csv")

    def test_other_tables_in_the_folder_are_left_alone(self, desk: Any) -> None:
        """Even such as could not be read."""
        (desk.export("tables") / "budget.csv").write_bytes(b"\xff\xfe\0\0")
        assert {} == desk.read("tables")


class TestWriting:
    def test_a_workbook_with_something_else_in_it_is_not_overwritten(self, desk: Any) -> None:
        """It may hold a day's work. The same export again is no harm, and who insists may."""
        edition = desk.edition
        content = edition_workbook(edition)
        desk.export()
        write_export(edition.workspace, content, "grades.xlsx", overwrite=False)
        desk.fill({"Issue 1!B4": "gap"})
        with pytest.raises(DiagnosticError, match="file-exists"):
            write_export(edition.workspace, content, "grades.xlsx", overwrite=False)
        write_export(edition.workspace, content, "grades.xlsx", overwrite=True)
        assert {} == desk.read()

    def test_a_file_that_has_changed_in_the_meantime_is_left_alone(self, both: Any) -> None:
        """Between showing the changes and writing them, somebody else may save."""
        both.export()
        both.fill({"Overall!F4": "Glinda", "Overall!F5": "Alice"})
        edition = both.edition
        plan = plan_import(edition, "grades.xlsx")
        (both.states / "wonderland.yaml").write_text("state: Wonderland\n", encoding="utf-8")
        before = both.text()
        with pytest.raises(DiagnosticError, match="changed-meanwhile"):
            write_import(edition, plan)
        assert before == both.text()

    def test_a_byte_order_mark_stays(self, desk: Any) -> None:
        """The file goes on being what its editor made it."""
        path = desk.states / "land-of-oz.yaml"
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
        desk.export()
        desk.fill({"Overall!F4": "Glinda"})
        desk.take()
        assert path.read_bytes().startswith(b"\xef\xbb\xbf# Looked through")


class TestLibrary:
    def test_without_openpyxl_the_command_that_installs_it_is_told(
        self, desk: Any, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """For writing and for reading."""
        path = desk.export()
        monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
        for act in (
            lambda: write_export(desk.edition.workspace, edition_workbook(desk.edition), "b.xlsx", overwrite=True),
            lambda: desk.read(path.name),
        ):
            with pytest.raises(DiagnosticError) as caught:
                act()
            (told,) = caught.value.diagnostics
            assert ("missing-extra", True) == (told.code, "pip install" in told.hint)

    def test_tables_need_no_library(self, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
        """The twin."""
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
        desk.export("tables")
        assert {} == desk.read("tables")


def test_an_edition_of_overall_grades_alone_has_a_sheet_for_them(tmp_path: Path) -> None:
    """As that of 2023, of which no more is known; nothing is invented for it."""
    from cardprint.sheets import open_edition
    from cardprint.workspace import shipped_folder

    workspace = Workspace(tmp_path.resolve(), shipped_folder())
    edition = open_edition(workspace, shipped_folder() / "data" / "2023")
    names = [sheet.name for sheet in edition_workbook(edition).sheets]
    assert ["Guide", "Overall", "Scale", "Lists"] == names


@pytest.mark.parametrize("edition", ["2021", "2023"])
@pytest.mark.parametrize("path", ["grades.xlsx", "tables"])
def test_the_shipped_editions_come_back_as_they_went(tmp_path: Path, edition: str, path: str) -> None:
    """Fifty-one states, one of them complete."""
    from cardprint.sheets import open_edition
    from cardprint.workspace import shipped_folder

    workspace = Workspace(tmp_path.resolve(), shipped_folder())
    opened = open_edition(workspace, shipped_folder() / "data" / edition)
    write_export(workspace, edition_workbook(opened), path, overwrite=False)
    plan = plan_import(opened, path)
    assert ((), {}, ()) == (plan.changes, plan.files, plan.warnings)
