"""`cardprint place`: a card on the page of another PDF."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option

if TYPE_CHECKING:
    from cardprint.model.geometry import Rect


@click.command()
@click.argument("card", metavar="CARD")
@click.argument("host", metavar="HOST")
@click.option("--page", type=click.IntRange(1), default=1, show_default=True, metavar="N", help="The page of HOST.")
@click.option(
    "--box",
    required=True,
    metavar='"LEFT TOP WIDTH HEIGHT"',
    help='Where on the page: four lengths (in, mm, pt) from its top left, such as "1in 2in 3in 4in".',
)
@click.option("-o", "--output", required=True, metavar="OUT", help="The file to write.")
@click.option("--alt", metavar="TEXT", help="What the card shows, in words (default: written from its tags).")
@click.option("--card-page", type=click.IntRange(1), metavar="N", help="The page of CARD, if it has several.")
@debug_option
@click.pass_obj
def place(
    settings: Settings,
    card: str,
    host: str,
    page: int,
    box: str,
    output: str,
    alt: str | None,
    card_page: int | None,
) -> int:
    """Put the finished PDF CARD on a page of the PDF HOST, and write the result to OUT.

    The card stays vector art with live links. It keeps its proportions and stands in the middle of the box, as large as
    it can be. Nothing else in HOST changes; where HOST is tagged, the card becomes a figure with a description."""
    from cardprint.cli.messages import say, show_diagnostics, show_failure
    from cardprint.tasks.placing import place_card_file
    from cardprint.workspace import open_workspace

    area = _parsed(box)
    workspace = open_workspace()
    try:
        placed = place_card_file(workspace, card, host, page, area, output, alt, card_page)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    show_diagnostics(placed.warnings, workspace)
    say(placed.path)
    return Exit.DONE


def _parsed(box: str) -> Rect:
    """The box as a rectangle. Raises `click.UsageError`."""
    from cardprint.model.geometry import Rect
    from cardprint.validate.lengths import points_in

    lengths = [points_in(word) for word in re.split(r"[\s,]+", box.strip())]
    if len(lengths) == 4 and None not in lengths:
        left, top, width, height = (length or 0.0 for length in lengths)
        if width > 0 and height > 0:
            return Rect(left, top, width, height)
        raise click.UsageError(f'The box "{box}" is empty: its width and its height must be more than 0.')
    message = (
        f'"{box}" is no box. Give four lengths, from the left, from the top, width and height, each with its unit: '
        '--box "1in 2in 3in 4in".'
    )
    raise click.UsageError(message)
