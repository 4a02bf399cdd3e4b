"""The facts of an edition: what is counted, told in sentences, with the list behind each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cardprint.compose import fact_english as english
from cardprint.compose.counting import (
    Change,
    KnownState,
    Tie,
    average,
    changes,
    goal_counts,
    issue_averages,
    known_states,
    leading,
    median,
    ranked,
)
from cardprint.model.dataset import Dataset, Framework, Goal, Issue, Jurisdiction
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.fact_sheet import Fact, FactRow, FactSheet

LISTED: Final = 5
MOST_GOALS: Final = 8
_FEWEST: Final = 2
"""States from which on they can be compared; besides, they must be most of all: a few are known for a reason."""

_WITH_GRADE, _WITH_SCORE, _COMPLETE = "with a known grade", "with a known score", "with results by issue"


def build_fact_sheet(dataset: Dataset, earlier: Dataset | None = None) -> FactSheet:
    """What the data of an edition say, and what changed since an `earlier` one of the same framework. Nothing is told
    of what is not known: each fact says of how many states it speaks.

    Raises `DiagnosticError` (not-earlier, other-framework, sample-mixed) for editions that cannot be compared."""
    known = known_states(dataset)
    if earlier is not None:
        refuse_incomparable(earlier.framework, dataset.framework)
    facts = [
        *_grades(dataset.framework, known),
        *(_letters(earlier, dataset, known) if earlier else ()),
        *_scores(known),
        *_issues(dataset.framework, known),
        *_goals(dataset.framework, known),
        *(_points(earlier, known) if earlier else ()),
    ]
    notes = [*_notes(dataset.framework, known), *(_notes_against(earlier, dataset, known) if earlier else ())]
    return FactSheet(tuple(facts), tuple(notes), earlier.framework.edition.title if earlier else "")


def refuse_incomparable(earlier: Framework, later: Framework) -> None:
    """Raise `DiagnosticError` where two editions do not measure the same."""
    problems = []
    ids = f"{earlier.edition.id} and {later.edition.id}"
    if earlier.sample and not later.sample:
        message = f"The edition {earlier.edition.id} is a sample: nothing real can be compared with it."
        problems.append(Diagnostic("sample-mixed", message, earlier.span, hint="Name an edition with real results."))
    days = (earlier.edition.released, later.edition.released)
    if days[0] is not None and days[1] is not None and days[0] >= days[1]:
        message = f"The edition {earlier.edition.id} was not released before {later.edition.id}."
        problems.append(Diagnostic("not-earlier", message, earlier.edition.span, hint="Name an earlier edition."))
    hint = "Compare editions of one framework only."
    scales = [(framework.scale.bands, framework.scale.card_basis) for framework in (earlier, later)]
    if scales[0] != scales[1]:
        message = f"The grades of {ids} are given by other scales."
        problems.append(Diagnostic("other-framework", message, earlier.span, hint=hint))
    if earlier.issues and later.issues and _measure(earlier) != _measure(later):
        message = f"The editions {ids} ask for other things: their issues, goals, points or extra credit differ."
        problems.append(Diagnostic("other-framework", message, earlier.span, hint=hint))
    if problems:
        raise DiagnosticError(problems)


def _measure(framework: Framework) -> object:
    """All of a framework on which points depend."""
    issues = [
        (issue.id, issue.maximum, issue.unnamed, [(goal.id, goal.pattern, goal.term) for goal in issue.goals])
        for issue in framework.issues
    ]
    return issues, [(row.id, row.each) for row in framework.extra_credit], framework.step, framework.goal_maximum


def _grades(framework: Framework, known: Sequence[KnownState]) -> Iterator[Fact]:
    graded = [state for state in known if state.letter is not None]
    if not graded:
        return
    by_letter = {
        band.letter: [state for state in graded if state.letter == band.letter] for band in framework.scale.bands
    }
    derived = sum(state.derived for state in graded)
    note = ""
    if derived:
        letters = "this letter: it is" if len(graded) == 1 else f"{english.count(derived)} of these letters: they are"
        note = f"No source names {letters} the grade left when all others are known."
    yield Fact(
        "grades",
        "Overall grades",
        (
            english.earned(
                english.of_states(len(graded), len(known), _WITH_GRADE),
                [(letter, len(states)) for letter, states in by_letter.items()],
            ),
        ),
        ("Grade", "States", "Number"),
        tuple(
            FactRow(letter, ", ".join(state.place.name for state in states), str(len(states)))
            for letter, states in by_letter.items()
            if states
        ),
        note,
    )


def _scores(known: Sequence[KnownState]) -> Iterator[Fact]:
    scored = [(state.place, state.score) for state in known if state.score is not None]
    if not _enough(scored, known):
        return
    of = english.of_states(len(scored), len(known), _WITH_SCORE)
    among = "" if len(scored) == len(known) else of
    values = [score for _, score in scored]
    highest = ranked(scored, _score_of)
    lowest = ranked(scored, _score_of, rising=True)
    heads = ("Rank", "States", "Points")
    told = (
        english.averages(of, average(values), median(values)),
        english.extreme("", _places(highest[0]), "highest", highest[0].value),
    )
    yield Fact("scores", "Highest scores", told, heads, tuple(_score_rows(highest, len(scored), rising=False)))
    if lowest[0].value != highest[0].value:
        sentences = (english.extreme(among, _places(lowest[0]), "lowest", lowest[0].value),)
        yield Fact(
            "lowest_scores", "Lowest scores", sentences, heads, tuple(_score_rows(lowest, len(scored), rising=True))
        )


def _enough(some: Sequence[object], known: Sequence[KnownState]) -> bool:
    """Whether so many states stand for all."""
    return len(some) >= _FEWEST and 2 * len(some) > len(known)


def _score_of(item: tuple[Jurisdiction, Decimal]) -> Fraction:
    return Fraction(item[1])


def _places(tie: Tie[tuple[Jurisdiction, Decimal]]) -> list[Jurisdiction]:
    return [place for place, _ in tie.members]


def _score_rows(ties: Sequence[Tie[tuple[Jurisdiction, Decimal]]], total: int, *, rising: bool) -> Iterator[FactRow]:
    """Ties of scores with their rank among all, the highest being the first."""
    for tie in leading(ties, LISTED, total):
        rank = total - tie.rank - len(tie.members) + 2 if rising else tie.rank
        names = ", ".join(place.name for place in _places(tie))
        yield FactRow(str(rank), names, english.rounded(tie.value, 2))


def _issues(framework: Framework, known: Sequence[KnownState]) -> Iterator[Fact]:
    complete = _complete(known)
    if not _enough(complete, known):
        return
    means = issue_averages(framework.issues, complete)
    ties = ranked(means, _share)
    of = english.of_states(len(complete), len(known), _COMPLETE)
    best, worst = ([issue.title for issue, _ in tie.members] for tie in (ties[0], ties[-1]))
    yield Fact(
        "issues",
        "Issues, from the strongest",
        (english.issues_compared(of, best, ties[0].value, worst, ties[-1].value),),
        ("Issue", "Title", "Average points"),
        tuple(
            FactRow(
                issue.id,
                issue.title,
                f"{english.mean(mean)} of {english.rounded(Fraction(issue.maximum), 2)} ({english.percent(tie.value)})",
            )
            for tie in ties
            for issue, mean in tie.members
        ),
    )


def _share(item: tuple[Issue, Fraction]) -> Fraction:
    issue, mean = item
    return mean / Fraction(issue.maximum)


def _goals(framework: Framework, known: Sequence[KnownState]) -> Iterator[Fact]:
    complete = _complete(known)
    if not _enough(complete, known):
        return
    of = english.of_states(len(complete), len(known), _COMPLETE)
    kinds = (("missed", "Policy goals missed most often", True), ("met", "Policy goals accomplished most often", False))
    for name, heading, missed in kinds:
        counts = [(goal, number) for goal, number in goal_counts(framework.goals, complete, missed=missed) if number]
        if not counts:
            continue
        ties = ranked(counts, _times)
        first = [english.wording(goal) for goal, _ in ties[0].members]
        yield Fact(
            name,
            heading,
            (english.goals_compared(of, first, int(ties[0].value), missed=missed),),
            ("Goal", "Related to", "States"),
            tuple(
                FactRow(goal.id, english.wording(goal), str(number))
                for tie in leading(ties, LISTED, MOST_GOALS)
                for goal, number in tie.members
            ),
        )


def _times(item: tuple[Goal, int]) -> Fraction:
    return Fraction(item[1])


def _complete(known: Sequence[KnownState]) -> list[KnownState]:
    return [state for state in known if state.results is not None]


def _letters(earlier: Dataset, later: Dataset, known: Sequence[KnownState]) -> Iterator[Fact]:
    compared = [change for change in changes(known_states(earlier), known) if change.letters is not None]
    if not compared:
        return
    order = {band.letter: position for position, band in enumerate(later.framework.scale.bands)}
    ways: dict[tuple[str, str], list[Jurisdiction]] = {}
    for change in compared:
        if change.letters is not None and change.letters[0] != change.letters[1]:
            ways.setdefault(change.letters, []).append(change.place)
    steps = {way: order[way[0]] - order[way[1]] for way in ways}
    up = sum(len(places) for way, places in ways.items() if steps[way] > 0)
    down = sum(len(places) for way, places in ways.items() if steps[way] < 0)
    yield Fact(
        "letters",
        f"Changes of grade since {earlier.framework.edition.id}",
        (english.moved(earlier.framework.edition.id, up, down, len(compared) - up - down),),
        ("Grades", "States", "Number"),
        tuple(
            FactRow(f"{way[0]} to {way[1]}", ", ".join(place.name for place in ways[way]), str(len(ways[way])))
            for way in sorted(ways, key=lambda way: (-steps[way], order[way[1]]))
        ),
    )


def _points(earlier: Dataset, known: Sequence[KnownState]) -> Iterator[Fact]:
    compared = [change for change in changes(known_states(earlier), known) if change.scores is not None]
    if not _enough(compared, known):
        return
    edition = earlier.framework.edition.id
    kinds = (("gains", f"Largest gains since {edition}", 1), ("losses", f"Largest losses since {edition}", -1))
    for name, heading, sign in kinds:
        moved = [change for change in compared if change.points * sign > 0]
        if not moved:
            continue
        ties = ranked(moved, lambda change: change.points, rising=sign < 0)
        first = ties[0].members
        yield Fact(
            name,
            heading,
            (english.changed_most([change.place for change in first], ties[0].value, first[0].scores),),
            ("Points", "States", "From, to"),
            tuple(_point_rows(leading(ties, LISTED, MOST_GOALS))),
        )


def _point_rows(ties: Sequence[Tie[Change]]) -> Iterator[FactRow]:
    for tie in ties:
        sign = "+" if tie.value > 0 else ""
        for change in tie.members:
            if change.scores is not None:
                before, after = (english.rounded(Fraction(score), 2) for score in change.scores)
                yield FactRow(f"{sign}{english.rounded(tie.value, 2)}", change.place.name, f"{before} to {after}")


def _notes(framework: Framework, known: Sequence[KnownState]) -> Iterator[str]:
    """What is counted as a state, and of whom something is not known."""
    others = [state.place.in_text for state in known if state.place.article]
    if others and len(known) > len(others):
        yield f"“States” includes {english.series(others)}."
    without = [state.place for state in known if state.letter is None]
    if without:
        yield f"No overall grade is known for {english.names(without)}."
    graded = [state for state in known if state.letter is not None]
    scored = [state.place for state in graded if state.score is not None]
    if len(scored) < len(graded):
        lacking = [state.place for state in graded if state.score is None]
        yield _known_of("Overall scores are", scored, lacking, "" if _enough(scored, known) else "ranked")
    if framework.issues:
        complete = [state.place for state in _complete(known)]
        if len(complete) < len(known):
            lacking = [state.place for state in known if state.results is None]
            yield _known_of("Results by issue are", complete, lacking, "" if _enough(complete, known) else "compared")
    else:
        yield "The data give no issues for this edition: only overall results are counted."
    for figure in framework.figures:
        value = english.rounded(Fraction(figure.value), 2)
        yield f"As published: {figure.title[:1].lower()}{figure.title[1:]}, {value} ({figure.source})."


def _known_of(what: str, places: Sequence[Jurisdiction], lacking: Sequence[Jurisdiction], verb: str) -> str:
    """Of whom something is known, in the shortest way; `verb` says what could therefore not be done, if anything."""
    if not places:
        return f"{what} not known for any state."
    if len(places) > len(lacking):
        return f"{what} not known for {english.names(lacking)}."
    return f"{what} known for {english.names(places)} only{f', and are not {verb}' if verb else ''}."


def _notes_against(earlier: Dataset, later: Dataset, known: Sequence[KnownState]) -> Iterator[str]:
    """What of two editions could not be compared."""
    found = changes(known_states(earlier), known)
    lacking = [change.place for change in found if change.letters is None]
    title = f"the {earlier.framework.edition.id} edition"
    if lacking:
        yield f"Not compared with {title}, because one of the two grades is not known: {english.names(lacking)}."
    scored = [change.place for change in found if change.scores is not None]
    if not _enough(scored, known):
        who = f"for {english.names(scored)} only" if scored else "for no state"
        yield f"Gains and losses of points are not ranked: both scores are known {who}."
    if not earlier.framework.issues or not later.framework.issues:
        bare = earlier if not earlier.framework.issues else later
        yield (
            f"What the cards of the {bare.framework.edition.id} edition asked is not in the data: "
            "grades are compared by their scale alone."
        )
