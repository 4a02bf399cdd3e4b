"""School reports from the same engine: pupils for states, marks from 6 down to 1, layouts of their own, no code."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PdfReader

SCHOOL = Path(__file__).parents[1] / "fixtures" / "school"

Command = Callable[..., subprocess.CompletedProcess[str]]
Lines = Callable[[bytes], list[str]]


@pytest.fixture
def page(cardprint: Command, lines: Lines, tmp_path: Path) -> Callable[..., list[str]]:
    """Renders with a layout of the school, and gives the lines of the page that comes out."""

    def rendered(layout: str, *pupils: str) -> list[str]:
        paths = ("--data", SCHOOL, "--layout", SCHOOL / "layouts" / layout)
        done = cardprint("render", *pupils, *paths, "-o", "out")
        assert (0, "") == (done.returncode, done.stderr)
        file = tmp_path / done.stdout.strip()
        (only,) = PdfReader(file).pages
        assert (420, 595) == (round(only.mediabox.width), round(only.mediabox.height))  # A5
        return lines(file.read_bytes())

    return rendered


def test_a_report_has_its_own_rows_and_scale(page: Callable[..., list[str]]) -> None:
    """Four subjects; 19 of 20 points are a 6 (from 90 %), 7 of 10 a 4 (from 60 %); 46 of 50 in all."""
    report = page("school-report.yaml", "ada-quill")
    assert "Ada Quill" in report
    for row in ("Mathematics 6 19/20", "English 6 15/15", "Science 4 7/10", "Music 6 5/5"):
        assert any(line.startswith(row) for line in report)
    assert "46 of 50 points" in report


def test_its_sentences_are_the_school_s(page: Callable[..., list[str]]) -> None:
    """Merged as the grammar has it; a teacher's own words stay as they are."""
    words = " ".join(page("school-report.yaml", "AQ"))
    assert "Secure in mental arithmetic as well as drawing triangles and bar charts. Practises long division." in words
    assert "Built the class weather station." in " ".join(page("school-report.yaml", "Bruno Sandoval"))


def test_the_class_is_shown_where_it_sits(page: Callable[..., list[str]]) -> None:
    """One page for all, on another grid; who has no report yet has a desk without a mark."""
    plan = page("class-plan.yaml")
    assert "School report, summer term 2031: 3 of 4 reports" in plan
    start = plan.index("Ada Quill")
    desks = ["Ada Quill", "6", "Bruno Sandoval", "4", "Chidi Lindqvist", "2", "Doreen Mbeki-O’Hara"]
    assert desks == plan[start : start + 7]
    assert ["1 × 6 Ada Quill", "1 × 4 Bruno Sandoval", "1 × 2 Chidi Lindqvist"] == plan[start + 7 : start + 10]
