"""What becomes of a run of kits when something goes wrong."""

from __future__ import annotations

import errno
import zipfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from cardprint.bulk import CardEvent, Status, Summary
from cardprint.bulk.jobs import Answer, Refused
from cardprint.kits import KitOrder, make_kits
from cardprint.kits import run as kits_run
from cardprint.kits.cards import KitJob, Trio
from cardprint.kits.parcel import packing
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.package.archive import Archive
from cardprint.pipeline import Project, open_project
from cardprint.workspace import Workspace, open_workspace


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Workspace:
    monkeypatch.chdir(tmp_path)
    return open_workspace()


def events(workspace: Workspace, order: KitOrder) -> list[object]:
    """What is told, and what the run comes to."""
    told: list[object] = []
    run = make_kits(workspace, order)
    while True:
        try:
            told.append(next(run))
        except StopIteration as end:
            return [*told, end.value]


def refusing(monkeypatch: pytest.MonkeyPatch, answer: Refused) -> None:
    def perform(_job: KitJob, _projects: Sequence[Project]) -> Answer:
        return answer

    monkeypatch.setattr(KitJob, "perform", perform)


def test_card_that_fails_its_proof_is_in_no_kit(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told as rejected, and there is nothing to pack."""
    problem = Diagnostic("text-missing", "A word is missing.")
    refusing(monkeypatch, Refused((problem,), rejected=("ms", b"%PDF")))
    told = events(workspace, KitOrder("kit.zip", ("ms",)))
    (card,) = [event for event in told if isinstance(event, CardEvent)]
    assert (Status.REJECTED, (problem,)) == (card.status, card.problems)
    assert () == told[-1].paths  # type: ignore[attr-defined]
    assert [] == list(tmp_path.iterdir())


def test_book_that_cannot_be_made_is_told(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kit is there without it, and says so."""

    def no_book(*_: object) -> None:
        raise DiagnosticError([Diagnostic("overset", "The cover has no room.")])

    monkeypatch.setattr("cardprint.kits.whole.make_book", no_book)
    told = events(workspace, KitOrder("kit.zip", ("ms",)))
    made = told[-1]
    assert isinstance(made, kits_run.MadeKits)
    assert ["overset"] == [problem.code for problem in made.problems]
    with zipfile.ZipFile(tmp_path / "kit.zip") as kit:
        assert "book.pdf" not in kit.namelist()
        assert "fact-sheet.pdf" in kit.namelist()
        assert b"The cover has no room." in kit.read("manifest.json")
    (summary,) = [event for event in told if isinstance(event, Summary)]
    assert {Status.MADE: 1} == summary.counts


def test_run_that_is_stopped_leaves_nothing(workspace: Workspace, tmp_path: Path) -> None:
    """Whoever stops listening gets no half archive."""
    with closing(make_kits(workspace, KitOrder("out/kit.zip", ("ms",)))) as run:
        while not isinstance(next(run), CardEvent):
            pass
    assert [] == list((tmp_path / "out").iterdir())


def test_each_state_is_in_a_kit_once(workspace: Workspace, tmp_path: Path) -> None:
    """Under whatever names it was asked for."""
    events(workspace, KitOrder("kit.zip", ("ms", "Mississippi", "mississippi")))
    with zipfile.ZipFile(tmp_path / "kit.zip") as kit:
        assert 1 == sum(name.startswith("cards/") for name in kit.namelist())


@pytest.mark.parametrize(("own", "told"), [(KeyError("first"), KeyError), (None, DiagnosticError)])
def test_archive_that_cannot_be_ended_hides_no_earlier_error(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: Exception | None, told: type[Exception]
) -> None:
    """What was raised first is what went wrong; where nothing was, the disk is blamed. No file is left either way."""

    close = Archive.close

    def full(archive: Archive) -> None:
        close(archive)
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Archive, "close", full)
    project = open_project(workspace)
    with pytest.raises(told):
        _pack(workspace, Trio(project, project, project), own)
    assert [] == list(tmp_path.iterdir())


def _pack(workspace: Workspace, trio: Trio, error: Exception | None) -> None:
    with packing(workspace, Path("kit.zip"), trio):
        if error is not None:
            raise error
