"""The command line. Modules here import what a command needs when it runs, so that the others start at once."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

import click

from cardprint import __version__
from cardprint.cli.book import book
from cardprint.cli.check import check
from cardprint.cli.diff import diff
from cardprint.cli.exits import Exit
from cardprint.cli.explain import explain
from cardprint.cli.new import new
from cardprint.cli.place import place
from cardprint.cli.read import read
from cardprint.cli.render import render
from cardprint.cli.sample import sample
from cardprint.cli.schema import schema
from cardprint.cli.settings import Settings, debug_option
from cardprint.cli.sheet import sheet
from cardprint.cli.stress import stress
from cardprint.cli.verify import verify

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""Python's own 700 (3.11) has the collector walk freshly imported modules: a tenth of a cold start, to find nothing."""


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, message="%(prog)s %(version)s")
@debug_option
def commands() -> None:
    """Make printable report cards: one-page PDFs drawn from a dataset by a layout."""


commands.add_command(book)
commands.add_command(check)
commands.add_command(diff)
commands.add_command(explain)
commands.add_command(new)
commands.add_command(place)
commands.add_command(read)
commands.add_command(render)
commands.add_command(sample)
commands.add_command(schema)
commands.add_command(sheet)
commands.add_command(stress)
commands.add_command(verify)


def main() -> None:
    """Run the command line of this process and leave with its exit code."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run the command that `arguments` name; return the exit code. Nothing but an interrupt is raised."""
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
