"""Reading: inside the roots only, within a size, under names that people can follow."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Span
from cardprint.workspace import SIZE_LIMIT, Root, Workspace


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """The folder that the workspace is opened in."""
    folder = tmp_path.resolve() / "here"
    folder.mkdir()
    return folder


@pytest.fixture
def workspace(here: Path) -> Workspace:
    """A workspace with an edition of its own in `here` and another among the shipped folders."""
    shipped = here.parent / "shipped"
    for folder in (here / "mine" / "states", shipped / "data" / "2021" / "states", shipped / "layouts"):
        folder.mkdir(parents=True)
    (here / "mine" / "framework.yaml").write_bytes(b"mine: yes\nedition: 2\n")
    (shipped / "data" / "2021" / "framework.yaml").write_bytes(b"shipped: yes\n")
    (here.parent / "secret.yaml").write_bytes(b"secret")
    return Workspace(here, shipped)


def problem(act: Callable[[], object]) -> Diagnostic:
    """The one diagnostic that `act` raises."""
    with pytest.raises(DiagnosticError) as caught:
        act()
    (diagnostic,) = caught.value.diagnostics
    return diagnostic


def link(path: Path, target: Path) -> None:
    """Make `path` a symbolic link, where the system lets us."""
    try:
        path.symlink_to(target)
    except OSError:
        pytest.skip("symbolic links need a privilege here")


class TestNames:
    def test_a_file_below_the_current_folder_is_shown_relative_to_it(self, workspace: Workspace) -> None:
        """What the user wrote on the command line is what messages say."""
        source = workspace.read(workspace.folder("mine"), "framework.yaml")
        assert ("mine/framework.yaml", b"mine") == (source.name, source.data[:4])

    def test_a_file_in_the_current_folder_itself_has_no_folder_in_its_name(self, workspace: Workspace) -> None:
        """The current folder is not spelled out."""
        (workspace.here / "card.yaml").write_bytes(b"")
        assert "card.yaml" == workspace.read(*workspace.file("card.yaml")).name

    def test_a_file_elsewhere_is_shown_by_its_absolute_path(self, workspace: Workspace) -> None:
        """A name relative to a folder that the user is not in would mislead."""
        elsewhere = Workspace(workspace.shipped, workspace.shipped)
        path = workspace.here / "mine"
        assert elsewhere.read(elsewhere.folder(path), "framework.yaml").name == f"{path.as_posix()}/framework.yaml"

    def test_a_shipped_file_is_shown_by_its_place_among_the_shipped(self, workspace: Workspace) -> None:
        """Nobody wants to read the path of site-packages."""
        source = workspace.read(workspace.shipped_root("data/2021"), "framework.yaml")
        assert "data/2021/framework.yaml" == source.name

    def test_a_shipped_file_with_a_namesake_here_is_shown_by_its_absolute_path(self, workspace: Workspace) -> None:
        """Otherwise a message would point at the user's file of the same name."""
        (workspace.here / "data" / "2021").mkdir(parents=True)
        source = workspace.read(workspace.shipped_root("data/2021"), "framework.yaml")
        assert source.name == f"{workspace.shipped.as_posix()}/data/2021/framework.yaml"

    def test_names_of_a_folder_are_sorted_and_hidden_files_left_out(self, workspace: Workspace) -> None:
        """The order of a folder on disk is not an order; macOS leaves ._ files beside the real ones."""
        for name in ("texas.yaml", "alabama.yaml", "._texas.yaml", "notes.txt"):
            (workspace.here / "mine" / "states" / name).write_bytes(b"")
        assert ("alabama", "texas") == workspace.names(workspace.folder("mine"), "states", ".yaml")

    def test_a_folder_that_is_not_there_holds_no_names(self, workspace: Workspace) -> None:
        """Optional folders need no check before."""
        assert () == workspace.names(workspace.folder("mine"), "icons", ".svg")


class TestBounds:
    @pytest.mark.parametrize(
        "name", ["../../secret.yaml", "states/../../../secret.yaml", "/etc/hostname", "a\0b", "a\\b"]
    )
    def test_a_name_that_leads_out_of_the_root_is_refused(self, workspace: Workspace, name: str) -> None:
        """A dataset from somebody else must not reach the reader's files; a backslash means nothing outside Windows."""
        assert "outside-root" == problem(lambda: workspace.read(workspace.folder("mine"), name)).code

    def test_a_name_that_stays_inside_may_go_up_and_down(self, workspace: Workspace) -> None:
        """The twin: what matters is where a name ends."""
        assert workspace.read(workspace.folder("mine"), "states/../framework.yaml").data

    def test_a_link_that_leads_out_of_the_root_is_refused(self, workspace: Workspace) -> None:
        """A link is judged by its target."""
        link(workspace.here / "mine" / "link.yaml", workspace.here.parent / "secret.yaml")
        assert "outside-root" == problem(lambda: workspace.read(workspace.folder("mine"), "link.yaml")).code

    def test_a_link_inside_the_root_is_followed(self, workspace: Workspace) -> None:
        """The twin: links within an edition are the user's business."""
        link(workspace.here / "mine" / "link.yaml", workspace.here / "mine" / "framework.yaml")
        assert workspace.read(workspace.folder("mine"), "link.yaml").data.startswith(b"mine")

    def test_a_loop_of_links_is_a_diagnostic(self, workspace: Workspace) -> None:
        """No name can hang the program or end it in a traceback."""
        link(workspace.here / "mine" / "loop.yaml", workspace.here / "mine" / "loop.yaml")
        assert problem(lambda: workspace.read(workspace.folder("mine"), "loop.yaml")).code in {
            "outside-root",
            "unreadable-file",
        }

    def test_a_file_over_the_limit_is_refused_before_it_is_read(self, workspace: Workspace) -> None:
        """A sparse file of a terabyte costs nothing."""
        path = workspace.here / "mine" / "huge.yaml"
        with path.open("wb") as file:
            file.truncate(SIZE_LIMIT + 1)
        diagnostic = problem(lambda: workspace.read(workspace.folder("mine"), "huge.yaml"))
        assert ("file-too-large", True) == (diagnostic.code, "10,000,001 bytes" in diagnostic.message)

    def test_a_file_at_the_limit_is_read(self, workspace: Workspace) -> None:
        """The twin: the limit itself is allowed."""
        with (workspace.here / "mine" / "large.yaml").open("wb") as file:
            file.truncate(SIZE_LIMIT)
        assert SIZE_LIMIT == len(workspace.read(workspace.folder("mine"), "large.yaml").data)

    def test_a_folder_in_a_file_s_place_is_refused(self, workspace: Workspace) -> None:
        """Devices and pipes fall under the same rule, which opens nothing."""
        assert "not-a-file" == problem(lambda: workspace.read(workspace.folder("mine"), "states")).code

    @pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
    def test_a_pipe_is_refused_without_waiting_for_it(self, workspace: Workspace) -> None:
        """Reading a pipe that nobody writes to would never end."""
        os.mkfifo(workspace.here / "mine" / "pipe.yaml")
        assert "not-a-file" == problem(lambda: workspace.read(workspace.folder("mine"), "pipe.yaml")).code


class TestMissing:
    def test_a_missing_file_points_at_the_line_that_names_it(self, workspace: Workspace) -> None:
        """The remedy is in that line."""
        wanted_by = Span("mine/fonts.yaml", 3, 7)
        diagnostic = problem(lambda: workspace.read(workspace.folder("mine"), "no.ttf", wanted_by))
        assert 'mine/fonts.yaml:3:7: missing-file: There is no file "no.ttf" in mine.' in str(diagnostic)
        assert "Put it there, or correct the name." == diagnostic.hint

    def test_a_missing_file_that_no_line_names_points_at_itself(self, workspace: Workspace) -> None:
        """The twin: the file as a whole is the place."""
        assert Span("mine/x.yaml") == problem(lambda: workspace.read(workspace.folder("mine"), "x.yaml")).span

    @pytest.mark.parametrize("path", ["nowhere", "mine/framework.yaml", "a\0b"])
    def test_a_folder_that_is_none_is_a_diagnostic(self, workspace: Workspace, path: str) -> None:
        """Whatever the command line holds."""
        assert "missing-folder" == problem(lambda: workspace.folder(path)).code

    def test_has_tells_files_that_are_there_from_those_that_are_not(self, workspace: Workspace) -> None:
        """What lies outside is never there."""
        root = workspace.folder("mine")
        names = ("framework.yaml", "no.yaml", "framework.yaml/no.yaml", "../../secret.yaml")
        assert [True, False, False, False] == [workspace.has(root, name) for name in names]


class TestLines:
    def test_the_line_of_a_span_is_found_again(self, workspace: Workspace) -> None:
        """A terminal shows the line that a diagnostic points at."""
        workspace.read(workspace.folder("mine"), "framework.yaml")
        assert "edition: 2" == workspace.line(Span("mine/framework.yaml", 2, 1))

    @pytest.mark.parametrize(
        "span", [Span(), Span("mine/framework.yaml"), Span("mine/framework.yaml", 9, 1), Span("x", 1, 1)]
    )
    def test_a_span_without_a_line_has_no_text(self, workspace: Workspace, span: Span) -> None:
        """The twin: nothing is shown, and nothing raised."""
        workspace.read(workspace.folder("mine"), "framework.yaml")
        assert workspace.line(span) is None


def test_the_current_folder_is_called_so() -> None:
    """A message never names a folder by an empty string or a lone full stop."""
    root = Root(Path(), "")
    assert ("the current folder", "a.yaml") == (str(root), root.shown("a.yaml"))
