"""The only door to the disk and the clock: folders that a run may read and write, files that appear whole, a cache."""

from __future__ import annotations

from cardprint.workspace.folders import (
    SIZE_LIMIT,
    Root,
    Workspace,
    fail,
    open_workspace,
    shipped_folder,
)
from cardprint.workspace.names import file_name_problem, join_names

__all__ = [
    "SIZE_LIMIT",
    "Root",
    "Workspace",
    "fail",
    "file_name_problem",
    "join_names",
    "open_workspace",
    "shipped_folder",
]
