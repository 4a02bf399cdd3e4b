"""The ladder of copyfit: which rung a card needs, and what the rung does to type and padding."""

from __future__ import annotations

from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from cardprint.model.content import Run
from cardprint.model.copyfit import Adjustment, Copyfit, CopyfitStep, ladder, measure_of, starts_of
from cardprint.model.frame import FitStep
from cardprint.model.geometry import Insets
from cardprint.model.typography import TextStyle


class Setting(Struct):
    """What type and padding are on one rung of a ladder. Rung 0 leaves everything as the theme has it."""

    copyfit: Copyfit
    rung: int
    _styles: dict[int, tuple[TextStyle, TextStyle]] = field(default_factory=dict)
    """The styles seen, by identity, each with what it is on this rung."""
    _paddings: dict[Insets, Insets] = field(default_factory=dict)
    _taken: list[tuple[CopyfitStep, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._taken = _steps_taken(self.copyfit, self.rung)

    def style(self, style: TextStyle) -> TextStyle:
        """The style as it is on this rung."""
        if not self.rung:
            return style
        found = self._styles.get(id(style))
        if found is None:
            found = self._styles[id(style)] = (style, self._adjusted(style))
        return found[1]

    def run(self, run: Run) -> Run:
        """The run in its style of this rung."""
        style = self.style(run.style)
        return run if style is run.style else replace(run, style=style)

    def padding(self, inset: Insets) -> Insets:
        """A table row's inset on this rung: less above and below."""
        found = self._paddings.get(inset)
        if found is None:
            found = self._paddings[inset] = self._lowered_padding(inset)
        return found

    def _lowered_padding(self, inset: Insets) -> Insets:
        for step, times in self._taken:
            if step.what is Adjustment.PADDING:
                inset = replace(inset, top=_lowered(inset.top, step, times), bottom=_lowered(inset.bottom, step, times))
        return inset

    def _adjusted(self, style: TextStyle) -> TextStyle:
        adjusted = style
        for step, times in self._taken:
            if step.what is Adjustment.PADDING or all(s.name != style.name for s in step.styles):
                continue
            adjusted = _with_value(adjusted, step.what, _lowered(measure_of(adjusted, step.what), step, times))
        return adjusted

    def report(self) -> tuple[FitStep, ...]:
        """Every adjustment of this rung, before and after, in the order in which they were taken."""
        report: list[FitStep] = []
        values: dict[tuple[str, Adjustment], float] = {}
        for step, times in self._taken:
            for name, start in starts_of(step, values):
                after = _lowered(start, step, times)
                if after != start:
                    what = "padding of rows" if step.what is Adjustment.PADDING else f"{step.what.value} of {name}"
                    report.append(FitStep(what, start, after))
                values[name, step.what] = after
        return tuple(report)


def setting_on(copyfit: Copyfit, rung: int) -> Setting:
    """The setting of a rung, the same object for all cards, so that the types in it are."""
    _, settings = _known(copyfit)
    found = settings.get(rung)
    if found is None:
        found = settings[rung] = Setting(copyfit, rung)
    return found


def rungs(copyfit: Copyfit) -> int:
    """How many rungs the ladder has above the natural setting."""
    count, _ = _known(copyfit)
    return count


_KEPT: Final = 64
_ladders: dict[int, tuple[Copyfit, int, dict[int, Setting]]] = {}
"""Rungs and settings of a ladder by its identity; it is kept here so that nothing else can have that."""


def _known(copyfit: Copyfit) -> tuple[int, dict[int, Setting]]:
    """How many rungs the ladder has, and the settings on those that were asked for."""
    found = _ladders.get(id(copyfit))
    if found is None:
        if len(_ladders) >= _KEPT:
            _ladders.clear()
        found = _ladders[id(copyfit)] = (copyfit, sum(times for _, times in ladder(copyfit.steps)), {})
    return found[1:]


def _steps_taken(copyfit: Copyfit, rung: int) -> list[tuple[CopyfitStep, int]]:
    """The steps taken up to a rung, with how often."""
    taken: list[tuple[CopyfitStep, int]] = []
    for step, most in ladder(copyfit.steps) if rung else ():
        times = min(rung, most)
        if times:
            taken.append((step, times))
        rung -= times
    return taken


def _lowered(value: float, step: CopyfitStep, times: int) -> float:
    if value <= step.floor:
        return value
    return max(step.floor, round(value - step.by * times, 4))


def _with_value(style: TextStyle, what: Adjustment, value: float) -> TextStyle:
    match what:
        case Adjustment.TRACKING:
            return replace(style, tracking=value)
        case Adjustment.LEADING:
            return replace(style, leading=value)
        case Adjustment.SIZE:
            return replace(style, size=value)
        case Adjustment.PADDING:
            return style
