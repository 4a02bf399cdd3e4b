"""What reading a finished file back brought to light."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

from cardprint.model.diagnostics import NOWHERE, Diagnostic, Severity, Span
from cardprint.model.geometry import Rect


class Finding(Struct, frozen=True):
    """One fault of a finished PDF.

    `rule` is the stable kebab-case name of the rule that the file breaks ("text-missing"); `message` says what was
    found and what was promised. `page` counts from 1 and is 0 for the file as a whole; `rect` is the place on that
    page, in points from its trimmed top left; `span` the line of YAML that the words came from, where it is known.
    An error means that the file must not be delivered; a warning tells what could not be proved. `hint` says in an
    imperative sentence what to do.
    """

    rule: str
    message: str
    page: int = 0
    rect: Rect | None = None
    span: Span = NOWHERE
    severity: Severity = Severity.ERROR
    hint: str = ""

    @property
    def diagnostic(self) -> Diagnostic:
        """The finding in the form in which every stage reports, its place on the page said in words."""
        place = f" (page {self.page}{_at(self.rect)})" if self.page else ""
        return Diagnostic(self.rule, f"{self.message}{place}", self.span, severity=self.severity, hint=self.hint)


FOR_THE_LAYOUT: Final = frozenset(
    {
        *("bleed-missing", "hairline", "ink-limit", "picture-coarse", "safety-margin"),
        *("text-without-ink", "type-too-small"),
    }
)
"""Rules that a file breaks where its layout asks for what no press can do: whoever made the layout mends it."""

CROWDED: Final = frozenset(
    {
        *("text-outside-region", "text-outside-live-area", "text-off-page", "text-overlap"),
        *("link-outside-live-area", "link-off-words"),
    }
)
"""Rules that a file breaks where its layout sets type closer than its letters are high: layout then tells the texts
that have no room."""


def failed(findings: tuple[Finding, ...]) -> bool:
    """Whether an error is among the findings: then the file is no proof of its data."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _at(rect: Rect | None) -> str:
    if rect is None:
        return ""
    return f", {rect.x:.1f} pt from the left and {rect.y:.1f} pt from the top"
