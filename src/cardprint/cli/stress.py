"""`cardprint stress`: whether a layout survives the worst."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option, layout_option, profile_option, size_option

if TYPE_CHECKING:
    from cardprint.tasks.stress import Survived


@click.command()
@layout_option
@size_option
@profile_option
@click.option("--data", metavar="DIR", help="Folder whose framework and jurisdictions count (default: as shipped).")
@click.option("-o", "--output", "folder", type=click.Path(file_okay=False), metavar="DIR", help="Write the pages here.")
@debug_option
@click.pass_obj
def stress(
    settings: Settings, layout: str | None, size: str | None, profile: str, data: str | None, folder: str | None
) -> int:
    """Try a layout on the fullest and the emptiest card that an edition could ask of it.

    Every case is invented, and its page is marked as a sample."""
    from cardprint.cli.messages import say, show_failure
    from cardprint.pipeline import open_project
    from cardprint.tasks.stress import Failed, stress_layout
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    code = Exit.DONE
    try:
        for result in stress_layout(open_project(workspace, data, layout, size, profile)):
            if isinstance(result, Failed):
                say(f"{result.case.name} ({result.case.what}): does not fit")
                code = max(code, show_failure(result.error, workspace, debug=settings.debug))
                continue
            say(f"{result.case.name} ({result.case.what}): fits")
            for line in _report(result):
                say(f"  {line}")
            if folder is not None:
                say(f"  {workspace.write(folder, f'{result.file_name}.pdf', result.pdf)}")
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    return code


def _report(result: Survived) -> list[str]:
    """What fitting took, line by line."""
    report = result.report
    steps: dict[str, tuple[float, float]] = {}
    for step in report.steps:
        steps[step.what] = steps.get(step.what, (step.before,))[0], step.after
    lines = [f"{what} {before:g} → {after:g}" for what, (before, after) in steps.items()]
    lines += [f"{text} set at {size:g} pt" for text, size in report.one_line_sizes]
    return [*lines, f"{report.slack:.1f} pt of height to spare"]
