from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.model.content import Stroke
from cardprint.model.frame import FilledRect, PathItem, RuleItem, TextRun
from cardprint.model.geometry import Matrix, Rect
from cardprint.model.icon import PathCommand
from cardprint.model.profile import ColourSpace
from cardprint.model.structure import Role, Tag
from cardprint.paint import FrameError
from cardprint.paint.content_stream import ContentStream
from cardprint.paint.fonts import embed_font
from cardprint.paint.page_space import PageSpace
from cardprint.paint.resources import FontResource
from cardprint.paint.structure import StructureElement
from cardprint.paint.tounicode import GlyphTexts, glyph_texts

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker


def stream_for(*runs: TextRun) -> ContentStream:
    faces, needs = {}, dict[str, GlyphTexts]()
    for piece in (piece for run in runs for piece in run.pieces):
        faces[piece.face.sha256] = piece.face
        needs[piece.face.sha256] = needs.get(piece.face.sha256, frozenset()) | glyph_texts(piece)
    fonts = {
        sha: FontResource(f"F{number}", embed_font(face, needs[sha]))
        for number, (sha, face) in enumerate(faces.items(), start=1)
    }
    return ContentStream(PageSpace(792), ColourSpace.RGB, fonts)


def operators(stream: ContentStream) -> list[str]:
    return stream.data().decode().split("\n")


def painted(*runs: TextRun) -> list[str]:
    stream = stream_for(*runs)
    for run in runs:
        stream.show_text(run)
    return operators(stream)


def test_run_stands_on_its_baseline(make: Maker) -> None:
    """Position, font and strings of a run, its pieces in one TJ."""
    assert painted(make.run("no no", 36, 60, 9.5)) == [
        "0.071 0.137 0.247 rg",
        "BT 36 732 Td",
        "/F1 9.5 Tf",
        "[<00020003000100020003>]TJ",
        "ET",
    ]


def test_state_is_written_where_it_changes(make: Maker) -> None:
    """A second run of the same looks repeats neither colour nor font; another size does."""
    same = painted(make.run("on", 0, 0), make.run("no", 0, 12))
    assert len([line for line in same if line.endswith((" rg", " Tf"))]) == 2
    other = painted(make.run("on", 0, 0), make.run("no", 0, 12, 12, swatch=make.red))
    assert len([line for line in other if line.endswith((" rg", " Tf"))]) == 4


def test_tracking_is_set_and_taken_back(make: Maker) -> None:
    """Character spacing holds for the run that has it, and not for the next."""
    lines = painted(make.run("on", 0, 0, tracking=0.4), make.run("on", 0, 0, tracking=0.4), make.run("no", 0, 0))
    assert [line for line in lines if line.endswith(" Tc")] == ["0.4 Tc", "0 Tc"]


def test_fallback_face_changes_the_font_within_a_run(make: Maker) -> None:
    """Pieces of two faces keep one text object and its running position."""
    run = make.run_of((make.shape("no", make.head), make.shape("no"), make.shape("on")), 0, 0)
    lines = painted(run)
    assert lines.count("BT 0 792 Td") == 1
    assert [line for line in lines if line.endswith(" Tf")] == ["/F1 10 Tf", "/F2 10 Tf"]


def test_raised_glyph_returns_to_the_baseline(make: Maker) -> None:
    """The rise is in points, and over with the glyph."""
    shaped = make.shape("aba")
    first, second, third = shaped.glyphs
    raised = replace(shaped, glyphs=(first, replace(second, y_offset=120), third))
    lines = painted(make.run_of((raised,), 0, 0, 20))
    assert [line for line in lines if line.endswith(" Ts")] == ["2.4 Ts", "0 Ts"]
    assert painted(make.run_of((shaped,), 0, 0)).count("0 Ts") == 0


def test_actual_text_is_said_within_the_text_object(make: Maker) -> None:
    """What ToUnicode cannot say stands in a Span sequence around its glyphs only."""
    lines = painted(make.run_of((make.shape("\u00b5"), make.shape("\u03bc")), 0, 0))
    start = lines.index("/Span<</ActualText<FEFF03BC>>>BDC")
    assert lines[start + 2] == "EMC"
    assert lines[start + 3] == "ET"
    assert not any("ActualText" in line for line in painted(make.run("\u03bc", 0, 0)))


def test_adjacent_content_of_an_element_shares_a_sequence(make: Maker) -> None:
    """Two lines of a paragraph are one marked-content sequence; decoration between them makes two."""
    run = make.run("on", 0, 0)
    paragraph = StructureElement(Role(Tag.P), 1, 2)
    stream = stream_for(run)
    for owner in (paragraph, paragraph, None, paragraph):
        stream.mark(owner)
    assert operators(stream) == [
        "/P<</MCID 0>>BDC",
        "EMC",
        "/Artifact<</Type/Layout>>BDC",
        "EMC",
        "/P<</MCID 1>>BDC",
        "EMC",
    ]
    assert stream.owners == [paragraph, paragraph]


def test_element_that_groups_cannot_own_content(make: Maker) -> None:
    """Text right inside a table row is a fault of the frame."""
    stream = stream_for(make.run("on", 0, 0))
    with pytest.raises(FrameError, match="TR groups elements"):
        stream.mark(StructureElement(Role(Tag.TR), 1, 2))


def test_turned_group_restores_the_state_before_it(make: Maker) -> None:
    """After Q the colour is what it was before q: it is neither lost nor set again."""
    stream = stream_for(make.run("on", 0, 0))
    ground = FilledRect(Rect(0, 0, 10, 10), make.ink)
    stream.draw_rect(ground)
    stream.push(Matrix(0, -1, 1, 0, 100, 200))
    stream.draw_rect(replace(ground, fill=make.red))
    stream.pop()
    stream.draw_rect(ground)
    lines = operators(stream)
    assert [line for line in lines if line.endswith(" rg")] == ["0.071 0.137 0.247 rg", "0.651 0.122 0.2 rg"]
    assert lines[2].startswith("q 0 1 -1 0 ")
    assert lines[5] == "Q"


@pytest.mark.parametrize(
    ("filled", "stroked", "operator"), [(True, False, "f"), (False, True, "S"), (True, True, "B"), (False, False, "")]
)
def test_rect_is_filled_stroked_or_both(make: Maker, filled: bool, stroked: bool, operator: str) -> None:
    """A rectangle with neither fill nor stroke paints nothing."""
    stream = stream_for()
    stroke = Stroke(0.75, make.ink) if stroked else None
    stream.draw_rect(FilledRect(Rect(10, 20, 30, 40), make.red if filled else None, stroke=stroke))
    assert operators(stream)[-1] == (f"10 732 30 40 re {operator}" if operator else "")


def test_rounded_corners_touch_the_edges(make: Maker) -> None:
    """Four curves join the edges; a radius beyond half a side is that half; 0 keeps the corners."""
    stream = stream_for()
    rect = Rect(0, 692, 40, 20)
    stream.draw_rect(FilledRect(rect, make.red, radius=4))
    stream.draw_rect(FilledRect(rect, make.red, radius=400))
    stream.draw_rect(FilledRect(rect, make.red, radius=0))
    _, small, large, square = operators(stream)
    assert small.startswith("4 80 m 36 80 l ")
    assert len(re.findall(r" c\b", small)) == 4
    assert large.startswith("10 80 m 30 80 l ")
    assert square == "0 80 40 20 re f"


def test_rule_is_a_stroked_line(make: Maker) -> None:
    """Weight and colour are set once for rules of a kind."""
    stream = stream_for()
    for y in (100.0, 120.0):
        stream.draw_rule(RuleItem(36, y, 576, y, Stroke(0.5, make.ink)))
    assert operators(stream) == [
        "0.071 0.137 0.247 RG",
        "0.5 w",
        "36 692 m 576 692 l S",
        "36 672 m 576 672 l S",
    ]


def test_outline_is_drawn_in_its_own_coordinates(make: Maker) -> None:
    """Moves, lines, curves and closing, under a matrix that turns the drawing over."""
    outline: tuple[PathCommand, ...] = (("M", 0, 0), ("L", 4, 0), ("C", 4, 2, 2, 4, 0, 4), ("Z",))
    stream = stream_for()
    stream.draw_path(PathItem(outline, Matrix(a=0.5, d=0.5, e=10, f=92), make.red))
    assert operators(stream)[-1] == "q 0.5 0 0 -0.5 10 700 cm 0 0 m 4 0 l 4 2 2 4 0 4 c h f Q"


def test_print_paints_with_inks(make: Maker) -> None:
    """A swatch is its four inks, in fills and in strokes."""
    stream = ContentStream(PageSpace(792), ColourSpace.CMYK, {})
    stream.draw_rect(FilledRect(Rect(0, 0, 1, 1), make.red, stroke=Stroke(0.5, make.ink)))
    assert operators(stream)[:2] == ["0.2 0.98 0.78 0.12 k", "0.94 0.82 0.44 0.48 K"]
