"""What holds for a whole run of the command line, and the options that several commands have."""

from __future__ import annotations

import click
from msgspec import Struct


class Settings(Struct):
    """`debug`: show the traceback of an unexpected error."""

    debug: bool = False


def _remember_debug(context: click.Context, _parameter: click.Parameter, value: bool) -> None:
    if value:
        context.ensure_object(Settings).debug = True


debug_option = click.option(
    "--debug",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    callback=_remember_debug,
    help="Show the traceback of an unexpected error.",
)
"""`--debug`, which may stand before or after the command’s name."""

size_option = click.option(
    "--size", metavar="NAME", help="One of the layout’s sizes, such as a4 (default: the layout’s own)."
)

every_size_option = click.option(
    "--size", metavar="NAME", help="One of the layout’s sizes, such as a4 (default: all that it has)."
)

profile_option = click.option(
    "--profile",
    type=click.Choice(["screen", "print"]),
    default="screen",
    show_default=True,
    help="What the pages are for: print asks what a press does, too.",
)

data_option = click.option(
    "--data", metavar="DIR", help="Folder with framework.yaml and states/ (default: the shipped edition)."
)

layout_option = click.option(
    "--layout", metavar="NAME|FILE", help="A shipped layout, or your own .yaml file (default: report-card)."
)
