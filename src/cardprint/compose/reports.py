"""Sentences for what compose can find wrong, so that each problem is told in one place."""

from __future__ import annotations

from collections.abc import Iterable

from cardprint.compose.coverage import character_name
from cardprint.compose.filling import Asked
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.typography import TextStyle


def report_missing(asked: Iterable[Asked], collector: Collector) -> None:
    """One `missing-field` for each field that was asked for and is not given, at the first line that asked."""
    first_asked: dict[str, Asked] = {}
    for question in asked:
        first_asked.setdefault(question.value.what, question)
    for what, (value, asked_at) in first_asked.items():
        needed_by = f", which {asked_at} asks for" if asked_at.file else ""
        home = f" in {value.span.file}" if value.span.file else ""
        collector.error(
            "missing-field",
            f"The data does not give {what}{needed_by}.",
            value.span if value.span.file else asked_at,
            hint=f"Give it{home}, or use a layout that does without it.",
        )


def report_uncovered(character: str, style: TextStyle, where: str, span: Span, collector: Collector) -> None:
    """`no-glyph`: a character that no font of `style` can draw."""
    fonts = " or ".join((style.face, *style.fallback))
    collector.error(
        "no-glyph",
        f"{character_name(character)} in {where} has no glyph in {fonts}.",
        span,
        hint=f"Write it otherwise, or give the style {style.name} a fallback font that has it.",
    )


def report_unknown(kind: str, name: str, known: Iterable[str], span: Span, collector: Collector) -> None:
    """`unknown-swatch`, `unknown-icon`, `unknown-image`: a name made from data that the theme does not have."""
    import difflib  # needed only when something is wrong

    names = sorted(known)
    nearest = difflib.get_close_matches(name, names, n=1)
    hint = f"Did you mean {nearest[0]}?" if nearest else f"Name one of: {', '.join(names) or 'none is there'}."
    collector.error(f"unknown-{kind}", f'There is no {kind} named "{name}".', span, hint=hint)
