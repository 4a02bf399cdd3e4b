"""What a run of many cards tells: lines, a live bar on a terminal, JSON for machines, or only what went wrong."""

from __future__ import annotations

import json
import os
import sys
import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from cardprint.bulk import CardEvent, Event, Started, Status, Summary, Tightened
from cardprint.cli.exits import Exit
from cardprint.cli.messages import (
    failure_code,
    say,
    say_incomplete,
    show_diagnostics,
    show_failure,
    show_fault,
    show_text,
    some_of,
)
from cardprint.cli.problem_json import problem_fields
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.workspace import Workspace

if TYPE_CHECKING:
    from rich.progress import Progress

_THERE = frozenset((Status.MADE, Status.UNCHANGED))
_MOST_TOLD = 100
"""Failures told at the end of a run; the manifest has them all."""

_REFRESH_SECONDS = 0.1
_CODES = {
    Status.MADE: Exit.DONE,
    Status.UNCHANGED: Exit.DONE,
    Status.INCOMPLETE: Exit.FAILED,
    Status.FAILED: Exit.FAILED,
    Status.REJECTED: Exit.REJECTED,
}


def make_report(
    workspace: Workspace, *, named: bool, layout: str, quiet: bool = False, as_json: bool = False, debug: bool = False
) -> Report:
    """Who tells of a run, and to whom; see `Report`."""
    on_terminal = sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
    kind = JsonReport if as_json else Report if quiet else BarReport if on_terminal else LineReport
    return kind(workspace, named=named, layout=layout, debug=debug)


class Report:
    """Says nothing while all goes well; at the end, what did not. `code` is the exit code so far.

    What is told of cards that may be taken back is held until the end, and dropped if the run does not get there: they
    may be made again. `named`: the states were asked for one by one, so each learns what its data lack; `layout` is the
    layout's name."""

    def __init__(self, workspace: Workspace, *, named: bool, layout: str, debug: bool) -> None:
        self.code = Exit.DONE
        self.counts: Counter[Status] = Counter()
        self.total = 0
        self._workspace = workspace
        self._named = named
        self._layout = layout
        self._debug = debug
        self._failures: list[CardEvent] = []
        self._incomplete: list[str] = []
        self._outdated: list[str] = []
        self._untold = 0
        self._on_trial = False
        self._held: list[tuple[str, tuple[Diagnostic, ...]]] = []

    def take(self, event: Event) -> None:
        """Show what happened."""
        match event:
            case Started():
                self.total, self._on_trial = event.total, event.on_trial
            case CardEvent():
                self._take_card(event)
            case Tightened():
                self._take_back()
            case Summary():
                self.end(event)

    def end(self, summary: Summary | None = None) -> None:
        """Tell how it ended; without a summary, that it was stopped."""
        if summary is not None:
            for path, problems in self._held:
                self._tell(path, problems)
            self._held.clear()
        if self._incomplete:
            say_incomplete(self._incomplete, self.total, self._layout)
        for event in self._failures:
            show_diagnostics(event.problems, self._workspace)
            if event.fault:
                show_fault(event.fault, debug=self._debug)
        if summary is None or summary.left:
            self.code = max(self.code, Exit.FAILED)
        outdated = [*self._outdated, *(summary.outdated if summary is not None else ())]
        if outdated:
            show_text(_older(outdated))
        if summary is not None:
            show_diagnostics(summary.warnings)

    def fail(self, error: DiagnosticError) -> None:
        """Tell why there was no run, or why it could not go on."""
        self.code = max(self.code, show_failure(error, self._workspace, debug=self._debug))

    def close(self) -> None:
        """Leave the terminal as it was."""

    def _take_back(self) -> None:
        """What was taken of cards so far is taken again."""
        self.counts.clear()
        self.code = Exit.DONE
        self._failures.clear()
        self._incomplete.clear()
        self._outdated.clear()
        self._held.clear()
        self._untold = 0

    def _tell(self, _path: str, problems: tuple[Diagnostic, ...]) -> None:
        """Show what there is to say of a card that is there: where, if that is wanted, and warnings."""
        show_diagnostics(problems, self._workspace)

    def _take_card(self, event: CardEvent) -> None:
        self.counts[event.status] += 1
        self.code = max(self.code, Exit.USAGE if event.usage else _CODES[event.status])
        if event.outdated:
            self._outdated.append(event.outdated)
        if event.status in _THERE and self._on_trial:
            self._held.append((event.path, event.problems))  # no more of it: there may be thousands
        elif event.status in _THERE:
            self._tell(event.path, event.problems)
        elif event.status is Status.INCOMPLETE and not self._named:
            self._incomplete.append(event.state)
        elif len(self._failures) < _MOST_TOLD:
            self._failures.append(event)
        else:
            self._untold += 1


class LineReport(Report):
    """The path of each card that is there on standard output, the rest on standard error."""

    def _tell(self, path: str, problems: tuple[Diagnostic, ...]) -> None:
        super()._tell(path, problems)
        if path:
            say(path)

    def end(self, summary: Summary | None = None) -> None:
        super().end(summary)
        self._show_table()
        if summary is None:
            done = self.counts[Status.MADE]
            show_text(f"Stopped after {_cards(done)} {'was' if done == 1 else 'were'} made; run it again for the rest.")
        elif self.total > 1:
            show_text(_in_words(summary))
        if summary is not None and summary.tightness is not None:
            from cardprint.cli.tightness import in_words

            show_text(in_words(summary.tightness))

    def _show_table(self) -> None:
        """Which states have no card, and what kinds of problems each has."""
        if self.total < 2 or not self._failures:
            return
        width = max(len(event.state) for event in self._failures)
        show_text("No card was made of:")
        for event in self._failures:
            codes = Counter(problem.code for problem in event.problems)
            kinds = ", ".join(f"{code} ({count})" if count > 1 else code for code, count in codes.items())
            show_text(f"  {event.state:{width}}  {kinds}")
        if self._untold:
            show_text(f"  … and {self._untold:,} more, of which cards.jsonl tells")


class BarReport(LineReport):
    """A bar that moves, with rate, time left and failures, for whoever watches a terminal."""

    def __init__(self, workspace: Workspace, *, named: bool, layout: str, debug: bool) -> None:
        super().__init__(workspace, named=named, layout=layout, debug=debug)
        self._listing = sys.stdout is None or not sys.stdout.isatty()
        self._progress: Progress | None = None
        self._refreshed = 0.0

    def take(self, event: Event) -> None:
        super().take(event)
        if isinstance(event, Started) and event.total > 1:
            self._progress = _progress(event.total)
            self._progress.start()
        elif self._progress is not None and time.monotonic() - self._refreshed > _REFRESH_SECONDS:
            self._refresh(self._progress)

    def end(self, summary: Summary | None = None) -> None:
        self.close()
        super().end(summary)

    def close(self) -> None:
        progress, self._progress = self._progress, None
        if progress is not None:
            self._refresh(progress)
            progress.stop()

    def _tell(self, path: str, problems: tuple[Diagnostic, ...]) -> None:
        if self._listing or self.total == 1:
            super()._tell(path, problems)
        else:
            Report._tell(self, path, problems)

    def _refresh(self, progress: Progress) -> None:
        """No thread does it, so that processes can be forked at any time."""
        self._refreshed = time.monotonic()
        failed = sum(count for status, count in self.counts.items() if status not in _THERE)
        (task,) = progress.task_ids
        progress.update(task, completed=self.counts.total(), failed=f"{failed} not made" if failed else "")
        progress.refresh()


class JsonReport(Report):
    """A line of JSON on standard output for each thing that happens."""

    def take(self, event: Event) -> None:
        match event:
            case Started():
                self.total = event.total
                _say_json(event="start", total=event.total)
            case CardEvent():
                self.counts[event.status] += 1
                self.code = max(self.code, Exit.USAGE if event.usage else _CODES[event.status])
                if event.outdated:
                    self._outdated.append(event.outdated)
                _say_json(
                    event="card",
                    state=event.state or None,
                    status=event.status.value,
                    path=event.path or None,
                    sha256=event.sha256 or None,
                    size=event.size,
                    seconds=round(event.seconds, 4),
                    outdated=event.outdated or None,
                    problems=[problem_fields(problem) for problem in event.problems],
                )
                if event.fault:
                    show_fault(event.fault, debug=self._debug)
            case Tightened():
                self._take_back()
                _say_json(event="tightened", cards=event.cards)
            case Summary():
                self.end(event)

    def end(self, summary: Summary | None = None) -> None:
        counts = {status.value: self.counts[status] for status in Status}
        if summary is None or summary.left:
            self.code = max(self.code, Exit.FAILED)
        if summary is None:
            _say_json(event="stopped", **counts, left=self.total - self.counts.total())
            return
        from cardprint.cli.tightness import in_fields

        rest = {"left": summary.left, "seconds": round(summary.seconds, 3), "size": summary.size, "jobs": summary.jobs}
        copyfit = in_fields(summary.tightness)
        problems = [problem_fields(problem) for problem in summary.warnings]
        outdated = [*self._outdated, *summary.outdated]
        _say_json(event="summary", **counts, **rest, copyfit=copyfit, outdated=outdated, problems=problems)

    def fail(self, error: DiagnosticError) -> None:
        self.code = max(self.code, failure_code(error))
        _say_json(event="error", problems=[problem_fields(problem) for problem in error.diagnostics])


def _say_json(**fields: Any) -> None:
    say(json.dumps(fields, ensure_ascii=False))


def _older(paths: list[str]) -> str:
    """Names cards that an earlier run left and this one could not replace."""
    if len(paths) == 1:
        there, remedy = "An older card is still there, of a state of which", "Mend what is wrong there, or delete it."
    else:
        there = f"{len(paths):,} older cards are still there, of states of which"
        remedy = "Mend what is wrong there, or delete them."
    return f"outdated: {there} no card was made now: {some_of(paths, _MOST_TOLD)}. {remedy}"


def _in_words(summary: Summary) -> str:
    """ "51 cards: 50 made, 1 failed; 2.4 MB in 1.2 s, 2 processes"."""
    counts = [f"{summary.counts[status]:,} {status.value}" for status in Status if summary.counts.get(status)]
    if summary.left:
        counts.append(f"{summary.left:,} not begun")
    total = sum(summary.counts.values()) + summary.left
    processes = f", {summary.jobs} processes" if summary.jobs > 1 else ""
    return f"{_cards(total)}: {', '.join(counts)}; {_size(summary.size)} in {summary.seconds:.2f} s{processes}"


def _cards(number: int) -> str:
    return "1 card" if number == 1 else f"{number:,} cards"


def _size(size: int) -> str:
    for unit, divisor in (("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1_000)):
        if size >= divisor:
            return f"{size / divisor:.1f} {unit}"
    return f"{size} bytes"


def _progress(total: int) -> Progress:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        ProgressColumn,
        Task,
        TextColumn,
        TimeRemainingColumn,
    )
    from rich.text import Text

    class Rate(ProgressColumn):
        def render(self, task: Task) -> Text:
            speed = task.finished_speed or task.speed
            return Text(f"{speed:.0f} cards/s" if speed else "")

    progress = Progress(
        BarColumn(),
        MofNCompleteColumn(),
        Rate(),
        TimeRemainingColumn(),
        TextColumn("[red]{task.fields[failed]}"),
        console=Console(stderr=True),
        auto_refresh=False,
        redirect_stdout=False,
        transient=True,
    )
    progress.add_task("cards", total=total, failed="")
    return progress
