"""`cardprint new`: a project of one's own."""

from __future__ import annotations

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option


@click.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False))
@debug_option
@click.pass_obj
def new(settings: Settings, folder: str) -> int:
    """Write a small working project to DIR, a new or empty folder: data, a layout, a theme, and a README."""
    from cardprint.cli.messages import in_shell, say, show_failure
    from cardprint.tasks.projects import write_starter
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        shown = write_starter(workspace, folder)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    say(shown)
    out = in_shell(f"{shown}/out")
    say(f"Next: cardprint render --all --data {in_shell(shown)} --layout my-card -o {out}, and read {shown}/README.md")
    return Exit.DONE
