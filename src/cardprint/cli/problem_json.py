"""A problem as programs read it: the same fields in every command, null for what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardprint.model.diagnostics import Diagnostic, Severity, Span
    from cardprint.model.finding import Finding


def problem_fields(problem: Diagnostic) -> dict[str, object]:
    """The fields of a diagnostic."""
    return {
        "code": problem.code,
        **_shared(problem.message, problem.hint, problem.severity, problem.span),
        "path": problem.path or None,
    }


def finding_fields(finding: Finding) -> dict[str, object]:
    """Those of what a proof found: the rule that a file breaks is its code, and a rectangle in points its place."""
    rect = finding.rect
    return {
        "code": finding.rule,
        "rule": finding.rule,
        **_shared(finding.message, finding.hint, finding.severity, finding.span),
        "page": finding.page or None,
        "rect": [round(side, 2) for side in (rect.x, rect.y, rect.width, rect.height)] if rect else None,
    }


def _shared(message: str, hint: str, severity: Severity, span: Span) -> dict[str, object]:
    return {
        "severity": severity.value,
        "message": message,
        "hint": hint or None,
        "file": span.file or None,
        "line": span.line or None,
        "column": span.column or None,
        "end_line": span.end_line or None,
        "end_column": span.end_column or None,
        "cell": span.cell or None,
    }
