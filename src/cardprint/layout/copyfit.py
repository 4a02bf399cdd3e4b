"""The ladder of copyfit: which rung a card needs, and what the rung does to type and padding."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace

from cardprint.model.content import Run
from cardprint.model.copyfit import Adjustment, Copyfit, CopyfitStep
from cardprint.model.frame import FitStep
from cardprint.model.geometry import Insets
from cardprint.model.typography import TextStyle

_EM_TOLERANCE = 1e-6


@dataclass(slots=True)
class Setting:
    """What type and padding are on one rung of a ladder. Rung 0 leaves everything as the theme has it."""

    copyfit: Copyfit
    rung: int
    _styles: dict[str, TextStyle] = field(default_factory=dict)

    def style(self, style: TextStyle) -> TextStyle:
        """The style as it is on this rung."""
        if not self.rung:
            return style
        found = self._styles.get(style.name)
        if found is None:
            found = self._styles[style.name] = self._adjusted(style)
        return found

    def run(self, run: Run) -> Run:
        """The run in its style of this rung."""
        style = self.style(run.style)
        return run if style is run.style else replace(run, style=style)

    def padding(self, inset: Insets) -> Insets:
        """A table row's inset on this rung: less above and below."""
        for step, times in self._taken():
            if step.what is Adjustment.PADDING:
                inset = replace(inset, top=_lowered(inset.top, step, times), bottom=_lowered(inset.bottom, step, times))
        return inset

    def _adjusted(self, style: TextStyle) -> TextStyle:
        adjusted = style
        for step, times in self._taken():
            if step.what is Adjustment.PADDING or all(s.name != style.name for s in step.styles):
                continue
            value = _lowered(_value(adjusted, step.what), step, times)
            adjusted = _with_value(adjusted, step.what, value)
        return adjusted

    def _taken(self) -> list[tuple[CopyfitStep, int]]:
        """The steps taken up to this rung, with how often."""
        taken: list[tuple[CopyfitStep, int]] = []
        left = self.rung
        for step in self.copyfit.steps:
            times = min(left, step_rungs(step))
            if times:
                taken.append((step, times))
            left -= times
        return taken

    def report(self) -> tuple[FitStep, ...]:
        """Every adjustment of this rung, before and after."""
        report: list[FitStep] = []
        for step, times in self._taken():
            if step.what is Adjustment.PADDING:
                report.append(FitStep("padding of rows", step.start, _lowered(step.start, step, times)))
                continue
            for style in step.styles:
                before = _value(style, step.what)
                after = _lowered(before, step, times)
                if after != before:
                    report.append(FitStep(f"{step.what.value} of {style.name}", before, after))
        return tuple(report)


def rungs(copyfit: Copyfit) -> int:
    """How many rungs the ladder has above the natural setting."""
    return sum(step_rungs(step) for step in copyfit.steps)


def step_rungs(step: CopyfitStep) -> int:
    """How often a step can be taken before everything in it stands at its floor."""
    starts = [step.start] if step.what is Adjustment.PADDING else [_value(s, step.what) for s in step.styles]
    return max((math.ceil((start - step.floor) / step.by - _EM_TOLERANCE) for start in starts), default=0)


def _lowered(value: float, step: CopyfitStep, times: int) -> float:
    if value <= step.floor:
        return value
    return max(step.floor, round(value - step.by * times, 4))


def _value(style: TextStyle, what: Adjustment) -> float:
    match what:
        case Adjustment.TRACKING:
            return style.tracking
        case Adjustment.LEADING:
            return style.leading
        case Adjustment.SIZE | Adjustment.PADDING:
            return style.size


def _with_value(style: TextStyle, what: Adjustment, value: float) -> TextStyle:
    match what:
        case Adjustment.TRACKING:
            return replace(style, tracking=value)
        case Adjustment.LEADING:
            return replace(style, leading=value)
        case Adjustment.SIZE | Adjustment.PADDING:
            return replace(style, size=value)
