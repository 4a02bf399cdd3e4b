"""SVG's basic shapes as path data, and its transforms as matrices."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping

from cardprint.load.svg_path import LARGEST_NUMBER, NUMBER
from cardprint.model.geometry import IDENTITY, Matrix

_NUMBER = re.compile(NUMBER)
_LENGTH = re.compile(f"({NUMBER})(?:px)?")
_TRANSFORM = re.compile(r"\s*,?\s*([A-Za-z]+)\s*\(([^()]*)\)")


class ShapeError(ValueError):
    """A shape's or transform's attribute that is not what SVG asks for."""


def read_numbers(text: str) -> list[float]:
    """Numbers separated by spaces or commas. Raises `ShapeError`."""
    return [_number(part, _NUMBER) for part in text.replace(",", " ").split()]


def path_data(name: str, attributes: Mapping[str, str]) -> str:
    """The shape `name` as the path data that SVG defines for it; empty if it is not drawn. Raises `ShapeError`."""
    match name:
        case "path":
            return attributes.get("d", "")
        case "rect":
            return _rect(attributes)
        case "circle":
            radius = _length(attributes, "r")
            return _ellipse(attributes, radius, radius)
        case "ellipse":
            return _ellipse(attributes, _length(attributes, "rx"), _length(attributes, "ry"))
        case _:
            return _polygon(attributes.get("points", ""))


def read_transform(text: str) -> Matrix:
    """A `transform` attribute; of several, the last acts first. Raises `ShapeError`."""
    matrix, position = IDENTITY, 0
    text = text.strip()
    while position < len(text):
        match = _TRANSFORM.match(text, position)
        if not match:
            raise ShapeError(f'"{text[position : position + 20]}" is no transform')
        matrix = _transform(match[1], read_numbers(match[2])).then(matrix)
        position = match.end()
    if not all(abs(v) <= LARGEST_NUMBER for v in (matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)):
        raise ShapeError("the transform is out of all proportion")
    if matrix.a * matrix.d == matrix.b * matrix.c:
        raise ShapeError("the transform leaves nothing of what it is applied to")
    return matrix


def _transform(name: str, values: list[float]) -> Matrix:
    match name, values:
        case "matrix", [a, b, c, d, e, f]:
            return Matrix(a, b, c, d, e, f)
        case "translate", [x]:
            return Matrix(e=x)
        case "translate", [x, y]:
            return Matrix(e=x, f=y)
        case "scale", [x]:
            return Matrix(a=x, d=x)
        case "scale", [x, y]:
            return Matrix(a=x, d=y)
        case "rotate", [angle]:
            return _rotation(angle)
        case "rotate", [angle, x, y]:
            return Matrix(e=-x, f=-y).then(_rotation(angle)).then(Matrix(e=x, f=y))
    raise ShapeError(f"{name} with {len(values)} numbers is no transform that can be applied")


def _rotation(angle: float) -> Matrix:
    cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
    return Matrix(cos, sin, -sin, cos)


def _rect(attributes: Mapping[str, str]) -> str:
    x, y = _length(attributes, "x"), _length(attributes, "y")
    width, height = _length(attributes, "width"), _length(attributes, "height")
    if width <= 0 or height <= 0:
        return ""
    # A radius that is not given is the other one; none is larger than half its side (SVG 1.1 §9.2).
    rx = _length(attributes, "rx" if "rx" in attributes else "ry")
    ry = _length(attributes, "ry" if "ry" in attributes else "rx")
    rx, ry = min(rx, width / 2), min(ry, height / 2)
    if rx <= 0 or ry <= 0:
        return f"M{x} {y}h{width}v{height}h{-width}z"
    across, down, corner = width - 2 * rx, height - 2 * ry, f"a{rx} {ry} 0 0 1"
    return (
        f"M{x + rx} {y}h{across}{corner} {rx} {ry}v{down}{corner} {-rx} {ry}"
        f"h{-across}{corner} {-rx} {-ry}v{-down}{corner} {rx} {-ry}z"
    )


def _ellipse(attributes: Mapping[str, str], rx: float, ry: float) -> str:
    cx, cy = _length(attributes, "cx"), _length(attributes, "cy")
    if rx <= 0 or ry <= 0:
        return ""
    half = f"a{rx} {ry} 0 0 1"
    return f"M{cx + rx} {cy}{half} {-2 * rx} 0{half} {2 * rx} 0z"


def _polygon(text: str) -> str:
    points = read_numbers(text)
    if len(points) % 2:
        raise ShapeError(f"points holds {len(points)} numbers; expected pairs")
    if len(points) < 6:
        return ""
    return "M" + " ".join(map(str, points)) + "z"


def _length(attributes: Mapping[str, str], name: str) -> float:
    return _number(attributes.get(name, "0").strip(), _LENGTH, name)


def _number(text: str, pattern: re.Pattern[str], name: str = "") -> float:
    found = f'{name}="{text[:40]}"' if name else f'"{text[:40]}"'
    if not pattern.fullmatch(text):
        raise ShapeError(f"{found} is not a plain number")
    number = float(text.removesuffix("px"))
    if abs(number) > LARGEST_NUMBER:
        raise ShapeError(f"{found} is beyond {LARGEST_NUMBER:,.0f}")
    return number
