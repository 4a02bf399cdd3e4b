"""The command line. Modules here import what a command needs when it runs, so that the others start at once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from importlib import import_module

import click

from cardprint import __version__
from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Python's own 700 (3.11) has the collector walk freshly imported modules: a tenth of a cold start, to find nothing."""


COMMANDS = (
    "book",
    "check",
    "diff",
    "explain",
    "facts",
    "kit",
    "new",
    "place",
    "proof",
    "read",
    "render",
    "sample",
    "schema",
    "sheet",
    "stress",
    "verify",
)
"""Each in a module of its name, which is loaded when it is asked for."""


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 (click's signature)
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = getattr(import_module(f"{__name__}.{cmd_name}"), cmd_name)
        return command


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@debug_option
def commands() -> None:
    """Make printable report cards: one-page PDFs drawn from a dataset by a layout."""


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name; return the exit code. Nothing is raised, for an interrupt neither."""
    settings = Settings()
    try:
        return int(commands.main(list(arguments), "cardprint", standalone_mode=False, obj=settings) or Exit.DONE)
    except click.ClickException as error:
        error.show()
        return int(error.exit_code)
    except click.Abort:
        return Exit.FAILED
    except Exception as error:
        from cardprint.cli.messages import show_failure

        return show_failure(error, debug=settings.debug)
