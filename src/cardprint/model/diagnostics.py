"""What went wrong, where, and what to do about it: the one form in which every stage reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from enum import Enum

from msgspec import Struct, field


class Span(Struct, frozen=True):
    """A place in a source file. Lines and columns count from 1, columns in characters.

    `line` 0 means the file as a whole; an empty `file` means that no file caused the value. In a spreadsheet `cell`
    names the place as people know it ("Issue 2!F14"), and line and column are its row and column.
    """

    file: str = ""
    line: int = 0
    column: int = 0
    end_line: int = 0
    end_column: int = 0
    cell: str = ""

    def __str__(self) -> str:
        if self.cell:
            return f"{self.file}: {self.cell}"
        if not self.line:
            return self.file
        return f"{self.file}:{self.line}:{self.column}"


NOWHERE = Span()


class Severity(Enum):
    """How much a diagnostic weighs: an error stops the card, a warning does not."""

    ERROR = "error"
    WARNING = "warning"


class Diagnostic(Struct, frozen=True):
    """One problem.

    `code` is a stable kebab-case name of the kind of problem ("unknown-key"); `message` says what was
    found and what was expected; `path` is the field's dotted path inside its file ("issues[2].score");
    `hint` is the remedy, an imperative sentence, or empty.
    """

    code: str
    message: str
    span: Span = NOWHERE
    path: str = ""
    hint: str = ""
    severity: Severity = Severity.ERROR

    def __str__(self) -> str:
        place = f"{self.span}: " if str(self.span) else ""
        hint = f" {self.hint}" if self.hint else ""
        return f"{place}{self.code}: {self.message}{hint}"

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        sheet = self.span.cell.rpartition("!")[0]
        file = f"{self.span.file}: {sheet}" if sheet else self.span.file
        return (file, self.span.line, self.span.column, self.code, self.message)


class DiagnosticError(Exception):
    """Raised once by a stage, with every problem that it found (at least one error among them)."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(sorted(diagnostics, key=lambda d: d.sort_key))
        super().__init__("\n".join(str(d) for d in self.diagnostics))

    def __reduce__(self) -> tuple[type[DiagnosticError], tuple[tuple[Diagnostic, ...]]]:
        return (type(self), (self.diagnostics,))


class Collector(Struct):
    """Gathers a stage's diagnostics, so that all are reported at once."""

    diagnostics: list[Diagnostic] = field(default_factory=list)

    def error(self, code: str, message: str, span: Span = NOWHERE, *, path: str = "", hint: str = "") -> None:
        self.diagnostics.append(Diagnostic(code, message, span, path, hint))

    def warn(self, code: str, message: str, span: Span = NOWHERE, *, path: str = "", hint: str = "") -> None:
        self.diagnostics.append(Diagnostic(code, message, span, path, hint, Severity.WARNING))

    def extend(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics.extend(diagnostics)

    @contextmanager
    def gathering(self) -> Iterator[None]:
        """Keep the problems that a part of the work raises, so that the parts after it are looked through as well."""
        try:
            yield
        except DiagnosticError as error:
            self.extend(error.diagnostics)

    @property
    def failed(self) -> bool:
        """Whether an error is among them."""
        return any(d.severity is Severity.ERROR for d in self.diagnostics)

    @property
    def warnings(self) -> tuple[Diagnostic, ...]:
        return tuple(d for d in self.diagnostics if d.severity is Severity.WARNING)

    def raise_errors(self) -> None:
        """Raise `DiagnosticError` with everything gathered, if an error is among it."""
        if self.failed:
            raise DiagnosticError(self.diagnostics)
