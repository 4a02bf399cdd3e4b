"""The one-line way to refuse a file for one reason."""

from __future__ import annotations

from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Span


def refusal(code: str, message: str, span: Span, hint: str = "") -> DiagnosticError:
    """The exception that carries a single error; a span with no line speaks of the file as a whole."""
    return DiagnosticError([Diagnostic(code, message, span, hint=hint)])
