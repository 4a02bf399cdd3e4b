"""What blocks have in common, and the blocks that hold no others: text, tile, fraction, icon, image, rule, spacer."""

from __future__ import annotations

import re
from abc import abstractmethod
from contextlib import suppress
from typing import Any, ClassVar

from msgspec.structs import replace

from cardprint.model.geometry import Size
from cardprint.model.layout_spec import (
    BlockSpec,
    Condition,
    FractionSpec,
    IconSpec,
    ImageSpec,
    QrSpec,
    Repeat,
    RuleSpec,
    RunSpec,
    SpacerSpec,
    StrokeSpec,
    TextSpec,
    TileSpec,
)
from cardprint.model.node import MappingNode, ScalarNode
from cardprint.model.profile import PRINT_NAME, SCREEN_NAME
from cardprint.model.scope import ListShape
from cardprint.model.structure import Tag
from cardprint.model.template import Template
from cardprint.validate.form import Field, Form, Nested, optional, required
from cardprint.validate.forms_theme import STYLE_NAME
from cardprint.validate.lengths import Length
from cardprint.validate.numbers import Share
from cardprint.validate.place import At, RefusedError
from cardprint.validate.reader import Definitions, Either, List, Reader, Schema, Table
from cardprint.validate.scopes import ScopeError, describe, shape_at
from cardprint.validate.spelling import remedy
from cardprint.validate.templates import LinkTemplate, NameTemplate, TemplateText
from cardprint.validate.texts import Choice, Language, Scalar, Word

_PATH = r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*"

TEXT_TAGS = {tag.value.lower(): tag for tag in (Tag.P, Tag.H1, Tag.H2, Tag.H3, Tag.SPAN, Tag.LBL, Tag.LBODY)}

SWATCH = NameTemplate("swatch", "swatches")


class RepeatReader(Scalar[Repeat]):
    """`issues as issue`: a list of the scope, and the name that each of its items gets."""

    expected = "a list and a name, as in issues as issue"
    _pattern = re.compile(rf"({_PATH}) as ([a-z_][a-z0-9_]*)", re.ASCII)

    def parse(self, node: ScalarNode, at: At) -> Repeat:
        match = self._pattern.fullmatch(node.text)
        if match is None:
            raise at.unexpected(
                "bad-repeat", self.expected, "Write the path of a list, as, and a name in small letters."
            )
        path, variable = tuple(match[1].split(".")), match[2]
        scope = at.names.scope
        if scope is not None:
            shape = _looked_up(path, at)
            if not isinstance(shape, ListShape):
                raise at.refusal("wrong-kind", f"{match[1]} is {describe(shape)}, expected a list.", "Name a list.")
            if variable in scope.fields or variable == "loop":
                message = f"The name {variable} is taken here."
                raise at.refusal("name-taken", message, "Choose another name after as.")
        return Repeat(path, variable, at.span)

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "pattern": f"^{self._pattern.pattern}$"}


class ConditionReader(Scalar[Condition]):
    """`overall.score` or `not overall.score`: whether a value of the scope is given, true and not empty."""

    expected = "a path such as state.revised, perhaps after not"
    _pattern = re.compile(rf"(not )?({_PATH})", re.ASCII)

    def parse(self, node: ScalarNode, at: At) -> Condition:
        match = self._pattern.fullmatch(node.text)
        if match is None:
            raise at.unexpected("bad-condition", self.expected, "Write a path; there are no expressions.")
        path = tuple(match[2].split("."))
        if at.names.scope is not None:
            _looked_up(path, at)
        return Condition(path, match[1] is not None, at.span)

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"type": "string", "pattern": f"^{self._pattern.pattern}$"}


def _looked_up(path: tuple[str, ...], at: At) -> Any:
    if at.names.scope is None:
        raise RefusedError
    try:
        return shape_at(path, at.names.scope)
    except ScopeError as error:
        raise at.refusal(error.code, error.message, error.hint) from None


class Repeating(Form, what="a repeated part"):
    """What can be repeated and made to depend on data."""

    repeat = optional(RepeatReader(), "Once for each item of a list, as in issues as issue; loop is known inside.")
    when = optional(ConditionReader(), "Only if the value at a path is given, true and not empty, or not.")
    only = optional(
        Choice({name: name for name in (SCREEN_NAME, PRINT_NAME)}), "Only in this output profile; left out: in all."
    )

    def onward(self, field: Field[Any], at: At) -> At:
        if field is not Repeating.repeat or not self.gives(Repeating.repeat):
            return at
        with suppress(RefusedError):
            repeat = self.repeat
            if repeat is None or at.names.scope is None:
                return at
            shape = shape_at(repeat.path, at.names.scope)
            if isinstance(shape, ListShape):
                return at.knowing(at.names.repeating(repeat.variable, shape.item))
        return at.knowing(replace(at.names, scope=None))


class BlockForm(Repeating, what="a block"):
    """A block. `kind` is the key that says which."""

    kind: ClassVar[str]

    grow = optional(Share(), "Its share of the height left over in a stack; left out: none.", default=0.0)

    @abstractmethod
    def spec(self) -> BlockSpec:
        """The block itself. Only for forms without a fault."""

    def common(self) -> dict[str, Any]:
        """What every block spec takes."""
        return {"span": self.at.span, "grow": self.grow, "repeat": self.repeat, "when": self.when, "only": self.only}


class BlockReader(Reader[BlockForm]):
    """A block: a mapping with exactly one key that says its kind."""

    takes = MappingNode
    expected = "a block"

    def __init__(self) -> None:
        self.forms: dict[str, type[BlockForm]] = {}

    def read(self, at: At) -> BlockForm:
        if not isinstance(at.node, MappingNode):
            raise at.wrong_type(self.expected)
        keys = [key for key, _ in at.node]
        kinds = [key for key in keys if key in self.forms]
        if len(kinds) > 1:
            message = f"This block is of two kinds, {kinds[0]} and {kinds[1]}."
            raise at.refusal("two-kinds", message, "Put one inside the other, or both in a stack.")
        if not kinds:
            common = BlockForm.keys
            odd = next((key for key in keys if key not in common), "")
            message = "This block has no key that says its kind."
            raise at.refusal("no-kind", message, remedy(odd, self.forms))
        return self.forms[kinds[0]].read(at)

    def schema(self, definitions: Definitions) -> Schema:
        return definitions.reference(
            "Block",
            lambda inner: {
                "title": "Block",
                "description": "A part of the page: a mapping with one key that says its kind.",
                "oneOf": [form.schema(inner) for form in self.forms.values()],
            },
        )


BLOCK = BlockReader()


class StrokeForm(Form, what="a stroke"):
    """A drawn line."""

    weight = required(Length(above=True, most=100), "Its thickness.")
    swatch = required(SWATCH, "Its colour, a template.")

    def spec(self) -> StrokeSpec:
        return StrokeSpec(self.weight, self.swatch, self.at.span)


STROKE = Nested(StrokeForm)


def stroke(form: StrokeForm | None) -> StrokeSpec | None:
    """The stroke of a form that may be left out."""
    return form.spec() if form else None


class TextRunForm(Form, what="a run of text"):
    """A stretch of a paragraph in a style of its own."""

    text = required(TemplateText(rich=True), "Its text, a template.")
    style = optional(STYLE_NAME, "Its style; left out: that of the paragraph.")
    link = optional(LinkTemplate(), "The address that it leads to, a template.")
    language = optional(Language("a language", "es"), "Its language, where it differs from the page's.")
    expansion = optional(TemplateText(), "What an abbreviation stands for, a template; read aloud.")

    def spec(self) -> RunSpec:
        return RunSpec(self.text, self.style, self.link, self.language, self.expansion, self.at.span)


def _plain_run(text: Template) -> RunSpec:
    return RunSpec(text, span=text.span)


_RUN = Either(TemplateText(rich=True), Nested(TextRunForm))
_RUNS = List(_RUN, "runs", least=1, most=100)
_TEXT = Either(TemplateText(rich=True), _RUNS)


class TextForm(BlockForm, what="a text block"):
    """A paragraph."""

    kind = "text"

    text = required(_TEXT, "A template, or a list of runs.")
    style = required(STYLE_NAME, "Its style.")
    tag = optional(Choice(TEXT_TAGS), "What it is to readers who do not see it; left out: p.", key="as", default=Tag.P)
    emphasis = optional(
        Table(Word("a name", "label"), STYLE_NAME, "kinds of emphasis and their styles", most=50),
        "Which style shows which emphasis of rich text.",
        default={},
    )
    field = optional(TemplateText(), "What messages call the text, a template.")
    reads = optional(TemplateText(), "What is read aloud instead, a template.")

    def spec(self) -> TextSpec:
        runs = (self.text,) if isinstance(self.text, Template) else self.text
        return TextSpec(
            runs=tuple(_plain_run(run) if isinstance(run, Template) else run.spec() for run in runs),
            style=self.style,
            tag=self.tag,
            emphasis=self.emphasis,
            field=self.field,
            reads=self.reads,
            **self.common(),
        )


class TileForm(BlockForm, what="a tile"):
    """A filled tile with a short text in it."""

    kind = "tile"

    tile = required(TemplateText(), "Its text, a template.")
    style = required(STYLE_NAME, "The style of the text.")
    width = required(Length(above=True), "Its width.")
    height = required(Length(above=True), "Its height.")
    radius = optional(Length(), "The radius of its corners; left out: none.", default=0.0)
    fill = required(SWATCH, "Its colour, a template.")
    reads = optional(TemplateText(), "What is read aloud instead, a template.")

    def spec(self) -> TileSpec:
        return TileSpec(
            text=_plain_run(self.tile),
            style=self.style,
            size=Size(self.width, self.height),
            radius=self.radius,
            fill=self.fill,
            reads=self.reads,
            **self.common(),
        )


class FractionTextsForm(Form, what="the texts of a fraction"):
    """The two texts of a fraction."""

    over = required(TemplateText(), "The text above the bar, a template.")
    under = required(TemplateText(), "The text below it, a template.")


class FractionForm(BlockForm, what="a fraction"):
    """Two short texts over one another with a bar between them."""

    kind = "fraction"

    fraction = required(Nested(FractionTextsForm), "The texts.")
    over_style = required(STYLE_NAME, "The style of the text above the bar.")
    under_style = required(STYLE_NAME, "The style of the text below it.")
    bar = required(STROKE, "The bar.")
    bar_width = required(Length(above=True), "The width of the bar.")
    clearance = required(Length(), "The space between the bar and the figures on either side.")
    reads = optional(TemplateText(), "What is read aloud instead, a template.")

    def spec(self) -> FractionSpec:
        return FractionSpec(
            over=_plain_run(self.fraction.over),
            under=_plain_run(self.fraction.under),
            over_style=self.over_style,
            under_style=self.under_style,
            bar=self.bar.spec(),
            bar_width=self.bar_width,
            clearance=self.clearance,
            reads=self.reads,
            **self.common(),
        )


class IconForm(BlockForm, what="an icon"):
    """An icon. With `alt` it is a figure, without it decoration."""

    kind = "icon"

    icon = required(NameTemplate("icon", "icons"), "Its name, a template.")
    size = required(Length(above=True), "The side of the square that it fills.")
    swatch = required(SWATCH, "Its colour, a template.")
    alt = optional(TemplateText(), "What it shows, in words, a template.")

    def spec(self) -> IconSpec:
        return IconSpec(icon=self.icon, size=self.size, swatch=self.swatch, alt=self.alt, **self.common())


class ImageForm(BlockForm, what="an image"):
    """A picture at a printed size. One of `width` and `height` may be left to the other; with both, it keeps its
    proportions inside them."""

    kind = "image"

    image = required(NameTemplate("picture", "pictures"), "The path of its file, a template.")
    width = optional(Length(above=True), "Its width, or the most of it where the height is given too.")
    height = optional(Length(above=True), "Its height, or the most of it where the width is given too.")
    swatch = optional(SWATCH, "The colour of a picture that is an SVG, a template.")
    alt = optional(TemplateText(), "What it shows, in words, a template; without it the image is decoration.")

    def check(self) -> None:
        if not self.gives(ImageForm.width) and not self.gives(ImageForm.height):
            self.at.error("missing-key", "This image has neither width nor height.", "Add one of them.")

    def spec(self) -> ImageSpec:
        return ImageSpec(
            image=self.image,
            width=self.width,
            height=self.height,
            alt=self.alt,
            swatch=self.swatch,
            **self.common(),
        )


class QrForm(BlockForm, what="a QR code"):
    """A code that telephones read, leading to an address. It stands on a light ground."""

    kind = "qr"

    qr = required(TemplateText(), "The address that it leads to, a template.")
    size = required(Length(above=True), "The side of the square that it fills, the white around the code included.")
    swatch = required(SWATCH, "The colour of its dark modules, a template.")
    level = optional(
        Choice({level: level for level in "LMQH"}),
        "How much of it may be lost: L, M, Q or H for about 7, 15, 25, 30 percent; left out: M.",
        default="M",
    )
    alt = optional(TemplateText(), "What it is, in words, a template that names the address; left out: the address.")

    def spec(self) -> QrSpec:
        return QrSpec(
            address=self.qr, size=self.size, swatch=self.swatch, level=self.level, alt=self.alt, **self.common()
        )


class RuleForm(BlockForm, what="a rule"):
    """A horizontal line across its region."""

    kind = "rule"

    rule = required(STROKE, "The line.")

    def spec(self) -> RuleSpec:
        return RuleSpec(stroke=self.rule.spec(), **self.common())


class SpacerForm(BlockForm, what="a spacer"):
    """Empty height."""

    kind = "spacer"

    spacer = required(Length(), "The height.")

    def spec(self) -> SpacerSpec:
        return SpacerSpec(height=self.spacer, **self.common())
