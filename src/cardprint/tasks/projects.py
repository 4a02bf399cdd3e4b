"""Folders that cardprint makes for people: an invented edition to try things on, and a project of their own."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.pipeline import DEFAULT_EDITION, RequestError
from cardprint.resolve import Inputs
from cardprint.sample import SAMPLE_HEADER, sample_files
from cardprint.validate import KINDS, schema_text, validate_framework, validate_jurisdictions
from cardprint.workspace import Workspace

_OF_THE_SYSTEM: Final = frozenset((".ds_store", "thumbs.db", "desktop.ini"))
"""Files that no person puts into a folder: macOS and Windows do, as soon as somebody looks into it."""

_PART_OF_A_SAMPLE: Final = re.compile(r"framework\.yaml|jurisdictions\.yaml|states/[a-z0-9-]+\.yaml")


def write_sample(
    workspace: Workspace, folder: str | os.PathLike[str], count: int | None, seed: int, *, overwrite: bool = False
) -> tuple[str, int]:
    """Write an invented edition of `count` states (those of the list of jurisdictions, each once, if None) to `folder`,
    and return the path to show and how many states it has. With `overwrite` it may take the place of another one.

    Equal counts and seeds give equal files. Raises `RequestError`: not-a-sample for a folder that holds anything else,
    sample-exists for one with a sample that differs, since somebody may have edited it.
    """
    _refuse_other_work(workspace, folder)
    inputs = Inputs(workspace)
    source = inputs.read(workspace.shipped_root(f"data/{DEFAULT_EDITION}"), "framework.yaml")
    node = parse_yaml(source)
    places = validate_jurisdictions(inputs.parse(workspace.shipped_root("data"), "jurisdictions.yaml"))
    count = len(places) if count is None else count
    files: Iterable[tuple[str, bytes]] = sample_files(
        source, node, validate_framework(node), list(places.values()), count, seed
    )
    if not overwrite and _put_there(workspace, folder):
        files = list(files)
        _refuse_edits(workspace, folder, dict(files))
    return workspace.write_folder(folder, files), count


def write_starter(workspace: Workspace, folder: str | os.PathLike[str]) -> str:
    """Write a working project, to be made one's own, to `folder`; return the path to show.

    Raises `RequestError` (not-empty) for a folder that somebody put anything into."""
    found = _put_there(workspace, folder)
    if found:
        hint = "Name a folder that does not exist yet."
        raise RequestError([Diagnostic("not-empty", f'"{os.fspath(folder)}" holds {found[0]}.', hint=hint)])
    schemas = {f"schemas/{kind}.json": schema_text(kind).encode() for kind in KINDS}
    for name, data in (*workspace.package_files("starter").items(), *schemas.items()):
        parent, _, base = name.rpartition("/")
        workspace.write(Path(folder) / parent, base, data)
    return str(Path(folder))


def _refuse_other_work(workspace: Workspace, folder: str | os.PathLike[str]) -> None:
    """Refuse a folder that holds anything but what `cardprint sample` wrote there."""
    found = _put_there(workspace, folder)
    alien = [name for name in found if not _PART_OF_A_SAMPLE.fullmatch(name)]
    if alien:
        why = f"holds {alien[0]}, which is no part of a sample"
    elif found and not _is_made_up(workspace, folder):
        why = "is not one that cardprint sample made"
    else:
        return
    hint = "Name a folder that does not exist yet, or one with a sample that may be replaced."
    raise RequestError([Diagnostic("not-a-sample", f'"{os.fspath(folder)}" {why}.', hint=hint)])


def _put_there(workspace: Workspace, folder: str | os.PathLike[str]) -> list[str]:
    """What somebody put into a folder."""
    return [name for name in workspace.contents(folder) if name.rpartition("/")[2].lower() not in _OF_THE_SYSTEM]


def _refuse_edits(workspace: Workspace, folder: str | os.PathLike[str], files: Mapping[str, bytes]) -> None:
    """Refuse a folder with files that are not as they would be written."""
    for name in _put_there(workspace, folder):
        if name not in files or workspace.read(workspace.folder(folder), name).data != files[name]:
            message = f'"{os.fspath(folder)}" holds a sample already, and its {name} is another than would be written.'
            hint = "Name another folder, or add --overwrite if nobody has edited anything there."
            raise RequestError([Diagnostic("sample-exists", message, hint=hint)])


def _is_made_up(workspace: Workspace, folder: str | os.PathLike[str]) -> bool:
    """Whether the framework is still as it was made: whoever removes its mark means the folder to be kept."""
    try:
        text = workspace.read(workspace.folder(folder), "framework.yaml").data.decode("utf-8", "replace")
    except DiagnosticError:
        return False
    return text.startswith(SAMPLE_HEADER) and "\nsample: true\n" in text
