"""The page as a whole: what its document says, what is missing, and that composing is pure."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest
from msgspec.structs import replace

from cardprint.compose import build_scope, card_file_name, compose_pages
from cardprint.compose.filling import Asked
from cardprint.compose.reports import report_missing
from cardprint.model.content import DocumentInfo
from cardprint.model.copyfit import Copyfit, CopyfitScope
from cardprint.model.dataset import Framework, StateRecord
from cardprint.model.diagnostics import NOWHERE, Collector, DiagnosticError, Severity
from cardprint.model.layout_spec import LayoutSpec, Repeat, RunSpec, StackSpec, TextSpec
from cardprint.model.scope import MissingValue, RecordValue
from cardprint.model.template import Template
from cardprint.model.typography import FontBook

MakeTemplate = Callable[[str], Template]
MakeLayout = Callable[..., LayoutSpec]

DATE = dt.datetime(2021, 11, 17, tzinfo=dt.UTC)
EMPTY = StackSpec(children=())


def test_document_info(layout: MakeLayout, scope: RecordValue, fonts: FontBook, template: MakeTemplate) -> None:
    """The document's title and subject are the layout's, filled; author and language the data's; the rest as given."""
    spec = layout(EMPTY, subject=template("Grades of {state.name}"))
    assert compose_pages(spec, scope, fonts, DATE, "cardprint 0.1.0", "abc")[0].info == DocumentInfo(
        title="New Mexico: Report Card",
        author="Shared Hope",
        subject="Grades of New Mexico",
        language="en-US",
        date=DATE,
        producer="cardprint 0.1.0",
        edition="2021",
        data_sha256="abc",
        state="new-mexico",
    )


def test_page_and_copyfit_pass_through(layout: MakeLayout, scope: RecordValue, fonts: FontBook) -> None:
    """The sheet and the copyfit of the layout are those of the content; without a subject there is none."""
    copyfit = Copyfit(CopyfitScope.SET)
    spec = layout(EMPTY, copyfit=copyfit)
    content = compose_pages(spec, scope, fonts, DATE, "cardprint")[0]
    assert (content.page, content.copyfit, content.info.subject) == (spec.pages[0].page, copyfit, "")


@pytest.fixture
def scores(template: MakeTemplate) -> StackSpec:
    """Grade, score and again the score of every issue."""
    text = TextSpec(
        runs=(RunSpec(template("{issue.grade} {issue.score} {issue.score}")),),
        style="body",
        repeat=Repeat(("issues",), "issue"),
    )
    return StackSpec(children=(text,))


def test_missing_fields_are_told_together(
    layout: MakeLayout, scores: StackSpec, framework: Framework, state: StateRecord, fonts: FontBook
) -> None:
    """Every field that the layout reads and the data lacks is one error, with both lines and the remedy."""
    scope = build_scope(framework, replace(state, issues=None))
    with pytest.raises(DiagnosticError) as raised:
        compose_pages(layout(scores), scope, fonts, DATE, "cardprint")[0]
    found = raised.value.diagnostics
    assert [d.message for d in found] == [
        "The data does not give the grade of issue 1, score of issue 1, grade of issue 2 and score of issue 2 of New"
        " Mexico, which layout.yaml:1:1 asks for."
    ]
    assert {(d.code, d.span.file, d.severity) for d in found} == {("missing-field", "new-mexico.yaml", Severity.ERROR)}
    assert found[0].hint == "Give them in new-mexico.yaml, or use a layout that does without them."


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        (("the score of Ohio",), "the score of Ohio"),
        (("the score of issue 1 of Ohio", "the score of issue 2 of Ohio"), "the score of issue 1 and 2 of Ohio"),
        (("a b c", "a x y c", "a z c"), "a b, x y and z c"),
        (("the score", "the score of issue 1"), "the score and score of issue 1"),
        (("one", "two"), "one and two"),
    ],
)
def test_fields_alike_are_told_in_one_sentence(fields: tuple[str, ...], said: str) -> None:
    """What all begin and end with is said once, and nothing of any is lost."""
    collector = Collector()
    report_missing([Asked(MissingValue(what, optional=False), NOWHERE) for what in fields], collector)
    (told,) = collector.diagnostics
    assert told.message == f"The data does not give {said}."


def test_missing_fields_that_nobody_reads(
    layout: MakeLayout, framework: Framework, state: StateRecord, fonts: FontBook, template: MakeTemplate
) -> None:
    """A layout that shows no scores makes a card of a state without any."""
    scope = build_scope(framework, replace(state, issues=None, extra_credit=None, total=None))
    text = TextSpec(runs=(RunSpec(template("{state.name}: {overall.grade}")),), style="body")
    compose_pages(layout(text), scope, fonts, DATE, "cardprint")[0]


def test_text_that_asks_for_an_optional_field(
    layout: MakeLayout, scope: RecordValue, fonts: FontBook, template: MakeTemplate
) -> None:
    """An optional field is an error where a text asks for it without `when`."""
    text = TextSpec(runs=(RunSpec(template("{edition.laws_as_of|date}")),), style="body")
    with pytest.raises(DiagnosticError, match='missing-field: The data does not give the "laws as of" date of edition'):
        compose_pages(layout(text), scope, fonts, DATE, "cardprint")[0]


def test_composing_is_pure(layout: MakeLayout, scores: StackSpec, scope: RecordValue, fonts: FontBook) -> None:
    """The same layout and scope give equal content, whatever was composed in between."""
    first = compose_pages(layout(scores), scope, fonts, DATE, "cardprint")[0]
    compose_pages(layout(EMPTY), scope, fonts, DATE, "cardprint")[0]
    assert compose_pages(layout(scores), scope, fonts, DATE, "cardprint")[0] == first


@pytest.mark.parametrize(("size", "expected"), [("", "2021-new-mexico"), ("a4", "2021-new-mexico.a4")])
def test_file_name(framework: Framework, state: StateRecord, layout: MakeLayout, size: str, expected: str) -> None:
    """The pattern of the edition is filled for the state; a size that is not the layout's own follows."""
    assert expected == card_file_name(framework, state, replace(layout(EMPTY), size=size))


def test_file_name_that_needs_what_is_missing(
    framework: Framework, state: StateRecord, layout: MakeLayout, template: MakeTemplate
) -> None:
    """A pattern that names a field without a value is an error."""
    edition = replace(framework.edition, file_name=template("{state.slug}-{state.revised}"))
    with pytest.raises(DiagnosticError, match=r"missing-field: .* the date of revision of New Mexico"):
        card_file_name(replace(framework, edition=edition), state, layout(EMPTY))
