"""What a layout says of copyfit: an ordered ladder of small adjustments, each with its floor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from typing import NamedTuple

from cardprint.model.copyfit import SMALLEST_BODY, Adjustment, Copyfit, CopyfitScope, CopyfitStep, ladder, measure_of
from cardprint.model.node import ScalarNode
from cardprint.model.typography import TextStyle
from cardprint.validate.form import Form, Nested, optional, required
from cardprint.validate.forms_theme import STYLE_NAME, StyleForm, ThemeForm
from cardprint.validate.lengths import Length, Tracking
from cardprint.validate.place import At, RefusedError
from cardprint.validate.reader import Definitions, List, Schema
from cardprint.validate.texts import Choice, Scalar
from cardprint.validate.theme import origin_of

_MOST_RUNGS = 100
_MOST_RUNGS_IN_ALL = 200


class Amount(NamedTuple):
    """A measure: em for tracking, points for all else."""

    value: float
    in_em: bool


class AmountReader(Scalar[Amount]):
    """A length, or for tracking a share of an em."""

    expected = "a length such as 0.2pt, or for tracking a share such as 0.002em"
    _length = Length()
    _tracking = Tracking()

    def parse(self, node: ScalarNode, at: At) -> Amount:
        if node.text.endswith(("em", "%")):
            return Amount(self._tracking.parse(node, at), in_em=True)
        return Amount(self._length.parse(node, at), in_em=False)

    def schema(self, definitions: Definitions) -> Schema:
        return {"anyOf": [self._length.schema(definitions), self._tracking.schema(definitions)]}


class StepForm(Form, what="a step of copyfit"):
    """One measure, lowered little by little until the card fits or the floor is reached."""

    lower = required(Choice({what.value: what for what in Adjustment}), "What is lowered.")
    styles = optional(List(STYLE_NAME, "styles", least=1, most=50), "In which styles; for padding none.")
    by = required(AmountReader(), "By how much at a time.")
    floor = required(AmountReader(), "The least that it may become.")

    def check(self) -> None:
        what = self.lower
        if what is Adjustment.PADDING and self.gives(StepForm.styles):
            self.place(StepForm.styles).error("wrong-kind", "Padding is that of rows, not of styles.", "Remove styles.")
        if what is not Adjustment.PADDING and not self.gives(StepForm.styles):
            self.miss(StepForm.styles)
        with suppress(RefusedError):
            self._check_amounts(what)

    def _check_amounts(self, what: Adjustment) -> None:
        unit = "a share of an em such as 0.002em" if what is Adjustment.TRACKING else "a length such as 0.2pt"
        for field in (StepForm.by, StepForm.floor):
            if self.get(field).in_em != (what is Adjustment.TRACKING):
                raise self.place(field).unexpected("wrong-kind", unit, "Correct the unit.")
        if self.by.value <= 0:
            self.place(StepForm.by).error("out-of-range", "Nothing would be lowered.", "Write more than 0.")
        if what is Adjustment.SIZE and self.floor.value < SMALLEST_BODY:
            message = f"Found {self.floor.value:g}pt for the floor of size, expected at least {SMALLEST_BODY:g}pt."
            self.place(StepForm.floor).error("out-of-range", message, "Raise the floor.")

    def spec(self, styles: Mapping[str, TextStyle], padding: float) -> CopyfitStep:
        """The step, `padding` being the most that rows keep above or below their cells."""
        what = self.lower
        return CopyfitStep(
            what=what,
            by=self.by.value,
            floor=self.floor.value,
            styles=tuple(styles[name] for name in self.styles or ()),
            start=padding if what is Adjustment.PADDING else 0.0,
            span=self.at.span,
        )


class CopyfitForm(Form, what="the copyfit"):
    """What may be adjusted so that a long text fits, in this order and no further."""

    scope = optional(
        Choice({scope.value: scope for scope in CopyfitScope}),
        "card: each card has its own setting; set: all have that of the tightest; left out: card.",
        default=CopyfitScope.CARD,
    )
    steps = required(List(Nested(StepForm), "steps", most=20), "The steps in the order in which they are taken.")


def copyfit_of(
    form: CopyfitForm, theme: ThemeForm, styles: Mapping[str, TextStyle], padding: float, layout: str
) -> Copyfit:
    """The ladder. Steps that are too many, or lead to lines that touch, are reported.

    Steps that stand in the file `layout` itself must take something. Those of a layout which that extends may well find
    type that is smaller from the start; where they are too many, it is the theme that makes them so."""
    steps = tuple(step.spec(styles, padding) for step in form.steps)
    turns = ladder(steps)
    own = all(step.span.file == layout for step in steps)
    if not own:
        _check_inherited(turns, theme)
    in_all = 0
    for (step, times), step_form in zip(turns, form.steps, strict=True):
        place = step_form.place(StepForm.floor)
        in_all += times
        if own:
            _check_turns(times, in_all, place)
        for style in step.styles if step.what is Adjustment.LEADING else ():
            size = _smallest_size(style, steps)
            if step.floor < size:
                message = f'With a leading of {step.floor:g}pt the lines of the style "{style.name}" would touch.'
                place.error("tight-leading", message, f"Raise the floor to {size:g}pt or more.")
    return Copyfit(form.scope, steps)


def _check_turns(times: int, in_all: int, place: At) -> None:
    """Report a step that takes nothing, or is taken too often; `in_all` counts it and those before it."""
    if not times:
        message = f"The floor {place.found} is not below what the step finds, so that it takes nothing."
        place.error("out-of-range", message, "Lower the floor, or remove the step.")
    elif times > _MOST_RUNGS:
        message = f"This step would be taken {times} times; at most {_MOST_RUNGS} are tried."
        place.error("too-many", message, "Lower by more at a time.")
    elif in_all > _MOST_RUNGS_IN_ALL:
        message = f"Up to here steps would be taken {in_all} times; at most {_MOST_RUNGS_IN_ALL} are tried."
        place.error("too-many", message, "Lower by more at a time, or remove a step.")


def _check_inherited(turns: Sequence[tuple[CopyfitStep, int]], theme: ThemeForm) -> None:
    """Report a style so large that the steps of another layout are too many for it, where the theme says so."""
    in_all = sum(times for _, times in turns)
    step, most = max((turn for turn in turns if turn[0].styles), key=lambda turn: turn[1], default=(None, 0))
    if step is None or (most <= _MOST_RUNGS and in_all <= _MOST_RUNGS_IN_ALL):
        return
    what, unit = step.what, "em" if step.what is Adjustment.TRACKING else "pt"
    style = max(step.styles, key=lambda style: measure_of(style, what))
    message = (
        f"The {what.value} of {style.name} is {measure_of(style, what):g}{unit} here. The copyfit of {step.span.file} "
        f"would lower it to {step.floor:g}{unit}, by {step.by:g}{unit} at a time, {most} times, and all that it lowers "
        f"{in_all} times; at most {_MOST_RUNGS} and {_MOST_RUNGS_IN_ALL} are tried."
    )
    hint = "Make it smaller, or write a copyfit of your own into your layout: “copyfit: {steps: []}” lowers nothing."
    origin_of(style.name, _FIELDS[what], theme).error("too-many", message, hint)


_FIELDS = {
    Adjustment.SIZE: StyleForm.size,
    Adjustment.LEADING: StyleForm.leading,
    Adjustment.TRACKING: StyleForm.tracking,
}


def _smallest_size(style: TextStyle, steps: Sequence[CopyfitStep]) -> float:
    floors = [step.floor for step in steps if step.what is Adjustment.SIZE and style in step.styles]
    return min((style.size, *floors))
