"""The overall grades in data/ against the list of published ones, kept as a fixture: none is lost, none invented."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from cardprint.compose import build_edition_scope
from cardprint.load import parse_yaml
from cardprint.model.dataset import Dataset
from cardprint.model.scope import ListValue, NumberValue, RecordValue, TextValue
from cardprint.model.source import Source
from cardprint.validate import validate_framework, validate_jurisdictions, validate_state

DATA = Path(__file__).parents[2] / "data"
FACTS = Path(__file__).parents[1] / "fixtures" / "overall-grades.csv"
EDITIONS = ("2021", "2022", "2023")

Row = dict[str, str]


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    """Every published grade: edition, state, grade, score, basis, source."""
    with FACTS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def names() -> dict[str, str]:
    """The state of each slug."""
    return {place["slug"]: place["name"] for place in _yaml(DATA / "jurisdictions.yaml")}


def _yaml(path: Path) -> Any:
    """The file with its scalars as they are written: 72.5 stays "72.5"."""
    return yaml.load(path.read_text(encoding="utf-8"), yaml.BaseLoader)  # noqa: S506 (makes nothing but strings)


def _states(edition: str, names: dict[str, str]) -> dict[str, Any]:
    """What the files of an edition say of each state, by its name."""
    return {names[path.stem]: _yaml(path) for path in (DATA / edition / "states").glob("*.yaml")}


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_published_grade_has_its_file_and_no_other_has(
    rows: list[Row], names: dict[str, str], edition: str
) -> None:
    """Fifty-one of 2021, nine of 2022, fifty of 2023."""
    assert {row["state"] for row in rows if row["edition"] == edition} == set(_states(edition, names))


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_file_says_what_was_published(rows: list[Row], names: dict[str, str], edition: str) -> None:
    """Letter, total where there is one, how it is known and where from, to the letter. Mississippi's results give its
    letter and need no source for it."""
    states = _states(edition, names)
    for row in rows:
        if row["edition"] != edition:
            continue
        overall = states[row["state"]]["overall"]
        expected = {key: row[key] for key in ("grade", "score", "basis", "source") if row[key]}
        if "issues" in states[row["state"]]:
            expected = {key: expected[key] for key in ("grade", "score")}
        assert expected == overall, row["state"]


def test_only_mississippi_has_results(names: dict[str, str]) -> None:
    """Of the others nothing but the overall grade is known, and nothing else is said."""
    for edition in EDITIONS:
        for name, state in _states(edition, names).items():
            if (edition, name) != ("2021", "Mississippi"):
                assert ["state", "overall"] == list(state), (edition, name)


@pytest.fixture(scope="module", params=EDITIONS)
def edition(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def scope(edition: str) -> RecordValue:
    """What a page about the edition can name."""

    def node(path: Path) -> Any:
        return parse_yaml(Source(path.name, path.read_bytes()))

    framework = validate_framework(node(DATA / edition / "framework.yaml"))
    places = validate_jurisdictions(node(DATA / "jurisdictions.yaml"))
    files = (DATA / edition / "states").glob("*.yaml")
    states = {path.stem: validate_state(node(path), framework, places)[0] for path in files}
    return build_edition_scope(Dataset(framework, states, places))


def _items(scope: RecordValue, name: str) -> list[RecordValue]:
    value = scope.fields[name]
    assert isinstance(value, ListValue)
    return [item for item in value.items if isinstance(item, RecordValue)]


def _word(record: RecordValue, name: str) -> str:
    value = record.fields[name]
    assert isinstance(value, TextValue)
    return value.text


def test_the_counts_are_those_of_the_list(rows: list[Row], edition: str, scope: RecordValue) -> None:
    """Counted over from the list itself, grades that nobody has included."""
    published = Counter(row["grade"] for row in rows if row["edition"] == edition)
    counted = {}
    for count in _items(scope, "counts"):
        number = count.fields["count"]
        assert isinstance(number, NumberValue)
        counted[_word(count, "grade")] = int(number.number)
    assert {letter: published[letter] for letter in "ABCDF"} == counted


def test_derived_and_unknown_grades_are_told_apart(rows: list[Row], edition: str, scope: RecordValue) -> None:
    """31 derived in 2021, 1 in 2022, none in 2023; a state without a published letter has none here."""
    listed = {row["state"]: row["basis"] for row in rows if row["edition"] == edition}
    derived = {name for name, basis in listed.items() if basis == "derived by elimination"}
    assert derived == {_word(state, "name") for state in _items(scope, "derived")}
    assert {"2021": 31, "2022": 1, "2023": 0}[edition] == len(derived)
    every = {_word(state, "name") for state in _items(scope, "states")}
    assert every - set(listed) == {_word(state, "name") for state in _items(scope, "ungraded")}
    assert (51, set(listed)) == (len(every), {_word(state, "name") for state in _items(scope, "graded")})


def test_2021_is_one_c_ten_d_and_forty_f(rows: list[Row]) -> None:
    """What the publisher announced."""
    assert {"C": 1, "D": 10, "F": 40} == Counter(row["grade"] for row in rows if row["edition"] == "2021")
