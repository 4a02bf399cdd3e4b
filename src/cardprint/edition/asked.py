"""What a run is asked for, found or refused: the folder of data and the layout. Nothing is read yet."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterable

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.workspace import Root, Workspace

DEFAULT_EDITION = "2021"
"""The newest edition whose framework cardprint ships complete; of later ones only overall letters are known."""

DEFAULT_LAYOUT = "report-card"


class RequestError(DiagnosticError):
    """What was asked for does not exist: a state, a layout or a folder of data."""


def find_data(workspace: Workspace, data: str | os.PathLike[str] | None) -> Root:
    """The folder of an edition: the user's, or the shipped one.

    Raises `RequestError`: missing-folder, no-edition."""
    if data is None:
        return workspace.shipped_root(f"data/{DEFAULT_EDITION}")
    try:
        root = workspace.folder(data)
    except DiagnosticError as error:
        raise RequestError(error.diagnostics) from None
    if not workspace.has(root, "framework.yaml"):
        hint = "Name the folder that holds framework.yaml and states/."
        raise RequestError([Diagnostic("no-edition", f"There is no framework.yaml in {root}.", hint=hint)])
    return root


def find_layout(workspace: Workspace, data: Root, layout: str | os.PathLike[str] | None) -> tuple[Root, str]:
    """The folder of a layout and its name there: a file's path, or the name of one in `data` or of a shipped one.

    Raises `RequestError`: missing-file, unknown-layout."""
    name = DEFAULT_LAYOUT if layout is None else os.fspath(layout)
    if name.endswith((".yaml", ".yml")):
        try:
            return workspace.file(name)
        except DiagnosticError as error:
            raise RequestError(error.diagnostics) from None
    shipped = workspace.shipped_root("layouts")
    own, known = workspace.names(data, "layouts", ".yaml"), workspace.names(shipped, "", ".yaml")
    if name in own:
        return data, f"layouts/{name}.yaml"
    if name in known:
        return shipped, f"{name}.yaml"
    nearest = nearest_name(name, [*own, *known])
    hint = f"Did you mean {nearest}?" if nearest else "Name a shipped layout, or a file that ends in .yaml."
    raise RequestError([Diagnostic("unknown-layout", f'There is no layout "{name}".', hint=hint)])


def nearest_name(name: str, known: Iterable[str]) -> str | None:
    """The one of the `known` names that `name` may have been meant to be."""
    return next(iter(difflib.get_close_matches(name, list(known), n=1)), None)
