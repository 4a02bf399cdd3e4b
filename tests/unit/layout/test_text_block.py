"""Text: measured, fitted to one line, placed, linked."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.model.content import Run
from cardprint.model.diagnostics import Span
from cardprint.model.frame import Group
from cardprint.model.geometry import Rect
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import Align

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker, Reader

CAP_HEIGHT = 6.6
"""Of Source Sans 3 at 10 points."""


def test_height_is_lines_times_leading(make: Maker) -> None:
    """Each line is as high as the leading, so that the rows of a card can be counted in lines."""
    width = make.width_of("one two")
    assert 24.0 == make.measure(make.text("one two three"), width).size.height
    assert 12.0 == make.measure(make.text("one two three"), 500.0).size.height


def test_capitals_stand_in_the_middle_of_their_line(make: Maker, read: Reader) -> None:
    """The space above the capitals equals that below the baseline: text centred in a row looks centred."""
    block = make.text("Ohio")
    (run,) = read.texts(make.place(block, Rect(10.0, 20.0, 100.0, 12.0)))
    assert (12.0 - CAP_HEIGHT) / 2 == pytest.approx(20.0 + 12.0 - run.baseline)
    assert run.baseline - 20.0 == make.measure(block, 100.0).baseline


def test_lines_are_a_leading_apart(make: Maker, read: Reader) -> None:
    """Baselines stand on the leading's grid, whatever size a run among them has."""
    large = replace(make.body, size=11.0)
    block = make.text("one two ", make.run("three four", large), " five")
    runs = read.texts(make.place(block, Rect(0.0, 0.0, 60.0, 100.0)))
    baselines = sorted({run.baseline for run in runs})
    assert len(baselines) > 1
    assert all(12.0 == pytest.approx(after - before) for before, after in pairwise(baselines))


@pytest.mark.parametrize(
    ("align", "before"), [(Align.LEFT, 0.0), (Align.CENTER, 0.5), (Align.RIGHT, 1.0), (Align.JUSTIFY, 0.0)]
)
def test_alignment(make: Maker, read: Reader, align: Align, before: float) -> None:
    """What is left of the column stands before the line: nothing, half or all of it."""
    style = replace(make.body, align=align)
    (run,) = read.texts(make.place(make.text("Ohio", style=style), Rect(10.0, 0.0, 100.0, 12.0)))
    assert 10.0 + before * (100.0 - make.width_of("Ohio")) == pytest.approx(run.x)


def test_tracked_capitals_are_centred_by_what_is_seen(make: Maker, read: Reader) -> None:
    """The tracking after the last letter is not part of the line: both margins look alike."""
    style = replace(make.head, align=Align.CENTER, tracking=0.2)
    (run,) = read.texts(make.place(make.text("EXTRA", style=style), Rect(0.0, 0.0, 200.0, 24.0)))
    assert run.x == pytest.approx(200.0 - (run.x + run.width - 0.2 * 20.0))


def test_space_at_a_line_end_is_painted_and_does_not_count(make: Maker, read: Reader) -> None:
    """Words of two lines, or two texts, stay apart when read out of the PDF; a run ends with its last word."""
    first, second = read.texts(make.place(make.text("one two three"), Rect(0.0, 0.0, make.width_of("one two"), 24.0)))
    assert ("one two ", "three ") == (first.text, second.text)
    assert make.width_of("one two") == pytest.approx(first.width)


def test_space_in_a_line_counts(make: Maker, read: Reader) -> None:
    """Inside a line a run's width goes to where the next begins."""
    first, second = read.texts(make.place(make.text("one ", make.run("two")), Rect(5.0, 0.0, 100.0, 12.0)))
    assert first.x + first.width == second.x
    assert make.width_of("one two") == pytest.approx(second.x + second.width - 5.0)


def test_runs_carry_their_spans(make: Maker, read: Reader) -> None:
    """Each stretch names the line that its words come from, for messages and explain."""
    block = make.text(make.run("one ", line=3), make.run("two", line=9))
    runs = read.texts(make.place(block, Rect(0.0, 0.0, 100.0, 12.0)))
    assert [3, 9] == [run.span.line for run in runs]


def test_group_has_the_blocks_role_and_field(make: Maker) -> None:
    """The text's group is one element of the structure tree, under the name that people know it by."""
    block = replace(make.text("Ohio", field="the name"), role=Role(Tag.H1), name="body.text")
    group = make.place(block, Rect(0.0, 0.0, 100.0, 12.0))
    assert (Role(Tag.H1), "the name", "body.text") == (group.role, group.field, group.name)


def test_empty_text_takes_no_room(make: Maker) -> None:
    """A text without words has no height, no baseline and nothing to paint."""
    measured = make.measure(make.text(), 100.0)
    assert (0.0, None, ()) == (measured.size.height, measured.baseline, measured.overset)
    assert () == make.place(make.text(), Rect(0.0, 0.0, 100.0, 0.0)).items


def test_word_wider_than_its_column_is_overset(make: Maker) -> None:
    """A word that does not fit is reported with its text's name, by how much, and where it was written."""
    width = make.width_of("accountability")
    block = make.text("buyer accountability", field="the highlights")
    (overset,) = make.measure(block, width - 5).overset
    assert 5.0 == pytest.approx(overset.excess)
    assert ("the highlights", Span("state.yaml", 7, 3)) == (overset.subject, overset.span)
    assert f"has a word of {width:.1f} pt in a column of {width - 5:.1f} pt" == overset.reason
    assert [] == make.reasons(block, width)


def test_overset_text_without_a_name_is_quoted(make: Maker) -> None:
    """A text that the layout does not name is told by its first words."""
    block = make.text("An unbelievably long sentence about accountability")
    assert "“An unbelievably long sentence about acc…”" == make.measure(block, 5.0).overset[0].subject


def place_name(make: Maker, read: Reader, text: str, width: float, smallest: float = 10.0) -> tuple[float, float]:
    """The size and the baseline at which a head of 20 points is set in a line."""
    style = replace(make.head, smallest=smallest)
    runs = read.texts(make.place(make.text(text, style=style), Rect(0.0, 0.0, width, 24.0)))
    (baseline,) = {run.baseline for run in runs}
    return runs[0].size, baseline


def test_short_name_keeps_its_size(make: Maker, read: Reader) -> None:
    """Ohio is set at the style's size."""
    assert (20.0, (24.0 + 14.0) / 2) == place_name(make, read, "Ohio", 120.0)


def test_long_name_is_set_smaller_on_one_line(make: Maker, read: Reader) -> None:
    """District of Columbia fills the same line at the largest tenth of a point that fits, its capitals still in the
    middle of it; what stands below stands still."""
    full = make.width_of("District of Columbia", make.head)
    size, baseline = place_name(make, read, "District of Columbia", 120.0)
    assert size == int(10 * 20.0 * 120.0 / full) / 10
    assert 10.0 < size < 20.0
    assert (24.0 + 0.7 * size) / 2 == pytest.approx(baseline)
    style = replace(make.head, smallest=10.0)
    for name in ("Ohio", "District of Columbia"):
        assert 24.0 == make.measure(make.text(name, style=style), 120.0).size.height


def test_name_that_fits_at_its_smallest(make: Maker, read: Reader) -> None:
    """At the least width that its smallest size needs, a name is set at exactly this size."""
    style = replace(make.head, smallest=10.0)
    block = make.text("District of Columbia", style=style)
    least = make.intrinsic(block).least
    assert make.width_of("District of Columbia", make.head) / 2 == pytest.approx(least)
    assert [] == make.reasons(block, least)
    assert 10.0 == place_name(make, read, "District of Columbia", least)[0]


def test_name_too_long_at_its_smallest_is_overset(make: Maker) -> None:
    """Below its smallest size no text goes: it is reported instead, with the size at which it stopped."""
    style = replace(make.head, smallest=10.0)
    block = make.text("District of Columbia", style=style)
    (reason,) = make.reasons(block, make.intrinsic(block).least - 1)
    assert reason.endswith("does not at its smallest size, 10 pt")


def test_empty_name_in_no_width(make: Maker) -> None:
    """A name without words needs no room, and gets no division by its width."""
    style = replace(make.head, smallest=10.0)
    assert [] == make.reasons(make.text("", style=style), -3.0)


def test_single_word_too_long_at_its_smallest_is_overset(make: Maker) -> None:
    """A name of one word cannot break either and says how wide it is."""
    style = replace(make.head, smallest=18.0)
    (reason,) = make.reasons(make.text("Massachusetts", style=style), 60.0)
    assert reason.startswith("has a word of")


def inner_groups(group: Group) -> list[Group]:
    return [item for item in group.items if isinstance(item, Group)]


def link_block(make: Maker) -> tuple[Run, ...]:
    return (
        make.run("visit "),
        make.run("sharedhope.org/toolkit", link="https://sharedhope.org/toolkit"),
        make.run("."),
    )


def test_link_across_lines_is_one_element(make: Maker, read: Reader) -> None:
    """An address that breaks is one link with a rectangle for each line: a reader hears it once."""
    width = make.width_of("visit sharedhope.org/") + 1
    placed = make.place(make.text(*link_block(make)), Rect(10.0, 0.0, width, 24.0))
    (group,) = inner_groups(placed)
    (area,) = read.links(group)
    assert Role(Tag.LINK) == group.role
    assert ["sharedhope.org/", "toolkit"] == [run.text for run in read.texts(group)]
    assert ("https://sharedhope.org/toolkit", "sharedhope.org/toolkit") == (area.address, area.contents)
    first, second = area.rects
    assert make.width_of("sharedhope.org/") == pytest.approx(first.width)
    assert (10.0, make.width_of("toolkit")) == pytest.approx((second.x, second.width))
    assert 12.0 == pytest.approx(second.y - first.y)


@pytest.mark.parametrize(("height", "bottom"), [(14.0, None), (12.0, 12.95)])
def test_link_on_one_line_has_one_rectangle(make: Maker, read: Reader, height: float, bottom: float | None) -> None:
    """It goes from the ascenders to the descenders of its words, and ends just outside of its block's region: that may
    stand at the edge of the live area."""
    (area,) = read.links(make.place(make.text(*link_block(make)), Rect(0.0, 0.0, 500.0, height)))
    (rect,) = area.rects
    baseline = (12.0 + CAP_HEIGHT) / 2
    assert (baseline - 10.24, bottom or baseline + 4.0) == pytest.approx((rect.y, rect.bottom))


def test_link_in_two_faces_has_one_rectangle_a_line(make: Maker, read: Reader) -> None:
    """A character from a fallback face does not cut a link's area into pieces."""
    style = replace(make.head, fallback=("Source Sans 3 Regular",))
    run = make.run("aαb", style, link="https://a.org")
    placed = make.place(make.text(run, style=style), Rect(0.0, 0.0, 200.0, 24.0))
    (area,) = read.links(placed)
    assert 3 == len(read.texts(placed))
    (rect,) = area.rects
    assert (0.0, sum(run.width for run in read.texts(placed))) == pytest.approx((rect.x, rect.width))


def test_space_of_a_link_at_a_line_end_is_no_area(make: Maker, read: Reader) -> None:
    """A link that begins with a space, broken there, is not clickable in the margin."""
    width = make.width_of("visit") + 1
    block = make.text("visit", make.run(" toolkit", link="https://a.org"))
    (area,) = read.links(make.place(block, Rect(0.0, 0.0, max(width, make.width_of("toolkit")), 24.0)))
    (rect,) = area.rects
    assert 0.0 == rect.x


def test_text_around_a_link_stays_in_the_text(make: Maker, read: Reader) -> None:
    """Only the link's own words are in its group; order is reading order."""
    placed = make.place(make.text(*link_block(make)), Rect(0.0, 0.0, 500.0, 12.0))
    assert ["visit ", "sharedhope.org/toolkit", ". "] == [run.text for run in read.texts(placed)]
    assert 3 == len(placed.items)


def test_abbreviation_and_language_are_spans(make: Maker) -> None:
    """What an abbreviation stands for and another language reach the structure tree; plain runs make no element."""
    badge = replace(make.run("18+"), expansion="18 and older")
    spanish = replace(make.run(" ley"), language="es")
    placed = make.place(make.text(badge, spanish, " law"), Rect(0.0, 0.0, 500.0, 12.0))
    assert [Role(Tag.SPAN, expansion="18 and older"), Role(Tag.SPAN, language="es")] == [
        group.role for group in inner_groups(placed)
    ]


def test_justified_text_reaches_both_edges(make: Maker, read: Reader) -> None:
    """The last word of every justified line but the last ends at the column's right edge, also across two runs."""
    style = replace(make.body, align=Align.JUSTIFY)
    strong = replace(style, face="Source Sans 3 SemiBold")
    block = make.text("one two three ", make.run("four five", strong), " six seven eight nine", style=style)
    runs = read.texts(make.place(block, Rect(10.0, 0.0, 100.0, 100.0)))
    rights: dict[float, float] = {}
    for run in runs:
        rights[run.baseline] = run.x + run.width
    assert len(rights) > 1
    assert [110.0] * (len(rights) - 1) == pytest.approx(list(rights.values())[:-1])
