"""A run: what is made, what is left alone, and what is said and written down about it."""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from cardprint.bulk import CardEvent, Event, Started, Status, Summary, Variant, render_bulk
from cardprint.bulk.manifest import _latest
from cardprint.model.diagnostics import DiagnosticError
from cardprint.pipeline import RequestError, open_project, render_card
from cardprint.workspace import Workspace, shipped_folder
from cardprint.workspace.ledger import Line

if TYPE_CHECKING:
    from tests.unit.bulk.conftest import House
else:
    House = Any

STATES = ("arcadia", "borduria", "corona", "drusselstein", "elbonia", "freedonia")
MADE, SAME = "made", "unchanged"


def all_of(status: str, **others: str) -> dict[str, str]:
    """Every state with one status, some with others."""
    return {**dict.fromkeys(STATES, status), **others}


def outdated(events: list[Event]) -> dict[str, str]:
    """Where an older card is told to be, by state."""
    return {event.state: event.outdated for event in events if isinstance(event, CardEvent) and event.outdated}


def gone(events: list[Event]) -> tuple[str, ...]:
    """The cards that are told of at the end, of states without a file."""
    *_, last = events
    assert isinstance(last, Summary)
    return last.outdated


def forked() -> ProcessPoolExecutor:
    """Two processes that have all that a test has patched."""
    return ProcessPoolExecutor(2, get_context("fork"))


class _Lasting(Executor):
    """An executor that outlives the runs that it serves."""

    def __init__(self, lasting: Executor) -> None:
        self._lasting = lasting

    def submit(self, *args: Any, **kwargs: Any) -> Future[Any]:
        return self._lasting.submit(*args, **kwargs)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave it running."""


def _renamed(icc: bytes) -> bytes:
    """An ICC profile with another date."""
    return icc[:24] + b"\x07\xe0" + icc[26:]


class TestOnlyWhatChanged:
    def test_a_first_run_makes_every_card(self, house: House) -> None:
        """Each is what it is when it is made alone."""
        assert all_of(MADE) == house.statuses()
        project = open_project(house.workspace, "edition", "layouts/tiny.yaml")
        assert {f"1933-{slug}.pdf": render_card(project, slug).pdf for slug in STATES} == house.pdfs()

    def test_a_second_run_makes_none(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """It opens nothing, parses nothing, and writes nothing."""
        house.events()
        before = house.written()
        monkeypatch.setattr("cardprint.pipeline.open_project", None)
        assert all_of(SAME) == house.statuses()
        assert before == house.written()

    def test_a_changed_state_makes_one_card(self, house: House) -> None:
        """Even a comment is a change: the card carries the hash of its file."""
        house.events()
        house.rewrite(house.state("corona"), "issues:", "issues: # looked through")
        assert all_of(SAME, corona=MADE) == house.statuses()
        assert all_of(SAME) == house.statuses()

    @pytest.mark.parametrize(
        ("file", "old", "new"),
        [
            ("layouts/themes/plain.yaml", "#000000", "#202020"),
            ("layouts/base.yaml", "0.25in", "0.3in"),
            ("edition/framework.yaml", "whistling", "singing"),
            ("edition/jurisdictions.yaml", "X5", "X9"),
        ],
    )
    def test_a_change_to_what_they_share_makes_all(self, house: House, file: str, old: str, new: str) -> None:
        """Theme, layout, framework, the list of jurisdictions."""
        house.events()
        house.rewrite(file, old, new)
        assert all_of(MADE) == house.statuses()

    def test_a_file_that_takes_another_s_place_is_a_change(self, house: House) -> None:
        """An icon of one's own, beside the layout, comes before the shipped one of that name."""
        house.events()
        icons = house.here / "layouts" / "icons"
        icons.mkdir()
        (icons / "gavel.svg").write_text('<svg viewBox="0 0 8 8"><path d="M1 1h6v6H1z"/></svg>', encoding="utf-8")
        assert all_of(MADE) == house.statuses()

    def test_so_is_another_date_or_another_cardprint(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """SOURCE_DATE_EPOCH dates the files; another version may paint otherwise."""
        house.events()
        dated = Workspace(house.here, house.workspace.shipped, {"SOURCE_DATE_EPOCH": "0"}, cache=house.workspace.cache)
        assert {MADE} == {e.status.value for e in render_bulk(dated, house.order()) if isinstance(e, CardEvent)}
        house.events()
        for module in ("edition.project", "bulk.edition", "edition.fonts", "bulk.jobs"):
            monkeypatch.setattr(f"cardprint.{module}.program_id", lambda: "another")
        assert all_of(MADE) == house.statuses()

    def test_a_card_that_was_removed_or_altered_is_made_again(self, house: House) -> None:
        """What the manifest says counts only as far as the file is what it says."""
        house.events()
        before = house.pdfs()
        (house.out / "1933-arcadia.pdf").unlink()
        with (house.out / "1933-corona.pdf").open("ab") as file:
            file.write(b" ")
        assert all_of(SAME, arcadia=MADE, corona=MADE) == house.statuses()
        assert before == house.pdfs()

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda _: "",
            lambda text: text[: len(text) // 2],
            lambda text: text.replace('"file":"1933', '"file":"../out/1933'),
            lambda text: text.replace('"sha256":"', '"sha256":["').replace('","fit"', '"],"fit"'),
            lambda text: text.replace('"state":"', '"state":7,"x":"'),
            lambda text: text.replace('"asked":[', '"asked":[["read","data","../..","x","-"],'),
            lambda text: text.replace('"asked":[', '"asked":[["odd"],'),
            lambda text: text.replace('"rung":null', '"rung":"high"'),
        ],
    )
    def test_a_spoilt_manifest_costs_time_only(self, house: House, spoil: Callable[[str], str]) -> None:
        """Whatever stands in it, the folder ends up as it should be."""
        house.events()
        before, path = house.pdfs(), house.out / "cards.jsonl"
        path.write_text(spoil(path.read_text(encoding="utf-8")), encoding="utf-8")
        assert {MADE, SAME} >= set(house.statuses().values())
        assert (before, all_of(SAME)) == (house.pdfs(), house.statuses())

    def test_force_makes_what_is_there(self, house: House) -> None:
        """For whoever does not believe it."""
        house.events()
        assert all_of(MADE) == house.statuses(force=True)

    def test_a_folder_that_was_moved_is_known_again(self, house: House) -> None:
        """Data and cards on another disk: nothing is made, though the manifest knew other paths."""
        house.events()
        for name in ("edition", "layouts", "out"):
            shutil.move(house.here / name, house.here / "moved" / name)
        moved = Workspace(house.here / "moved", house.workspace.shipped, cache=house.workspace.cache)
        statuses = {e.status.value for e in render_bulk(moved, house.order()) if isinstance(e, CardEvent)}
        assert {SAME} == statuses

    def test_pictures_and_pages_do_not_get_into_each_other_s_way(self, house: House) -> None:
        """Two kinds of file in one folder, each with its lines; so do those of two layouts' names."""
        picture = Variant("png", 36)
        assert all_of(MADE) == house.statuses()
        assert all_of(MADE) == house.statuses(variant=picture)
        assert (all_of(SAME), all_of(SAME)) == (house.statuses(), house.statuses(variant=picture))
        assert 12 == len(house.pdfs())

    def test_cards_for_a_press_do_not_get_into_the_way_of_those_for_screens(self, house: House) -> None:
        """Each profile has its files and its lines; a new ICC profile makes the print cards anew, and only these."""
        press = Variant(profile="print")
        assert (all_of(MADE), all_of(MADE)) == (house.statuses(), house.statuses(variant=press))
        assert (all_of(SAME), all_of(SAME)) == (house.statuses(), house.statuses(variant=press))
        assert {"screen", "print"} == {line["profile"] for line in house.manifest() if "format" in line}
        assert 6 == len([name for name in house.pdfs() if name.endswith(".print.pdf")])
        shipped = shipped_folder() / "layouts/press/fogra39-coated.icc"
        (house.here / "layouts/press").mkdir()
        (house.here / "layouts/press/fogra39-coated.icc").write_bytes(_renamed(shipped.read_bytes()))
        assert (all_of(SAME), all_of(MADE)) == (house.statuses(), house.statuses(variant=press))

    def test_states_that_share_a_rung_are_made_anew_when_it_rises(self, house: House) -> None:
        """One longer text tightens the whole edition, so every card changes."""
        ladder = "copyfit: {scope: set, steps: [{lower: leading, styles: [text], by: 0.5pt, floor: 9pt}]}\n"
        layout = house.here / "layouts" / "tiny.yaml"
        layout.write_text(layout.read_text(encoding="utf-8") + ladder, encoding="utf-8")
        house.events()
        text = " ".join(["A long sentence about laws that goes on for a while."] * 18)
        house.rewrite(house.state("corona"), "score: 3.5,", f'score: 3.5, highlights: "{text}",')
        assert all_of(MADE) == house.statuses()
        rungs = {line["rung"] for line in house.manifest() if "state" in line}
        assert (1, True) == (len(rungs), rungs.pop() > 0)
        house.rewrite(house.state("elbonia"), "issues:", "issues: # looked through")
        assert all_of(SAME, elbonia=MADE) == house.statuses()


class TestWhatIsAsked:
    def test_states_go_by_any_name_and_once(self, house: House) -> None:
        """In the order asked for."""
        assert {"corona": MADE, "arcadia": MADE} == house.statuses(states=("X2", "Corona", "arcadia"))
        assert {"arcadia": SAME, "corona": SAME} == house.statuses(states=("arcadia", "CORONA"))

    def test_a_state_that_does_not_exist_stops_no_other(self, house: House) -> None:
        """It is told with a suggestion, and is a fault of the command."""
        events = [e for e in house.events(states=("arcadia", "Coruna")) if isinstance(e, CardEvent)]
        assert {("Coruna", True), ("arcadia", False)} == {(event.state, event.usage) for event in events}
        assert "Did you mean Corona?" == events[0].problems[0].hint

    def test_a_state_without_results_says_so(self, house: House) -> None:
        """The message names the file that is missing."""
        house.state("corona").unlink()
        (event,) = [e for e in house.events(states=("corona",)) if isinstance(e, CardEvent)]
        assert ("failed", "no-results") == (event.status.value, event.problems[0].code)

    @pytest.mark.parametrize("changes", [{"data": "nowhere"}, {"layout": "nothing"}, {"layout": "national-overview"}])
    def test_what_does_not_exist_is_refused_before_anything_is_made(
        self, house: House, changes: dict[str, str]
    ) -> None:
        """Data, layout, and a layout that draws no cards of states."""
        with pytest.raises(RequestError):
            house.events(**changes)
        assert not house.out.exists()

    def test_a_single_card_needs_no_manifest(self, house: House) -> None:
        """It is begun by runs of several; where it is, single cards are noted, too."""
        assert {"corona": MADE} == house.statuses(states=("corona",), manifest=False)
        assert ["1933-corona.pdf"] == [path.name for path in house.out.iterdir()]
        assert {"corona": MADE} == house.statuses(states=("corona",), manifest=False)
        house.events()
        assert {"corona": SAME} == house.statuses(states=("corona",), manifest=False)


class TestWhatIsSaid:
    def test_events_come_in_the_order_of_states(self, house: House) -> None:
        """A start with the number of cards, each card, a summary of them."""
        first, *cards, last = house.events()
        assert (Started(6), list(STATES)) == (first, [getattr(card, "state", "") for card in cards])
        size = sum(map(len, house.pdfs().values()))
        assert ({Status.MADE: 6}, 0, size, 1) == (last.counts, last.left, last.size, last.jobs)  # type: ignore[union-attr]

    def test_the_manifest_tells_of_each_card_what_it_is_made_from(self, house: House) -> None:
        """Inputs, file, hash, fit, findings, time: one line each, sorted."""
        house.events()
        edition, *lines = house.manifest()
        assert list(STATES) == [line["state"] for line in lines]
        line = lines[2]
        data = (house.out / line["file"]).read_bytes()
        assert ("1933-corona.pdf", len(data), hashlib.sha256(data).hexdigest()) == (
            line["file"],
            line["size"],
            line["sha256"],
        )
        assert line["inputs"] == {
            "shared": edition["shared"],
            "state": hashlib.sha256(house.state("corona").read_bytes()).hexdigest(),
        }
        assert {"status", "fit", "findings", "seconds", "fingerprint", "rung", "request"} <= line.keys()
        assert str(house.here) not in (house.out / "cards.jsonl").read_text(encoding="utf-8")

    def test_lines_do_not_pile_up(self, house: House) -> None:
        """However often the same cards are made, each has one line."""
        for _ in range(3):
            house.events(force=True)
        assert 7 == len(house.manifest())

    @staticmethod
    def test_states_that_swap_their_files_keep_their_lines() -> None:
        """The line that tells of a file counts until another tells of it; a state's newer line is of a file of its
        own."""
        written = [("a", "x.pdf"), ("b", "y.pdf"), ("a", "y.pdf"), ("b", "x.pdf")]
        lines: list[Line] = [{"request": "r", "format": 1}]
        lines += [{"request": "r", "state": state, "file": file} for state, file in written]
        assert [0, 4, 3] == _latest(enumerate(lines))
        assert [0, 1, 3] == _latest(enumerate([*lines[:2], {}, {"request": "r", "state": "b", "file": "y.pdf"}]))

    def test_incomplete_data_are_remembered(self, house: House) -> None:
        """They are told again without being read again; asked for by name, the state learns what it lacks."""
        house.rewrite(house.state("corona"), "issues:", "overall: {grade: F, basis: named, source: 'https://x.org'}\n#")
        house.state("corona").write_text("state: Corona\n", encoding="utf-8")
        assert all_of(MADE, corona="incomplete") == house.statuses()
        assert all_of(SAME, corona="incomplete") == house.statuses()
        (event,) = [e for e in house.events(states=("corona",)) if isinstance(e, CardEvent)]
        assert {"missing-field"} == {problem.code for problem in event.problems}

    def test_what_failed_is_tried_again(self, house: House) -> None:
        """Its diagnostics are wanted each time; the others stay as they are."""
        house.rewrite(house.state("corona"), "score", "scoer")
        for others in (MADE, SAME):
            events = [e for e in house.events() if isinstance(e, CardEvent)]
            assert all_of(others, corona="failed") == {event.state: event.status.value for event in events}
            assert "unknown-key" in {problem.code for event in events for problem in event.problems}

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither links for everybody nor pipes")
    @pytest.mark.parametrize(
        "put", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("nowhere"), lambda path: path.symlink_to(path.name)]
    )
    def test_a_state_whose_file_is_none_is_told(self, house: House, put: Callable[[Path], None]) -> None:
        """A folder, a pipe, a link that leads nowhere or to itself: it fails, and does not vanish."""
        house.events()
        house.state("corona").unlink()
        put(house.state("corona"))
        assert {"corona": "failed"} == {
            state: status for state, status in house.statuses().items() if status != "unchanged"
        }

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such pipes")
    def test_pipes_in_the_folder_of_cards_are_not_waited_for(self, house: House) -> None:
        """One in a card's place gives way to the card; one in the manifest's is told of."""
        house.events()
        card = next(house.out.glob("*corona*.pdf"))
        card.unlink()
        os.mkfifo(card)
        assert "made" == house.statuses()["corona"]
        assert card.is_file()
        (house.out / "cards.jsonl").unlink()
        os.mkfifo(house.out / "cards.jsonl")
        with pytest.raises(DiagnosticError, match=r"unwritable-folder.*cards\.jsonl"):
            house.events()

    def test_two_cards_of_one_file_name_are_refused(self, house: House) -> None:
        """The second would overwrite the first without a word, and does not do so on the next run either."""
        house.rewrite("edition/framework.yaml", "{state.slug}", "{state.address}")
        house.rewrite("edition/jurisdictions.yaml", "postal:", "address: same, postal:")
        for first in (MADE, SAME):
            assert all_of("failed", arcadia=first) == house.statuses()
        assert ["1933-same.pdf"] == [*house.pdfs()]


class TestOlderCards:
    """A card that could not be made again, or that nobody asks for any more, must not be taken for a new one."""

    CORONA = str(Path("out") / "1933-corona.pdf")

    def test_one_whose_state_fails_now_is_told(self, house: House) -> None:
        """With its path, in each run, and only that one; nothing is deleted."""
        house.events()
        house.rewrite(house.state("corona"), "score: 3.5", "score: 35")
        for _ in range(2):
            events = house.events()
            assert ({"corona": self.CORONA}, ()) == (outdated(events), gone(events))
        assert "1933-corona.pdf" in house.pdfs()

    def test_one_whose_data_are_incomplete_now_is_told(self, house: House) -> None:
        """Also by the run that only remembers that; but of no state that never had a card."""
        house.events(states=tuple(slug for slug in STATES if slug != "elbonia"))
        for slug in ("corona", "elbonia"):
            house.state(slug).write_text(f"state: {slug.title()}\n", encoding="utf-8")
        for _ in range(2):
            events = house.events()
            statuses = {event.state: event.status.value for event in events if isinstance(event, CardEvent)}
            assert all_of(SAME, corona="incomplete", elbonia="incomplete") == statuses
            assert {"corona": self.CORONA} == outdated(events)

    def test_one_that_is_as_it_should_be_is_not(self, house: House) -> None:
        """Whether it was made now, or is unchanged, or a card is missing that never was there."""
        house.rewrite(house.state("elbonia"), "score: 3.5", "score: 35")
        for _ in range(2):
            events = house.events()
            assert ({}, ()) == (outdated(events), gone(events))

    def test_one_of_a_state_whose_file_is_gone_is_told_at_the_end(self, house: House) -> None:
        """As long as it is there, and only if all states were asked for."""
        house.events()
        house.state("corona").unlink()
        assert [(self.CORONA,), (self.CORONA,)] == [gone(house.events()) for _ in range(2)]
        assert () == gone(house.events(states=("elbonia",)))
        (house.here / self.CORONA).unlink()
        assert () == gone(house.events())

    def test_not_if_it_is_that_of_another_state_now(self, house: House) -> None:
        """One that was given another slug, but not another name for its card's file."""
        house.rewrite("edition/framework.yaml", "{state.slug}", "{state.postal}")
        house.events()
        house.rewrite("edition/jurisdictions.yaml", "slug: corona,", "slug: korona,")
        house.state("corona").rename(house.state("korona"))
        events = house.events()
        assert ({}, ()) == (outdated(events), gone(events))

    def test_a_state_asked_for_by_name_tells_it_without_a_manifest(self, house: House) -> None:
        """Whether its file is wrong or gone."""
        house.events(states=("corona",), manifest=False)
        house.rewrite(house.state("corona"), "score: 3.5", "score: 35")
        assert {"corona": self.CORONA} == outdated(house.events(states=("corona",), manifest=False))
        house.state("corona").unlink()
        assert {"corona": self.CORONA} == outdated(house.events(states=("corona",), manifest=False))


class TestAnyNumberOfJobs:
    @pytest.mark.parametrize("executor", [forked, lambda: ThreadPoolExecutor(3)])
    def test_files_and_events_are_the_same(self, house: House, executor: Callable[[], Any]) -> None:
        """Processes or threads, in order, with a failure in the middle."""
        house.rewrite(house.state("corona"), "score", "scoer")
        told = [(e.state, e.status, e.problems) for e in house.events() if isinstance(e, CardEvent)]
        alone = house.pdfs()
        shutil.rmtree(house.out)
        events = house.events(executor=executor)
        assert told == [(e.state, e.status, e.problems) for e in events if isinstance(e, CardEvent)]
        assert alone == house.pdfs()

    def test_processes_that_live_on_date_the_cards_of_each_run(self, house: House) -> None:
        """They keep what they were given for a run, and another date makes other cards."""
        environments: list[dict[str, str]] = [{"SOURCE_DATE_EPOCH": "0"}, {}]
        alone: list[dict[str, bytes]] = []
        lasting: list[dict[str, bytes]] = []
        with forked() as processes:
            for environment in environments:
                workspace = Workspace(house.here, house.workspace.shipped, environment, cache=house.workspace.cache)
                for made, executor in ((alone, None), (lasting, lambda: _Lasting(processes))):
                    list(render_bulk(workspace, house.order(executor=executor, force=True)))
                    made.append(house.pdfs())
        assert alone == lasting
        assert alone[0] != alone[1]

    def test_processes_of_its_own_are_as_good(self, house: House) -> None:
        """Two jobs, whatever way of starting them the system has."""
        alone = (house.events(), house.pdfs())[1]
        assert all_of(MADE) == house.statuses(force=True, jobs=2)
        assert alone == house.pdfs()

    def test_few_cards_are_made_here(self, house: House) -> None:
        """Processes would start for longer than they help."""
        assert 1 == house.events(jobs=None)[-1].jobs  # type: ignore[union-attr]


def spoiled(name: str, act: Callable[[], object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Let something happen whenever the file of a state is composed."""
    from cardprint import pipeline

    compose = pipeline.compose_source

    def composed(project: Any, source: Any) -> Any:
        if source.name.endswith(f"{name}.yaml"):
            act()
        return compose(project, source)

    monkeypatch.setattr(pipeline, "compose_source", composed)


class TestFaults:
    @pytest.mark.parametrize("there", [False, True])
    def test_a_run_without_cards_leaves_no_folder_behind(self, house: House, there: bool) -> None:
        """One that was there before stays, though it is empty."""
        house.rewrite(house.state("corona"), "score", "scoer")
        if there:
            house.out.mkdir()
        assert {"corona": "failed"} == house.statuses(states=("corona",), manifest=False)
        assert there == house.out.exists()

    @pytest.mark.parametrize("jobs", ["here", "there"])
    def test_a_fault_of_one_card_is_told_and_stops_no_other(
        self, house: House, monkeypatch: pytest.MonkeyPatch, jobs: str
    ) -> None:
        """With its traceback, for the report."""

        def burst() -> None:
            raise RuntimeError("out of ink")

        spoiled("corona", burst, monkeypatch)
        events = house.events(executor=forked if jobs == "there" else None)
        (event,) = [e for e in events if isinstance(e, CardEvent) and e.status is Status.FAILED]
        assert ("corona", "fault", True) == (event.state, event.problems[0].code, "out of ink" in event.fault)
        assert 5 == len(house.pdfs())

    def test_a_process_that_dies_takes_one_card_with_it(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """Those that were in work beside it are made; the next run, without the fault, makes the one."""
        spoiled("corona", lambda: os._exit(9), monkeypatch)
        events = [e for e in house.events(executor=forked) if isinstance(e, CardEvent)]
        assert all_of(MADE, corona="failed") == {event.state: event.status.value for event in events}
        assert ["worker-died"] == [problem.code for event in events for problem in event.problems]
        monkeypatch.undo()
        assert all_of(SAME, corona=MADE) == house.statuses()

    @pytest.mark.parametrize("jobs", ["here", "there"])
    def test_a_card_that_takes_too_long_is_given_up(
        self, house: House, monkeypatch: pytest.MonkeyPatch, jobs: str
    ) -> None:
        """The others are made; the message says what can be done."""

        def dawdle() -> None:
            while True:
                pass

        spoiled("corona", dawdle, monkeypatch)
        events = house.events(seconds=1.5, executor=forked if jobs == "there" else None)
        (event,) = [e for e in events if isinstance(e, CardEvent) and e.status is Status.FAILED]
        assert ("corona", "out-of-time") == (event.state, event.problems[0].code)
        assert 5 == len(house.pdfs())

    def test_an_input_that_is_edited_meanwhile_is_reported(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """No card is made from a file that is not the one the run began with; the next run makes it."""
        spoiled("arcadia", lambda: house.rewrite(house.state("elbonia"), "3.5", "4"), monkeypatch)
        events = [e for e in house.events() if isinstance(e, CardEvent)]
        assert all_of(MADE, elbonia="failed") == {event.state: event.status.value for event in events}
        assert ["input-changed"] == [problem.code for event in events for problem in event.problems]
        monkeypatch.undo()
        assert all_of(SAME, elbonia=MADE) == house.statuses()

    def test_a_shared_file_that_is_edited_meanwhile_shows_in_no_card(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """All cards of a run are of one make; the next run makes them of the new one."""
        spoiled("arcadia", lambda: house.rewrite("edition/framework.yaml", "whistling", "singing"), monkeypatch)
        house.events()
        monkeypatch.undo()
        assert 1 == len({line["inputs"]["shared"] for line in house.manifest() if "state" in line})
        assert all_of(MADE) == house.statuses()

    def test_on_a_full_disk_the_rest_is_tried(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """What could not be written says so; once there is room, the same order makes it."""
        sync, calls = os.fsync, list[int]()

        def full(descriptor: int) -> None:
            calls.append(descriptor)
            if 2 <= len(calls) <= 3:
                raise OSError(28, "No space left on device")
            sync(descriptor)

        monkeypatch.setattr(os, "fsync", full)
        events = [e for e in house.events() if isinstance(e, CardEvent)]
        assert all_of(MADE, borduria="failed", corona="failed") == {e.state: e.status.value for e in events}
        assert "No space left on device" in events[1].problems[0].message
        assert 4 == len(house.pdfs())
        monkeypatch.undo()
        assert all_of(SAME, borduria=MADE, corona=MADE) == house.statuses()

    def test_a_manifest_that_cannot_be_written_is_a_warning(
        self, house: House, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The cards are there, and are made again next time."""
        house.events()
        monkeypatch.setattr("cardprint.bulk.manifest.Manifest.add_card", refuse)
        events = house.events(force=True)
        assert ["manifest-unwritten"] == [problem.code for problem in events[-1].warnings]  # type: ignore[union-attr]

    def test_a_folder_that_cannot_be_written_is_refused_at_once(self, house: House) -> None:
        """Nothing is made for nothing."""
        house.out.write_bytes(b"")
        with pytest.raises(DiagnosticError, match="unwritable-folder"):
            house.events()

    def test_fail_fast_stops_at_the_first_failure(self, house: House) -> None:
        """What was made until then stays; the summary counts what was not begun."""
        house.rewrite(house.state("corona"), "score", "scoer")
        *_, last = house.events(fail_fast=True)
        assert ({Status.MADE: 2, Status.FAILED: 1}, 3) == (last.counts, last.left)  # type: ignore[union-attr]

    def test_whoever_stops_listening_stops_the_run(self, house: House) -> None:
        """The manifest tells of what was made; the next run makes the rest."""
        run = render_bulk(house.workspace, house.order(executor=forked))
        while not isinstance(next(run), CardEvent):
            pass
        run.close()
        made = house.pdfs()
        assert 1 == len(made)
        assert all_of(MADE, **{name[5:-4]: SAME for name in made}) == house.statuses()

    def test_a_card_that_fails_its_proof_is_not_delivered(self, house: House, monkeypatch: pytest.MonkeyPatch) -> None:
        """It is kept under another name, and is not taken for a card by the next run."""
        from cardprint.model.finding import Finding

        monkeypatch.setattr("cardprint.pipeline.verify_fast", lambda *_: (Finding("text-missing", "Gone."),))
        events = [e for e in house.events(states=("arcadia", "corona")) if isinstance(e, CardEvent)]
        assert {"rejected"} == {event.status.value for event in events}
        assert ["1933-arcadia.rejected.pdf", "1933-corona.rejected.pdf"] == [*house.pdfs()]
        monkeypatch.undo()
        assert {"arcadia": MADE, "corona": MADE} == house.statuses(states=("arcadia", "corona"))


def refuse(*_: object) -> None:
    """What a full disk says."""
    raise OSError(28, "No space left on device")
