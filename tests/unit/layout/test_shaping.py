"""From words to glyphs."""

from __future__ import annotations

import pytest
import uharfbuzz

from cardprint.layout.shaping import FaceShaper, face_shaper, split_by_face
from cardprint.model.frame import ShapedText
from cardprint.model.typography import Figures, FontBook

CONDENSED = "Barlow Condensed Bold"
SANS = "Source Sans 3 Regular"


def shape(
    faces: FontBook, text: str, face: str = CONDENSED, figures: Figures = Figures.DEFAULT, ligatures: bool = True
) -> ShapedText:
    return face_shaper(faces[face]).shape(text, figures, ligatures)


@pytest.mark.parametrize("face", [CONDENSED, SANS])
def test_pairs_are_kerned(faces: FontBook, face: str) -> None:
    """A and V stand closer than their widths: capitals in heads would gape otherwise."""
    apart = shape(faces, "A", face).advance + shape(faces, "V", face).advance
    assert shape(faces, "AV", face).advance < apart


@pytest.mark.parametrize("face", [CONDENSED, SANS])
def test_unkerned_pairs_keep_their_widths(faces: FontBook, face: str) -> None:
    """H and H have nothing to close: their advances add up."""
    assert 2 * shape(faces, "H", face).advance == shape(faces, "HH", face).advance


@pytest.mark.parametrize("face", [CONDENSED, SANS])
def test_tabular_figures_have_one_width(faces: FontBook, face: str) -> None:
    """In columns of scores each figure takes the same width, so that 11 is as wide as 68."""
    widths = {shape(faces, figure, face, Figures.TABULAR).advance for figure in "0123456789"}
    assert 1 == len(widths)


def test_default_figures_keep_their_own_widths(faces: FontBook) -> None:
    """In running text the condensed face has a narrow 1."""
    assert shape(faces, "1").advance < shape(faces, "0").advance


def test_ligature_holds_its_characters(faces: FontBook) -> None:
    """One glyph may stand for two characters; it says which, so that "office" is found in the PDF."""
    shaped = shape(faces, "office")
    assert ["o", "ffi", "c", "e"] == [glyph.text for glyph in shaped.glyphs]
    assert "office" == shaped.text


def test_no_ligatures_where_they_are_switched_off(faces: FontBook) -> None:
    """Tracked letters are set apart one by one, and a ligature would stay tight among them."""
    assert list("office") == [glyph.text for glyph in shape(faces, "office", ligatures=False).glyphs]


def test_marks_share_the_cluster_of_their_base(faces: FontBook) -> None:
    """A base and its combining marks are one cluster, its text on the first glyph: a reader finds it once."""
    shaped = shape(faces, "x\u0301a", SANS)
    assert ["x\u0301", "", "a"] == [glyph.text for glyph in shaped.glyphs]


def test_no_break_space_is_drawn_as_a_space_and_stays_itself(faces: FontBook) -> None:
    """A no-break space is as wide as a space and is read out of the PDF as what it is."""
    shaped = shape(faces, "a\u00a0b", SANS)
    plain = shape(faces, "a b", SANS)
    assert plain.advance == shaped.advance
    assert [glyph.id for glyph in plain.glyphs] == [glyph.id for glyph in shaped.glyphs]
    assert ["a", "\u00a0", "b"] == [glyph.text for glyph in shaped.glyphs]


@pytest.mark.parametrize(("character", "plain"), [("\u202f", " "), ("\u2011", "-")])
def test_no_break_twins_use_the_plain_glyph(faces: FontBook, character: str, plain: str) -> None:
    """The condensed face has neither a narrow no-break space nor a no-break hyphen; its plain ones stand for them."""
    assert ord(character) not in faces[CONDENSED].coverage
    assert [glyph.id for glyph in shape(faces, plain).glyphs] == [glyph.id for glyph in shape(faces, character).glyphs]


def test_soft_hyphens_are_gone(faces: FontBook) -> None:
    """A soft hyphen inside a line draws nothing and stands in no text: the word is found whole."""
    shaped = shape(faces, "crim\u00adinal")
    assert "criminal" == shaped.text == "".join(glyph.text for glyph in shaped.glyphs)


def test_nothing_but_soft_hyphens_is_nothing(faces: FontBook) -> None:
    """A soft hyphen by itself has no glyph to draw and no width."""
    shaped = shape(faces, "\u00ad")
    assert ("", (), 0) == (shaped.text, shaped.glyphs, shaped.advance)


@pytest.mark.parametrize("shaped_first", [False, True], ids=["first", "after the character was shaped"])
def test_hyphen_of_divided_words_is_drawn(faces: FontBook, shaped_first: bool) -> None:
    """The hyphen at a line end is the face's own, whatever was shaped before it; it reads back as a soft hyphen."""
    shaper = FaceShaper(faces[SANS])
    if shaped_first:
        shaper.shape("\u00ad", ligatures=False)
    hyphen = shaper.soft_hyphen()
    assert shaper.shape("-").advance == hyphen.advance > 0
    assert "\u00ad" == hyphen.text == hyphen.glyphs[0].text
    assert hyphen is shaper.soft_hyphen()


@pytest.mark.parametrize("face", [CONDENSED, SANS])
def test_okina_is_drawn(faces: FontBook, face: str) -> None:
    """The ʻokina of Hawaiʻi (U+02BB) has a glyph of its own in both families, not the missing-glyph box."""
    shaped = shape(faces, "Hawaiʻi", face)
    assert list("Hawaiʻi") == [glyph.text for glyph in shaped.glyphs]
    assert all(glyph.id for glyph in shaped.glyphs)


def test_words_are_shaped_once(faces: FontBook) -> None:
    """The same word in the same face is the same object on every card: paint remembers what it wrote by identity."""
    assert shape(faces, "protections") is shape(faces, "protections")


def test_words_in_other_figures_or_faces_are_others(faces: FontBook) -> None:
    """What is shaped differently is remembered apart."""
    plain = shape(faces, "16")
    assert plain is not shape(faces, "16", figures=Figures.TABULAR)
    assert plain is not shape(faces, "16", SANS)


def test_process_locale_does_not_shape(faces: FontBook, monkeypatch: pytest.MonkeyPatch) -> None:
    """Words are shaped in no particular language; HarfBuzz would else ask the process's locale, and Turkish settings
    would draw a card without its fi ligatures."""
    languages = []
    shaped = uharfbuzz.shape

    def watch(font: uharfbuzz.Font, buffer: uharfbuzz.Buffer, features: dict[str, bool]) -> None:
        languages.append(str(buffer.language))
        shaped(font, buffer, features)

    monkeypatch.setattr(uharfbuzz, "shape", watch)
    shape(faces, "a word that no other test shapes")
    assert ["und"] == languages


def test_ink_is_narrower_than_the_advance(faces: FontBook) -> None:
    """The ink of a letter begins after its left bearing and ends before its right one."""
    shaped = shape(faces, "D")
    left, right = face_shaper(faces[CONDENSED]).ink(shaped)
    assert 0 < left < right < shaped.advance


def test_ink_of_nothing_is_the_advance(faces: FontBook) -> None:
    """A space has no ink; it is centred by its width."""
    shaped = shape(faces, " ")
    assert (0, shaped.advance) == face_shaper(faces[CONDENSED]).ink(shaped)


def test_fallback_takes_what_the_first_face_lacks(faces: FontBook) -> None:
    """Each stretch has the first face of the chain that covers it. The condensed face has no Greek, the sans has."""
    assert [("A ", faces[CONDENSED]), ("αβ", faces[SANS]), (" Z", faces[CONDENSED])] == list(
        split_by_face("A αβ Z", [faces[CONDENSED], faces[SANS]])
    )


def test_no_split_where_the_first_face_covers_all(faces: FontBook) -> None:
    """A fallback that is not needed does not cut words, so that kerning goes through."""
    assert [("Hawaiʻi", faces[CONDENSED])] == list(split_by_face("Hawaiʻi", [faces[CONDENSED], faces[SANS]]))


def test_no_break_twins_need_no_fallback(faces: FontBook) -> None:
    """A no-break hyphen is drawn with the first face's hyphen, though the fallback has the character itself."""
    assert [("non\u2011x\u00adα"[:-1], faces[CONDENSED]), ("α", faces[SANS])] == list(
        split_by_face("non\u2011x\u00adα", [faces[CONDENSED], faces[SANS]])
    )


def test_marks_go_with_their_base(faces: FontBook) -> None:
    """A face that lacks the mark does not draw its base either."""
    mark = next(chr(c) for c in range(0x300, 0x370) if c in faces[SANS].coverage and c not in faces[CONDENSED].coverage)
    assert [("a", faces[CONDENSED]), (f"b{mark}", faces[SANS]), ("c", faces[CONDENSED])] == list(
        split_by_face(f"ab{mark}c", [faces[CONDENSED], faces[SANS]])
    )
