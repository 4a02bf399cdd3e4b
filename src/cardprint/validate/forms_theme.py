"""What a theme says, key by key: swatches and type styles."""

from __future__ import annotations

import re
from typing import Any

from msgspec.structs import replace

from cardprint.model.node import MappingNode, ScalarNode
from cardprint.model.typography import Align, Breaking, Case, Figures
from cardprint.validate.form import Field, Form, Nested, optional, required
from cardprint.validate.lengths import Length, Tracking
from cardprint.validate.names import Names
from cardprint.validate.numbers import Percent
from cardprint.validate.place import At, is_null, shown
from cardprint.validate.reader import Definitions, List, Schema, Table
from cardprint.validate.spelling import remedy
from cardprint.validate.texts import Choice, FilePath, Flag, Scalar, Text

SMALLEST_TYPE = 6.0
"""Points; below, type is no longer read, whatever it is set in."""

_NAME = Text("a name", 60)


class Colour(Scalar[tuple[int, int, int]]):
    """An sRGB colour in hexadecimal digits."""

    expected = 'a colour such as "#12233F"'
    _pattern = re.compile("#([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})([0-9A-Fa-f]{2})")

    def read(self, at: At) -> tuple[int, int, int]:
        if is_null(at.node):
            message = f"Found no value for {at.label}, expected {self.expected}; without quotes # begins a comment."
            raise at.refusal("empty-value", message, "Put the colour in quotes.")
        return super().read(at)

    def parse(self, node: ScalarNode, at: At) -> tuple[int, int, int]:
        match = self._pattern.fullmatch(node.text)
        if not match:
            raise at.unexpected("bad-colour", self.expected, "Write # and six hexadecimal digits, in quotes.")
        return int(match[1], 16), int(match[2], 16), int(match[3], 16)

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "pattern": "^#[0-9A-Fa-f]{6}$"}


class KnownName(Scalar[str]):
    """The name of a `what` ("font"), which must be among `Names.<known>` where those are known."""

    def __init__(self, what: str, known: str) -> None:
        self.what = what
        self.known = known
        self.expected = f"the name of a {what}"

    def parse(self, node: ScalarNode, at: At) -> str:
        known = getattr(at.names, self.known)
        if known is not None and node.text not in known:
            message = f'There is no {self.what} "{shown(node.text)}", which {at.label} names.'
            raise at.refusal(f"unknown-{self.what}", message, remedy(node.text, known))
        return node.text

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "minLength": 1}


STYLE_NAME = KnownName("style", "styles")


class SwatchForm(Form, what="a swatch", inherits=True):
    """A named colour, with its twin for print."""

    rgb = required(Colour(), "The colour on screens, sRGB.")
    cmyk = required(
        List(Percent(), "ink coverages: cyan, magenta, yellow, black", least=4, most=4),
        "The colour in print: cyan, magenta, yellow and black in percent.",
    )
    spot = optional(_NAME, "The name of the ink, if it is printed as a spot colour.")


class StyleForm(Form, what="a style", inherits=True):
    """How text is set. With `like`, every key that is left out is that of the other style."""

    like = optional(STYLE_NAME, "Another style, all of whose keys are taken over.")
    font = optional(KnownName("font", "fonts"), "The face, by its name in fonts.yaml.")
    size = optional(Length(least=SMALLEST_TYPE, most=1000), "The size of type.")
    leading = optional(Length(above=True, most=2000), "From baseline to baseline.")
    swatch = optional(KnownName("swatch", "swatches"), "The colour.")
    tracking = optional(Tracking(), "Space added after each glyph; left out: none.")
    align = optional(Choice({align.value: align for align in Align}), "How lines stand; left out: left.")
    case = optional(Choice({case.value: case for case in Case}), "Whether text is set in capitals; left out: no.")
    figures = optional(Choice({figures.value: figures for figures in Figures}), "The kind of numerals.")
    breaking = optional(
        Choice({breaking.value: breaking for breaking in Breaking}), "How lines are broken; left out: total."
    )
    smallest = optional(
        Length(least=SMALLEST_TYPE, most=1000), "The size down to which a text of one line may be set to fit."
    )
    hyphenate = optional(Flag(), "Whether words may be divided; left out: no.")
    fallback = optional(
        List(KnownName("font", "fonts"), "fonts", most=10), "Faces for characters that the font does not have."
    )


class ThemeForm(Form, what="a theme", inherits=True):
    """The looks that a layout draws on: swatches and type styles by name."""

    extends = optional(FilePath("the path of a theme", (".yaml", ".yml")), "A theme that this one is merged over.")
    swatches = required(Table(_NAME, Nested(SwatchForm), "swatches"), "Colours by name.")
    styles = required(Table(_NAME, Nested(StyleForm), "styles"), "Type styles by name.")

    def onward(self, field: Field[Any], at: At) -> At:
        if field is ThemeForm.extends:
            return at.knowing(names_of_theme(at))
        return at


def names_of_theme(at: At) -> Names:
    """The names known inside a theme: those from outside, its swatches and its styles, be they sound or not."""

    def keys(part: str) -> tuple[str, ...] | None:
        table = at.node.get(part) if isinstance(at.node, MappingNode) else None
        return tuple(key for key, _ in table) if isinstance(table, MappingNode) else None

    return replace(at.names, swatches=keys("swatches"), styles=keys("styles"))
