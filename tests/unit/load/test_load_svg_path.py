"""The path grammar of SVG, against hand-made outlines and against fontTools' parser."""

from __future__ import annotations

import math
import re
from pathlib import Path

import pytest
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib.path.parser import parse_path as parse_with_fonttools

from cardprint.load.svg_path import MAX_COMMANDS, PathDataError, arc_curves, parse_path
from cardprint.model.geometry import IDENTITY, Matrix
from cardprint.model.icon import PathCommand

ICONS = sorted((Path(__file__).parents[3] / "layouts" / "icons").glob("*.svg"))


@pytest.mark.parametrize(
    ("data", "outline"),
    [
        ("M1 2L3 4Z", [("M", 1, 2), ("L", 3, 4), ("Z",)]),
        ("m1 2l3 4z", [("M", 1, 2), ("L", 4, 6), ("Z",)]),
        ("M1,2 3,4 5,6", [("M", 1, 2), ("L", 3, 4), ("L", 5, 6)]),
        ("m1 2 3 4 5 6", [("M", 1, 2), ("L", 4, 6), ("L", 9, 12)]),
        ("M1 1H5V6h-2v-3", [("M", 1, 1), ("L", 5, 1), ("L", 5, 6), ("L", 3, 6), ("L", 3, 3)]),
        ("M0 0C1 2 3 4 5 6", [("M", 0, 0), ("C", 1, 2, 3, 4, 5, 6)]),
        ("M1 1c1 2 3 4 5 6", [("M", 1, 1), ("C", 2, 3, 4, 5, 6, 7)]),
        ("M0 0C1 2 3 4 5 6S9 9 10 10", [("M", 0, 0), ("C", 1, 2, 3, 4, 5, 6), ("C", 7, 8, 9, 9, 10, 10)]),
        ("M1 1S3 4 5 6", [("M", 1, 1), ("C", 1, 1, 3, 4, 5, 6)]),
        ("M0 0Q3 3 6 0", [("M", 0, 0), ("C", 2, 2, 4, 2, 6, 0)]),
        ("M0 0Q3 3 6 0T12 0", [("M", 0, 0), ("C", 2, 2, 4, 2, 6, 0), ("C", 8, -2, 10, -2, 12, 0)]),
        ("M0 0T3 0", [("M", 0, 0), ("C", 0, 0, 1, 0, 3, 0)]),
        ("M0 0C0 0 0 0 3 3T6 6", [("M", 0, 0), ("C", 0, 0, 0, 0, 3, 3), ("C", 3, 3, 4, 4, 6, 6)]),
        ("M1 1L2 2ZL3 3", [("M", 1, 1), ("L", 2, 2), ("Z",), ("M", 1, 1), ("L", 3, 3)]),
        ("M1 1L2 2zm1 1l1 0", [("M", 1, 1), ("L", 2, 2), ("Z",), ("M", 2, 2), ("L", 3, 2)]),
        ("M.5.5-1-1+2.e0,1E-1", [("M", 0.5, 0.5), ("L", -1, -1), ("L", 2, 0.1)]),
        ("\n M 1\t2\r\n L3\f4 ", [("M", 1, 2), ("L", 3, 4)]),
        ("M0 0A0 5 0 0 1 4 4", [("M", 0, 0), ("L", 4, 4)]),
        ("M1 1A5 5 0 0 1 1 1L2 2", [("M", 1, 1), ("L", 2, 2)]),
        ("M1 1M2 2ZM3 3", []),
        ("", []),
    ],
)
def test_commands_become_absolute_moves_lines_and_cubics(data: str, outline: list[PathCommand]) -> None:
    """Every command of the grammar, absolute and relative; moves that draw nothing leave no trace."""
    assert parse_path(data, IDENTITY) == outline


@pytest.mark.parametrize(
    ("data", "offset", "words"),
    [
        ("L1 1", 0, "begins with M"),
        ("  x", 2, "begins with M"),
        ("M1", 2, "expected a number as its second"),
        ("M1 2L3 x", 7, "expected a number as its second"),
        ("M0 0L10 x 10", 8, "expected a number"),
        ("M0 0,L1 1", 4, "expected a path command, found ','"),
        ("M0 0 L1 1,", 9, "expected a path command"),
        ("M0 0A1 1 0 2 0 1 1", 11, "expected 0 or 1 as its fourth"),
        ("M0 0C1 2 3 4 5", 14, "takes 6 numbers"),
        ("M0 0 Z 1 1", 7, "expected a path command"),
        ("M1e9 0", 1, "beyond"),
        ("M0 nan", 3, "expected a number"),
        ("M0 ٣", 3, "expected a number"),
        ("M0 0" + "h1" * (MAX_COMMANDS + 1), 4 + 2 * MAX_COMMANDS - 1, "more than"),
    ],
)
def test_broken_data_is_refused_at_its_place(data: str, offset: int, words: str) -> None:
    """Nothing is guessed or skipped: the first thing that is wrong is named by its offset."""
    with pytest.raises(PathDataError, match=re.escape(words)) as caught:
        parse_path(data, IDENTITY)
    assert caught.value.offset == offset


@pytest.mark.parametrize("data", ["M0 0a5 5 0 0 1 5 5", "M0 0a5 5 0 015 5", "M0 0a5,5,0,0,1,5,5", "M0 0a5 5 0 0,15 5"])
def test_flags_of_arcs_need_no_separators(data: str) -> None:
    """A flag is one character; what follows may touch it."""
    assert parse_path(data, IDENTITY) == parse_path("M0 0A5 5 0 0 1 5 5", IDENTITY)


@pytest.mark.parametrize(("large", "sweep"), [(False, False), (False, True), (True, False), (True, True)])
def test_arcs_stay_on_their_circle_and_end_where_they_should(large: bool, sweep: bool) -> None:
    """The cubics of a circular arc are within 0.03 % of its radius, on the side that the flags ask for."""
    radius, start, end = 10.0, (0.0, 0.0), (10.0, 10.0)
    curves = arc_curves(start, radius, radius, 0, large=large, sweep=sweep, end=end)
    centre = (10.0, 0.0) if large == sweep else (0.0, 10.0)
    at = start
    for (x1, y1), (x2, y2), (x3, y3) in curves:
        for step in range(11):
            t = step / 10
            x = (1 - t) ** 3 * at[0] + 3 * (1 - t) ** 2 * t * x1 + 3 * (1 - t) * t**2 * x2 + t**3 * x3
            y = (1 - t) ** 3 * at[1] + 3 * (1 - t) ** 2 * t * y1 + 3 * (1 - t) * t**2 * y2 + t**3 * y3
            assert math.hypot(x - centre[0], y - centre[1]) == pytest.approx(radius, rel=3e-4)
        at = (x3, y3)
    assert at == end
    assert len(curves) == (3 if large else 1)


def test_radii_too_small_are_scaled_up() -> None:
    """An arc that cannot reach its end becomes half an ellipse of the given proportion (SVG 1.1 F.6.6)."""
    outline = parse_path("M0 0A1 2 0 0 1 20 0", IDENTITY)
    assert outline[-1][-2:] == (20, 0)
    assert min(command[-1] for command in outline if command[0] == "C") == -20


def test_matrix_moves_every_point_and_rounds_it() -> None:
    """Points come out mapped, with four decimals and no negative zero."""
    outline = parse_path("M1 1L2 3Z", Matrix(a=1 / 3, d=-0.0, e=1))
    assert outline == [("M", 1.3333, 0), ("L", 1.6667, 0), ("Z",)]
    assert "-0.0" not in repr(outline)


@pytest.mark.parametrize("path", ICONS, ids=lambda path: path.stem)
def test_shipped_icons_agree_with_fonttools(path: Path) -> None:
    """An independent parser draws the same points."""
    for data in re.findall(r' d="([^"]*)"', path.read_text(encoding="utf-8")):
        pen = RecordingPen()
        parse_with_fonttools(data, pen)
        theirs = [point for _, points in pen.value for point in points]
        ours = [
            point for command in parse_path(data, IDENTITY) for point in zip(command[1::2], command[2::2], strict=True)
        ]
        # fontTools draws the closing line too, where the last point is not the first.
        assert len(theirs) - len(ours) <= data.lower().count("z")
        assert all(any(math.dist(point, other) < 2e-4 for other in theirs) for point in ours)
