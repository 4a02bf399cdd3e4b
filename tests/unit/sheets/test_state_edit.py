"""A state's file brought to say something else: it does, and whatever was not edited stays as it was written."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardprint.load import parse_yaml
from cardprint.model.dataset import Framework
from cardprint.model.diagnostics import DiagnosticError, Span
from cardprint.model.source import Source
from cardprint.sheets.fields import FieldName, Fields, Given, Part, goal_names, in_order, read_fields
from cardprint.sheets.state_edit import edit_state
from cardprint.sheets.yaml_text import new_file
from cardprint.validate import validate_framework

FRAMEWORK = """\
edition: {id: "1", title: One, language: en, file_name: "{state.slug}"}
publisher: {name: Nobody}
grammar: english
points: {step: 0.5, goal_maximum: 2.5}
grades: {scale: [{letter: A, from: 50}, {letter: F, from: 0}], issue: points, card: points}
issues:
  - id: "1"
    title: One
    maximum: 7.5
    goals: [{id: "1.1", phrase: a}, {id: "1.2", phrase: b}, {id: "1.10", phrase: c}]
  - {id: "2", title: Two, maximum: 5, unnamed: 1, goals: [{id: "2.1", phrase: d}]}
extra_credit:
  - {id: x, badge: X, badge_expansion: Ex, title: Ex, beneficiary: all, each: 1}
  - {id: y, badge: Y, badge_expansion: Why, title: Why, beneficiary: all, each: 1}
sentences:
  accomplished: {one: "{list}", many: "{list}"}
  gaps: {one: "{list}", many: "{list}"}
  extended: {one: "{list}", many: "{list}"}
"""

BLOCK = """\
# first
state: X   # second
source: a book

issues:
  # third
  - id: "1"  # fourth
    score: 5.5 # fifth
    accomplished:
      - "1.1"  # sixth
      - '1.10'
    gaps:
    - "1.2"
    highlights: >
      Several words
      in lines.

  # seventh
  - id: "2"
    score: 5
    points:
      "2.1": 2.5
# eighth
extra_credit:
- id: x
  protections:
    - "2.1"
- {id: y, protections: []}  # ninth
overall:
  grade: A
  basis: named  # tenth
  source: https://example.org/a,b
revised: 2020-01-01
"""

FLOW = """\
{state: X, # first
 issues: [{id: "1", score: 5.5, accomplished: ["1.1", "1.10"], gaps: ["1.2"]},   # second
  {id: "2", score: 5, points: {"2.1": 2.5}}],
 extra_credit: [{id: x, protections: [ "2.1" ]}, {id: y, protections: []}]}
"""

MIXED = """\
state: X
issues:
  - {id: "1", score: 5.5, accomplished: ["1.1", # first
      "1.10"], gaps: ["1.2"]}
  - {id: "2", points: {"2.1": 2.5}, accomplished: ["2.1"], gaps: [], score: 5}
"""

SHORT = "state: X\n"


@pytest.fixture(scope="module")
def framework() -> Framework:
    """Two issues, one with a goal that has no name, and two rows of extra credit."""
    return validate_framework(parse_yaml(Source("framework.yaml", FRAMEWORK.encode())))


def fields_of(text: str, framework: Framework) -> dict[FieldName, Any]:
    """The values that a file gives."""
    found = read_fields(parse_yaml(Source("x.yaml", text.encode())), framework)
    return {name: one.value for name, one in found.items()}


def wanted(values: dict[FieldName, Any]) -> Fields:
    return {name: Given(value, Span()) for name, value in values.items()}


def comments(text: str) -> list[str]:
    """What stands behind number signs, none of which is in a value here."""
    return [line.partition("#")[2].strip() for line in text.splitlines() if "#" in line]


TEXTS = st.one_of(
    st.sampled_from(
        [
            "no",
            "A: b",
            "- dash",
            "# none",
            'say "so"',
            "{x}",
            "*y",
            "&z",
            "!t",
            "1.10",
            "~",
            "a #b",
            "it’s",
            "50 %",
            "'",
        ]
    ),
    st.text(st.sampled_from("ab ,:#-'\"{}[]é\\&*"), min_size=1, max_size=300).map(lambda text: " ".join(text.split())),
).filter(bool)


@st.composite
def results(draw: st.DrawFn, framework: Framework) -> dict[FieldName, Any]:
    """Fields that a spreadsheet could give, valid in form."""
    values: dict[FieldName, Any] = {}
    number = st.sampled_from(["0", "0.5", "2", "2.5"])
    if draw(st.booleans()):
        for issue in framework.issues:
            in_points = draw(st.booleans())
            for name in goal_names(issue):
                values[name] = draw(number if in_points else st.sampled_from(["accomplished", "gap"]))
            if not in_points or draw(st.booleans()):
                values[FieldName(Part.ISSUE, "score", issue.id)] = draw(number)
            for key in draw(st.sets(st.sampled_from(["grade", "highlights"]))):
                values[FieldName(Part.ISSUE, key, issue.id)] = draw(TEXTS)
    for row in framework.extra_credit:
        if draw(st.booleans()):
            goals = draw(st.sets(st.sampled_from(["1.1", "1.2", "1.10", "2.1"])))
            values[FieldName(Part.EXTRA_CREDIT, "protections", row.id)] = in_order(tuple(goals), framework)
            if draw(st.booleans()):
                values[FieldName(Part.EXTRA_CREDIT, "highlights", row.id)] = draw(TEXTS)
    for key in draw(st.sets(st.sampled_from(["grade", "basis", "source"]))):
        values[FieldName(Part.OVERALL, key)] = draw(TEXTS)
    for key in draw(st.sets(st.sampled_from(["source", "revision", "correction"]))):
        values[FieldName(Part.STATE, key)] = draw(TEXTS)
    return values


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("start", [BLOCK, MIXED, SHORT])
@given(data=st.data())
@settings(max_examples=25, deadline=None)
def test_any_file_can_be_brought_to_say_anything(
    framework: Framework, start: str, ending: str, data: st.DataObject
) -> None:
    """From every style of writing to any results, and the lines that are not of results stay."""
    values = data.draw(results(framework))
    text = edit_state("x.yaml", start.replace("\n", ending), wanted(values), framework)
    assert values == fields_of(text, framework)
    assert text.count("\n") == text.count(ending)
    assert text.startswith(start.partition("\n")[0])


def test_a_file_without_a_last_line_end_stays_without(framework: Framework) -> None:
    """Nothing runs into its last line."""
    text = edit_state("x.yaml", "state: X", wanted({FieldName(Part.STATE, "source"): "here"}), framework)
    assert "state: X\nsource: here" == text


@given(data=st.data())
@settings(max_examples=50, deadline=None)
def test_a_new_file_says_what_it_is_to_say(framework: Framework, data: st.DataObject) -> None:
    """In lines of no more than 120 characters, as far as words allow."""
    values = data.draw(results(framework))
    text = new_file("X", wanted(values), framework)
    assert values == fields_of(text, framework)
    assert all(len(line) <= 120 or " " not in line.strip(" -") for line in text.splitlines())


@pytest.mark.parametrize("start", [BLOCK, FLOW, MIXED])
def test_comments_stay(framework: Framework, start: str) -> None:
    """All of them, when every result changes its value."""
    values = fields_of(start, framework)
    for name, value in values.items():
        if name.goal:
            values[name] = {"accomplished": "gap", "gap": "accomplished", "2.5": "1"}[value]
        elif name.key == "score":
            values[name] = "4"
        elif name.key == "protections":
            values[name] = ("1.1", "1.2")
        elif name.key == "highlights":
            values[name] = "Other words."
    text = edit_state("x.yaml", start, wanted(values), framework)
    assert values == fields_of(text, framework)
    assert [one for one in comments(start) if one != "sixth"] == [one for one in comments(text) if one != "sixth"]


def test_nothing_to_change_changes_nothing(framework: Framework) -> None:
    """Not even a space."""
    for start in (BLOCK, FLOW, MIXED, SHORT):
        assert start == edit_state("x.yaml", start, wanted(fields_of(start, framework)), framework)


def test_there_and_back_again_is_the_same_text(framework: Framework) -> None:
    """What was put in can be taken out without a trace."""
    before = fields_of(MIXED, framework)
    after = {**before, FieldName(Part.ISSUE, "highlights", "1"): "A text " * 20, FieldName(Part.OVERALL, "grade"): "A"}
    after = {name: value.strip() if isinstance(value, str) else value for name, value in after.items()}
    there = edit_state("x.yaml", MIXED, wanted(after), framework)
    assert after == fields_of(there, framework)
    assert MIXED == edit_state("x.yaml", there, wanted(before), framework)


def test_redundant_lists_are_kept_in_step_with_points(framework: Framework) -> None:
    """A file may say both; then both have to say the same."""
    values = fields_of(MIXED, framework)
    (goal,) = goal_names(framework.issues[1])
    values[goal] = "1"
    text = edit_state("x.yaml", MIXED, wanted(values), framework)
    assert '{id: "2", points: {"2.1": 1}, accomplished: [], gaps: ["2.1"], score: 5}' in text


@pytest.mark.parametrize(
    "start",
    [
        'state: X\nissues:\n  - {id: "1", score: &s 5.5, accomplished: ["1.1", "1.10"], gaps: ["1.2"], grade: *s}\n',
        "{state: X, source: here}\n",
    ],
)
def test_what_cannot_be_edited_alone_is_refused(framework: Framework, start: str) -> None:
    """Anchors, and a file in one pair of braces that would need lines of its own."""
    values = {name: "accomplished" for issue in framework.issues for name in goal_names(issue)}
    values |= {FieldName(Part.ISSUE, "score", "1"): "7.5", FieldName(Part.ISSUE, "score", "2"): "5"}
    with pytest.raises(DiagnosticError, match="uneditable-file"):
        edit_state("x.yaml", start, wanted(values), framework)
