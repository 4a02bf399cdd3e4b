"""Cards on their way: composed, rendered, or failed."""

from __future__ import annotations

from msgspec import Struct

from cardprint.edition.tightness import Tightness
from cardprint.layout import MeasuredPage
from cardprint.model.content import PageContent
from cardprint.model.dataset import Jurisdiction, StateRecord
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.frame import FitReport
from cardprint.model.scope import RecordValue


class ComposedCard(Struct, frozen=True):
    """A card before it is laid out: its state, its file's name without the ending, the content of its pages, and
    warnings; and what it was composed from, to be compared with the finished file.

    Where somebody has looked on which rung its pages fit, they are there `measured`, ready for whoever lays them out on
    that rung."""

    state: Jurisdiction
    file_name: str
    pages: tuple[PageContent, ...]
    warnings: tuple[Diagnostic, ...]
    record: StateRecord
    scope: RecordValue
    measured: tuple[MeasuredPage, ...] = ()

    @property
    def rung(self) -> int | None:
        """The rung of copyfit on which the pages were measured; None if they fit on none, or nobody looked."""
        return max((page.rung for page in self.measured), default=None)


class ComposedEdition(Struct, frozen=True):
    """Pages about the whole edition before they are laid out, likewise."""

    file_name: str
    pages: tuple[PageContent, ...]
    warnings: tuple[Diagnostic, ...]


class RenderedCard(Struct, frozen=True):
    """A finished card: its file's name without the ending, its bytes, what fitting took, and warnings."""

    state: Jurisdiction
    file_name: str
    pdf: bytes
    report: FitReport
    warnings: tuple[Diagnostic, ...] = ()


class RenderedEdition(Struct, frozen=True):
    """Finished pages about the whole edition, likewise, and how far copyfit went if it had to."""

    file_name: str
    pdf: bytes
    report: FitReport
    warnings: tuple[Diagnostic, ...] = ()
    tightness: Tightness | None = None


class FailedCard(Struct, frozen=True):
    """A card that could not be made: `error` is a `DiagnosticError`, or anything else where cardprint is at fault."""

    state: str
    error: Exception

    @property
    def incomplete(self) -> bool:
        """Whether nothing is wrong but that the data do not give all that the layout reads."""
        return isinstance(self.error, DiagnosticError) and all(
            diagnostic.code == "missing-field" for diagnostic in self.error.diagnostics
        )


CardResult = RenderedCard | FailedCard
