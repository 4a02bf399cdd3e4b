"""WeasyPrint: HTML and CSS, the style sheet and the fonts read once, tagged as PDF/UA-1."""

from __future__ import annotations

from html import escape
from pathlib import Path
from typing import cast

from weasyprint import CSS, HTML
from weasyprint.text import ffi
from weasyprint.text.fonts import FontConfiguration

from benchmarks.measuring import ROOT
from benchmarks.peers.card import ICONS, INK, Card, ExtraCredit, Issue, Paragraph, Resource, TextRun

_STYLES = ROOT / "benchmarks" / "peers" / "card.css"


class Engine:
    """Cards as PDF/UA-1."""

    def __init__(self) -> None:
        # Subsets come from HarfBuzz where its library is installed (Debian: libharfbuzz-subset0), else from fontTools.
        self.note = "" if ffi.harfbuzz_subset else "without HarfBuzz-Subset, several times slower than with it"
        self._fonts = FontConfiguration()
        base = ROOT.as_uri() + "/"
        styles = _STYLES.read_text("utf-8") + "".join(_icon_rule(icon) for icon in sorted(ICONS.glob("*.svg")))
        self._styles = CSS(string=styles, base_url=base, font_config=self._fonts)
        self._images: dict[str, object] = {}

    def render(self, card: Card) -> bytes:
        """One card."""
        pdf = HTML(string=_page(card)).write_pdf(
            stylesheets=[self._styles], font_config=self._fonts, pdf_variant="pdf/ua-1", cache=self._images
        )
        return cast("bytes", pdf)


def _page(card: Card) -> str:
    name, edition, mark = escape(card["name"]), escape(card["edition"]), escape(card["mark"])
    rows = "".join(_issue(issue) for issue in card["issues"])
    extra = "".join(
        _extra_credit(row, len(card["extra_credit"]) if number == 0 else 0)
        for number, row in enumerate(card["extra_credit"])
    )
    *pair, last = (_resource(resource) for resource in card["resources"])
    foot = "".join(f"<p>{_runs(line)}</p>" for line in card["foot"])
    overall = card["overall"]
    return (
        f'<html lang="{card["language"]}"><head><title>{name}: {edition}</title></head><body>'
        f'<p class="mark head">{mark}</p><header><h1>{name}</h1><p>{edition}</p></header><table>'
        '<col style="width: 22pt"><col style="width: 150pt"><col style="width: 42pt"><col style="width: 52pt"><col>'
        '<thead><tr><th scope="col" colspan="2">Issue</th><th scope="col" class="middle">Grade</th>'
        '<th scope="col" class="middle">Score</th><th scope="col">Highlights</th></tr></thead>'
        f"<tbody>{rows}{extra}</tbody></table>"
        f'<div class="end"><div class="overall"><h2>Overall grade</h2><p class="letter">{escape(overall["grade"])}</p>'
        f'<p>{escape(overall["score"])}</p></div><div class="resources"><div class="pair">{"".join(pair)}</div>{last}'
        f'</div></div><footer>{foot}</footer><p class="mark foot">{mark}</p></body></html>'
    )


def _issue(issue: Issue) -> str:
    grade = escape(issue["grade"])
    return (
        f'<tr><th scope="row" colspan="2" class="title {issue["icon"]}">'
        f"{escape(issue['id'])}. {escape(issue['title'])}</th>"
        f'<td class="middle"><span class="tile {grade}">{grade}</span></td>'
        f'<td class="middle"><span class="over">{issue["score"]}</span>'
        f'<span class="under">{issue["maximum"]}</span></td>'
        f"<td>{escape(issue['highlights'])}</td></tr>"
    )


def _icon_rule(file: Path) -> str:
    """An icon in ink as the ground of a title: decoration has no place among the tags."""
    picture = file.read_text("utf-8").replace("currentColor", INK).replace("#", "%23").replace('"', "'")
    return f'th.{file.stem} {{ background-image: url("data:image/svg+xml,{picture}") }}\n'


def _extra_credit(row: ExtraCredit, tab_rows: int) -> str:
    """A row of extra credit; the first has the tab, over `tab_rows` rows."""
    tab = f'<th class="tab" scope="row" rowspan="{tab_rows}"><div>Extra credit</div></th>' if tab_rows else ""
    return (
        f'<tr class="extra">{tab}<th scope="row" class="title"><span class="badge">{escape(row["badge"])}</span>'
        f'<span>{escape(row["title"])}</span></th><td></td><td class="middle points">{row["points"]}</td>'
        f"<td>{escape(row['highlights'])}</td></tr>"
    )


def _resource(resource: Resource) -> str:
    paragraphs = "".join(f"<p>{_runs(paragraph)}</p>" for paragraph in resource["paragraphs"])
    return f"<section><h2>{escape(resource['heading'])}</h2>{paragraphs}</section>"


def _runs(paragraph: Paragraph) -> str:
    return "".join(map(_run, paragraph))


def _run(run: TextRun) -> str:
    text = escape(run["text"])
    if run["link"]:
        return f'<a href="{escape(run["link"])}">{text}</a>'
    return f"<b>{text}</b>" if run["emphasis"] else text
