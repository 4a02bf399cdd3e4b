"""Why a page looks as it does: its blocks with region, height needed, type and origin."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace

from cardprint.layout import explain_page, last_rung, lay_out
from cardprint.model.content import FractionBlock, RotatedBlock, StackBlock
from cardprint.model.copyfit import Adjustment, Copyfit, CopyfitStep
from cardprint.model.diagnostics import Span
from cardprint.model.geometry import Rect
from cardprint.model.structure import Role, Tag

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker

PLACE = Span("card.yaml", 4, 5)


def test_blocks_come_in_reading_order_with_their_place_and_need(make: Maker) -> None:
    """What grows gets more than it needs, and both are told."""
    text = replace(make.text("Bread"), name="body.1", span=PLACE, field="the text")
    body = StackBlock(name="body", children=(replace(make.spacer(20, grow=1), name="body.0"), text))
    whole, spacer, words = explain_page(make.content(body), make.fonts, 0)
    assert [(0, "stack", "body"), (1, "spacer", "body.0"), (1, "text", "body.1")] == [
        (block.depth, block.kind, block.name) for block in (whole, spacer, words)
    ]
    assert (Rect(10, 10, 180, 68), 20.0) == (spacer.region, spacer.needed)
    assert ("Bread", "the text", PLACE) == (words.text, words.field, words.layout)
    assert ("body: Source Sans 3 Regular 10/12 pt",) == words.types
    assert (Span("state.yaml", 7, 3),) == words.data


def test_words_of_the_layout_itself_have_no_line_of_data(make: Maker) -> None:
    """The twin: they come from the file that placed them."""
    run = replace(make.run("Issue"), span=PLACE)
    body = replace(make.text(run), name="body", span=PLACE)
    assert () == explain_page(make.content(body), make.fonts, 0)[0].data


def test_each_type_and_each_line_of_a_text_is_told_once(make: Maker) -> None:
    """In the order in which they come."""
    label = replace(make.body, name="label", face="Source Sans 3 SemiBold", tracking=0.02)
    runs = (make.run("A: ", label, line=2), make.run("b ", line=3), make.run("c", label, line=2))
    block = explain_page(make.content(replace(make.text(*runs), name="body")), make.fonts, 0)[0]
    assert (
        "label: Source Sans 3 SemiBold 10/12 pt, tracking 0.02 em",
        "body: Source Sans 3 Regular 10/12 pt",
    ) == block.types
    assert [2, 3] == [span.line for span in block.data]


def test_a_fraction_reads_as_one_text(make: Maker) -> None:
    """And both of its figures' lines are told."""
    block = FractionBlock(
        name="body",
        over=make.run("16", line=4),
        under=make.run("17.5", line=9),
        bar=make.hairline,
        bar_width=25,
        clearance=3,
        role=Role(Tag.P),
    )
    told = explain_page(make.content(block), make.fonts, 0)[0]
    assert ("16 over 17.5", [4, 9]) == (told.text, [span.line for span in told.data])


def test_a_text_fitted_to_its_line_is_told_at_its_size(make: Maker) -> None:
    """The size that the page has, not that of the theme."""
    style = replace(make.head, name="name", smallest=8.0)
    words = make.text("The District of Columbia and more", style=style)
    (block,) = explain_page(make.content(replace(words, name="body")), make.fonts, 0)
    (told,) = block.types
    assert told.startswith("name: Barlow Condensed Bold ")
    assert 8 < float(told.split()[4].split("/")[0]) < 20


def test_what_is_turned_is_told_where_it_stands_on_the_page(make: Maker) -> None:
    """Its region is upright, its own height that of its line."""
    child = replace(make.text("Extra credit"), name="body.child")
    _, told = explain_page(make.content(RotatedBlock(name="body", child=child, angle=90)), make.fonts, 0)
    assert told.region.width < told.region.height
    assert 12.0 == told.needed


def test_a_rung_is_told_as_it_sets_the_page(make: Maker) -> None:
    """The report says which one it was, and the same one explains the same page."""
    step = CopyfitStep(Adjustment.LEADING, by=1.0, floor=10.0, styles=(make.body,))
    words = replace(make.text(*["word and "] * 28), name="body")
    content = replace(make.content(words), copyfit=Copyfit(steps=(step,)))
    _, report = lay_out(content, make.fonts)
    assert 0 < report.rung <= last_rung(content) == 2
    (block,) = explain_page(content, make.fonts, report.rung)
    assert block.types == (f"body: Source Sans 3 Regular 10/{12 - report.rung} pt",)


def test_a_page_without_room_is_explained_too(make: Maker) -> None:
    """That is when it is needed most: it needs more than it has."""
    words = replace(make.text(*["word and "] * 60), name="body")
    (block,) = explain_page(make.content(words), make.fonts, 0)
    assert block.needed > block.region.height
