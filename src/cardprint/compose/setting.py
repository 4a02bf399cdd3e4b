"""Setting words: templates become runs in resolved styles, names become swatches and strokes."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from functools import partial

from cardprint.compose.coverage import drawable, uncovered
from cardprint.compose.filling import Environment, Filler
from cardprint.compose.hyphenation import NoHyphenationError, hyphenated
from cardprint.compose.reports import report_uncovered, report_unknown
from cardprint.model.colour import Swatch
from cardprint.model.content import Run, Stroke
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.layout_spec import RunSpec, StrokeSpec, Theme
from cardprint.model.scope import RichRun, RichValue
from cardprint.model.template import Template
from cardprint.model.typography import Case, FontBook, TextStyle

LINK_EMPHASIS = "link"
"""The emphasis of a rich run that has an address and no emphasis of its own."""

_NO_INK = Swatch("none", (0, 0, 0), (0.0, 0.0, 0.0, 100.0))
"""Stands where a swatch was not found; the card fails anyway."""


class Setter:
    """Turns what the layout says about text and colour into final runs, swatches and strokes of one theme."""

    def __init__(self, theme: Theme, fonts: FontBook, filler: Filler, collector: Collector, language: str) -> None:
        self._theme = theme
        self._fonts = fonts
        self._filler = filler
        self._collector = collector
        self._language = language
        self._drawable: dict[str, frozenset[str]] = {}

    def style(self, name: str) -> TextStyle:
        return self._theme.styles[name]

    def runs(
        self,
        spec: RunSpec,
        style: TextStyle,
        emphasis: Mapping[str, str],
        environment: Environment,
        where: str,
    ) -> list[Run]:
        """The runs of a paragraph that `spec` makes: several if its text is nothing but a rich value.

        A run without words is left out. `where` names the text in messages."""
        placeholder = spec.text.sole
        if placeholder is not None and not placeholder.filters:
            value = self._filler.read(placeholder.path, environment, placeholder.span)
            if value is None:
                return []
            if isinstance(value, RichValue):
                base = style if spec.style is None else self.style(spec.style)
                return [self._rich_run(run, spec, base, emphasis, where) for run in value.runs if run.text]
        run = self.run(spec, style, environment, where)
        return [run] if run.text else []

    def run(self, spec: RunSpec, style: TextStyle, environment: Environment, where: str) -> Run:
        """One run in the style of `spec`, or in `style` if it names none."""
        words = self._filler.fill(spec.text, environment)
        return self._set(
            words.text,
            style if spec.style is None else self.style(spec.style),
            where,
            words.span if words.span.file else spec.span,
            link=None if spec.link is None else self._filler.text(spec.link, environment),
            language=spec.language,
            expansion=None if spec.expansion is None else self._filler.text(spec.expansion, environment),
            origin=partial(self._filler.origin, spec.text, environment),
        )

    def _rich_run(self, run: RichRun, spec: RunSpec, base: TextStyle, emphasis: Mapping[str, str], where: str) -> Run:
        key = run.emphasis or (LINK_EMPHASIS if run.link else "")
        style = self.style(emphasis[key]) if key in emphasis else base
        span = run.span if run.span.file else spec.span
        return self._set(run.text, style, where, span, link=run.link, language=spec.language)

    def _set(
        self,
        text: str,
        style: TextStyle,
        where: str,
        span: Span,
        *,
        link: str | None = None,
        language: str | None = None,
        expansion: str | None = None,
        origin: Callable[[str], Span] | None = None,
    ) -> Run:
        """The run with its style's capitals, its characters composed (NFC) and looked up in the fonts.

        `origin` tells where a single character comes from; left out: from `span`, as all do."""
        if style.case is Case.UPPER:
            text = text.upper()
        if not text.isascii():
            text = unicodedata.normalize("NFC", text)
        if style.hyphenate:
            text = self._hyphenated(text, language or self._language, style, span)
        characters = self._drawable.get(style.name)
        if characters is None:
            characters = self._drawable[style.name] = drawable(style, self._fonts)
        for character in uncovered(text, characters):
            place = origin(character) if origin else span
            report_uncovered(character, style, where, place if place.file else span, self._collector)
        return Run(text, style, link, language, expansion, span)

    def _hyphenated(self, text: str, language: str, style: TextStyle, span: Span) -> str:
        try:
            return hyphenated(text, language)
        except NoHyphenationError as error:
            self._collector.error("no-hyphenation", f"The style {style.name} divides words. {error}", span)
            return text

    def swatch(self, name: Template, environment: Environment) -> Swatch:
        """The swatch that `name` fills to; an unknown one is collected as `unknown-swatch`."""
        asked_before = len(self._filler.missing)
        filled = self._filler.text(name, environment)
        swatch = self._theme.swatches.get(filled)
        if swatch is not None:
            return swatch
        if len(self._filler.missing) == asked_before:
            report_unknown("swatch", filled, self._theme.swatches, name.span, self._collector)
        return _NO_INK

    def stroke(self, spec: StrokeSpec, environment: Environment) -> Stroke:
        return Stroke(spec.weight, self.swatch(spec.swatch, environment))
