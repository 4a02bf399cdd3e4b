"""`cardprint book`: all cards of an edition as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option

if TYPE_CHECKING:
    from cardprint.tasks.book import Book, BookProject
    from cardprint.workspace import Workspace

_ENDING = ".pdf"


@click.command()
@data_option
@click.option("--layout", metavar="NAME|FILE", help="The layout of the cards (default: report-card).")
@click.option("-o", "--output", "file", metavar="FILE", help="The file to write (default: EDITION-book.pdf).")
@debug_option
@click.pass_obj
def book(settings: Settings, data: str | None, layout: str | None, file: str | None) -> int:
    """Make one PDF of a whole edition: cover, contents, national overview, every card.

    Cards that cannot be made are left out and named. The layouts book-cover, book-contents, book-folio and
    national-overview draw the other pages; an edition's own of these names, in its folder layouts/, come first."""
    if file is not None and Path(file).suffix.lower() != _ENDING:
        raise click.UsageError(f"The book is a PDF: name a file that ends in {_ENDING}.")
    from cardprint.cli.messages import show_failure
    from cardprint.edition.proof import REJECTED_ENDING, RejectedError
    from cardprint.tasks.book import make_book, open_book
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        project = open_book(workspace, data, layout)
        made = make_book(project)
        target = Path(file or f"{made.file_name}{_ENDING}")
        path = workspace.write(target.parent, target.name, made.pdf)
    except RejectedError as error:
        workspace.write(Path(file or ".").parent, f"{error.file_name}.{REJECTED_ENDING}", error.pdf)
        return show_failure(error, workspace, debug=settings.debug)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    return _report(workspace, project, made, path, debug=settings.debug)


def _report(workspace: Workspace, project: BookProject, made: Book, path: str, *, debug: bool) -> Exit:
    """Say what is in the book, and what is not."""
    from cardprint.cli.messages import say, say_incomplete, say_without_file, show_diagnostics, show_failure

    show_diagnostics(made.warnings, workspace)
    cards = "1 card" if len(made.states) == 1 else f"{len(made.states)} cards"
    say(f"{path} ({made.pages} pages, {cards})")
    places = project.cards.jurisdictions
    incomplete = [places[one.state].name for one in made.failed if one.incomplete]
    if incomplete:
        say_incomplete(incomplete, len(made.states) + len(made.failed), project.cards.layout.name)
    if made.without_file:
        names = [place.name for place in made.without_file]
        say_without_file(names, project.cards.data.shown("states"))
    code = Exit.FAILED if made.failed or made.without_file else Exit.DONE
    for one in made.failed:
        if not one.incomplete:
            code = max(code, show_failure(one.error, workspace, debug=debug, subject=one.state))
    return code
