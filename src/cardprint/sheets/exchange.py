"""An edition out into a spreadsheet, and a spreadsheet back into an edition: files on one side, sheets on the other."""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Mapping
from pathlib import Path

from msgspec import Struct

from cardprint.load.table import read_table
from cardprint.model.dataset import Framework, Jurisdiction
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError, Span
from cardprint.model.workbook import ENTRIES, Sheet, WorkbookContent
from cardprint.pipeline import RequestError, find_data, read_jurisdictions
from cardprint.resolve import Inputs
from cardprint.sheets.fields import Fields, read_fields
from cardprint.sheets.importing import ImportPlan, gathering, plan_changes
from cardprint.sheets.names import GUIDE, folded, sheet_names, table_file
from cardprint.sheets.state_import import Target
from cardprint.sheets.writing import build_workbook
from cardprint.validate import validate_framework, validate_state
from cardprint.workspace import Root, Workspace, fail

MOST_STATES = 500
"""In one workbook; more could be written, and would be too large to be read again."""


class Edition(Struct, frozen=True):
    """An edition's folder, and what its states have in common."""

    workspace: Workspace
    data: Root
    framework: Framework
    jurisdictions: Mapping[str, Jurisdiction]


def open_edition(workspace: Workspace, data: str | os.PathLike[str] | None) -> Edition:
    """Raises `RequestError` if there is no such folder, else `DiagnosticError` with every problem found."""
    root = find_data(workspace, data)
    inputs, problems = Inputs(workspace), Collector()
    jurisdictions = framework = None
    with gathering(problems):
        jurisdictions = read_jurisdictions(inputs, root)
    with gathering(problems):
        framework = validate_framework(inputs.parse(root, "framework.yaml"))
    if jurisdictions is None or framework is None:
        raise DiagnosticError(problems.diagnostics)
    return Edition(workspace, root, framework, jurisdictions)


def edition_workbook(edition: Edition, *, blank: bool = False, by_points: bool | None = None) -> WorkbookContent:
    """The workbook of an edition, with the results of its states unless it is to be `blank`.

    Raises `DiagnosticError` with all that is wrong in the states' files, or too-many-states."""
    places = edition.jurisdictions.values()
    if len(places) > MOST_STATES:
        message = f"The edition has {len(places):,} states; a workbook takes {MOST_STATES}."
        raise fail("too-many-states", message, hint="Give the edition a jurisdictions.yaml with fewer.")
    states: dict[str, Fields] = {}
    problems = Collector()
    for slug in () if blank else edition.workspace.names(edition.data, "states", ".yaml"):
        with gathering(problems):
            node = Inputs(edition.workspace).parse(edition.data, f"states/{slug}.yaml")
            validate_state(node, edition.framework, edition.jurisdictions)
            states[slug] = read_fields(node, edition.framework)
    problems.raise_errors()
    return build_workbook(edition.framework, places, states, by_points=by_points)


def write_export(workspace: Workspace, content: WorkbookContent, path: str, *, overwrite: bool) -> tuple[str, ...]:
    """Write a workbook where `path` ends in .xlsx, else a folder of .csv files; return the paths to show.

    Raises `DiagnosticError`: missing-extra, file-exists unless `overwrite`, and what writing raises."""
    files = _workbook_file(content, path) if path.lower().endswith(".xlsx") else _table_files(content, path)
    if not overwrite:
        for folder, name, data in files:
            _refuse_other_work(workspace, Path(folder) / name, data)
    return tuple(workspace.write(folder, name, data) for folder, name, data in files)


def _workbook_file(content: WorkbookContent, path: str) -> list[tuple[Path, str, bytes]]:
    _require_openpyxl(path)
    from cardprint.export.workbook import write_workbook  # imports openpyxl

    return [(Path(path).parent, Path(path).name, write_workbook(content))]


def _table_files(content: WorkbookContent, path: str) -> list[tuple[Path, str, bytes]]:
    from cardprint.export.table import write_table

    entered = [sheet for sheet in content.sheets if any(cell.role in ENTRIES for cell in sheet.cells.values())]
    return [(Path(path), table_file(sheet.name), write_table(sheet)) for sheet in entered]


def _refuse_other_work(workspace: Workspace, path: Path, data: bytes) -> None:
    """A workbook may hold hours of work that no other file has."""
    try:
        root, name = workspace.file(path)
    except DiagnosticError:
        return
    if workspace.read(root, name).data != data:
        hint = "Write to another one with -o, or add --overwrite."
        raise fail("file-exists", f'"{path}" exists already and holds something else.', hint=hint)


def plan_import(edition: Edition, path: str | os.PathLike[str]) -> ImportPlan:
    """What a workbook, a .csv file or a folder of them changes in the edition.

    Raises `RequestError` if there is no such file, else `DiagnosticError` with every problem found in it."""
    return plan_changes(_read_sheets(edition, path), _target(edition))


def write_import(edition: Edition, plan: ImportPlan) -> tuple[str, ...]:
    """Write the files of a plan, all or none; return the paths to show.

    Raises `DiagnosticError`: changed-meanwhile, outside-root, unwritable-file."""
    files = {f"states/{slug}.yaml": change for slug, change in plan.files.items()}
    edition.workspace.replace(edition.data, files)
    return tuple(edition.data.shown(name) for name in files)


def _target(edition: Edition) -> Target:
    inputs = Inputs(edition.workspace)
    slugs = edition.workspace.names(edition.data, "states", ".yaml")
    files = {slug: inputs.read(edition.data, f"states/{slug}.yaml") for slug in slugs if slug in edition.jurisdictions}
    return Target(edition.framework, edition.jurisdictions, files, edition.data.shown("states"))


def _read_sheets(edition: Edition, path: str | os.PathLike[str]) -> tuple[Sheet, ...]:
    workspace = edition.workspace
    known = {folded(name) for name in (GUIDE, *sheet_names(edition.framework).known)}
    if (workspace.here / path).is_dir():
        return tuple(_read_folder(workspace, workspace.folder(path), known))
    try:
        root, name = workspace.file(path)
    except DiagnosticError as error:
        raise RequestError(error.diagnostics) from None
    source = workspace.read(root, name)
    if name.lower().endswith(".csv"):
        return (read_table(source, name[: -len(".csv")]),)
    _require_openpyxl(source.name)
    from cardprint.load.workbook import read_workbook

    return read_workbook(source, lambda sheet: folded(sheet) in known)


def _read_folder(workspace: Workspace, root: Root, known: set[str]) -> list[Sheet]:
    """The tables in a folder; of those that hold no sheet, the name alone."""
    problems, sheets = Collector(), []
    for name in workspace.names(root, "", ".csv"):
        with gathering(problems):
            file = f"{name}.csv"
            wanted = folded(name) in known
            sheets.append(
                read_table(workspace.read(root, file), name) if wanted else Sheet(name, (), Span(root.shown(file)))
            )
    problems.raise_errors()
    if not sheets:
        raise RequestError([Diagnostic("no-sheets", f"There is no .csv file in {root}.")])
    return sheets


def _require_openpyxl(file: str) -> None:
    if importlib.util.find_spec("openpyxl") is None:
        hint = "Run: pip install 'openpyxl>=3.1'. Or use .csv files, which need nothing more."
        raise fail("missing-extra", "Workbooks need openpyxl, which is not installed.", Span(file), hint=hint)
