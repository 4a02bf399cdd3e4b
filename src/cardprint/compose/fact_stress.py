"""Fact sheets that a layout must survive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from msgspec.structs import replace

from cardprint.compose import fact_english as english
from cardprint.compose.fact_scope import build_fact_scope
from cardprint.compose.fact_sheet import LISTED, MOST_GOALS
from cardprint.compose.stress import StressCase, edition_stress_cases
from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.fact_sheet import Fact, FactRow, FactSheet
from cardprint.model.scope import RecordValue

_SENTENCES: Final = (
    "Of the 49 states with results by issue, two tied for the highest score, 109.5 points.",
    "The average is 50.1 points and the median 49.75.",
)
_NOTES: Final = ("Results by issue are not known for two of the states, and these are not compared.",) * 3


def fact_stress_cases(framework: Framework, places: Iterable[Jurisdiction]) -> tuple[StressCase, ...]:
    """Every fact with its longest list, and one fact alone."""
    by_length = sorted(places, key=lambda place: -len(place.name))
    letters = [band.letter for band in framework.scale.bands]
    full = FactSheet(
        (_grades(letters, by_length), *_others(framework, letters, by_length)), _NOTES, framework.edition.title
    )
    bare = FactSheet((_grades(letters[:1], by_length[:1]),), ())
    cases = []
    for case in edition_stress_cases(framework, by_length):
        own = build_fact_scope(framework, bare if case.name == "emptiest" else full)
        common = {name: case.scope.fields[name] for name in ("edition", "publisher", "foot")}
        what = (
            "one grade of one state"
            if case.name == "emptiest"
            else "every fact, with the longest list that it can have"
        )
        cases.append(replace(case, what=what, scope=RecordValue({**own.fields, **common}, own.span)))
    return tuple(cases)


def _grades(letters: Sequence[str], places: Sequence[Jurisdiction]) -> Fact:
    rows = []
    for at, letter in enumerate(letters):
        names = ", ".join(place.name for place in places[at :: len(letters)])
        rows.append(FactRow(letter, names, str(len(places))))
    return Fact("grades", "Overall grades", _SENTENCES, ("Grade", "States", "Number"), tuple(rows), _NOTES[0])


def _others(framework: Framework, letters: Sequence[str], places: Sequence[Jurisdiction]) -> Iterable[Fact]:
    goals = sorted(
        ((goal.id, english.wording(goal)) for goal in framework.goals.values()), key=lambda goal: -len(goal[1])
    )
    issues = [FactRow(issue.id, issue.title, "10.1 of 17.5 (57.7%)") for issue in framework.issues]
    ways = [f"{one} to {other}" for one in letters for other in letters if one != other]
    lists = {
        "letters": [FactRow(way, places[at % len(places)].name, "51") for at, way in enumerate(ways)],
        "scores": [FactRow("10", place.name, "109.5") for place in places[:LISTED]],
        "issues": issues,
        "missed": [FactRow(name, words, "51") for name, words in goals[:MOST_GOALS]],
        "gains": [FactRow("+100.5", place.name, "9.5 to 109.5") for place in places[:MOST_GOALS]],
    }
    alike = {"scores": "lowest_scores", "missed": "met", "gains": "losses"}
    for name, rows in lists.items():
        for told in (name, alike.get(name)):
            if told is not None and rows:
                heads = ("Rank", "States or goals", "Points")
                yield Fact(told, "Policy goals accomplished most often", _SENTENCES, heads, tuple(rows))
