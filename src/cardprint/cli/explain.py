"""`cardprint explain`: why a page looks as it does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option, layout_option, profile_option, size_option

if TYPE_CHECKING:
    from cardprint.layout import Explained
    from cardprint.model.diagnostics import Span
    from cardprint.model.frame import FitStep
    from cardprint.pipeline import Project
    from cardprint.tasks.explanation import Explanation

_LONGEST_TEXT = 70
"""Characters of a text that are shown where every block is listed."""

_DEEPEST_PARTED = 2
"""Blocks that stand less deep in the tree are set off by an empty line."""


@click.command()
@click.argument("words", nargs=-1, metavar="STATE [FIELD]")
@data_option
@layout_option
@size_option
@profile_option
@click.option("--dump", type=click.Choice(["content", "frame"]), help="Print what the stages hand on instead.")
@debug_option
@click.pass_obj
def explain(
    settings: Settings,
    words: tuple[str, ...],
    data: str | None,
    layout: str | None,
    size: str | None,
    profile: str,
    dump: str | None,
) -> int:
    """Tell why the card of STATE looks as it does: every block with its place, its type, the height that it needed, the
    lines of data and layout that put it there, and what copyfit did.

    With FIELD only the blocks are told whose name or text holds it: "issue 2", highlights, "civil remedies". A layout
    that draws one page for the whole edition takes no STATE.
    """
    from cardprint.cli.messages import say, show_diagnostics, show_failure
    from cardprint.pipeline import open_project
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        project = open_project(workspace, data, layout, size, profile)
        explanation, field = _explained(project, words)
        for line in _dumped(explanation, dump) if dump else _told(explanation, project, field):
            say(line)
    except click.UsageError:
        raise
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    show_diagnostics(explanation.oversets, workspace)
    return Exit.FAILED if explanation.oversets else Exit.DONE


def _explained(project: Project, words: tuple[str, ...]) -> tuple[Explanation, str | None]:
    """The page that is asked about, and which field of it."""
    from cardprint.model.layout_spec import Per
    from cardprint.tasks.explanation import explain_card, explain_edition

    of_states = project.layout.per is Per.STATE
    if of_states and not words:
        raise click.UsageError("Name the state.")
    if len(words) > 1 + of_states:
        raise click.UsageError("Put a field of several words in quotes.")
    field = words[-1] if len(words) > of_states else None
    return (explain_card(project, words[0]) if of_states else explain_edition(project)), field


def _dumped(explanation: Explanation, dump: str) -> list[str]:
    from cardprint.model.diagnostics import DiagnosticError
    from cardprint.model.dump import dump_content, dump_frame

    if dump == "content":
        return [line for page in explanation.pages for line in dump_content(page).splitlines()]
    if explanation.frames is None:
        raise DiagnosticError(explanation.oversets)
    return [line for frame in explanation.frames for line in dump_frame(frame).splitlines()]


def _told(explanation: Explanation, project: Project, field: str | None) -> Iterator[str]:
    """The blocks that a field names, or else the page as a whole and every block, further in than what it stands in."""
    from cardprint.tasks.explanation import find_blocks

    if field is not None:
        for number, block in enumerate(find_blocks(explanation, field)):
            yield from [""] if number else []
            yield from _block(block, block.name, "", None)
        return
    page, subject, pages = explanation.pages[0].page, explanation.subject, explanation.pages
    yield f"{subject[0].upper()}{subject[1:]}, from {project.data} by the layout {project.layout.name}"
    sheet = "A page" if len(pages) == 1 else f"{len(pages)} pages, each"
    yield f"{sheet} of {page.trim.width:g} × {page.trim.height:g} pt; places count from its top left"
    yield from _fit(explanation)
    names: list[str] = []
    for block in chain.from_iterable(explanation.blocks):
        del names[block.depth :]
        parent = names[-1] if names else ""
        names.append(block.name)
        if block.depth < _DEEPEST_PARTED:
            yield ""
        yield from _block(block, block.name.removeprefix(parent), "  " * block.depth, _LONGEST_TEXT)


def _fit(explanation: Explanation) -> Iterator[str]:
    """What copyfit did, and who made it do so."""
    report, shared = explanation.report, explanation.shared
    if report is None:
        yield "It has no room, not even at the end of copyfit; the blocks are shown as they stand there."
        return
    whose = ", as on every card of the edition" if shared and shared.rung == report.rung else ""
    yield f"Copyfit: step {report.rung}{whose}" if report.rung else f"Copyfit: nothing had to be adjusted{whose}"
    for step in report.steps:
        yield f"  {_step(step)}"
    yield f"{report.slack:.1f} pt of height left to share out"
    for state, oversets in shared.forced_by.items() if shared else ():
        yield f"{state} forces this setting. To gain a step:"
        for overset in oversets:
            yield f"  {overset.span}: {overset.message} {overset.hint}"


def _step(step: FitStep) -> str:
    from cardprint.cli.tightness import unit_of

    return f"{step.what}: {step.before:g} → {step.after:g} {unit_of(step.what)}"


def _block(block: Explained, name: str, indent: str, longest: int | None) -> Iterator[str]:
    """A block's place, and its words, `longest` characters of them at most."""
    region = block.region
    place = f"{region.width:.1f} × {region.height:.1f} pt at {region.x:.1f}, {region.y:.1f}"
    yield f"{indent}{name}: {block.kind}, {place}; needs {block.needed:.1f} pt of height; {_lines([block.layout])}"
    if not block.text:
        return
    words = block.text
    if longest is not None and len(words) > longest:
        words = f"{words[: longest - 1].rstrip()}…"
    about = f" ({block.field})" if block.field else ""
    origin = f", from {_lines(block.data)}" if block.data else ""
    yield f"{indent}  “{words}”{about}{origin}"
    yield f"{indent}  {' · '.join(block.types)}"


def _lines(spans: Iterable[Span]) -> str:
    """The lines of files at which places are: framework.yaml:124, 126."""
    files: dict[str, list[str]] = {}
    for span in spans:
        files.setdefault(span.file, []).append(str(span.line))
    return "; ".join(f"{file}:{', '.join(dict.fromkeys(lines))}" for file, lines in files.items())
