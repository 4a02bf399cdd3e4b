"""`cardprint read`: what a listener hears."""

from __future__ import annotations

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option


@click.command()
@click.argument("file", metavar="FILE")
@debug_option
@click.pass_obj
def read(settings: Settings, file: str) -> int:
    """Print what a screen reader would say of the PDF FILE, line by line, from its tags alone."""
    from cardprint.cli.messages import say, show_failure
    from cardprint.tasks.verifying import read_file
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        for line in read_file(workspace, file):
            say(line)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    return Exit.DONE
