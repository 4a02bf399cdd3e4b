"""`cardprint schema`: what files may hold, for text editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option

if TYPE_CHECKING:
    from cardprint.validate.schema import Kind

KINDS = ("layout", "theme", "framework", "state", "jurisdictions", "fonts")
"""Those of `validate`, which is not loaded for a word of help."""


@click.command()
@click.argument("kind", type=click.Choice(KINDS))
@debug_option
@click.pass_obj
def schema(settings: Settings, kind: str) -> int:
    """Print the JSON Schema of a kind of file, by which text editors complete and check what is typed.

    The shipped files and those of "cardprint new" name theirs in the first line."""
    from cardprint.cli.messages import say, show_failure
    from cardprint.validate import schema_text

    try:
        say(schema_text(cast("Kind", kind)).removesuffix("\n"))
    except Exception as error:
        return show_failure(error, debug=settings.debug)
    return Exit.DONE
