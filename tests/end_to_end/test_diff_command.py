"""`cardprint diff` as people run it: what it prints, what it writes, how it ends."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
TINY = Path(__file__).parents[1] / "fixtures" / "tiny" / "edition"


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    """Two editions, of which the new one has another title for its issue."""
    shutil.copytree(TINY, tmp_path / "old")
    shutil.copytree(TINY, tmp_path / "new")
    framework = tmp_path / "new/framework.yaml"
    framework.write_text(framework.read_text(encoding="utf-8").replace("title: Laws", "title: Rules"), encoding="utf-8")
    return tmp_path


def test_nothing_changed_is_0(cardprint: Command, desk: Path) -> None:
    """And no proof is written of it."""
    done = cardprint("diff", "old", "old", "-o", "proof.pdf")
    assert (0, "Nothing changed.\n", "") == (done.returncode, done.stdout, done.stderr)
    assert not (desk / "proof.pdf").exists()


def test_changes_are_4(cardprint: Command, desk: Path) -> None:  # noqa: ARG001 -- where the command runs
    """Which is no failure: those have codes of their own."""
    done = cardprint("diff", "old", "new")
    assert (4, "") == (done.returncode, done.stderr)
    assert "all cards · issue 1 · title Laws → Rules\n1 change for all cards.\n" == done.stdout


def test_a_proof_is_written_where_it_is_asked_for(cardprint: Command, desk: Path) -> None:
    """Its path is printed last."""
    done = cardprint("diff", "old", "new", "-o", "out/proof.pdf")
    assert (4, "out/proof.pdf") == (done.returncode, done.stdout.splitlines()[-1])
    assert (desk / "out/proof.pdf").read_bytes().startswith(b"%PDF-")


def test_json_is_one_document(cardprint: Command, desk: Path) -> None:  # noqa: ARG001 -- where the command runs
    """What is not given is null."""
    done = cardprint("diff", "old", "new", "--json")
    change = {"state": None, "part": "issue 1", "field": "title", "old": "Laws", "new": "Rules"}
    assert {"old": "old", "new": "new", "changes": [change]} == json.loads(done.stdout)
    assert 4 == done.returncode


def test_what_cannot_be_compared_is_1_and_what_is_not_there_2(cardprint: Command, desk: Path) -> None:
    """Whatever else may have changed."""
    framework = desk / "new/framework.yaml"
    framework.write_text(framework.read_text(encoding="utf-8").replace("maximum: 5", "maxmum: 5"), encoding="utf-8")
    assert 1 == cardprint("diff", "old", "new").returncode
    done = cardprint("diff", "old", "absent")
    assert (2, 'missing-folder: There is no folder "absent".\n') == (done.returncode, done.stderr)
