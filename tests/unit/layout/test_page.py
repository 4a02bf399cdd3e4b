"""The whole page: everything in the live area, or an error that says what is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.layout import fit_pages, lay_out, lay_out_pages, measure_pages, place_pages
from cardprint.model.content import Block, PageContent, StackBlock
from cardprint.model.copyfit import Adjustment, Copyfit, CopyfitStep
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Span
from cardprint.model.frame import Group
from cardprint.model.geometry import Rect
from cardprint.model.structure import Role, Tag

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker, Reader


def refused(make: Maker, body: Block) -> tuple[Diagnostic, ...]:
    with pytest.raises(DiagnosticError) as caught:
        lay_out(make.content(body), make.fonts)
    return caught.value.diagnostics


def test_body_fills_the_live_area(make: Maker) -> None:
    """The page is a document whose body has the trim less its margins."""
    content = make.content(make.text("Ohio"))
    frame, _ = lay_out(content, make.fonts)
    (body,) = frame.root.items
    assert isinstance(body, Group)
    assert (Rect(0.0, 0.0, 200.0, 100.0), Role(Tag.DOCUMENT)) == (frame.root.region, frame.root.role)
    assert Rect(10.0, 10.0, 180.0, 80.0) == body.region
    assert (content.page, content.info) == (frame.page, frame.info)


def test_report_tells_the_free_height(make: Maker) -> None:
    """A page that fits as it is needed no step, and says how much more it could hold."""
    _, report = lay_out(make.content(make.text("Ohio")), make.fonts)
    assert ((), 80.0 - 12.0) == (report.steps, report.slack)


def test_report_tells_which_texts_were_set_smaller_for_their_line(make: Maker) -> None:
    """A long name is set smaller, and said to be; a short one has nothing to tell."""
    style = replace(make.head, smallest=10.0)
    _, report = lay_out(
        make.content(make.text("District of Columbia again", style=style, field="the name")), make.fonts
    )
    ((field, size),) = report.one_line_sizes
    assert "the name" == field
    assert 10.0 < size < 20.0
    _, report = lay_out(make.content(make.text("Ohio", style=style, field="the name")), make.fonts)
    assert () == report.one_line_sizes


def test_page_filled_to_the_last_point_fits(make: Maker) -> None:
    """Exactly as high as the live area is not too high."""
    _, report = lay_out(make.content(StackBlock(children=(make.spacer(68), make.text("Ohio")))), make.fonts)
    assert 0.0 == report.slack


def test_page_too_high_is_refused(make: Maker) -> None:
    """A point more and nothing is painted: the error says by how much, and has a remedy."""
    (diagnostic,) = refused(make, StackBlock(children=(make.spacer(69), make.text("Ohio"))))
    assert "overset" == diagnostic.code
    assert "1.0 pt" in diagnostic.message
    assert diagnostic.hint.endswith(".")


def test_text_too_wide_is_refused_with_its_line(make: Maker) -> None:
    """An overset names the text for people and the line of the file that its words come from."""
    long = make.text("a" * 60, field="the highlights of Ohio, issue 2")
    (diagnostic,) = refused(make, long)
    assert Span("state.yaml", 7, 3) == diagnostic.span
    assert diagnostic.message.startswith("the highlights of Ohio, issue 2 has a word of ")
    assert diagnostic.hint


def test_all_oversets_are_reported_at_once(make: Maker) -> None:
    """Whoever corrects a file sees every text that does not fit, in the order of its lines."""
    wide = make.text(make.run("a" * 60, line=30)), make.text(make.run("b" * 60, line=4))
    assert [4, 30] == [diagnostic.span.line for diagnostic in refused(make, StackBlock(children=wide))]


def test_same_content_same_page(make: Maker) -> None:
    """Laid out twice, a page is equal to the last glyph, and its words are the same objects."""
    content = make.content(make.text("Policy goals accomplished in areas related to third party control."))
    assert lay_out(content, make.fonts) == lay_out(content, make.fonts)


def test_empty_page(make: Maker, read: Reader) -> None:
    """A body without anything in it is an empty page, not an error."""
    frame, report = lay_out(make.content(StackBlock(children=())), make.fonts)
    assert ([], 80.0) == (read.texts(frame.root), report.slack)


def test_page_without_room_is_refused(make: Maker) -> None:
    """Margins that leave nothing make every text overset; nothing crashes."""
    narrow = replace(make.page, margins=replace(make.page.margins, left=150.0, right=50.0))
    content = replace(make.content(make.text("one two three")), page=narrow)
    with pytest.raises(DiagnosticError, match="overset"):
        lay_out(content, make.fonts)


def tight(make: Maker, lines: int) -> PageContent:
    """A page whose live area holds six lines as they are, and eight with the tightest leading."""
    step = CopyfitStep(Adjustment.LEADING, by=1.0, floor=10.0, styles=(make.body,))
    return replace(
        make.content(StackBlock(children=tuple([make.text("Ohio")] * lines))), copyfit=Copyfit(steps=(step,))
    )


@pytest.mark.parametrize(("lines", "start", "rung"), [((1, 6), 0, 0), ((1, 7), 0, 1), ((7, 8), 0, 2), ((1, 6), 2, 2)])
def test_measured_pages_are_placed_as_if_they_were_measured_then(
    make: Maker, lines: tuple[int, ...], start: int, rung: int
) -> None:
    """All on the first rung on which all fit: the frames are those of pages laid out on that rung."""
    pages = [tight(make, number) for number in lines]
    measured = measure_pages(pages, make.fonts, start)
    assert measured is not None
    assert {rung} == {page.rung for page in measured}
    assert rung == fit_pages(pages, make.fonts, start)
    assert lay_out_pages(pages, make.fonts, rung) == place_pages(measured)


def test_pages_that_fit_nowhere_are_not_measured(make: Maker) -> None:
    """One of them is enough; laying them out says by how much."""
    pages = [tight(make, 1), tight(make, 9)]
    assert (None, None) == (measure_pages(pages, make.fonts), fit_pages(pages, make.fonts))
    with pytest.raises(DiagnosticError, match="overset"):
        lay_out_pages(pages, make.fonts)
