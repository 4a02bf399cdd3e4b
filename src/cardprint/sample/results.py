"""Invented results of one jurisdiction, such that every audit of them comes out."""

from __future__ import annotations

import random
from collections.abc import Sequence
from decimal import Decimal
from typing import Final, TypeVar

from msgspec import Struct

from cardprint.model.dataset import Framework, Goal, Issue
from cardprint.sample.texts import LONG_HIGHLIGHTS, SHORT_HIGHLIGHTS

T = TypeVar("T")

MOST_PROTECTIONS: Final = 5
"""In one row of extra credit: as many as Mississippi has in 2021; frameworks set no bound."""

_WORDY: Final = 0.16
_TERSE: Final = 0.10
_BY_POINTS: Final = 0.15
_REVISED: Final = 0.10


class SampleIssue(Struct, frozen=True):
    """How one issue went: its goals accomplished and gaps, its score, the points of each goal if the file is to tell
    them, and highlights written by hand."""

    issue: Issue
    score: Decimal
    accomplished: tuple[Goal, ...]
    gaps: tuple[Goal, ...]
    points: tuple[tuple[Goal, Decimal], ...] | None
    highlights: str | None


class SampleResults(Struct, frozen=True):
    """Everything that the file of one state says. `revised_after` is in days after the edition's release."""

    issues: tuple[SampleIssue, ...]
    protections: tuple[tuple[str, tuple[Goal, ...]], ...]
    total: Decimal
    letter: str
    revised_after: int | None


class Chance:
    """Chance that a seed settles: the same in every version of Python, which promises that for `random()` alone."""

    def __init__(self, seed: str) -> None:
        self._random = random.Random(seed).random  # noqa: S311 (nothing here is secret)

    def share(self) -> float:
        """Anything from 0 up to, not including, 1."""
        return self._random()

    def below(self, count: int) -> int:
        return int(self._random() * count)

    def happens(self, probability: float) -> bool:
        return self._random() < probability

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def some_of(self, choices: Sequence[T], count: int) -> list[T]:
        """`count` of the choices, or all if there are fewer, in their order."""
        left = list(range(len(choices)))
        picked = sorted(left.pop(self.below(len(left))) for _ in range(min(count, len(left))))
        return [choices[index] for index in picked]


def invent_results(framework: Framework, chance: Chance) -> SampleResults:
    """Results that could be somebody's. Most leave their highlights to be derived; a few have long ones written by
    hand, a few almost nothing in any."""
    kind = chance.share()
    wordy, terse = kind < _WORDY, kind > 1 - _TERSE
    strength = 0.0 if terse else 0.1 + 0.85 * chance.share()
    written = set(chance.some_of([issue.id for issue in framework.issues], 1 + chance.below(2))) if wordy else set()
    by_points = chance.happens(_BY_POINTS)
    issues = []
    for issue in framework.issues:
        highlights = chance.one_of(LONG_HIGHLIGHTS) if issue.id in written else None
        highlights = chance.one_of(SHORT_HIGHLIGHTS) if terse else highlights
        issues.append(_invent_issue(issue, framework, chance, strength, highlights, by_points))
    goals = tuple(framework.goals.values())
    protections = tuple((row.id, _invent_protections(goals, chance, terse)) for row in framework.extra_credit)
    each = {row.id: row.each for row in framework.extra_credit}
    total = sum((issue.score for issue in issues), Decimal(0))
    total += sum((each[row] * len(extended) for row, extended in protections), Decimal(0))
    scale = framework.scale
    revised_after = 30 + chance.below(300) if chance.happens(_REVISED) else None
    letter = scale.letter(total, framework.maximum, scale.card_basis)
    return SampleResults(tuple(issues), protections, total, letter, revised_after)


def _invent_issue(
    issue: Issue, framework: Framework, chance: Chance, strength: float, highlights: str | None, by_points: bool
) -> SampleIssue:
    levels = int(framework.goal_maximum / framework.step)  # of points below all of them, 0 among these
    points = []
    for goal in issue.goals:
        full = chance.happens(strength)
        less = int(levels * chance.share() * chance.share()) if strength else 0
        points.append((goal, framework.goal_maximum if full else framework.step * less))
    accomplished = tuple(goal for goal, value in points if value == framework.goal_maximum)
    gaps = tuple(goal for goal, value in points if value != framework.goal_maximum)
    score = sum((value for _, value in points), Decimal(0))
    for _ in range(issue.unnamed):
        # Where every named goal is accomplished, no sentence could tell of a gap in one without a name.
        score += framework.goal_maximum if not gaps or chance.happens(strength) else Decimal(0)
    return SampleIssue(issue, score, accomplished, gaps, tuple(points) if by_points else None, highlights)


def _invent_protections(goals: Sequence[Goal], chance: Chance, terse: bool) -> tuple[Goal, ...]:
    return tuple(chance.some_of(goals, 0 if terse else chance.below(MOST_PROTECTIONS + 1)))
