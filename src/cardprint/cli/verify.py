"""`cardprint verify`: finished PDFs read back and compared with their data."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, debug_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cardprint.tasks.verifying import VerifiedFile
    from cardprint.workspace import Workspace


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--data", metavar="DIR", help="Folder with framework.yaml and states/ (default: the edition it names).")
@click.option(
    "--layout", metavar="NAME|FILE", help="The layout of the cards (default: the one that they were made in)."
)
@click.option("--full", is_flag=True, help="Measure contrast, ask a second reader, look at every object.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for other programs.")
@debug_option
@click.pass_obj
def verify(
    settings: Settings, files: tuple[str, ...], data: str | None, layout: str | None, full: bool, as_json: bool
) -> int:
    """Read each finished PDF FILE back and compare it with the data of its edition, whoever made or altered it.

    Leaves with exit code 3 if one of them does not say what it should, with 1 if one could not be compared."""
    from cardprint.cli.messages import failure_code, say, show_failure
    from cardprint.tasks.verifying import verify_files
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    verified: list[VerifiedFile] = []
    code = Exit.DONE
    try:
        for file in verify_files(workspace, files, data, layout, full=full):
            verified.append(file)
            if file.error is not None:
                code = max(code, failure_code(file.error))
            elif file.rejected:
                code = max(code, Exit.REJECTED)
            if not as_json:
                _show(file, workspace, full=full)
        if as_json:
            say(_document(verified))
        elif not full and any(not file.rejected and file.error is None for file in verified):
            say("The fast proof reads words, tags and places. --full also looks at the page as it is painted.")
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    return code


def _show(file: VerifiedFile, workspace: Workspace, *, full: bool) -> None:
    """What was found, and the verdict."""
    from cardprint.cli.messages import say, show_diagnostics

    if file.error is not None:
        show_diagnostics(file.error.diagnostics, workspace)
        say(f"{file.name}: was not proved.")
        return
    show_diagnostics([finding.diagnostic for finding in file.findings], workspace, as_result=True)
    proof = "the full proof" if full else "the fast proof"
    if file.of_other_data:
        say(f"{file.name}: is of other data and was not proved.")
    elif file.rejected:
        say(f"{file.name}: fails {proof}.")
    else:
        count = len(file.findings)
        subject = f" ({file.subject})" if file.subject else ""
        warnings = f", with {count} warning{'s' * (count > 1)}" if count else ""
        say(f"{file.name}{subject}: passes {proof}{warnings}.")


def _document(files: Sequence[VerifiedFile]) -> str:
    """The findings as JSON, or why there was no proof and no verdict. What is not known is null."""
    import json

    from cardprint.cli.problem_json import finding_fields, problem_fields

    document = [
        {
            "file": file.name,
            "rejected": file.rejected if file.error is None else None,
            "edition": (file.identity.edition or None) if file.identity else None,
            "state": (file.identity.state or None) if file.identity else None,
            "title": (file.identity.title or None) if file.identity else None,
            "compared_with": file.subject or None,
            "findings": [finding_fields(finding) for finding in file.findings],
            "problems": [problem_fields(problem) for problem in (file.error.diagnostics if file.error else ())],
        }
        for file in files
    ]
    return json.dumps({"files": document}, indent=2)
