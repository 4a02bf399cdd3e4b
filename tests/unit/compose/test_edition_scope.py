"""The scope of a page about a whole edition: its shape, its order, what is known of each state and who says so."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec.structs import replace

from cardprint.compose import build_edition_scope, edition_file_name
from cardprint.model.dataset import Dataset, Figure, Framework, Jurisdiction, PublishedGrade, RunTemplate, StateRecord
from cardprint.model.layout_spec import LayoutSpec
from cardprint.model.scope import (
    EDITION_SCOPE,
    DateValue,
    FlagValue,
    Kind,
    ListShape,
    ListValue,
    MissingValue,
    NumberValue,
    RecordShape,
    RecordValue,
    RichRun,
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

ALABAMA = Jurisdiction("Alabama", "alabama", "AL", "alabama", "Ala.", (6, 6))
DISTRICT = Jurisdiction("District of Columbia", "district-of-columbia", "DC", "dc", "D.C.", (8, 5), article="the")
GUAM = Jurisdiction("Guam", "guam", "GU", "guam", "Guam")
POST = "Some Post, 2021-11-21"
PAGE = "https://www.example.org/a/long?page=1"


def known(place: Jurisdiction, letter: str, basis: str, source: str, score: str | None = None) -> StateRecord:
    """A state of which only the overall grade was published."""
    published = PublishedGrade(letter, None if score is None else Decimal(score), basis, source)
    return StateRecord(place, None, None, None, None, published)


@pytest.fixture
def dataset(framework: Framework, state: StateRecord) -> Dataset:
    """New Mexico complete (an F), Alabama derived (an F), D.C. named (an A of 92.5), Guam without a file."""
    complete = replace(state, source="Its own card")
    states = {
        "new-mexico": complete,
        "alabama": known(ALABAMA, "F", "derived by elimination", PAGE),
        "district-of-columbia": known(DISTRICT, "A", "named", f"{POST}; {PAGE}", "92.5"),
    }
    places = (complete.jurisdiction, GUAM, DISTRICT, ALABAMA)
    return Dataset(framework, states, {place.slug: place for place in places})


@pytest.fixture
def scope(dataset: Dataset) -> RecordValue:
    return build_edition_scope(dataset)


def mismatches(shape: Shape, value: Value, path: str = "page") -> Iterator[str]:
    match shape, value:
        case _, MissingValue(optional=True):
            return
        case RecordShape(), RecordValue():
            if list(shape.fields) != list(value.fields):
                yield f"{path}: {list(value.fields)}"
            for name, field in shape.fields.items():
                yield from mismatches(field, value.fields[name], f"{path}.{name}")
        case ListShape(), ListValue():
            for index, item in enumerate(value.items):
                yield from mismatches(shape.item, item, f"{path}[{index}]")
        case Kind(), _ if isinstance(value, KINDS[shape]):
            return
        case _:
            yield f"{path}: {value}"


def listed(scope: RecordValue, name: str) -> list[RecordValue]:
    value = scope.fields[name]
    assert isinstance(value, ListValue)
    return [item for item in value.items if isinstance(item, RecordValue)]


def plain(record: RecordValue, name: str) -> object:
    """The value of a field; None where it is missing."""
    match record.fields[name]:
        case TextValue(text=text):
            return text
        case NumberValue(number=number):
            return number
        case FlagValue(flag=flag):
            return flag
        case MissingValue(optional=True):
            return None
        case value:
            raise AssertionError(value)


def test_it_has_the_declared_shape(scope: RecordValue) -> None:
    """What validation checks templates against is what they find."""
    assert [] == list(mismatches(EDITION_SCOPE, scope))


def test_every_jurisdiction_is_there_in_the_order_of_names(scope: RecordValue) -> None:
    """Also one of which nothing is known: the map shows that it is not."""
    names = [plain(state, "name") for state in listed(scope, "states")]
    assert ["Alabama", "District of Columbia", "Guam", "New Mexico"] == names


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Alabama", ("F", None, "derived by elimination", PAGE, True)),
        ("District of Columbia", ("A", Decimal("92.5"), "named", f"{POST}; {PAGE}", False)),
        ("Guam", (None, None, None, None, False)),
        ("New Mexico", ("F", Decimal(10), None, "Its own card", False)),
    ],
)
def test_what_is_known_of_a_state(scope: RecordValue, name: str, expected: tuple[object, ...]) -> None:
    """Grade, score, how it is known, where from, and whether it was derived. Results go before what was published."""
    (state,) = (state for state in listed(scope, "states") if plain(state, "name") == name)
    fields = ("grade", "score", "basis", "source", "derived")
    assert expected == tuple(plain(state, field) for field in fields)


def test_places_on_the_map(scope: RecordValue) -> None:
    """A column and a row, from 0; one that has no tile has neither."""
    places = {
        plain(state, "postal"): (plain(state, "column"), plain(state, "row")) for state in listed(scope, "states")
    }
    assert {"AL": (6, 6), "DC": (8, 5), "GU": (None, None), "NM": (2, 5)} == places


def test_names_inside_a_sentence(scope: RecordValue) -> None:
    """One takes an article there, the others do not."""
    names = [plain(state, "in_text") for state in listed(scope, "states")]
    assert ["Alabama", "the District of Columbia", "Guam", "New Mexico"] == names


def test_lists_by_what_is_known(scope: RecordValue) -> None:
    """Graded, derived among them, and ungraded."""
    names = {
        name: [plain(state, "postal") for state in listed(scope, name)] for name in ("graded", "derived", "ungraded")
    }
    assert {"graded": ["AL", "DC", "NM"], "derived": ["AL"], "ungraded": ["GU"]} == names


def test_counts_go_down_the_scale(scope: RecordValue) -> None:
    """Names of derived grades stand apart; the lowest grade of the scale has a name of its own."""
    fields = ("grade", "count", "names", "derived_names")
    expected = [("A", 1, "District of Columbia", None), ("F", 2, "New Mexico", "Alabama")]
    assert expected == [tuple(plain(count, field) for field in fields) for count in listed(scope, "counts")]
    assert listed(scope, "counts")[-1] == scope.fields["lowest"]


def test_a_grade_that_nobody_has_counts_zero(dataset: Dataset) -> None:
    """That nobody earned an A is news."""
    states = {slug: state for slug, state in dataset.states.items() if slug != "district-of-columbia"}
    best = listed(build_edition_scope(replace(dataset, states=states)), "counts")[0]
    assert ("A", 0, None, ListValue((), dataset.framework.span)) == (
        plain(best, "grade"),
        plain(best, "count"),
        plain(best, "names"),
        best.fields["states"],
    )


def test_sources_name_the_states_that_they_are_for(scope: RecordValue) -> None:
    """An address is shown by its host and leads to its page; each source of several names its states."""
    value = scope.fields["sources"]
    assert isinstance(value, RichValue)
    assert (
        RichRun(POST),
        RichRun(" (DC)"),
        RichRun("; "),
        RichRun("example.org", link=PAGE),
        RichRun(" (DC)"),
        RichRun("; "),
        RichRun("Its own card"),
        RichRun(" (NM)"),
    ) == value.runs


def test_a_source_alone_does_not_list_its_states(scope: RecordValue) -> None:
    """All derived grades have the one."""
    value = scope.fields["derived_sources"]
    assert isinstance(value, RichValue)
    assert (RichRun("example.org", link=PAGE),) == value.runs


def test_foot_lines_about_a_single_state_are_left_out(dataset: Dataset) -> None:
    """On a page about all of them they have nothing to say."""
    about = RunTemplate(Template((Placeholder(("state", "name")),)))
    link = RunTemplate(Template(("here",)), link=Template(("https://example.org/", Placeholder(("state", "slug")))))
    framework = replace(dataset.framework, foot=(*dataset.framework.foot, (about,), (link,)))
    foot = build_edition_scope(replace(dataset, framework=framework)).fields["foot"]
    assert isinstance(foot, ListValue)
    texts = ["".join(run.text for run in line.runs) for line in foot.items if isinstance(line, RichValue)]
    assert ["Released November 17, 2021"] == texts


def test_figures_keep_their_source(dataset: Dataset) -> None:
    """A number about all states is one that somebody published."""
    figure = Figure("national-average", "National average", Decimal("47.9"), "public reporting")
    framework = replace(dataset.framework, figures=(figure,))
    (record,) = listed(build_edition_scope(replace(dataset, framework=framework)), "figures")
    assert ("national-average", "National average", Decimal("47.9"), "public reporting") == tuple(
        plain(record, field) for field in ("id", "title", "value", "source")
    )


@pytest.mark.parametrize(("sample", "expected"), [(False, "2021-overview"), (True, "sample-2021-overview")])
def test_the_file_is_named_for_edition_and_layout(
    framework: Framework, layout: object, sample: bool, expected: str
) -> None:
    """And marked where the data are made up."""
    spec = layout(None)  # type: ignore[operator]
    assert isinstance(spec, LayoutSpec)
    assert expected == edition_file_name(replace(framework, sample=sample), replace(spec, name="overview"))
