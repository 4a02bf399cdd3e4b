"""`cardprint proof`: sheets for the proof-reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option, layout_option, size_option

if TYPE_CHECKING:
    from cardprint.tasks.proofing import ProofSheet, Prover
    from cardprint.workspace import Workspace

_MOST_NAMED = 5


@click.command()
@click.argument("states", nargs=-1, metavar="STATE…")
@click.option("--all", "every", is_flag=True, help="One file about all cards: pictures, and a table to sign off.")
@data_option
@layout_option
@size_option
@click.option(
    "-o", "--output", "folder", type=click.Path(file_okay=False), default=".", metavar="DIR", help="Folder to write to."
)
@debug_option
@click.pass_obj
def proof(
    settings: Settings,
    states: tuple[str, ...],
    every: bool,
    data: str | None,
    layout: str | None,
    size: str | None,
    folder: str,
) -> int:
    """Make a proof sheet for the card of each STATE: as it is printed, in grey, as colour-blind eyes see it, and the
    contrast of its texts.

    Leaves with exit code 3 if a card fails its proof or a text has too little contrast; then the nearest colour that
    passes is named. With --all, states without a card are named."""
    if every is bool(states):
        raise click.UsageError("Name the states to prove, or --all.")

    from cardprint.cli.messages import show_failure
    from cardprint.tasks.proofing import Prover
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        prover = Prover.open(workspace, data, layout, size)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    code = Exit.DONE
    for state in (None,) if every else states:
        try:
            if state is None:
                code = _prove_all(prover, workspace, folder, debug=settings.debug)
            else:
                code = max(code, _deliver(prover.card(state), workspace, folder))
        except Exception as error:
            code = max(code, show_failure(error, workspace, debug=settings.debug))
    return code


def _prove_all(prover: Prover, workspace: Workspace, folder: str, *, debug: bool) -> Exit:
    """Write the sheets of all cards, and say which are not on them, and why. Data that are not complete yet are no
    failure, unless there is no card at all."""
    from cardprint.cli.messages import say, show_failure, show_text, some_of

    sheet, left_out = prover.edition()
    code = Exit.FAILED if sheet is None else _deliver(sheet, workspace, folder)
    for one in left_out:
        if not one.incomplete:
            code = max(code, show_failure(one.error, workspace, debug=debug, subject=one.state))
    if failed := [one.state for one in left_out if not one.incomplete]:
        say(f"Without a card: {some_of(failed, _MOST_NAMED)}.")
    if incomplete := [one.state for one in left_out if one.incomplete]:
        say(f"Without a card: {some_of(incomplete, _MOST_NAMED)}. cardprint check says what they lack.")
    if sheet is None:
        show_text("There is no proof, because there is no card to put on it.")
    return code


def _deliver(sheet: ProofSheet, workspace: Workspace, folder: str) -> Exit:
    """Write a sheet, and say where it is and what it tells against its card."""
    from cardprint.cli.messages import say, show_diagnostics

    path = workspace.write(folder, f"{sheet.file_name}.pdf", sheet.pdf)
    show_diagnostics(sheet.problems, workspace)
    say(path)
    return Exit.REJECTED if sheet.problems else Exit.DONE
