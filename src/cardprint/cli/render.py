"""`cardprint render`: cards as files."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from msgspec.structs import replace

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option, layout_option, size_option

if TYPE_CHECKING:
    import os

    from cardprint.bulk import Order
    from cardprint.cli.run_report import Report
    from cardprint.model.diagnostics import DiagnosticError
    from cardprint.workspace import Workspace

_DEFAULT_DPI = 150
_SECONDS = 60.0


@click.command()
@click.argument("states", nargs=-1, metavar="STATE…")
@click.option("--all", "every", is_flag=True, help="Render every state that the data has a file for.")
@data_option
@layout_option
@size_option
@click.option(
    "-o", "--output", "folder", type=click.Path(file_okay=False), default=".", metavar="DIR", help="Folder to write to."
)
@click.option("--format", "ending", type=click.Choice(["pdf", "png"]), default="pdf", show_default=True)
@click.option(
    "--dpi", type=click.IntRange(18, 600), metavar="N", help=f"Pixels to the inch of a png (default: {_DEFAULT_DPI})."
)
@click.option(
    "--profile",
    type=click.Choice(["screen", "print"]),
    default="screen",
    show_default=True,
    help="What for: print makes NAME.print.pdf for a printer (PDF/X-4).",
)
@click.option("--force", is_flag=True, help="Make cards again that are there and unchanged.")
@click.option("--fail-fast", is_flag=True, help="Stop at the first card that cannot be made.")
@click.option("--jobs", type=click.IntRange(1, 61), metavar="N", help="Processes (default: as many as pay).")
@click.option(
    "--timeout",
    type=click.FloatRange(0.1),
    default=_SECONDS,
    show_default=True,
    metavar="S",
    help="Seconds for a card.",
)
@click.option("--dask", metavar="ADDRESS", help="Make the cards on a Dask cluster, tcp://scheduler:8786.")
@click.option("--no-cache", is_flag=True, help="Neither use nor keep fonts prepared by earlier runs.")
@click.option("--quiet", is_flag=True, help="Say nothing but what went wrong.")
@click.option("--json", "as_json", is_flag=True, help="Say what happens in lines of JSON.")
@click.option(
    "--debug-frames", "skeleton", is_flag=True, help="Paint regions, gutters and baselines over NAME.frames.pdf."
)
@debug_option
@click.pass_obj
def render(
    settings: Settings,
    states: tuple[str, ...],
    every: bool,
    data: str | None,
    layout: str | None,
    size: str | None,
    folder: str,
    ending: str,
    dpi: int | None,
    profile: str,
    force: bool,
    fail_fast: bool,
    jobs: int | None,
    timeout: float,
    dask: str | None,
    no_cache: bool,
    quiet: bool,
    as_json: bool,
    skeleton: bool,
) -> int:
    """Render the card of each STATE: a name, a postal code or a slug, in any case.

    Of several states only the cards are made that are not there yet, or whose data, layout or fonts changed;
    cards.jsonl in the folder remembers what each was made from. A layout that draws one page for the whole edition,
    such as national-overview, takes no STATE.
    """
    if every and states:
        raise click.UsageError("Name states or --all, not both.")
    if not every and not states and layout is None:
        raise click.UsageError("Name the states to render, or --all.")
    if dpi is not None and ending != "png":
        raise click.UsageError("--dpi is for pictures: add --format png.")
    if quiet and as_json:
        raise click.UsageError("--quiet or --json, not both.")
    if dask and jobs:
        raise click.UsageError("--jobs is for this machine, --dask for others.")
    for_cards = {
        "--force": force,
        "--fail-fast": fail_fast,
        "--jobs": jobs,
        "--timeout": timeout != _SECONDS,
        "--dask": dask,
    }
    if not every and not states and (given := [option for option, value in for_cards.items() if value]):
        raise click.UsageError(f"{given[0]} is for cards: name states or --all.")

    from cardprint.bulk import Order, Variant
    from cardprint.edition.asked import DEFAULT_LAYOUT
    from cardprint.workspace import open_workspace
    from cardprint.workspace.cache import NO_CACHE

    workspace = open_workspace()
    if no_cache:
        workspace = replace(workspace, cache=NO_CACHE)
    variant = Variant(ending, (dpi or _DEFAULT_DPI) if ending == "png" else 0, skeleton, profile)
    order = Order(
        folder=folder,
        states=None if every else states,
        data=data,
        layout=layout,
        size=size,
        variant=variant,
        jobs=jobs,
        seconds=timeout,
        force=force,
        fail_fast=fail_fast,
        manifest=every or len(states) > 1,
    )
    from cardprint.cli.run_report import make_report

    shown = str(layout or DEFAULT_LAYOUT)
    told = {"quiet": quiet, "as_json": as_json, "debug": settings.debug}
    report = make_report(workspace, named=not every, layout=shown, **told)
    return _run(workspace, order, report, dask) if every or states else _render_edition(workspace, order, report)


def _run(workspace: Workspace, order: Order, report: Report, dask: str | None) -> Exit:
    """Make the cards and show what happens."""
    from contextlib import ExitStack, closing

    from cardprint.bulk import render_bulk
    from cardprint.model.diagnostics import DiagnosticError

    try:
        with ExitStack() as stack:
            stack.callback(report.close)
            if dask:
                from cardprint.bulk.cluster import connected

                order = replace(order, executor=stack.enter_context(connected(dask)))
            for event in stack.enter_context(closing(render_bulk(workspace, order))):
                report.take(event)
    except KeyboardInterrupt:
        report.end()
    except DiagnosticError as error:
        report.fail(error)
    return report.code


def _render_edition(workspace: Workspace, order: Order, report: Report) -> Exit:
    """Make the pages of a layout that draws the whole edition, and tell of them as of a card of no state."""
    import hashlib
    import time

    from cardprint.bulk import CardEvent, Started, Status, Summary
    from cardprint.model.diagnostics import DiagnosticError
    from cardprint.pipeline import card_picture, open_project, render_edition

    started, variant = time.perf_counter(), order.variant
    report.take(Started(1))
    try:
        project = open_project(workspace, order.data, order.layout, order.size, variant.profile)
        page = render_edition(project, skeleton=variant.skeleton)
        data = card_picture(page, variant.dpi) if variant.ending == "png" else page.pdf
        path = workspace.write(order.folder, f"{page.file_name}.{variant.ending}", data)
    except DiagnosticError as error:
        _set_aside(error, workspace, order.folder)
        report.fail(error)
        return report.code
    seconds, size = time.perf_counter() - started, len(data)
    sha256 = hashlib.sha256(data).hexdigest()
    report.take(CardEvent("", Status.MADE, path, sha256, size, seconds, page.warnings))
    report.take(Summary({Status.MADE: 1}, 0, seconds, size, 1, tightness=page.tightness))
    return report.code


def _set_aside(error: DiagnosticError, workspace: Workspace, folder: str | os.PathLike[str]) -> None:
    """Keep a file that failed its proof, under a name that nobody takes for a delivery."""
    from cardprint.edition.proof import REJECTED_ENDING, RejectedError

    if isinstance(error, RejectedError):
        workspace.write(folder, f"{error.file_name}.{REJECTED_ENDING}", error.pdf)
