"""ReportLab Platypus: paragraphs and tables as its manual teaches them. It writes no tags."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

from benchmarks.peers import card as looks
from benchmarks.peers.card import FACES, GRADES, TRACKS, Card, ExtraCredit, Issue, Resource

_PAGE = (612.0, 792.0)
_LEFT, _WIDTH = 36.0, 540.0

INK, QUIET, RULE = HexColor(looks.INK), HexColor(looks.QUIET), HexColor(looks.RULE)
ACCENT, ACCENT_RULE, TINT = HexColor(looks.ACCENT), HexColor(looks.ACCENT_RULE), HexColor(looks.TINT)
CREAM, WHITE, MARK = HexColor(looks.CREAM), HexColor(looks.WHITE), HexColor(looks.MARK)
_OUTLINES: dict[str, list[tuple[Any, ...]]] = {}
_GRADES = {letter: HexColor(colour) for letter, colour in GRADES.items()}


def _style(name: str, face: str, size: float, leading: float, colour: Any, **more: Any) -> ParagraphStyle:
    return ParagraphStyle(name, fontName=face, fontSize=size, leading=leading, textColor=colour, **more)


_TITLE = _style("title", "BarlowSemiBold", 13, 14.4, INK)
_BADGE = _style("badge", "BarlowSemiBold", 17, 18, INK)
_POINTS = _style("points", "BarlowSemiBold", 14.5, 16, INK, alignment=TA_CENTER)
_HIGHLIGHTS = _style("highlights", "Source", 8.2, 10.4, INK)
_HEAD = _style("head", "BarlowSemiBold", 11, 13, INK)
_RESOURCE = _style("resource", "Source", 8.2, 10.6, INK, spaceAfter=2.5)
_FOOT = _style("foot", "Source", 7, 9, QUIET)


class Engine:
    """Cards as plain PDFs; fonts are registered and icons parsed once."""

    def __init__(self) -> None:
        for name, file in FACES.items():
            pdfmetrics.registerFont(TTFont(name, str(file)))

    def take_icons(self, icons: Mapping[str, Any]) -> None:
        """Keep the icons' outlines, in points and y up."""
        for name, icon in icons.items():
            size = icon["size"]
            _OUTLINES[name] = [
                (kind, *[(size - value if place % 2 else value) * 27 / size for place, value in enumerate(points)])
                for kind, *points in icon["outline"]
            ]

    def render(self, card: Card) -> bytes:
        """One card."""
        file = BytesIO()
        document = BaseDocTemplate(
            file,
            pagesize=_PAGE,
            title=f"{card['name']}: {card['edition']}",
            author=card["author"],
            lang=card["language"],
            initialFontName="Source",
            pageCompression=1,
        )
        frame = Frame(_LEFT, 30, _WIDTH, 641, leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0)
        document.addPageTemplates(PageTemplate(frames=[frame], onPage=partial(_draw_header, card)))
        foot = [Paragraph(_markup(line), _FOOT) for line in card["foot"]]
        document.build([_table(card), Spacer(1, 12), _end(card), Spacer(1, 8), *foot])
        return file.getvalue()


def _markup(runs: looks.Paragraph) -> str:
    parts = []
    for run in runs:
        text = escape(run["text"])
        if run["link"]:
            text = (
                f'<a href={quoteattr(run["link"])} color="{looks.LINK}"><font face="SourceSemiBold">{text}</font></a>'
            )
        elif run["emphasis"]:
            text = f'<font face="SourceSemiBold">{text}</font>'
        parts.append(text)
    return "".join(parts)


def _draw_header(card: Card, canvas: Canvas, _document: BaseDocTemplate) -> None:
    canvas.setFillColor(MARK)
    canvas.rect(0, 766, 612, 26, stroke=0, fill=1)
    canvas.rect(0, 0, 612, 26, stroke=0, fill=1)
    canvas.setFillColor(INK)
    canvas.rect(0, 684, 612, 82, stroke=0, fill=1)
    canvas.setFillColor(ACCENT)
    canvas.rect(0, 680, 612, 4, stroke=0, fill=1)
    for y in (775, 9):
        canvas.setFillColor(HexColor("#141414"))
        canvas.setFont("BarlowSemiBold", 9)
        canvas.drawCentredString(306, y, card["mark"], charSpace=1.44)
    canvas.setFillColor(WHITE)
    canvas.setFont("BarlowBold", 48)
    canvas.drawString(_LEFT, 724, card["name"].upper(), charSpace=0.576)
    canvas.setFillColor(CREAM)
    canvas.setFont("BarlowMedium", 15.5)
    canvas.drawString(_LEFT, 699, card["edition"], charSpace=0.2325)


class _Drawing(Flowable):
    """A small drawing of fixed size in a cell."""

    def __init__(self, width: float, height: float) -> None:
        super().__init__()
        self.width, self.height = width, height


class _Words(_Drawing):
    """A tracked line in capitals."""

    def __init__(
        self, text: str, face: str, size: float, colour: Any, width: float = 0.0, centred: bool = False
    ) -> None:
        super().__init__(width, size * 1.25)
        self._text, self._face, self._size, self._colour, self._centred = text.upper(), face, size, colour, centred

    def draw(self) -> None:
        self.canv.setFillColor(self._colour)
        self.canv.setFont(self._face, self._size)
        draw = self.canv.drawCentredString if self._centred else self.canv.drawString
        draw(self.width / 2 if self._centred else 0, self._size * 0.3, self._text, charSpace=0.08 * self._size)


class _Tab(_Drawing):
    """The words of the extra-credit tab, reading upwards."""

    def draw(self) -> None:
        self.canv.saveState()
        self.canv.rotate(90)
        self.canv.setFillColor(INK)
        self.canv.setFont("BarlowSemiBold", 9.5)
        self.canv.drawCentredString(self.height / 2, -14.5, "EXTRA CREDIT", charSpace=0.76)
        self.canv.restoreState()


class _Tile(_Drawing):
    def __init__(self, letter: str) -> None:
        super().__init__(30, 30)
        self._letter = letter

    def draw(self) -> None:
        self.canv.setFillColor(_GRADES[self._letter])
        self.canv.roundRect(0, 0, 30, 30, 4, stroke=0, fill=1)
        self.canv.setFillColor(WHITE)
        self.canv.setFont("BarlowBold", 21)
        self.canv.drawCentredString(15, 7.6, self._letter)


class _Fraction(_Drawing):
    def __init__(self, over: str, under: str) -> None:
        super().__init__(25, 31)
        self._over, self._under = over, under

    def draw(self) -> None:
        self.canv.setFillColor(INK)
        self.canv.setFont("BarlowSemiBold", 14.5)
        self.canv.drawCentredString(12.5, 19.2, self._over)
        self.canv.setStrokeColor(INK)
        self.canv.setLineWidth(0.9)
        self.canv.line(0, 15.5, 25, 15.5)
        self.canv.setFillColor(QUIET)
        self.canv.setFont("BarlowMedium", 13)
        self.canv.drawCentredString(12.5, 3, self._under)


class _Icon(_Drawing):
    def __init__(self, name: str) -> None:
        super().__init__(27, 27)
        self._name = name

    def draw(self) -> None:
        path = self.canv.beginPath()
        draw = {"M": path.moveTo, "L": path.lineTo, "C": path.curveTo, "Z": path.close}
        for command, *points in _OUTLINES[self._name]:
            draw[command](*points)
        self.canv.setFillColor(INK)
        self.canv.drawPath(path, stroke=0, fill=1)


def _table(card: Card) -> Table:
    issues, extra = card["issues"], card["extra_credit"]
    first = len(issues) + 1
    heads: list[Any] = [_Words("Issue", "BarlowSemiBold", 9.5, QUIET), ""]
    heads += [_Words(text, "BarlowSemiBold", 9.5, QUIET, 40, centred=True) for text in ("Grade", "Score")]
    heads.append(_Words("Highlights", "BarlowSemiBold", 9.5, QUIET))
    rows = [heads, *map(_issue, issues), *[_extra_credit(row, number == 0) for number, row in enumerate(extra)]]
    style = [
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 0),
        ("TOPPADDING", (0, 0), (-1, -1), 4.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 4.6),
        ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
        ("ALIGN", (2, 0), (3, -1), "CENTER"),
        ("LINEBELOW", (0, 0), (-1, 0), 1.1, INK),
        ("LINEBELOW", (0, 1), (-1, first - 1), 0.6, RULE),
        ("BACKGROUND", (0, first), (-1, -1), TINT),
        ("BACKGROUND", (0, first), (0, -1), ACCENT),
        ("LINEBELOW", (1, first), (-1, -1), 0.6, ACCENT_RULE),
        ("SPAN", (0, first), (0, -1)),
        ("LINEBELOW", (0, -1), (-1, -1), 1.1, INK),
        *[("SPAN", (0, row), (1, row)) for row in range(first)],
    ]
    return Table(rows, colWidths=TRACKS, style=style)


_PLAIN = [
    ("LEFTPADDING", (0, 0), (-1, -1), 0),
    ("RIGHTPADDING", (0, 0), (-1, -1), 0),
    ("TOPPADDING", (0, 0), (-1, -1), 0),
    ("BOTTOMPADDING", (0, 0), (-1, -1), 0),
    ("VALIGN", (0, 0), (-1, -1), "MIDDLE"),
]


def _issue(issue: Issue) -> list[Any]:
    title = Paragraph(f"{escape(issue['id'])}. {escape(issue['title'])}", _TITLE)
    return [
        Table([[_Icon(issue["icon"]), title]], colWidths=(39, 126), style=_PLAIN, hAlign="LEFT"),
        "",
        _Tile(issue["grade"]),
        _Fraction(issue["score"], issue["maximum"]),
        Paragraph(escape(issue["highlights"]), _HIGHLIGHTS),
    ]


def _extra_credit(row: ExtraCredit, is_first: bool) -> list[Any]:
    titles = ["", Paragraph(escape(row["badge"]), _BADGE), Paragraph(escape(row["title"]), _TITLE)]
    return [
        _Tab(22, 68) if is_first else "",
        Table([titles], colWidths=(17, 36, 97), style=_PLAIN),
        "",
        Paragraph(row["points"], _POINTS),
        Paragraph(escape(row["highlights"]), _HIGHLIGHTS),
    ]


def _end(card: Card) -> Table:
    overall = [
        [_Words("Overall grade", "BarlowSemiBold", 11.5, CREAM, 120, centred=True)],
        [_Words(card["overall"]["grade"], "BarlowBold", 78, WHITE, 120, centred=True)],
        [_Words(card["overall"]["score"], "BarlowSemiBold", 20, WHITE, 120, centred=True)],
    ]
    panel = Table(
        overall,
        colWidths=(136,),
        rowHeights=(32, 76, 32),
        style=[*_PLAIN, ("BACKGROUND", (0, 0), (-1, -1), INK), ("ALIGN", (0, 0), (-1, -1), "CENTER")],
        cornerRadii=[5, 5, 5, 5],
    )
    *pair, last = card["resources"]
    top = [("VALIGN", (0, 0), (-1, -1), "TOP")]
    cells: list[Any] = []
    for part in pair:
        cells += [_resource(part, 185), ""]
    columns = Table([cells[:-1]], colWidths=[185, *[16, 185] * (len(pair) - 1)], style=[*_PLAIN, *top])
    return Table(
        [[panel, "", [columns, Spacer(1, 6), *_resource(last, 386)]]], colWidths=(136, 18, 386), style=[*_PLAIN, *top]
    )


def _resource(part: Resource, width: float) -> list[Any]:
    head = Table(
        [[_Words(part["heading"], "BarlowSemiBold", 11, INK)]],
        colWidths=(width,),
        style=[*_PLAIN, ("LINEBELOW", (0, 0), (-1, -1), 0.9, ACCENT)],
    )
    return [head, Spacer(1, 4), *[Paragraph(_markup(paragraph), _RESOURCE) for paragraph in part["paragraphs"]]]
