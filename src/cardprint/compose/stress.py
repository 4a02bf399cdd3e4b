"""The cards that a layout must survive: the fullest that an edition could ask for, and the emptiest.

Nothing here is anybody's result. The cards are made from a framework and its jurisdictions alone, and are marked as
samples like everything that is invented.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cardprint.compose.edition_scope import build_edition_scope
from cardprint.compose.grammar import Grammar
from cardprint.compose.grammars import grammar_named
from cardprint.compose.scope import build_scope
from cardprint.compose.sentences import issue_highlights
from cardprint.compose.stress_texts import LONGER, in_spanish, longer, longer_paragraph
from cardprint.model.dataset import (
    DERIVED,
    Dataset,
    ExtraCreditResult,
    ExtraCreditRow,
    Framework,
    Goal,
    Issue,
    IssueResult,
    Jurisdiction,
    PublishedGrade,
    StateRecord,
)
from cardprint.model.scope import ListValue, RecordValue, RichRun, RichValue, TextValue, Value
from cardprint.model.template import Placeholder, Template

_PROTECTIONS: Final = 5
"""In one row of extra credit: the most on a card of 2021, and a framework sets no bound."""

_SPANISH: Final = "es"
_UNDATED: Final = dt.date(2021, 12, 30)
_NOTE: Final = "The score of one issue and the highlights of another have been corrected."
_SOURCES: Final = ("https://www.observer.org", "https://www.statehouse-news.org", "https://www.tribune.org")
_AS_THEY_ARE: Final = frozenset({"sources", "derived_sources"})
"""Paragraphs made of addresses and codes, which no other wording makes longer."""

_COPYRIGHT: Final = "© 2021 {publisher}. All rights reserved."
_ADDRESS: Final = Template(("www.example.org/report-cards/", Placeholder(("state", "address"))))


class StressCase(Struct, frozen=True):
    """A page to try a layout on: a short name, what is hard about it, and what the page says."""

    name: str
    what: str
    scope: RecordValue


def stress_cases(framework: Framework, places: Iterable[Jurisdiction]) -> tuple[StressCase, ...]:
    """The longest card, one as long as in Spanish, and the emptiest, of an edition with these jurisdictions."""
    sample, bare = _complete(framework), _bare(framework)
    by_length = sorted(places, key=lambda place: (len(place.name), place.name))
    long, short = by_length[-1], by_length[0]
    fullest = build_scope(sample, _fullest(sample, long))
    return (
        StressCase(
            "longest",
            f"the longest name and sentences, the highest scores, every field, texts {LONGER} times as long",
            _lengthened(fullest),
        ),
        StressCase("spanish", "the same as long as in Spanish, titles too", _translated(fullest, long.name)),
        StressCase(
            "emptiest",
            "the shortest name, nothing accomplished, and no field that can be left out",
            build_scope(bare, _emptiest(bare, short)),
        ),
    )


def edition_stress_cases(framework: Framework, places: Iterable[Jurisdiction]) -> tuple[StressCase, ...]:
    """The same for a page about the whole edition."""
    sample, bare = _complete(framework), _bare(framework)
    by_slug = {place.slug: place for place in places}
    letters = [band.letter for band in framework.scale.bands]
    mixed = [_graded(place, letters[index % len(letters)], index) for index, place in enumerate(by_slug.values())]
    alike = [_graded(place, letters[-1], 1) for place in by_slug.values()]
    return (
        StressCase(
            "longest",
            f"every state graded, every second grade derived, many sources, texts {LONGER} times as long",
            _lengthened(build_edition_scope(_dataset(sample, mixed, by_slug))),
        ),
        StressCase(
            "spanish",
            "every state with the same grade, all derived, as long as in Spanish",
            _translated(build_edition_scope(_dataset(sample, alike, by_slug)), framework.edition.id),
        ),
        StressCase(
            "emptiest", "no state graded", build_edition_scope(_dataset(replace(bare, figures=()), [], by_slug))
        ),
    )


def _graded(place: Jurisdiction, letter: str, index: int) -> StateRecord:
    """A grade that one of a few sources names, or none."""
    basis = DERIVED if index % 2 else "named"
    published = PublishedGrade(letter, None, basis, _SOURCES[index % len(_SOURCES)])
    return StateRecord(place, None, None, None, None, published)


def _dataset(framework: Framework, states: Iterable[StateRecord], places: Mapping[str, Jurisdiction]) -> Dataset:
    return Dataset(framework, {state.jurisdiction.slug: state for state in states}, places)


def _bare(framework: Framework) -> Framework:
    """The framework, marked, without the date and the address that it can leave out; its publisher is what it is."""
    return replace(framework, sample=True, edition=replace(framework.edition, laws_as_of=None, address=None))


def _complete(framework: Framework) -> Framework:
    """The framework, marked, with everything given that it can leave out."""
    edition, publisher = framework.edition, framework.publisher
    released = edition.released or _UNDATED
    laws_as_of, address = edition.laws_as_of or released, edition.address or _ADDRESS
    copyright_line = publisher.copyright or _COPYRIGHT.format(publisher=publisher.name)
    return replace(
        framework,
        sample=True,
        edition=replace(edition, released=released, laws_as_of=laws_as_of, address=address),
        publisher=replace(publisher, copyright=copyright_line),
    )


def _fullest(framework: Framework, place: Jurisdiction) -> StateRecord:
    """Results with the longest highlights that the status of goals can make, and with the widest scores.

    The two could not go together: more points would need fewer gaps."""
    grammar = grammar_named(framework.grammar, framework.span)
    issues = tuple(_fullest_issue(issue, framework, grammar) for issue in framework.issues)
    rows = tuple(_fullest_row(row, framework, grammar) for row in framework.extra_credit)
    most = framework.maximum + sum((row.points for row in rows), Decimal(0))
    total = _widest(most, framework.step, grammar)
    return StateRecord(
        jurisdiction=place,
        issues=issues,
        extra_credit=rows,
        total=total,
        letter=framework.scale.letter(total, framework.maximum, framework.scale.card_basis),
        revised=framework.edition.released,
        revision=_NOTE,
        correction=_NOTE,
    )


def _emptiest(framework: Framework, place: Jurisdiction) -> StateRecord:
    nothing = Decimal(0)
    scale = framework.scale
    issues = tuple(
        IssueResult(
            issue=issue,
            score=nothing,
            letter=scale.letter(nothing, issue.maximum, scale.issue_basis),
            accomplished=(),
            gaps=issue.goals,
            highlights=framework.accomplished.none or "–",
        )
        for issue in framework.issues
    )
    rows = tuple(ExtraCreditResult(row, nothing, ()) for row in framework.extra_credit)
    letter = scale.letter(nothing, framework.maximum, scale.card_basis)
    return StateRecord(place, issues, rows, nothing, letter)


def _fullest_issue(issue: Issue, framework: Framework, grammar: Grammar) -> IssueResult:
    score = _widest(issue.maximum, framework.step, grammar)
    letter = framework.scale.letter(score, issue.maximum, framework.scale.issue_basis)

    def result(accomplished: frozenset[str]) -> IssueResult:
        return IssueResult(
            issue=issue,
            score=score,
            letter=letter,
            accomplished=tuple(goal for goal in issue.goals if goal.id in accomplished),
            gaps=tuple(goal for goal in issue.goals if goal.id not in accomplished),
        )

    def length(accomplished: frozenset[str]) -> int:
        return len(issue_highlights(result(accomplished), framework, grammar) or "")

    return result(_longest(issue.goals, length))


def _longest(goals: Iterable[Goal], length: Callable[[frozenset[str]], int]) -> frozenset[str]:
    """The goals to accomplish for the longest text: from every other one on, one change at a time as long as it helps.

    That parts goals which would merge, and it ends; whether another choice were longer by a word does not matter."""
    ids = [goal.id for goal in goals]
    chosen = frozenset(ids[::2])
    longest = length(chosen)
    improving = True
    while improving:
        improving = False
        for goal_id in ids:
            other = chosen ^ {goal_id}
            if length(other) > longest:
                chosen, longest, improving = other, length(other), True
    return chosen


def _fullest_row(row: ExtraCreditRow, framework: Framework, grammar: Grammar) -> ExtraCreditResult:
    """As many protections as were seen on a card, the longest, and no two that would merge."""
    by_pattern: dict[str, Goal] = {}
    for goal in sorted(framework.goals.values(), key=lambda goal: (-len(goal.pattern + (goal.term or "")), goal.id)):
        by_pattern.setdefault(goal.pattern, goal)
    chosen = {goal.id for goal in list(by_pattern.values())[:_PROTECTIONS]}
    protections = tuple(goal for goal in framework.goals.values() if goal.id in chosen)
    return ExtraCreditResult(row, _widest(row.each * len(protections), framework.step, grammar), protections)


def _widest(most: Decimal, step: Decimal, grammar: Grammar) -> Decimal:
    """The number up to `most` with the most figures: the highest, or the one a step below (15 → 14.5)."""
    return max((most, max(most - step, Decimal(0))), key=lambda number: (len(grammar.number(number)), number))


def _lengthened(scope: RecordValue) -> RecordValue:
    """The card with its running texts longer; names and titles as they are."""
    return _changed(scope, dict.fromkeys(("highlights", "revision", "correction"), longer), longer_paragraph)


def _translated(scope: RecordValue, name: str) -> RecordValue:
    """The card with all its texts in Spanish words, as many as a translation has; the jurisdiction keeps its name."""

    def text(words: str) -> str:
        return in_spanish(words, name)

    def paragraph(runs: tuple[RichRun, ...]) -> tuple[RichRun, ...]:
        return tuple(run if run.link else replace(run, text=text(run.text)) for run in runs)

    fields = ("title", "highlights", "heading", "revision", "correction", "copyright", "badge_expansion")
    changed = _changed(scope, dict.fromkeys(fields, text), paragraph)
    edition = changed.fields["edition"]
    if not isinstance(edition, RecordValue):
        return changed
    spanish = replace(edition, fields={**edition.fields, "language": TextValue(_SPANISH)})
    return replace(changed, fields={**changed.fields, "edition": spanish})


Change = Callable[[str], str]
ChangeRuns = Callable[[tuple[RichRun, ...]], tuple[RichRun, ...]]


def _changed(record: RecordValue, texts: Mapping[str, Change], rich: ChangeRuns) -> RecordValue:
    """The record, and all in it, with the texts of some fields changed, and every paragraph of runs."""
    return replace(record, fields={name: _value(name, value, texts, rich) for name, value in record.fields.items()})


def _value(name: str, value: Value, texts: Mapping[str, Change], rich: ChangeRuns) -> Value:
    match value:
        case RecordValue():
            return _changed(value, texts, rich)
        case ListValue():
            return replace(value, items=tuple(_value(name, item, texts, rich) for item in value.items))
        case RichValue() if name not in _AS_THEY_ARE:
            return replace(value, runs=rich(value.runs))
        case TextValue() if name in texts:
            return replace(value, text=texts[name](value.text))
        case _:
            return value
