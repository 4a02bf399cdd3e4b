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


def card_file_name(framework: Framework, state: StateRecord, layout: LayoutSpec) -> str:
    """The edition's `file_name` filled for one state, without an ending, and marked if the edition is a sample.
    The layout's suffix, and a size that is not the layout's own, follow it.

    Whether a disk takes it is not asked here.

    Raises `DiagnosticError` (`missing-field`) for a value that is not given."""
    filler = Filler(grammar_named(framework.grammar, framework.span))
    name = filler.text(framework.edition.file_name, framework_environment(framework, state))
    collector = Collector()
    report_missing(filler.missing, collector)
    collector.raise_errors()
    return _marked(".".join(filter(None, (name, layout.suffix))), framework, layout)


def edition_file_name(framework: Framework, layout: LayoutSpec) -> str:
    """The name of a page about the whole edition: the edition's id and the layout's name, marked likewise."""
    return _marked(f"{framework.edition.id}-{layout.name}", framework, layout)


def _marked(name: str, framework: Framework, layout: LayoutSpec) -> str:
    """The name with what tells a sample and another size from the usual card."""
    sized = f"{name}.{layout.size}" if layout.size else name
    return sample_file_name(sized) if framework.sample else sized
