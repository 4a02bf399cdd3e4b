"""Finished cards held against data: their own, their own changed since, and those of others."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

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
    """One line says that it passes."""
    proof = "full" if full else "fast"
    assert (0, [f"out/{REPORT}: passes the {proof} proof."]) == verify(capsys, "--data", school.name, *full)


def test_files_changed_yet_not_what_they_say(school: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A comment more makes other files of the same statements: a warning, no fault."""
    with (school / "states" / "ada-quill.yaml").open("a", encoding="utf-8") as file:
        file.write("# Looked through.\n")
    code, (warning, verdict) = verify(capsys, "--data", school.name)
    assert (0, f"out/{REPORT}: passes the fast proof, with 1 warning.") == (code, verdict)
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
