"""Cards made at once on the rung that they are believed to share: whatever was believed, what comes out is the same."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING, Any

import pytest

from cardprint.bulk import CardEvent, Event, Status, Summary, Tightened, render_bulk
from cardprint.validate import validate_state
from cardprint.workspace import Workspace
from cardprint.workspace.cache import NO_CACHE

if TYPE_CHECKING:
    from tests.unit.bulk.conftest import House
else:
    House = Any

STATES = ("arcadia", "borduria", "corona", "drusselstein", "elbonia", "freedonia")
LADDER = "copyfit: {scope: set, steps: [{lower: leading, styles: [text], by: 0.5pt, floor: 9pt}]}\n"
SENTENCE = "A long sentence about laws that goes on for a while."

Outcome = tuple[dict[str, bytes], list[dict[str, Any]], dict[str, str]]
"""The files, what the manifest says but for seconds, and the statuses."""


@pytest.fixture
def set_house(house: House) -> House:
    """Its cards share a rung, its file of Borduria is by far the largest, and no rung is known from earlier."""
    layout = house.here / "layouts" / "tiny.yaml"
    layout.write_text(layout.read_text(encoding="utf-8") + LADDER, encoding="utf-8")
    with house.state("borduria").open("a", encoding="utf-8") as file:
        file.write("# nothing" * 500 + "\n")
    house.workspace = Workspace(house.here, house.workspace.shipped, cache=NO_CACHE)
    return house


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the largest file is looked at before cards are made."""
    monkeypatch.setattr("cardprint.edition.fit._LEAST_LIKELY", 1)


def lengthen(house: House, slug: str, sentences: int = 18) -> None:
    """Give a state so much to say that its card needs a tighter rung."""
    text = " ".join([SENTENCE] * sentences)
    house.rewrite(house.state(slug), "score: 3.5,", f'score: 3.5, highlights: "{text}",')


def lines(house: House) -> list[dict[str, Any]]:
    """The manifest, but for what took how long."""
    return [{key: value for key, value in line.items() if key != "seconds"} for line in house.manifest()]


def statuses(events: list[Event]) -> dict[str, str]:
    """What was told last of each card."""
    return {event.state: event.status.value for event in events if isinstance(event, CardEvent)}


def expected(house: House, monkeypatch: pytest.MonkeyPatch, **changes: Any) -> Outcome:
    """What comes out if every card is fitted before one is made; the folder is emptied after that."""
    with monkeypatch.context() as patient:
        patient.setattr("cardprint.edition.fit._LEAST_LIKELY", 100)
        events = house.events(**changes)
    assert not [event for event in events if isinstance(event, Tightened)]
    found = house.pdfs(), lines(house), statuses(events)
    for path in house.out.iterdir():
        path.unlink()
    return found


def summary(events: list[Event]) -> Summary:
    """How a run ended."""
    (found,) = (event for event in events if isinstance(event, Summary))
    return found


def tightened(events: list[Event]) -> list[int]:
    """How many cards were taken back, each time."""
    return [event.cards for event in events if isinstance(event, Tightened)]


def forked() -> ProcessPoolExecutor:
    """Two processes that have all that a test has patched."""
    return ProcessPoolExecutor(2, get_context("fork"))


def spoil(monkeypatch: pytest.MonkeyPatch, name: str, slug: str, act: Callable[[], object]) -> None:
    """Let something happen when the card of a state gets to a function of the pipeline."""
    from cardprint import pipeline

    function = getattr(pipeline, name)

    def spoilt(project: Any, card: Any, *rest: Any, **named: Any) -> Any:
        if card.state.slug == slug:
            act()
        return function(project, card, *rest, **named)

    monkeypatch.setattr(pipeline, name, spoilt)


@pytest.mark.usefixtures("hasty")
class TestWhatIsBelieved:
    def test_a_right_belief_makes_each_card_once(self, set_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """Only the one that was looked at is fitted before; nothing is told twice."""
        lengthen(set_house, "borduria")
        found = expected(set_house, monkeypatch)
        parsed = list[str]()

        def read(node: Any, *rest: Any) -> Any:
            parsed.append(node.span.file)
            return validate_state(node, *rest)

        monkeypatch.setattr("cardprint.pipeline.validate_state", read)
        events = set_house.events()
        assert [] == tightened(events)
        assert found == (set_house.pdfs(), lines(set_house), statuses(events))
        assert sorted(f"edition/states/{slug}.yaml" for slug in STATES) == sorted(parsed)
        assert 6 == len([event for event in events if isinstance(event, CardEvent)])

    @pytest.mark.parametrize("tight", ["arcadia", "corona", "freedonia"])
    @pytest.mark.parametrize("executor", [None, forked, lambda: ThreadPoolExecutor(3)])
    def test_a_wrong_belief_changes_nothing_that_comes_out(
        self, set_house: House, monkeypatch: pytest.MonkeyPatch, tight: str, executor: Callable[[], Any] | None
    ) -> None:
        """Whether it is proved wrong by the first card or the last: those before it are made again, which is told."""
        lengthen(set_house, tight)
        set_house.rewrite(set_house.state("drusselstein"), "score", "scoer")
        found = expected(set_house, monkeypatch)
        events = set_house.events(executor=executor)
        before = STATES.index(tight)
        assert ([before] if before else []) == tightened(events)
        assert found == (set_house.pdfs(), lines(set_house), statuses(events))
        *_, last = events
        assert isinstance(last, Summary)
        assert ({Status.MADE: 5, Status.FAILED: 1}, 0) == (last.counts, last.left)
        assert sum(map(len, set_house.pdfs().values())) == last.size
        assert {"unchanged", "failed"} == set(statuses(set_house.events()).values())

    def test_it_may_be_wrong_more_than_once(self, set_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """Each card that needs more than the one before takes all back."""
        lengthen(set_house, "arcadia", 16)
        lengthen(set_house, "elbonia", 18)
        found = expected(set_house, monkeypatch)
        events = set_house.events()
        assert [4] == tightened(events)
        assert found == (set_house.pdfs(), lines(set_house), statuses(events))

    def test_the_first_of_two_cards_still_gets_the_name_of_a_file(
        self, set_house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """In the order of the states, as if nothing had been made before."""
        set_house.rewrite("edition/framework.yaml", "{state.slug}", "{state.address}")
        set_house.rewrite("edition/jurisdictions.yaml", "postal:", "address: same, postal:")
        lengthen(set_house, "elbonia")
        found = expected(set_house, monkeypatch)
        assert ["made"] + 5 * ["failed"] == [*found[2].values()]
        events = set_house.events()
        assert found == (set_house.pdfs(), lines(set_house), statuses(events))


@pytest.mark.usefixtures("hasty")
class TestWhoHasASay:
    def test_a_card_that_is_rejected_or_bursts_fitted_all_the_same(
        self, set_house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What becomes of it later does not change what the others look like."""
        lengthen(set_house, "corona")

        def burst() -> None:
            raise RuntimeError("out of ink")

        spoil(monkeypatch, "paint_card", "corona", burst)
        found = expected(set_house, monkeypatch)
        assert "failed" == found[2]["corona"]
        events = set_house.events()
        assert found == (set_house.pdfs(), lines(set_house), statuses(events))
        assert {line["rung"] for line in set_house.manifest()} != {0}

    def test_so_did_one_whose_process_died(self, set_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is tried once more how it fits, without being made."""
        lengthen(set_house, "corona")
        spoil(monkeypatch, "paint_card", "corona", lambda: os._exit(9))
        found = expected(set_house, monkeypatch, executor=forked)
        events = set_house.events(executor=forked)
        assert {"made": 5, "failed": 1} == {kind: [*found[2].values()].count(kind) for kind in ("made", "failed")}
        assert found == (set_house.pdfs(), lines(set_house), statuses(events))

    def test_one_that_fits_nowhere_has_none(self, set_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """It fails for itself, and the rest stays on the natural rung."""
        lengthen(set_house, "corona", 80)
        found = expected(set_house, monkeypatch)
        events = set_house.events()
        assert ([], "failed") == (tightened(events), found[2]["corona"])
        assert found == (set_house.pdfs(), lines(set_house), statuses(events))

    def test_an_input_that_is_edited_meanwhile_has_none_either(
        self, set_house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """As if it had been edited while cards were fitted."""
        lengthen(set_house, "elbonia")
        edit = [lambda: set_house.rewrite(set_house.state("elbonia"), "3.5", "4")]
        spoil(monkeypatch, "paint_card", "arcadia", lambda: edit and edit.pop()())
        events = set_house.events()
        assert ({**dict.fromkeys(STATES, "made"), "elbonia": "failed"}, []) == (statuses(events), tightened(events))
        assert {0} == {line["rung"] for line in set_house.manifest()}


@pytest.mark.usefixtures("hasty")
class TestWhoStopsHalfway:
    @pytest.mark.parametrize("after", [1, 3, 5, 8])
    @pytest.mark.parametrize("killed", [True, False])
    def test_the_same_order_finishes_it(
        self, set_house: House, monkeypatch: pytest.MonkeyPatch, after: int, killed: bool
    ) -> None:
        """Before the belief is proved wrong, and while cards are made again: killed or stopped, whatever is there."""
        lengthen(set_house, "elbonia")
        found = expected(set_house, monkeypatch)
        if killed:
            child = multiprocessing.get_context("fork").Process(target=_killed, args=(set_house, after))
            child.start()
            child.join()
        else:
            _stopped(set_house, after)
        assert set_house.pdfs().keys() < found[0].keys()
        events = set_house.events()
        assert (found[:2], []) == ((set_house.pdfs(), lines(set_house)), tightened(events))
        right = max(0, after - 4)  # cards on the right rung are left alone
        assert right == [*statuses(events).values()].count("unchanged")

    def test_a_finished_edition_is_not_begun_again(self, set_house: House) -> None:
        """Though nothing remembers how its cards fit: one state's file was edited, one card is made."""
        lengthen(set_house, "elbonia")
        set_house.events()
        set_house.rewrite(set_house.state("corona"), "issues:", "issues: # looked through")
        assert {**dict.fromkeys(STATES, "unchanged"), "corona": "made"} == set_house.statuses()

    def test_with_fail_fast_nothing_is_made_on_a_belief(self, set_house: House) -> None:
        """What is there when it stops is right."""
        lengthen(set_house, "freedonia")
        set_house.rewrite(set_house.state("corona"), "score", "scoer")
        events = set_house.events(fail_fast=True)
        rungs = {line["rung"] for line in set_house.manifest()}
        assert ([], 1, True) == (tightened(events), len(rungs), min(rungs) > 0)

    def test_force_makes_all_on_the_right_rung(self, set_house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """And a run after that finds nothing to do."""
        lengthen(set_house, "elbonia")
        found = expected(set_house, monkeypatch)
        set_house.rewrite(set_house.state("elbonia"), "highlights:", "highlights: ")
        set_house.events()
        set_house.rewrite(set_house.state("elbonia"), "highlights: ", "highlights:")
        assert [4] == tightened(set_house.events(force=True))
        assert found[:2] == (set_house.pdfs(), lines(set_house))
        assert {"unchanged"} == set(set_house.statuses().values())


def _stopped(house: House, after: int) -> None:
    """Stop listening after so many cards."""
    run = render_bulk(house.workspace, house.order())
    told = 0
    for event in run:
        told += isinstance(event, CardEvent)
        if told == after:
            break
    run.close()


def _killed(house: House, after: int) -> None:
    """End as if killed after so many cards."""
    told = 0
    for event in render_bulk(house.workspace, house.order()):
        told += isinstance(event, CardEvent)
        if told == after:
            os._exit(9)


@pytest.mark.usefixtures("hasty")
class TestTightness:
    @pytest.mark.parametrize("executor", [None, forked, lambda: ThreadPoolExecutor(3)])
    @pytest.mark.parametrize("likely", [1, 100])
    def test_it_is_told_alike_whatever_makes_the_cards(
        self, set_house: House, monkeypatch: pytest.MonkeyPatch, executor: Callable[[], Any] | None, likely: int
    ) -> None:
        """Believed or known, in one process or in several: the state with the largest file of those that need it."""
        monkeypatch.setattr("cardprint.edition.fit._LEAST_LIKELY", likely)
        for slug in ("arcadia", "elbonia"):
            lengthen(set_house, slug)
        set_house.rewrite(set_house.state("elbonia"), "issues:", "issues: # looked through")
        tightness = summary(set_house.events(executor=executor)).tightness
        assert tightness is not None
        assert ("elbonia", True) == (tightness.state, tightness.shared)
        assert 0 < tightness.rung <= tightness.of
        (lowered,) = tightness.lowered
        assert ("leading of text", True) == (lowered[0], lowered[2] < lowered[1])

    def test_a_run_that_finds_nothing_to_do_tells_it_too(self, set_house: House) -> None:
        """And one for a single state, whose own card would have had room."""
        lengthen(set_house, "elbonia")
        first = summary(set_house.events()).tightness
        assert first is not None
        assert first == summary(set_house.events()).tightness
        assert first == summary(set_house.events(states=("corona",))).tightness
        assert first == summary(set_house.events(states=("corona",), folder="other", manifest=False)).tightness

    def test_where_all_has_room_nothing_is_told(self, set_house: House) -> None:
        """Neither of the first run nor of the second."""
        assert [None, None] == [summary(set_house.events()).tightness for _ in range(2)]

    def test_cards_with_rungs_of_their_own_are_counted(self, set_house: House) -> None:
        """The tightest of them is named, of equals the first."""
        set_house.rewrite("layouts/tiny.yaml", "scope: set", "scope: card")
        for slug in ("borduria", "elbonia"):
            lengthen(set_house, slug)
        for _ in range(2):
            tightness = summary(set_house.events()).tightness
            assert tightness is not None
            assert (2, "borduria", False) == (tightness.cards, tightness.state, tightness.shared)


def test_few_cards_are_fitted_first(set_house: House) -> None:
    """Where most have to be looked at anyway, nothing is believed."""
    lengthen(set_house, "elbonia")
    assert [] == tightened(set_house.events())


@pytest.mark.usefixtures("hasty")
def test_a_machine_is_told_what_no_longer_holds(
    set_house: House, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A line between those of the cards; the summary counts each card once."""
    import json

    from cardprint.cli import run

    lengthen(set_house, "elbonia")
    monkeypatch.chdir(set_house.here)
    monkeypatch.setenv("CARDPRINT_CACHE", str(set_house.here / "none"))
    command = ["render", "--all", "--data", "edition", "--layout", "layouts/tiny.yaml", "-o", "out", "--json"]
    assert 0 == run(command)
    told: list[Mapping[str, Any]] = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    kinds = [line["event"] for line in told]
    assert ["start", *4 * ["card"], "tightened", *6 * ["card"], "summary"] == kinds
    assert (4, 6, 0) == (told[5]["cards"], told[-1]["made"], told[-1]["left"])
