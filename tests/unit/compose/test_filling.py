"""Templates filled: values as they are printed, filters, spans, conditions and repeats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from cardprint.compose.filling import Environment, Filler
from cardprint.compose.grammars import GRAMMARS
from cardprint.model.diagnostics import Span
from cardprint.model.layout_spec import Condition, Repeat
from cardprint.model.scope import (
    DateValue,
    FlagValue,
    ListValue,
    MissingValue,
    NumberValue,
    RecordValue,
    RichRun,
    RichValue,
    TextValue,
)
from cardprint.model.template import Template

MakeTemplate = Callable[[str], Template]

DATA = Span("data.yaml", 7, 3)
ENVIRONMENT: Environment = {
    "state": RecordValue({"name": TextValue("Texas", DATA), "address": TextValue("{state.name}", DATA)}),
    "score": NumberValue(Decimal("8.50"), DATA),
    "nought": NumberValue(Decimal(0)),
    "released": DateValue(dt.date(2021, 11, 17)),
    "sample": FlagValue(True),
    "final": FlagValue(False),
    "empty": TextValue(""),
    "none": ListValue(()),
    "foot": RichValue((RichRun("a "), RichRun("b"))),
    "issues": ListValue((TextValue("one"), TextValue("two"))),
    "revised": MissingValue("the date of revision", optional=True),
    "grade": MissingValue("the grade", optional=False),
    "overall": MissingValue("the overall result", optional=False),
}


@pytest.fixture
def filler() -> Filler:
    return Filler(GRAMMARS["english"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("{state.name}: {score}", "Texas: 8.5"),
        ("{released}", "2021-11-17"),
        ("{released|date}", "November 17, 2021"),
        ("{released|date|upper}", "NOVEMBER 17, 2021"),
        ("{state.name|possessive} laws", "Texas’ laws"),
        ("{state.name|lower}", "texas"),
        ("{issues|count}", "2"),
        ("{sample}", "true"),
        ("{foot}", "a b"),
    ],
)
def test_fill(filler: Filler, template: MakeTemplate, text: str, expected: str) -> None:
    """Numbers come without idle zeros, dates in ISO form unless `date` is asked for; filters apply in order."""
    assert filler.fill(template(text), ENVIRONMENT).text == expected
    assert filler.missing == []


def test_values_are_literal(filler: Filler, template: MakeTemplate) -> None:
    """What fills a placeholder is never looked through for placeholders itself."""
    assert filler.fill(template("{state.address}"), ENVIRONMENT).text == "{state.name}"


@pytest.mark.parametrize(
    ("text", "file"),
    [
        pytest.param("{state.name}", "data.yaml", id="the value is all"),
        pytest.param("to {state.name}", "data.yaml", id="the value is the longest part"),
        pytest.param("Welcome to {state.name}", "layout.yaml", id="the layout's words are longer"),
        pytest.param("{released|date}", "layout.yaml", id="the value is from no file"),
        pytest.param("words", "layout.yaml", id="no value"),
    ],
)
def test_span_is_where_most_words_come_from(filler: Filler, template: MakeTemplate, text: str, file: str) -> None:
    """A filled template points to the data's line if the data gave its longest part, else to its own."""
    assert filler.fill(template(text), ENVIRONMENT).span.file == file


def test_missing_values_are_gathered(filler: Filler, template: MakeTemplate) -> None:
    """Every missing value that a text reads is kept, optional or not; a missing record stands for its fields."""
    assert filler.fill(template("{grade}-{revised}-{overall.score}-x"), ENVIRONMENT).text == "---x"
    assert [asked.value.what for asked in filler.missing] == ["the grade", "the date of revision", "the overall result"]


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("sample", True),
        ("final", False),
        ("score", True),
        ("nought", True),
        ("empty", False),
        ("none", False),
        ("issues", True),
        ("foot", True),
        ("state.name", True),
        ("revised", False),
    ],
)
def test_conditions(filler: Filler, path: str, expected: bool) -> None:
    """What is given, true and not empty holds; a number is given even if it is 0; `not` turns it round."""
    condition = Condition(tuple(path.split(".")))
    assert filler.holds(condition, ENVIRONMENT) is expected
    assert filler.holds(Condition(condition.path, negated=True), ENVIRONMENT) is not expected
    assert filler.missing == []


def test_condition_on_a_required_value_gathers_it(filler: Filler) -> None:
    """Asking `when` for a required value that is missing is asking for it."""
    assert not filler.holds(Condition(("grade",)), ENVIRONMENT)
    assert [asked.value.what for asked in filler.missing] == ["the grade"]


def test_repeat_brings_its_variable_and_loop(filler: Filler, template: MakeTemplate) -> None:
    """Each item stands under the variable's name, with its number, their count, and whether it is first or last."""
    scopes = filler.repeated(Repeat(("issues",), "issue"), ENVIRONMENT)
    pattern = template("{issue} {loop.number}/{loop.count} {loop.first} {loop.last} {score}")
    assert [filler.fill(pattern, scope).text for scope in scopes] == [
        "one 1/2 true false 8.5",
        "two 2/2 false true 8.5",
    ]


def test_repeat_over_nothing(filler: Filler) -> None:
    """An empty list repeats nothing and is no problem; a missing one repeats nothing and is gathered."""
    assert filler.repeated(Repeat(("none",), "item"), ENVIRONMENT) == []
    assert filler.missing == []
    assert filler.repeated(Repeat(("overall", "list"), "item"), ENVIRONMENT) == []
    assert len(filler.missing) == 1
