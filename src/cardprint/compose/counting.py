"""What can be counted in an edition: grades, scores, issues, goals, and what changed. Exact, and ties stay ties."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Generic, TypeVar

from msgspec import Struct

from cardprint.model.dataset import DERIVED, Dataset, Goal, Issue, IssueResult, Jurisdiction

T = TypeVar("T")


class KnownState(Struct, frozen=True):
    """A place and what is known of it: the overall letter and score, as its own results give them or else as they were
    published; `derived`: no source names the letter; `results`: those of every issue, None where they are not known."""

    place: Jurisdiction
    letter: str | None = None
    score: Decimal | None = None
    derived: bool = False
    results: tuple[IssueResult, ...] | None = None


class Tie(Struct, Generic[T], frozen=True):
    """Things that are equal in what they are ranked by; `rank` counts those ahead, and one."""

    rank: int
    value: Fraction
    members: tuple[T, ...]


def known_states(dataset: Dataset) -> list[KnownState]:
    """Every place of the edition in the order of their names."""
    places = sorted(dataset.jurisdictions.values(), key=lambda place: place.name)
    return [_known(place, dataset) for place in places]


def _known(place: Jurisdiction, dataset: Dataset) -> KnownState:
    state = dataset.states.get(place.slug)
    if state is None:
        return KnownState(place)
    if state.letter is not None:
        return KnownState(place, state.letter, state.total, results=state.issues)
    published = state.published
    if published is None:
        return KnownState(place, results=state.issues)
    return KnownState(place, published.letter, published.score, published.basis == DERIVED, state.issues)


def ranked(items: Iterable[T], value: Callable[[T], Fraction], *, rising: bool = False) -> list[Tie[T]]:
    """The items in ties, the highest value first (or the lowest, if `rising`); inside a tie they keep their order."""
    groups: dict[Fraction, list[T]] = {}
    for item in items:
        groups.setdefault(value(item), []).append(item)
    ties, ahead = [], 0
    for amount in sorted(groups, reverse=not rising):
        ties.append(Tie(ahead + 1, amount, tuple(groups[amount])))
        ahead += len(groups[amount])
    return ties


def leading(ties: Sequence[Tie[T]], count: int, most: int) -> list[Tie[T]]:
    """The ties that reach into the first `count` places. Whole ties only: one that would make more than `most` members
    is left out with all that follow, unless it is the first."""
    kept: list[Tie[T]] = []
    for tie in ties:
        if tie.rank > count or (kept and tie.rank - 1 + len(tie.members) > most):
            break
        kept.append(tie)
    return kept


def average(values: Sequence[Decimal]) -> Fraction:
    """The mean of some values, exact."""
    return sum(map(Fraction, values), Fraction(0)) / len(values)


def median(values: Sequence[Decimal]) -> Fraction:
    """The middle of some values, or the mean of the two in the middle."""
    ordered = sorted(map(Fraction, values))
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def issue_averages(issues: Iterable[Issue], states: Sequence[KnownState]) -> list[tuple[Issue, Fraction]]:
    """The mean score of each issue over states with results."""
    scores: dict[str, list[Decimal]] = {}
    for state in states:
        for result in state.results or ():
            scores.setdefault(result.issue.id, []).append(result.score)
    return [(issue, average(scores[issue.id])) for issue in issues if issue.id in scores]


def goal_counts(goals: Mapping[str, Goal], states: Sequence[KnownState], *, missed: bool) -> list[tuple[Goal, int]]:
    """How many of the states with results have a gap in each goal, or accomplished it."""
    counts = dict.fromkeys(goals, 0)
    for state in states:
        for result in state.results or ():
            for goal in result.gaps if missed else result.accomplished:
                counts[goal.id] += 1
    return [(goals[name], count) for name, count in counts.items()]


class Change(Struct, frozen=True):
    """A state in two editions: the earlier and the later of what both know."""

    place: Jurisdiction
    letters: tuple[str, str] | None
    scores: tuple[Decimal, Decimal] | None

    @property
    def points(self) -> Fraction:
        """The points gained; 0 where a score is not known."""
        return Fraction(self.scores[1]) - Fraction(self.scores[0]) if self.scores else Fraction(0)


def changes(earlier: Sequence[KnownState], later: Sequence[KnownState]) -> list[Change]:
    """What both editions know of each state of the later one, in its order."""
    before = {state.place.slug: state for state in earlier}
    found = []
    for state in later:
        old = before.get(state.place.slug, KnownState(state.place))
        letters = (old.letter, state.letter) if old.letter is not None and state.letter is not None else None
        scores = (old.score, state.score) if old.score is not None and state.score is not None else None
        found.append(Change(state.place, letters, scores))
    return found
