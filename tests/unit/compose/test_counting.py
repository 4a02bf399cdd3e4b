"""Ranking: ties stay ties, whichever way round, and are never cut in two."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cardprint.compose.counting import average, leading, median, ranked

VALUES = st.lists(st.integers(0, 9), max_size=40)


@given(VALUES, st.booleans())
def test_rank_counts_those_ahead(values: list[int], rising: bool) -> None:
    """Recounted one by one: a rank is one more than how many are ahead; members of a tie keep their order."""
    items = list(enumerate(values))
    ties = ranked(items, lambda item: Fraction(item[1]), rising=rising)
    assert sorted(items) == sorted(member for tie in ties for member in tie.members)
    for tie in ties:
        ahead = sum((value < tie.value) if rising else (value > tie.value) for value in values)
        assert ahead + 1 == tie.rank
        assert [item for item in items if item[1] == tie.value] == list(tie.members)


@given(VALUES, st.integers(1, 6), st.integers(1, 12))
def test_list_ends_between_ties(values: list[int], count: int, most: int) -> None:
    """Whoever is equal to somebody listed is listed; the first tie is, however long."""
    ties = ranked(values, Fraction)
    kept = leading(ties, count, most)
    assert ties[: len(kept)] == kept
    assert bool(values) == bool(kept)
    assert len(kept) <= 1 or sum(len(tie.members) for tie in kept) <= most
    assert all(tie.rank <= count for tie in kept)


@pytest.mark.parametrize(
    ("values", "mean", "middle"),
    [
        (["1"], "1", "1"),
        (["1", "2"], "1.5", "1.5"),
        (["8.5", "1", "2.5"], "4", "2.5"),
        (["0", "0", "1", "9"], "2.5", "0.5"),
    ],
)
def test_mean_and_median(values: list[str], mean: str, middle: str) -> None:
    """Exact, for odd and even numbers of values, in any order."""
    numbers = [Decimal(value) for value in values]
    assert (Fraction(mean), Fraction(middle)) == (average(numbers), median(numbers))
