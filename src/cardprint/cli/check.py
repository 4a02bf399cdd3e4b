"""`cardprint check`: every problem of an edition and a layout at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import click

from cardprint.cli.exits import Exit
from cardprint.cli.settings import Settings, data_option, debug_option, every_size_option, layout_option, profile_option

if TYPE_CHECKING:
    from cardprint.model.diagnostics import Diagnostic
    from cardprint.tasks.checking import CheckReport, Standing

_MOST_NAMED = 5


@click.command()
@data_option
@layout_option
@every_size_option
@profile_option
@click.option("--complete", "demand_all", is_flag=True, help="Count it as an error where a state lacks something.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document, for other programs.")
@debug_option
@click.pass_obj
def check(
    settings: Settings,
    data: str | None,
    layout: str | None,
    size: str | None,
    profile: str,
    demand_all: bool,
    as_json: bool,
) -> int:
    """Look for mistakes in an edition and a layout, and tell all of them at once; nothing is written.

    States whose results are not all known yet are no mistake: they are named. Every card that can be made is tried.
    What only a press cannot do, such as too much ink or coarse pictures, is told with --profile print."""
    from cardprint.cli.messages import say, show_diagnostics, show_failure
    from cardprint.pipeline import RequestError
    from cardprint.tasks.checking import check_edition
    from cardprint.workspace import open_workspace

    workspace = open_workspace()
    try:
        report = check_edition(workspace, data, layout, size, profile, demand_all=demand_all)
        if as_json:
            say(_document(report.problems, report))
        else:
            show_diagnostics(report.problems, workspace, as_result=True)
            for line in _summary(report):
                say(line)
    except RequestError as error:
        if not as_json:
            return show_failure(error, workspace, debug=settings.debug)
        say(_document(error.diagnostics, None))
        return Exit.USAGE
    except Exception as error:
        return show_failure(error, workspace, debug=settings.debug)
    return Exit.FAILED if report.errors else Exit.DONE


def _summary(report: CheckReport) -> Iterator[str]:
    """What was looked through, how far the states are, and how many problems there are."""
    from cardprint.cli.messages import some_of
    from cardprint.model.layout_spec import Per
    from cardprint.tasks.checking import Standing

    names: dict[Standing, list[str]] = {standing: [] for standing in Standing}
    for state in report.states:
        names[state.standing].append(state.name)
    edition = f"edition {report.edition}" if report.edition else "the edition"
    yield f"Checked {edition} with the layout {report.layout}: {_standings(names, cards=report.per is Per.STATE)}."
    lacking: dict[str, list[str]] = {}
    for state in report.states:
        if state.standing is Standing.INCOMPLETE:
            lacking.setdefault(state.lacks, []).append(state.name)
    for lacks, states in lacking.items():
        yield f"  {len(states)} {'lacks' if len(states) == 1 else 'lack'} {lacks}: {some_of(states, _MOST_NAMED)}."
    if names[Standing.UNTRIED] or (names[Standing.WRONG] and report.per is None):
        yield "  No card was tried: that needs a framework, jurisdictions and a layout without an error."
    if report.without_file:
        places = [place.name for place in report.without_file]
        yield f"  {_number(len(places), 'jurisdiction')} without a file in states/: {some_of(places, _MOST_NAMED)}."
    if report.tightness is not None:
        from cardprint.cli.tightness import in_words

        yield in_words(report.tightness)
    yield f"{_problems(report)}."


def _standings(names: dict[Standing, list[str]], *, cards: bool) -> str:
    from cardprint.tasks.checking import Standing

    total = sum(map(len, names.values()))
    words = {Standing.WRONG: "with errors", Standing.COMPLETE: "complete", Standing.INCOMPLETE: "incomplete"}
    if not cards:
        del words[Standing.COMPLETE]
    parts = [f"{len(names[standing])} {word}" for standing, word in words.items() if names[standing]]
    return f"{_number(total, 'state')}{', ' * bool(parts)}{', '.join(parts)}"


def _problems(report: CheckReport) -> str:
    counts = ((report.errors, "error"), (report.warnings, "warning"))
    return " and ".join(_number(count, word) for count, word in counts if count) or "No problems"


def _number(count: int, word: str) -> str:
    return f"{count:,} {word}{'s' * (count != 1)}"


def _document(problems: Iterable[Diagnostic], report: CheckReport | None) -> str:
    """The report as JSON."""
    import json

    from cardprint.cli.problem_json import problem_fields
    from cardprint.cli.tightness import in_fields

    states = report.states if report else ()
    document = {
        "edition": report.edition or None if report else None,
        "layout": report.layout if report else None,
        "problems": [problem_fields(problem) for problem in problems],
        "states": [
            {
                "slug": state.slug,
                "name": state.name,
                "standing": state.standing.value,
                "missing": [problem.message for problem in state.missing],
            }
            for state in states
        ],
        "copyfit": in_fields(report.tightness if report else None),
        "without_file": [place.slug for place in report.without_file] if report else [],
    }
    return json.dumps(document, indent=2)
