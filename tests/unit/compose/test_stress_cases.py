"""The cards that layouts are tried on: as long as can be, as long as in Spanish, and as empty as can be."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import pytest
from msgspec.structs import replace

from cardprint.compose import StressCase, edition_stress_cases, stress_cases
from cardprint.compose.stress_texts import LONGER, in_spanish, longer, longer_paragraph
from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.scope import (
    FlagValue,
    ListValue,
    MissingValue,
    NumberValue,
    RecordValue,
    RichRun,
    RichValue,
    TextValue,
    Value,
)

PLACES = (
    Jurisdiction("Iowa", "iowa", "IA", "iowa", "Iowa"),
    Jurisdiction("District of Columbia", "district-of-columbia", "DC", "districtofcolumbia", "D.C.", article="the"),
    Jurisdiction("Ohio", "ohio", "OH", "ohio", "Ohio"),
)


@pytest.fixture
def cases(framework: Framework) -> dict[str, StressCase]:
    return {case.name: case for case in stress_cases(framework, PLACES)}


def at(value: Value, *path: str | int) -> Value:
    """What stands at a path of names and numbers."""
    for step in path:
        if isinstance(step, int):
            assert isinstance(value, ListValue)
            value = value.items[step]
        else:
            assert isinstance(value, RecordValue)
            value = value.fields[step]
    return value


def text(case: StressCase, *path: str | int) -> str:
    value = at(case.scope, *path)
    assert isinstance(value, TextValue)
    return value.text


def number(case: StressCase, *path: str | int) -> Decimal:
    value = at(case.scope, *path)
    assert isinstance(value, NumberValue)
    return value.number


def leaves(value: Value, path: str = "") -> Iterator[tuple[str, Value]]:
    match value:
        case RecordValue():
            for name, field in value.fields.items():
                yield from leaves(field, f"{path}.{name}")
        case ListValue():
            for index, item in enumerate(value.items):
                yield from leaves(item, f"{path}[{index}]")
        case _:
            yield path, value


def test_every_case_is_a_sample(cases: dict[str, StressCase]) -> None:
    """Though the framework is not: nothing here is anybody's result."""
    assert ["longest", "spanish", "emptiest"] == list(cases)
    assert all(FlagValue(True, case_flag.span) == case_flag for case_flag in map(_flag, cases.values()))


def _flag(case: StressCase) -> FlagValue:
    value = at(case.scope, "edition", "sample")
    assert isinstance(value, FlagValue)
    return value


def test_names_are_the_longest_and_the_shortest(cases: dict[str, StressCase]) -> None:
    """Of the dataset's own jurisdictions; among equals the same one every time."""
    names = [text(case, "state", "name") for case in cases.values()]
    assert ["District of Columbia", "District of Columbia", "Iowa"] == names


def test_the_longest_gives_every_field_that_it_can(cases: dict[str, StressCase]) -> None:
    """Dates, notes, and the copyright line; a picture it cannot invent, nor another's terms."""
    missing = [path for path, value in leaves(cases["longest"].scope) if isinstance(value, MissingValue)]
    assert {".publisher.wordmark", ".publisher.reprint"}.issuperset(p for p in missing if not p.startswith(".issues"))


def test_the_emptiest_gives_no_field_that_may_be_left_out(cases: dict[str, StressCase]) -> None:
    """Nothing accomplished, no points, the lowest letters."""
    case = cases["emptiest"]
    for name in ("revised", "revision", "correction"):
        assert isinstance(at(case.scope, "state", name), MissingValue)
    assert isinstance(at(case.scope, "edition", "laws_as_of"), MissingValue)
    assert 0 == number(case, "overall", "score") == number(case, "issues", 0, "score")
    assert "F" == text(case, "overall", "grade") == text(case, "issues", 0, "grade")


def test_scores_are_the_widest(cases: dict[str, StressCase], framework: Framework) -> None:
    """The highest of those with most figures: a half makes 15 wider."""
    for index, issue in enumerate(framework.issues):
        score = number(cases["longest"], "issues", index, "score")
        assert issue.maximum - framework.step <= score <= issue.maximum
        assert max(len(str(issue.maximum.normalize())), 3) <= len(f"{score:f}")


def test_highlights_are_the_longest_and_longer(cases: dict[str, StressCase], framework: Framework) -> None:
    """Both sentences stand there, with goals that would merge kept apart; then 1.4 times as much."""
    gaps, goals = framework.gaps.one.partition("{")[0], framework.accomplished.many.partition("{")[0]
    highlights = text(cases["longest"], "issues", 0, "highlights")
    assert gaps in highlights
    assert 2 == highlights.count(goals)
    assert len(text(cases["emptiest"], "issues", 0, "highlights")) < len(highlights)


def test_spanish_keeps_names_and_addresses(cases: dict[str, StressCase]) -> None:
    """A translation does, too; and it says which language it is in."""
    case = cases["spanish"]
    assert "es" == text(case, "edition", "language")
    links = [
        run.text for _, value in leaves(case.scope) if isinstance(value, RichValue) for run in value.runs if run.link
    ]
    assert links == [
        run.text
        for _, value in leaves(cases["longest"].scope)
        if isinstance(value, RichValue)
        for run in value.runs
        if run.link
    ]


def test_cases_are_the_same_every_time(framework: Framework) -> None:
    """Equal frameworks, equal cases."""
    assert stress_cases(framework, PLACES) == stress_cases(framework, PLACES)
    assert edition_stress_cases(framework, PLACES) == edition_stress_cases(framework, PLACES)


def test_cases_of_an_edition(framework: Framework) -> None:
    """All states graded, half of the grades derived; all alike; none."""
    longest, spanish, emptiest = edition_stress_cases(framework, PLACES)
    counts = [len(at(case.scope, "graded").items) for case in (longest, spanish, emptiest)]  # type: ignore[union-attr]
    derived = [len(at(case.scope, "derived").items) for case in (longest, spanish, emptiest)]  # type: ignore[union-attr]
    assert ([3, 3, 0], [1, 3, 0]) == (counts, derived)


def test_framework_without_extra_credit(framework: Framework) -> None:
    """Nothing asks for what it does not have."""
    plain = replace(framework, extra_credit=())
    assert 3 == len(stress_cases(plain, PLACES))


@pytest.mark.parametrize(
    "words",
    ["Gap remains related to vacatur.", "One", "Policy goals accomplished in areas related to victim supports."],
)
def test_longer_text_has_that_much_more_of_its_own_words(words: str) -> None:
    """The whole text first, so that it still reads; ended as it is."""
    made = longer(words)
    assert made.startswith(words)
    assert made.endswith(words[-1])
    assert set(made.replace(".", "").split()) == set(words.replace(".", "").split())
    assert len(words) * LONGER == pytest.approx(len(made), abs=9)


def test_longer_paragraph_keeps_its_links() -> None:
    """The longest run of words bears it all; spaces before an address stay."""
    runs = (RichRun("TOOLKIT:", "label"), RichRun(" To see more, visit "), RichRun("a.org", link="https://a.org"))
    label, words, link = longer_paragraph(runs)
    assert (runs[0], runs[2]) == (label, link)
    assert words.text.startswith(" To see more, visit To")
    assert words.text.endswith(" ")


def test_paragraph_of_nothing_but_links_stays() -> None:
    """An address is as long as it is."""
    runs = (RichRun("a.org", link="https://a.org"), RichRun(" "))
    assert runs == longer_paragraph(runs)


@pytest.mark.parametrize(
    ("words", "growth"),
    [
        ("Youth", 1.6),
        ("Continuum of Care", 1.5),
        ("Access to Justice for Trafficking Survivors", 1.4),
        ("a word " * 40, 1.3),
    ],
)
def test_spanish_is_as_much_longer_as_translations_are(words: str, growth: float) -> None:
    """Short texts grow most."""
    assert len(words) * growth == pytest.approx(len(in_spanish(words, "Ohio")), abs=7)


def test_spanish_begins_and_ends_as_the_text_does() -> None:
    """Capitals, spaces and stops stay where they were; so does a name, possessive or not; a sign is left alone."""
    assert "LABEL:".isupper() == in_spanish("LABEL:", "Ohio").isupper()
    assert in_spanish(" To see how Ohio compares, visit ", "Ohio").startswith(" ")
    assert in_spanish(" To see how Ohio compares, visit ", "Ohio").endswith(" ")
    assert " Ohio’s " in in_spanish("To understand Ohio’s grade, see", "Ohio")
    assert in_spanish("Vacatur.", "Ohio").endswith(".")
    assert in_spanish(". We will meet", "Ohio").startswith(". ")
    assert (". ", "2021", "") == (in_spanish(". ", "Ohio"), in_spanish("2021", "Ohio"), in_spanish("", "Ohio"))
