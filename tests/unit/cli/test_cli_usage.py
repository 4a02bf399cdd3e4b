"""What the command line refuses before it does anything."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardprint import __version__
from cardprint.cli import run


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["render"], "--all"),
        (["render", "texas", "--all"], "not both"),
        (["render", "texas", "--dpi", "100"], "--format png"),
        (["render", "texas", "--format", "png", "--dpi", "5000"], "600"),
        (["render", "texas", "--format", "gif"], "gif"),
        (["render", "texas", "--layuot", "x"], "--layout"),
        (["rendr", "texas"], "rendr"),
    ],
)
def test_a_command_line_that_makes_no_sense_is_a_usage_error(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit code 2, and a message that names what is wrong."""
    assert 2 == run(arguments)
    output = capsys.readouterr()
    assert said in output.err
    assert "" == output.out


@pytest.mark.parametrize(
    ("option", "value", "code"),
    [
        ("--data", "no-such-folder", "missing-folder"),
        ("--layout", "report-crad", "unknown-layout"),
        ("--layout", "no.yaml", "missing-file"),
    ],
)
def test_data_or_a_layout_that_does_not_exist_is_a_usage_error(
    option: str,
    value: str,
    code: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The name on the command line is what has to change."""
    monkeypatch.chdir(tmp_path)
    assert 2 == run(["render", "mississippi", option, value])
    assert capsys.readouterr().err.startswith(f"{code}: ")


def test_the_version_is_that_of_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    """One place says it."""
    assert (run(["--version"]), capsys.readouterr().out) == (0, f"cardprint {__version__}\n")


@pytest.mark.parametrize("arguments", [["--help"], ["render", "-h"]])
def test_help_is_no_error(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Asked for, it goes to standard output."""
    assert (0, "Usage: cardprint") == (run(arguments), capsys.readouterr().out[:16])


@pytest.mark.parametrize("arguments", [["--debug", "render", "x"], ["render", "x", "--debug"]])
def test_a_fault_of_cardprint_s_own_shows_its_traceback_under_debug(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The option may stand before or after the command."""

    def broken() -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr("cardprint.workspace.open_workspace", broken)
    assert 1 == run(arguments)
    error = capsys.readouterr().err
    assert "Traceback" in error
    assert "RuntimeError: out of ink" in error


def test_a_fault_of_cardprint_s_own_shows_no_traceback_otherwise(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The twin: a message and where to report it."""

    def broken() -> None:
        raise RuntimeError("out of ink")

    monkeypatch.setattr("cardprint.workspace.open_workspace", broken)
    assert 1 == run(["render", "x"])
    error = capsys.readouterr().err
    assert "out of ink" in error
    assert "Traceback" not in error
