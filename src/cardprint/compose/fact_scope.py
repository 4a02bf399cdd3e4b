"""The scope of a fact sheet."""

from __future__ import annotations

from collections.abc import Iterable

from cardprint.compose.edition_scope import edition_foot
from cardprint.compose.framework_scope import edition_environment, publisher_on_page
from cardprint.compose.grammars import grammar_named
from cardprint.compose.values import text
from cardprint.model.dataset import Framework
from cardprint.model.diagnostics import NOWHERE
from cardprint.model.fact_sheet import FACT_NAMES, Fact, FactRow, FactSheet
from cardprint.model.scope import ListValue, RecordValue, TextValue, Value


def build_fact_scope(framework: Framework, sheet: FactSheet) -> RecordValue:
    """Everything that a layout of a fact sheet may name, in the shape of `FACTS_SCOPE`."""
    grammar = grammar_named(framework.grammar, framework.span)
    common = edition_environment(framework)
    facts = {fact.name: _fact(fact) for fact in sheet.facts}
    named = {name: _list([facts[name]] if name in facts else []) for name in FACT_NAMES}
    return RecordValue(
        {
            **common,
            "publisher": publisher_on_page(framework, common, grammar),
            "foot": edition_foot(framework, common, grammar),
            "against": text(sheet.against or None, "the earlier edition", framework.span),
            "facts": _list(facts.values()),
            "notes": text(" ".join(sheet.notes) or None, "the notes on what is counted", framework.span),
            **named,
        },
        framework.span,
    )


def _list(values: Iterable[Value]) -> ListValue:
    return ListValue(tuple(values))


def _fact(fact: Fact) -> RecordValue:
    label_head, text_head, value_head = map(TextValue, fact.heads)
    return RecordValue(
        {
            "heading": TextValue(fact.heading),
            "sentences": TextValue(" ".join(fact.sentences)),
            "label_head": label_head,
            "text_head": text_head,
            "value_head": value_head,
            "rows": _list(_row(row) for row in fact.rows),
            "note": text(fact.note or None, f"the note on {fact.heading}", NOWHERE),
        }
    )


def _row(row: FactRow) -> RecordValue:
    return RecordValue({"label": TextValue(row.label), "text": TextValue(row.text), "value": TextValue(row.value)})
