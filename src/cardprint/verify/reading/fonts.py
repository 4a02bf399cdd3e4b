"""Fonts as a content stream uses them: codes to text, advances and ink."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile
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
_DEFAULT_ASCENT: Final = Box(0.0, -250.0, 1000.0, 750.0)
_DEFAULT_WIDTH: Final = 1000.0
_STRINGS_KEPT: Final = 1_024
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
    the ink about the baseline. `trail` is the advance of the spaces that end it, `trail_glyphs` their number. `blank`
    holds characters that the text has and the ink lacks; `notdef` says that the glyph for what the font lacks is
    among them."""

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

    def _all_codes(self, elements: Sequence[tuple[bytes, bytes, bytes]]) -> Sequence[int]:
        """The codes of all strings among the elements of an operand. Where every string is written in hexadecimal and
        ends with a whole code they are read as one."""
        whole = 2 * self.code_bytes
        digits = [digits for digits, _, _ in elements if digits]
        if any(literal for _, literal, _ in elements) or any(len(d) % whole or not d.isalnum() for d in digits):
            strings = [part for part in map(_value, elements) if isinstance(part, bytes)]
            return [code for string in strings for code in self._codes(string)]
        return self._codes(hexadecimal(b"".join(digits)))

    def _read(self, operand: bytes) -> Shown:
        elements = _ELEMENT.findall(operand)
        codes = self._all_codes(elements)
        widths, default = self.widths, self.default_width
        advance = sum([widths.get(code, default) for code in codes])
        advance -= sum([_float(number) for _, _, number in elements if number])
        text = "".join([self.texts.get(code, UNREADABLE) for code in codes]).replace(SILENT, "")
        used = set(codes)
        boxes = {code: self.box(code) for code in used}
        inked = [box for box in boxes.values() if box is not None]
        blank = [self.texts.get(code, "") for code in used if boxes[code] is None]
        trailing = list(takewhile(lambda code: self.texts.get(code, UNREADABLE).isspace(), reversed(codes)))
        return Shown(
            text=text,
            advance=advance,
            glyph_count=len(codes),
            spaces=codes.count(32) if self.code_bytes == 1 else 0,
            bottom=min([box.bottom for box in inked], default=0.0),
            top=max([box.top for box in inked], default=0.0),
            trail=sum([widths.get(code, default) for code in trailing]),
            trail_glyphs=len(trailing),
            blank="".join(sorted(blank)).replace(SILENT, "").strip("\u00a0 \u00ad\u2009\u200a\u202f"),
            notdef=self.outlines is not None and any(self._glyph_id(code) == 0 for code in used),
        )


def _parts(operand: bytes) -> Iterator[bytes | float]:
    """Strings and adjustments of an operand, in order."""
    return map(_value, _ELEMENT.findall(operand))


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

    def __init__(self, kept: int = 64) -> None:
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
