"""The name of a card's file."""

from __future__ import annotations

from cardprint.compose.filling import Filler
from cardprint.compose.framework_scope import framework_environment
from cardprint.compose.grammars import grammar_named
from cardprint.compose.reports import report_missing
from cardprint.compose.sample import sample_file_name
from cardprint.model.dataset import Framework, StateRecord
from cardprint.model.diagnostics import Collector
from cardprint.model.layout_spec import LayoutSpec


def card_file_name(framework: Framework, state: StateRecord) -> str:
    """The edition's `file_name` filled for one state, without an ending, and marked if the edition is a sample.

    Whether a disk takes it is not asked here.

    Raises `DiagnosticError` (`missing-field`) for a value that is not given."""
    filler = Filler(grammar_named(framework.grammar, framework.span))
    name = filler.text(framework.edition.file_name, framework_environment(framework, state))
    collector = Collector()
    report_missing(filler.missing, collector)
    collector.raise_errors()
    return sample_file_name(name) if framework.sample else name


def edition_file_name(framework: Framework, layout: LayoutSpec) -> str:
    """The name of a page about the whole edition: the edition's id and the layout's name, marked likewise."""
    name = f"{framework.edition.id}-{layout.name}"
    return sample_file_name(name) if framework.sample else name
