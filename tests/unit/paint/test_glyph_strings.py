from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.model.frame import ShapedText
from cardprint.paint.fonts import EmbeddedFont, embed_font
from cardprint.paint.glyph_strings import EncodedText, Segment, encode, joined, set_spaces, text_array
from cardprint.paint.tounicode import glyph_texts

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker


def font_for(*pieces: ShapedText) -> EmbeddedFont:
    return embed_font(pieces[0].face, frozenset().union(*(glyph_texts(piece) for piece in pieces)))


def strings_of(encoded: EncodedText) -> str:
    assert encoded.strings is not None
    return encoded.strings


def displacement(strings: str, font: EmbeddedFont) -> float:
    """How far a TJ moves, in thousandths of an em: widths less adjustments (ISO 32000-1 §9.4.4)."""
    widths = {code: font.widths[glyph] for glyph, code in font.codes.items()}
    moved = 0.0
    for codes, adjustment in re.findall(r"<([0-9A-F]+)>|(-?[0-9.]+)", strings):
        moved += sum(widths[codes[at : at + 4]] for at in range(0, len(codes), 4)) - float(adjustment or 0)
    return moved


@pytest.mark.parametrize("text", ["AVATAR Tooth", "Wave To Yale", "Mississippi", "27.5"])
def test_kerned_text_moves_as_far_as_it_was_shaped_to(make: Maker, text: str) -> None:
    """Widths less adjustments add up to the shaped advance, kerning included."""
    shaped = make.shape(text, make.head)
    font = font_for(shaped)
    moved = displacement(set_spaces(strings_of(encode(shaped, font)), 0), font)
    assert moved == pytest.approx(shaped.advance * 1000 / shaped.face.units_per_em, abs=0.01)


def test_unkerned_text_is_one_string(make: Maker) -> None:
    """Where advances are the face's own, no adjustment is written."""
    shaped = make.shape("minimum")
    assert re.fullmatch(r"<[0-9A-F]{28}>", strings_of(encode(shaped, font_for(shaped))))


def test_word_space_opens_spaces_only(make: Maker) -> None:
    """A justified line is wider by its word space at each space; pieces without one stay as they are."""
    words, space, no_break = make.shape("Toll"), make.shape(" "), make.shape("\u00a0")
    font = font_for(words, space, no_break)
    set_solid, opened = (displacement(set_spaces(strings_of(encode(space, font)), extra), font) for extra in (0, 40))
    assert opened == pytest.approx(set_solid + 40)
    for piece in (words, no_break):
        strings = strings_of(encode(piece, font))
        assert set_spaces(strings, 40) == set_spaces(strings, 0)


def test_shifted_glyph_keeps_the_pen_where_it_was(make: Maker) -> None:
    """A horizontal offset moves the glyph and not the text after it."""
    shaped = make.shape("ab")
    first, second = shaped.glyphs
    shifted = replace(shaped, glyphs=(replace(first, x_offset=30), second))
    font = font_for(shaped)
    strings = strings_of(encode(shifted, font))
    assert strings == f" -30<{font.codes[first.id]}> 30<{font.codes[second.id]}>"
    assert displacement(strings, font) == pytest.approx(shaped.advance)


def test_raised_glyph_stands_in_a_segment_of_its_own(make: Maker) -> None:
    """A vertical offset becomes a rise for that glyph alone."""
    shaped = make.shape("aba")
    a, b, c = shaped.glyphs
    raised = replace(shaped, glyphs=(a, replace(b, y_offset=120), c))
    encoded = encode(raised, font_for(shaped))
    assert encoded.strings is None
    assert [segment.rise for phrase in encoded.phrases for segment in phrase.segments] == [0, 120, 0]


def test_text_that_to_unicode_cannot_say_gets_actual_text(make: Maker) -> None:
    """Two characters drawn by one glyph: the plainer is ToUnicode's, the other says itself."""
    micro, mu = make.shape("\u00b5"), make.shape("a\u03bcb")
    font = font_for(micro, mu)
    assert encode(micro, font).phrases[0].actual_text is None
    assert [phrase.actual_text for phrase in encode(mu, font).phrases] == [None, "<FEFF03BC>", None]
    assert len(encode(mu, font_for(mu)).phrases) == 1


def test_encoding_is_remembered_by_identity(make: Maker) -> None:
    """The same word in the same font is encoded once."""
    shaped = make.shape("prevention")
    font = font_for(shaped)
    assert encode(shaped, font) is encode(shaped, font)
    assert encode(shaped, font).phrases[0].segments == (Segment(strings_of(encode(shaped, font)), 0.0),)


def test_joined_strings_stay_apart_where_an_adjustment_stands() -> None:
    """Adjacent strings become one; numbers keep their blank."""
    assert joined("<0001><0002>") == "<00010002>"
    assert joined("<0001> -5<0002>") == "<0001> -5<0002>"


def test_line_is_one_array_of_its_words(make: Maker) -> None:
    """What a line shows are its words' strings, joined, its spaces opened; the same line is written once."""
    line = tuple(make.shape(text) for text in ("Tooth", " ", "AVATAR"))
    font = font_for(*line)
    strings = "".join(strings_of(encode(piece, font)) for piece in line)
    assert text_array(line, font, 0.0) == f"[{set_spaces(strings, 0)}]"
    assert text_array(line, font, 40.0) == f"[{set_spaces(strings, 40)}]"
    assert text_array(line, font, 0.0) is text_array((*line[:1], *line[1:]), font, 0.0)


def test_line_of_two_faces_is_no_single_array(make: Maker) -> None:
    """One TJ is set in one font."""
    word, other = make.shape("no"), make.shape("no", make.head)
    assert text_array((word, other), font_for(word), 0.0) is None
    assert text_array((word, word), font_for(word), 0.0) is not None
