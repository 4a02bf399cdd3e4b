"""The pages of a card: a layout filled with one card's scope."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import TYPE_CHECKING

from cardprint.compose.blocks import Composer
from cardprint.compose.filling import Environment, Filler
from cardprint.compose.grammar import Grammar
from cardprint.compose.grammars import grammar_named
from cardprint.compose.marks_face import MARKS_FACE
from cardprint.compose.reports import report_missing
from cardprint.compose.sample import is_sample, page_marks, sample_title
from cardprint.compose.setting import Setter
from cardprint.model.content import DocumentInfo, PageContent, Slug, StackBlock
from cardprint.model.diagnostics import Collector
from cardprint.model.layout_spec import LayoutSpec, PageSpec
from cardprint.model.profile import SCREEN, OutputProfile
from cardprint.model.scope import RecordValue, TextValue
from cardprint.model.template import Placeholder, Template
from cardprint.model.typography import FontBook

if TYPE_CHECKING:
    from cardprint.model.embargo import Embargo

_PUBLISHER = Template((Placeholder(("publisher", "name")),))
_LANGUAGE = Template((Placeholder(("edition", "language")),))
_EDITION = Template((Placeholder(("edition", "id")),))
_STATE = Template((Placeholder(("state", "slug")),))


def compose_pages(
    layout: LayoutSpec,
    scope: RecordValue,
    fonts: FontBook,
    info_date: dt.datetime,
    producer: str,
    data_sha256: str = "",
    profile: OutputProfile = SCREEN,
    embargo: Embargo | None = None,
) -> tuple[PageContent, ...]:
    """The content of the layout's pages: final strings in resolved styles, every character known to be drawable.

    `info_date` and `producer` go into the document's own description as they are; `profile` is what the pages are
    written for; under an `embargo` they say so. Raises `DiagnosticError` with every problem of any page:
    `missing-field`, `no-glyph`, `unknown-swatch`, `unknown-icon`, `unknown-image`, `no-swatch`, `no-hyphenation`,
    `low-resolution`, `table-overflow`, `row-span`, `track-count`, `grid-place`, `grid-outside`, `grid-taken`,
    `bad-address`, `qr-unexplained`, `qr-too-long`, `qr-too-fine`."""
    environment = scope.fields
    collector = Collector()
    filler = Filler(_grammar(environment))
    setter = Setter(layout.theme, fonts, filler, collector, filler.text(_LANGUAGE, environment))
    composer = Composer(layout.theme, setter, filler, collector, profile)
    bodies = [composer.sole(page.body, environment, page.name) for page in layout.pages]
    info = _described(layout, filler, environment, info_date, producer, data_sha256, embargo)
    report_missing(filler.missing, collector)
    collector.raise_errors()
    marks = page_marks(info.language, sample=is_sample(environment), embargo=embargo)
    slugs: Sequence[Slug | None] = [None] * len(bodies)
    if profile.press is not None and profile.press.spec.slug:
        from cardprint.compose.slug import compose_slugs  # screen cards do without

        slugs = compose_slugs(len(bodies), environment, filler, profile.press, fonts[MARKS_FACE], info)
    return tuple(
        PageContent(page.page, body or _nothing(layout, page), info, layout.copyfit, marks, profile, slug)
        for page, body, slug in zip(layout.pages, bodies, slugs, strict=True)
    )


def _described(
    layout: LayoutSpec,
    filler: Filler,
    environment: Environment,
    date: dt.datetime,
    producer: str,
    data_sha256: str,
    embargo: Embargo | None,
) -> DocumentInfo:
    """What the document says of itself. Its title tells of samples and embargoes, as its pages do."""
    title = filler.text(layout.title, environment)
    title = sample_title(title) if is_sample(environment) else title
    return DocumentInfo(
        title=title if embargo is None else f"{embargo.words}: {title}",
        author=filler.text(_PUBLISHER, environment),
        subject="" if layout.subject is None else filler.text(layout.subject, environment),
        language=filler.text(_LANGUAGE, environment),
        date=date,
        producer=producer,
        edition=filler.text(_EDITION, environment),
        data_sha256=data_sha256,
        state=filler.text(_STATE, environment) if "state" in environment else "",
    )


def _nothing(layout: LayoutSpec, page: PageSpec) -> StackBlock:
    return StackBlock(span=layout.span, name=page.name, children=())


def _grammar(environment: Environment) -> Grammar:
    """The grammar of the dataset, which the edition carries into the scope."""
    match environment["edition"]:
        case RecordValue(fields={"grammar": TextValue(text=name, span=span)}):
            return grammar_named(name, span)
    raise TypeError("the scope's edition names no grammar")
