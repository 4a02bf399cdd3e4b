"""`cardprint render`: cards as files."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option

if TYPE_CHECKING:
    from cardprint.pipeline import CardResult, Project, RenderedEdition
    from cardprint.workspace import Workspace

_DEFAULT_DPI = 150


@click.command()
@click.argument("states", nargs=-1, metavar="STATE…")
@click.option("--all", "every", is_flag=True, help="Render every state that the data has a file for.")
@click.option("--data", metavar="DIR", help="Folder with framework.yaml and states/ (default: the shipped edition).")
@click.option("--layout", metavar="NAME|FILE", help="A shipped layout, or your own .yaml file (default: report-card).")
@click.option(
    "-o", "--output", "folder", type=click.Path(file_okay=False), default=".", metavar="DIR", help="Folder to write to."
)
@click.option("--format", "ending", type=click.Choice(["pdf", "png"]), default="pdf", show_default=True)
@click.option(
    "--dpi", type=click.IntRange(18, 600), metavar="N", help=f"Pixels to the inch of a png (default: {_DEFAULT_DPI})."
)
@debug_option
@click.pass_obj
def render(
    settings: Settings,
    states: tuple[str, ...],
    every: bool,
    data: str | None,
    layout: str | None,
    folder: str,
    ending: str,
    dpi: int | None,
) -> int:
    """Render the card of each STATE: a name, a postal code or a slug, in any case.

    A layout that draws one page for the whole edition, such as national-overview, takes no STATE.
    """
    if every and states:
        raise click.UsageError("Name states or --all, not both.")
    if not every and not states and layout is None:
        raise click.UsageError("Name the states to render, or --all.")
    if dpi is not None and ending != "png":
        raise click.UsageError("--dpi is for pictures: add --format png.")

    from cardprint.cli.messages import show_failure
    from cardprint.model.layout_spec import Per
    from cardprint.pipeline import open_project, render_edition
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        project = open_project(workspace, data, layout)
        whole = None
        if not every and not states:
            if project.layout.per is Per.STATE:
                raise click.UsageError("Name the states to render, or --all.")
            whole = render_edition(project)
    except click.UsageError:
        raise
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    deliver = partial(_deliver, workspace, folder, ending, dpi or _DEFAULT_DPI, debug=settings.debug)
    return deliver(whole) if whole else _render_states(project, states, deliver)


def _render_states(project: Project, states: tuple[str, ...], deliver: Callable[[CardResult], Exit]) -> Exit:
    """The cards of `states`, or without any of all that have a file; of these the incomplete ones are only named."""
    from cardprint.cli.messages import say_incomplete
    from cardprint.pipeline import FailedCard, find_state, render_cards, state_slugs

    asked = states or state_slugs(project)
    code, incomplete = Exit.DONE, list[str]()
    for result in render_cards(project, asked):
        if not states and isinstance(result, FailedCard) and result.incomplete:
            incomplete.append(find_state(project, result.state).name)
            code = max(code, Exit.FAILED)
        else:
            code = max(code, deliver(result))
    if incomplete:
        say_incomplete(incomplete, len(asked), project.layout.name)
    return code


def _deliver(
    workspace: Workspace, folder: str, ending: str, dpi: int, result: CardResult | RenderedEdition, *, debug: bool
) -> Exit:
    """Write one page and say where, or say why there is none."""
    from cardprint.cli.messages import say, show_diagnostics, show_failure
    from cardprint.pipeline import FailedCard, card_picture

    if isinstance(result, FailedCard):
        return show_failure(result.error, workspace, debug=debug, subject=result.state)
    show_diagnostics(result.warnings, workspace)
    try:
        data = card_picture(result, dpi) if ending == "png" else result.pdf
        path = workspace.write(folder, f"{result.file_name}.{ending}", data)
    except Exception as error:
        return show_failure(error, workspace, debug=debug, subject=result.file_name)
    say(path)
    return Exit.DONE
