"""Fonts: embedded, with text for every glyph; and what they show: ink for every letter, on the page itself."""

from __future__ import annotations

from collections.abc import Iterator

from cardprint.model.finding import Finding
from cardprint.verify.reading.document import Page
from cardprint.verify.reading.fonts import UNREADABLE, Font


def verify_fonts(page: Page) -> Iterator[Finding]:
    """Judge the fonts that show text, each once, and the text that they show."""
    seen: set[Font] = set()
    for fragment in (*page.content.fragments, *page.beside):
        for part in fragment.parts:
            if part.font not in seen:
                seen.add(part.font)
                yield from _verify_font(part.font, page.number)
        if UNREADABLE in fragment.text:
            message = f"“{fragment.text.strip()}” has glyphs of which the file does not say what they are."
            yield Finding("glyph-without-text", message, page.number, fragment.ink)
        if fragment.notdef:
            message = f"“{fragment.text.strip()}” is drawn with the glyph for what the font lacks (.notdef)."
            yield Finding("notdef", message, page.number, fragment.ink)
        if fragment.text.strip() and (fragment.hidden or fragment.alpha <= 0):
            message = f"“{fragment.text.strip()}” is in the file and is not painted."
            yield Finding("text-hidden", message, page.number, fragment.ink)
        if fragment.in_form and fragment.text.strip():
            message = f"“{fragment.text.strip()}” stands in a form XObject, where it cannot be told whether it is seen."
            yield Finding("text-in-form", message, page.number, fragment.ink)
        if fragment.blank:
            message = f"“{fragment.blank}” in “{fragment.text.strip()}” is drawn with glyphs that have no ink."
            yield Finding("glyph-without-ink", message, page.number, fragment.ink)


def _verify_font(font: Font, page: int) -> Iterator[Finding]:
    if not font.embedded:
        yield Finding("font-not-embedded", f"The font {font.name} is not embedded.", page)
    if not font.has_to_unicode:
        yield Finding("font-without-tounicode", f"The font {font.name} does not say what text its glyphs are.", page)
    for problem in font.problems:
        yield Finding("font-damaged", f"The font {font.name} cannot be read: {problem}.", page)
