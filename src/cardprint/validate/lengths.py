"""Readers of lengths. Units exist in files only; the values are points."""

from __future__ import annotations

import re

from cardprint.model.content import AutoTrack, FixedTrack, FlexTrack, Track
from cardprint.model.geometry import Insets, inch, mm
from cardprint.model.node import ScalarNode, SequenceNode
from cardprint.validate.numbers import NUMBER_PATTERN, plain_form
from cardprint.validate.place import At
from cardprint.validate.reader import Definitions, Reader, Schema
from cardprint.validate.texts import Scalar

LARGEST = 14400.0
"""The longest side of a PDF page, in points (ISO 32000-1, annex C)."""

_LENGTH = re.compile(f"(-?{NUMBER_PATTERN})(pt|mm|in)")
_NEARLY = re.compile("([-+]?[0-9.,]+) *([a-zA-Z\"'%]*)")
_IN_MM = {"cm": 10.0, "m": 1000.0, "pc": 25.4 / 6, "px": 25.4 / 96}
_UNITS = {"pt": 1.0, "mm": mm(1.0), "in": inch(1.0)}


def points_in(text: str) -> float | None:
    """Points in a text such as `9pt`, `3mm` or `0.125in`; None if it is no length."""
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _UNITS[match[2]] if match and len(text) <= 16 else None


def parse_length(node: ScalarNode, at: At, expected: str) -> float:
    """Points in a scalar such as `9pt`, `3mm` or `0.125in`."""
    length = points_in(node.text)
    if length is not None:
        return length
    nearly = _NEARLY.fullmatch(node.text)
    number = plain_form(nearly[1]) if nearly else ""
    unit = nearly[2] if nearly else ""
    if number and not unit:
        message = f"Found {at.found} without a unit for {at.label}, expected {expected}."
        raise at.refusal("missing-unit", message, f"Write {number}pt, or use mm or in.")
    hint = "Write a number and a unit (pt, mm or in) without a space."
    if number and unit.lower() in _UNITS:
        hint = f"Write {number}{unit.lower()}."
    elif number and unit in _IN_MM:
        hint = f"Write {float(number) * _IN_MM[unit]:.4g}mm."
    raise at.unexpected("bad-length", expected, hint)


class Length(Scalar[float]):
    """A length of `least` points or more (or more than that, if `above`)."""

    def __init__(self, *, least: float = 0.0, above: bool = False, most: float = LARGEST) -> None:
        self.expected = "a length such as 9pt, 3mm or 0.125in"
        self.least = least
        self.above = above
        self.most = most

    def parse(self, node: ScalarNode, at: At) -> float:
        length = parse_length(node, at, self.expected)
        if length < self.least or (self.above and length == self.least) or length > self.most:
            lower = f"{'more than' if self.above else 'at least'} {self.least:g}pt"
            message = f"Found {at.found} for {at.label}, expected {lower} and at most {self.most:g}pt."
            raise at.refusal("out-of-range", message, "Correct the length.")
        return length

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "pattern": f"^{NUMBER_PATTERN}(?:pt|mm|in)$"}


class Tracking(Scalar[float]):
    """Space added after each glyph, in em; `%` is a hundredth of an em."""

    expected = "a tracking such as 0.02em or 2%"
    _pattern = re.compile(f"(-?{NUMBER_PATTERN})(em|%)")

    def parse(self, node: ScalarNode, at: At) -> float:
        match = self._pattern.fullmatch(node.text)
        if not match:
            hint = "Write a number and a unit (em or %) without a space."
            raise at.unexpected("bad-length", self.expected, hint)
        tracking = float(match[1]) / (100 if match[2] == "%" else 1)
        if not -0.2 <= tracking <= 1:
            message = f"Found {at.found} for {at.label}, expected -0.2em to 1em."
            raise at.refusal("out-of-range", message, "Correct the tracking.")
        return tracking

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "pattern": f"^{self._pattern.pattern}$"}


class TrackReader(Scalar[Track]):
    """The width of a column: a length, `auto`, or a share of what is left (`1fr`)."""

    expected = "a track such as 38pt, auto or 1fr"
    _flex = re.compile(f"({NUMBER_PATTERN})fr")
    _length = Length(above=True)

    def parse(self, node: ScalarNode, at: At) -> Track:
        if node.text == "auto":
            return AutoTrack()
        match = self._flex.fullmatch(node.text)
        if match and 0 < float(match[1]) <= 1000:
            return FlexTrack(float(match[1]))
        if match or node.text.isalpha():
            raise at.unexpected("bad-length", self.expected, "Correct the track.")
        return FixedTrack(self._length.parse(node, at))

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "pattern": f"^(?:auto|{NUMBER_PATTERN}(?:fr|pt|mm|in))$"}


class InsetsReader(Reader[Insets]):
    """Distances from the four edges: one length for all, or four in the order top, right, bottom, left."""

    expected = "a length, or four of them for top, right, bottom and left"
    takes = (ScalarNode, SequenceNode)
    _length = Length()

    def read(self, at: At) -> Insets:
        if not isinstance(at.node, SequenceNode):
            return Insets(*[self._length.read(at)] * 4)
        if len(at.node.items) != 4:
            message = f"Found {len(at.node.items)} lengths for {at.label}, expected four: top, right, bottom, left."
            raise at.refusal("wrong-count", message, "Write one length, or all four.")
        return Insets(*[self._length.read(item) for item in at.items()])

    def schema(self, definitions: Definitions) -> Schema:
        one = self._length.schema(definitions)
        return {"oneOf": [one, {"type": "array", "items": one, "minItems": 4, "maxItems": 4}]}
