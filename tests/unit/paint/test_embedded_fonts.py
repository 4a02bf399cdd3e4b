from __future__ import annotations

import io
import re
import zlib
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from cardprint.model.structure import Tag
from cardprint.paint import EmbeddedFont, FontMemory, paint_pdf
from cardprint.paint.fonts import embed_font
from cardprint.paint.tounicode import GlyphTexts, glyph_texts

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker


def program(font: EmbeddedFont) -> TTFont:
    data = font.program.partition(b"\nstream\n")[2].removesuffix(b"\nendstream")
    return TTFont(io.BytesIO(zlib.decompress(data)))


def test_widths_are_those_of_the_face(make: Maker) -> None:
    """Each glyph's width in the PDF is its advance in the face, in thousandths of an em."""
    shaped = make.shape("office 8.5 Agency")
    font = embed_font(shaped.face, glyph_texts(shaped))
    face = TTFont(io.BytesIO(shaped.face.data))
    names = face.getGlyphOrder()
    expected = {glyph: face["hmtx"][names[glyph]][0] * 1000 / shaped.face.units_per_em for glyph in font.widths}
    assert expected == font.widths
    listed = re.search(r"/W\[0\[([^]]*)\]\]", font.descendant)
    assert listed is not None
    written = [float(width) for width in listed[1].split()]
    assert {font.codes[glyph]: width for glyph, width in font.widths.items()} == {
        code: written[int(code, 16)] for code in font.codes.values()
    }


def test_subset_holds_the_glyphs_and_nothing_else(make: Maker) -> None:
    """Codes are small and in the face's order; tables that serve typing and hinting are gone."""
    shaped = make.shape("Ab")
    font = embed_font(shaped.face, glyph_texts(shaped))
    subset = program(font)
    assert sorted(font.codes.values()) == ["0001", "0002"]
    assert subset["maxp"].numGlyphs == 3
    assert {"glyf", "head", "hhea", "hmtx", "loca", "maxp"} == set(subset.keys()) - {"GlyphOrder"}


def test_composed_glyph_brings_its_parts(make: Maker) -> None:
    """A glyph made of others draws what it draws in the face."""
    shaped = make.shape("é")
    font = embed_font(shaped.face, glyph_texts(shaped))
    whole, subset = TTFont(io.BytesIO(shaped.face.data)), program(font)
    (glyph,) = (glyph.id for glyph in shaped.glyphs)
    code = int(font.codes[glyph], 16)
    there = subset["glyf"][subset.getGlyphOrder()[code]].getCoordinates(subset["glyf"])[0]
    here = whole["glyf"][whole.getGlyphOrder()[glyph]].getCoordinates(whole["glyf"])[0]
    assert list(here) == list(there)


def test_same_needs_same_bytes(make: Maker) -> None:
    """Embedding has no clock and no hidden order; its tag tells different subsets apart."""
    shaped = make.shape("Mississippi")
    first, second = (embed_font(shaped.face, glyph_texts(shaped)) for _ in range(2))
    assert (first.program, first.to_unicode, first.descendant) == (
        second.program,
        second.to_unicode,
        second.descendant,
    )
    assert re.fullmatch(r"/[A-Z]{6}\+SourceSans3-Regular", first.base_font)
    assert first.base_font != embed_font(shaped.face, glyph_texts(make.shape("Missouri"))).base_font


def test_memory_makes_each_subset_once(make: Maker) -> None:
    """The same face and needs give the same object, from any thread; other needs another."""
    memory = FontMemory()
    shaped = make.shape("Grade")
    with ThreadPoolExecutor(4) as threads:
        fonts = set(threads.map(lambda _: memory.embedded(shaped.face, glyph_texts(shaped)), range(8)))
    assert len(fonts) == 1
    assert memory.embedded(shaped.face, glyph_texts(make.shape("Score"))) not in fonts


def test_memory_forgets_the_longest_unused(make: Maker) -> None:
    """It keeps no more than it was told to: bulk runs stay flat."""
    memory = FontMemory(kept=1)
    shaped, other = make.shape("Grade"), make.shape("Score")
    first = memory.embedded(shaped.face, glyph_texts(shaped))
    memory.embedded(other.face, glyph_texts(other))
    again = memory.embedded(shaped.face, glyph_texts(shaped))
    assert first is not again
    assert first.program == again.program


def test_prepared_font_serves_what_it_covers(make: Maker) -> None:
    """An edition's font is used for every card it covers; cards that need the same glyph besides share one with it."""
    edition = make.shape("abcdefghijklmnopqrstuvwxyz")
    prepared = embed_font(edition.face, glyph_texts(edition))
    memory = FontMemory({edition.face.sha256: prepared})
    covered, beyond = make.shape("grade"), make.shape("Grade")
    assert memory.embedded(edition.face, glyph_texts(covered)) is prepared
    wider = memory.embedded(edition.face, glyph_texts(beyond))
    assert wider is not prepared
    assert wider is memory.embedded(edition.face, glyph_texts(make.shape("Go")))


def test_page_takes_the_prepared_font_unless_it_needs_more(make: Maker) -> None:
    """A page within an edition's repertoire holds the edition's font, one beyond it a wider one."""
    edition = make.shape("abcdefghijklmnopqrstuvwxyz ")
    prepared = embed_font(edition.face, glyph_texts(edition))
    memory = FontMemory({edition.face.sha256: prepared})
    assert memory.shared(edition.face) is prepared
    assert memory.shared(make.shape("a", make.head).face) is None
    within, beyond = (paint_pdf([make.page(make.group(Tag.P, make.run(text, 36, 60)))], fonts=memory) for text in "gG")
    assert prepared.program in within
    assert prepared.program not in beyond
    assert memory.embedded(edition.face, glyph_texts(make.shape("G"))).program in beyond


@pytest.mark.parametrize(("font", "text"), [("Barlow Condensed SemiBold", "ffi"), ("Source Sans 3 Regular", "27.5")])
def test_texts_are_what_to_unicode_says(make: Maker, font: str, text: str) -> None:
    """A ligature and tabular figures read back as what was set."""
    shaped = make.shape(text, font, "tnum")
    needs: GlyphTexts = glyph_texts(shaped)
    embedded = embed_font(shaped.face, needs)
    assert "".join(embedded.texts[glyph.id] for glyph in shaped.glyphs) == text
