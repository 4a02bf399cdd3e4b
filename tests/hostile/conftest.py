"""A small project on disk, and the command line let loose on it after something bad was put in."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cardprint.cli import run

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"
PROJECT = ["--data", "edition", "--layout", "layouts/tiny.yaml"]
LONGEST = 2.0
"""Seconds that any input may take."""

Problem = tuple[str, str]
"""Where a problem is told to be, and its code."""


class Ground:
    """The project in `here`, and what the command line says of it."""

    def __init__(self, here: Path, read: Callable[[], str]) -> None:
        self.here = here
        self._read = read

    def put(self, name: str, data: bytes | str) -> None:
        """Write a file of the project."""
        path = self.here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)

    def edit(self, name: str, old: str, new: str) -> str:
        """Put `new` in the place of the only `old`; without old, in that of the whole file.

        Returns the place of the mark ‸ in it, which is not written; of a text without one, the file."""
        text = (self.here / name).read_bytes().decode()
        assert not old or 1 == text.count(old), f"{old!r} must occur once"
        before, mark, after = (text.replace(old, new) if old else new).partition("‸")
        self.put(name, before + after)
        return f"{name}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}" if mark else name

    def render(self, *, code: int, arguments: list[str] | None = None) -> str:
        """What is printed where the card of Freedonia is asked for, which ends with `code`: in time, without a
        traceback, and without a file unless a card is made."""
        files = self.files()
        started = time.process_time()
        ended = run(["render", *(arguments or ["freedonia", *PROJECT]), "-o", "out"])
        assert LONGEST > time.process_time() - started
        told = self._read()
        assert code == ended, told
        assert "Traceback" not in told
        assert "fault of its own" not in told
        if code:
            assert files == self.files()
        return told

    def problems(self) -> list[Problem]:
        """Everything that is wrong. What `check` tells of it, `render` tells too, unless it is about another state."""
        told = self.render(code=1)
        started = time.process_time()
        assert 1 == run(["check", *PROJECT, "--json"])
        assert LONGEST > time.process_time() - started
        report = json.loads(self._read())
        found = []
        for problem in report["problems"]:
            place = ":".join(str(problem[key]) for key in ("file", "line", "column") if problem[key])
            found.append((place, problem["code"]))
            assert problem["message"]
        rendered = [line for line in told.splitlines() if not line.startswith("edition/states/sylvania.yaml")]
        assert rendered
        for line in rendered:
            assert any(line.startswith(f"{place}: {code}: ") for place, code in found), line
        return found

    def files(self) -> set[str]:
        """All files below the current folder."""
        return {path.relative_to(self.here).as_posix() for path in self.here.rglob("*") if not path.is_dir()}


@pytest.fixture
def ground(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Ground:
    """Copies of the made-up edition and its layouts, in the current folder."""

    def read() -> str:
        told = capsys.readouterr()
        return told.out + told.err

    here = tmp_path / "here"
    shutil.copytree(TINY, here)
    monkeypatch.chdir(here)
    return Ground(here, read)
