"""Finished cards held against data: their own, their own changed since, and those of others."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from pypdf import PageObject, PdfWriter
from pypdf.generic import FloatObject, RectangleObject, StreamObject

from cardprint.cli import run

SCHOOL = Path(__file__).parents[1] / "fixtures" / "school"
REPORT = "sample-summer-2031-ada-quill.pdf"


@pytest.fixture
def school(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Path:
    """The school's data where they can be changed, and a report made from them in `out`."""
    shutil.copytree(SCHOOL, tmp_path / "school")
    monkeypatch.chdir(tmp_path)
    assert 0 == run(["render", "ada-quill", "--data", "school", "--layout", "school-report", "-o", "out"])
    capsys.readouterr()
    return tmp_path / "school"


def verify(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    """The exit code of `cardprint verify`, and the lines that it prints."""
    code = run(["verify", f"out/{REPORT}", *options])
    shown = capsys.readouterr()
    assert "" == shown.err
    return code, shown.out.splitlines()


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("full", [[], ["--full"]])
def test_card_of_these_data(full: list[str], school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """One line says that it passes, and as whose card; of the fast proof, what it does not look at."""
    proof = "full" if full else "fast"
    code, (verdict, *more) = verify(capsys, "--data", school.name, *full)
    assert (0, f"out/{REPORT} (Ada Quill, summer-2031): passes the {proof} proof.") == (code, verdict)
    assert full or ["--full" in line for line in more] == [True]


def test_files_changed_yet_not_what_they_say(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A comment more makes other files of the same statements: a warning, no fault."""
    with (school / "states" / "ada-quill.yaml").open("a", encoding="utf-8") as file:
        file.write("# Looked through.\n")
    code, (warning, verdict, _) = verify(capsys, "--data", school.name)
    assert (0, f"out/{REPORT} (Ada Quill, summer-2031): passes the fast proof, with 1 warning.") == (code, verdict)
    assert warning.startswith("warning: other-data: Data, layout or fonts have changed since ")


@pytest.mark.parametrize("full", [[], ["--full"]])
def test_data_changed_since(full: list[str], school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All that differs has one cause, which is told once, by an example in its line, with both ways out."""
    edit(school / "states" / "ada-quill.yaml", "m1: 5", "m1: 4")
    code, (finding, verdict) = verify(capsys, "--data", school.name, *full)
    assert (3, f"out/{REPORT}: is of other data and was not proved.") == (code, verdict)
    assert finding.startswith("school/states/ada-quill.yaml:")
    assert ": other-data: The card was made from other data than these. " in finding
    assert "The score of issue mathematics is 19 on the card and 18 in the data." in finding
    assert finding.endswith("with --data DIR; if these are its data and have changed since, render it anew.")


def test_card_of_another_edition(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An edition that cardprint does not ship has to be named; another one is not its own."""
    code, (finding, verdict) = verify(capsys)
    assert (3, f"out/{REPORT}: fails the fast proof.") == (code, verdict)
    assert finding.startswith("unknown-edition: ")
    assert finding.endswith("Name the folder of its data with --data DIR.")
    edit(school / "framework.yaml", "summer-2031", "winter-2031")
    code, lines = verify(capsys, "--data", school.name)
    assert (3, f"out/{REPORT}: is of other data and was not proved.") == (code, lines[-1])
    assert lines[0].startswith("other-edition: The card names edition summer-2031; the data are those of edition ")


def test_findings_for_programs(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The same in JSON, the remedy apart from the message."""
    edit(school / "states" / "ada-quill.yaml", "m1: 5", "m1: 4")
    code, lines = verify(capsys, "--data", school.name, "--json")
    (file,) = json.loads("\n".join(lines))["files"]
    assert (3, True, "summer-2031", "ada-quill") == (code, file["rejected"], file["edition"], file["state"])
    (finding,) = file["findings"]
    assert ("error", "other-data") == (finding["severity"], finding["rule"])
    assert finding["hint"].startswith("Name the folder ")
    assert finding["hint"] not in finding["message"]


def test_file_that_cannot_be_compared_stops_no_other(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It is told why, and has no verdict; the exit code is that of the data, in JSON too. A file that does not exist
    is a mistake in the command."""
    other = "sample-summer-2031-bruno-sandoval.pdf"
    assert 0 == run(["render", "bruno-sandoval", "--data", "school", "--layout", "school-report", "-o", "out"])
    (school / "states" / "ada-quill.yaml").unlink()
    command = ["verify", f"out/{REPORT}", f"out/{other}", "--data", "school"]
    capsys.readouterr()
    assert 1 == run(command)
    told = capsys.readouterr()
    assert told.err.startswith("school/states/ada-quill.yaml: missing-file: ")
    assert [f"out/{REPORT}: was not proved.", f"out/{other} (Bruno Sandoval, summer-2031): passes the fast proof."] == (
        told.out.splitlines()[:2]
    )
    assert 1 == run([*command, "--json"])
    first, second = json.loads(capsys.readouterr().out)["files"]
    assert (None, False) == (first["rejected"], second["rejected"])
    assert ([], ["missing-file"]) == (first["findings"], [problem["code"] for problem in first["problems"]])
    assert 2 == run([*command, "out/nothing.pdf"])
    told = capsys.readouterr()
    assert 'There is no file "out/nothing.pdf".' in told.err
    assert 3 == len([line for line in told.out.splitlines() if line.startswith("out/")])


def test_book_is_compared_though_a_page_about_the_edition_cannot_be_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A state's file is wrong: the overview needs all, the book leaves it out. The overview of before is not proved."""
    monkeypatch.chdir(tmp_path)
    run(["sample", "-o", "trial", "--count", "2"])
    run(["render", "--data", "trial", "--layout", "national-overview", "-o", "out"])
    edit(tmp_path / "trial" / "states" / "alaska.yaml", "state: Alaska", "state: Alaksa")
    assert 1 == run(["book", "--data", "trial", "-o", "out/book.pdf"])
    capsys.readouterr()
    assert 0 == run(["verify", "out/book.pdf", "--data", "trial"])
    assert "out/book.pdf" in capsys.readouterr().out
    (overview,) = (path for path in (tmp_path / "out").glob("*.pdf") if path.name != "book.pdf")
    assert 1 == run(["verify", f"out/{overview.name}", "--data", "trial"])
    assert "unknown-state" in capsys.readouterr().err


def repaint(page: PageObject, pattern: str, replacement: str) -> None:
    """Change what a page's content says where it has the pattern first."""
    contents = page["/Contents"].get_object()
    assert isinstance(contents, StreamObject)
    text, hits = re.subn(pattern, replacement, contents.get_data().decode("latin-1"), count=1, flags=re.DOTALL)
    assert 1 == hits
    contents.set_data(text.encode("latin-1"))


def misspell_the_heading(card: PdfWriter) -> None:
    repaint(card.pages[0], r"(/H1<<[^>]*>>BDC.*?\[<)(....)(....)", r"\1\3\2")


def move_a_line(card: PdfWriter) -> None:
    repaint(card.pages[0], r"(/H1<<[^>]*>>BDC.*?BT )[\d.]+", r"\g<1>40")


def crop(card: PdfWriter) -> None:
    page = card.pages[0]
    page.cropbox = RectangleObject((0, 0, page.mediabox.right, page.mediabox.top - 100))


def turn(card: PdfWriter) -> None:
    card.pages[0].rotate(90)


def add_a_page(card: PdfWriter) -> None:
    card.add_blank_page()


def make_the_sheet_larger(card: PdfWriter) -> None:
    for box in (card.pages[0].mediabox, card.pages[0].trimbox):
        box[3] = FloatObject(box.top + 20)


@pytest.mark.parametrize("full", [[], ["--full"]])
@pytest.mark.parametrize(
    ("alter", "rule"),
    [
        (misspell_the_heading, "text-changed: "),
        (move_a_line, "text-moved: "),
        (crop, "page-cropped: "),
        (turn, "sheet-turned: "),
        (add_a_page, "page-count: "),
        (make_the_sheet_larger, "sheet-size: "),
    ],
)
def test_altered_card(
    alter: Callable[[PdfWriter], None], rule: str, full: list[str], school: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was changed in a card of these data is told, though every fact may still stand on it somewhere."""
    card = PdfWriter(clone_from=f"out/{REPORT}")
    alter(card)
    card.write(f"out/{REPORT}")
    code, lines = verify(capsys, "--data", school.name, *full)
    assert 3 == code
    assert any(rule in line for line in lines), lines
    assert f"out/{REPORT}: fails the {'full' if full else 'fast'} proof." in lines


def paint_another_colour(card: PdfWriter) -> None:
    repaint(card.pages[0], r"[\d.]+ [\d.]+ [\d.]+ rg(\s[-\d. ]+ re)", r"0.9 0.9 0.9 rg\1")


def test_card_that_looks_otherwise(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The full proof tells a tile of another colour from the one that these data give: no word of the card differs."""
    card = PdfWriter(clone_from=f"out/{REPORT}")
    paint_another_colour(card)
    card.write(f"out/{REPORT}")
    assert 0 == verify(capsys, "--data", school.name)[0]
    code, lines = verify(capsys, "--data", school.name, "--full")
    assert 3 == code
    assert any("looks-altered: " in line for line in lines), lines


@pytest.mark.parametrize("full", [[], ["--full"]])
def test_card_rewritten_by_another_program(full: list[str], school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Other bytes that show and say the same are the same card."""
    card = PdfWriter(clone_from=f"out/{REPORT}")
    card.write(f"out/{REPORT}")
    code, (verdict, *_) = verify(capsys, "--data", school.name, *full)
    proof = "full" if full else "fast"
    assert (0, f"out/{REPORT} (Ada Quill, summer-2031): passes the {proof} proof.") == (code, verdict)
