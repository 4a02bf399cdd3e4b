"""Every shipped layout survives the worst, and the command says what that took."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

from cardprint.model.layout_spec import Per
from cardprint.pipeline import open_project
from cardprint.tasks.stress import Survived, stress_layout
from cardprint.workspace import Workspace, shipped_folder

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command

SHIPPED = sorted(path.stem for path in (shipped_folder() / "layouts").glob("*.yaml"))


@pytest.mark.parametrize("layout", SHIPPED)
def test_shipped_layouts_survive(layout: str, tmp_path: Path) -> None:
    """The longest card, one as long as in Spanish, and the emptiest: every page of each is marked as a sample.

    What stands at the foot of other pages leaves the marks to them."""
    project = open_project(Workspace(tmp_path, shipped_folder()), layout=layout)
    results = list(stress_layout(project))
    failed = [(result.case.name, str(result.error)) for result in results if not isinstance(result, Survived)]
    assert [] == failed
    for result in results:
        assert isinstance(result, Survived)
        assert result.report.slack >= 0
        for page in pypdfium2.PdfDocument(result.pdf):
            marks = page.get_textpage().get_text_bounded().count("SAMPLE DATA")
            assert (0 if project.layout.per is Per.FOLIO else 2) == marks


def test_report_names_what_each_case_took(cardprint: Command, tmp_path: Path) -> None:
    """Steps of copyfit and the height to spare; the pages are written where -o says."""
    done = cardprint("stress", "-o", "tried")
    assert 0 == done.returncode, done.stderr
    assert "size of highlights 8.8 → 7.5" in done.stdout
    assert 3 == done.stdout.count(" to spare")
    names = [f"sample-report-card-{case}.pdf" for case in ("emptiest", "longest", "spanish")]
    assert names == sorted(path.name for path in (tmp_path / "tried").iterdir())


def test_layout_that_has_no_room_fails(cardprint: Command, tmp_path: Path) -> None:
    """Exit code 1, the cases that failed, and for each text what it has too much."""
    (tmp_path / "narrow.yaml").write_text(
        "extends: report-card.yaml\npage: {size: letter, margins: 1in}\n", encoding="utf-8"
    )
    done = cardprint("stress", "--layout", "narrow.yaml")
    assert 1 == done.returncode
    assert "longest" in done.stdout
    assert "does not fit" in done.stdout
    assert "overset" in done.stderr


def test_layout_that_does_not_exist_is_a_usage_error(cardprint: Command) -> None:
    """Nothing is tried."""
    done = cardprint("stress", "--layout", "report-crad")
    assert (2, "") == (done.returncode, done.stdout)
    assert "report-card" in done.stderr


def test_stress_of_own_data(cardprint: Command) -> None:
    """Somebody's own framework, jurisdictions and layout are what counts."""
    cardprint("new", "mine")
    done = cardprint("stress", "--data", "mine", "--layout", "my-card")
    assert (0, "") == (done.returncode, done.stderr)
