"""Invented editions: they pass every audit, say what they are, and depend on their seed alone."""

from __future__ import annotations

import random
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from cardprint.compose import build_scope
from cardprint.load import parse_yaml
from cardprint.model.dataset import Framework, Jurisdiction, StateRecord
from cardprint.model.scope import ListValue, RecordValue, TextValue
from cardprint.model.source import Source
from cardprint.sample import SAMPLE_HEADER, sample_files
from cardprint.validate import validate_framework, validate_jurisdictions, validate_state

DATA = Path(__file__).parents[3] / "data"
FRAMEWORK = Source("data/2021/framework.yaml", (DATA / "2021" / "framework.yaml").read_bytes())


@pytest.fixture(scope="session")
def places() -> Mapping[str, Jurisdiction]:
    return validate_jurisdictions(parse_yaml(Source("j.yaml", (DATA / "jurisdictions.yaml").read_bytes())))


def made(
    places: Mapping[str, Jurisdiction], count: int = 51, seed: int = 1, framework: Source = FRAMEWORK
) -> dict[str, bytes]:
    node = parse_yaml(framework)
    return dict(sample_files(framework, node, validate_framework(node), list(places.values()), count, seed))


class Read:
    """An edition read back from its files."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self.framework: Framework = validate_framework(parse_yaml(Source("framework.yaml", files["framework.yaml"])))
        self.places = validate_jurisdictions(parse_yaml(Source("j.yaml", files["jurisdictions.yaml"])))
        self.states: dict[str, StateRecord] = {}
        self.warnings: list[object] = []
        for name in files:
            if name.startswith("states/"):
                record, warnings = validate_state(parse_yaml(Source(name, files[name])), self.framework, self.places)
                self.states[record.jurisdiction.slug] = record
                self.warnings.extend(warnings)


@pytest.fixture(scope="session")
def edition(places: Mapping[str, Jurisdiction]) -> Read:
    return Read(made(places))


def test_every_file_passes_the_audit(edition: Read) -> None:
    """All 51 states, complete, with a letter each, and no warning that a text contradicts the goals' status."""
    assert 51 == len(edition.states)
    assert [] == edition.warnings
    for state in edition.states.values():
        assert state.letter is not None
        assert [issue.id for issue in edition.framework.issues] == [r.issue.id for r in state.issues or ()]


@pytest.mark.parametrize("seed", [0, -1, 7, 2021, 10**12])
def test_any_seed_passes_the_audit(places: Mapping[str, Jurisdiction], seed: int) -> None:
    """Whatever chance gives."""
    assert [] == Read(made(places, seed=seed)).warnings


def test_framework_is_that_of_the_source_but_marked(edition: Read) -> None:
    """The same issues, goals and addresses; the title says what it is; figures that were published are left out."""
    real = validate_framework(parse_yaml(FRAMEWORK))
    assert edition.framework.sample
    assert f"{real.edition.title} (sample data)" == edition.framework.edition.title
    assert [g.pattern for g in real.goals.values()] == [g.pattern for g in edition.framework.goals.values()]
    assert (real.maximum, len(real.resources)) == (edition.framework.maximum, len(edition.framework.resources))
    assert () == edition.framework.figures


def test_framework_begins_with_its_mark(places: Mapping[str, Jurisdiction]) -> None:
    """By which a sample is known from a folder of somebody's own; the source's own head is gone."""
    text = made(places, count=1)["framework.yaml"].decode()
    first, second, third, *_ = text.splitlines()
    assert first.startswith(SAMPLE_HEADER)
    assert ("sample: true", "edition:") == (second, third)


def test_framework_that_is_a_sample_stays_one(places: Mapping[str, Jurisdiction]) -> None:
    """A `sample` that stands in the source is set, not written twice."""
    source = Source("f.yaml", b"sample: false # not yet\n" + FRAMEWORK.data)
    assert Read(made(places, 1, framework=source)).framework.sample


def test_equal_seeds_give_equal_files(places: Mapping[str, Jurisdiction]) -> None:
    """Byte for byte, whatever the global generator has been used for."""
    random.seed(5)
    first = made(places)
    random.seed(6)
    assert first == made(places)


def test_another_seed_gives_other_results(places: Mapping[str, Jurisdiction]) -> None:
    """Of the same states."""
    one, other = made(places, seed=1), made(places, seed=2)
    assert one.keys() == other.keys()
    assert one["jurisdictions.yaml"] == other["jurisdictions.yaml"]
    assert 45 < sum(one[name] != other[name] for name in one if name.startswith("states/"))


def test_a_state_is_the_same_in_a_larger_sample(places: Mapping[str, Jurisdiction]) -> None:
    """More states change nothing in those that were there."""
    small, large = made(places, count=3), made(places, count=120)
    assert {name: small[name] for name in small if name.startswith("states/")}.items() <= large.items()


def test_results_are_these(places: Mapping[str, Jurisdiction]) -> None:
    """Chance is the seed's and nothing else's: another system or Python gives the same first state."""
    *_, issue = made(places, count=1)["states/alabama.yaml"].decode().splitlines()[:4]
    assert '  - {id: "1", score: 7.5, accomplished: ["1.3", "1.4"], gaps: ["1.1", "1.2", "1.5", "1.6", "1.7"]}' == issue


def test_beyond_the_real_ones_states_are_numbered(places: Mapping[str, Jurisdiction]) -> None:
    """As many as are asked for, under names, slugs and codes of their own, and in no place on the map."""
    read = Read(made(places, count=130))
    assert (130, 130) == (len(read.places), len(read.states))
    ohio = read.places["ohio-2"]
    assert ("Ohio 2", "OH2", "ohio2", "Ohio 2", None) == (ohio.name, ohio.postal, ohio.address, ohio.ap, ohio.tile)
    assert read.places["alabama-3"].name == "Alabama 3"
    assert ("New Mexico", "newmexico", "N.M.") == (
        read.places["new-mexico"].name,
        read.places["new-mexico"].address,
        read.places["new-mexico"].ap,
    )


def test_real_states_keep_their_places(places: Mapping[str, Jurisdiction], edition: Read) -> None:
    """Tile, article and all."""
    keys = ("name", "slug", "postal", "address", "ap", "article", "tile")
    assert [[getattr(place, key) for key in keys] for place in places.values()] == [
        [getattr(place, key) for key in keys] for place in edition.places.values()
    ]


def test_texts_are_long_and_short(edition: Read) -> None:
    """Some states have long highlights written by hand, some hardly a word, most the derived ones."""
    written = [result.highlights for state in edition.states.values() for result in state.issues or ()]
    assert 4 <= sum(len(text) > 280 for text in written if text)
    assert 12 <= sum(len(text) < 16 for text in written if text)
    assert written.count(None) > len(written) * 0.7


def test_every_state_has_highlights_for_every_issue(edition: Read) -> None:
    """Also where only a goal without a name is a gap, of which no sentence could tell."""
    for state in edition.states.values():
        issues = build_scope(edition.framework, state).fields["issues"]
        assert isinstance(issues, ListValue)
        for issue in issues.items:
            assert isinstance(issue, RecordValue)
            assert isinstance(issue.fields["highlights"], TextValue)


def test_results_differ_as_real_ones_do(edition: Read) -> None:
    """All letters occur, totals spread, and some files give points instead of score and lists."""
    totals = {state.total for state in edition.states.values() if state.total is not None}
    assert {"A", "B", "C", "D", "F"} == {state.letter for state in edition.states.values()}
    assert 30 < len(totals)
    assert min(totals) < 20 < Decimal(80) < max(totals)


def test_another_framework_is_followed(places: Mapping[str, Jurisdiction]) -> None:
    """Nothing here knows of six issues, half points or American letters."""
    tiny = Path(__file__).parents[2] / "fixtures" / "tiny" / "edition" / "framework.yaml"
    read = Read(made(places, 20, framework=Source("f.yaml", tiny.read_bytes())))
    assert [] == read.warnings
    assert 20 == len(read.states)


@pytest.mark.parametrize("name", ["No", "Côte d’Azur", "A: B", "Null"])
def test_names_that_yaml_would_misread_are_quoted(name: str) -> None:
    """They come back as they are."""
    odd = {"odd": Jurisdiction(name, "odd", "OD", "odd", name)}
    assert name == Read(made(odd, 1)).places["odd"].name
