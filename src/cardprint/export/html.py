"""A card as one web page of its own: the words of the PDF in the same order and structure, everything it needs inside.

It asks for no other file and runs no script. On a narrow screen table rows become blocks of lines; printed, it has the
card's own size.
"""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Final

from cardprint.export.html_blocks import Markup
from cardprint.export.style_sheet import StyleSheet, length
from cardprint.model.content import PageContent, SampleMarks
from cardprint.model.typography import FontBook

_BAND_INSET: Final = 7.0


def write_html(pages: Sequence[PageContent], fonts: FontBook) -> bytes:
    """The pages of a card, one below the other, as an HTML file in UTF-8. The same content gives the same bytes."""
    sheet = StyleSheet(pages[0].page, fonts)
    info = pages[0].info
    sections = "\n".join([_page(page, sheet) for page in pages])
    described = f'<meta name="description" content="{escape(info.subject)}">\n' if info.subject else ""
    return f"""\
<!DOCTYPE html>
<html lang="{escape(info.language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(info.title, quote=False)}</title>
{described}<meta name="author" content="{escape(info.author)}">
<meta name="generator" content="{escape(info.producer)}">
<style>
{sheet.css()}
</style>
</head>
<body>
<main>
{sections}
</main>
</body>
</html>
""".encode()


def _page(content: PageContent, sheet: StyleSheet) -> str:
    body = Markup(sheet).block(content.body)
    head = _mark(content.sample, sheet) if content.sample else ""
    foot = _mark(content.sample, sheet) if content.sample else ""
    kind = "sheet marked" if content.sample else "sheet"
    return f'<div class="{kind}">{head}<div class="page">{body}</div>{foot}</div>'


def _mark(marks: SampleMarks, sheet: StyleSheet) -> str:
    """A band with the words by which a page is marked."""
    styled = sheet.text(marks.words.style, marks.words.text) | {
        "background": marks.ground.hex,
        "padding": length(_BAND_INSET),
    }
    language = f' lang="{escape(marks.words.language)}"' if marks.words.language else ""
    return f"<p{language}{sheet.classes(**styled)}>{escape(marks.words.text, quote=False)}</p>"
