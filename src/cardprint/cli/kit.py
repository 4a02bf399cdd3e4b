"""`cardprint kit`: what a newsroom wants, in one archive."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option

if TYPE_CHECKING:
    from collections.abc import Generator

    from cardprint.bulk import Event
    from cardprint.cli.run_report import Report
    from cardprint.kits import KitOrder, MadeKits
    from cardprint.model.embargo import Embargo
    from cardprint.workspace import Workspace

_SECONDS = 60.0


@click.command()
@click.argument("states", nargs=-1, metavar="STATE…")
@click.option("--all", "every", is_flag=True, help="A kit with every state that the data has a file for.")
@data_option
@click.option("--layout", metavar="NAME|FILE", help="The layout of the cards (default: report-card).")
@click.option("--against", metavar="DIR", help="An earlier edition: the fact sheet tells what changed since.")
@click.option(
    "-o", "--output", required=True, metavar="FILE|DIR", help="The archive, kit.zip; with --per-state a folder of them."
)
@click.option("--embargo", metavar="WHEN", help='Stamp everything: "2021-11-17 00:01 EST".')
@click.option("--release", is_flag=True, help="With --embargo: make the clean kit, too, for when it has ended.")
@click.option("--per-state", is_flag=True, help="Make a kit for each state.")
@click.option("--jobs", type=click.IntRange(1, 61), metavar="N", help="Processes (default: as many as pay).")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=_SECONDS,
    show_default=True,
    metavar="S",
    help="Seconds for a card.",
)
@click.option("--no-cache", is_flag=True, help="Neither use nor keep fonts prepared by earlier runs.")
@click.option("--quiet", is_flag=True, help="Say nothing but what went wrong.")
@debug_option
@click.pass_obj
def kit(
    settings: Settings,
    states: tuple[str, ...],
    every: bool,
    data: str | None,
    layout: str | None,
    against: str | None,
    output: str,
    embargo: str | None,
    release: bool,
    per_state: bool,
    jobs: int | None,
    timeout: float,
    no_cache: bool,
    quiet: bool,
) -> int:
    """Make a press kit of the cards of each STATE: PDFs for screen and print, pictures with captions, drawings, web
    pages, figures, and a manifest, in one ZIP archive.

    Every card is proved to the full. A state that cannot be made is left out, and named."""
    if every and states:
        raise click.UsageError("Name states or --all, not both.")
    if not every and not states:
        raise click.UsageError("Name the states of the kit, or --all.")
    if release and embargo is None:
        raise click.UsageError("--release is the twin of a kit under embargo: add --embargo.")
    if per_state and against is not None:
        raise click.UsageError("--against is for the fact sheet, which the kit of a single state does not have.")
    if not per_state and not output.lower().endswith(".zip"):
        raise click.UsageError("Give -o a name that ends in .zip, or add --per-state for a folder of kits.")
    until = None if embargo is None else _parsed(embargo)

    from cardprint.kits import KitOrder
    from cardprint.workspace import open_workspace
    from cardprint.workspace.cache import NO_CACHE

    workspace = open_workspace()
    if no_cache:
        workspace = replace(workspace, cache=NO_CACHE)
    order = KitOrder(
        output=output,
        states=None if every else states,
        data=data,
        layout=layout,
        against=against,
        embargo=until,
        release=release,
        per_state=per_state,
        jobs=jobs,
        seconds=timeout,
    )
    return _make(workspace, order, quiet=quiet, debug=settings.debug)


def _parsed(text: str) -> Embargo:
    from cardprint.model.diagnostics import DiagnosticError
    from cardprint.validate.embargo import parse_embargo

    try:
        return parse_embargo(text)
    except DiagnosticError as error:
        (problem,) = error.diagnostics
        raise click.UsageError(f"--embargo: {problem.message} {problem.hint}") from None


def _make(workspace: Workspace, order: KitOrder, *, quiet: bool, debug: bool) -> Exit:
    """Run the order, tell of it, and say where the kits are."""
    from contextlib import closing

    from cardprint.bulk import Status
    from cardprint.cli.messages import say, say_without_file, show_diagnostics, show_failure, show_text
    from cardprint.cli.run_report import make_report
    from cardprint.edition.asked import DEFAULT_LAYOUT
    from cardprint.kits import make_kits

    named, layout = order.states is not None, str(order.layout or DEFAULT_LAYOUT)
    report = make_report(workspace, named=named, layout=layout, quiet=quiet, as_json=False, debug=debug)
    try:
        with closing(report), closing(make_kits(workspace, order)) as events:
            made = _told(events, report)
            for path in made.paths:
                say(path)
            if made.without_file:
                say_without_file(made.without_file, made.folder)
                report.code = max(report.code, Exit.FAILED)
            if made.problems:
                show_diagnostics(made.problems, workspace)
                report.code = max(report.code, Exit.FAILED)
            if not made.paths:
                show_text("There is no kit, because there is no card to put into it.")
    except KeyboardInterrupt:
        show_text(_stopped(report.counts[Status.MADE] if order.per_state else 0))
        return max(report.code, Exit.FAILED)
    except Exception as error:
        return max(report.code, show_failure(error, workspace, debug=debug))
    return report.code


def _stopped(done: int) -> str:
    """What is there of kits of single states when a run is stopped."""
    if not done:
        return "Stopped; there is no kit."
    return f"Stopped; {'1 state has its' if done == 1 else f'{done:,} states have their'} kit."


def _told(events: Generator[Event, None, MadeKits], report: Report) -> MadeKits:
    """What was made, when all has happened and was told."""
    while True:
        try:
            report.take(next(events))
        except StopIteration as end:
            made: MadeKits = end.value
            return made
