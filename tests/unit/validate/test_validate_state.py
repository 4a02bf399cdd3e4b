"""A state's results, audited: what is given and what is derived agree, or the report shows why not."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import TypeVar

import pytest

from cardprint.load import parse_yaml
from cardprint.model.dataset import Framework, Jurisdiction, StateRecord
from cardprint.model.diagnostics import Diagnostic
from cardprint.model.node import Node
from cardprint.model.source import Source
from cardprint.validate import validate_state
from cardprint.validate.audit import spell_sum

T = TypeVar("T")
Reported = Callable[[Callable[[], object]], list[Diagnostic]]
StateOf = Callable[[str], tuple[StateRecord, tuple[Diagnostic, ...]]]


ISSUES = """\
issues:
  - {id: "2", score: 3, accomplished: [], gaps: ["2.1"]}
  - {id: "1", score: 5.5, accomplished: ["1.10", "1.1"], gaps: ["1.2"]}
"""
EXTRA = """\
extra_credit:
  - {id: pets, protections: ["2.1", "1.10"]}
"""
PUBLISHED = "overall: {grade: F, basis: derived by elimination, source: https://example.org/list}\n"


def given(value: T | None) -> T:
    """What the state gives."""
    assert value is not None
    return value


def test_everything_that_follows_is_derived(state_of: StateOf) -> None:
    """Letters, extra points, total and overall letter; issues and goals in the framework's order."""
    state, warnings = state_of(ISSUES + EXTRA)
    assert () == warnings
    assert [("1", "B"), ("2", "B")] == [(result.issue.id, result.letter) for result in given(state.issues)]
    assert ["1.1", "1.10"] == [goal.id for goal in given(state.issues)[0].accomplished]
    assert ["1.2"] == [goal.id for goal in given(state.issues)[0].gaps]
    assert ["1.10", "2.1"] == [goal.id for goal in given(state.extra_credit)[0].protections]
    assert Decimal(1) == given(state.extra_credit)[0].points
    assert (Decimal("9.5"), "F") == (state.total, state.letter)
    assert "9.5" == str(state.total)


def test_points_of_goals_stand_for_score_and_lists(state_of: StateOf) -> None:
    """Full points are a goal accomplished, fewer a gap; a score beside them must be their sum."""
    points = '{id: "1", points: {"1.1": 2.5, "1.2": 2, "1.10": 0}}'
    text = f'issues:\n  - {points}\n  - {{id: "2", score: 3, accomplished: [], gaps: ["2.1"]}}\n'
    state, _ = state_of(text)
    assert Decimal("4.5") == given(state.issues)[0].score
    assert ["1.1"] == [goal.id for goal in given(state.issues)[0].accomplished]
    assert ["1.2", "1.10"] == [goal.id for goal in given(state.issues)[0].gaps]
    assert state_of(text.replace('"1.10": 0}', '"1.10": 0}, score: 4.5'))


def test_a_score_with_more_decimals_than_needed_is_the_same_score(state_of: StateOf) -> None:
    """5.50 is 5.5."""
    state, _ = state_of(ISSUES.replace("5.5", "5.50"))
    assert "5.5" == str(given(state.issues)[0].score)


@pytest.mark.parametrize(("score", "possible"), [("4.5", False), ("5", True), ("7", True), ("7.5", False)])
def test_a_score_is_possible_for_its_lists(state_of: StateOf, reported: Reported, score: str, possible: bool) -> None:
    """Two goals accomplished of three give 5 points; the gap gives up to 2 more."""
    found = reported(lambda: state_of(ISSUES.replace("5.5", score)))
    assert ([] if possible else ["impossible-score"]) == [d.code for d in found]


@pytest.mark.parametrize(("score", "possible"), [("0", True), ("4.5", True), ("5", False)])
def test_a_goal_without_a_name_may_give_anything(
    state_of: StateOf, reported: Reported, score: str, possible: bool
) -> None:
    """It widens what is possible to its full points above."""
    found = reported(lambda: state_of(ISSUES.replace("score: 3", f"score: {score}")))
    assert ([] if possible else ["impossible-score"]) == [d.code for d in found]


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        (
            "score: 5.5",
            "score: 7.5",
            "2 of 3 goals accomplished give at most 2 × 2.5 + 1 × 2 = 7 points, the file says 7.5.",
        ),
        ("score: 5.5", "score: 3", "2 of 3 goals accomplished give at least 2 × 2.5 = 5 points, the file says 3."),
        ("score: 5.5", "score: 8", "8 points are more than issue 1 can give, 7.5."),
        ("score: 5.5", "score: 5.3", "5.3 is no multiple of 0.5, the step of points."),
        ("score: 5.5,", "score: 5.5, grade: A,", "5.5 of 7.5 points (73.3 %) earn B, the file says A."),
        ("score: 5.5,", "score: 5.5, grade: E,", 'The scale has no grade "E".'),
        ('gaps: ["1.2"]', "gaps: []", "Goal 1.2 is missing; every named goal has a status."),
        ('gaps: ["1.2"]', 'gaps: ["1.2", "2.1"]', "Goal 2.1 belongs to issue 2."),
        ('gaps: ["1.2"]', 'gaps: ["1.2", "1.1"]', "Goal 1.1 is a gap here and accomplished in line 4."),
        ("score: 5.5, ", "", 'The key "score" is missing in an issue\'s results, expected a score such as 16 or 8.5.'),
        (
            'accomplished: ["1.10", "1.1"], gaps: ["1.2"]',
            'points: {"1.1": 2.5, "1.2": 2, "1.10": 0}',
            "2.5 + 2 + 0 = 4.5, the file says 5.5.",
        ),
        (
            'gaps: ["1.2"]',
            'gaps: ["1.2"], points: {"1.1": 2.5, "1.2": 2.5, "1.10": 0.5}',
            "Goal 1.2 is listed as a gap and has 2.5 of 2.5 points.",
        ),
        (
            'accomplished: ["1.10", "1.1"], gaps: ["1.2"]',
            'points: {"1.1": 2.5, "1.2": 3}',
            "Goal 1.2 has 3 points; a goal gives at most 2.5.",
        ),
        (
            '  - {id: "2", score: 3, accomplished: [], gaps: ["2.1"]}\n',
            "",
            "The results of issue 2 are missing; they come for all issues or for none.",
        ),
        (
            'protections: ["2.1", "1.10"]',
            'protections: ["2.1"], points: 1',
            "1 protection × 0.5 = 0.5, the file says 1.",
        ),
        ("extra_credit:", "overall: {score: 9}\nextra_credit:", "5.5 + 3 + 1 = 9.5, the file says 9."),
        ("extra_credit:", "overall: {grade: A}\nextra_credit:", "9.5 points earn F, the file says A."),
    ],
)
def test_a_figure_that_does_not_agree_is_shown_with_its_sum(
    state_of: StateOf, reported: Reported, good: str, bad: str, message: str
) -> None:
    """The report says what follows from the rest, and what the file says."""
    text = ISSUES + EXTRA
    assert 1 == text.count(good)
    assert message in [d.message for d in reported(lambda: state_of(text.replace(good, bad)))]


def test_a_long_sum_shows_its_ends() -> None:
    """A dozen terms are written out, of more the first and last two."""
    assert "1 + 1 = 2" == spell_sum([Decimal(1)] * 2)
    assert "1 + 1 + … + 1 + 1 = 20" == spell_sum([Decimal(1)] * 20)


@pytest.mark.parametrize(
    ("overall", "codes"),
    [
        ("{grade: F, score: 9.5}", []),
        ("{grade: A, score: 40}", ["wrong-grade", "wrong-total"]),
        ("{grade: B, score: 60}", ["wrong-total"]),
        ("{grade: E, score: 40}", ["unknown-grade", "wrong-total"]),
        ("{grade: A, score: 9,5}", ["wrong-grade", "wrong-total", "unknown-key"]),
        ("{grade: A, score: x}", ["wrong-grade", "bad-number"]),
    ],
)
def test_grade_and_score_are_compared_each(
    state_of: StateOf, reported: Reported, overall: str, codes: list[str]
) -> None:
    """With the sum. A grade that the published score earns is as wrong as that is, and is not told twice."""
    text = f"{ISSUES}{EXTRA}overall: {overall}\n"
    assert sorted(codes) == sorted(d.code for d in reported(lambda: state_of(text)))


@pytest.mark.parametrize(
    ("good", "bad", "codes"),
    [
        ("score: 3,", "score: 3, grade: F,", {"wrong-grade", "wrong-total"}),
        ("score: 3,", "score: 3, grade: E,", {"unknown-grade", "wrong-total"}),
        ("score: 3,", 'score: 3, highlights: "a\\u200Bb",', {"hidden-character", "wrong-total"}),
        ("state: New Utopia", "state: Nowhere", {"unknown-state", "wrong-total"}),
        ("score: 3,", "score: 3.3,", {"off-step"}),
        ("score: 3,", "scoer: 3,", {"unknown-key"}),
        ("accomplished: [],", "acomplished: [],", {"unknown-key", "wrong-total"}),
        ("score: 3,", "score: 5,", {"impossible-score"}),
        ("protections: [", "points: 7, protections: [", {"wrong-points"}),
    ],
)
def test_a_wrong_total_is_told_beside_what_does_not_touch_it(
    node_of: Callable[[str], Node],
    framework: Framework,
    jurisdictions: dict[str, Jurisdiction],
    reported: Reported,
    good: str,
    bad: str,
    codes: set[str],
) -> None:
    """Where a score is in doubt itself the sum is not told."""
    text = f"state: New Utopia\n{ISSUES}{EXTRA}overall: {{score: 12}}\n"
    assert good in text
    node = node_of(text.replace(good, bad))
    assert codes == {d.code for d in reported(lambda: validate_state(node, framework, jurisdictions))}


def test_an_overall_result_that_agrees_passes(state_of: StateOf) -> None:
    """Beside a total it adds nothing; with its source it is kept as published."""
    state, _ = state_of(ISSUES + EXTRA + "overall: {grade: F, score: 9.5}\n")
    assert state.published is None
    state, _ = state_of(ISSUES + EXTRA + PUBLISHED)
    assert "https://example.org/list" == given(state.published).source


def test_a_state_of_which_only_the_letter_is_known_is_incomplete_and_right(state_of: StateOf) -> None:
    """Nothing is derived; the letter is published, with how and where from."""
    state, _ = state_of(PUBLISHED)
    assert (None, None, None, None) == (state.issues, state.extra_credit, state.total, state.letter)
    assert ("F", None, "derived by elimination") == (
        given(state.published).letter,
        given(state.published).score,
        given(state.published).basis,
    )


@pytest.mark.parametrize(
    ("overall", "codes"),
    [
        ("{grade: F}", ["missing-key", "missing-key"]),
        ("{score: 9, basis: named, source: https://example.org}", ["missing-key"]),
        ("{grade: G, basis: named, source: https://example.org}", ["unknown-grade"]),
        ("{grade: A, score: 9, basis: named, source: https://example.org}", ["wrong-grade"]),
        ("{grade: F, score: 9.1, basis: named, source: https://example.org}", ["off-step"]),
        ("{grade: F, score: 99, basis: named, source: https://example.org}", ["too-high"]),
        ("{grade: F, basis: named, source: 'http://example.org'}", ["bad-address"]),
        ("{grade: F, score: 9, basis: named, source: https://example.org}", []),
    ],
)
def test_a_published_grade_says_how_it_is_known(
    state_of: StateOf, reported: Reported, overall: str, codes: list[str]
) -> None:
    """Without results to bear it out it needs basis and source, a grade of the scale, and a score that earns it."""
    assert codes == [d.code for d in reported(lambda: state_of(f"overall: {overall}\n"))]


def test_a_total_needs_the_extra_credit(state_of: StateOf, reported: Reported) -> None:
    """Results without extra credit are incomplete; with an overall result beside them the rows are asked for."""
    state, _ = state_of(ISSUES)
    assert (2, None, None) == (len(given(state.issues)), state.extra_credit, state.total)
    (found,) = reported(lambda: state_of(ISSUES + "overall: {grade: F, score: 9.5}\n"))
    assert ("missing-key", "Add extra_credit.") == (found.code, found.hint)


def test_a_row_without_protections_gives_no_points(state_of: StateOf) -> None:
    """An empty list is a result."""
    state, _ = state_of(ISSUES + "extra_credit: [{id: pets, protections: []}]\n")
    assert (Decimal(0), Decimal("8.5")) == (given(state.extra_credit)[0].points, state.total)


@pytest.mark.parametrize(
    ("entry", "place", "message", "hint"),
    [
        ("score: 8,5", 10, "The comma ends the value of score", "Write 8.5 with a point."),
        (
            "highlights: Good, and bad",
            19,
            "The comma ends the value of highlights",
            "quotes if the comma belongs to it.",
        ),
        ('gaps: "2.1", "2.2"', 14, "The comma ends the value of gaps", "Put a list in brackets"),
        ("score: 3, and, more", 16, '"more" stands alone between commas', "Write it as key: value"),
        ("score 3", 1, 'The key "score 3" is not known', "Write score: 3, with a colon"),
        ("score:3", 1, 'The key "score:3" is not known', "Write score: 3, with a colon"),
        ("score:\u00a03", 1, "is not known", "Write score: 3, with a colon and an ordinary space."),
        ("\u00a0score: 3", 1, "is not known", "Type ordinary spaces instead of U+00A0."),
        ("scroe: 3", 1, 'The key "scroe" is not known', 'Did you mean "score"?'),
        ("colour: red", 1, 'The key "colour" is not known', "Choose from id, score"),
    ],
)
def test_keys_that_are_none_are_told_by_what_made_them(
    state_of: StateOf, reported: Reported, entry: str, place: int, message: str, hint: str
) -> None:
    """A comma, a missing colon or a strange space: nobody knows why else they should be keys."""
    text = 'issues: [{id: "2", ' + entry + "}]\n"
    found = [d for d in reported(lambda: state_of(text)) if d.code == "unknown-key"][-1]
    assert len('issues: [{id: "2", ') + place == found.span.column
    assert message in found.message
    assert hint in found.hint


def test_a_misspelt_list_is_not_taken_for_an_empty_one(state_of: StateOf, reported: Reported) -> None:
    """What the score would be without it says nothing."""
    entry = '{id: "2", score: 5, acomplished: ["2.1"], gaps: []}'
    text = f'issues:\n  - {entry}\n  - {{id: "1", score: 5.5, accomplished: ["1.10", "1.1"], gaps: ["1.2"]}}\n'
    assert ["unknown-key"] == [d.code for d in reported(lambda: state_of(text))]


def test_strings_of_a_state_are_literal(state_of: StateOf) -> None:
    """Markup, braces and addresses in them are text."""
    text = '<font color="__import__(1)"> {state.name} javascript:alert(1) %s'
    state, warnings = state_of(ISSUES.replace("score: 5.5", f"highlights: '{text}', score: 5.5"))
    assert text == given(state.issues)[0].highlights
    assert () == warnings


def test_revision_and_its_day_are_kept(state_of: StateOf) -> None:
    """A day before the release is let through with a warning."""
    state, warnings = state_of("revised: 2030-05-06\nrevision: A figure.\n")
    assert (dt.date(2030, 5, 6), "A figure.", ()) == (state.revised, state.revision, warnings)
    _, warnings = state_of("revised: 2029-05-06\n")
    assert ["early-revision"] == [warning.code for warning in warnings]


def test_the_file_is_named_for_the_state(
    framework: Framework, jurisdictions: dict[str, Jurisdiction], reported: Reported
) -> None:
    """Its stem is the state's slug."""

    def report(name: str) -> list[str]:
        node = parse_yaml(Source(name, b"state: New Utopia\n"))
        return [d.code for d in reported(lambda: validate_state(node, framework, jurisdictions))]

    assert [] == report("data/2030/states/new-utopia.yaml")
    assert ["wrong-file-name"] == report("data/2030/states/utopia.yaml")


def test_warnings_come_with_the_errors(state_of: StateOf, reported: Reported) -> None:
    """Where a file is refused, what it was only warned of is reported too."""
    found = reported(lambda: state_of("revised: 2029-05-06\nsources: x\n"))
    assert ["early-revision", "unknown-key"] == sorted(d.code for d in found)
