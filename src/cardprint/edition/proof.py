"""What a finished page is compared with, and what becomes of one that failed its proof."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from msgspec.structs import replace

from cardprint.compose import build_promise
from cardprint.edition.project import Project
from cardprint.model.dataset import StateRecord
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Severity
from cardprint.model.finding import CROWDED, FOR_THE_LAYOUT, Finding
from cardprint.model.frame import PageFrame
from cardprint.model.promise import Promise
from cardprint.model.scope import RecordValue
from cardprint.resolve import Inputs

REJECTED_ENDING = "rejected.pdf"
"""What follows the name of a page that failed its proof. It is kept for whoever looks into it, and is no delivery."""


class RejectedError(DiagnosticError):
    """A finished PDF failed its proof. `file_name` would have been its name, without ending; `pdf` are its bytes."""

    def __init__(self, file_name: str, pdf: bytes, findings: Sequence[Finding]) -> None:
        self.file_name = file_name
        self.pdf = pdf
        self.findings = tuple(findings)
        super().__init__([*(finding.diagnostic for finding in self.findings), _not_delivered(file_name, self.findings)])

    def __reduce__(self) -> tuple[type[RejectedError], tuple[str, bytes, tuple[Finding, ...]]]:  # type: ignore[override]
        return type(self), (self.file_name, self.pdf, self.findings)


def rejection(file_name: str, pdf: bytes, findings: Sequence[Finding], frames: Sequence[PageFrame]) -> DiagnosticError:
    """What to raise for a page that failed its proof: what has no room where nothing else is wrong, an `overset` for
    each text, else a `RejectedError`."""
    if all(finding.rule in CROWDED for finding in findings if finding.severity is Severity.ERROR):
        from cardprint.layout import crowded  # hardly ever asked

        oversets = crowded(frames)
        if oversets:
            return DiagnosticError(oversets)
    return RejectedError(file_name, pdf, findings)


def digest_of(project: Project, inputs: Inputs) -> str:
    """The hash that a page carries: of all that was read for it, for the project and (`inputs`) for itself."""
    return hashlib.sha256("".join((*project.inputs, *inputs.digests)).encode("ascii")).hexdigest()


def promise_of(project: Project, record: StateRecord, scope: RecordValue, data_sha256: str = "") -> Promise:
    """What the card of a state must say in the project's layout. `scope` is the one that it is composed from."""
    promise = build_promise(project.framework, record, scope, project.layout, data_sha256, project.profile)
    if project.embargo is None:
        return promise
    return replace(promise, furniture=(*promise.furniture, project.embargo.words))  # its figures are none of the card's


def _not_delivered(file_name: str, findings: Sequence[Finding]) -> Diagnostic:
    if all(finding.rule in FOR_THE_LAYOUT for finding in findings if finding.severity is Severity.ERROR):
        message = f"The finished {file_name}.pdf asks more of a press than it can do, and is not delivered."
        return Diagnostic("rejected", message, hint="Change the layout or its theme where the messages point.")
    message = f"The finished {file_name}.pdf does not say what it should, and is not delivered."
    return Diagnostic("rejected", message, hint=f"Look at {file_name}.{REJECTED_ENDING} and report the fault.")
