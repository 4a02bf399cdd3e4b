"""`cardprint sample`: an invented edition to try things on."""

from __future__ import annotations

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option

MOST_STATES = 20_000
"""A longer list of jurisdictions than that would not be read."""


@click.command()
@click.option(
    "-o", "--output", "folder", type=click.Path(file_okay=False), required=True, metavar="DIR", help="Folder to write."
)
@click.option(
    "--count",
    type=click.IntRange(1, MOST_STATES),
    metavar="N",
    help="How many states (default: the real ones).",
)
@click.option("--seed", type=int, default=1, show_default=True, metavar="S", help="Another number, other results.")
@click.option("--overwrite", is_flag=True, help="Replace a sample that is there already.")
@debug_option
@click.pass_obj
def sample(settings: Settings, folder: str, count: int | None, seed: int, overwrite: bool) -> int:
    """Write an edition with invented results, which every card made from it says that it is.

    States beyond the real ones are numbered variants (Ohio 2). Equal seeds give equal files."""
    from cardprint.cli.messages import in_shell, say, show_failure
    from cardprint.tasks.projects import write_sample
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        shown, written = write_sample(workspace, folder, count, seed, overwrite=overwrite)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    say(shown)
    states = "state" if written == 1 else "states"
    say(f"{written:,} invented {states}. Next: cardprint render --all --data {in_shell(shown)}")
    return Exit.DONE
