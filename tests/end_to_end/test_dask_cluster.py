"""Cards made on a cluster: a scheduler and two worker processes, as they would run on other machines."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cardprint.bulk import CardEvent, Order, Status, render_bulk
from cardprint.bulk.cluster import connected
from cardprint.pipeline import RequestError
from cardprint.workspace import Workspace, shipped_folder

distributed: Any = pytest.importorskip("distributed", reason="the extra dask is not installed")

COUNT = 20


@pytest.fixture(scope="module")
def here(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a sample edition."""
    folder = tmp_path_factory.mktemp("dask").resolve()
    command = [sys.executable, "-m", "cardprint", "sample", "-o", "trial", "--count", str(COUNT)]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two workers, each a process with a thread, that come back when they are lost."""
    options = {"n_workers": 2, "threads_per_worker": 1, "processes": True, "dashboard_address": None}
    folder = str(tmp_path_factory.mktemp("workers"))
    with distributed.LocalCluster(**options, silence_logs=50, local_directory=folder) as made:
        yield made


def made(here: Path, out: str, **changes: Any) -> Iterator[CardEvent]:
    """A run, card by card."""
    order = Order(**{"folder": out, "data": "trial", **changes})
    for event in render_bulk(Workspace(here, shipped_folder()), order):
        if isinstance(event, CardEvent):
            yield event


def cards(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.glob("*.pdf")}


def test_the_cards_of_a_worker_that_is_lost_are_made_by_others(here: Path, cluster: Any) -> None:
    """One of two is killed when some cards are there: none is missing, and all are what they are on one machine."""
    states = []
    with connected(cluster.scheduler_address) as make:
        for event in made(here, "cluster", executor=make):
            states.append((event.state, event.status))
            if len(states) == 5:
                victim = next(iter(cluster.workers.values()))
                os.kill(victim.pid, signal.SIGKILL)
    assert COUNT == len(states)
    assert {Status.MADE} == {status for _, status in states}
    assert states == [(event.state, event.status) for event in made(here, "alone", jobs=1)]
    assert cards(here / "alone") == cards(here / "cluster")


def test_the_command_takes_an_address(here: Path, cluster: Any) -> None:
    """Nothing changed since: a second run asks nobody."""
    command = [sys.executable, "-m", "cardprint", "render", "AK", "AL", "--data", "trial", "-o", "command"]
    for expected in ("2 cards: 2 made;", "2 cards: 2 unchanged;"):
        done = subprocess.run(
            [*command, "--dask", cluster.scheduler_address],
            cwd=here,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        assert (0, True) == (done.returncode, done.stderr.startswith(expected)), done.stderr
    shutil.rmtree(here / "command")


def test_an_address_where_nobody_answers_is_a_usage_error(monkeypatch: pytest.MonkeyPatch) -> None:
    """Told at once, with the address."""
    monkeypatch.setattr("cardprint.bulk.cluster._CONNECT_SECONDS", 0.3)
    with pytest.raises(RequestError, match=r"no-cluster.*tcp://127\.0\.0\.1:9"), connected("tcp://127.0.0.1:9"):
        pass
