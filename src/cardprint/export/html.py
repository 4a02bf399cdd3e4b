"""A card as one web page of its own: the words of the PDF in the same order and structure, everything it needs inside.

It asks for no other file and runs no script. On a narrow screen table rows become blocks of lines; printed, it has the
card's own size.
"""

from __future__ import annotations

from html import escape

from cardprint.export.html_blocks import Markup
from cardprint.export.style_sheet import StyleSheet, length
from cardprint.model.content import PageContent, SampleMarks
from cardprint.model.typography import FontBook


def write_html(content: PageContent, fonts: FontBook) -> bytes:
    """The page as an HTML file in UTF-8. The same content gives the same bytes."""
    sheet = StyleSheet(content.page, fonts)
    info = content.info
    body = Markup(sheet).block(content.body)
    head_mark = _mark(content.sample, sheet, "top") if content.sample else ""
    foot_mark = _mark(content.sample, sheet, "bottom") if content.sample else ""
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
<main class="page">
{head_mark}{body}{foot_mark}
</main>
</body>
</html>
""".encode()


def _mark(marks: SampleMarks, sheet: StyleSheet, edge: str) -> str:
    """A band with the words by which a page is marked, along the head or the foot."""
    other = "bottom" if edge == "top" else "top"
    styled = sheet.text(marks.words.style, marks.words.text) | {
        "background": marks.ground.hex,
        f"margin_{edge}": f"calc(-1*var(--{edge}))",
        f"margin_{other}": length(10.0) if edge == "bottom" else None,
        "margin_left": "calc(-1*var(--left))",
        "margin_right": "calc(-1*var(--right))",
        "padding": length(7.0),
    }
    language = f' lang="{escape(marks.words.language)}"' if marks.words.language else ""
    return f"<p{language}{sheet.classes(**styled)}>{escape(marks.words.text, quote=False)}</p>"
