"""What pictures of a card show, in words made from the data: for those who do not see them, and to print below them."""

from __future__ import annotations

from decimal import Decimal

from cardprint.model.dataset import Framework, StateRecord
from cardprint.model.embargo import MONTHS
from cardprint.model.numbers import spelled


def card_alt_text(framework: Framework, state: StateRecord) -> str:
    """All figures of the card, in its order."""
    parts = [f"{_card_name(framework)} of {state.jurisdiction.in_text}: {_overall(state)}"]
    parts += [
        f"{result.issue.id}. {result.issue.title}: {result.letter}, {spelled(result.score)} of"
        f" {spelled(result.issue.maximum)} points"
        for result in state.issues or ()
    ]
    parts += [f"Extra credit, {result.row.title}: {_points(result.points)}" for result in state.extra_credit or ()]
    return "; ".join(parts) + "."


def social_alt_text(framework: Framework, state: StateRecord) -> str:
    """What the picture for social media says."""
    return f"{state.jurisdiction.name}: {_overall(state)}. {framework.edition.title}, {framework.publisher.name}."


def caption(framework: Framework, state: StateRecord) -> str:
    """A sentence to stand below a picture of the card."""
    place = state.jurisdiction.in_text
    name = f"{place[:1].upper()}{place[1:]}"
    with_points = f", with {_points(state.total)}," if state.total is not None else ""
    released = framework.edition.released
    on = f" on {MONTHS[released.month - 1]} {released.day}, {released.year}" if released else ""
    title = f"{framework.edition.title}, published by {framework.publisher.name}{on}"
    sample = " The data are a sample." if framework.sample else ""
    return f"{name} received an overall grade of {state.letter}{with_points} in the {title}.{sample}"


def _card_name(framework: Framework) -> str:
    sample = "Sample data: " if framework.sample else ""
    return f"{sample}{framework.edition.title}, card"


def _overall(state: StateRecord) -> str:
    points = f", {_points(state.total)}" if state.total is not None else ""
    return f"overall grade {state.letter}{points}"


def _points(number: Decimal) -> str:
    return f"{spelled(number)} {'point' if number == 1 else 'points'}"
