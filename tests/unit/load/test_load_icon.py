"""parse_icon: what of SVG becomes an outline, and what is refused, with its place."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardprint.load import parse_icon
from cardprint.load.icon import MAX_BYTES, MAX_DEPTH, MAX_SHAPES
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.icon import Icon
from cardprint.model.source import Source

ICONS = Path(__file__).parents[3] / "layouts" / "icons"
SQUARE = '<path d="M1 1h4v4h-4z"/>'
OUTLINE = (("M", 1, 1), ("L", 5, 1), ("L", 5, 5), ("L", 1, 5), ("Z",))


def _svg(body: str, attributes: str = 'viewBox="0 0 10 10"') -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" {attributes}>{body}</svg>'


def _parse(text: str | bytes) -> Icon:
    return parse_icon(Source("icons/x.svg", text.encode() if isinstance(text, str) else text), "x")


def _refused(text: str | bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(DiagnosticError) as caught:
        _parse(text)
    assert all(d.message.endswith(".") and d.hint.endswith(".") for d in caught.value.diagnostics)
    return caught.value.diagnostics


def _one(text: str | bytes) -> Diagnostic:
    (found,) = _refused(text)
    return found


@pytest.mark.parametrize("name", ["gavel", "user-focus", "hand-heart", "scales", "shield-check", "graduation-cap"])
def test_shipped_icons_are_outlines_in_their_view_box(name: str) -> None:
    """The six icons of the card come out as closed subpaths in 256 by 256 units."""
    path = ICONS / f"{name}.svg"
    icon = parse_icon(Source(path.name, path.read_bytes()), name)
    assert (icon.name, icon.width, icon.height) == (name, 256, 256)
    moves = [command for command in icon.outline if command[0] == "M"]
    assert len(moves) == sum(command == ("Z",) for command in icon.outline)
    assert all(-1 <= number <= 257 for command in icon.outline for number in command[1:] if not isinstance(number, str))


@pytest.mark.parametrize(
    "body",
    [
        SQUARE,
        f"<g><g>{SQUARE}</g></g>",
        f"<title>A square</title><desc>of four</desc><metadata><a xmlns='x'>b</a></metadata>{SQUARE}",
        f"<defs><linearGradient id='a'><stop/></linearGradient></defs>{SQUARE}",
        f"<sodipodi:namedview xmlns:sodipodi='http://s'><path d='M0 0'/></sodipodi:namedview>{SQUARE}",
        f'<rect width="10" height="10" fill="none"/>{SQUARE}',
        '<g fill="none"><path fill="#000" d="M1 1h4v4h-4z"/></g>',
        '<rect x="1" y="1" width="4" height="4px"/>',
        '<polygon points="1,1 5,1 5,5 1,5"/>',
        '<path style="fill:#000;stroke:none;stroke-width:2" d="M1 1h4v4h-4z"/>',
        '<g transform="translate(1 1)"><path d="M0 0h4v4h-4z"/></g>',
        '<g transform="translate(1,1) scale(2)"><path d="M0 0h2v2h-2z"/></g>',
        '<path transform="matrix(2 0 0 2 1 1)" d="M0 0h2v2h-2z"/>',
        '<g transform="translate(5)"><path transform="translate(0 1) rotate(90)" d="M0 4V0h4v4z"/></g>',
        f"<!-- a comment --><?editor x?>{SQUARE}",
        f'<g id="a" class="b" data-name="c" aria-hidden="true" opacity="1" fill-rule="nonzero">{SQUARE}</g>',
    ],
)
def test_same_square_in_many_ways(body: str) -> None:
    """Groups, basic shapes, transforms and inline styles lead to one outline; what draws nothing is skipped."""
    outline = _parse(_svg(body)).outline
    points = [command[1:] for command in outline if command != ("Z",)]
    assert len(outline) == len(OUTLINE)
    assert sorted(points) == sorted(command[1:] for command in OUTLINE if command != ("Z",))


def test_view_box_becomes_the_origin() -> None:
    """The view box's left and top are taken off; its size is the icon's."""
    icon = _parse(_svg('<path d="M10 20h4v4z"/>', 'viewBox="10,20 8 6"'))
    assert (icon.width, icon.height) == (8, 6)
    assert icon.outline[0] == ("M", 0, 0)


def test_circle_is_four_curves() -> None:
    """A circle's outline passes through its four poles."""
    outline = _parse(_svg('<circle cx="5" cy="5" r="4"/>')).outline
    assert {command[-2:] for command in outline if command[0] == "C"} == {(9, 5), (5, 9), (1, 5), (5, 1)}


def test_rounded_rectangle_has_the_radius_that_fits() -> None:
    """One radius stands for both, and none exceeds half a side."""
    full = _parse(_svg('<rect x="1" y="1" width="8" height="4" rx="9" ry="9"/>')).outline
    assert full[0] == ("M", 5, 1)
    small = _parse(_svg('<rect x="1" y="1" width="8" height="4" ry="1"/>')).outline
    assert small[0] == ("M", 2, 1)


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("<svg", "svg-syntax", "1:1"),
        ('<svg viewBox="0 0 1 1">\n  <g>\n</svg>', "svg-syntax", "3:3"),
        (_svg("&nbsp;"), "svg-syntax", "1:61"),
        ('<?xml version="1.0"?>\n<!DOCTYPE svg [<!ENTITY a "b">]>\n<svg/>', "svg-doctype", "2:1"),
        ("<html/>", "svg-element", "1:1"),
        ("<svg xmlns='http://else'/>", "svg-element", "1:1"),
        ("<svg/>", "svg-view-box", "1:1"),
        ('<svg viewBox="0 0 10"/>', "svg-view-box", "1:1"),
        ('<svg viewBox="0 0 10 0"/>', "svg-view-box", "1:1"),
        ('<svg viewBox="0 0 10 x"/>', "svg-view-box", "1:1"),
        (_svg("\n<script>alert(1)</script>" + SQUARE), "svg-element", "2:1"),
        (_svg("\n<defs><style>path{fill:none}</style></defs>" + SQUARE), "svg-element", "2:7"),
        (_svg("\n<use href='#a'/>" + SQUARE), "svg-element", "2:1"),
        (_svg("\n<image href='http://x/y.png'/>" + SQUARE), "svg-element", "2:1"),
        (_svg("\n<text>A</text>" + SQUARE), "svg-element", "2:1"),
        (_svg("\n<linearGradient id='a'/>" + SQUARE), "svg-element", "2:1"),
        (_svg("\n<path d='M1 1h4v4h-4z'><animate/></path>"), "svg-element", "2:24"),
        (_svg(f"\n<g stroke='#000'>{SQUARE}</g>"), "svg-attribute", "2:1"),
        (_svg(f"\n<g onload='x()'>{SQUARE}</g>"), "svg-attribute", "2:1"),
        (_svg(f"\n<g fill='url(#a)'>{SQUARE}</g>"), "svg-attribute", "2:1"),
        (_svg(f"\n<g style='filter: url(http://x)'>{SQUARE}</g>"), "svg-attribute", "2:1"),
        (_svg(f"\n<g fill-rule='evenodd'>{SQUARE}</g>"), "svg-attribute", "2:1"),
        (_svg(f"\n<g opacity='.5'>{SQUARE}</g>"), "svg-attribute", "2:1"),
        (_svg(f"\n<g display='none'>{SQUARE}</g>"), "svg-attribute", "2:1"),
        (_svg(f"\n<g transform='skewX(3)'>{SQUARE}</g>"), "svg-value", "2:1"),
        (_svg(f"\n<g transform='scale(0)'>{SQUARE}</g>"), "svg-value", "2:1"),
        (_svg(f"\n<g transform='scale(1'>{SQUARE}</g>"), "svg-value", "2:1"),
        (_svg("\n<circle cx='5' cy='5' r='50%'/>" + SQUARE), "svg-value", "2:1"),
        (_svg("\n<polygon points='1 2 3'/>" + SQUARE), "svg-value", "2:1"),
        (_svg("\n<path id='d' d='M1 1h4\nx4'/>" + SQUARE), "svg-path", "3:1"),
        (_svg("\n<path d='M1 1 é'/>" + SQUARE), "svg-path", "2:15"),
        (_svg("\n<path d='M1 1 &#65;'/>" + SQUARE), "svg-path", "2:1"),
        (_svg("<path d=''/>"), "svg-empty", "1:1"),
        (_svg("", 'viewBox="0 0 10 10" fill="none"'), "svg-empty", "1:1"),
        (_svg(f"{SQUARE}<path fill='#fff' d='M7 7h1v1z'/>"), "svg-colours", "1:1"),
        (_svg("<path d='M1 1h40v4z'/>"), "svg-view-box", "1:1"),
        (_svg("<rect x='1' y='1' width='5' height='5'/><path d='M2 2v5h5v-5z'/>"), "svg-overlap", "1:1"),
        (_svg("<g>" * MAX_DEPTH), "svg-too-deep", "1:154"),
        (_svg("<rect width='1' height='1'/>" * (MAX_SHAPES + 1)), "svg-too-large", "1:5661"),
        ("<?xml-stylesheet href='x.css'?>" + _svg(SQUARE), "svg-element", "1:1"),
        (_svg(SQUARE) + " " * MAX_BYTES, "file-too-large", "0:0"),
        (_svg(SQUARE).encode("utf-16"), "not-utf-8", "0:0"),
        (b"\x89PNG\r\n\x1a\n\0", "not-text", "0:0"),
    ],
)
def test_refused_with_code_and_place(text: str | bytes, code: str, place: str) -> None:
    """Whatever a filled outline cannot show is an error at the element, or inside the path, that asks for it."""
    found = _one(text)
    assert (found.code, f"{found.span.line}:{found.span.column}") == (code, place)
    assert found.span.file == "icons/x.svg"


def test_all_problems_are_reported_at_once() -> None:
    """One look at the messages shows everything that has to be changed."""
    found = _refused(_svg("<script/>\n<g stroke='red'/>\n<path d='M1'/>"))
    assert [d.code for d in found] == ["svg-element", "svg-attribute", "svg-path"]


def test_shapes_over_one_another_pass_when_they_turn_the_same_way() -> None:
    """Overlapping shapes add up; a hole is no outer contour; shapes apart may turn as they like."""
    assert _parse(_svg("<rect x='1' y='1' width='5' height='5'/><rect x='2' y='2' width='5' height='5'/>"))
    ring = "<path d='M0 0h9v9h-9zM1 1v7h7v-7z'/>"
    assert _parse(_svg(f"{ring}<rect x='3' y='3' width='2' height='2'/>"))
    assert _parse(_svg("<rect x='1' y='1' width='2' height='2'/><path d='M5 5v2h2v-2z'/>"))


def test_declared_encoding_cannot_mislead() -> None:
    """The file is UTF-8 whatever its declaration says."""
    text = f'<?xml version="1.0" encoding="utf-16"?>{_svg("<title>é</title>" + SQUARE)}'
    assert _parse("\ufeff" + text).outline == OUTLINE
