"""Fonts as a content stream uses them: codes to text, advances and ink."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import inf
from struct import unpack_from
from typing import Final, NamedTuple

from msgspec import Struct, field

from cardprint.verify.reading.cmaps import parse_to_unicode
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.outlines import Box, Outlines
from cardprint.verify.reading.syntax import STRING, hexadecimal, unescaped
from cardprint.verify.reading.values import Array, DamagedFileError, Dict, Stream, Value

UNREADABLE: Final = "\ufffd"
"""Stands for a glyph of which the file does not say what text it is."""

SILENT: Final = "\u200b"
"""The text of a glyph that only helps another to be drawn."""

_ELEMENT: Final = re.compile(rb"<([^>]*+)>|(%s)|([-+.\d]++)" % STRING, re.DOTALL)
_PLAIN_ARRAYS: Final = {
    count: re.compile(rb"\[(?:[-+.\d ]*+<(?:[0-9A-Fa-f]{%d})*+>)*+[-+.\d ]*+\]" % (2 * count)) for count in (1, 2)
}
"""Arrays of hexadecimal strings and adjustments, by the bytes of a code."""

_WITHOUT_INK: Final = " \u00a0\u00ad\u202f\u205f\u3000" + "".join(map(chr, range(0x2000, 0x200B)))
"""Characters that are not seen, and whose glyphs need no ink."""

_NO_INK: Final = inf
_DEFAULT_ASCENT: Final = Box(0.0, -250.0, 1000.0, 750.0)
_DEFAULT_WIDTH: Final = 1000.0
_STRINGS_KEPT: Final = 512
_LONGEST_KEPT: Final = 4_096
_MOST_WIDTHS: Final = 200_000
_CODECS: Final = {"WinAnsiEncoding": "cp1252", "MacRomanEncoding": "mac_roman", "StandardEncoding": "latin-1"}
_FONT_FILES: Final = ("FontFile2", "FontFile3", "FontFile")


class Glyph(NamedTuple):
    """A glyph of a shown string: its text, where it begins and its width in thousandths of an em (adjustments
    counted), its ink, and how many glyphs and spaces precede it."""

    text: str
    start: float
    width: float
    box: Box | None
    glyphs_before: int
    spaces_before: int


class Shown(NamedTuple):
    """A string, or an array of strings and adjustments, as a font shows it.

    `advance` is in thousandths of an em; `spaces` counts the codes that word spacing widens; `bottom` and `top` bound
    the ink about the baseline. `trail` is the advance of the spaces that end it, what opens them included,
    `trail_glyphs` their number. `blank` holds characters that the text has and the ink lacks; `notdef` says that the
    glyph for what the font lacks is among them."""

    text: str
    advance: float
    glyph_count: int
    spaces: int
    bottom: float
    top: float
    trail: float
    trail_glyphs: int
    blank: str
    notdef: bool


class Font(Struct, eq=False):
    """A font resource. `texts` maps codes to text, `widths` to advances in thousandths of an em.

    `outlines` are known for embedded TrueType programs under an identity encoding; `glyph_ids` maps codes to glyphs
    where they differ."""

    name: str
    code_bytes: int
    texts: dict[int, str]
    widths: dict[int, float]
    default_width: float
    embedded: bool
    has_to_unicode: bool
    outlines: Outlines | None
    glyph_ids: bytes | None = None
    problems: tuple[str, ...] = ()
    _shown: dict[bytes, Shown] = field(default_factory=dict)
    _bottoms: dict[int, float] = field(default_factory=dict)
    _tops: dict[int, float] = field(default_factory=dict)
    _blanks: dict[int, str] = field(default_factory=dict)
    _undefined: set[int] = field(default_factory=set)

    def show(self, operand: bytes) -> Shown:
        """What the operand of Tj or TJ shows. Remembered: cards of an edition have most of their strings in common."""
        shown = self._shown.get(operand)
        if shown is None:
            shown = self._read(operand)
            if len(self._shown) >= _STRINGS_KEPT:
                self._shown.clear()
            if len(operand) < _LONGEST_KEPT:
                self._shown[operand] = shown
        return shown

    def glyphs(self, operand: bytes) -> Iterator[Glyph]:
        """The glyphs of the operand one by one."""
        at, count, spaces = 0.0, 0, 0
        for part in _parts(operand):
            if isinstance(part, float):
                at -= part
                continue
            for code in self._codes(part):
                width = self.widths.get(code, self.default_width)
                yield Glyph(self.texts.get(code, UNREADABLE), at, width, self.box(code), count, spaces)
                at += width
                count += 1
                spaces += code == 32 and self.code_bytes == 1

    def box(self, code: int) -> Box | None:
        """The ink of a code's glyph; of fonts whose outlines are not known a box that holds most letters."""
        if self.outlines is None:
            width = self.widths.get(code, self.default_width)
            return None if self.texts.get(code, "").isspace() else _DEFAULT_ASCENT._replace(right=width)
        return self.outlines.box(self._glyph_id(code))

    def _glyph_id(self, code: int) -> int:
        if self.glyph_ids is None:
            return code
        return int.from_bytes(self.glyph_ids[2 * code : 2 * code + 2])

    def _codes(self, string: bytes) -> Sequence[int]:
        if self.code_bytes == 1:
            return string
        return unpack_from(f">{len(string) // 2}H", string)

    def _read(self, operand: bytes) -> Shown:
        codes, adjusted = self._plainly_written(operand) or self._written(operand)
        texts, widths = self.texts, self.widths
        try:
            text = "".join(map(texts.__getitem__, codes))
        except KeyError:
            text = "".join([texts.get(code, UNREADABLE) for code in codes])
        try:
            advance = sum(map(widths.__getitem__, codes))
        except KeyError:
            advance = sum([widths.get(code, self.default_width) for code in codes])
        used = set(codes)
        for code in used.difference(self._tops):
            self._note_ink(code)
        bottom, top = (
            min(map(self._bottoms.__getitem__, used), default=_NO_INK),
            max(map(self._tops.__getitem__, used), default=-_NO_INK),
        )
        trail, trail_glyphs = 0.0, 0
        for code in reversed(codes):
            if not texts.get(code, UNREADABLE).isspace():
                break
            trail += widths.get(code, self.default_width)
            trail_glyphs += 1
        if trail_glyphs and (trail_glyphs > 1 or not operand.endswith((b">", b">]"))):
            trail -= _adjusted_at_end(operand, trail_glyphs * self.code_bytes)
        return Shown(
            text=text.replace(SILENT, ""),
            advance=advance - adjusted,
            glyph_count=len(codes),
            spaces=codes.count(32) if self.code_bytes == 1 else 0,
            bottom=bottom if bottom < _NO_INK else 0.0,
            top=top if top > -_NO_INK else 0.0,
            trail=trail,
            trail_glyphs=trail_glyphs,
            blank="".join(sorted([self._blanks[code] for code in used.intersection(self._blanks)])),
            notdef=not self._undefined.isdisjoint(used),
        )

    def _plainly_written(self, operand: bytes) -> tuple[Sequence[int], float] | None:
        """The codes and the sum of the adjustments of an array whose strings are hexadecimal and hold whole codes, as
        most are; None for any other."""
        if not (_PLAIN_ARRAYS[self.code_bytes]).fullmatch(operand):
            return None
        parts = operand[1:-1].replace(b">", b"<").split(b"<")
        string = bytes.fromhex(b"".join(parts[1::2]).decode("ascii"))
        try:
            return self._codes(string), sum(map(float, b" ".join(parts[::2]).split()))
        except ValueError:
            return None

    def _written(self, operand: bytes) -> tuple[Sequence[int], float]:
        """The same of any operand, string by string."""
        codes: list[int] = []
        adjusted = 0.0
        for part in _parts(operand):
            if isinstance(part, float):
                adjusted += part
            else:
                codes += self._codes(part)
        return codes, adjusted

    def _note_ink(self, code: int) -> None:
        """Remember how far the ink of a code's glyph reaches, or what is to be told of a glyph without any."""
        box = self.box(code)
        self._bottoms[code], self._tops[code] = (_NO_INK, -_NO_INK) if box is None else (box.bottom, box.top)
        blank = "" if box is not None else self.texts.get(code, "").replace(SILENT, "").strip(_WITHOUT_INK)
        if blank:
            self._blanks[code] = blank
        if self.outlines is not None and self._glyph_id(code) == 0:
            self._undefined.add(code)


def _parts(operand: bytes) -> Iterator[bytes | float]:
    """Strings and adjustments of an operand, in order."""
    return map(_value, _ELEMENT.findall(operand))


def _adjusted_at_end(operand: bytes, length: int) -> float:
    """The sum of the adjustments that follow the first of the last `length` bytes of an operand's codes: what a
    justified line adds to the space that ends it."""
    adjusted = 0.0
    for part in reversed(list(_parts(operand))):
        if isinstance(part, float):
            adjusted += part
            continue
        length -= len(part)
        if length <= 0:
            break
    return adjusted


def _value(element: tuple[bytes, bytes, bytes]) -> bytes | float:
    digits, literal, number = element
    if number:
        return _float(number)
    return unescaped(literal[1:-1]) if literal else hexadecimal(digits)


def _float(digits: bytes) -> float:
    try:
        return float(digits)
    except ValueError:
        return 0.0


class FontReader:
    """Reads fonts, and keeps those of earlier files: cards of an edition may share their subsets byte for byte."""

    def __init__(self, kept: int = 24) -> None:
        self._fonts: dict[tuple[object, ...], Font] = {}
        self._kept = kept

    def read(self, file: PdfFile, resource: Value) -> Font:
        """The font of a resource. What is wrong with it is told in its `problems`."""
        entries = file.dict(resource)
        descendants = file.array(entries.get("DescendantFonts"))
        owner = file.dict(descendants[0]) if descendants else entries
        descriptor = file.dict(owner.get("FontDescriptor"))
        programs = [file.stream(descriptor[key]) for key in _FONT_FILES if key in descriptor]
        streams = (file.stream(entries.get("ToUnicode")), *programs[:1], file.stream(owner.get("CIDToGIDMap")))
        widths = [file.resolve(item) for item in file.array(owner.get("W") if descendants else entries.get("Widths"))]
        default = file.number(owner.get("DW")) if descendants else file.number(descriptor.get("MissingWidth"))
        key = (
            *(file.name(entries.get(name)) for name in ("BaseFont", "Subtype", "Encoding")),
            *(None if stream is None else (stream.raw, repr(stream.entries.get("Filter"))) for stream in streams),
            default,
            tuple(tuple(file.numbers(width)) if isinstance(width, list) else file.number(width) for width in widths),
            file.integer(entries.get("FirstChar")),
        )
        found = self._fonts.get(key)
        if found is None:
            if len(self._fonts) >= self._kept:
                self._fonts.clear()
            default = default if default is not None else _DEFAULT_WIDTH if descendants else 0.0
            program = programs[0] if programs else None
            advances = _composite_widths(file, widths) if descendants else _simple_widths(file, entries, widths)
            found = self._fonts[key] = _font(file, entries, program, streams[-1], advances, default)
        return found


def _font(
    file: PdfFile,
    entries: Dict,
    program: Stream | None,
    glyph_ids: Stream | None,
    widths: dict[int, float],
    default_width: float,
) -> Font:
    problems: list[str] = []
    composite = "DescendantFonts" in entries
    cmap = _data(file, file.stream(entries.get("ToUnicode")), problems)
    embedded = _data(file, program, problems)
    outlines = Outlines(embedded) if embedded and composite else None
    base_font = file.name(entries.get("BaseFont"))
    return Font(
        name=base_font.partition("+")[2] or base_font,
        code_bytes=2 if composite else 1,
        texts=_texts(file, entries, cmap, problems),
        widths=widths,
        default_width=default_width,
        embedded=embedded is not None or file.name(entries.get("Subtype")) == "Type3",
        has_to_unicode=cmap is not None,
        outlines=outlines if outlines is not None and outlines.glyph_count else None,
        glyph_ids=_data(file, glyph_ids, problems),
        problems=tuple(problems),
    )


def _data(file: PdfFile, stream: Stream | None, problems: list[str]) -> bytes | None:
    try:
        return None if stream is None else file.data(stream)
    except DamagedFileError as error:
        problems.append(str(error))
        return None


def _texts(file: PdfFile, entries: Dict, cmap: bytes | None, problems: list[str]) -> dict[int, str]:
    if cmap is not None:
        try:
            return parse_to_unicode(cmap)
        except DamagedFileError as error:
            problems.append(str(error))
            return {}
    encoding = file.resolve(entries.get("Encoding"))
    codec = _CODECS.get(file.name(encoding) or file.name(file.dict(encoding).get("BaseEncoding")) or "StandardEncoding")
    if codec is None or file.array(entries.get("DescendantFonts")):
        return {}
    return {code: bytes([code]).decode(codec, "replace") for code in range(32, 256)}


def _simple_widths(file: PdfFile, entries: Dict, items: Array) -> dict[int, float]:
    first = file.integer(entries.get("FirstChar")) or 0
    return dict(enumerate([file.number(width) or 0.0 for width in items[:256]], first))


def _composite_widths(file: PdfFile, items: Array) -> dict[int, float]:
    """What the W array says (§9.7.4.3): `first [w …]` and `first last w`."""
    widths: dict[int, float] = {}
    index = count = 0
    while index + 1 < len(items) and count < _MOST_WIDTHS:
        first, second = items[index], items[index + 1]
        if not isinstance(first, int):
            break
        if isinstance(second, list):
            widths.update(enumerate(file.numbers(second), first))
            index += 2
            continue
        width = file.number(items[index + 2]) if index + 2 < len(items) else None
        if not isinstance(second, int) or width is None:
            break
        codes = range(max(first, 0), min(second, 0xFFFF) + 1)
        count += len(codes) + 1
        widths.update(dict.fromkeys(codes, width))
        index += 3
    return widths
