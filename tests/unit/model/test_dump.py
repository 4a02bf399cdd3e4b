"""Values as text: what stands on a line, what is left out, and that nothing of the machine shows."""

from __future__ import annotations

import datetime as dt

import pytest

from cardprint.model.colour import Swatch
from cardprint.model.content import (
    BoxBlock,
    DocumentInfo,
    Edge,
    FixedTrack,
    FlexTrack,
    PageContent,
    PageGeometry,
    Row,
    Run,
    StackBlock,
    Stroke,
    TableBlock,
    TextBlock,
    TileBlock,
)
from cardprint.model.diagnostics import Span
from cardprint.model.dump import dump_content, dump_frame, place_name
from cardprint.model.frame import FilledRect, Glyph, Group, PageFrame, PathItem, ShapedText, TextRun
from cardprint.model.geometry import Insets, Matrix, Rect, Size
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import Align, FontFace, TextStyle

INK = Swatch("ink", (18, 35, 63), (95, 82, 45, 50))
GOLD = Swatch("gold", (224, 165, 38), (11, 37, 98, 0), "Gold")
BODY = TextStyle("body", "Serif", 9.0, 12.0, INK, tracking=0.004, align=Align.CENTER)
PAGE = PageGeometry(Size(612, 792), Insets(36, 36, 36, 36), 9)
INFO = DocumentInfo("A card", "Nobody", "", "en", dt.datetime(2030, 1, 2, tzinfo=dt.UTC), "cardprint")
P = Role(Tag.P)


def text_of(words: str, name: str = "body.stack[0]") -> TextBlock:
    """A paragraph of one run."""
    span = Span("card.yaml", 4, 7)
    run = Run(words, BODY, span=Span("data/utopia.yaml", 2, 3))
    return TextBlock(name=name, span=span, runs=(run,), style=BODY, role=P, field="the text")


def content_of(*blocks: TextBlock | TileBlock | BoxBlock | TableBlock) -> PageContent:
    """A page with blocks in a stack."""
    return PageContent(PAGE, StackBlock(name="body", span=Span("card.yaml", 3, 5), children=blocks), INFO)


def face_of(name: str) -> FontFace:
    """A face that is only named."""
    return FontFace(name, "Serif", b"", "", 1000, 800, 200, 650, 480, frozenset())


class TestContent:
    def test_parts_stand_below_what_they_belong_to(self) -> None:
        """Names count from the part above, places are those of the files, styles and swatches are spelt out once."""
        assert [
            "page-content",
            "  page: page-geometry trim=612×792 margins=[36 36 36 36] bleed=9",
            "  body: stack body @card.yaml:3:5",
            '    text .stack[0] style=body role=P field="the text" @card.yaml:4:7',
            '      run "Bread" style=body @data/utopia.yaml:2:3',
            '  info: document-info title="A card" author="Nobody" subject="" language="en" '
            'date=2030-01-02T00:00:00+00:00 producer="cardprint"',
            "styles",
            '  body: face="Serif" size=9 leading=12 swatch=ink tracking=0.004 align=center',
            "swatches",
            "  ink: #12233f cmyk=[95 82 45 50]",
        ] == dump_content(content_of(text_of("Bread"))).splitlines()

    def test_lines_can_be_left_out(self) -> None:
        """Then a comment in a file changes nothing."""
        assert '      run "Bread" style=body @data/utopia.yaml\n' in dump_content(
            content_of(text_of("Bread")), lines=False
        )

    def test_what_would_not_be_seen_is_escaped(self) -> None:
        """A no-break space is no space, and a quote does not end the text."""
        assert r'run "18\xa0% \"of\" a\\b ʻokina"' in dump_content(content_of(text_of('18\u00a0% "of" a\\b ʻokina')))

    def test_defaults_are_left_out(self) -> None:
        """A box that says nothing is told in a word; one with a ground, edges and rules tells them, edges sorted."""
        plain = BoxBlock(name="body.stack[0]", child=None)
        bled = BoxBlock(
            name="body.stack[1]",
            child=None,
            fill=GOLD,
            bleed=frozenset((Edge.TOP, Edge.LEFT)),
            rules=((Edge.TOP, Stroke(0.5, INK)),),
        )
        lines = dump_content(content_of(plain, bled)).splitlines()
        assert ["    box .stack[0]", "    box .stack[1] fill=gold rules=[[top, 0.5pt ink]] bleed=[left, top]"] == lines[
            3:5
        ]
        assert '  gold: #e0a526 cmyk=[11 37 98 0] spot="Gold"' in lines

    def test_tracks_and_roles_are_told_in_a_word(self) -> None:
        """As a layout would write them."""
        table = TableBlock(name="body.t", tracks=(FixedTrack(22), FlexTrack()), rows=(Row(()),), role=Role(Tag.TABLE))
        tile = TileBlock(
            name="body.u",
            text=Run("A", BODY),
            size=Size(30, 30),
            radius=4,
            fill=INK,
            role=Role(Tag.P, reads="Grade: A"),
        )
        dumped = dump_content(content_of(table, tile), lines=False)
        assert "table .t tracks=[22pt, 1fr] role=Table\n      row\n" in dumped
        assert 'tile .u size=30×30 radius=4 fill=ink role=P(reads="Grade: A")\n      run "A" style=body\n' in dumped


class TestFrame:
    def test_runs_tell_their_words_and_faces_and_shapes_their_place(self) -> None:
        """To the hundredth of a point; glyphs and outlines are counted, not listed."""
        shaped = ShapedText("Bread", face_of("Serif"), (Glyph(1, 500, 0, 0, "Bread"),), 500)
        run = TextRun(36.004, 70.806, 20.0, (shaped, shaped), 9.0, INK)
        path = PathItem((("M", 0.0, 0.0), ("Z",)), Matrix(0.10547, 0, 0, 0.10547, 37, 41.637), INK)
        root = Group(
            Rect(0, 0, 612, 792), (FilledRect(Rect(-9, -0.001, 630, 117), GOLD), run, path), Role(Tag.DOCUMENT)
        )
        lines = dump_frame(PageFrame(PAGE, root, INFO)).splitlines()
        assert [
            "  root: group region=0,0 612×792 role=Document",
            "    filled-rect rect=-9,0 630×117 fill=gold",
            '    text-run x=36 baseline=70.81 width=20 "BreadBread" faces=[Serif] size=9 swatch=ink',
            "    path outline=2 commands matrix=[0.1055 0 0 0.1055] 37,41.64 fill=ink",
        ] == lines[2:6]


class TestPlaces:
    @pytest.mark.parametrize(
        ("file", "shown"),
        [
            ("data/2021/states/ohio.yaml", "data/2021/states/ohio.yaml:2:3"),
            ("/home/ann/cards/data/states/ohio.yaml", "…/states/ohio.yaml:2:3"),
            ("C:/Users/Ann/states/ohio.yaml", "…/states/ohio.yaml:2:3"),
        ],
    )
    def test_where_a_folder_lies_on_a_machine_does_not_show(self, file: str, shown: str) -> None:
        """A relative path stays, an absolute one is cut to its last folder, be it written as on Unix or Windows."""
        assert shown == place_name(Span(file, 2, 3))

    def test_a_cell_of_a_spreadsheet_goes_by_its_name(self) -> None:
        """As in every message."""
        assert "…/forms/ohio.xlsx: Issue 2!F14" == place_name(
            Span("/home/ann/forms/ohio.xlsx", 14, 6, cell="Issue 2!F14")
        )
