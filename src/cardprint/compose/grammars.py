"""The grammars that a framework can name."""

from __future__ import annotations

from collections.abc import Mapping

from cardprint.compose.grammar import Grammar
from cardprint.compose.grammar_english import English
from cardprint.model.diagnostics import NOWHERE, Diagnostic, DiagnosticError, Span

GRAMMARS: Mapping[str, Grammar] = {"english": English()}


def grammar_named(name: str, span: Span = NOWHERE) -> Grammar:
    """The grammar that `grammar: name` asks for.

    Raises `DiagnosticError` (`unknown-grammar`) at `span` for a name that is none of `GRAMMARS`."""
    try:
        return GRAMMARS[name]
    except KeyError:
        import difflib  # needed only when something is wrong

        nearest = difflib.get_close_matches(name, GRAMMARS, n=1)
        remedy = f"Did you mean {nearest[0]}?" if nearest else f"Write one of: {', '.join(sorted(GRAMMARS))}."
        message = f'There is no grammar named "{name}".'
        raise DiagnosticError([Diagnostic("unknown-grammar", message, span, "grammar", remedy)]) from None
