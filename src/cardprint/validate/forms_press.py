"""What a layout says of print, key by key."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from cardprint.model.geometry import inch
from cardprint.validate.form import Form, Nested, optional, required
from cardprint.validate.lengths import Length
from cardprint.validate.numbers import Number
from cardprint.validate.texts import FilePath, Flag, Text

if TYPE_CHECKING:
    from cardprint.model.press import PressSpec

_MOST_INK = Number("ink in percent such as 300", least=Decimal(100), most=Decimal(400))


class OutputIntentForm(Form, what="an output intent", inherits=True):
    """The printing condition for which a file is made."""

    profile = required(
        FilePath("the path of an ICC profile", (".icc", ".icm")), "The ICC profile of the condition, from your printer."
    )
    condition = required(
        Text("the name of a printing condition", 100), "The condition's name: that of the ICC registry, if it has one."
    )


class PrintForm(Form, what="the print profile", inherits=True):
    """What becomes of the page when it is printed. A key that is left out has its usual value."""

    output_intent = optional(Nested(OutputIntentForm), "The printing condition; left out: coated offset, FOGRA39.")
    ink_limit = optional(
        _MOST_INK, "The most ink that may lie on one spot, in percent; left out: 300.", default=Decimal(300)
    )
    safety = optional(
        Length(most=inch(1)), "How near to the cut texts and rules may come; left out: 0.125in.", default=inch(0.125)
    )
    marks = optional(Flag(), "Whether crop and registration marks are painted; left out: yes.", default=True)
    slug = optional(Flag(), "Whether a line beside the page says what it is; left out: yes.", default=True)

    def spec(self) -> PressSpec:
        from cardprint.model.press import DEFAULT_CONDITION, DEFAULT_ICC, PressSpec  # few layouts speak of print

        intent = self.output_intent
        return PressSpec(
            icc=DEFAULT_ICC if intent is None else intent.profile,
            condition=DEFAULT_CONDITION if intent is None else intent.condition,
            ink_limit=float(self.ink_limit),
            safety=self.safety,
            marks=self.marks,
            slug=self.slug,
            span=self.at.span if intent is None else intent.at.span,
        )
