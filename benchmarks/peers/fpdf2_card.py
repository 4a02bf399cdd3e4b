"""fpdf2: drawn with its cells, shaping off, since it would take longer. It writes no tags."""

from __future__ import annotations

from functools import lru_cache

from fpdf import FPDF, Align
from fpdf.enums import MethodReturnValue
from fpdf.svg import SVGObject

from benchmarks.peers.card import (
    ACCENT,
    ACCENT_RULE,
    CREAM,
    FACES,
    GRADES,
    INK,
    LINK,
    MARK,
    QUIET,
    RULE,
    TINT,
    TRACKS,
    WHITE,
    Card,
    ExtraCredit,
    Issue,
    Paragraph,
    Resource,
    icon_file,
)

_PAGE = (612.0, 792.0)
_LEFT, _WIDTH = 36.0, 540.0
_LEADING = 10.4
_EDGES = [_LEFT + sum(TRACKS[:number]) for number in range(len(TRACKS) + 1)]


class Engine:
    """Cards as plain PDFs; icons are parsed once, fonts by every document anew."""

    def render(self, card: Card) -> bytes:
        """One card."""
        pdf = FPDF(unit="pt", format=_PAGE)
        pdf.set_auto_page_break(False)
        pdf.c_margin = 0
        for name, file in FACES.items():
            pdf.add_font(*(("Source", "B") if name == "SourceSemiBold" else (name, "")), fname=file)
        pdf.MARKDOWN_LINK_COLOR, pdf.MARKDOWN_LINK_UNDERLINE = LINK, False
        pdf.set_title(f"{card['name']}: {card['edition']}")
        pdf.set_author(card["author"])
        pdf.set_lang(card["language"])
        pdf.add_page()
        _draw_header(pdf, card)
        y = _draw_table(pdf, card)
        y = _draw_end(pdf, card, y + 12)
        for line in card["foot"]:
            y = _runs(pdf, line, _LEFT, y, _WIDTH, 7, 9, QUIET)
        _draw_mark(pdf, card["mark"], _PAGE[1] - 26)
        return bytes(pdf.output())


@lru_cache
def _icon(name: str) -> SVGObject:
    return SVGObject(
        icon_file(name).read_text("utf-8").replace("currentColor", INK).replace("<svg", '<svg width="27" height="27"')
    )


def _font(pdf: FPDF, face: str, size: float, colour: str, tracking: float = 0.0) -> None:
    pdf.set_font(face, size=size)
    pdf.set_text_color(colour)
    pdf.set_char_spacing(tracking * size)


def _fill(pdf: FPDF, colour: str, x: float, y: float, width: float, height: float, radius: float = 0.0) -> None:
    pdf.set_fill_color(colour)
    if radius:
        pdf.rect(x, y, width, height, style="F", round_corners=True, corner_radius=radius)
    else:
        pdf.rect(x, y, width, height, style="F")


def _rule(pdf: FPDF, colour: str, weight: float, x: float, y: float, width: float) -> None:
    pdf.set_draw_color(colour)
    pdf.set_line_width(weight)
    pdf.line(x, y, x + width, y)


def _line(pdf: FPDF, text: str, x: float, y: float, width: float, height: float, align: Align = Align.L) -> None:
    pdf.set_xy(x, y)
    pdf.cell(width, height, text, align=align)


def _height(pdf: FPDF, text: str, width: float, leading: float) -> float:
    return float(pdf.multi_cell(width, leading, text, align=Align.L, dry_run=True, output=MethodReturnValue.HEIGHT))


def _text(pdf: FPDF, text: str, x: float, y: float, width: float, leading: float) -> None:
    pdf.set_xy(x, y)
    pdf.multi_cell(width, leading, text, align=Align.L)


def _runs(
    pdf: FPDF, runs: Paragraph, x: float, y: float, width: float, size: float, leading: float, colour: str
) -> float:
    """A paragraph of runs; the height at which the next one begins."""
    _font(pdf, "Source", size, colour)
    pdf.set_xy(x, y)
    text = "".join(
        f"**[{run['text']}]({run['link']})**"
        if run["link"]
        else f"**{run['text']}**"
        if run["emphasis"]
        else run["text"]
        for run in runs
    )
    return y + float(
        pdf.multi_cell(width, leading, text, align=Align.L, markdown=True, output=MethodReturnValue.HEIGHT)
    )


def _draw_mark(pdf: FPDF, words: str, y: float) -> None:
    _fill(pdf, MARK, 0, y, _PAGE[0], 26)
    _font(pdf, "BarlowSemiBold", 9, "#141414", 0.16)
    _line(pdf, words, 0, y, _PAGE[0], 26, Align.C)


def _draw_header(pdf: FPDF, card: Card) -> None:
    _draw_mark(pdf, card["mark"], 0)
    _fill(pdf, INK, 0, 26, _PAGE[0], 82)
    _fill(pdf, ACCENT, 0, 108, _PAGE[0], 4)
    _font(pdf, "BarlowBold", 48, WHITE, 0.012)
    _line(pdf, card["name"].upper(), _LEFT, 32, _WIDTH, 42)
    _font(pdf, "BarlowMedium", 15.5, CREAM, 0.015)
    _line(pdf, card["edition"], _LEFT, 78, _WIDTH, 20)


def _draw_table(pdf: FPDF, card: Card) -> float:
    _font(pdf, "BarlowSemiBold", 9.5, QUIET, 0.08)
    heads = (
        (0, 2, "ISSUE", Align.L),
        (2, 3, "GRADE", Align.C),
        (3, 4, "SCORE", Align.C),
        (4, 5, "HIGHLIGHTS", Align.L),
    )
    for first, end, title, align in heads:
        _line(pdf, title, _EDGES[first], 124, _EDGES[end] - _EDGES[first], 12, align)
    _rule(pdf, INK, 1.1, _LEFT, 141, _WIDTH)
    y = 141.0
    for issue in card["issues"]:
        y = _draw_issue(pdf, issue, y)
        _rule(pdf, RULE, 0.6, _LEFT, y, _WIDTH)
    top = y
    for number, row in enumerate(card["extra_credit"]):
        y = _draw_extra_credit(pdf, row, y, ruled=number > 0)
    _fill(pdf, ACCENT, _LEFT, top, TRACKS[0], y - top)
    _font(pdf, "BarlowSemiBold", 9.5, INK, 0.08)
    middle = (top + y) / 2
    with pdf.rotation(90, _LEFT + 11, middle):
        _line(pdf, "EXTRA CREDIT", _LEFT + 11 - 40, middle - 6, 80, 12, Align.C)
    _rule(pdf, INK, 1.1, _LEFT, y, _WIDTH)
    return y


def _draw_issue(pdf: FPDF, issue: Issue, y: float) -> float:
    title = f"{issue['id']}. {issue['title']}"
    _font(pdf, "BarlowSemiBold", 13, INK)
    title_height = _height(pdf, title, 126, 14.4)
    _font(pdf, "Source", 8.2, INK)
    text_height = _height(pdf, issue["highlights"], TRACKS[4], _LEADING)
    height = max(title_height, text_height, 33) + 9.2
    middle = y + height / 2
    _text(pdf, issue["highlights"], _EDGES[4], middle - text_height / 2, TRACKS[4], _LEADING)
    _font(pdf, "BarlowSemiBold", 13, INK)
    _text(pdf, title, _LEFT + 39, middle - title_height / 2, 126, 14.4)
    _icon(issue["icon"]).draw_to_page(pdf, _LEFT + 1, middle - 13.5)
    _fill(pdf, GRADES[issue["grade"]], _EDGES[2] + 6, middle - 15, 30, 30, 4)
    _font(pdf, "BarlowBold", 21, WHITE)
    _line(pdf, issue["grade"], _EDGES[2], middle - 15, TRACKS[2], 30, Align.C)
    _font(pdf, "BarlowSemiBold", 14.5, INK)
    _line(pdf, issue["score"], _EDGES[3], middle - 16, TRACKS[3], 16, Align.C)
    _rule(pdf, INK, 0.9, _EDGES[3] + 13.5, middle, 25)
    _font(pdf, "BarlowMedium", 13, QUIET)
    _line(pdf, issue["maximum"], _EDGES[3], middle + 1, TRACKS[3], 16, Align.C)
    return y + height


def _draw_extra_credit(pdf: FPDF, row: ExtraCredit, y: float, *, ruled: bool) -> float:
    _font(pdf, "Source", 8.2, INK)
    text_height = _height(pdf, row["highlights"], TRACKS[4] - 8, _LEADING)
    _font(pdf, "BarlowSemiBold", 13, INK)
    title_height = _height(pdf, row["title"], 80, 14.4)
    height = max(title_height, text_height) + 10
    middle = y + height / 2
    _fill(pdf, TINT, _LEFT, y, _WIDTH, height)
    if ruled:
        _rule(pdf, ACCENT_RULE, 0.6, _EDGES[1], y, _WIDTH - TRACKS[0])
    _text(pdf, row["title"], _EDGES[1] + 53, middle - title_height / 2, 80, 14.4)
    _font(pdf, "BarlowSemiBold", 17, INK)
    _line(pdf, row["badge"], _EDGES[1] + 17, middle - 9, 36, 18)
    _font(pdf, "BarlowSemiBold", 14.5, INK)
    _line(pdf, row["points"], _EDGES[3], middle - 8, TRACKS[3], 16, Align.C)
    _font(pdf, "Source", 8.2, INK)
    _text(pdf, row["highlights"], _EDGES[4], middle - text_height / 2, TRACKS[4] - 8, _LEADING)
    return y + height


def _draw_end(pdf: FPDF, card: Card, y: float) -> float:
    """Overall grade and resources; the height at which the foot begins."""
    _fill(pdf, INK, _LEFT, y, 136, 138, 5)
    _font(pdf, "BarlowSemiBold", 11.5, CREAM, 0.08)
    _line(pdf, "OVERALL GRADE", _LEFT, y + 10, 136, 14, Align.C)
    _font(pdf, "BarlowBold", 78, WHITE)
    _line(pdf, card["overall"]["grade"], _LEFT, y + 32, 136, 66, Align.C)
    _font(pdf, "BarlowSemiBold", 20, WHITE)
    _line(pdf, card["overall"]["score"], _LEFT, y + 106, 136, 20, Align.C)
    *pair, last = card["resources"]
    ends = [_draw_resource(pdf, part, _LEFT + 154 + 201 * number, y, 185) for number, part in enumerate(pair)]
    end = _draw_resource(pdf, last, _LEFT + 154, max(ends) + 8, 386)
    return max(end, y + 138) + 8


def _draw_resource(pdf: FPDF, part: Resource, x: float, y: float, width: float) -> float:
    _font(pdf, "BarlowSemiBold", 11, INK, 0.08)
    _line(pdf, part["heading"].upper(), x, y, width, 13)
    _rule(pdf, ACCENT, 0.9, x, y + 15, width)
    y += 19
    for paragraph in part["paragraphs"]:
        y = _runs(pdf, paragraph, x, y, width, 8.2, 10.6, INK) + 2.5
    return y
