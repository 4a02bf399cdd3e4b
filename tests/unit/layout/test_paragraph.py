"""From runs to lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from cardprint.layout.paragraph import Line, paragraph, resized
from cardprint.model.content import Run
from cardprint.model.typography import Align, Breaking, Figures, FontBook, TextStyle

if TYPE_CHECKING:
    from tests.unit.layout.conftest import Maker

HIGHLIGHTS = (
    "Policy goals accomplished in areas related to third party control, non-criminalization for prostitution and sex "
    "trafficking offenses, and child abuse definitions. Gaps remain in areas related to foreign national victims."
)


def shown(line: Line) -> str:
    return "".join(piece.shaped.text for piece in line.pieces)


def set_text(make: Maker, text: str, style: TextStyle, width: float = float("inf")) -> list[Line]:
    return list(paragraph((make.run(text, style),), style, make.fonts).lines(width))


def test_words_are_in_order_and_complete(make: Maker) -> None:
    """However narrow the column, each word stands once, in order; spaces that end lines are still there."""
    for width in (60.0, 90.0, 150.0, 400.0, 2000.0):
        assert HIGHLIGHTS == "".join(map(shown, set_text(make, HIGHLIGHTS, make.body, width)))


@pytest.mark.parametrize("width", [120.0, 155.5, 200.0, 260.0])
def test_justified_lines_fill_their_column(make: Maker, width: float) -> None:
    """Every line but the last is exactly as wide as the column, and its spaces only ever open."""
    lines = set_text(make, HIGHLIGHTS, replace(make.body, align=Align.JUSTIFY), width)
    assert len(lines) > 3
    for line in lines[:-1]:
        assert width == pytest.approx(line.width)
        assert line.word_space >= 0
        words = "".join(piece.shaped.text for piece in line.pieces).rstrip()
        assert width == pytest.approx(make.width_of(words) + line.word_space * words.count(" "), abs=0.01)


def test_last_justified_line_keeps_its_spaces(make: Maker) -> None:
    """The last line of a justified paragraph is set as it is; torn open it would look like a mistake."""
    *_, last = set_text(make, HIGHLIGHTS, replace(make.body, align=Align.JUSTIFY), 200.0)
    assert 0.0 == last.word_space
    assert last.width < 200.0


def test_justifying_never_closes_spaces(make: Maker) -> None:
    """A stretch that is held together and too wide stays too wide: squeezed into the column it would hide that it is
    overset."""
    style = replace(make.body, align=Align.JUSTIFY)
    first, _ = set_text(make, "18 U.S.C. 1591 law", style, 30.0)
    assert 0.0 == first.word_space
    assert make.width_of("18 U.S.C. 1591") == pytest.approx(first.width)


def test_space_that_ends_a_line_does_not_count(make: Maker) -> None:
    """A line's width is that of its words: a space at its end neither pushes a word down nor moves centred text."""
    width = make.width_of("one two")
    first, _ = set_text(make, "one two three", make.body, width)
    assert "one two " == shown(first)
    assert width == pytest.approx(first.width)


def test_several_spaces_are_one(make: Maker) -> None:
    """Spaces that an editor left double, or folded with a line end, are set as one, also where two runs meet."""
    runs = (make.run("see  "), make.run("\n the"), make.run("  law "))
    (line,) = paragraph(runs, make.body, make.fonts).lines(500.0)
    assert "see the law " == shown(line)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("x \u00ad y", "x y"),
        ("\u00adx\u00ad y", "x y"),
        ("18 \u00ad years", "18 years"),
        ("\u00ad x", "x"),
        ("a\u00ad\u00adb", "ab"),
    ],
)
def test_soft_hyphens_outside_words_are_dropped(make: Maker, text: str, expected: str) -> None:
    """A soft hyphen that no word goes on after, left there by a word processor, leaves no gap and divides nothing."""
    (line,) = set_text(make, text, make.body, 500.0)
    assert expected == shown(line)
    assert make.width_of(expected) == pytest.approx(line.width)


def test_soft_hyphen_in_a_run_of_its_own(make: Maker) -> None:
    """Between two runs a soft hyphen still says where their word may be divided, and by itself shows nothing."""
    runs = (make.run("crim"), make.run("\u00ad"), make.run("inal"))
    (line,) = paragraph(runs, make.body, make.fonts).lines(500.0)
    assert "criminal" == shown(line)
    first, second = paragraph(runs, make.body, make.fonts).lines(make.width_of("crim-"))
    assert ["crim\u00ad", "inal"] == [shown(first), shown(second)]


def test_nothing_but_soft_hyphens_takes_no_line(make: Maker) -> None:
    """A text that shows nothing is set as an empty one is."""
    assert [] == set_text(make, "\u00ad \u00ad", make.body, 500.0)


@pytest.mark.parametrize(("text", "closed"), [("word", "word "), ("word ", "word "), ("word\u00a0", "word\u00a0")])
def test_paragraphs_are_painted_with_one_space_at_their_end(make: Maker, text: str, closed: str) -> None:
    """A no-break space that pasted text ends with keeps the next word apart as the space that is added would."""
    (stretch,) = paragraph((make.run(text, make.body),), make.body, make.fonts).stretches(500.0)
    assert closed == "".join(piece.text for piece in stretch.pieces)


def test_spaces_before_the_first_word_are_dropped(make: Maker) -> None:
    """A paragraph begins at its column's edge, whatever stands before its first word."""
    (line,) = set_text(make, " \n law", make.body)
    assert "law" == shown(line)
    assert make.width_of("law") == pytest.approx(line.width)


@pytest.mark.parametrize("text", ["", " ", " \n "])
def test_text_without_words_has_no_lines(make: Maker, text: str) -> None:
    """An empty text takes no height."""
    assert [] == set_text(make, text, make.body, 100.0)
    assert (0.0, 0.0) == (make.intrinsic(make.text(text)).least, make.intrinsic(make.text(text)).most)


def test_unit_on_the_next_line_of_the_yaml(make: Maker) -> None:
    """A number and its unit are held by a drawn space, even if a line end stands between them in the file."""
    (line,) = set_text(make, "5\nyears", make.body)
    assert "5 years" == shown(line)
    assert all(glyph.id for piece in line.pieces for glyph in piece.shaped.glyphs)


def test_divided_word_shows_a_hyphen(make: Maker) -> None:
    """A soft hyphen at which a line ends becomes a hyphen, and the line is as wide as its words and the hyphen."""
    width = make.width_of("the crim-") + 1
    first, second = set_text(make, "the crim\u00adinalization", make.body, width)
    assert ["the crim\u00ad", "inalization"] == [shown(first), shown(second)]
    assert make.width_of("the crim") + make.width_of("-") == pytest.approx(first.width)


def test_undivided_word_shows_none(make: Maker) -> None:
    """The same word in one line is as if no soft hyphen were there."""
    (line,) = set_text(make, "the crim\u00adinalization", make.body)
    assert "the criminalization" == shown(line)


def test_tracking_follows_every_glyph_but_the_last(make: Maker) -> None:
    """Tracked capitals are centred and fitted by what is seen: n glyphs have n - 1 spaces between them."""
    tracked = replace(make.head, tracking=0.1)
    plain, wide = make.width_of("HIM", make.head), make.width_of("HIM", tracked)
    assert 2 * 0.1 * 20.0 == pytest.approx(wide - plain)


def test_tracked_words_in_a_line(make: Maker) -> None:
    """Inside a line tracking also follows the last glyph of a word, and the space."""
    tracked = replace(make.head, tracking=0.1)
    plain, wide = make.width_of("HI HI", make.head), make.width_of("HI HI", tracked)
    assert 4 * 0.1 * 20.0 == pytest.approx(wide - plain)


def test_tracked_text_has_no_ligatures(make: Maker) -> None:
    """Each letter of a tracked word is a glyph."""
    tracked = replace(make.head, tracking=0.1)
    (piece,) = set_text(make, "office", tracked)[0].pieces
    (tight,) = set_text(make, "office", make.head)[0].pieces
    assert (6, 4) == (len(piece.shaped.glyphs), len(tight.shaped.glyphs))


def test_runs_keep_their_words(make: Maker) -> None:
    """A word across two runs has pieces of both and does not break where they meet."""
    strong = replace(make.body, face="Source Sans 3 SemiBold")
    runs = (make.run("see the TOOL"), make.run("KIT", strong), make.run(" online"))
    lines = paragraph(runs, make.body, make.fonts).lines(make.width_of("see the") + 2)
    assert ["see the ", "TOOLKIT ", "online"] == [shown(line) for line in lines]
    assert [0, 1, 2] == [piece.run for piece in lines[1].pieces]


def test_least_width_is_that_of_the_widest_word(make: Maker) -> None:
    """Below its least width a text is overset, at it every part fits: an address up to its slash, not its words."""
    whole = paragraph((make.run("see sharedhope.org/toolkit now"),), make.body, make.fonts)
    assert make.width_of("sharedhope.org/") == pytest.approx(whole.least_width)
    assert max(line.width for line in whole.lines(whole.least_width)) <= whole.least_width


def test_paragraphs_are_set_once(make: Maker) -> None:
    """The same words in the same type are the same paragraph on every card, whoever asks and wherever they link."""
    one = paragraph((make.run("One law", link="https://a.org"),), make.body, make.fonts)
    assert one is paragraph((make.run("One law", line=99),), make.body, dict(make.fonts))


@pytest.mark.parametrize(
    "change",
    [
        {"face": "Source Sans 3 SemiBold"},
        {"size": 10.5},
        {"tracking": 0.01},
        {"figures": Figures.TABULAR},
        {"align": Align.JUSTIFY},
        {"breaking": Breaking.GREEDY},
    ],
    ids=lambda change: next(iter(change)),
)
def test_other_type_is_another_paragraph(make: Maker, change: dict[str, Any]) -> None:
    """Whatever changes the lines makes another paragraph."""
    style = replace(make.body, **change)
    one = paragraph((make.run("One law"),), make.body, make.fonts)
    assert one is not paragraph((make.run("One law", style),), style, make.fonts)


def test_same_names_in_another_book_are_another_paragraph(make: Maker, faces: FontBook) -> None:
    """Faces are told apart as objects: a dataset's own fonts under the shipped names do not meet shipped lines."""
    exchanged = {**faces, make.body.face: faces["Barlow Condensed Medium"]}
    runs: tuple[Run, ...] = (make.run("One law"),)
    one, other = paragraph(runs, make.body, faces), paragraph(runs, make.body, exchanged)
    assert other.full_width < one.full_width


def test_greedy_and_total_hold_the_same_words(make: Maker) -> None:
    """Breaking changes lines, never words."""
    total = set_text(make, HIGHLIGHTS, make.body, 140.0)
    greedy = set_text(make, HIGHLIGHTS, replace(make.body, breaking=Breaking.GREEDY), 140.0)
    assert "".join(map(shown, total)) == "".join(map(shown, greedy))
    assert len(total) == len(greedy)


def test_resized_scales_every_run(make: Maker) -> None:
    """A text that is set smaller keeps the proportions of its runs; tracking, being in em, scales with them."""
    small = replace(make.body, size=5.0, tracking=0.1)
    block = resized(make.text("Ohio ", make.run("2021", small)), 20.0)
    assert [20.0, 10.0] == [run.style.size for run in block.runs]
    assert (20.0, 12.0) == (block.style.size, block.style.leading)
    assert 2 * paragraph((make.run("2021", small),), small, make.fonts).full_width == pytest.approx(
        paragraph(block.runs[1:], block.runs[1].style, make.fonts).full_width
    )
