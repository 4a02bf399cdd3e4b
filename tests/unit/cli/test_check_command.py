"""What `cardprint check` says, to people and to programs."""

from __future__ import annotations

import io
import json
import re
import shutil
import sys
from pathlib import Path

import pytest

from cardprint.cli import run

TINY = Path(__file__).parents[2] / "fixtures" / "tiny"
EDITION = """
per: edition
document: {title: "{edition.title}"}
"""
CHECK = ["check", "--data", "edition", "--layout", "layouts/tiny.yaml"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with copies of the made-up edition and its layouts."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def mistaken(here: Path) -> Path:
    """The same with a mistake in Sylvania's file and a file that is not read."""
    path = here / "edition" / "states" / "sylvania.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("score:", "scoer:"), encoding="utf-8")
    (here / "edition" / "states" / "marxland.yml").write_text("state: Marxland\n", encoding="utf-8")
    return here


MISTAKE = 'edition/states/sylvania.yaml:3:15: unknown-key: The key "scoer" is not known in an issue\'s results.'
UNREAD = "edition/states/marxland.yml: warning: unread-file: "


@pytest.mark.usefixtures("here")
def test_without_a_mistake_the_exit_code_is_0(capsys: pytest.CaptureFixture[str]) -> None:
    """And a summary says what was looked through."""
    assert 0 == run(CHECK)
    told = capsys.readouterr()
    assert [
        "Checked edition 1933 with the layout tiny: 2 states, 2 complete.",
        "  1 jurisdiction without a file in states/: Grand Fenwick.",
        "No problems.",
    ] == told.out.splitlines()
    assert "" == told.err


@pytest.mark.usefixtures("mistaken")
def test_with_a_mistake_it_is_1_and_every_problem_has_a_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Problems are what was asked for, so they go to standard output, for a pager or a file."""
    assert 1 == run(CHECK)
    told = capsys.readouterr()
    unread, mistake, *summary = told.out.splitlines()
    assert unread.startswith(UNREAD)
    assert f'{MISTAKE} Did you mean "score"?' == mistake
    assert [
        "Checked edition 1933 with the layout tiny: 2 states, 1 with errors, 1 complete.",
        "1 error and 1 warning.",
    ] == [summary[0], summary[-1]]
    assert "" == told.err


@pytest.mark.parametrize("per", ["state", "edition"])
def test_a_page_is_proved_for_trial(here: Path, per: str, capsys: pytest.CaptureFixture[str]) -> None:
    """Words too pale to be read show on the finished page only, and are told once, with the page that was tried."""
    layout = here / "layouts" / "tiny.yaml"
    text = layout.read_text(encoding="utf-8")
    if per == "edition":
        text = text[: text.index("body:")] + EDITION
    layout.write_text(text, encoding="utf-8")
    assert 0 == run(CHECK)
    capsys.readouterr()
    layout.write_text(text.replace("#101010", "#dddddd"), encoding="utf-8")
    assert 1 == run(CHECK)
    pale = [line for line in capsys.readouterr().out.splitlines() if "4.5:1" in line or "3:1" in line]
    page = "the card of Freedonia" if per == "state" else "the tiny"
    assert pale
    assert all(f"contrast: On {page}: " in line for line in pale)


@pytest.mark.usefixtures("here")
def test_a_warning_alone_is_no_failure(mistaken: Path) -> None:
    """The cards can be made."""
    shutil.copy(mistaken / "edition/states/freedonia.yaml", mistaken / "edition/states/sylvania.yaml")
    path = mistaken / "edition/states/sylvania.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("Freedonia", "Sylvania"), encoding="utf-8")
    assert 0 == run(CHECK)


@pytest.mark.usefixtures("mistaken")
def test_on_a_terminal_lines_are_shown_with_carets(monkeypatch: pytest.MonkeyPatch) -> None:
    """The mistake is seen without opening the file."""

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    stream = Terminal()
    monkeypatch.setattr(sys, "stdout", stream)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "90")
    assert 1 == run(CHECK)
    lines = re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()).splitlines()
    start = lines.index(MISTAKE)
    assert [
        '    3 │   - {id: "1", scoer: 3.5, accomplished: ["1.1"], gaps: ["1.2"]}',
        "      │               ^^^^^",
        '  Did you mean "score"?',
    ] == lines[start + 1 : start + 4]


@pytest.mark.usefixtures("mistaken")
def test_as_json_it_is_one_document(capsys: pytest.CaptureFixture[str]) -> None:
    """With the same problems, place by place, and the same exit code."""
    assert 1 == run([*CHECK, "--json"])
    report = json.loads(capsys.readouterr().out)
    assert ("1933", "tiny") == (report["edition"], report["layout"])
    unread, mistake = report["problems"]
    assert ("warning", "unread-file", None) == (unread["severity"], unread["code"], unread["line"])
    assert {
        "severity": "error",
        "code": "unknown-key",
        "message": 'The key "scoer" is not known in an issue\'s results.',
        "file": "edition/states/sylvania.yaml",
        "line": 3,
        "column": 15,
        "end_line": 3,
        "end_column": 20,
        "cell": None,
        "path": "issues[0].scoer",
        "hint": 'Did you mean "score"?',
    } == mistake
    assert [("freedonia", "complete"), ("sylvania", "wrong")] == [(s["slug"], s["standing"]) for s in report["states"]]
    assert ["grand-fenwick"] == report["without_file"]


@pytest.mark.usefixtures("here")
def test_what_does_not_exist_is_a_usage_error_in_both_forms(capsys: pytest.CaptureFixture[str]) -> None:
    """Exit code 2; as JSON, too, a program gets a document."""
    arguments = ["check", "--data", "edition", "--layout", "report-crad"]
    assert 2 == run(arguments)
    assert capsys.readouterr().err.startswith("unknown-layout: ")
    assert 2 == run([*arguments, "--json"])
    told = capsys.readouterr()
    assert ["unknown-layout"] == [problem["code"] for problem in json.loads(told.out)["problems"]]
    assert "" == told.err


class TestIncompleteStates:
    @pytest.fixture(autouse=True)
    def elsewhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """An empty folder: what is checked is what cardprint ships."""
        monkeypatch.chdir(tmp_path)

    def test_are_named_and_no_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        """The first few, and how many there are."""
        assert 0 == run(["check"])
        assert [
            "Checked edition 2021 with the layout report-card: 51 states, 1 complete, 50 incomplete.",
            "  50 lack the results of the issues and extra credit: Alabama, Alaska, Arizona, Arkansas, California "
            "and 45 more.",
            "No problems.",
        ] == capsys.readouterr().out.splitlines()

    def test_are_errors_if_all_are_to_be_complete(self, capsys: pytest.CaptureFixture[str]) -> None:
        """One line for each."""
        assert 1 == run(["check", "--complete"])
        lines = capsys.readouterr().out.splitlines()
        assert lines[0].startswith("data/2021/states/alabama.yaml:2:1: incomplete-state: Alabama lacks ")
        assert "50 errors." == lines[-1]

    def test_the_page_of_an_edition_does_without_them(self, capsys: pytest.CaptureFixture[str]) -> None:
        """Nobody is called complete who was not asked for results."""
        assert 0 == run(["check", "--layout", "national-overview"])
        assert [
            "Checked edition 2021 with the layout national-overview: 51 states.",
            "No problems.",
        ] == capsys.readouterr().out.splitlines()
