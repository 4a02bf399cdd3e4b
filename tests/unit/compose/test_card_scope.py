"""The scope of a card: its shape, its spans, what is missing, and what stays literal."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec.structs import replace

from cardprint.compose import build_scope
from cardprint.model.dataset import Framework, PublishedGrade, RunTemplate, StateRecord
from cardprint.model.diagnostics import DiagnosticError, Span
from cardprint.model.scope import (
    CARD_SCOPE,
    DateValue,
    FlagValue,
    Kind,
    ListShape,
    ListValue,
    MissingValue,
    NumberValue,
    RecordShape,
    RecordValue,
    RichValue,
    Shape,
    TextValue,
    Value,
)
from cardprint.model.template import Placeholder, Template

KINDS: dict[Kind, type] = {
    Kind.TEXT: TextValue,
    Kind.NUMBER: NumberValue,
    Kind.FLAG: FlagValue,
    Kind.DATE: DateValue,
    Kind.RICH: RichValue,
}


def _mismatches(shape: Shape, value: Value, path: str = "card") -> Iterator[str]:
    match shape, value:
        case _, MissingValue():
            return
        case RecordShape(), RecordValue():
            if list(shape.fields) != list(value.fields):
                yield f"{path}: {list(value.fields)}"
            for name, field in shape.fields.items():
                yield from _mismatches(field, value.fields[name], f"{path}.{name}")
        case ListShape(), ListValue():
            for index, item in enumerate(value.items):
                yield from _mismatches(shape.item, item, f"{path}[{index}]")
        case Kind(), _:
            if not isinstance(value, KINDS[shape]):
                yield f"{path}: {value}"
        case _:
            yield f"{path}: {value}"


def _at(scope: RecordValue, *path: str | int) -> Value:
    value: Value = scope
    for step in path:
        if isinstance(value, ListValue) and isinstance(step, int):
            value = value.items[step]
        elif isinstance(value, RecordValue) and isinstance(step, str):
            value = value.fields[step]
        else:
            raise AssertionError(f"{step} of {value}")
    return value


def _missing(value: Value) -> Iterator[MissingValue]:
    match value:
        case MissingValue():
            yield value
        case ListValue():
            for item in value.items:
                yield from _missing(item)
        case RecordValue():
            for field in value.fields.values():
                yield from _missing(field)


def _bare(state: StateRecord) -> StateRecord:
    return replace(state, issues=None, extra_credit=None, total=None, letter=None)


def test_complete_state_has_the_shape_of_a_card(scope: RecordValue) -> None:
    """Walked together, shape and value agree: the same fields in the same order, each of its kind."""
    assert list(_mismatches(CARD_SCOPE, scope)) == []


def test_bare_state_has_the_shape_of_a_card(framework: Framework, state: StateRecord) -> None:
    """A state without results has every field too, its issues in the framework's order."""
    scope = build_scope(framework, _bare(state))
    assert list(_mismatches(CARD_SCOPE, scope)) == []
    assert [_at(scope, "issues", index, "id").text for index in range(2)] == ["1", "2"]  # type: ignore[union-attr]


def test_missing_fields_are_named_for_people(framework: Framework, state: StateRecord) -> None:
    """What a bare state lacks says which field of which state it is, and points to the state's file."""
    missing = list(_missing(build_scope(framework, _bare(state))))
    required = [value.what for value in missing if not value.optional]
    assert required == [
        "the grade of issue 1 of New Mexico",
        "the score of issue 1 of New Mexico",
        "the highlights of issue 1 of New Mexico",
        "the grade of issue 2 of New Mexico",
        "the score of issue 2 of New Mexico",
        "the highlights of issue 2 of New Mexico",
        "the points of the extra credit for Youth of New Mexico",
        "the highlights of the extra credit for Youth of New Mexico",
        "the overall grade of New Mexico",
        "the overall score of New Mexico",
    ]
    assert {"new-mexico.yaml"} == {value.span.file for value in missing if not value.optional}


def test_web_address_is_the_states_own(framework: Framework, state: StateRecord) -> None:
    """The edition's pattern, filled for the state."""
    pattern = Template(("example.org/", Placeholder(("state", "slug"))))
    known = replace(framework, edition=replace(framework.edition, address=pattern))
    assert _at(build_scope(known, state), "edition", "address") == TextValue("example.org/new-mexico")


def test_what_a_complete_state_may_lack_is_optional(scope: RecordValue) -> None:
    """Dates of law and revision, notes on revision and correction, an issue's icon, a web address, and what the
    publisher says of itself beside its name may all be absent."""
    missing = list(_missing(scope))
    assert all(value.optional for value in missing)
    assert [value.what for value in missing] == [
        'the "laws as of" date of edition 2021',
        "the web address of edition 2021",
        "the wordmark of Shared Hope",
        "the copyright line of Shared Hope",
        "what Shared Hope says about reprints",
        "the date of revision of New Mexico",
        "the note on the revision of New Mexico",
        "the note on the correction of New Mexico",
        "the icon of issue 2",
    ]


def test_values_carry_the_line_that_gave_them(scope: RecordValue) -> None:
    """A score points into the state's file, a title into the framework, a name into the jurisdictions."""
    assert str(_at(scope, "issues", 1, "score").span) == "new-mexico.yaml:4:5"
    assert str(_at(scope, "issues", 1, "title").span) == "framework.yaml:20:3"
    assert str(_at(scope, "state", "name").span) == "jurisdictions.yaml:31:1"
    assert str(_at(scope, "issues", 0, "highlights").span) == "new-mexico.yaml:3:5"


def test_highlights_by_hand_win(framework: Framework, state: StateRecord) -> None:
    """A sentence written in the state's file replaces the derived one and carries its own line."""
    assert state.issues is not None
    line = Span("new-mexico.yaml", 9, 18)
    first = replace(state.issues[0], highlights="Under review.", highlights_span=line)
    scope = build_scope(framework, replace(state, issues=(first, state.issues[1])))
    assert TextValue("Under review.", line) == _at(scope, "issues", 0, "highlights")
    assert _at(scope, "issues", 1, "highlights").text == "No goals accomplished. Gap remains: appropriations."  # type: ignore[union-attr]


def test_strings_of_a_state_are_literal(framework: Framework, state: StateRecord) -> None:
    """A placeholder in a state's words is no placeholder."""
    assert state.issues is not None
    first = replace(state.issues[0], highlights="See {state.name}.")
    scope = build_scope(framework, replace(state, issues=(first, state.issues[1]), revision="{edition.id}"))
    assert _at(scope, "issues", 0, "highlights").text == "See {state.name}."  # type: ignore[union-attr]
    assert _at(scope, "state", "revision").text == "{edition.id}"  # type: ignore[union-attr]


def test_strings_of_the_framework_are_filled(scope: RecordValue) -> None:
    """Headings, paragraphs, addresses and foot lines are templates over edition, publisher and state."""
    assert _at(scope, "resources", 0, "heading").text == "New Mexico Resources"  # type: ignore[union-attr]
    paragraph = _at(scope, "resources", 0, "paragraphs", 0)
    assert isinstance(paragraph, RichValue)
    assert [(run.text, run.emphasis, run.link) for run in paragraph.runs] == [
        ("TOOLKIT:", "label", None),
        (" see New Mexico’s grade at ", None, None),
        ("example.org/newmexico", None, "https://example.org/newmexico"),
    ]
    foot = _at(scope, "foot", 0)
    assert isinstance(foot, RichValue)
    assert [run.text for run in foot.runs] == ["Released November 17, 2021"]


def test_paragraph_that_names_a_missing_field_is_missing(framework: Framework, state: StateRecord) -> None:
    """A foot line about the laws' date is itself missing, and optional, where the edition has no such date."""
    laws = Template(("Laws as of ", Placeholder(("edition", "laws_as_of"), ("date",))))
    line = (RunTemplate(laws),)
    scope = build_scope(replace(framework, foot=(line,)), state)
    value = _at(scope, "foot", 0)
    assert isinstance(value, MissingValue)
    assert (value.optional, value.what) == (True, 'the "laws as of" date of edition 2021')
    dated = replace(framework, foot=(line,), edition=replace(framework.edition, laws_as_of=dt.date(2021, 7, 1)))
    filled = _at(build_scope(dated, state), "foot", 0)
    assert isinstance(filled, RichValue)
    assert filled.runs[0].text == "Laws as of July 1, 2021"


def test_overall_is_derived_first(scope: RecordValue) -> None:
    """The derived total and letter stand in `overall`, the maximum is that of the issues without extra credit."""
    overall = [_at(scope, "overall", name) for name in ("grade", "score", "maximum")]
    assert [TextValue("F", Span("new-mexico.yaml", 1, 1)), Decimal(10), Decimal("12.5")] == [
        overall[0],
        *(value.number for value in overall[1:] if isinstance(value, NumberValue)),
    ]


def test_published_letter_stands_in_and_its_score_is_optional(framework: Framework, state: StateRecord) -> None:
    """Of a state with a published letter alone the grade is given, and a layout may ask whether there is a score."""
    line = Span("new-mexico.yaml", 2, 10)
    published = PublishedGrade("F", None, "named", "https://example.org", line)
    scope = build_scope(framework, replace(_bare(state), published=published))
    assert TextValue("F", line) == _at(scope, "overall", "grade")
    score = _at(scope, "overall", "score")
    assert isinstance(score, MissingValue)
    assert score.optional


def test_hidden_gap_asks_for_words(framework: Framework, state: StateRecord) -> None:
    """Where only an unnamed goal can hold the gap, the highlights are missing rather than misleading."""
    assert state.issues is not None
    second = replace(state.issues[1], accomplished=state.issues[1].gaps, gaps=(), score=Decimal(3))
    value = _at(build_scope(framework, replace(state, issues=(state.issues[0], second))), "issues", 1, "highlights")
    assert isinstance(value, MissingValue)
    assert value.what.startswith("the highlights of issue 2 of New Mexico (its gap is in a goal without a name")


def test_unknown_grammar_is_reported(framework: Framework, state: StateRecord) -> None:
    """A framework whose grammar does not exist makes no scope."""
    with pytest.raises(DiagnosticError, match="unknown-grammar"):
        build_scope(replace(framework, grammar="klingon"), state)


def test_a_name_takes_its_article_inside_a_sentence(framework: Framework, state: StateRecord) -> None:
    """Where the list of jurisdictions gives one; alone it stands without."""
    district = replace(state, jurisdiction=replace(state.jurisdiction, name="District of Columbia", article="the"))
    scope = build_scope(framework, district)
    assert TextValue("District of Columbia", state.jurisdiction.span) == _at(scope, "state", "name")
    assert TextValue("the District of Columbia", state.jurisdiction.span) == _at(scope, "state", "in_text")
    assert _at(build_scope(framework, state), "state", "in_text") == _at(build_scope(framework, state), "state", "name")


def test_without_issues_an_edition_is_incomplete_for_a_card(framework: Framework, state: StateRecord) -> None:
    """A layout that walks the issues is told that the edition has none, not given an empty table."""
    bare = replace(framework, issues=())
    assert MissingValue("the issues of edition 2021", optional=False, span=framework.span) == _at(
        build_scope(bare, replace(state, issues=None, total=None, letter=None)), "issues"
    )


def test_the_line_on_reprints_is_filled(framework: Framework, state: StateRecord) -> None:
    """It is one of the framework's own strings: rich text with links, placeholders and all."""
    year = Template(("Printed again as of ", Placeholder(("edition", "id"))))
    reprint = (RunTemplate(year), RunTemplate(Template(("here",)), link=Template(("https://example.org",))))
    publisher = replace(framework.publisher, copyright="© 2021 Shared Hope", reprint=reprint)
    scope = build_scope(replace(framework, publisher=publisher), state)
    value = _at(scope, "publisher", "reprint")
    assert isinstance(value, RichValue)
    assert [("Printed again as of 2021", None), ("here", "https://example.org")] == [
        (run.text, run.link) for run in value.runs
    ]
    assert TextValue("© 2021 Shared Hope", publisher.span) == _at(scope, "publisher", "copyright")
