"""`cardprint sheet`: an edition's results in a spreadsheet, there and back."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardprint.sheets import Change, ImportPlan

_LONGEST_SHOWN = 70


@click.group()
def sheet() -> None:
    """Work on an edition's results in a spreadsheet."""


@sheet.command()
@data_option
@click.option(
    "-o",
    "--output",
    "path",
    required=True,
    metavar="FILE|DIR",
    help="A workbook, whose name ends in .xlsx, or else a folder for .csv files, which need no further library.",
)
@click.option("--blank", is_flag=True, help="Leave out all results: a workbook to begin an edition with.")
@click.option(
    "--cells",
    type=click.Choice(["status", "points"]),
    help="What rows without results take for each goal (default: what the other results are in).",
)
@click.option("--overwrite", is_flag=True, help="Replace a file that exists already.")
@debug_option
@click.pass_obj
def export(
    settings: Settings,
    data: str | None,
    path: str,
    blank: bool,
    cells: str | None,
    overwrite: bool,
) -> int:
    """Write the results of all states to a workbook."""
    if path.lower().endswith(".csv"):
        raise click.UsageError(".csv files come several in a folder: give -o a name that does not end in .csv.")

    from cardprint.cli.messages import say, show_failure
    from cardprint.sheets import edition_workbook, open_edition, write_export
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        edition = open_edition(workspace, data)
        content = edition_workbook(edition, blank=blank, by_points=None if cells is None else cells == "points")
        for shown in write_export(workspace, content, path, overwrite=overwrite):
            say(shown)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    return Exit.DONE


@sheet.command("import")
@click.argument("path", metavar="FILE|DIR")
@click.option("--data", metavar="DIR", required=True, help="Folder with framework.yaml and states/ to import into.")
@click.option("--dry-run", is_flag=True, help="Show what would change, and change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask before writing, as is done on a terminal.")
@debug_option
@click.pass_obj
def import_(settings: Settings, path: str, data: str, dry_run: bool, yes: bool) -> int:
    """Take the results in a workbook, a .csv file or a folder of them into an edition.

    Shows every change. Nothing is written unless everything in it passes the audit."""
    from cardprint.cli.messages import say, show_diagnostics, show_failure
    from cardprint.sheets import open_edition, plan_import, write_import
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        edition = open_edition(workspace, data)
        plan = plan_import(edition, path)
        show_diagnostics(plan.warnings, workspace)
        for line in _summary(plan):
            say(line)
        if plan.changes and not dry_run and (yes or _agreed()):
            for shown in write_import(edition, plan):
                say(shown)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    return Exit.DONE


def _agreed() -> bool:
    """Whether whoever sits at a terminal says yes; where nobody does, nothing is asked."""
    if not all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout)):
        return True
    return click.confirm("Write these changes?")


def _summary(plan: ImportPlan) -> Iterator[str]:
    yield from (_line(change) for change in plan.changes)
    fields, states = len(plan.changes), len(plan.files)
    if not fields:
        yield "Nothing changes."
    else:
        yield f"{fields} {'field changes' if fields == 1 else 'fields change'} in {states} state{'s' * (states > 1)}."


def _line(change: Change) -> str:
    return f"{change.state.name} · {change.field}: {_shown(change.old)} → {_shown(change.new)}"


def _shown(value: str | tuple[str, ...] | None) -> str:
    if value is None:
        return "(blank)"
    text = value if isinstance(value, str) else ", ".join(value) or "none"
    return text if len(text) <= _LONGEST_SHOWN else f"{text[: _LONGEST_SHOWN - 1]}…"
