"""From a theme's form to swatches and styles, `like` resolved."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from cardprint.model.colour import Swatch
from cardprint.model.typography import Align, Breaking, Case, Figures, TextStyle
from cardprint.validate.form import Field
from cardprint.validate.forms_theme import StyleForm, SwatchForm, ThemeForm
from cardprint.validate.place import At, RefusedError

T = TypeVar("T")

_READING_SIZE = 14.0
"""Points; up to here a text may run over several lines, so that leading below the size makes them touch."""

_TIGHTEST_DISPLAY = 0.7
"""Of the size; capitals are about as high, so that lines of large type would run into each other."""

_RESERVED_INKS = {"All": "every plate", "None": "no plate"}
"""ISO 32000-1 §8.6.6.4."""

_NEEDED: tuple[Field[Any], ...] = (StyleForm.font, StyleForm.size, StyleForm.leading, StyleForm.swatch)


def check_theme(form: ThemeForm) -> None:
    """Report styles that are like themselves, lack what every style needs, or cannot be read, and spot inks that are
    not one ink."""
    with suppress(RefusedError):
        _check_spots(form.swatches)
    with suppress(RefusedError):
        styles = form.styles
        for name, style in styles.items():
            with suppress(RefusedError):
                _check_style(name, style, styles)


def _check_spots(swatches: Mapping[str, SwatchForm]) -> None:
    """Where a press has no plate for an ink, it becomes its four inks: these must be the same wherever it is named, as
    PDF/A and printers want it (ISO 19005-2 §6.2.4.4)."""
    first: dict[str, tuple[str, SwatchForm]] = {}
    for name, swatch in swatches.items():
        with suppress(RefusedError):
            spot = swatch.spot
            if spot is None:
                continue
            if spot in _RESERVED_INKS:
                means = f"to a press that means {_RESERVED_INKS[spot]}"
                message = f'The ink of the swatch "{name}" cannot be called {spot}: {means}.'
                swatch.place(SwatchForm.spot).error("reserved-ink", message, "Write what stands on the ink’s tin.")
            other, twin = first.setdefault(spot, (name, swatch))
            if twin.cmyk != swatch.cmyk:
                message = f'The swatches "{other}" and "{name}" are the same ink, {spot}, and differ in cmyk.'
                swatch.place(SwatchForm.cmyk).error("spot-differs", message, "Give both the same cmyk.")


def _check_style(name: str, style: StyleForm, styles: Mapping[str, StyleForm]) -> None:
    chain = list(_ancestry(name, styles))
    if chain[-1][0] == name and len(chain) > 1:
        if name == min(step for step, _ in chain):  # one report for each cycle
            way = " → ".join(step for step, _ in chain)
            style.place(StyleForm.like).error(
                "style-cycle", f"A style cannot be like itself: {way}.", "Remove one like."
            )
        return
    if len({step for step, _ in chain}) < len(chain):
        return
    missing = [field.key for field in _NEEDED if not any(ancestor.gives(field) for _, ancestor in chain)]
    if missing:
        if not any(ancestor.misspelt for _, ancestor in chain):
            message = f'The style "{name}" lacks {" and ".join(missing)}, also in what it is like.'
            style.at.error("missing-key", message, f"Add {' and '.join(missing)}.")
        return
    size, leading = resolved(name, StyleForm.size, styles), resolved(name, StyleForm.leading, styles)
    if size is None or leading is None:
        return
    least = size if size <= _READING_SIZE else size * _TIGHTEST_DISPLAY
    own = style.gives(StyleForm.size) or style.gives(StyleForm.leading)
    if leading < least and own:
        place = style.place(StyleForm.leading if style.gives(StyleForm.leading) else StyleForm.size)
        message = f'The style "{name}" has a size of {size:g}pt and a leading of {leading:g}pt; its lines would touch.'
        place.error("tight-leading", message, f"Let leading be at least {least:g}pt.")
    smallest = resolved(name, StyleForm.smallest, styles)
    if smallest is not None and smallest > size:
        message = f'The style "{name}" is {size:g}pt and would not go below {smallest:g}pt.'
        style.place(StyleForm.smallest).error("out-of-range", message, "Let smallest be less than size.")


def _ancestry(name: str, styles: Mapping[str, StyleForm]) -> Iterator[tuple[str, StyleForm]]:
    """A style and those that it is like, nearest first; the first one that comes again ends it."""
    seen: set[str] = set()
    step: str | None = name
    while step is not None:
        style = styles.get(step)
        if style is None:
            raise RefusedError
        yield step, style
        if step in seen:
            return
        seen.add(step)
        step = style.like


def resolved(name: str, field: Field[T | None], styles: Mapping[str, StyleForm]) -> T | None:
    """What a style says under `field`, itself or by what it is like; None if nothing."""
    for _, style in _ancestry(name, styles):
        value = style.get(field)
        if value is not None:
            return value
    return None


def origin_of(name: str, field: Field[Any], form: ThemeForm) -> At:
    """Where it stands what a style says under `field`: in the style itself, or in one that it is like."""
    for _, style in _ancestry(name, form.styles):
        if style.gives(field):
            return style.place(field)
    return form.styles[name].at


def swatches_of(form: ThemeForm) -> dict[str, Swatch]:
    """The swatches by name."""
    return {name: _swatch(name, swatch) for name, swatch in form.swatches.items()}


def _swatch(name: str, form: SwatchForm) -> Swatch:
    cyan, magenta, yellow, black = form.cmyk
    return Swatch(name, form.rgb, (cyan, magenta, yellow, black), form.spot, form.at.span)


def styles_of(form: ThemeForm, swatches: Mapping[str, Swatch]) -> dict[str, TextStyle]:
    """The styles by name, complete."""
    return {name: _style(name, form.styles, swatches) for name in form.styles}


def _style(name: str, styles: Mapping[str, StyleForm], swatches: Mapping[str, Swatch]) -> TextStyle:
    def of(field: Field[T | None], default: T | None = None) -> T:
        value = resolved(name, field, styles)
        value = default if value is None else value
        if value is None:
            raise AssertionError(f"the style {name} was checked and lacks {field.key}")
        return value

    return TextStyle(
        name=name,
        face=of(StyleForm.font),
        size=of(StyleForm.size),
        leading=of(StyleForm.leading),
        swatch=swatches[of(StyleForm.swatch)],
        fallback=of(StyleForm.fallback, ()),
        tracking=of(StyleForm.tracking, 0.0),
        align=of(StyleForm.align, Align.LEFT),
        case=of(StyleForm.case, Case.AS_WRITTEN),
        figures=of(StyleForm.figures, Figures.DEFAULT),
        breaking=of(StyleForm.breaking, Breaking.TOTAL),
        smallest=resolved(name, StyleForm.smallest, styles),
        hyphenate=of(StyleForm.hyphenate, False),
    )
