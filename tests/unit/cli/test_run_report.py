"""What people and machines are told of a run."""

from __future__ import annotations

import io
import json
import re
import sys
from pathlib import Path

import pytest

from cardprint.bulk import CardEvent, Event, Started, Status, Summary, Tightened, Waiting
from cardprint.cli.exits import Exit
from cardprint.cli.run_report import BarReport, JsonReport, LineReport, Report
from cardprint.edition.tightness import Tightness
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Span
from cardprint.workspace import Workspace

WRONG = Diagnostic("unknown-key", 'Found "scoer".', Span("ohio.yaml", 3, 15), hint="Write score.")
EVENTS: tuple[Event, ...] = (
    Started(4),
    CardEvent("alaska", Status.MADE, "out/a.pdf", "0a", 40_000, 0.01),
    Waiting(),
    CardEvent("hawaii", Status.UNCHANGED, "out/h.pdf", "0b", 50_000),
    CardEvent("ohio", Status.FAILED, problems=(WRONG, WRONG)),
    CardEvent("texas", Status.INCOMPLETE),
    Summary({Status.MADE: 1, Status.UNCHANGED: 1, Status.FAILED: 1, Status.INCOMPLETE: 1}, 0, 1.234, 90_000, 2),
)


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self) -> bool:
        return True


def told(kind: type[Report], events: tuple[Event, ...], *, named: bool = False) -> Report:
    """A report that has taken all events."""
    report = kind(Workspace(Path("/"), Path("/")), named=named, layout="tall", debug=False)
    for event in events:
        report.take(event)
    report.close()
    return report


def test_lines_tell_where_cards_are_and_what_went_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    """Paths for other programs; diagnostics, a table and a summary for people."""
    report = told(LineReport, EVENTS)
    output = capsys.readouterr()
    assert (Exit.FAILED, "out/a.pdf\nout/h.pdf\n") == (report.code, output.out)
    incomplete, first, _, head, row, summary = output.err.splitlines()
    assert incomplete.startswith("missing-field: Of 4, 1 state is incomplete for the layout tall and not drawn: texas.")
    assert 'ohio.yaml:3:15: unknown-key: Found "scoer". Write score.' == first
    assert ("No card was made of:", "  ohio  unknown-key (2)") == (head, row)
    assert "4 cards: 1 made, 1 unchanged, 1 incomplete, 1 failed; 90.0 kB in 1.23 s, 2 processes" == summary


def test_a_single_card_needs_no_summary(capsys: pytest.CaptureFixture[str]) -> None:
    """Its path says all."""
    told(LineReport, (Started(1), EVENTS[1], Summary({Status.MADE: 1}, 0, 1.0, 40_000, 1)))
    assert ("out/a.pdf\n", "") == tuple(capsys.readouterr())


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (CardEvent("ohio", Status.MADE), Exit.DONE),
        (CardEvent("ohio", Status.INCOMPLETE), Exit.FAILED),
        (CardEvent("ohoi", Status.FAILED, usage=True), Exit.USAGE),
        (CardEvent("ohio", Status.REJECTED), Exit.REJECTED),
    ],
)
def test_the_worst_card_decides_over_the_exit_code(event: CardEvent, code: Exit) -> None:
    """As everywhere: the highest of those that apply."""
    assert code == told(Report, (Started(2), EVENTS[1], event)).code


def test_a_run_that_left_cards_has_failed(capsys: pytest.CaptureFixture[str]) -> None:
    """--fail-fast, or an interrupt."""
    assert Exit.FAILED == told(LineReport, (Started(9), Summary({Status.MADE: 1}, 8, 1.0, 1, 1))).code
    assert "9 cards: 1 made, 8 not begun" in capsys.readouterr().err
    report = told(LineReport, EVENTS[:2])
    report.end()
    assert (Exit.FAILED, True) == (report.code, "Stopped after 1 card was made" in capsys.readouterr().err)


def test_of_very_many_failures_some_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    """A layout that nothing fits must not fill the memory, or the screen."""
    many = tuple(CardEvent(f"state-{number}", Status.FAILED, problems=(WRONG,)) for number in range(250))
    told(LineReport, (Started(250), *many, Summary({Status.FAILED: 250}, 0, 1.0, 0, 1)))
    lines = capsys.readouterr().err.splitlines()
    assert (100, True) == (lines.count(lines[0]), "  … and 150 more, of which cards.jsonl tells" in lines)


def test_states_that_were_asked_for_count_among_those_untold(capsys: pytest.CaptureFixture[str]) -> None:
    """Those whose data lack something are in the list, then, and in the number of the others."""
    many = tuple(CardEvent(f"state-{number}", Status.INCOMPLETE, problems=(WRONG,)) for number in range(103))
    told(LineReport, (Started(103), *many, Summary({Status.INCOMPLETE: 103}, 0, 1.0, 0, 1)), named=True)
    assert "  … and 3 more, of which cards.jsonl tells" in capsys.readouterr().err.splitlines()


@pytest.mark.parametrize("debug", [True, False])
def test_machines_leave_a_fault_to_people(debug: bool, capsys: pytest.CaptureFixture[str]) -> None:
    """The card's line is as ever; beside it stands what to do, and with --debug where it happened."""
    fault = CardEvent("ohio", Status.FAILED, problems=(Diagnostic("fault", "Out of ink."),), fault="Traceback …")
    JsonReport(Workspace(Path("/"), Path("/")), named=True, layout="tall", debug=debug).take(fault)
    output = capsys.readouterr()
    assert ["fault"] == [problem["code"] for problem in json.loads(output.out)["problems"]]
    assert (True, debug) == ("Please report it" in output.err, "Traceback" in output.err)


def test_problems_have_null_for_what_is_not_known(capsys: pytest.CaptureFixture[str]) -> None:
    """As in every other command's JSON."""
    told(JsonReport, (Started(1), CardEvent("ohio", Status.FAILED, problems=(Diagnostic("odd", "Hm."),))))
    (problem,) = json.loads(capsys.readouterr().out.splitlines()[-1])["problems"]
    assert {"code": "odd", "severity": "error", "message": "Hm."} == {
        name: value for name, value in problem.items() if value is not None
    }
    assert {"hint", "file", "line", "column", "end_line", "end_column", "cell", "path"} < problem.keys()


def test_a_bar_needs_no_standard_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """A program without a window has none."""
    monkeypatch.setattr(sys, "stdout", None)
    report = BarReport(Workspace(Path("/"), Path("/")), named=False, layout="tall", debug=False)
    assert Exit.DONE == report.code


def test_a_fault_of_cardprint_s_own_asks_for_a_report(capsys: pytest.CaptureFixture[str]) -> None:
    """Its traceback is kept from whoever did not ask for it."""
    fault = CardEvent("ohio", Status.FAILED, problems=(Diagnostic("fault", "Out of ink."),), fault="Traceback …")
    told(Report, (Started(1), fault, Summary({Status.FAILED: 1}, 0, 1.0, 0, 1)))
    error = capsys.readouterr().err
    assert (True, False) == ("Please report it" in error, "Traceback" in error)


def test_on_a_terminal_a_bar_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    """How many of how many, failures, and in the end the summary; no list of paths."""
    out, err = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setattr("cardprint.cli.run_report._REFRESH_SECONDS", 0.0)
    for name, value in {"TERM": "xterm", "COLUMNS": "100"}.items():
        monkeypatch.setenv(name, value)
    told(BarReport, EVENTS)
    shown = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", err.getvalue())
    assert ("", True, True) == (out.getvalue(), "2/4" in shown, "2 not made" in shown)
    assert shown.splitlines()[-1].startswith("4 cards: 1 made, ")


def test_paths_go_to_a_pipe_beside_the_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    """`cardprint render --all | xargs …`, watched."""
    out, err = io.StringIO(), Terminal()
    monkeypatch.setattr(sys, "stdout", out)
    monkeypatch.setattr(sys, "stderr", err)
    monkeypatch.setenv("TERM", "xterm")
    told(BarReport, EVENTS)
    assert "out/a.pdf\nout/h.pdf\n" == out.getvalue()


@pytest.mark.parametrize("kind", [Report, LineReport])
def test_what_is_taken_back_counts_no_longer(kind: type[Report], capsys: pytest.CaptureFixture[str]) -> None:
    """Failures told before a tighter rung was needed are told again, or are none any more."""
    events = (*EVENTS[:-1], Tightened(4), EVENTS[1], Summary({Status.MADE: 1}, 0, 1.0, 40_000, 1))
    report = told(kind, events)
    assert (Exit.DONE, {Status.MADE: 1}) == (report.code, dict(report.counts))
    assert "ohio" not in capsys.readouterr().err


def test_paths_that_may_be_taken_back_are_held_until_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    """Whoever prints what is told would print a card that is made again, and then twice."""
    made = EVENTS[1]
    told(LineReport, (Started(1, on_trial=True), made, Tightened(1), made))
    assert not capsys.readouterr().out
    told(LineReport, (Started(1, on_trial=True), made, Tightened(1), made, EVENTS[-1]))
    assert capsys.readouterr().out == "out/a.pdf\n"


def test_warnings_of_cards_that_are_made_again_are_told_once(capsys: pytest.CaptureFixture[str]) -> None:
    """With the card that holds."""
    made = CardEvent("alaska", Status.MADE, "out/a.pdf", problems=(WRONG,))
    for kind in (Report, LineReport):
        told(kind, (Started(1, on_trial=True), made, Tightened(1), made, Summary({Status.MADE: 1}, 0, 1.0, 1, 1)))
        assert 1 == capsys.readouterr().err.count("unknown-key")


def test_cards_that_may_be_made_again_are_not_told_when_a_run_stops(capsys: pytest.CaptureFixture[str]) -> None:
    """By an interrupt or a failure: whether they hold nobody knows. Those that hold are told already."""
    for on_trial, paths in ((True, ""), (False, "out/a.pdf\n")):
        report = told(LineReport, (Started(2, on_trial=on_trial), EVENTS[1]))
        report.fail(DiagnosticError([WRONG]))
        report.end()
        assert paths == capsys.readouterr().out


def test_paths_that_hold_are_told_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    """A run over cards whose rung is known tells of each as it is made."""
    told(LineReport, (Started(1), EVENTS[1]))
    assert capsys.readouterr().out == "out/a.pdf\n"


LOWERED = (
    ("tracking of highlights", 0.0, -0.01),
    ("tracking of links", 0.0, -0.01),
    ("leading of highlights", 13.0, 9.5),
    ("size of highlights", 10.0, 7.8),
)
TIGHT = Tightness(46, 54, LOWERED, "ohio", shared=True)


@pytest.mark.parametrize(
    ("tightness", "words"),
    [
        (
            TIGHT,
            "The type of all cards is set tighter (copyfit, step 46 of 54), as the card of ohio has no room otherwise: "
            "size of highlights 10 → 7.8 pt, leading of highlights 13 → 9.5 pt and tracking of highlights and links "
            '0 → -0.01 em. "cardprint explain ohio" with the same data and layout tells more.',
        ),
        (
            Tightness(3, 9, LOWERED[:1], "ohio", cards=2),
            "The type of 2 cards is set tighter, each for itself, most that of ohio (copyfit, step 3 of 9): "
            'tracking of highlights 0 → -0.01 em. "cardprint explain ohio" with the same data and layout tells more.',
        ),
        (
            Tightness(3, 9, (*LOWERED, ("padding of rows", 5.0, 4.5)), "ohio"),
            "The type of the card of ohio is set tighter (copyfit, step 3 of 9): size of highlights 10 → 7.8 pt, "
            "leading of highlights 13 → 9.5 pt, padding of rows 5 → 4.5 pt, and more. "
            '"cardprint explain ohio" with the same data and layout tells more.',
        ),
    ],
)
def test_a_line_tells_how_far_type_was_set_tighter(
    tightness: Tightness, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """How far, for which state, and what gave way most; whoever wants quiet is told nothing."""
    events = (Started(1), EVENTS[1], Summary({Status.MADE: 1}, 0, 1.0, 40_000, 1, tightness=tightness))
    told(LineReport, events)
    assert words == capsys.readouterr().err.strip()
    told(Report, events)
    assert ("", "") == tuple(capsys.readouterr())


@pytest.mark.parametrize("tightness", [None, TIGHT])
def test_machines_are_told_in_fields(tightness: Tightness | None, capsys: pytest.CaptureFixture[str]) -> None:
    """Null where nothing was adjusted."""
    told(JsonReport, (Started(1), Summary({}, 0, 1.0, 0, 1, tightness=tightness)))
    *_, last = map(json.loads, capsys.readouterr().out.splitlines())
    if tightness is None:
        assert last["copyfit"] is None
        return
    assert {"step": 46, "of": 54, "shared": True, "state": "ohio", "cards": None}.items() <= last["copyfit"].items()
    assert {"what": "size of highlights", "before": 10.0, "after": 7.8, "unit": "pt"} == last["copyfit"]["lowered"][-1]


@pytest.mark.parametrize("kind", [Report, LineReport])
def test_older_cards_that_are_still_there_are_named(kind: type[Report], capsys: pytest.CaptureFixture[str]) -> None:
    """Of states that failed, and of states that are gone; also for whoever wants quiet."""
    failed = CardEvent("ohio", Status.FAILED, problems=(WRONG,), outdated="out/o.pdf")
    told(kind, (Started(1), failed, Summary({Status.FAILED: 1}, 0, 1.0, 0, 1)))
    one = "outdated: An older card is still there, of a state of which no card was made now: out/o.pdf. "
    assert f"{one}Mend what is wrong there, or delete it." in capsys.readouterr().err.splitlines()
    told(kind, (Started(1), failed, Summary({Status.FAILED: 1}, 0, 1.0, 0, 1, outdated=("out/u.pdf",))))
    assert "of states of which no card was made now: out/o.pdf, out/u.pdf. " in capsys.readouterr().err


def test_machines_are_told_of_older_cards(capsys: pytest.CaptureFixture[str]) -> None:
    """With the card, and all of them in the summary; null and an empty list where there are none."""
    failed = CardEvent("ohio", Status.FAILED, problems=(WRONG,), outdated="out/o.pdf")
    told(JsonReport, (Started(2), EVENTS[1], failed, Summary({}, 0, 1.0, 0, 1, outdated=("out/u.pdf",))))
    _, sound, wrong, last = map(json.loads, capsys.readouterr().out.splitlines())
    assert (None, "out/o.pdf") == (sound["outdated"], wrong["outdated"])
    assert ["out/o.pdf", "out/u.pdf"] == last["outdated"]
