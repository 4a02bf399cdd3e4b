"""What differs between two editions, and how it is told."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardprint.edition.asked import RequestError
from cardprint.model.change import Change
from cardprint.model.diagnostics import DiagnosticError
from cardprint.tasks.comparing import compare
from cardprint.tasks.comparing.wording import lines_of, shortened
from cardprint.workspace import Workspace, shipped_folder

Edit = Callable[[str, str, str], None]
ROOT = Path(__file__).parents[4]


@pytest.fixture
def desk(tmp_path: Path) -> Workspace:
    """Two folders with the shipped edition, of its states Mississippi and Texas alone."""
    for name in ("old", "new"):
        (tmp_path / name / "states").mkdir(parents=True)
        shutil.copy(ROOT / "data/2021/framework.yaml", tmp_path / name)
        for state in ("mississippi", "texas"):
            shutil.copy(ROOT / f"data/2021/states/{state}.yaml", tmp_path / name / "states")
    return Workspace(tmp_path, shipped_folder())


@pytest.fixture
def edit(desk: Workspace) -> Edit:
    """Replaces words in a file of the new edition."""

    def replace(file: str, old: str, new: str) -> None:
        path = desk.here / "new" / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    return replace


def told(desk: Workspace) -> list[str]:
    return [f"{owner} · {line}" for owner, line in lines_of(compare(desk, "old", "new").changes)]


def test_equal_editions_have_no_changes(desk: Workspace) -> None:
    """Neither have two that are written differently and mean the same."""
    state = desk.here / "new/states/mississippi.yaml"
    state.write_text("# a note\n" + state.read_text(encoding="utf-8").replace("score: 16,", "score: 16.0,"))
    assert () == compare(desk, "old", "new").changes


def test_a_score_brings_its_letter_its_goal_and_the_total_along(desk: Workspace, edit: Edit) -> None:
    """All that follows from a change is a change; what does not change is not told."""
    old = '{id: "3", score: 8.5, accomplished: ["3.1", "3.2"], gaps: ["3.3", '
    edit("states/mississippi.yaml", old, '{id: "3", score: 9, accomplished: ["3.1", "3.2", "3.3"], gaps: [')
    edit("states/mississippi.yaml", "score: 68", "score: 68.5")
    assert [
        "Mississippi · issue 3 · score 8.5 → 9 · grade F → D · goal 3.3 gap → accomplished",
        "Mississippi · overall · score 68 → 68.5",
    ] == told(desk)


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("title: Continuum of Care", "title: Care", "issue 3 · title “Continuum of Care” → Care"),
        ("phrase: vacatur", "phrase: sealing", "issue 4 · goal 4.3 vacatur → sealing"),
        ("Gap remains", "A gap remains", "sentence gaps · one “Gap remains related to {list}.” → "),
        ("released: 2021-11-17", "released: 2021-11-18", "edition · released 2021-11-17 → 2021-11-18"),
        ("letter: D, from: 60", "letter: D, from: 61", "grades · D from 60 → 61"),
        ("org/toolkit, link", "org/tools, link", "resource learn-more · text 1 “… {state.in_text} compares, visit"),
        ("value: 47.9", "value: 48", "figure national-average · value 47.9 → 48"),
        ("name: Shared Hope International", "name: Hope", "publisher · name "),
        (
            "hope.org/{state.address}",
            "hope.org/{state.slug}",
            "edition · address of a state reportcards.sharedhope.org/{",
        ),
        ("icon: gavel", "icon: scales", "issue 1 · icon gavel → scales"),
    ],
)
def test_what_all_cards_share_is_told_first(desk: Workspace, edit: Edit, old: str, new: str, line: str) -> None:
    """Titles, goals' wording, sentences, dates, the scale, resources, figures, the publisher."""
    edit("framework.yaml", old, new)
    assert told(desk)[0].startswith(f"all cards · {line}")


def test_rows_of_extra_credit_go_by_their_ids(desk: Workspace, edit: Edit) -> None:
    """A new title is one change of all cards, none of what states got; rows of equal titles stay apart."""
    edit("framework.yaml", "title: Child Labor Trafficking", "title: Youth")
    assert ["all cards · extra credit clt · title “Child Labor Trafficking” → Youth"] == told(desk)


def test_a_smaller_maximum_changes_framework_and_letters(desk: Workspace, edit: Edit) -> None:
    """One line for all cards, one for the state whose letter it moves."""
    edit("framework.yaml", "maximum: 15\n    unnamed: 1", "maximum: 12.5")
    lines = told(desk)
    assert "all cards · issue 3 · maximum 15 → 12.5 · unnamed goals 1 → not given" == lines[0]
    assert "Mississippi · issue 3 · grade F → D" in lines


def test_states_that_only_one_side_has_are_added_or_removed(desk: Workspace) -> None:
    """By name, without all of their fields."""
    (desk.here / "new/states/texas.yaml").unlink()
    shutil.copy(ROOT / "data/2021/states/ohio.yaml", desk.here / "new/states")
    assert ["Ohio · added", "Texas · removed"] == told(desk)


def test_values_that_are_not_given_are_said_to_be_so(desk: Workspace, edit: Edit) -> None:
    """A revision that is new was nothing before."""
    edit("states/mississippi.yaml", "source: ", "revised: 2022-01-31\nrevision: Score corrected.\nsource: ")
    assert [
        "Mississippi · revised not given → 2022-01-31 · revision not given → “Score corrected.”",
    ] == told(desk)


def test_long_texts_are_told_by_the_words_that_differ() -> None:
    """With a few words around them, so that the place is found."""
    old = "Policy goals accomplished in areas related to hearsay exceptions and victim supports in every court."
    before, after = shortened(old, old.replace(" and ", " or "))
    assert "“… to hearsay exceptions and victim supports in …”" == before
    assert "“… to hearsay exceptions or victim supports in …”" == after
    assert ("F", "“not known”") == shortened("F", "not known")


def test_changes_of_one_part_stand_on_one_line() -> None:
    """Values apart by arrows, fields by dots."""
    changes = [Change("Ohio", "issue 1", "score", "1", "2"), Change("Ohio", "issue 1", "grade", "F", "D")]
    assert [("Ohio", "issue 1 · score 1 → 2 · grade F → D")] == list(lines_of(changes))


def test_a_broken_edition_is_told_with_all_that_is_wrong(desk: Workspace, edit: Edit) -> None:
    """Nothing is compared with what may mean anything."""
    edit("states/mississippi.yaml", "score: 16", "scoer: 16")
    edit("states/texas.yaml", "state: Texas", "state: Texsa")
    with pytest.raises(DiagnosticError) as error:
        compare(desk, "old", "new")
    assert {"unknown-key", "unknown-state"} <= {diagnostic.code for diagnostic in error.value.diagnostics}


@pytest.mark.parametrize("path", ["absent", "absent.pdf", "old/states"])
def test_what_is_neither_edition_nor_cards_is_refused(desk: Workspace, path: str) -> None:
    """As a mistake in the command."""
    with pytest.raises(RequestError):
        compare(desk, path, "new")
