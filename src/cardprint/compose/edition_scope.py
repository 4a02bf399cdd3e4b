"""The scope of a page about a whole edition: all its states, counted by grade, and who says so."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from urllib.parse import urlsplit

from cardprint.compose.filling import Environment
from cardprint.compose.framework_scope import edition_environment, paragraphs, place_fields, publisher_on_page
from cardprint.compose.grammar import Grammar
from cardprint.compose.grammars import grammar_named
from cardprint.compose.values import number, text
from cardprint.model.dataset import DERIVED, Dataset, Framework, Jurisdiction, RunTemplate, StateRecord
from cardprint.model.scope import (
    FlagValue,
    ListValue,
    NumberValue,
    RecordValue,
    RichRun,
    RichValue,
    TextValue,
    Value,
)
from cardprint.model.template import Placeholder


def build_edition_scope(dataset: Dataset) -> RecordValue:
    """Everything that a layout of one page for the whole edition may name, in the shape of `EDITION_SCOPE`.

    Raises `DiagnosticError` for a grammar that does not exist."""
    framework = dataset.framework
    grammar = grammar_named(framework.grammar, framework.span)
    common = edition_environment(framework)
    known = [_Graded(place, dataset.states.get(place.slug)) for place in _in_order(dataset.jurisdictions.values())]
    counts = [_count(band.letter, known, framework) for band in framework.scale.bands]
    return RecordValue(
        {
            **common,
            "publisher": publisher_on_page(framework, common, grammar),
            "states": _records(known, framework),
            "graded": _records([state for state in known if state.letter], framework),
            "derived": _records([state for state in known if state.derived], framework),
            "ungraded": _records([state for state in known if not state.letter], framework),
            "counts": ListValue(tuple(counts), framework.span),
            "lowest": counts[-1],
            "sources": _sources(state for state in known if not state.derived),
            "derived_sources": _sources(state for state in known if state.derived),
            "figures": _figures(framework),
            "foot": edition_foot(framework, common, grammar),
        },
        framework.span,
    )


def edition_foot(framework: Framework, common: Environment, grammar: Grammar) -> ListValue:
    """The foot lines that speak of no single state."""
    lines = [line for line in framework.foot if not _speaks_of_a_state(line)]
    return ListValue(paragraphs(lines, common, grammar), framework.span)


class _Graded:
    """A jurisdiction and what is known of its overall grade: computed from its results, else as published."""

    def __init__(self, place: Jurisdiction, state: StateRecord | None) -> None:
        published = state.published if state else None
        self.place = place
        self.letter: str | None = None
        self.score: Decimal | None = None
        self.basis: str | None = None
        self.source: str | None = None
        self.span = state.span if state else place.span
        if state and state.letter is not None:
            self.letter, self.score, self.source = state.letter, state.total, state.source
        elif published:
            self.letter, self.score = published.letter, published.score
            self.basis, self.source, self.span = published.basis, published.source, published.span
        self.derived = self.basis == DERIVED

    def record(self) -> RecordValue:
        """The fields of `GRADED_STATE`."""
        name, tile = self.place.name, self.place.tile
        return RecordValue(
            {
                **place_fields(self.place),
                "grade": text(self.letter, f"the overall grade of {name}", self.span),
                "score": number(self.score, f"the overall score of {name}", self.span),
                "basis": text(self.basis, f"how the overall grade of {name} is known", self.span),
                "source": text(self.source, f"the source of the overall grade of {name}", self.span),
                "derived": FlagValue(self.derived, self.span),
                "column": number(Decimal(tile[0]) if tile else None, f"the tile of {name}", self.place.span),
                "row": number(Decimal(tile[1]) if tile else None, f"the tile of {name}", self.place.span),
            },
            self.span,
        )


def _in_order(places: Iterable[Jurisdiction]) -> list[Jurisdiction]:
    """Places in the order of their names."""
    return sorted(places, key=lambda place: place.name)


def _records(states: Sequence[_Graded], framework: Framework) -> ListValue:
    return ListValue(tuple(state.record() for state in states), framework.span)


def _count(letter: str, known: Sequence[_Graded], framework: Framework) -> RecordValue:
    """One grade of the scale: how many states have it, and which."""
    span = framework.span
    states = [state for state in known if state.letter == letter]
    names = ", ".join(state.place.name for state in states if not state.derived)
    derived_names = ", ".join(state.place.name for state in states if state.derived)
    return RecordValue(
        {
            "grade": TextValue(letter, span),
            "count": NumberValue(Decimal(len(states)), span),
            "states": _records(states, framework),
            "names": text(names or None, f"the states that a source gives the grade {letter}", span),
            "derived_names": text(derived_names or None, f"the states whose grade {letter} is derived", span),
        },
        span,
    )


def _sources(states: Iterable[_Graded]) -> RichValue:
    """Each source in the order of its first state; of several, each with the postal codes of its states. An address is
    shown by its host and leads to its page."""
    codes: dict[str, list[str]] = {}
    for state in states:
        for source in (state.source or "").split("; "):
            if source and state.letter:
                codes.setdefault(source, []).append(state.place.postal)
    runs: list[RichRun] = []
    for source, postals in codes.items():
        if runs:
            runs.append(RichRun("; "))
        host = urlsplit(source).hostname if source.startswith("https://") else None
        runs.append(RichRun(host.removeprefix("www."), link=source) if host else RichRun(source))
        if len(codes) > 1:
            runs.append(RichRun(f" ({', '.join(postals)})"))
    return RichValue(tuple(runs))


def _figures(framework: Framework) -> ListValue:
    records: list[Value] = [
        RecordValue(
            {
                "id": TextValue(figure.id, figure.span),
                "title": TextValue(figure.title, figure.span),
                "value": NumberValue(figure.value, figure.span),
                "source": TextValue(figure.source, figure.span),
            },
            figure.span,
        )
        for figure in framework.figures
    ]
    return ListValue(tuple(records), framework.span)


def _speaks_of_a_state(line: Iterable[RunTemplate]) -> bool:
    templates = [template for run in line for template in (run.text, run.link) if template is not None]
    return any(
        part.path[0] == "state" for template in templates for part in template.parts if isinstance(part, Placeholder)
    )
