"""SVG path data as absolute moves, lines and cubic curves (SVG 1.1 §8.3, arcs by its appendix F.6).

Written out rather than taken from fontTools.svgLib: that parser skips whatever it does not understand
("M0 0 L10 x 10" passes), gives no place for what it does refuse, and takes 20 ms to import where the six icons
of a card take 3 to read. The tests hold the two against each other.
"""

from __future__ import annotations

import math
import re

from cardprint.model.geometry import Matrix
from cardprint.model.icon import PathCommand

MAX_COMMANDS = 5_000
LARGEST_NUMBER = 1e6
_DECIMALS = 4
"""Rounded, so that the last bit of a platform's sine is no difference between two PDFs."""

NUMBER = r"[+-]?(?:[0-9]++(?:\.[0-9]*+)?|\.[0-9]++)(?:[eE][+-]?[0-9]++)?"
_WHITE = r"[ \t\r\n\f]*+"
_FIRST = re.compile(f"{_WHITE}({NUMBER})")
_NEXT = re.compile(f"{_WHITE},?{_WHITE}({NUMBER})")
_FLAG = re.compile(f"{_WHITE},?{_WHITE}([01])")
_SPACE = re.compile(_WHITE)
_AGAIN = re.compile(f"{_WHITE},?{_WHITE}(?=[-+.0-9])")
_ARGUMENTS = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7}

Point = tuple[float, float]


class PathDataError(ValueError):
    """Path data that breaks the grammar: what was expected, and after how many characters."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.offset = offset


def parse_path(data: str, matrix: Matrix) -> list[PathCommand]:
    """The commands of a `d` attribute, every point mapped by `matrix`.

    Every subpath begins with a move; moves that draw nothing are left out. Raises `PathDataError`.
    """
    outline = _Outline(matrix)
    position = _after_space(data, 0)
    if position < len(data) and data[position] not in "Mm":
        raise PathDataError("path data begins with M or m", position)
    while position < len(data):
        letter = data[position]
        position += 1
        if letter in "Zz":
            outline.close()
        elif letter.upper() in _ARGUMENTS:
            position = _draw_all(data, position, letter, outline)
        else:
            raise PathDataError(f"expected a path command, found {letter!r}", position - 1)
        position = _after_space(data, position)
    return outline.commands


def _draw_all(data: str, position: int, letter: str, outline: _Outline) -> int:
    """Draw `letter` with every set of arguments that follows it; the place after the last."""
    while True:
        begin = position
        arguments, position = _read_arguments(data, position, letter)
        outline.draw(letter, arguments)
        if len(outline.commands) > MAX_COMMANDS:
            raise PathDataError(f"more than {MAX_COMMANDS:,} path commands", begin)
        again = _AGAIN.match(data, position)
        if not again:
            return position
        position = again.end()
        # Further pairs after a move are lines (SVG 1.1 §8.3.2).
        letter = {"M": "L", "m": "l"}.get(letter, letter)


def _read_arguments(data: str, position: int, letter: str) -> tuple[list[float], int]:
    arguments: list[float] = []
    upper = letter.upper()
    for index in range(_ARGUMENTS[upper]):
        flag = upper == "A" and index in (3, 4)
        pattern = _FLAG if flag else _NEXT if index else _FIRST
        match = pattern.match(data, position)
        if not match:
            expected = "0 or 1" if flag else "a number"
            raise PathDataError(
                f"{letter} takes {_ARGUMENTS[upper]} numbers; expected {expected} as its {_ORDINALS[index]}",
                _after_space(data, position),
            )
        number = float(match[1])
        if abs(number) > LARGEST_NUMBER:
            raise PathDataError(f"{match[1][:20]} is beyond {LARGEST_NUMBER:,.0f}", match.start(1))
        arguments.append(number)
        position = match.end()
    return arguments, position


_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


def _after_space(data: str, position: int) -> int:
    match = _SPACE.match(data, position)
    return match.end() if match else position


class _Outline:
    """Where the pen is, and what it has drawn so far."""

    def __init__(self, matrix: Matrix) -> None:
        self.commands: list[PathCommand] = []
        self._matrix = matrix
        self._at: Point = (0.0, 0.0)
        self._start: Point = (0.0, 0.0)
        self._moved = True
        self._cubic_control: Point | None = None
        self._quadratic_control: Point | None = None

    def draw(self, letter: str, arguments: list[float]) -> None:
        """Carry out one command other than a close."""
        x, y = self._at if letter.islower() else (0.0, 0.0)
        a = arguments
        cubic, quadratic = self._cubic_control, self._quadratic_control
        self._cubic_control = self._quadratic_control = None
        match letter.upper():
            case "M":
                self._at = self._start = (x + a[0], y + a[1])
                self._moved = True
            case "L":
                self._line((x + a[0], y + a[1]))
            case "H":
                self._line((x + a[0], self._at[1]))
            case "V":
                self._line((self._at[0], y + a[0]))
            case "C":
                self._cubic((x + a[0], y + a[1]), (x + a[2], y + a[3]), (x + a[4], y + a[5]))
            case "S":
                self._cubic(self._mirrored(cubic), (x + a[0], y + a[1]), (x + a[2], y + a[3]))
            case "Q":
                self._quadratic((x + a[0], y + a[1]), (x + a[2], y + a[3]))
            case "T":
                self._quadratic(self._mirrored(quadratic), (x + a[0], y + a[1]))
            case "A":
                self._arc(abs(a[0]), abs(a[1]), a[2], large=a[3] == 1, sweep=a[4] == 1, end=(x + a[5], y + a[6]))

    def close(self) -> None:
        """Close the subpath; what is drawn next begins where it began."""
        if not self._moved:
            self.commands.append(("Z",))
        self._at = self._start
        self._moved = True
        self._cubic_control = self._quadratic_control = None

    def _mirrored(self, control: Point | None) -> Point:
        """The control point that continues a curve smoothly; without a curve before, the pen's place."""
        if control is None:
            return self._at
        return 2 * self._at[0] - control[0], 2 * self._at[1] - control[1]

    def _line(self, end: Point) -> None:
        self._begin()
        self.commands.append(("L", *self._place(end)))
        self._at = end

    def _cubic(self, control1: Point, control2: Point, end: Point) -> None:
        self._begin()
        self.commands.append(("C", *self._place(control1), *self._place(control2), *self._place(end)))
        self._at = end
        self._cubic_control = control2

    def _quadratic(self, control: Point, end: Point) -> None:
        """A quadratic curve raised to the cubic of the same shape."""
        (x0, y0), (x1, y1), (x2, y2) = self._at, control, end
        self._cubic(
            (x0 + (x1 - x0) * 2 / 3, y0 + (y1 - y0) * 2 / 3), (x2 + (x1 - x2) * 2 / 3, y2 + (y1 - y2) * 2 / 3), end
        )
        self._cubic_control = None
        self._quadratic_control = control

    def _arc(self, rx: float, ry: float, rotation: float, *, large: bool, sweep: bool, end: Point) -> None:
        if end == self._at:
            return
        if not rx or not ry:
            self._line(end)
            return
        for control1, control2, point in arc_curves(self._at, rx, ry, rotation, large=large, sweep=sweep, end=end):
            self._cubic(control1, control2, point)
        self._cubic_control = None

    def _begin(self) -> None:
        if self._moved:
            self.commands.append(("M", *self._place(self._at)))
            self._moved = False

    def _place(self, point: Point) -> Point:
        x, y = self._matrix.apply(*point)
        # Adding zero turns -0.0 into 0.0.
        return round(x, _DECIMALS) + 0.0, round(y, _DECIMALS) + 0.0


def arc_curves(
    start: Point, rx: float, ry: float, rotation: float, *, large: bool, sweep: bool, end: Point
) -> list[tuple[Point, Point, Point]]:
    """An elliptical arc as cubics of about a quarter turn each at most: two control points and an end.

    From end points to centre by SVG 1.1 F.6.5; radii too small for the distance are scaled up (F.6.6).
    """
    cos, sin = math.cos(math.radians(rotation)), math.sin(math.radians(rotation))
    half_x, half_y = (start[0] - end[0]) / 2, (start[1] - end[1]) / 2
    x, y = cos * half_x + sin * half_y, -sin * half_x + cos * half_y
    reach = math.hypot(x / rx, y / ry)
    if reach > 1:
        rx, ry = rx * reach, ry * reach
        reach = 1.0
    factor = math.sqrt(1 / reach**2 - 1) * (-1 if large == sweep else 1) if reach else 0.0
    centre_x, centre_y = factor * rx * y / ry, -factor * ry * x / rx
    first = math.atan2((y - centre_y) / ry, (x - centre_x) / rx)
    turn = math.atan2((-y - centre_y) / ry, (-x - centre_x) / rx) - first
    if sweep and turn < 0:
        turn += math.tau
    elif not sweep and turn > 0:
        turn -= math.tau
    axes = Matrix(
        cos * rx,
        sin * rx,
        -sin * ry,
        cos * ry,
        cos * centre_x - sin * centre_y + (start[0] + end[0]) / 2,
        sin * centre_x + cos * centre_y + (start[1] + end[1]) / 2,
    )
    count = max(1, math.ceil(abs(turn) / (math.pi / 2 + 1e-3)))
    curves = [_unit_arc(axes, first + turn * i / count, turn / count) for i in range(count)]
    # The last point is given, not computed, so that rounding cannot open the outline.
    return [*curves[:-1], (*curves[-1][:2], end)]


def _unit_arc(axes: Matrix, angle: float, turn: float) -> tuple[Point, Point, Point]:
    """A stretch of the unit circle, mapped by `axes`."""
    handle = math.tan(turn / 4) * 4 / 3
    cos0, sin0, cos1, sin1 = math.cos(angle), math.sin(angle), math.cos(angle + turn), math.sin(angle + turn)
    return (
        axes.apply(cos0 - handle * sin0, sin0 + handle * cos0),
        axes.apply(cos1 + handle * sin1, sin1 - handle * cos1),
        axes.apply(cos1, sin1),
    )
