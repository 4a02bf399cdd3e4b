"""Writing: complete or not at all, under names that every system allows; and the date of the run."""

from __future__ import annotations

import datetime as dt
import errno
import os
from pathlib import Path

import pytest

from cardprint.model.diagnostics import DiagnosticError
from cardprint.workspace import Workspace, file_name_problem, open_workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace opened in an empty folder."""
    return Workspace(tmp_path.resolve(), tmp_path / "shipped")


def names(folder: Path) -> list[str]:
    """What a folder holds, hidden files included."""
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_written_whole_and_its_path_returned(workspace: Workspace) -> None:
    """Folders on the way are made; nothing else is left beside the file."""
    shown = workspace.write("out/cards", "a.pdf", b"%PDF")
    assert ("out/cards/a.pdf", b"%PDF") == (Path(shown).as_posix(), (workspace.here / shown).read_bytes())
    assert ["a.pdf"] == names(workspace.here / "out/cards")


def test_an_older_file_is_replaced(workspace: Workspace) -> None:
    """A second run gives the second run's card."""
    workspace.write(".", "a.pdf", b"old")
    workspace.write(".", "a.pdf", b"new")
    assert b"new" == (workspace.here / "a.pdf").read_bytes()


def test_a_failure_leaves_the_older_file_and_nothing_beside_it(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk or an interrupt in the middle never shows as half a card."""
    workspace.write(".", "a.pdf", b"old")

    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiagnosticError, match=r"unwritable-file.*No space left on device"):
        workspace.write(".", "a.pdf", b"new")
    assert (b"old", ["a.pdf"]) == ((workspace.here / "a.pdf").read_bytes(), names(workspace.here))


def test_a_file_in_the_folder_s_place_is_a_diagnostic(workspace: Workspace) -> None:
    """The message says what the system says."""
    (workspace.here / "out").write_bytes(b"")
    with pytest.raises(DiagnosticError, match="unwritable-file"):
        workspace.write("out", "a.pdf", b"")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps no mode bits")
def test_the_file_has_the_permissions_that_any_new_file_has(workspace: Workspace) -> None:
    """A temporary file's privacy would keep colleagues from reading the card."""
    workspace.write(".", "a.pdf", b"")
    (workspace.here / "plain").write_bytes(b"")
    assert (workspace.here / "a.pdf").stat().st_mode == (workspace.here / "plain").stat().st_mode


@pytest.mark.skipif(os.name == "nt", reason="Windows has other permissions")
def test_a_file_that_is_replaced_keeps_its_permissions(workspace: Workspace) -> None:
    """Whoever may read data before may read them after, and nobody else."""
    workspace.write(".", "a.yaml", b"old")
    (workspace.here / "a.yaml").chmod(0o600)
    workspace.write(".", "a.yaml", b"new")
    assert (b"new", 0o600) == (
        (workspace.here / "a.yaml").read_bytes(),
        (workspace.here / "a.yaml").stat().st_mode & 0o777,
    )


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "..",
        "a/b",
        "a\\b",
        "a:b",
        "a?",
        'a"',
        "a\n",
        ".hidden",
        "a.",
        "a ",
        "CON",
        "nul.pdf",
        "com1.pdf",
        "x" * 201,
    ],
)
def test_a_name_that_some_system_forbids_is_refused(workspace: Workspace, name: str) -> None:
    """Cards are mailed and shared: what Linux allows, Windows may not."""
    assert file_name_problem(name)
    with pytest.raises(DiagnosticError, match="bad-file-name"):
        workspace.write(".", name, b"")


@pytest.mark.parametrize(
    "name", ["2021-mississippi.pdf", "Hawaiʻi 2021.pdf", "console.pdf", "a.b-c_d (1).pdf", "x" * 200]
)
def test_a_name_that_every_system_allows_is_none_of_our_business(name: str) -> None:
    """The twin: names that only look like the forbidden ones pass."""
    assert file_name_problem(name) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0", dt.datetime(1970, 1, 1, tzinfo=dt.UTC)),
        ("1637107200", dt.datetime(2021, 11, 17, tzinfo=dt.UTC)),
        ("253402300799", dt.datetime(9999, 12, 31, 23, 59, 59, tzinfo=dt.UTC)),
        ("", None),
    ],
)
def test_source_date_epoch_is_seconds_in_utc(text: str, expected: dt.datetime | None) -> None:
    """As reproducible-builds.org has it; an empty variable is none."""
    assert expected == Workspace(Path(), Path(), {"SOURCE_DATE_EPOCH": text}).source_date()


@pytest.mark.parametrize("text", ["-1", "1.5", "today", "253402300800", "9" * 30, "²"])
def test_source_date_epoch_that_is_no_such_number_is_refused(text: str) -> None:
    """The twin: a misspelt date is not taken for none."""
    with pytest.raises(DiagnosticError, match="source-date-epoch"):
        Workspace(Path(), Path(), {"SOURCE_DATE_EPOCH": text}).source_date()


def test_the_process_s_workspace_finds_what_cardprint_ships() -> None:
    """Fonts are there wherever the package is."""
    workspace = open_workspace()
    assert workspace.read(workspace.shipped_root("fonts"), "fonts.yaml").data


class TestReplacing:
    def test_all_files_get_their_new_bytes(self, workspace: Workspace) -> None:
        """Those that were there and those that were not, folders included."""
        workspace.write("data", "a.yaml", b"old")
        workspace.replace(workspace.folder("data"), {"a.yaml": (b"old", b"new"), "states/b.yaml": (None, b"b")})
        assert (b"new", b"b") == tuple(
            (workspace.here / "data" / name).read_bytes() for name in ("a.yaml", "states/b.yaml")
        )

    def test_where_one_cannot_be_written_none_is(self, workspace: Workspace) -> None:
        """Those written before it get their old bytes back, and nothing is left beside them."""
        workspace.write("data", "a.yaml", b"old")
        (workspace.here / "data" / "c.yaml").mkdir()
        files = {"a.yaml": (b"old", b"new"), "b.yaml": (None, b"b"), "c.yaml": (None, b"c")}
        with pytest.raises(DiagnosticError, match="unwritable-file"):
            workspace.replace(workspace.folder("data"), files)
        assert (b"old", ["a.yaml", "c.yaml"]) == (
            (workspace.here / "data" / "a.yaml").read_bytes(),
            names(workspace.here / "data"),
        )

    def test_a_file_that_is_not_as_it_was_read_is_not_replaced(self, workspace: Workspace) -> None:
        """Nor any other."""
        workspace.write("data", "a.yaml", b"old")
        workspace.write("data", "b.yaml", b"somebody's")
        with pytest.raises(DiagnosticError, match="changed-meanwhile"):
            workspace.replace(workspace.folder("data"), {"a.yaml": (b"old", b"new"), "b.yaml": (b"b", b"new")})
        assert b"old" == (workspace.here / "data" / "a.yaml").read_bytes()

    def test_nothing_outside_the_folder_is_written(self, workspace: Workspace) -> None:
        """Neither by name nor by a link."""
        workspace.write("data", "a.yaml", b"old")
        (workspace.here / "data" / "away").symlink_to(workspace.here)
        for name in ("../x.yaml", "away/x.yaml"):
            with pytest.raises(DiagnosticError, match="outside-root"):
                workspace.replace(workspace.folder("data"), {name: (None, b"x")})
        assert not (workspace.here / "x.yaml").exists()


def test_file_written_piece_by_piece_appears_at_the_end(workspace: Workspace) -> None:
    """It can be sought in meanwhile; until then, its place is empty."""
    with workspace.writing("out/a.zip") as file:
        file.write(b"xbc")
        file.seek(0)
        file.write(b"a")
        assert "a.zip" not in names(workspace.here / "out")
    assert b"abc" == (workspace.here / "out/a.zip").read_bytes()
    assert ["a.zip"] == names(workspace.here / "out")


def test_file_that_is_given_up_leaves_the_older_one(workspace: Workspace) -> None:
    """And nothing beside it."""
    workspace.write(".", "a.zip", b"old")
    with pytest.raises(KeyError):
        _give_up(workspace, KeyError())
    assert b"old" == (workspace.here / "a.zip").read_bytes()
    assert ["a.zip"] == names(workspace.here)


@pytest.mark.parametrize(("path", "code"), [("out/a?.zip", "bad-file-name"), ("taken/a.zip", "unwritable-file")])
def test_place_that_cannot_be_written_is_told(workspace: Workspace, path: str, code: str) -> None:
    """Before anything is made for it."""
    (workspace.here / "taken").write_bytes(b"")
    with pytest.raises(DiagnosticError) as caught, workspace.writing(path):
        pass
    assert [code] == [problem.code for problem in caught.value.diagnostics]


@pytest.mark.parametrize("error", [ValueError("of their own"), OSError(errno.ENOMEM, "no memory for another process")])
def test_what_whoever_writes_raises_is_not_blamed_on_the_file(workspace: Workspace, error: Exception) -> None:
    """It comes out as it was raised, with nothing left behind."""
    with pytest.raises(type(error)) as caught:
        _give_up(workspace, error)
    assert error is caught.value
    assert [] == names(workspace.here)


def test_disk_that_fills_up_meanwhile_is_told(workspace: Workspace) -> None:
    """That is raised by whoever writes, too, but is about the file."""
    with pytest.raises(DiagnosticError, match=r'unwritable-file: "a.zip" cannot be written: No space left') as caught:
        _give_up(workspace, OSError(errno.ENOSPC, "No space left on device"))
    assert "Write to another folder." == caught.value.diagnostics[0].hint
    assert [] == names(workspace.here)


def _give_up(workspace: Workspace, error: Exception) -> None:
    with workspace.writing("a.zip") as file:
        file.write(b"half")
        raise error
