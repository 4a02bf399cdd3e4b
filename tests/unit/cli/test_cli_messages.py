"""What people read on standard error, on a terminal and in a log."""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path

import pytest

from cardprint.cli.exits import Exit
from cardprint.cli.messages import in_shell, say, show_diagnostics, show_failure, some_of
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Severity, Span
from cardprint.workspace import Workspace


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace that has read state.yaml, whose third line holds a mistake."""
    (tmp_path / "state.yaml").write_text("state: X\nissues:\n  - {id: '1', scoer: 3}\n", encoding="utf-8")
    workspace = Workspace(tmp_path.resolve(), tmp_path)
    workspace.read(workspace.folder("."), "state.yaml")
    return workspace


def on_terminal(monkeypatch: pytest.MonkeyPatch, workspace: Workspace, diagnostic: Diagnostic) -> list[str]:
    """The lines that a terminal of 60 columns shows, without their colours."""
    stream = Terminal()
    monkeypatch.setattr(sys, "stderr", stream)
    for name, value in {"TERM": "xterm", "COLUMNS": "60"}.items():
        monkeypatch.setenv(name, value)
    show_diagnostics([diagnostic], workspace)
    return [line.rstrip() for line in re.sub(r"\x1b\[[0-9;]*m", "", stream.getvalue()).splitlines()]


MISTAKE = Diagnostic("unknown-key", 'Found "scoer".', Span("state.yaml", 3, 15, 3, 20), hint="Write score.")


def test_in_a_log_a_diagnostic_is_one_line(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    """Place, code, message, remedy: what grep and editors expect."""
    show_diagnostics([MISTAKE], workspace)
    assert 'state.yaml:3:15: unknown-key: Found "scoer". Write score.\n' == capsys.readouterr().err


@pytest.mark.parametrize("at_home", [True, False])
def test_of_a_file_that_came_with_cardprint_it_is_told_where_it_is(
    tmp_path: Path, at_home: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    """Once for all diagnostics that name it, unless it is found by its name; of no file that none of them names."""
    home = tmp_path.resolve() / "home"
    for name in ("layouts/card.yaml", "layouts/other.yaml"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("body: {}", encoding="utf-8")
    workspace = Workspace(home if at_home else tmp_path.resolve(), home)
    for name in ("card.yaml", "other.yaml"):
        workspace.read(workspace.shipped_root("layouts"), name)
    asked = Diagnostic("missing-field", "Asked for in layouts/card.yaml:3.", Span("mine.yaml", 1, 1))
    show_diagnostics([asked, MISTAKE, asked], workspace)
    *_, last = capsys.readouterr().err.splitlines()
    told = f"layouts/card.yaml came with cardprint, in {home}."
    assert last == (f"mine.yaml:1:1: {asked.code}: {asked.message}" if at_home else told)


def test_a_warning_says_that_it_is_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Readers must know whether the card was made."""
    show_diagnostics([Diagnostic("odd", "Odd.", Span("a.yaml", 1, 2), severity=Severity.WARNING)])
    assert "a.yaml:1:2: warning: odd: Odd.\n" == capsys.readouterr().err


def test_on_a_terminal_the_line_is_shown_with_carets(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """The mistake is seen without opening the file."""
    assert [
        'state.yaml:3:15: unknown-key: Found "scoer".',
        "    3 │   - {id: '1', scoer: 3}",
        "      │               ^^^^^",
        "  Write score.",
    ] == on_terminal(monkeypatch, workspace, MISTAKE)


def test_a_long_line_is_cut_around_the_mistake(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paragraph of highlights must not push the carets off the screen."""
    (workspace.here / "state.yaml").write_text("x" * 300 + "here" + "y" * 300, encoding="utf-8")
    _, shown, carets = on_terminal(
        monkeypatch, workspace, Diagnostic("odd", "Odd.", Span("state.yaml", 1, 301, 1, 305))
    )
    assert len(shown) <= 60
    assert "here" == shown[carets.index("^") : carets.rindex("^") + 1]


def test_a_span_over_several_lines_is_marked_to_the_first_one_s_end(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The twin of a short span: what lies below is not shown."""
    shown = on_terminal(monkeypatch, workspace, Diagnostic("odd", "Odd.", Span("state.yaml", 1, 1, 3, 5)))
    assert "      │ ^^^^^^^^" == shown[2]


FORGED = Diagnostic("odd", "a\x1b[2Jb\nfake.yaml:1:1: [bold]c[/bold]", Span("a.yaml", 1, 1))
HARMLESS = "a.yaml:1:1: odd: a\\x1b[2Jb\\nfake.yaml:1:1: [bold]c[/bold]"


def test_control_characters_of_data_are_shown_and_not_obeyed(capsys: pytest.CaptureFixture[str]) -> None:
    """A dataset cannot colour, clear or fake the terminal, nor forge a second line."""
    show_diagnostics([FORGED])
    assert capsys.readouterr().err == HARMLESS + "\n"


def test_nor_are_they_obeyed_on_a_terminal(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    """There rich's own markup is text as well."""
    assert [HARMLESS] == on_terminal(monkeypatch, workspace, FORGED)


def test_bad_files_and_bad_requests_have_their_exit_codes() -> None:
    """1 for what is wrong in files, 2 for what is wrong on the command line."""
    from cardprint.pipeline import RequestError

    errors = (DiagnosticError([MISTAKE]), RequestError([MISTAKE]))
    assert [Exit.FAILED, Exit.USAGE] == [show_failure(error, debug=False) for error in errors]


def test_an_unexpected_error_asks_for_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    """No traceback: whoever makes cards need not read Python."""
    assert Exit.FAILED == show_failure(KeyError("ink"), debug=False, subject="Texas")
    error = capsys.readouterr().err
    assert "Texas" in error
    assert "KeyError: 'ink'" in error
    assert "Please report it" in error
    assert "Traceback" not in error


def test_debug_shows_where_an_unexpected_error_happened(capsys: pytest.CaptureFixture[str]) -> None:
    """The twin: whoever mends cardprint does."""
    try:
        raise KeyError("ink")
    except KeyError as error:
        show_failure(error, debug=True)
    assert "Traceback" in capsys.readouterr().err


def test_what_a_stream_cannot_encode_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Windows pipe knows neither ʻokina nor curly quotes."""
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="cp1252", newline="\n"))
    say("Hawaiʻi.pdf")
    assert b"Hawai\\u02bbi.pdf\n" == raw.getvalue()


def test_a_closed_standard_output_is_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Python has no stream there under pythonw or after `>&-`."""
    monkeypatch.setattr(sys, "stdout", None)
    say("out/a.pdf")


@pytest.mark.parametrize(
    ("platform", "path", "typed"),
    [
        ("linux", "my cards/out", "'my cards/out'"),
        ("linux", "my-cards/out", "my-cards/out"),
        ("win32", r"my cards\out", r'"my cards\out"'),
        ("win32", r"my-cards\out", r"my-cards\out"),
    ],
)
def test_a_path_is_told_as_it_is_typed(platform: str, path: str, typed: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """In quotes where it needs them: a command that is shown works as it stands."""
    monkeypatch.setattr(sys, "platform", platform)
    assert typed == in_shell(path)


@pytest.mark.parametrize(("count", "said"), [(1, "1"), (4, "1, 2, 3, 4"), (5, "1, 2, 3 and 2 more")])
def test_of_many_names_some_are_told(count: int, said: str) -> None:
    """The last one is named rather than counted."""
    assert said == some_of([str(number) for number in range(1, count + 1)], 3)
