"""From an empty folder to printed cards by way of a spreadsheet, mistakes included; and the command's manners."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
Lines = Callable[[bytes], list[str]]

LAYOUT = ("--layout", "my-cards/layouts/my-card.yaml")


@pytest.fixture
def project(cardprint: Command, tmp_path: Path) -> Path:
    """A project of two invented jurisdictions as `cardprint new` makes it, its results taken away."""
    assert cardprint("new", "my-cards").returncode == 0
    for file in (tmp_path / "my-cards" / "states").iterdir():
        file.unlink()
    return tmp_path / "my-cards"


def fill_in(path: Path) -> list[str]:
    """Fill in a blank workbook as the best possible results for every state; return the states' names."""
    book = openpyxl.load_workbook(path, rich_text=True)
    issues = [book[name] for name in book.sheetnames if name.startswith("Issue ")]
    rows = range(4, issues[0].max_row + 1)
    for sheet in issues:
        score = next(cell for cell in sheet[3] if cell.value == "Score")
        most = re.search("From 0 to ([0-9.]+)", score.comment.text)
        assert most is not None
        for row in rows:
            for column in range(2, score.column):
                sheet.cell(row, column).value = "accomplished"
            sheet.cell(row, score.column).value = float(most[1])
    for cell in book["Extra credit"][3] if "Extra credit" in book.sheetnames else ():
        if "protections" in str(cell.value).split("\n")[0]:
            for row in rows:
                book["Extra credit"].cell(row, cell.column).value = "none"
    book.save(path)
    return [issues[0].cell(row, 1).value for row in rows]


def type_in(path: Path, **cells: object) -> None:
    """Type into the sheet of the first issue."""
    book = openpyxl.load_workbook(path, rich_text=True)
    for name, value in cells.items():
        book["Issue 1"][name] = value
    book.save(path)


def test_a_newcomer_fills_in_a_workbook_mends_mistakes_and_prints(
    cardprint: Command, project: Path, tmp_path: Path, lines: Lines
) -> None:
    """Export blank, type, import, correct what is named, import again, render: nothing else is needed."""
    book = tmp_path / "grades.xlsx"
    assert cardprint("sheet", "export", "--blank", "--data", "my-cards", "-o", book.name).returncode == 0
    names = fill_in(book)
    assert 2 == len(names)
    type_in(book, A4=names[0] + "s", B5="acomplished")

    done = cardprint("sheet", "import", book.name, "--data", "my-cards")
    assert (1, "", []) == (done.returncode, done.stdout, list((project / "states").iterdir()))
    told = done.stderr.splitlines()
    assert [f'grades.xlsx: Issue 1!A4: unknown-state: There is no state "{names[0]}s".'] == [
        line.partition(" Did you mean")[0] for line in told if "unknown-state" in line
    ]
    assert any(line.startswith("grades.xlsx: Issue 1!B5: unknown-status: ") for line in told)
    assert "Traceback" not in done.stderr

    type_in(book, A4=names[0], B5="Accomplished ")
    done = cardprint("sheet", "import", book.name, "--data", "my-cards")
    assert (0, "") == (done.returncode, done.stderr)
    assert f"{names[0]} · issue 1 · goal 1.1: (blank) → accomplished" in done.stdout
    assert 2 == len(list((project / "states").iterdir()))

    done = cardprint("render", "--all", "--data", "my-cards", *LAYOUT, "-o", "out")
    assert 0 == done.returncode, done.stderr
    pages = [lines((tmp_path / path).read_bytes()) for path in done.stdout.splitlines()]
    assert all(any("SAMPLE DATA" in line for line in page) for page in pages)


def test_a_dry_run_shows_and_writes_nothing(cardprint: Command, project: Path, tmp_path: Path) -> None:
    """The same lines, and the data as they were."""
    cardprint("sheet", "export", "--data", "my-cards", "-o", "grades.xlsx")
    fill_in(tmp_path / "grades.xlsx")
    done = cardprint("sheet", "import", "grades.xlsx", "--data", "my-cards", "--dry-run")
    assert (0, True) == (done.returncode, "→ accomplished" in done.stdout)
    assert [] == list((project / "states").iterdir())


def test_an_unchanged_export_says_so(cardprint: Command) -> None:
    """Of the shipped edition, into a copy of it."""
    assert cardprint("new", "my-cards").returncode == 0
    done = cardprint("sheet", "export", "--data", "my-cards", "-o", "tables")
    assert (0, True) == (done.returncode, "overall.csv" in done.stdout)
    done = cardprint("sheet", "import", "tables", "--data", "my-cards")
    assert (0, "Nothing changes.\n", "") == (done.returncode, done.stdout, done.stderr)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "none.xlsx", "--data", "."), "no-edition"),
        (("import", "none.xlsx"), "--data"),
        (("export",), "--output"),
        (("export", "-o", "a.csv"), "does not end in .csv"),
        (("export", "-o", "a.xlsx", "--data", "nowhere"), "missing-folder"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_a_usage_error(
    cardprint: Command, arguments: tuple[str, ...], said: str
) -> None:
    """Importing names its folder: the shipped data are nobody's to change."""
    done = cardprint("sheet", *arguments)
    assert (2, True) == (done.returncode, said in done.stderr)
