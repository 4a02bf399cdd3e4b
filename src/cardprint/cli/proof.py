"""`cardprint proof`: sheets for the proof-reader."""

from __future__ import annotations

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option, layout_option, size_option

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
    passes is named."""
    if every is bool(states):
        raise click.UsageError("Name the states to prove, or --all.")

    from cardprint.cli.messages import say, show_diagnostics, show_failure
    from cardprint.tasks.proofing import Prover
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    code = Exit.DONE
    try:
        prover = Prover.open(workspace, data, layout, size)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    for state in (None,) if every else states:
        try:
            sheet = prover.edition() if state is None else prover.card(state)
            path = workspace.write(folder, f"{sheet.file_name}.pdf", sheet.pdf)
        except Exception as error:
            code = max(code, show_failure(error, workspace, debug=settings.debug))
            continue
        show_diagnostics(sheet.problems, workspace)
        say(path)
        if sheet.left_out:
            say(_left_out(sheet.left_out))
        if sheet.problems:
            code = max(code, Exit.REJECTED)
    return code


def _left_out(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED + 1 else ""
    shown = ", ".join(names[:_MOST_NAMED] if more else names)
    return f"Without a card: {shown}{more}. cardprint check says what they lack."
