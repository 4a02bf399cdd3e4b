"""Lines of abstract units, in columns of whole points, so that every optimum can be counted by hand."""

from __future__ import annotations

from itertools import combinations

import pytest

from cardprint.layout.breaking import RUNT, Unit, break_lines
from cardprint.model.typography import Breaking


def words(*widths: float, space: float = 1.0) -> list[Unit]:
    return [Unit(width + space, width, 0.0, 0.0) for width in widths]


def lengths(units: list[Unit], ends: list[int]) -> list[float]:
    """The visible length of each line."""
    starts = [0, *ends[:-1]]
    return [
        sum(unit.width for unit in units[start : end - 1]) + units[end - 1].visible
        for start, end in zip(starts, ends, strict=True)
    ]


def raggedness(units: list[Unit], ends: list[int], width: float) -> float:
    """The sum of squared white at the ends of all lines but the last, in columns."""
    return sum(((width - length) / width) ** 2 for length in lengths(units, ends)[:-1])


def ends_in_runt(units: list[Unit], ends: list[int], width: float) -> bool:
    return lengths(units, ends)[-1] < width * RUNT


def every_breaking(units: list[Unit], width: float) -> list[list[int]]:
    """All ways to set the units in lines that fit."""
    inner = range(1, len(units))
    ways = [[*chosen, len(units)] for count in range(len(units)) for chosen in combinations(inner, count)]
    return [ends for ends in ways if max(lengths(units, ends)) <= width]


def total(units: list[Unit], width: float) -> list[int]:
    return break_lines(units, width, Breaking.TOTAL)


def greedy(units: list[Unit], width: float) -> list[int]:
    return break_lines(units, width, Breaking.GREEDY)


PARAGRAPHS = [
    words(3, 2, 2, 5, 4, 4, 2, 6, 3),
    words(6, 5, 1, 1, 7, 2, 4, 4, 1),
    words(1, 1, 8, 2, 2, 7, 1, 9, 3, 1),
    words(4, 4, 4, 4, 1),
    words(9, 1, 9, 1, 9, 1),
]


@pytest.mark.parametrize("units", PARAGRAPHS)
def test_total_breaking_is_optimal(units: list[Unit]) -> None:
    """Of all breakings total breaking takes the least ragged among those with the fewest lines, and among these
    without a runt where one has none."""

    def rank(ends: list[int]) -> tuple[int, bool, float]:
        return len(ends), ends_in_runt(units, ends, 10), round(raggedness(units, ends, 10), 9)

    assert min(map(rank, every_breaking(units, 10))) == rank(total(units, 10))


def test_greedy_fills_line_by_line() -> None:
    """Greedy breaking takes what fits, whatever becomes of the next line."""
    units = words(2, 2, 5, 4, 4)
    assert [5.0, 5.0, 4.0, 4.0] == lengths(units, greedy(units, 6))


def test_total_evens_out_what_greedy_leaves_ragged() -> None:
    """A word moves down where the line above it can spare it and the line below is short."""
    units = words(3, 2, 2, 5, 6)
    assert [6.0, 2.0, 5.0, 6.0] == lengths(units, greedy(units, 6))
    assert [3.0, 5.0, 5.0, 6.0] == lengths(units, total(units, 6))


def test_avoidable_runt_is_avoided() -> None:
    """A last line shorter than a sixth of the column takes a word from the line above, at whatever raggedness."""
    units = words(9, 4, 7, 1)
    assert [9.0, 12.0, 1.0] == lengths(units, greedy(units, 12))
    assert [9.0, 4.0, 9.0] == lengths(units, total(units, 12))


def test_unavoidable_runt_stays() -> None:
    """Where no breaking avoids a runt it stays: the words above fill their line alone."""
    units = words(12, 12, 1)
    assert [12.0, 12.0, 1.0] == lengths(units, total(units, 12))


def test_short_text_on_one_line_is_not_broken() -> None:
    """A text that is shorter than a runt as a whole stays on its line."""
    assert [2] == total(words(1, 1), 60)


def test_no_line_more_than_needed() -> None:
    """Evenness never costs a line: here seven lines would be less ragged, but six hold the text, as greedy's do.

    A paragraph that grows for its looks would push its card over the page."""
    widths = (25, 25, 25, 25, 25, 25, 25, 25, 25, 75, 10, 20, 80, 20, 80, 20)
    units = [Unit(width, width, 0.0, 0.0) for width in widths]
    assert 6 == len(greedy(units, 100)) == len(total(units, 100))


@pytest.mark.parametrize("breaking", Breaking)
def test_unit_wider_than_the_column_stands_alone(breaking: Breaking) -> None:
    """What cannot fit gets a line of its own, so that its neighbours still do."""
    assert [1, 2, 3] == break_lines(words(3, 30, 3), 8, breaking)


@pytest.mark.parametrize("breaking", Breaking)
@pytest.mark.parametrize("width", [0.0, -5.0])
def test_column_without_width_breaks_everywhere(breaking: Breaking, width: float) -> None:
    """A column that its neighbours left nothing is no crash: each word stands alone and is reported as overset."""
    assert [1, 2, 3] == break_lines(words(3, 4, 3), width, breaking)


@pytest.mark.parametrize("breaking", Breaking)
def test_no_units_no_lines(breaking: Breaking) -> None:
    """An empty text has no line."""
    assert [] == break_lines([], 100, breaking)


@pytest.mark.parametrize("breaking", Breaking)
def test_line_that_fits_exactly(breaking: Breaking) -> None:
    """The space that ends a line needs no room; a hundredth of a point is rounding, two are not."""
    assert [2] == break_lines(words(4, 5), 10.0, breaking)
    assert [2] == break_lines(words(4, 5), 9.995, breaking)
    assert [1, 2] == break_lines(words(4, 5), 9.98, breaking)


@pytest.mark.parametrize("breaking", Breaking)
def test_hyphen_of_a_division_needs_room(breaking: Breaking) -> None:
    """A word is divided only where its part fits with the hyphen."""
    divided = [Unit(4.0, 3.0, 0.0, 0.0), Unit(5.0, 5.0, 1.0, 0.3), Unit(8.0, 8.0, 0.0, 0.0)]
    assert [2, 3] == break_lines(divided, 10.0, breaking)
    assert [1, 2, 3] == break_lines(divided, 9.5, breaking)


def test_division_only_where_it_helps() -> None:
    """A word is not divided to gain a sliver of evenness, but it is where its line would stay half empty."""
    part, rest = Unit(0.6, 0.6, 0.2, 0.3), Unit(6.0, 6.0, 0.0, 0.0)
    assert [1, 3] == total([Unit(9.6, 9.2, 0.0, 0.0), part, rest], 10.5)
    assert [2, 3] == total([Unit(5.4, 5.0, 0.0, 0.0), part, rest], 10.5)


def test_justified_lines_shun_wide_spaces() -> None:
    """Justified, one line with much white weighs more than two with little: what is white ends up between words."""
    units = words(3, 3, 3, 6, 4, 4, 4, 4, 4)
    loosest = max(12 - length for length in lengths(units, break_lines(units, 12, Breaking.TOTAL, justify=True))[:-1])
    assert loosest <= max(12 - length for length in lengths(units, total(units, 12))[:-1])
