from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.model.frame import Glyph, ShapedText
from cardprint.paint import FrameError
from cardprint.paint.tounicode import clusters, glyph_texts, settle, to_unicode_cmap

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker


def test_ligature_stands_for_all_its_characters(make: Maker) -> None:
    """A ligature's one glyph carries the characters it was made of."""
    assert "ffi" in {text for _, text in glyph_texts(make.shape("office", make.head))}


def test_no_break_space_reads_as_space(make: Maker) -> None:
    """Space and no-break space share a glyph; a reader gets the plain one back."""
    plain, no_break = make.shape(" "), make.shape("\u00a0")
    assert {(plain.glyphs[0].id, " ")} == glyph_texts(plain) == glyph_texts(no_break)


@pytest.mark.parametrize(("twin", "plain"), [("\u00a0", " "), ("\u202f", " "), ("\u2011", "-")])
def test_no_break_twins_read_as_what_they_are_drawn_as(make: Maker, twin: str, plain: str) -> None:
    """Whoever searches for "18 years" finds it, however it is kept on one line."""
    assert [plain] == [text for _, text in glyph_texts(make.shape(twin))]


def test_cluster_of_marks_gives_each_glyph_its_character(make: Maker) -> None:
    """A base with marks that has no composed form: as many glyphs as characters, one for each."""
    base, mark = make.shape("q\u0303").glyphs
    assert glyph_texts(make.shape("q\u0303")) == {(base.id, "q"), (mark.id, "\u0303")}


def test_cluster_of_more_glyphs_than_characters_keeps_its_text_on_the_first(make: Maker) -> None:
    """Glyphs without a character of their own are mapped to a zero-width space, never to U+0000."""
    shaped = make.shape("q")
    extra = Glyph(5, 0, 0, 0, "")
    assert glyph_texts(replace(shaped, glyphs=(*shaped.glyphs, extra))) == {
        (shaped.glyphs[0].id, "q"),
        (5, "\u200b"),
    }


def test_notdef_is_refused(make: Maker) -> None:
    """A character that the face lacks must not be drawn as an empty box."""
    with pytest.raises(FrameError, match='Source Sans 3 Regular has no glyph for "漢" in "a漢"'):
        glyph_texts(make.shape("a漢"))


def test_settle_prefers_the_plainer_of_two_texts() -> None:
    """One glyph, several texts: a real one before a filler, the shorter, then the lower code point."""
    texts = frozenset({(7, "\u2010"), (7, "-"), (8, "\u03bc"), (8, "\u00b5"), (9, "\u200b"), (9, "x")})
    assert settle(texts) == {7: "-", 8: "\u00b5", 9: "x"}


def test_clusters_gather_glyphs_without_text() -> None:
    """A glyph without text belongs to the cluster before it."""
    a, b, c = Glyph(1, 0, 0, 0, "ab"), Glyph(2, 0, 0, 0, ""), Glyph(3, 0, 0, 0, "c")
    assert list(clusters((a, b, c))) == [("ab", [a, b]), ("c", [c])]
    assert list(clusters(())) == []


def test_cmap_blocks_hold_at_most_a_hundred_mappings() -> None:
    """250 codes make blocks of 100, 100 and 50, each announcing its size."""
    cmap = to_unicode_cmap({code: chr(0x4E00 + code) for code in range(1, 251)}).decode()
    assert re.findall(r"(\d+) beginbfchar", cmap) == ["100", "100", "50"]
    assert cmap.count(">\n") == 250 + 1  # and the code space


def test_cmap_writes_utf16_also_beyond_the_first_plane() -> None:
    """Several characters follow one another; those above U+FFFF are surrogate pairs."""
    cmap = to_unicode_cmap({1: "ffi", 2: "𝛼"}).decode()
    assert "<0001> <006600660069>\n<0002> <D835DEFC>\n" in cmap


def test_glyph_texts_of_equal_words_are_equal(make: Maker) -> None:
    """The needs of a page do not depend on which objects carry its words."""
    shaped = make.shape("office")
    twin = ShapedText(shaped.text, shaped.face, shaped.glyphs, shaped.advance)
    assert glyph_texts(shaped) == glyph_texts(twin)
