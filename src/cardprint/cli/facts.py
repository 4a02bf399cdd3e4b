"""`cardprint facts`: counts and rankings of an edition, in sentences."""

from __future__ import annotations

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option


@click.command()
@data_option
@click.option("--against", metavar="DIR", help="An earlier edition of the same framework: tells what changed since.")
@click.option("--layout", metavar="NAME|FILE", default="fact-sheet", show_default=True, help="The layout of the page.")
@click.option(
    "-o", "--output", "folder", type=click.Path(file_okay=False), default=".", metavar="DIR", help="Folder to write to."
)
@debug_option
@click.pass_obj
def facts(settings: Settings, data: str | None, against: str | None, layout: str, folder: str) -> int:
    """Count an edition: states by grade, the highest and lowest scores, the strongest and weakest issues, the policy
    goals missed most often, and what changed since an earlier edition.

    Writes EDITION-fact-sheet.pdf and .md, with the list behind each fact. Only what the data give is counted; the sheet
    says of how many states it speaks."""
    from cardprint.cli.messages import say, show_diagnostics, show_failure
    from cardprint.edition.proof import REJECTED_ENDING, RejectedError
    from cardprint.tasks.facts import make_facts, open_facts
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        made = make_facts(open_facts(workspace, data, against, layout))
        files = (("pdf", made.pdf), ("md", made.markdown.encode()))
        paths = [workspace.write(folder, f"{made.file_name}.{ending}", content) for ending, content in files]
    except RejectedError as error:
        workspace.write(folder, f"{error.file_name}.{REJECTED_ENDING}", error.pdf)
        return show_failure(error, workspace, debug=settings.debug)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    show_diagnostics(made.warnings, workspace)
    for path in paths:
        say(path)
    code = Exit.FAILED if made.failed else Exit.DONE
    for one in made.failed:
        code = max(code, show_failure(one.error, workspace, debug=settings.debug, subject=one.state))
    return code
