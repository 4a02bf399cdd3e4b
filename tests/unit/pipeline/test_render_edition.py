"""One page for a whole edition, on a made-up one: what it is made from, what it refuses; and incomplete cards."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.pipeline import (
    FailedCard,
    Project,
    RequestError,
    open_project,
    render_card,
    render_cards,
    render_edition,
)
from cardprint.workspace import Workspace, shipped_folder

FOOT = Path(__file__).parents[2] / "fixtures" / "foot"
PAGE = """\
per: edition
page: {size: [5in, 4in], margins: 0.25in}
theme:
  swatches: {ink: {rgb: "#101010", cmyk: [0, 0, 0, 95]}}
  styles: {text: {font: Source Sans 3 Regular, size: 9pt, leading: 12pt, swatch: ink}}
document: {title: "{edition.title}"}
body:
  stack:
    - {repeat: states as state, when: state.grade, text: "{state.name} {state.grade}", style: text}
"""


@pytest.fixture
def here(tmp_path: Path) -> Path:
    """A folder with a copy of the made-up edition and a layout that lists its grades."""
    shutil.copytree(FOOT, tmp_path / "edition")
    (tmp_path / "list.yaml").write_text(PAGE, encoding="utf-8")
    return tmp_path.resolve()


def opened(here: Path, layout: str = "list.yaml") -> Project:
    return open_project(Workspace(here, shipped_folder()), "edition", layout)


def problems(act: Callable[[], object]) -> tuple[Diagnostic, ...]:
    """The diagnostics that `act` raises."""
    with pytest.raises(DiagnosticError) as caught:
        act()
    return caught.value.diagnostics


def test_the_page_is_named_for_edition_and_layout(here: Path) -> None:
    """And marked, the edition being a sample."""
    page = render_edition(opened(here))
    assert ("sample-1934-list", b"%PDF-") == (page.file_name, page.pdf[:5])


def test_a_change_to_any_state_shows_in_its_file(here: Path) -> None:
    """It is made from all of them; even a comment makes another page."""
    before = render_edition(opened(here)).pdf
    assert before == render_edition(opened(here)).pdf
    with (here / "edition/states/sylvania.yaml").open("a", encoding="utf-8") as file:
        file.write("# looked through\n")
    assert before != render_edition(opened(here)).pdf


def test_what_is_wrong_in_all_states_is_told_at_once(here: Path) -> None:
    """Fifty-one files are not mended one by one."""
    for name, good, bad in (("freedonia", "score", "scoer"), ("sylvania", "grade: F", "grade: Q")):
        path = here / f"edition/states/{name}.yaml"
        path.write_text(path.read_text(encoding="utf-8").replace(good, bad, 1), encoding="utf-8")
    found = problems(lambda: render_edition(opened(here)))
    assert ["edition/states/freedonia.yaml", "edition/states/sylvania.yaml"] == [each.span.file for each in found]


def test_warnings_of_states_come_along(here: Path) -> None:
    """A revision before the release is odd, but no reason to stop."""
    path = here / "edition/states/freedonia.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("1935-01-31", "1931-01-31"), encoding="utf-8")
    assert ["early-revision"] == [warning.code for warning in render_edition(opened(here)).warnings]
    assert 1 == len(render_edition(opened(here)).warnings)


def test_a_layout_of_the_edition_makes_no_cards(here: Path) -> None:
    """Whoever asks for one is told how to ask."""
    with pytest.raises(RequestError, match=r'The layout "list" draws one page for the whole edition\. Name no states'):
        render_card(opened(here), "freedonia")


def test_a_layout_of_cards_makes_no_page_of_the_edition(here: Path) -> None:
    """The twin."""
    with pytest.raises(RequestError, match=r'The layout "report-card" draws a card for each state\. Name the states'):
        render_edition(opened(here, "report-card"))


def test_a_state_without_results_is_incomplete_not_wrong(here: Path) -> None:
    """For a layout that reads more than the overall grade; the twin has a mistake in its file beside."""
    (sylvania,) = render_cards(opened(here, "report-card"), ["sylvania"])
    assert isinstance(sylvania, FailedCard)
    assert sylvania.incomplete
    path = here / "edition/states/sylvania.yaml"
    path.write_text(path.read_text(encoding="utf-8") + "revisd: 1935-01-01\n", encoding="utf-8")
    (sylvania,) = render_cards(opened(here, "report-card"), ["sylvania"])
    assert isinstance(sylvania, FailedCard)
    assert not sylvania.incomplete


def test_a_fault_is_no_incompleteness() -> None:
    """Nor is what befell cardprint itself."""
    assert not FailedCard("sylvania", RuntimeError("out of ink")).incomplete


def test_a_wordmark_that_is_not_there_is_told_where_the_data_names_it(here: Path) -> None:
    """The layout only asks for whatever there is."""
    (here / "edition/pictures/firefly.svg").unlink()
    (found,) = problems(lambda: opened(here, "report-card"))
    assert ("missing-file", "edition/framework.yaml:12:13") == (found.code, str(found.span))
