"""The scope of one card: a framework and a state's record as values that templates can name."""

from __future__ import annotations

from cardprint.compose.filling import Environment, Filler
from cardprint.compose.framework_scope import (
    edition_on_card,
    first_missing,
    framework_environment,
    paragraphs,
    publisher_on_page,
)
from cardprint.compose.grammar import Grammar
from cardprint.compose.grammars import grammar_named
from cardprint.compose.sentences import issue_highlights, protection_highlights
from cardprint.compose.values import missing, number, text
from cardprint.model.dataset import (
    ExtraCreditResult,
    ExtraCreditRow,
    Framework,
    Issue,
    IssueResult,
    Resource,
    StateRecord,
)
from cardprint.model.scope import ListValue, NumberValue, RecordValue, RichRun, RichValue, TextValue, Value


def build_scope(framework: Framework, state: StateRecord) -> RecordValue:
    """Everything that a layout of one card may name, in the shape of `CARD_SCOPE`.

    Highlights that are not written by hand are made here, and the framework's own strings are filled. What the
    data does not give is a `MissingValue` that says for people what it is; so is a paragraph that names one.
    Strings of the state are literal. Raises `DiagnosticError` for a grammar that does not exist."""
    grammar = grammar_named(framework.grammar, framework.span)
    common = framework_environment(framework, state)
    return RecordValue(
        {
            **common,
            "edition": edition_on_card(framework, common, grammar),
            "publisher": publisher_on_page(framework, common, grammar),
            "issues": _issues(framework, state, grammar),
            "extra_credit": _extra_credit(framework, state, grammar),
            "overall": _overall(framework, state),
            "resources": ListValue(
                tuple(_resource(resource, common, grammar) for resource in framework.resources), framework.span
            ),
            "foot": ListValue(paragraphs(framework.foot, common, grammar), framework.span),
        },
        state.span,
    )


def _issues(framework: Framework, state: StateRecord, grammar: Grammar) -> Value:
    """Every issue of the framework in its order, whether the state has results for it or not."""
    if not framework.issues:
        return missing(f"the issues of edition {framework.edition.id}", framework.span)
    results = {result.issue.id: result for result in state.issues or ()}
    return ListValue(
        tuple(_issue(issue, results.get(issue.id), framework, state, grammar) for issue in framework.issues),
        framework.span,
    )


def _issue(
    issue: Issue, result: IssueResult | None, framework: Framework, state: StateRecord, grammar: Grammar
) -> RecordValue:
    where = f"of issue {issue.id} of {state.jurisdiction.name}"
    grade: Value = missing(f"the grade {where}", state.span)
    score: Value = missing(f"the score {where}", state.span)
    highlights: Value = missing(f"the highlights {where}", state.span)
    if result is not None:
        grade = TextValue(result.letter, result.span)
        score = NumberValue(result.score, result.span)
        highlights = _issue_highlights(result, framework, grammar, where)
    return RecordValue(
        {
            "id": TextValue(issue.id, issue.span),
            "title": TextValue(issue.title, issue.span),
            "icon": text(issue.icon, f"the icon of issue {issue.id}", issue.span),
            "grade": grade,
            "score": score,
            "maximum": NumberValue(issue.maximum, issue.span),
            "highlights": highlights,
        },
        issue.span if result is None else result.span,
    )


def _issue_highlights(result: IssueResult, framework: Framework, grammar: Grammar, where: str) -> Value:
    if result.highlights is not None:
        return TextValue(result.highlights, result.highlights_span)
    text = issue_highlights(result, framework, grammar)
    if text is None:
        what = f"the highlights {where} (its gap is in a goal without a name: no sentence can tell it)"
        return missing(what, result.span)
    return TextValue(text, result.span)


def _extra_credit(framework: Framework, state: StateRecord, grammar: Grammar) -> ListValue:
    results = {result.row.id: result for result in state.extra_credit or ()}
    return ListValue(
        tuple(_extra_row(row, results.get(row.id), framework, state, grammar) for row in framework.extra_credit),
        framework.span,
    )


def _extra_row(
    row: ExtraCreditRow, result: ExtraCreditResult | None, framework: Framework, state: StateRecord, grammar: Grammar
) -> RecordValue:
    fields: dict[str, Value] = {
        "id": TextValue(row.id, row.span),
        "badge": TextValue(row.badge, row.span),
        "badge_expansion": TextValue(row.badge_expansion, row.span),
        "title": TextValue(row.title, row.span),
    }
    if result is None:
        for field in ("points", "highlights"):
            what = f"the {field} of the extra credit for {row.title} of {state.jurisdiction.name}"
            fields[field] = missing(what, state.span)
        return RecordValue(fields, row.span)
    fields["points"] = NumberValue(result.points, result.span)
    if result.highlights is not None:
        fields["highlights"] = TextValue(result.highlights, result.highlights_span)
    else:
        fields["highlights"] = TextValue(protection_highlights(result, framework, grammar), result.span)
    return RecordValue(fields, result.span)


def _overall(framework: Framework, state: StateRecord) -> RecordValue:
    """The overall grade as derived, else as published.

    Once a letter is known the score is optional: of most states only the letter was ever published."""
    name, span = state.jurisdiction.name, state.span
    letter, score = state.letter, state.total
    if letter is None and state.published is not None:
        letter, score, span = state.published.letter, state.published.score, state.published.span
    fields: dict[str, Value] = {
        "grade": missing(f"the overall grade of {name}", span) if letter is None else TextValue(letter, span),
        "score": number(score, f"the overall score of {name}", span, optional=letter is not None),
        "maximum": NumberValue(framework.maximum, framework.span),
    }
    return RecordValue(fields, span)


def _resource(resource: Resource, common: Environment, grammar: Grammar) -> RecordValue:
    filler = Filler(grammar)
    heading = filler.fill(resource.heading, common)
    filled = paragraphs(resource.paragraphs, common, grammar)
    return RecordValue(
        {
            "id": TextValue(resource.id, resource.span),
            "heading": first_missing(filler) or TextValue(heading.text, heading.span),
            "paragraphs": ListValue(filled, resource.span),
            "passages": ListValue(tuple(map(_passage, filled)), resource.span),
        },
        resource.span,
    )


def _passage(paragraph: Value) -> Value:
    """A paragraph with its links; one that names what is not given is missing as a whole."""
    if not isinstance(paragraph, RichValue):
        return paragraph
    links = tuple(_link(run, run.link) for run in paragraph.runs if run.link is not None)
    return RecordValue({"paragraph": paragraph, "links": ListValue(links, paragraph.span)}, paragraph.span)


def _link(run: RichRun, address: str) -> RecordValue:
    return RecordValue({"text": TextValue(run.text, run.span), "address": TextValue(address, run.span)}, run.span)
