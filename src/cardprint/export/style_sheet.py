"""The style sheet of a web page: declarations become classes, each once, in the order in which they are needed.

A point of the printed page is `--pt` on the screen, so that all keeps its proportions and grows with the reader's type.
"""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from typing import Final

from cardprint.export.numbers import number
from cardprint.export.web_fonts import subset_woff
from cardprint.model.content import AutoTrack, FixedTrack, FlexTrack, PageGeometry, Stroke, Track
from cardprint.model.typography import Align, Figures, FontBook, FontFace, TextStyle

_LEAST_LINE: Final = 0.92
"""Lines of capitals may be set tighter on paper, where it is known that there is one line only."""

_LARGE: Final = 20.0
"""Points above which type that may be set smaller on paper gives way on small screens."""

_POINTS_PER_HUNDREDTH: Final = 5.2
"""How many points of such type a hundredth of a small screen's width stands for."""

_BASE: Final = """\
*,*::before,*::after{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:#e9ecf1;color:#000;print-color-adjust:exact;-webkit-print-color-adjust:exact}
h1,h2,h3,p,ul,li{margin:0;padding:0;font-weight:400;font-size:inherit;list-style:none}
a{color:inherit;text-decoration:underline;text-decoration-thickness:.06em;text-underline-offset:.16em;\
overflow-wrap:anywhere}
a:focus-visible{outline:.15em solid currentColor;outline-offset:.15em}
abbr{text-decoration:none}
table{border-collapse:collapse;border-spacing:0;width:100%}
th,td{font-weight:400;text-align:left;padding:0}
p{text-wrap:pretty}
svg,img{display:block;flex:none}
.sheet{display:flex;flex-direction:column;margin:0 auto;background:#fff}
.sheet+.sheet{margin-top:2rem}
.page{display:flex;flex-direction:column;flex-grow:1;overflow:hidden;\
padding:var(--top) var(--right) var(--bottom) var(--left)}
.page>.stack{flex-grow:1}
.stack{display:flex;flex-direction:column}
.stack>*,.columns>*{min-width:0}
.columns{display:grid}
.box{display:flex;flex-direction:column}
.tile{display:inline-flex;align-items:center;justify-content:center;vertical-align:middle}
.fraction,.fraction>span[aria-hidden]{display:inline-flex;flex-direction:column;align-items:center;\
vertical-align:middle}
.turned{display:inline-block;writing-mode:vertical-rl;white-space:nowrap}
.upwards{transform:rotate(180deg)}
.whole{white-space:nowrap}
.aloud{position:absolute;width:1px;height:1px;margin:-1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;\
user-select:none}"""

_MARKED: Final = ".marked{--top:12pt;--bottom:12pt}"
"""On paper the bands of marks take their height from the margins."""

_SMALL: Final = """\
@media screen and (max-width:46rem){
:root{--top:1.5rem;--right:1rem;--bottom:1.5rem;--left:1rem;--least:.9375rem}
.broad{grid-template-columns:minmax(0,1fr)!important}
table,tbody{display:block}
thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
tr{display:flex;flex-wrap:wrap;align-items:center;gap:.6rem 1rem;height:auto!important;padding:.9rem 0;\
border-bottom:1px solid #c3cbd8}
th,td{display:block;flex:none;border:0!important;padding:0!important}
th{flex:1 1 0}
td:empty{display:none}
.rest,.tab{flex:1 0 100%}
.filled{padding-inline:.75rem!important}
.tab{padding:.3rem .75rem!important;margin-inline:-.75rem;text-align:left!important}
tr:has(.tab){padding-top:0}
.turned{writing-mode:horizontal-tb;transform:none}
}"""


class StyleSheet:
    """Collects what the blocks of one page need."""

    def __init__(self, page: PageGeometry, fonts: FontBook) -> None:
        self._page = page
        self._fonts = fonts
        self._classes: dict[str, str] = {}
        self._characters: dict[FontFace, set[int]] = {}

    def classes(self, *names: str, **declarations: str | None) -> str:
        """The `class` attribute of an element with these classes and declarations; empty for one that needs none.

        Underscores stand for the hyphens of properties; a declaration of None is left out."""
        body = ";".join([f"{name.replace('_', '-')}:{value}" for name, value in declarations.items() if value])
        if body:
            names = (*names, self._classes.setdefault(body, f"c{len(self._classes)}"))
        return f' class="{" ".join(names)}"' if names else ""

    def text(self, style: TextStyle, words: str) -> dict[str, str | None]:
        """The declarations by which `words` are set in `style`; its faces will have what they need."""
        needed = set(map(ord, words)) - {0xAD}
        for name in (style.face, *style.fallback):
            self._characters.setdefault(self._fonts[name], set()).update(needed)
        size = f"max(calc({number(style.size)}*var(--pt)),var(--least))"
        if style.smallest is not None and style.size > _LARGE:
            size = f"min({size},{number(style.size / _POINTS_PER_HUNDREDTH)}vw)"
        return {
            "font_family": self._family(style),
            "font_size": size,
            "line_height": number(max(_LEAST_LINE, style.leading / style.size)),
            "letter_spacing": f"{number(style.tracking)}em" if style.tracking else None,
            "color": style.swatch.hex,
            "text_align": None if style.align is Align.LEFT else style.align.value,
            "font_variant_numeric": "tabular-nums" if style.figures is Figures.TABULAR else None,
        }

    def _family(self, style: TextStyle) -> str:
        faces = [self._fonts[name] for name in (style.face, *style.fallback)]
        order = list(self._characters)
        narrow = "Arial Narrow," if "Condensed" in faces[0].family else ""
        return ",".join([f"f{order.index(face)}" for face in faces]) + f",{narrow}sans-serif"

    def css(self) -> str:
        """The whole style sheet."""
        faces = [
            f"@font-face{{font-family:f{position};src:url(data:font/woff;base64,"
            f"{base64.b64encode(subset_woff(face, frozenset(characters))).decode('ascii')}) format('woff')}}"
            for position, (face, characters) in enumerate(self._characters.items())
        ]
        rules = [f".{name}{{{body}}}" for body, name in self._classes.items()]
        return "\n".join([*faces, *self._page_rules(), _BASE, *rules, _SMALL, *self._print_rules()])

    def _page_rules(self) -> Iterable[str]:
        margins = self._page.margins
        sides = {"top": margins.top, "right": margins.right, "bottom": margins.bottom, "left": margins.left}
        edges = "".join([f"--{side}:{length(value)};" for side, value in sides.items()])
        yield f":root{{--pt:.09375rem;--least:.8125rem;{edges}}}"
        yield f".sheet{{max-width:{length(self._page.trim.width)}}}"

    def _print_rules(self) -> Iterable[str]:
        trim = self._page.trim
        yield f"@page{{size:{number(trim.width)}pt {number(trim.height)}pt;margin:0}}"
        # A hair less than the sheet, or rounding would begin another one.
        sheet = f".sheet{{min-height:{number(trim.height - 1)}pt}}.sheet+.sheet{{break-before:page}}{_MARKED}"
        yield f"@media print{{:root{{--pt:1pt;--least:0px}}body{{background:none}}{sheet}}}"


def length(points: float) -> str:
    """A length of the printed page on the screen."""
    return f"calc({number(points)}*var(--pt))" if points else "0px"


def line(stroke: Stroke | None) -> str | None:
    """A border of a stroke."""
    return None if stroke is None else f"max({length(stroke.weight)},1px) solid {stroke.swatch.hex}"


def track_widths(tracks: Iterable[Track]) -> str:
    """The columns of a CSS grid."""
    return " ".join([_track(track) for track in tracks])


def _track(track: Track) -> str:
    match track:
        case FixedTrack(width):
            return length(width)
        case FlexTrack(share):
            return f"minmax(0,{number(share)}fr)"
        case AutoTrack():
            return "auto"


def merged(*declarations: Mapping[str, str | None]) -> dict[str, str | None]:
    """Declarations of which later ones go before earlier ones."""
    return {name: value for one in declarations for name, value in one.items()}
