"""Fonts ready to embed as bytes, to be kept on disk between runs, and back."""

from __future__ import annotations

import json

from cardprint.paint.fonts import EmbeddedFont


def dump_font(font: EmbeddedFont) -> bytes:
    """The font as one line of JSON, then its program and its ToUnicode map."""
    head = {
        "base_font": font.base_font,
        "descriptor": font.descriptor,
        "descendant": font.descendant,
        "glyphs": [[glyph, code, font.widths[glyph], font.texts[glyph]] for glyph, code in sorted(font.codes.items())],
        "program": len(font.program),
    }
    return json.dumps(head, separators=(",", ":")).encode("ascii") + b"\n" + font.program + font.to_unicode


def parse_font(data: bytes) -> EmbeddedFont:
    """The font that `dump_font` made the bytes of. Raises `ValueError` for anything else."""
    line, _, streams = data.partition(b"\n")
    try:
        head = json.loads(line)
        glyphs = head["glyphs"]
        return EmbeddedFont(
            base_font=head["base_font"],
            codes={glyph: code for glyph, code, _, _ in glyphs},
            widths={glyph: width for glyph, _, width, _ in glyphs},
            texts={glyph: text for glyph, _, _, text in glyphs},
            program=streams[: head["program"]],
            to_unicode=streams[head["program"] :],
            descriptor=head["descriptor"],
            descendant=head["descendant"],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError("these bytes are no font") from error
