"""What a spreadsheet changes in an edition: found, audited, and turned into the new texts of its files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches

from msgspec import Struct

from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError, Severity, Span
from cardprint.model.workbook import Sheet
from cardprint.sheets.columns import extra_columns, issue_columns, overall_columns, recognise
from cardprint.sheets.names import EDITION, GUIDE, OVERALL, folded, sheet_names, table_file
from cardprint.sheets.rows import RowReader, SheetResults
from cardprint.sheets.state_import import Change, StateImport, Target

_MOST_NAMED = 5


class ImportPlan(Struct, frozen=True):
    """What an import would do: the changes in order, each state's file by slug as it is (None if there is none) and
    as it would be, and warnings."""

    changes: tuple[Change, ...]
    files: Mapping[str, tuple[bytes | None, bytes]]
    warnings: tuple[Diagnostic, ...]


def plan_changes(sheets: Sequence[Sheet], target: Target) -> ImportPlan:
    """The changes that sheets make, each state audited as it would be after them.

    Raises `DiagnosticError` with every problem in all sheets, each with its cell."""
    log = Collector()
    results = read_sheets(sheets, target.framework, target.jurisdictions, log)
    changes: list[Change] = []
    files: dict[str, tuple[bytes | None, bytes]] = {}
    kept: list[str] = []
    for place in target.jurisdictions.values():
        if place.slug not in results.fields and place.slug not in results.empty:
            continue
        with gathering(log):
            state = StateImport.of(target, place, results)
            kept += [place.name] * state.kept
            found = state.audit()
            log.extend(found)
            if state.changes and not state.spoilt and all(one.severity is Severity.WARNING for one in found):
                files[place.slug] = (state.old_bytes, state.new_bytes())
            changes += state.changes
    if kept:
        _report_kept(kept, Span(sheets[0].span.file), log)
    log.raise_errors()
    return ImportPlan(tuple(changes), files, log.warnings)


def _report_kept(names: Sequence[str], span: Span, log: Collector) -> None:
    more = f" and {len(names) - _MOST_NAMED} more" if len(names) > _MOST_NAMED else ""
    message = f"Empty rows of {', '.join(names[:_MOST_NAMED])}{more} leave the data as they are."
    log.warn("empty-rows", message, span, hint="To take a state's results away, change its file.")


def read_sheets(
    sheets: Sequence[Sheet], framework: Framework, jurisdictions: Mapping[str, Jurisdiction], log: Collector
) -> SheetResults:
    """What the sheets say of every state; what is wrong with them goes to `log`.

    Raises `DiagnosticError` for a workbook of another edition."""
    names = sheet_names(framework)
    by_name = {folded(sheet.name): sheet for sheet in sheets}
    if folded(GUIDE) in by_name:
        _check_edition(by_name[folded(GUIDE)], framework)
    _report_sheets(sheets, names.known, log)
    results = SheetResults()
    reader = RowReader(framework, jurisdictions, results, log)
    for issue in framework.issues:
        sheet = by_name.get(folded(names.issues[issue.id]))
        table = recognise(sheet, issue_columns(issue), log) if sheet else None
        if table is not None:
            reader.read(table, issue)
    for name, columns in ((names.extra_credit, extra_columns(framework)), (OVERALL, overall_columns())):
        sheet = by_name.get(folded(name)) if name else None
        table = recognise(sheet, columns, log) if sheet else None
        if table is not None:
            reader.read(table)
    return results


def _check_edition(guide: Sheet, framework: Framework) -> None:
    """Raise `DiagnosticError` (wrong-edition) for a workbook that says it is of another edition: whatever else is wrong
    with it follows from that."""
    for row in guide.rows:
        cells = [row.cells[column] for column in sorted(row.cells)]
        if len(cells) > 1 and folded(cells[0].text) == folded(EDITION):
            edition = framework.edition.id
            if folded(cells[1].text) != folded(edition):
                message = f"The workbook is of the edition {cells[1].text}, the data are of {edition}."
                hint = "Name that edition's folder with --data."
                raise DiagnosticError([Diagnostic("wrong-edition", message, cells[1].span, hint=hint)])
            return


def _report_sheets(sheets: Sequence[Sheet], known: Sequence[str], log: Collector) -> None:
    """Report sheets that are missing. One with a name nearly right is an error: its results would go unread."""
    missing = {folded(name): name for name in known}
    strangers = {}
    for sheet in sheets:
        if missing.pop(folded(sheet.name), None) is None:
            strangers[folded(sheet.name)] = sheet
    if len(missing) == len(known):
        message = f"None of the sheets {', '.join(known)} is here."
        span = Span(sheets[0].span.file) if sheets else Span()
        hint = "Begin with: cardprint sheet export --blank."
        if span.file.endswith(".csv"):
            files = ", ".join(table_file(name) for name in known)
            hint = f"A table is known by its file's name: rename it to the one of {files} that it holds."
        log.error("no-sheets", message, span, hint=hint)
        return
    for plain, name in list(missing.items()):
        meant = get_close_matches(plain, list(strangers), n=1, cutoff=0.8)
        if meant:
            sheet = strangers.pop(meant[0])
            message = f'The sheet "{sheet.name}" is not known, and there is no sheet "{missing.pop(plain)}".'
            log.error("unknown-sheet", message, sheet.span, hint=f'Did you mean "{name}"?')
    if missing:
        message = f"Without sheets {', '.join(missing.values())}, what they would hold stays as it is."
        log.warn("missing-sheet", message, Span(sheets[0].span.file))


@contextmanager
def gathering(log: Collector) -> Iterator[None]:
    """Keep the problems of one part, so that the others are looked through as well."""
    try:
        yield
    except DiagnosticError as error:
        log.extend(error.diagnostics)
