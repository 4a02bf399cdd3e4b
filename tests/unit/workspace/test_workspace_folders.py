"""Folders written as a whole, and what a folder holds."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cardprint.model.diagnostics import DiagnosticError
from cardprint.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace opened in an empty folder."""
    return Workspace(tmp_path.resolve(), tmp_path / "shipped")


def test_folder_is_written_with_all_below_it(workspace: Workspace) -> None:
    """Folders on the way to it and in it are made; nothing is left beside it."""
    shown = workspace.write_folder("some/data", [("a.yaml", b"a"), ("states/b.yaml", b"b"), ("states/c.yaml", b"c")])
    assert "some/data" == Path(shown).as_posix()
    assert ("a.yaml", "states/b.yaml", "states/c.yaml") == workspace.contents("some/data")
    assert ("data/a.yaml", "data/states/b.yaml", "data/states/c.yaml") == workspace.contents("some")


def test_former_folder_is_replaced(workspace: Workspace) -> None:
    """Nothing of what it held stays behind."""
    workspace.write_folder("data", [("old.yaml", b"")])
    workspace.write_folder("data", [("new.yaml", b"")])
    assert ("data/new.yaml",) == workspace.contents(".")


def test_failure_leaves_the_former_folder(workspace: Workspace) -> None:
    """A full disk in the middle: the old one stands, and nothing beside it."""

    def files() -> Iterator[tuple[str, bytes]]:
        yield "new.yaml", b""
        raise OSError(28, "No space left on device")

    workspace.write_folder("data", [("old.yaml", b"")])
    with pytest.raises(DiagnosticError, match=r"unwritable-folder.*No space left on device"):
        workspace.write_folder("data", files())
    assert ("data/old.yaml",) == workspace.contents(".")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has neither links for everybody nor pipes")
def test_names_are_those_of_all_that_is_there(workspace: Workspace) -> None:
    """A link that leads nowhere, a folder, a pipe: whoever wants to read it is told; hidden names are left out."""
    here = workspace.here
    (here / "a.yaml").write_bytes(b"")
    (here / "b.yaml").symlink_to("nowhere")
    (here / "c.yaml").mkdir()
    os.mkfifo(here / "d.yaml")
    (here / ".#a.yaml").symlink_to("nowhere")
    (here / "a.txt").write_bytes(b"")
    root = workspace.folder(".")
    assert ("a", "b", "c", "d") == workspace.names(root, "", ".yaml")
    for name in ("b", "c", "d"):
        with pytest.raises(DiagnosticError):
            workspace.read(root, f"{name}.yaml")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no links for everybody")
def test_stamps_tell_of_every_change(workspace: Workspace) -> None:
    """Also beside a link that leads nowhere, as editors put it beside a file that is open."""
    (workspace.here / "b.yaml").symlink_to("nowhere")
    root = workspace.folder(".")
    seen = [workspace.stamps(root, "", ".yaml")]
    for text in ("a", "ab"):
        (workspace.here / "a.yaml").write_text(text, encoding="ascii")
        seen.append(workspace.stamps(root, "", ".yaml"))
    (workspace.here / "b.yaml").unlink()
    seen.append(workspace.stamps(root, "", ".yaml"))
    assert 4 == len(set(seen))
    assert ("b", 0, 0) == seen[0][0]


@pytest.mark.parametrize("folder", [".", "..", "../.."])
def test_folder_that_the_program_runs_in_is_not_replaced(workspace: Workspace, folder: str) -> None:
    """Its own ground would go from under it."""
    with pytest.raises(DiagnosticError, match="folder-in-use"):
        workspace.write_folder(folder, [])


def test_contents_of_nothing(workspace: Workspace) -> None:
    """A folder that does not exist holds nothing; a file is no folder."""
    assert () == workspace.contents("no-such-folder")
    (workspace.here / "file").write_bytes(b"")
    with pytest.raises(DiagnosticError, match="missing-folder"):
        workspace.contents("file")


def test_hidden_files_count(workspace: Workspace) -> None:
    """Whoever asks whether a folder is empty wants to hear of them."""
    (workspace.here / "data").mkdir()
    assert () == workspace.contents("data")
    (workspace.here / "data" / ".hidden").write_bytes(b"")
    assert (".hidden",) == workspace.contents("data")
