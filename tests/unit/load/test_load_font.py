"""load_font: metrics and coverage of the shipped faces, and the fonts that are refused."""

from __future__ import annotations

import hashlib
import io
import struct
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from cardprint.load import load_font
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.source import Source
from cardprint.model.typography import FontFace

FONTS = Path(__file__).parents[3] / "fonts"
FACES = sorted(FONTS.glob("*/*.ttf"))
BARLOW = (FONTS / "barlow-condensed" / "BarlowCondensed-SemiBold.ttf").read_bytes()


def _load(data: bytes) -> FontFace:
    return load_font(Source("fonts/x.ttf", data), "X", "Family")


def _refused(data: bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(DiagnosticError) as caught:
        _load(data)
    assert all(d.span.file == "fonts/x.ttf" and d.hint.endswith(".") for d in caught.value.diagnostics)
    return caught.value.diagnostics


def _directory(data: bytes) -> dict[str, tuple[int, int]]:
    """Each table's record and its data, as offsets."""
    (count,) = struct.unpack_from(">H", data, 4)
    places = {}
    for record in range(12, 12 + 16 * count, 16):
        tag, _, offset, _ = struct.unpack_from(">4sLLL", data, record)
        places[tag.decode()] = (record, offset)
    return places


def _renamed(old: str, new: bytes) -> bytes:
    record, _ = _directory(BARLOW)[old]
    return BARLOW[:record] + new + BARLOW[record + 4 :]


def _patched(table: str, *patches: tuple[int, bytes]) -> bytes:
    data = bytearray(BARLOW)
    _, offset = _directory(BARLOW)[table]
    for at, content in patches:
        data[offset + at : offset + at + len(content)] = content
    return bytes(data)


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_shipped_faces_agree_with_fonttools(path: Path) -> None:
    """An independent reader finds the same metrics and the same characters."""
    data = path.read_bytes()
    face = load_font(Source(path.name, data), path.stem, "Family")
    font = TTFont(io.BytesIO(data), lazy=True)
    os2 = font["OS/2"]
    assert (face.name, face.family, face.data) == (path.stem, "Family", data)
    assert face.sha256 == hashlib.sha256(data).hexdigest()
    assert face.units_per_em == font["head"].unitsPerEm
    assert (face.ascent, -face.descent) == (os2.sTypoAscender, os2.sTypoDescender)
    assert (face.cap_height, face.x_height) == (os2.sCapHeight, os2.sxHeight)
    assert face.coverage == set(font.getBestCmap())


@pytest.mark.parametrize("path", FACES, ids=lambda path: path.stem)
def test_shipped_faces_cover_what_cards_say(path: Path) -> None:
    """Typographic quotes, dashes, Spanish and the ʻokina are there; a character that is not, is not claimed."""
    coverage = load_font(Source(path.name, path.read_bytes()), path.stem, "Family").coverage
    assert {ord(character) for character in "AZaz09 “”‘’–—…áéíóúñü¿¡ʻ&%+/"} <= coverage
    assert ord("中") not in coverage


def test_heights_are_measured_where_the_table_has_none() -> None:
    """Without sCapHeight and sxHeight, the tops of H and x count."""
    stated = _load(BARLOW)
    font = TTFont(io.BytesIO(BARLOW))
    measured = _load(_patched("OS/2", (86, bytes(4))))
    glyphs, names = font["glyf"], font.getBestCmap()
    assert measured.cap_height == glyphs[names[ord("H")]].yMax
    assert measured.x_height == glyphs[names[ord("x")]].yMax
    assert abs(measured.cap_height - stated.cap_height) <= 12


def test_old_table_without_heights_is_measured_too() -> None:
    """Version 1 of OS/2 ends before the heights, whatever bytes follow."""
    assert _load(_patched("OS/2", (0, b"\0\1"))).cap_height == _load(_patched("OS/2", (86, bytes(4)))).cap_height


def test_ascent_follows_the_fonts_own_choice() -> None:
    """hhea counts unless USE_TYPO_METRICS asks for the typographic pair."""
    typographic = (68, struct.pack(">hh", 800, -300))
    asked = (62, struct.pack(">H", 0x00C0))
    not_asked = (62, struct.pack(">H", 0x0040))
    face = _load(_patched("OS/2", typographic, asked))
    assert (face.ascent, face.descent) == (800, 300)
    face = _load(_patched("OS/2", typographic, not_asked))
    assert (face.ascent, face.descent) == (1000, 200)


@pytest.mark.parametrize(
    ("magic", "words"),
    [
        (b"OTTO", "PostScript (CFF) outlines"),
        (b"ttcf", "collection"),
        (b"wOFF", "WOFF"),
        (b"wOF2", "WOFF2"),
        (b"%!PS", "Type 1"),
        (b"<svg", "no font file"),
    ],
)
def test_other_kinds_of_font_are_named(magic: bytes, words: str) -> None:
    """The message says what the file is and the hint what is wanted."""
    (found,) = _refused(magic + BARLOW[4:])
    assert found.code == "font-kind"
    assert words in found.message
    assert "TrueType" in found.hint


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (_renamed("gasp", b"fvar"), "font-kind", "variable"),
        (_renamed("gasp", b"CFF "), "font-kind", "CFF"),
        (_renamed("post", b"zzzz"), "font-broken", "lacks the tables post"),
        (_patched("OS/2", (8, b"\0\2")), "font-rights", "forbid embedding"),
        (_patched("OS/2", (8, b"\1\0")), "font-rights", "forbid subsetting"),
        (_patched("OS/2", (8, b"\2\4")), "font-rights", "forbid embedding outlines"),
        (_patched("cmap", (4, b"\0\1"), (12, b"\0\3\0\0")), "font-kind", "no Unicode character map"),
        (_patched("head", (12, b"\0\0")), "font-broken", "head"),
        (_patched("head", (18, b"\0\1")), "font-broken", "1 units per em"),
        (_patched("maxp", (4, b"\xff\xff")), "font-broken", "number of its glyphs"),
        (_patched("hhea", (34, b"\0\0")), "font-broken", "number of its glyphs"),
        (BARLOW[:-5000], "font-broken", "cut off"),
        (BARLOW[:20], "font-broken", "cut short"),
        (BARLOW[:4], "font-broken", "cut short"),
        (b"", "font-kind", "no font file"),
    ],
    ids=lambda value: value if isinstance(value, str) else "data",
)
def test_unusable_fonts_are_refused_with_their_reason(data: bytes, code: str, words: str) -> None:
    """A font that cannot be embedded as it is never gets further than this."""
    (found,) = _refused(data)
    assert found.code == code
    assert words in found.message


@pytest.mark.parametrize("rights", [b"\0\0", b"\0\4", b"\0\x08", b"\0\x0a"])
def test_rights_that_allow_embedding_pass(rights: bytes) -> None:
    """Installable, preview and print, editable: each may stand in a PDF, the least restrictive bit deciding."""
    assert _load(_patched("OS/2", (8, rights)))


def test_all_problems_are_reported_at_once() -> None:
    """A font that is variable and restricted says both."""
    data = bytearray(_renamed("gasp", b"fvar"))
    data[_directory(BARLOW)["OS/2"][1] + 9] = 2
    assert {found.code for found in _refused(bytes(data))} == {"font-kind", "font-rights"}


def test_character_map_out_of_order_is_refused() -> None:
    """Segments that overlap could name millions of characters; they are an error, not work."""
    _, cmap = _directory(BARLOW)["cmap"]
    (subtable,) = struct.unpack_from(">L", BARLOW, cmap + 8)
    (found,) = _refused(_patched("cmap", (subtable + 14, b"\xff\xff")))
    assert found.code == "font-broken"
    assert "out of order" in found.message
