"""Sentences for what compose can find wrong, so that each problem is told in one place."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import takewhile

from cardprint.compose.coverage import character_name, runs_right_to_left
from cardprint.compose.filling import Asked
from cardprint.model.diagnostics import Collector, Span
from cardprint.model.typography import TextStyle


def report_missing(asked: Iterable[Asked], collector: Collector) -> None:
    """A `missing-field` for the fields that are not given, at the first line of the layout that asked for each; fields
    that a line asks for of one item after another are told in one sentence."""
    first_asked: dict[str, Asked] = {}
    for question in asked:
        first_asked.setdefault(question.value.what, question)
    alike: dict[tuple[Span, Span], list[str]] = {}
    for what, (value, asked_at) in first_asked.items():
        alike.setdefault((value.span, asked_at), []).append(what)
    for (given_at, asked_at), fields in alike.items():
        needed_by = f", which {asked_at} asks for" if asked_at.file else ""
        home = f" in {given_at.file}" if given_at.file else ""
        them = "it" if len(fields) == 1 else "them"
        collector.error(
            "missing-field",
            f"The data does not give {_folded(fields)}{needed_by}.",
            given_at if given_at.file else asked_at,
            hint=f"Give {them}{home}, or use a layout that does without {them}.",
        )


def _folded(phrases: Sequence[str]) -> str:
    """The phrases as one, with what all begin and end with said once: "the score of issue 1, 2 and 3 of Ohio"."""
    if len(phrases) == 1:
        return phrases[0]
    words = [phrase.split(" ") for phrase in phrases]
    shortest = min(map(len, words)) - 1
    before = min(_alike(words), shortest)
    after = min(_alike([line[::-1] for line in words]), shortest - before)
    own = [" ".join(line[before : len(line) - after]) for line in words]
    return " ".join([*words[0][:before], f"{', '.join(own[:-1])} and {own[-1]}", *words[0][len(words[0]) - after :]])


def _alike(lines: Iterable[Sequence[str]]) -> int:
    """With how many words all lines begin."""
    return sum(1 for _ in takewhile(lambda same: len(set(same)) == 1, zip(*lines, strict=False)))


def report_uncovered(character: str, style: TextStyle, where: str, span: Span, collector: Collector) -> None:
    """`no-glyph`: a character that no font of `style` can draw; `right-to-left`: one that none could draw rightly."""
    if runs_right_to_left(character):
        message = f"{character_name(character)} in {where} is written from right to left; cards are set left to right."
        collector.error("right-to-left", message, span, hint="Write the words in Latin letters, or leave them out.")
        return
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
