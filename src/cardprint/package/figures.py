"""The figures of cards for spreadsheets and programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any, Final

from cardprint.model.dataset import Framework, StateRecord
from cardprint.model.workbook import FORMULA_SIGNS

_BYTE_ORDER_MARK: Final = "\ufeff"
"""By which Excel knows the file for UTF-8."""

Figures = dict[str, Any]
"""What `state_figures` tells of a state, as JSON has it."""


def state_figures(state: StateRecord) -> Figures:
    """Grades and scores of a state. Numbers are exact; what is not known is null."""
    place = state.jurisdiction
    return {
        "state": place.name,
        "postal": place.postal,
        "slug": place.slug,
        "overall": {"grade": state.letter, "score": _value(state.total)},
        "issues": [
            {
                "id": result.issue.id,
                "title": result.issue.title,
                "grade": result.letter,
                "score": _value(result.score),
                "maximum": _value(result.issue.maximum),
                "accomplished": [goal.id for goal in result.accomplished],
                "gaps": [goal.id for goal in result.gaps],
            }
            for result in state.issues or ()
        ],
        "extra_credit": [
            {"id": result.row.id, "title": result.row.title, "points": _value(result.points)}
            for result in state.extra_credit or ()
        ],
    }


def figures_json(framework: Framework, states: Sequence[Figures]) -> bytes:
    """All states with the edition that they are of, as JSON."""
    edition = framework.edition
    document = {
        "edition": {
            "id": edition.id,
            "title": edition.title,
            "publisher": framework.publisher.name,
            "released": edition.released.isoformat() if edition.released else None,
            "sample": framework.sample,
        },
        "states": list(states),
    }
    return json_bytes(document)


def figures_csv(framework: Framework, states: Iterable[Figures]) -> bytes:
    """A line for each state, its columns in the order of the card."""
    heads = ["state", "postal", "overall grade", "overall score"]
    for issue in framework.issues:
        name = f"{issue.id}. {issue.title}"
        heads += [f"{name}: grade", f"{name}: score of {_text(_value(issue.maximum))}"]
    heads += [f"extra credit, {row.title}: points" for row in framework.extra_credit]
    return table([heads, *(_row(framework, state) for state in states)])


def _row(framework: Framework, state: Figures) -> list[str]:
    issues = {issue["id"]: issue for issue in state["issues"]}
    extra = {row["id"]: row for row in state["extra_credit"]}
    overall = state["overall"]
    cells = [state["state"], state["postal"], overall["grade"], overall["score"]]
    for issue in framework.issues:
        told = issues.get(issue.id, {})
        cells += [told.get("grade"), told.get("score")]
    cells += [extra.get(row.id, {}).get("points") for row in framework.extra_credit]
    return [_text(cell) for cell in cells]


def table(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as comma-separated text (RFC 4180) that spreadsheets open rightly, and run nothing of."""
    text = io.StringIO()
    text.write(_BYTE_ORDER_MARK)
    writer = csv.writer(text, lineterminator="\r\n")
    for row in rows:
        writer.writerow([f"'{cell}" if cell.startswith(FORMULA_SIGNS) else cell for cell in row])
    return text.getvalue().encode("utf-8")


def json_bytes(document: object) -> bytes:
    """A document of JSON for people and programs, the same every time."""
    return (json.dumps(document, ensure_ascii=False, indent=2) + "\n").encode("utf-8")


def _value(number: Decimal | None) -> int | float | None:
    """The number as JSON has it: scores are multiples of a step that floats hold exactly, or print as written."""
    if number is None:
        return None
    return int(number) if number == number.to_integral_value() else float(number)


def _text(value: object) -> str:
    return "" if value is None else str(value)
