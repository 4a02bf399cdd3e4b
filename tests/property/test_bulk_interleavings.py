"""Whatever befalls runs of an order (interruptions, workers that die, edits between), the folder ends up the same."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, Executor, Future
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardprint.bulk import CardEvent, Order, render_bulk
from cardprint.workspace import Workspace, shipped_folder
from cardprint.workspace.cache import Cache

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"
STATES = ("arcadia", "borduria", "corona", "drusselstein", "elbonia")
LADDER = "copyfit: {scope: set, steps: [{lower: leading, styles: [text], by: 0.5pt, floor: 9pt}]}\n"


@pytest.fixture(scope="module")
def fonts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache that holds nothing but fonts, so that these are made once for all."""
    here = tmp_path_factory.mktemp("fonts")
    build(here / "house", dict.fromkeys(STATES, 0))
    list(render_bulk(Workspace(here / "house", shipped_folder(), cache=Cache(here / "cache")), order()))
    for path in (here / "cache").glob("fit-*"):
        path.unlink()
    return here / "cache"


def write_state(here: Path, slug: str, length: int) -> None:
    """Results with a text of so many words, which may be more than a card holds."""
    text = "law " * length or "None."
    issue = f'{{id: "1", score: 3, accomplished: ["1.1"], gaps: ["1.2"], highlights: "{text}"}}'
    results = f"state: {slug.title()}\nissues: [{issue}]\n"
    (here / "edition" / "states" / f"{slug}.yaml").write_text(results, encoding="utf-8")


def build(here: Path, lengths: dict[str, int]) -> None:
    """An edition whose cards share a rung of copyfit."""
    shutil.copytree(TINY, here)
    shutil.rmtree(here / "edition" / "states")
    (here / "edition" / "states").mkdir()
    layout = here / "layouts" / "tiny.yaml"
    layout.write_text(layout.read_text(encoding="utf-8") + LADDER, encoding="utf-8")
    places = [f'- {{name: {slug.title()}, slug: {slug}, postal: "X{slug[0].upper()}"}}\n' for slug in STATES]
    (here / "edition" / "jurisdictions.yaml").write_text("".join(places), encoding="utf-8")
    for slug, length in lengths.items():
        write_state(here, slug, length)


class Shuffled(Executor):
    """Does tasks when somebody waits for one: some others first, in an order that is drawn; and breaks now and then."""

    _max_workers = 2

    def __init__(self, draw: Any, breaks: Iterator[bool]) -> None:
        self._draw = draw
        self._breaks = breaks
        self._waiting: list[tuple[Future[Any], Any, Any]] = []
        self._broken = False

    def submit(self, function: Any, /, *arguments: Any, **_named: Any) -> Future[Any]:
        if self._broken:
            raise BrokenExecutor("broken before")
        future = _Lazy(self)
        self._waiting.append((future, function, arguments))
        return future

    def work(self) -> None:
        """Do one of the tasks that wait."""
        index = self._draw(st.integers(0, len(self._waiting) - 1))
        future, function, arguments = self._waiting.pop(index)
        if next(self._breaks, False):
            self._broken = True
            for other, _, _ in [(future, None, None), *self._waiting]:
                other.set_exception(BrokenExecutor("a process died"))
            self._waiting.clear()
        else:
            future.set_result(function(*arguments))


class _Lazy(Future[Any]):
    def __init__(self, executor: Shuffled) -> None:
        super().__init__()
        self._executor = executor

    def result(self, timeout: float | None = None) -> Any:
        while not self.done():
            self._executor.work()
        return super().result(timeout)


def order(**changes: Any) -> Order:
    return Order(**{"folder": "out", "data": "edition", "layout": "layouts/tiny.yaml", "jobs": 1, **changes})


def contents(folder: Path) -> dict[str, bytes]:
    """The cards in a folder, and whatever else there is but the manifest."""
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "cards.jsonl"}


LENGTHS = st.sampled_from([0, 5, 150, 190, 210, 5000])


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_history_ends_in_the_same_folder(fonts: Path, data: st.DataObject) -> None:
    """Runs that are stopped, whose workers die or finish in any order, with states edited between them; then one that
    comes to its end: the cards are those of a single run, byte for byte, and nothing is left beside them."""
    lengths = {slug: data.draw(LENGTHS) for slug in STATES}
    with TemporaryDirectory() as folder:
        here = Path(folder).resolve() / "there"
        build(here, lengths)
        cache = Cache(shutil.copytree(fonts, Path(folder) / "cache"))
        workspace = Workspace(here, shipped_folder(), cache=cache)
        for _ in range(data.draw(st.integers(0, 3))):
            breaks = iter(data.draw(st.lists(st.booleans(), max_size=3)))
            executor = data.draw(st.sampled_from([None, lambda breaks=breaks: Shuffled(data.draw, breaks)]))
            stops_after = data.draw(st.integers(0, 6))
            run = render_bulk(workspace, order(executor=executor))
            for event in run:
                if isinstance(event, CardEvent):
                    stops_after -= 1
                if stops_after < 0:
                    break
            run.close()
            edited = data.draw(st.sampled_from(STATES))
            lengths[edited] = data.draw(LENGTHS)
            write_state(here, edited, lengths[edited])
        list(render_bulk(workspace, order()))
        fresh = Path(folder).resolve() / "fresh"
        build(fresh, lengths)
        list(render_bulk(Workspace(fresh, shipped_folder(), cache=cache), order()))
        expected, found = contents(fresh / "out"), contents(here / "out")
        assert expected == {name: found.get(name) for name in expected}
        too_long = {f"1933-{slug}.pdf" for slug, length in lengths.items() if length == 5000}
        assert found.keys() - expected.keys() <= too_long  # what an earlier text made, nobody throws away
