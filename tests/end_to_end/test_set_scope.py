"""An edition whose cards share one setting: the tightest card decides for all, and is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from cardprint.cli import run
from cardprint.pipeline import FailedCard, RenderedCard, open_project, render_cards, state_slugs
from cardprint.tasks.explanation import fit_edition


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample") / "data"
    assert 0 == run(["sample", "-o", str(folder)])
    return folder


def test_all_cards_get_one_setting(sample: Path) -> None:
    """51 cards look like one family: the same type and padding on each, and the reports say which."""
    project = open_project(data=sample)
    cards = list(render_cards(project, state_slugs(project)))
    assert 51 == len(cards)
    reports = [card.report for card in cards if isinstance(card, RenderedCard)]
    assert 51 == len(reports)
    assert 1 == len({(report.rung, report.steps) for report in reports})
    assert reports[0].rung > 0


@pytest.mark.parametrize("damage", ["too large", "a folder"])
def test_a_state_that_cannot_be_read_stops_no_other(sample: Path, tmp_path: Path, damage: str) -> None:
    """It has no say in the setting that the others share, and is told where it is asked for itself."""
    shutil.copytree(sample, tmp_path / "data")
    ohio = tmp_path / "data" / "states" / "ohio.yaml"
    ohio.unlink()
    if damage == "a folder":
        ohio.mkdir()
    else:
        ohio.write_bytes(b"#" * 11_000_000)
    project = open_project(data=tmp_path / "data")
    texas, failed = render_cards(project, ["texas", "ohio"])
    assert isinstance(texas, RenderedCard)
    assert isinstance(failed, FailedCard)
    assert "ohio.yaml" in str(failed.error)


def test_shortening_the_named_texts_raises_the_setting(sample: Path) -> None:
    """Who wants larger type for all is told which texts stand in its way, and by how many words; cutting them helps."""
    before = fit_edition(open_project(data=sample))
    assert before is not None
    assert before.forced_by
    for diagnostics in before.forced_by.values():
        for diagnostic in diagnostics:
            assert re.search(r"Shorten it by about \d+ words?", diagnostic.hint)
            path = Path(diagnostic.span.file)
            lines = path.read_text("utf-8").splitlines()
            lines[diagnostic.span.line - 1] = _shortened(lines[diagnostic.span.line - 1])
            path.write_text("\n".join(lines) + "\n", "utf-8")
    after = fit_edition(open_project(data=sample))
    assert after is not None
    assert after.rung < before.rung


def _shortened(line: str) -> str:
    """The line of an issue with its highlights written by hand, in few words; or written highlights cut to a few."""
    if "highlights" in line:
        return re.sub(r'(highlights: ")[^"]*', r"\1In short", line)
    return line.rstrip().removesuffix("}") + ', highlights: "In short."}'
