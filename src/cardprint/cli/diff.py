"""`cardprint diff`: what changes from one edition, or from finished cards, to another."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cardprint.tasks.comparing import Comparison


@click.command()
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("-o", "--output", metavar="FILE", help="Write a PDF with old and new side by side, to be signed.")
@click.option(
    "--layout", metavar="NAME|FILE", help="The layout of cards that are made for this (default: report-card)."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for other programs.")
@debug_option
@click.pass_obj
def diff(settings: Settings, old: str, new: str, output: str | None, layout: str | None, as_json: bool) -> int:
    """List what changes from OLD to NEW, field by field: each is a folder with an edition's data, a folder of finished
    cards, or one card.

    Two editions are compared by what their files say. Where one side is finished cards, the cards of both are compared
    by their words, as read aloud and as shown, their links and their pages. Leaves with exit code 0 if nothing changed,
    4 if something did, 1 if data or a card failed, 2 if OLD or NEW is neither."""
    from cardprint.cli.messages import say, show_diagnostics, show_failure
    from cardprint.model.diagnostics import Severity
    from cardprint.tasks.comparing import compare, make_proof
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        comparison = compare(workspace, old, new, layout)
        proof = make_proof(workspace, comparison) if output is not None and comparison.changes else None
        problems = (*comparison.problems, *(proof.problems if proof is not None else ()))
        show_diagnostics(dict.fromkeys(problems), workspace)
        for line in [_document(comparison)] if as_json else _told(comparison):
            say(line)
        if output is not None and proof is not None:
            target = Path(output)
            path = workspace.write(target.parent, target.name, proof.pdf)
            if not as_json:
                say(path)
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Exit.FAILED
    return Exit.CHANGED if comparison.changes else Exit.DONE


def _told(comparison: Comparison) -> Iterator[str]:
    """A line for each part that changed, and how many there are."""
    from cardprint.tasks.comparing.wording import lines_of

    if not comparison.changes:
        yield "Nothing changed."
        return
    for owner, line in lines_of(comparison.changes):
        yield f"{owner} · {line}"
    states = len({change.state for change in comparison.changes if change.state})
    shared = sum(not change.state for change in comparison.changes)
    counts = [_count(len(comparison.changes) - shared, "change", f" in {_count(states, 'state')}")] if states else []
    counts += [_count(shared, "change", " for all cards")] if shared else []
    yield f"{' and '.join(counts)}."


def _count(number: int, what: str, rest: str = "") -> str:
    return f"{number} {what}{'' if number == 1 else 's'}{rest}"


def _document(comparison: Comparison) -> str:
    """The changes as JSON; what is not given is null."""
    import json

    changes = [
        {
            "state": change.state or None,
            "part": change.part or None,
            "field": change.field,
            "old": change.old,
            "new": change.new,
        }
        for change in comparison.changes
    ]
    document = {"old": comparison.old.name, "new": comparison.new.name, "changes": changes}
    return json.dumps(document, indent=2, ensure_ascii=False)
