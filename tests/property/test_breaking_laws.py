"""The laws of line breaking, checked against every way in which a short paragraph can be set."""

from __future__ import annotations

from itertools import combinations
from statistics import fmean, pstdev

from hypothesis import assume, event, given
from hypothesis import strategies as st

from cardprint.layout.breaking import RUNT, Unit, break_lines
from cardprint.model.typography import Breaking

COLUMN = 12.0
words = st.builds(lambda width, space: Unit(width + space, width, 0.0, 0.0), st.integers(1, 9), st.sampled_from((1, 0)))
paragraphs = st.lists(words, min_size=1, max_size=60)


def lengths(paragraph: list[Unit], ends: list[int]) -> list[float]:
    """The visible length of each line."""
    starts = [0, *ends[:-1]]
    return [
        sum(unit.width for unit in paragraph[start : end - 1]) + paragraph[end - 1].visible
        for start, end in zip(starts, ends, strict=True)
    ]


def rank(paragraph: list[Unit], ends: list[int]) -> tuple[int, bool]:
    """Lines, and whether the last is a runt: what is least is best."""
    return len(ends), lengths(paragraph, ends)[-1] < COLUMN * RUNT


def raggedness(paragraph: list[Unit], ends: list[int]) -> float:
    """How much the lengths of all lines but the last differ, with a little for the white that they leave."""
    others = [length / COLUMN for length in lengths(paragraph, ends)[:-1]]
    return pstdev(others) + 0.08 * (1 - fmean(others)) if others else 0.0


def every_breaking(paragraph: list[Unit]) -> list[list[int]]:
    """All ways to set the paragraph in lines that fit."""
    inner = range(1, len(paragraph))
    ways = [[*chosen, len(paragraph)] for count in range(len(paragraph)) for chosen in combinations(inner, count)]
    return [ends for ends in ways if max(lengths(paragraph, ends)) <= COLUMN]


@given(st.lists(words, min_size=1, max_size=9))
def test_total_breaking_is_optimal(paragraph: list[Unit]) -> None:
    """No way to set the words has fewer lines, and none of as many has no runt where this has one."""
    best = min(rank(paragraph, ends) for ends in every_breaking(paragraph))
    assert best == rank(paragraph, break_lines(paragraph, COLUMN, Breaking.TOTAL))


@given(st.lists(words, min_size=2, max_size=9))
def test_runts_are_avoided_by_whatever_breaking(paragraph: list[Unit]) -> None:
    """Where any breaking at all avoids a runt, of however many lines, total breaking does."""
    ends = break_lines(paragraph, COLUMN, Breaking.TOTAL)
    if rank(paragraph, ends)[1]:
        event("an unavoidable runt")
        assert all(rank(paragraph, ends)[1] for ends in every_breaking(paragraph))


@given(paragraphs)
def test_total_is_never_worse_than_greedy(paragraph: list[Unit]) -> None:
    """However long the text, total breaking takes no more lines than greedy breaking, has no runt that this has not,
    and is no more ragged where they are equal in both."""
    total, greedy = (break_lines(paragraph, COLUMN, way) for way in (Breaking.TOTAL, Breaking.GREEDY))
    assert rank(paragraph, total) <= rank(paragraph, greedy)
    if rank(paragraph, total) == rank(paragraph, greedy):
        assert raggedness(paragraph, total) <= raggedness(paragraph, greedy) + 1e-9


@given(paragraphs, st.floats(10.0, 60.0), st.floats(0.0, 30.0))
def test_wider_columns_need_no_more_lines(paragraph: list[Unit], width: float, more: float) -> None:
    """Copyfit rests on it: what fits a column fits every wider one, and smaller type is a wider column."""
    narrow = break_lines(paragraph, width, Breaking.TOTAL)
    assert len(break_lines(paragraph, width + more, Breaking.TOTAL)) <= len(narrow)


divided = st.builds(
    lambda unit, hyphen: Unit(unit.width, unit.visible, hyphen, 0.3) if unit.width == unit.visible else unit,
    words,
    st.sampled_from((0.0, 0.5)),
)


@given(st.lists(divided, min_size=1, max_size=30), st.floats(-5.0, 60.0), st.sampled_from(Breaking), st.booleans())
def test_lines_hold_all_units_and_fit(paragraph: list[Unit], width: float, breaking: Breaking, justify: bool) -> None:
    """Lines take the units in order, each line at least one; where every unit fits the column with its hyphen, so
    does every line."""
    ends = break_lines(paragraph, width, breaking, justify)
    assert sorted(set(ends)) == ends
    assert len(paragraph) == ends[-1]
    assume(max(unit.visible + unit.hyphen for unit in paragraph) <= width)
    hyphens = [paragraph[end - 1].hyphen for end in ends[:-1]] + [0.0]
    longest = max(length + hyphen for length, hyphen in zip(lengths(paragraph, ends), hyphens, strict=True))
    assert longest <= width + 0.01
