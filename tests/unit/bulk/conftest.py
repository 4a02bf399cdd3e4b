"""A made-up edition of some states in a folder of its own, and runs over it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest

from cardprint.bulk import CardEvent, Event, Order, Status, Summary, render_bulk
from cardprint.workspace import Workspace, shipped_folder
from cardprint.workspace.cache import Cache
from cardprint.workspace.ledger import Ledger, Line

TINY = Path(__file__).parents[2] / "fixtures" / "tiny"
STATES = ("arcadia", "borduria", "corona", "drusselstein", "elbonia", "freedonia")


class House:
    """The folder `here` with an edition of `STATES`, its layouts, and cards in out/."""

    def __init__(self, here: Path) -> None:
        self.here = here
        self.workspace = Workspace(here, shipped_folder(), cache=Cache(here / "cache"))
        self.out = here / "out"

    def order(self, **changes: Any) -> Order:
        return Order(**{"folder": "out", "data": "edition", "layout": "layouts/tiny.yaml", "jobs": 1, **changes})

    def events(self, **changes: Any) -> list[Event]:
        """All that happens in a run."""
        return list(render_bulk(self.workspace, self.order(**changes)))

    def statuses(self, **changes: Any) -> dict[str, str]:
        """What becomes of each card in a run."""
        return {event.state: event.status.value for event in cards(self.events(**changes))}

    def state(self, slug: str) -> Path:
        return self.here / "edition" / "states" / f"{slug}.yaml"

    def rewrite(self, path: Path | str, old: str, new: str) -> None:
        """Replace a text that the file must hold."""
        file = self.here / path
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new), encoding="utf-8")

    def pdfs(self) -> dict[str, bytes]:
        """What the folder of cards holds beside its manifest, hidden files included."""
        return {path.name: path.read_bytes() for path in sorted(self.out.iterdir()) if path.name != "cards.jsonl"}

    def written(self) -> dict[str, tuple[int, int]]:
        """When each file in the folder of cards was written, and which it is."""
        return {path.name: (path.stat().st_mtime_ns, path.stat().st_ino) for path in self.out.iterdir()}

    def manifest(self) -> list[Line]:
        """The lines of the manifest."""
        return [line for _, line in Ledger(self.out / "cards.jsonl").lines()]


def cards(events: Iterable[Event]) -> list[CardEvent]:
    """What became of cards."""
    return [event for event in events if isinstance(event, CardEvent)]


def summary(events: Iterable[Event]) -> Summary:
    """How a run ended."""
    (found,) = (event for event in events if isinstance(event, Summary))
    return found


def every(status: Status) -> dict[str, str]:
    """All states with the same status."""
    return dict.fromkeys(STATES, status.value)


@pytest.fixture
def house(tmp_path: Path) -> House:
    """A house of its own for a test."""
    here = tmp_path.resolve()
    build(here)
    return House(here)


def build(here: Path) -> None:
    """Write an edition of `STATES` and its layouts."""
    shutil.copytree(TINY, here, dirs_exist_ok=True)
    states = here / "edition" / "states"
    results = (states / "sylvania.yaml").read_text(encoding="utf-8")
    (states / "sylvania.yaml").unlink()
    lines = []
    for number, slug in enumerate(STATES):
        lines.append(f'- {{name: {slug.title()}, slug: {slug}, postal: "X{number}"}}\n')
        (states / f"{slug}.yaml").write_text(results.replace("Sylvania", slug.title()), encoding="utf-8")
    (here / "edition" / "jurisdictions.yaml").write_text("".join(lines), encoding="utf-8")


class Inline(Executor):
    """Does a task when it is submitted, and remembers how many there were."""

    def __init__(self) -> None:
        self.tasks = 0

    def submit(self, function: Any, /, *arguments: Any, **named: Any) -> Future[Any]:
        self.tasks += 1
        future: Future[Any] = Future()
        try:
            future.set_result(function(*arguments, **named))
        except Exception as error:
            future.set_exception(error)
        return future
