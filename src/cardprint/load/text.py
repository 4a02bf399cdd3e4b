"""Bytes to text: UTF-8, within a size, free of characters that nobody sees."""

from __future__ import annotations

import codecs
import re

from cardprint.load.refusal import refusal
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.source import Source

INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ud800-\\udfff\\ufeff\\ufffe\\uffff]"
)
"""Control characters, byte order marks, and the line ends that editors do not count (U+0085, U+2028, U+2029)."""

_UTF_16_OR_32 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)
_MOST_REPORTED = 20
_ZIP = b"PK\x03\x04"
_SAVE_AS_UTF_8 = "Save the file as UTF-8 (in most editors: Save As, Encoding)."
_LINE_END = re.compile("\r\n|\r|\n")


def decode_text(source: Source, limit: int) -> str:
    """The text of a UTF-8 file of at most `limit` bytes, its byte order mark taken off.

    Raises `DiagnosticError`: file-too-large, not-text, not-utf-8, invisible-character.
    """
    whole = Span(source.name)
    if len(source.data) > limit:
        message = f"The file has {len(source.data):,} bytes; at most {limit:,} are read."
        raise refusal("file-too-large", message, whole, "Check that this is the right file, or split it.")
    data = source.data.removeprefix(codecs.BOM_UTF8)
    if data.startswith(_UTF_16_OR_32):
        raise refusal("not-utf-8", "The file is UTF-16 or UTF-32 text.", whole, _SAVE_AS_UTF_8)
    if b"\0" in data:
        message = "The file is not text: it holds NUL bytes, as pictures, workbooks and archives do."
        hint = "Give a plain text file."
        if data.startswith(_ZIP):
            message = "The file is not text but a workbook or another kind of archive, whatever its name says."
            hint = "Give a plain text file. Results in a workbook are taken over with: cardprint sheet import."
        raise refusal("not-text", message, whole, hint)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        line, column = line_and_column(data[: error.start].decode("utf-8"))
        message = f"The byte 0x{data[error.start]:02X} is not UTF-8 text."
        span = Span(source.name, line, column, line, column + 1)
        raise refusal("not-utf-8", message, span, _SAVE_AS_UTF_8) from None
    _refuse_invisible(text, source.name)
    return text


def line_and_column(before: str) -> tuple[int, int]:
    """Where the text `before` ends, from 1, 1."""
    lines = _LINE_END.split(before)
    return len(lines), len(lines[-1]) + 1


def split_lines(text: str) -> list[str]:
    """The lines of `text` as editors count them, without their ends."""
    return _LINE_END.split(text)


def character_name(character: str) -> str:
    """A character that cannot be shown, in words: "U+2028 line separator"."""
    import unicodedata

    name = unicodedata.name(character, "control character").lower()
    return f"U+{ord(character):04X} {name}"


def _refuse_invisible(text: str, file: str) -> None:
    if not INVISIBLE.search(text):
        return
    collector = Collector()
    for number, content in enumerate(split_lines(text), start=1):
        for match in INVISIBLE.finditer(content):
            column = match.start() + 1
            message = f"Found the invisible character {character_name(match[0])}."
            span = Span(file, number, column, number, column + 1)
            collector.error("invisible-character", message, span, hint="Delete it; it often comes with pasted text.")
            if len(collector.diagnostics) == _MOST_REPORTED:
                collector.raise_errors()
    collector.raise_errors()
