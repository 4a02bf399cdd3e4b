"""What a program that was killed leaves half written is cleared away by the next one."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardprint.workspace.writing import sweep, write_aside


def names(folder: Path) -> list[str]:
    """What a folder holds, hidden files included."""
    return sorted(path.name for path in folder.iterdir())


def test_only_what_cardprint_left_half_written_is_removed(tmp_path: Path) -> None:
    """Nobody else's files are touched, nor folders of that name."""
    for name in (".cardprint-0a1b.part", "a.pdf", ".other.part", "cardprint-1.part"):
        (tmp_path / name).write_bytes(b"")
    (tmp_path / ".cardprint-folder.part").mkdir()
    sweep(tmp_path)
    assert [".cardprint-folder.part", ".other.part", "a.pdf", "cardprint-1.part"] == names(tmp_path)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows removes no open file by itself")
def test_what_is_being_written_is_left_alone(tmp_path: Path) -> None:
    """Another run's card arrives whole, though somebody sweeps in the middle of it."""

    def pieces() -> Iterator[bytes]:
        yield b"first "
        sweep(tmp_path)
        yield b"second"

    write_aside(tmp_path, "a.pdf", pieces())
    assert (b"first second", ["a.pdf"]) == ((tmp_path / "a.pdf").read_bytes(), names(tmp_path))


def test_a_file_swept_away_before_it_was_marked_is_written_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The moment between making a file and marking it belongs to nobody."""
    mark = os.urandom
    swept: list[bool] = []

    def sweep_once(size: int) -> bytes:
        if not swept:
            swept.append(True)
            monkeypatch.setattr("cardprint.workspace.writing._lock", lambda _: sweep_now())
        return mark(size)

    def sweep_now() -> bool:
        monkeypatch.undo()
        for path in tmp_path.glob(".cardprint-*"):
            path.unlink()
        return True

    monkeypatch.setattr(os, "urandom", sweep_once)
    write_aside(tmp_path, "a.pdf", b"data")
    assert (b"data", ["a.pdf"]) == ((tmp_path / "a.pdf").read_bytes(), names(tmp_path))


def test_a_folder_that_does_not_exist_needs_no_sweeping(tmp_path: Path) -> None:
    """Nor is it made."""
    sweep(tmp_path / "none")
    assert [] == names(tmp_path)
