"""Explaining a card: the rung on which it is rendered, who forced it, and finding what somebody means."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cardprint.pipeline import Project, RequestError, open_project, render_card
from cardprint.tasks.explanation import Explanation, explain_card, explain_edition, find_blocks
from cardprint.workspace import Workspace, shipped_folder

TINY = Path(__file__).parents[3] / "fixtures" / "tiny"

COPYFIT = """
copyfit:
  scope: set
  steps: [{lower: leading, styles: [text], by: 0.5pt, floor: 10pt}]
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with copies of the made-up edition and its layouts, to be spoilt."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    return tmp_path.resolve()


def opened(here: Path) -> Project:
    return open_project(Workspace(here, shipped_folder()), "edition", "layouts/tiny.yaml")


def write_highlights(here: Path, state: str, words: int) -> None:
    """Let a state's highlights be so long."""
    path = here / "edition" / "states" / f"{state}.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("gaps: [", f"highlights: {'word ' * words}, gaps: ["), encoding="utf-8")


@pytest.fixture
def one_long(here: Path) -> Project:
    """An edition that shares one setting, in which Sylvania's text is too long for the natural one."""
    with (here / "layouts" / "tiny.yaml").open("a", encoding="utf-8") as file:
        file.write(COPYFIT)
    write_highlights(here, "sylvania", 140)
    return opened(here)


class TestCard:
    def test_it_is_set_as_it_is_rendered(self, one_long: Project) -> None:
        """Freedonia alone would need no adjustment; it is explained on the rung that its edition has."""
        explanation = explain_card(one_long, "FR")
        assert explanation.report == render_card(one_long, "FR").report
        assert explanation.report is not None
        assert explanation.report.rung > 0

    def test_who_forces_the_setting_is_named_with_the_words_to_cut(self, one_long: Project) -> None:
        """Sylvania, in the line of its file, and nobody else."""
        shared = explain_card(one_long, "FR").shared
        assert shared is not None
        assert ["Sylvania"] == list(shared.forced_by)
        (overset,) = shared.forced_by["Sylvania"]
        assert ("edition/states/sylvania.yaml", 3) == (overset.span.file, overset.span.line)
        assert "words" in overset.hint

    def test_with_room_for_all_nobody_forces_anything(self, here: Path) -> None:
        """The twin."""
        with (here / "layouts" / "tiny.yaml").open("a", encoding="utf-8") as file:
            file.write(COPYFIT)
        shared = explain_card(opened(here), "FR").shared
        assert shared is not None
        assert (0, {}) == (shared.rung, shared.forced_by)

    def test_a_card_without_room_is_explained_with_what_is_over(self, here: Path) -> None:
        """It has no frame, but its blocks and what they would need are told."""
        write_highlights(here, "sylvania", 400)
        explanation = explain_card(opened(here), "Sylvania")
        assert (None, None) == (explanation.frames, explanation.report)
        assert ["overset"] == [diagnostic.code for diagnostic in explanation.oversets]
        assert any(block.needed > 180 for block in explanation.blocks[0])

    def test_a_layout_for_the_whole_edition_has_no_cards(self, shipped: Project) -> None:
        """And one for cards has no page for the edition."""
        with pytest.raises(RequestError, match="wrong-layout"):
            explain_edition(shipped)

    def test_the_page_about_an_edition_is_explained_likewise(self, here: Path) -> None:
        """The national overview, as it is shipped."""
        project = open_project(Workspace(here, shipped_folder()), None, "national-overview")
        explanation = explain_edition(project)
        assert explanation.report is not None
        assert ["MS"] == [block.text for block in find_blocks(explanation, "MS") if len(block.text) == 2]


class TestFinding:
    @pytest.fixture
    def freedonia(self, here: Path) -> Explanation:
        return explain_card(opened(here), "FR")

    @pytest.mark.parametrize("field", ["goal accomplished", "GAP:", "stack[1].columns[1]"])
    def test_a_field_goes_by_its_name_its_path_or_its_words(self, freedonia: Explanation, field: str) -> None:
        """In whatever case."""
        (block,) = find_blocks(freedonia, field)
        assert "Laws: Goal accomplished: whistling. Gap: chewing gum." == block.text

    def test_apostrophes_may_be_typed_as_keyboards_have_them(self, here: Path) -> None:
        """The card has typographic ones."""
        framework = here / "edition" / "framework.yaml"
        framework.write_text(
            framework.read_text(encoding="utf-8").replace("whistling", "victims’ whistling"), encoding="utf-8"
        )
        assert 1 == len(find_blocks(explain_card(opened(here), "FR"), "victims' whistling"))

    @pytest.mark.parametrize(
        ("field", "hint"),
        [("wistling", "Did you mean “whistling”?"), ("colums", "Did you mean “columns”?"), ("zzz", "Without a field")],
    )
    def test_what_is_not_there_suggests_the_nearest(self, freedonia: Explanation, field: str, hint: str) -> None:
        """A word of the page, or what to do where nothing is near."""
        with pytest.raises(RequestError) as caught:
            find_blocks(freedonia, field)
        (diagnostic,) = caught.value.diagnostics
        assert "unknown-field" == diagnostic.code
        assert f'Nothing on the card of Freedonia is "{field}".' == diagnostic.message
        assert diagnostic.hint.startswith(hint)
