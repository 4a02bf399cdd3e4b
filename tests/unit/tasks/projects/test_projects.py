"""Folders that cardprint makes: what they hold, that they work, and that nobody's work is written over."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardprint.cli.sample import MOST_STATES
from cardprint.model.diagnostics import DiagnosticError
from cardprint.pipeline import RenderedCard, RequestError, open_project, render_cards, state_slugs
from cardprint.tasks.projects import write_sample, write_starter
from cardprint.validate import KINDS
from cardprint.workspace import Workspace, shipped_folder


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace opened in an empty folder."""
    return Workspace(tmp_path.resolve(), shipped_folder())


def rewrite(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


class TestSample:
    def test_it_has_a_state_for_each_real_one(self, workspace: Workspace) -> None:
        """By default; and the number written is told."""
        assert ("trial", 51) == write_sample(workspace, "trial", None, 1)
        assert 51 == len(state_slugs(open_project(workspace, "trial")))

    def test_cards_of_it_are_marked(self, workspace: Workspace) -> None:
        """In the file's name; what the page says is tested where it is made."""
        write_sample(workspace, "trial", 2, 1)
        results = list(render_cards(open_project(workspace, "trial"), ["alabama", "alaska"]))
        assert ["sample-2021-alabama", "sample-2021-alaska"] == [
            result.file_name for result in results if isinstance(result, RenderedCard)
        ]

    def test_it_may_replace_another_sample(self, workspace: Workspace) -> None:
        """Nothing of the larger one stays behind."""
        write_sample(workspace, "trial", 3, 1)
        write_sample(workspace, "trial", 2, 2, overwrite=True)
        assert ("alabama", "alaska") == state_slugs(open_project(workspace, "trial"))

    @pytest.mark.parametrize(("count", "seed", "edited"), [(2, 1, True), (1, 1, False), (2, 2, False)])
    def test_it_replaces_none_that_differs_unasked(
        self, workspace: Workspace, count: int, seed: int, edited: bool
    ) -> None:
        """Somebody may have tried something in it; one that is as it would be written may be written again."""
        write_sample(workspace, "trial", 2, 1)
        write_sample(workspace, "trial", 2, 1)
        state = workspace.here / "trial" / "states" / "alaska.yaml"
        if edited:
            state.write_text(f"{state.read_text(encoding='utf-8')}# mine\n", encoding="utf-8")
        before = state.read_bytes()
        with pytest.raises(RequestError, match="sample-exists"):
            write_sample(workspace, "trial", count, seed)
        assert before == state.read_bytes()

    def test_it_fills_an_empty_folder(self, workspace: Workspace) -> None:
        """Somebody may have made it for just that."""
        (workspace.here / "trial").mkdir()
        write_sample(workspace, "trial", 1, 1)
        assert "trial/framework.yaml" in workspace.contents(".")

    @pytest.mark.parametrize("name", ["notes.txt", "states/notes.txt", "layouts/my.yaml", ".git/HEAD"])
    def test_it_replaces_no_folder_that_holds_anything_else(self, workspace: Workspace, name: str) -> None:
        """A file that no sample has is somebody's."""
        write_sample(workspace, "trial", 1, 1)
        path = workspace.here / "trial" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("mine", encoding="utf-8")
        with pytest.raises(RequestError, match=f"not-a-sample.*{name}"):
            write_sample(workspace, "trial", 2, 1)
        assert "mine" == path.read_text(encoding="utf-8")

    def test_it_replaces_a_sample_that_somebody_looked_into(self, workspace: Workspace) -> None:
        """macOS and Windows leave files behind, which are nobody's work."""
        write_sample(workspace, "trial", 2, 1)
        for name in (".DS_Store", "states/.DS_Store", "Thumbs.db", "Desktop.ini"):
            (workspace.here / "trial" / name).write_bytes(b"looks")
        write_sample(workspace, "trial", 2, 1)
        write_sample(workspace, "trial", 1, 1, overwrite=True)
        assert ("alabama",) == state_slugs(open_project(workspace, "trial"))

    def test_it_replaces_no_data_that_is_no_sample(self, workspace: Workspace) -> None:
        """Neither a real edition nor a sample of which somebody has begun to make one."""
        write_sample(workspace, "trial", 1, 1)
        rewrite(workspace.here / "trial" / "framework.yaml", "sample: true\n", "")
        with pytest.raises(RequestError, match="not-a-sample"):
            write_sample(workspace, "trial", 1, 1)

    def test_it_replaces_no_project_of_somebody_s_own(self, workspace: Workspace) -> None:
        """Which is marked as a sample, too, as long as its results are."""
        write_starter(workspace, "mine")
        with pytest.raises(RequestError, match="not-a-sample"):
            write_sample(workspace, "mine", 1, 1)

    def test_the_longest_list_of_states_can_be_read(self, workspace: Workspace) -> None:
        """What the command can write, cards can be made from."""
        write_sample(workspace, "trial", 1, 1)
        numbered = range(MOST_STATES)
        lines = [f'- {{name: New Hampshire {n}, slug: new-hampshire-{n}, postal: "NH{n}"}}\n' for n in numbered]
        (workspace.here / "trial" / "jurisdictions.yaml").write_text("".join(lines), encoding="utf-8")
        assert MOST_STATES == len(open_project(workspace, "trial").jurisdictions)

    def test_a_file_in_its_place_is_a_diagnostic(self, workspace: Workspace) -> None:
        """Nothing is written over."""
        (workspace.here / "trial").write_text("mine", encoding="utf-8")
        with pytest.raises(DiagnosticError, match="missing-folder"):
            write_sample(workspace, "trial", 1, 1)


class TestStarter:
    def test_it_fills_a_folder_that_somebody_looked_into(self, workspace: Workspace) -> None:
        """As one that is empty; one with a file of somebody's own is left alone."""
        for folder, name in (("mine", ".DS_Store"), ("theirs", "notes.DS_Store")):
            (workspace.here / folder).mkdir()
            (workspace.here / folder / name).write_bytes(b"looks")
        write_starter(workspace, "mine")
        assert "mine/framework.yaml" in workspace.contents(".")
        with pytest.raises(RequestError, match=r'not-empty: "theirs" holds notes\.DS_Store'):
            write_starter(workspace, "theirs")

    def test_it_renders_as_it_stands(self, workspace: Workspace) -> None:
        """Every card of it, with its own layout and theme, no warning among them; all are marked."""
        write_starter(workspace, "mine")
        project = open_project(workspace, "mine", "my-card")
        results = list(render_cards(project, state_slugs(project)))
        assert ["sample-2026-north-example", "sample-2026-south-example"] == [
            result.file_name for result in results if isinstance(result, RenderedCard) and not result.warnings
        ]

    def test_it_holds_what_its_readme_tells_of(self, workspace: Workspace) -> None:
        """And nothing that the package left lying about."""
        write_starter(workspace, "mine")
        held = workspace.contents("mine")
        readme = (workspace.here / "mine" / "README.md").read_text(encoding="utf-8")
        for name in (name for name in held if name != "README.md"):
            assert name.partition("/")[0] in readme
        assert (
            "README.md",
            "fonts/README.md",
            "framework.yaml",
            "jurisdictions.yaml",
            "layouts/my-card.yaml",
            "layouts/themes/my-theme.yaml",
            *sorted(f"schemas/{kind}.json" for kind in KINDS),
            "states/north-example.yaml",
            "states/south-example.yaml",
        ) == held

    def test_it_is_no_sample_once_its_line_is_deleted(self, workspace: Workspace) -> None:
        """Just as the comment above that line says."""
        write_starter(workspace, "mine")
        rewrite(workspace.here / "mine" / "framework.yaml", "sample: true\n", "")
        project = open_project(workspace, "mine", "my-card")
        (result,) = render_cards(project, ["NX"])
        assert isinstance(result, RenderedCard)
        assert "2026-north-example" == result.file_name

    def test_its_layout_extends_the_shipped_one(self, workspace: Workspace) -> None:
        """Its theme changes what it says, and keeps the rest."""
        write_starter(workspace, "mine")
        own = open_project(workspace, "mine", "my-card").layout.theme
        shipped = open_project(workspace, "mine").layout.theme
        assert own.swatches["ink"] != shipped.swatches["ink"]
        assert own.swatches["grade-a"].rgb == shipped.swatches["grade-a"].rgb
        assert own.styles.keys() == shipped.styles.keys()

    def test_the_real_jurisdictions_come_back_when_its_own_are_deleted(self, workspace: Workspace) -> None:
        """Just as the comment in that file says."""
        write_starter(workspace, "mine")
        (workspace.here / "mine" / "jurisdictions.yaml").unlink()
        assert "ohio" in open_project(workspace, "mine", "my-card").jurisdictions

    @pytest.mark.parametrize("name", ["notes.txt", ".gitignore", "out/card.pdf"])
    def test_it_is_written_to_no_folder_that_holds_anything(self, workspace: Workspace, name: str) -> None:
        """Whatever it is."""
        path = workspace.here / "mine" / name
        path.parent.mkdir(parents=True)
        path.write_text("mine", encoding="utf-8")
        with pytest.raises(RequestError, match=f"not-empty.*{name}"):
            write_starter(workspace, "mine")
        assert (name,) == workspace.contents("mine")

    def test_it_may_be_written_to_the_current_folder(self, workspace: Workspace) -> None:
        """If that is empty."""
        assert "." == write_starter(workspace, ".")
        assert open_project(workspace, ".", "my-card").framework.sample


class TestOwnLayouts:
    def test_a_layout_of_the_data_s_own_is_named_without_its_path(self, workspace: Workspace) -> None:
        """layouts/ in the folder of the data comes before the shipped layouts."""
        write_starter(workspace, "mine")
        (workspace.here / "mine" / "layouts" / "report-card.yaml").write_text(
            "extends: report-card.yaml\ntheme: themes/my-theme.yaml\n", encoding="utf-8"
        )
        own = open_project(workspace, "mine", "my-card").layout
        assert own.theme.swatches == open_project(workspace, "mine", "report-card").layout.theme.swatches

    def test_an_unknown_one_is_suggested(self, workspace: Workspace) -> None:
        """From both places."""
        write_starter(workspace, "mine")
        with pytest.raises(RequestError, match="Did you mean my-card"):
            open_project(workspace, "mine", "my-crad")
        with pytest.raises(RequestError, match="Did you mean report-card"):
            open_project(workspace, "mine", "report-crad")
