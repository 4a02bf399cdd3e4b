"""Why a card cannot be placed."""

from __future__ import annotations

import logging

from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Span

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what pypdf mends is refused, or does not matter


class PlaceError(DiagnosticError):
    """One reason why, told of the file `name`."""

    def __init__(self, code: str, message: str, hint: str, name: str = "") -> None:
        super().__init__([Diagnostic(code, message, Span(name), hint=hint)])

    def __reduce__(self) -> tuple[type[DiagnosticError], tuple[tuple[Diagnostic, ...]]]:
        return (DiagnosticError, (self.diagnostics,))


def require_pdf(data: bytes, name: str = "") -> None:
    """Raise `PlaceError` (damaged-pdf) for what is no PDF at all."""
    if b"%PDF-" not in data[:1024]:
        raise PlaceError("damaged-pdf", "The file is no PDF.", "Save it as PDF with the program that made it.", name)


def damaged(why: str, name: str = "") -> PlaceError:
    """A file that is broken."""
    hint = "Save it as PDF anew with the program that made it, or mend it with qpdf: qpdf BROKEN.pdf MENDED.pdf."
    return PlaceError("damaged-pdf", f"The file is damaged: {why}.", hint, name)
