"""The sentences of a fact sheet: AP style, right for one, for a few, for many, and for ties."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from cardprint.compose import fact_english as english
from cardprint.model.dataset import Jurisdiction

OHIO, UTAH, TEXAS = (
    Jurisdiction(name, name.lower(), name[:2], name.lower(), name) for name in ("Ohio", "Utah", "Texas")
)
DISTRICT = Jurisdiction("District of Columbia", "dc", "DC", "dc", "D.C.", article="the")
MANY = [Jurisdiction(f"State {number}", f"s{number}", "S", "s", "S") for number in range(13)]


@pytest.mark.parametrize(
    ("tallies", "expected"),
    [
        ([("A", 0), ("B", 0), ("C", 1), ("D", 10), ("F", 40)],
         "Of 51 states, one earned a C, 10 a D, and 40 an F. None earned an A or a B."),
        ([("A", 51)], "Of 51 states, 51 earned an A."),
        ([("A", 0), ("B", 51), ("C", 0), ("D", 0)], "Of 51 states, 51 earned a B. None earned an A, a C, or a D."),
        ([("A+", 9), ("Pass", 42), ("Excellent", 0)],
         "Of 51 states, nine earned an A+ and 42 a Pass. None earned an Excellent."),
    ],
)  # fmt: skip
def test_states_by_grade(tallies: list[tuple[str, int]], expected: str) -> None:
    """Numbers up to nine in words; the article goes by the sound of the letter; who has none is said too."""
    assert expected == english.earned("of 51 states", tallies)


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([OHIO], "Ohio had the highest score, 82.5 points."),
        ([DISTRICT], "The District of Columbia had the highest score, 82.5 points."),
        ([OHIO, DISTRICT], "Ohio and the District of Columbia tied for the highest score, 82.5 points."),
        ([OHIO, TEXAS, UTAH], "Ohio, Texas, and Utah tied for the highest score, 82.5 points."),
        (MANY, "A group of 13 states tied for the highest score, 82.5 points."),
    ],
)
def test_ties_are_told(places: list[Jurisdiction], expected: str) -> None:
    """Nobody is said to be first who shares the place; so many that naming them would fill the sentence are counted."""
    assert expected == english.extreme("", places, "highest", Decimal("82.5"))


def test_base_is_told_where_it_is_not_everyone() -> None:
    """A highest score among some is not the highest."""
    assert "of 51 states" == english.of_states(51, 51, "with a known score")
    of = english.of_states(49, 51, "with a known score")
    expected = "Of the 49 states with a known score, Ohio had the lowest score, 1 point."
    assert expected == english.extreme(of, [OHIO], "lowest", Decimal(1))


@pytest.mark.parametrize(
    ("up", "down", "same", "expected"),
    [
        (
            12,
            3,
            36,
            "Since the 2020 edition, 12 states have moved up, three have moved down, and 36 keep their letter.",
        ),
        (1, 0, 1, "Since the 2020 edition, one state has moved up and one keeps its letter."),
        (0, 1, 0, "Since the 2020 edition, one state has moved down."),
        (0, 0, 51, "Since the 2020 edition, no state has changed its letter."),
    ],
)
def test_changes_of_letters(up: int, down: int, same: int, expected: str) -> None:
    """Verbs follow their numbers; what did not happen is left out."""
    assert expected == english.moved("2020", up, down, same)


def test_changes_of_points() -> None:
    """One state with its scores; a tie with what each gained or lost."""
    scores = (Decimal("56.0"), Decimal("68.5"))
    assert "Ohio gained the most, 12.5 points, from 56 to 68.5." == english.changed_most(
        [OHIO], Fraction(25, 2), scores
    )
    assert "Ohio and Utah lost the most, 1 point each." == english.changed_most([OHIO, UTAH], Fraction(-1), None)


def test_goals_and_issues() -> None:
    """One goal or several; issues that share the first place; issues that are all alike."""
    assert "Of 51 states, the policy goal missed most often is vacatur: missed by 40." == (
        english.goals_compared("of 51 states", ["vacatur"], 40, missed=True)
    )
    assert "Of 51 states, the policy goals accomplished most often are a and b: accomplished by nine each." == (
        english.goals_compared("of 51 states", ["a", "b"], 9, missed=False)
    )
    assert (
        "Of 51 states, the strongest issues are A and B, with 66.7% of the points on average; the weakest issue is C, "
        "with 50%." == english.issues_compared("of 51 states", ["A", "B"], Fraction(2, 3), ["C"], Fraction(1, 2))
    )
    assert "none did better on one issue" in english.issues_compared("x", ["A"], Fraction(1), ["A"], Fraction(1))


def test_a_mean_is_told_to_a_tenth_or_as_it_is() -> None:
    """Of two states it is often the median, and is told like it."""
    both = Fraction(123, 4)
    assert "the average score is 30.75 points and the median 30.75." in english.averages("of two states", both, both)
    assert "the average score is 47.9 points" in english.averages("of 51 states", Fraction(2441, 51), Fraction(45))
    assert "the average score is 1 point and" in english.averages("of two states", Fraction(1), Fraction(1))


@pytest.mark.parametrize(
    ("value", "places", "expected"),
    [
        (Fraction(1, 2), 0, "1"),
        (Fraction(479, 10), 1, "47.9"),
        (Fraction(4795, 100), 1, "48"),
        (Fraction(-4795, 100), 1, "−48"),
        (Fraction(-1, 100), 1, "0"),
        (Fraction(2, 3) * 100, 1, "66.7"),
        (Fraction(1000), 1, "1000"),
    ],
)
def test_numbers_are_rounded_exactly(value: Fraction, places: int, expected: str) -> None:
    """Halves away from zero, from exact fractions, without idle zeros; nothing is minus nought."""
    assert expected == english.rounded(value, places)
