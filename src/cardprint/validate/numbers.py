"""Readers of scalars that are numbers. Exact: nothing passes through binary floating point."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from cardprint.model.node import ScalarNode
from cardprint.validate.place import At, shown
from cardprint.validate.reader import Definitions, Schema
from cardprint.validate.texts import Scalar

NUMBER_PATTERN = "(?:0|[1-9][0-9]*)(?:[.][0-9]+)?"

_NUMBER = re.compile(f"-?{NUMBER_PATTERN}")
_LONGEST = 12
_LARGEST = Decimal(1_000_000)


def plain(number: Decimal) -> Decimal:
    """The same number written the shortest way, without an exponent: 8.50 → 8.5, 1E+2 → 100."""
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def spell(number: Decimal) -> str:
    """A number as people write it."""
    return f"{plain(number):f}"


def parse_number(node: ScalarNode, at: At, expected: str) -> Decimal:
    """The number that a scalar is. Only plain digits count: `010`, `1_0`, `1e3` and `.5` are refused."""
    text = node.text
    if _NUMBER.fullmatch(text):
        if node.quoted:
            message = f"Found {at.found} in quotes for {at.label}, expected {expected}."
            raise at.refusal("quoted-number", message, f"Write {shown(text)} without quotes.")
        if len(text) <= _LONGEST:
            return plain(abs(Decimal(text)) if Decimal(text) == 0 else Decimal(text))
        message = f"Found {at.found} for {at.label}; at most {_LONGEST} characters are read."
        raise at.refusal("bad-number", message, "Round it.")
    meant = plain_form(text)
    hint = f"Write {meant}." if meant else "Write plain digits, with a point before decimals."
    raise at.unexpected("bad-number", expected, hint)


def plain_form(text: str) -> str:
    """A number as it should be written, from what was written; nothing if that is unclear."""
    squeezed = text.replace("_", "").replace(" ", "")
    if squeezed.count(",") == 1 and "." not in squeezed:
        squeezed = squeezed.replace(",", ".")
    if not re.fullmatch("[-+0-9.eE]{1,12}", squeezed):
        return ""
    try:
        number = Decimal(squeezed)
    except InvalidOperation:
        return ""
    return spell(number) if abs(number.adjusted()) < _LONGEST else ""


class Number(Scalar[Decimal]):
    """A number from `least` (or above it, if `above`) to `most`."""

    def __init__(
        self,
        expected: str = "a number such as 16 or 8.5",
        *,
        least: Decimal = Decimal(0),
        most: Decimal = _LARGEST,
        above: bool = False,
    ) -> None:
        self.expected = expected
        self.least = least
        self.most = most
        self.above = above

    def parse(self, node: ScalarNode, at: At) -> Decimal:
        number = parse_number(node, at, self.expected)
        self.refuse_outside(number, at)
        return number

    def refuse_outside(self, number: Decimal, at: At) -> None:
        if number < self.least or (self.above and number == self.least) or number > self.most:
            lower = f"more than {spell(self.least)}" if self.above else f"at least {spell(self.least)}"
            limits = f"{lower} and at most {spell(self.most)}"
            raise at.refusal(
                "out-of-range", f"Found {at.found} for {at.label}, expected {limits}.", "Correct the number."
            )

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        lower = "exclusiveMinimum" if self.above else "minimum"
        return {"type": "number", lower: _json(self.least), "maximum": _json(self.most)}


def _json(number: Decimal) -> int | float:
    return int(number) if number == number.to_integral_value() else float(number)


class Share(Scalar[float]):
    """A share of something, such as of the height left over: 0 or more."""

    expected = "a number such as 1"
    _number = Number("a number such as 1", most=Decimal(1000))

    def parse(self, node: ScalarNode, at: At) -> float:
        return float(self._number.parse(node, at))

    def schema(self, definitions: Definitions) -> Schema:
        return self._number.schema(definitions)


class Percent(Share):
    """0 to 100."""

    expected = "a number from 0 to 100"
    _number = Number("a number from 0 to 100", most=Decimal(100))


class Count(Scalar[int]):
    """A whole number."""

    def __init__(self, expected: str = "a whole number", *, least: int = 0, most: int = 1000) -> None:
        self.expected = expected
        self._number = Number(expected, least=Decimal(least), most=Decimal(most))

    def parse(self, node: ScalarNode, at: At) -> int:
        number = self._number.parse(node, at)
        if number != number.to_integral_value():
            raise at.unexpected("not-whole", self.expected, "Write a whole number.")
        return int(number)

    def schema(self, definitions: Definitions) -> Schema:
        return {**self._number.schema(definitions), "type": "integer"}
