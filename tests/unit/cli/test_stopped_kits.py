"""What `cardprint kit` says when it is interrupted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cardprint.bulk import CardEvent, Event, Started, Status
from cardprint.cli import run


@pytest.mark.parametrize(
    ("made", "arguments", "said"),
    [
        (2, ("--per-state", "-o", "kits"), "Stopped; 2 states have their kit."),
        (1, ("--per-state", "-o", "kits"), "Stopped; 1 state has its kit."),
        (0, ("--per-state", "-o", "kits"), "Stopped; there is no kit."),
        (2, ("-o", "kit.zip"), "Stopped; there is no kit."),
    ],
)
def test_it_says_how_many_kits_are_there(
    made: int,
    arguments: tuple[str, ...],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Those of single states are whole one by one; one of all is not there before its end."""

    def interrupted(*_: object) -> Iterator[Event]:
        yield Started(9)
        for number in range(made):
            yield CardEvent(f"state-{number}", Status.MADE)
        yield CardEvent("ohio", Status.FAILED)
        raise KeyboardInterrupt

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cardprint.kits.make_kits", interrupted)
    assert 1 == run(["kit", "--all", *arguments])
    assert said == capsys.readouterr().err.splitlines()[-1]
