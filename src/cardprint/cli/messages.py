"""What the terminal is told: results on standard output, diagnostics on standard error."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, TextIO

from cardprint.cli.exits import Exit
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Severity, Span

if TYPE_CHECKING:
    from rich.text import Text

    from cardprint.workspace import Workspace

_REPORT_TO = "Please report it with the command you gave and the message above"
_MOST_NAMED = 10
"""States named where there may be many."""

_GUTTER = 8  # columns that the line number and its rule take beside a source line


def say(text: str) -> None:
    """Print a line to standard output. Raises `OSError` where it cannot be written, on a full disk for instance."""
    _print(text, sys.stdout)


def show_diagnostics(
    diagnostics: Iterable[Diagnostic], workspace: Workspace | None = None, *, as_result: bool = False
) -> None:
    """Print diagnostics: one line each, or on a terminal with the line of source they point at.

    They go to standard error, but to standard output if they are the very result that was asked for. Of files that came
    with cardprint it is told where they are, if they are not found by their names."""
    stream = sys.stdout if as_result else sys.stderr
    on_terminal = stream is not None and stream.isatty() and os.environ.get("TERM") != "dumb"
    diagnostics = list(diagnostics)
    for diagnostic in diagnostics:
        if on_terminal:
            _show_on_terminal(diagnostic, workspace.line(diagnostic.span) if workspace else None, stream)
        else:
            _print(_visible(f"{_heading(diagnostic)} {diagnostic.hint}".rstrip()), stream)
    if diagnostics and workspace is not None:
        told = " ".join([f"{one.span.file} {one.message} {one.hint}" for one in diagnostics])
        if files := [name for name in workspace.elsewhere() if _names(told, name)]:
            _print(_visible(f"{' and '.join(files)} came with cardprint, in {workspace.shipped}."), stream)


def _names(text: str, file: str) -> bool:
    """Whether a text names a file, and not only one whose path ends alike."""
    return re.search(rf"(?<![\w/.-]){re.escape(file)}(?![\w/-])", text) is not None


def say_incomplete(states: Sequence[str], asked: int, layout: str) -> None:
    """Name the states whose data do not give all that the layout reads, to standard error."""
    are = "1 state is" if len(states) == 1 else f"{len(states)} states are"
    text = (
        f"missing-field: Of {asked}, {are} incomplete for the layout {layout} and not drawn: {', '.join(states)}. "
        f'"cardprint render" with the name of one says what is missing.'
    )
    _print(_visible(text), sys.stderr)


def failure_code(error: DiagnosticError) -> Exit:
    """The exit code of a command that could not do what was asked because of `error`."""
    from cardprint.pipeline import RejectedError, RequestError

    codes = {RequestError: Exit.USAGE, RejectedError: Exit.REJECTED}
    return next((code for kind, code in codes.items() if isinstance(error, kind)), Exit.FAILED)


def say_without_file(states: Sequence[str], folder: str) -> None:
    """Name the states that an edition has no file for, so that nobody misses them unawares, to standard error."""
    have, are = ("1 state has", "is") if len(states) == 1 else (f"{len(states)} states have", "are")
    text = f"no-results: {have} no file in {folder} and {are} left out: {some_of(states, _MOST_NAMED)}."
    _print(_visible(text), sys.stderr)


def show_failure(error: Exception, workspace: Workspace | None = None, *, debug: bool, subject: str = "") -> Exit:
    """Print why something failed, and return the exit code for it. `subject` names the card that failed."""
    if isinstance(error, DiagnosticError):
        show_diagnostics(error.diagnostics, workspace)
        return failure_code(error)
    if debug:
        import traceback

        _print("".join(traceback.format_exception(error)).rstrip(), sys.stderr)
    what = f" at {subject}" if subject else ""
    if isinstance(error, OSError):
        _print(_visible(f"cardprint stopped{what}: {error}"), sys.stderr)
        return Exit.FAILED
    _print(_visible(f"cardprint failed{what}, by a fault of its own: {type(error).__name__}: {error}"), sys.stderr)
    _print(f"{_REPORT_TO}{'' if debug else '; --debug shows where it happened'}.", sys.stderr)
    return Exit.FAILED


def show_fault(traceback: str, *, debug: bool) -> None:
    """Ask for a report of a fault of cardprint's own that was told already."""
    if debug:
        _print(traceback.rstrip(), sys.stderr)
    _print(f"{_REPORT_TO}{'' if debug else '; --debug shows where it happened'}.", sys.stderr)


def show_text(text: str) -> None:
    """Print a line to standard error."""
    _print(_visible(text), sys.stderr)


def some_of(names: Sequence[str], most: int) -> str:
    """The first `most` names, and how many there are besides; one more is named rather than counted."""
    if len(names) <= most + 1:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most:,} more"


def in_shell(path: str) -> str:
    """A path as it is typed in a command."""
    if sys.platform == "win32":
        return f'"{path}"' if " " in path else path
    from shlex import quote

    return quote(path)


def _heading(diagnostic: Diagnostic) -> str:
    place = f"{diagnostic.span}: " if str(diagnostic.span) else ""
    weight = "warning: " if diagnostic.severity is Severity.WARNING else ""
    return f"{place}{weight}{diagnostic.code}: {diagnostic.message}"


def _show_on_terminal(diagnostic: Diagnostic, line: str | None, stream: TextIO) -> None:
    from rich.console import Console
    from rich.text import Text

    console = Console(file=stream, highlight=False, soft_wrap=True)
    colour = "yellow" if diagnostic.severity is Severity.WARNING else "red"
    place = f"{diagnostic.span}: " if str(diagnostic.span) else ""
    heading = _visible(_heading(diagnostic))
    text = Text(heading)
    text.stylize("bold", 0, len(place))
    text.stylize(f"bold {colour}", len(place), heading.index(": ", len(place)) if ": " in heading else len(heading))
    with contextlib.suppress(BrokenPipeError):
        console.print(text)
        if line is not None:
            console.print(_excerpt(line, diagnostic.span, console.width - _GUTTER, colour))
        if diagnostic.hint:
            console.print(Text(f"  {_visible(diagnostic.hint)}", style="cyan"))


def _excerpt(line: str, span: Span, room: int, colour: str) -> Text:
    """The source line cut to `room` columns around the span, and carets under the span."""
    from rich.cells import cell_len
    from rich.text import Text

    shown = "".join(char if char.isprintable() else " " for char in line)
    start = min(span.column - 1, len(shown))
    end = span.end_column - 1 if span.end_line == span.line else len(shown.rstrip())
    cut = max(0, min(start - room // 3, len(shown) - room))
    window = shown[cut : cut + max(room, 1)]
    carets = max(1, min(cell_len(shown[start:end]), room - cell_len(shown[cut:start])))
    return Text.assemble(
        (f"{span.line:>5} │ ", "dim"),
        window,
        ("\n      │ ", "dim"),
        " " * cell_len(shown[cut:start]),
        ("^" * carets, f"bold {colour}"),
    )


def _visible(text: str) -> str:
    """`text` with escapes for whatever a terminal would obey or hide."""
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in text)


def _print(text: str, stream: TextIO | None) -> None:
    """Print a line at once. A reader who has gone away is no error: nobody is left to tell."""
    if stream is None:
        return
    try:
        print(_encodable(text, stream.encoding), file=stream, flush=True)
    except OSError as error:
        _discard(stream)
        if not isinstance(error, BrokenPipeError):
            raise


def _encodable(text: str, encoding: str | None) -> str:
    """`text` with escapes for what the stream's encoding lacks, as a Windows pipe may."""
    encoding = encoding or "ascii"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def _discard(stream: TextIO) -> None:
    """Let what `stream` still holds, which is flushed again at exit, go nowhere rather than fail once more."""
    with contextlib.suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)
