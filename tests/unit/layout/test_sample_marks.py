"""The marks of sample data: where they stand, that nothing covers or moves them, and that the body keeps its place."""

from __future__ import annotations

from itertools import groupby
from math import hypot
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.layout import lay_out
from cardprint.layout.shaping import face_shaper
from cardprint.model.colour import Swatch
from cardprint.model.content import (
    Block,
    BoxBlock,
    Edge,
    PageContent,
    PageGeometry,
    RotatedBlock,
    Run,
    SampleMarks,
    Stroke,
)
from cardprint.model.frame import FilledRect, FrameItem, Group, PageFrame, PathItem, TextRun
from cardprint.model.geometry import IDENTITY, Insets, Matrix, Rect, Size
from cardprint.model.structure import Tag
from cardprint.model.typography import TextStyle

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker, Reader

PAGE = PageGeometry(Size(400.0, 600.0), Insets(36.0, 36.0, 36.0, 36.0), 9.0)
YELLOW = Swatch("band", (255, 214, 10), (0, 14, 96, 0))
STYLE = TextStyle("words", "Barlow Condensed SemiBold", 9.0, 11.0, YELLOW, tracking=0.1)
MARKS = SampleMarks(Run("SAMPLE DATA", STYLE), YELLOW, Run("SAMPLE", STYLE), Stroke(1.25, YELLOW))


def sample(make: Maker, body: Block, page: PageGeometry = PAGE) -> PageContent:
    return replace(make.content(body), page=page, sample=MARKS)


def laid_out(make: Maker, content: PageContent) -> PageFrame:
    return lay_out(content, make.fonts)[0]


def parts(frame: PageFrame) -> tuple[Group, Group, Group, Group]:
    """The word, the band at the head, the body, the band at the foot: in reading order."""
    word, head, body, foot = frame.root.items
    assert isinstance(word, Group)
    assert isinstance(head, Group)
    assert isinstance(body, Group)
    assert isinstance(foot, Group)
    return word, head, body, foot


def grounds(group: Group, matrix: Matrix = IDENTITY) -> list[Rect]:
    """Every filled rectangle, on the page."""
    inner = matrix if group.matrix is None else group.matrix.then(matrix)
    found: list[Rect] = []
    for item in group.items:
        if isinstance(item, FilledRect):
            found.append(inner.apply_rect(item.rect))
        elif isinstance(item, Group):
            found.extend(grounds(item, inner))
    return found


def outline_of(group: Group) -> PathItem:
    (item,) = group.items
    assert isinstance(item, PathItem)
    return item


def test_page_that_is_no_sample_has_no_marks(make: Maker) -> None:
    """The body is all there is."""
    frame = laid_out(make, make.content(make.text("Ohio")))
    assert (1, ()) == (len(frame.root.items), frame.marks)


def test_body_keeps_its_region(make: Maker) -> None:
    """A sample card shows just what the real one will look like: the marks stand in the margins."""
    _, _, body, _ = parts(laid_out(make, sample(make, make.text("Ohio"))))
    assert Rect(36.0, 36.0, 328.0, 528.0) == body.region


def test_bands_run_off_the_page_at_head_and_foot(make: Maker) -> None:
    """Over the whole width and the bleed, as deep as reading needs."""
    _, head, _, foot = parts(laid_out(make, sample(make, make.text("Ohio"))))
    assert [Rect(-9.0, -9.0, 418.0, 35.0), Rect(-9.0, 574.0, 418.0, 35.0)] == [*grounds(head), *grounds(foot)]


def test_bands_are_read(make: Maker, read: Reader) -> None:
    """Paragraphs before and after the body: who hears the card hears that it is a sample."""
    frame = laid_out(make, sample(make, make.text("Ohio")))
    assert ["SAMPLE DATA", "Ohio", "SAMPLE DATA"] == read.lines(frame.root)
    assert 3 == len(read.tagged(frame.root, Tag.P))


def test_words_of_another_language_say_so(make: Maker, read: Reader) -> None:
    """On a Spanish card the English words are marked as English."""
    marks = replace(MARKS, words=replace(MARKS.words, language="en"))
    frame = laid_out(make, replace(sample(make, make.text("Ohio")), sample=marks))
    assert ["en", None, "en"] == [group.role.language for group in read.tagged(frame.root, Tag.P) if group.role]


def test_words_stand_in_the_middle_away_from_the_trim(make: Maker, read: Reader) -> None:
    """Capitals end 12 points from the trim: office printers leave the outermost part of a sheet white."""
    _, head, _, foot = parts(laid_out(make, sample(make, make.text("Ohio"))))
    first, *_, last = read.texts(head)
    face = first.pieces[0].face
    assert pytest.approx(12.0) == first.baseline - face.cap_height * first.size / face.units_per_em
    assert {600.0 - 12.0} == {run.baseline for run in read.texts(foot)}
    assert pytest.approx(200.0, abs=1.0) == (first.x + last.x + last.width) / 2


def test_frame_tells_where_texts_stand_outside_the_live_area(make: Maker) -> None:
    """Whoever proves that texts stay in the live area is told of these two regions, which touch it nowhere."""
    frame = laid_out(make, sample(make, make.text("Ohio")))
    assert (Rect(0.0, 0.0, 400.0, 26.0), Rect(0.0, 574.0, 400.0, 26.0)) == frame.marks


def test_bleeding_boxes_end_at_the_bands(make: Maker) -> None:
    """What bleeds to head and foot would cover the bands, or be covered by them."""
    body = BoxBlock(child=make.text("Ohio"), fill=make.tint, bleed=frozenset(Edge))
    _, _, body_group, _ = parts(laid_out(make, sample(make, body)))
    assert [Rect(-9.0, 26.0, 418.0, 548.0)] == grounds(body_group)


def test_bleeding_boxes_reach_the_end_of_the_bleed_elsewhere(make: Maker) -> None:
    """The twin: on any other page the same box covers the sheet."""
    body = BoxBlock(child=make.text("Ohio"), fill=make.tint, bleed=frozenset(Edge))
    frame = laid_out(make, replace(make.content(body), page=PAGE))
    assert [Rect(-9.0, -9.0, 418.0, 618.0)] == grounds(frame.root)


@pytest.mark.parametrize("angle", [90, 270])
def test_turned_boxes_end_at_the_bands_too(make: Maker, angle: int) -> None:
    """A layout that turns a bleeding box does not paint over a mark."""
    box = BoxBlock(child=make.text("Ohio"), fill=make.tint, bleed=frozenset(Edge))
    body = RotatedBlock(child=box, angle=angle)
    _, _, body_group, _ = parts(laid_out(make, sample(make, body)))
    (ground,) = grounds(body_group)
    assert pytest.approx((-9.0, 26.0, 418.0, 548.0)) == (ground.x, ground.y, ground.width, ground.height)


def test_margins_without_room_for_a_band_are_widened(make: Maker, read: Reader) -> None:
    """No layout can leave the marks out: the live area gives way, and the frame says what it has become."""
    page = replace(PAGE, margins=Insets(0.0, 5.0, 20.0, 5.0))
    frame = laid_out(make, sample(make, make.text("Ohio"), page))
    _, head, body, foot = parts(frame)
    assert [14.0, 20.0] == [head.region.height, foot.region.height]
    assert Rect(5.0, 14.0, 390.0, 566.0) == body.region
    assert Insets(14.0, 5.0, 20.0, 5.0) == frame.page.margins
    assert read.texts(head)[0].size < 9.0 == read.texts(foot)[0].size


def test_words_are_smaller_on_a_narrow_page(make: Maker, read: Reader) -> None:
    """They stay on the page, whatever its size."""
    page = replace(PAGE, trim=Size(60.0, 600.0), margins=Insets(36.0, 2.0, 36.0, 2.0))
    _, head, _, _ = parts(laid_out(make, sample(make, make.spacer(1.0), page)))
    first, *_, last = read.texts(head)
    assert pytest.approx(12.0) == first.x
    assert pytest.approx(48.0, abs=1.0) == last.x + last.width


def test_word_lies_beneath_the_content(make: Maker) -> None:
    """First painted, in outline, and nothing that is read: every text keeps its contrast."""
    word, *_ = parts(laid_out(make, sample(make, make.text("Ohio"))))
    outline = outline_of(word)
    assert (None, None, MARKS.outline) == (word.role, outline.fill, outline.stroke)


def test_word_fills_the_diagonal_of_the_live_area(make: Maker) -> None:
    """It rises from lower left to upper right, inside the live area."""
    word, _, body, _ = parts(laid_out(make, sample(make, make.text("Ohio"))))
    outline = outline_of(word)
    points = [outline.matrix.apply(step[-2], step[-1]) for step in outline.outline if step[0] != "Z"]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    inked = Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))
    assert body.region.contains(inked)
    assert 0.6 * body.region.height < inked.height
    assert outline.matrix.b < 0 < outline.matrix.a
    assert pytest.approx(528 / 328) == -outline.matrix.b / outline.matrix.a
    assert pytest.approx(hypot(outline.matrix.a, outline.matrix.b)) == hypot(outline.matrix.c, outline.matrix.d)


def test_outline_follows_the_glyphs(make: Maker) -> None:
    """As many closed contours as the letters have, one after another, y down: S, A and its counter, P and its own."""
    shaper = face_shaper(make.fonts["Barlow Condensed SemiBold"])
    shaped = shaper.shape("SAP")
    commands = shaper.outline(shaped)
    assert [5, 5] == [sum(step[0] == kind for step in commands) for kind in "MZ"]
    left, right = shaper.ink(shaped)
    xs = [step[-2] for step in commands if step[0] != "Z"]
    ys = [step[-1] for step in commands if step[0] != "Z"]
    assert (left, right) == pytest.approx((min(xs), max(xs)), abs=1.0)
    assert -shaper.face.cap_height == pytest.approx(min(ys), abs=20.0)


def test_marks_are_the_same_every_time(make: Maker) -> None:
    """Equal content, equal frames."""
    content = sample(make, make.text("Ohio"))
    assert laid_out(make, content) == laid_out(make, content)


def items(group: Group) -> list[FrameItem]:
    return [found for item in group.items for found in (items(item) if isinstance(item, Group) else [item])]


def test_sample_adds_nothing_else(make: Maker) -> None:
    """Two bands, their words, one word in outline."""
    frame = laid_out(make, sample(make, make.spacer(1.0)))
    kinds = [kind for kind, _ in groupby(type(item) for item in items(frame.root))]
    assert [PathItem, FilledRect, TextRun, FilledRect, TextRun] == kinds
