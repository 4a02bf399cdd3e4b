"""What every page of an edition may name: edition, publisher, a place, and the framework's own strings, filled."""

from __future__ import annotations

from collections.abc import Iterable

from cardprint.compose.filling import Environment, Filler
from cardprint.compose.grammar import Grammar
from cardprint.compose.values import date, text
from cardprint.model.dataset import Edition, Framework, Jurisdiction, Publisher, RunTemplate, StateRecord
from cardprint.model.diagnostics import NOWHERE
from cardprint.model.scope import FlagValue, MissingValue, RecordValue, RichRun, RichValue, TextValue, Value


def framework_environment(framework: Framework, state: StateRecord) -> Environment:
    """What the framework's own strings may name (`FRAMEWORK_SCOPE`)."""
    return {**edition_environment(framework), "state": _state(state)}


def edition_environment(framework: Framework) -> Environment:
    """What those of the framework's strings may name that speak of no single state."""
    return {"edition": _edition(framework), "publisher": _publisher(framework.publisher)}


def edition_on_card(framework: Framework, common: Environment, grammar: Grammar) -> RecordValue:
    """The edition as layouts of cards see it: with the address of the state that `common` speaks of."""
    edition = framework.edition
    address: Value = text(None, f"the web address of edition {edition.id}", edition.span)
    if edition.address is not None:
        filler = Filler(grammar)
        words = filler.fill(edition.address, common)
        address = first_missing(filler) or TextValue(words.text, edition.address.span)
    return RecordValue({**_edition(framework).fields, "address": address}, edition.span)


def publisher_on_page(framework: Framework, common: Environment, grammar: Grammar) -> RecordValue:
    """The publisher as layouts see it: with the line about reprints, which is one of the framework's own strings."""
    publisher = framework.publisher
    reprint: Value = text(None, f"what {publisher.name} says about reprints", publisher.span)
    if publisher.reprint:
        reprint = paragraph(publisher.reprint, common, grammar)
    return RecordValue({**_publisher(publisher).fields, "reprint": reprint}, publisher.span)


def place_fields(place: Jurisdiction) -> dict[str, Value]:
    """The fields of `PLACE`."""
    span = place.span
    return {
        "name": TextValue(place.name, span),
        "in_text": TextValue(place.in_text, span),
        "slug": TextValue(place.slug, span),
        "postal": TextValue(place.postal, span),
        "address": TextValue(place.address, span),
        "ap": TextValue(place.ap, span),
    }


def paragraphs(
    templates: Iterable[tuple[RunTemplate, ...]], common: Environment, grammar: Grammar
) -> tuple[Value, ...]:
    """Paragraphs of the framework, each filled or missing."""
    return tuple(paragraph(runs, common, grammar) for runs in templates)


def paragraph(runs: tuple[RunTemplate, ...], common: Environment, grammar: Grammar) -> Value:
    """One paragraph of the framework, filled; where it names what is not given, that."""
    filler = Filler(grammar)
    filled = []
    for run in runs:
        words = filler.fill(run.text, common)
        link = None if run.link is None else filler.text(run.link, common)
        filled.append(RichRun(words.text, run.emphasis, link, words.span if words.span.file else run.span))
    return first_missing(filler) or RichValue(tuple(filled), filled[0].span if filled else NOWHERE)


def first_missing(filler: Filler) -> MissingValue | None:
    """The first of what a filler found missing."""
    return filler.missing[0].value if filler.missing else None


def _edition(framework: Framework) -> RecordValue:
    edition: Edition = framework.edition
    span = edition.span
    return RecordValue(
        {
            "id": TextValue(edition.id, span),
            "title": TextValue(edition.title, span),
            "language": TextValue(edition.language, span),
            "grammar": TextValue(framework.grammar, framework.span),
            "released": date(edition.released, f"the release date of edition {edition.id}", span),
            "laws_as_of": date(edition.laws_as_of, f'the "laws as of" date of edition {edition.id}', span),
            "sample": FlagValue(framework.sample, framework.span),
        },
        span,
    )


def _publisher(publisher: Publisher) -> RecordValue:
    name, span = publisher.name, publisher.span
    return RecordValue(
        {
            "name": TextValue(name, span),
            "wordmark": text(publisher.wordmark, f"the wordmark of {name}", publisher.wordmark_span),
            "copyright": text(publisher.copyright, f"the copyright line of {name}", span),
        },
        span,
    )


def _state(state: StateRecord) -> RecordValue:
    place, span = state.jurisdiction, state.span
    return RecordValue(
        {
            **place_fields(place),
            "revised": date(state.revised, f"the date of revision of {place.name}", span),
            "revision": text(state.revision, f"the note on the revision of {place.name}", span),
            "correction": text(state.correction, f"the note on the correction of {place.name}", span),
        },
        place.span,
    )
