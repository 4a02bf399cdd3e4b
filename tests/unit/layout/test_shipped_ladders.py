"""The ladders of copyfit that the shipped layouts declare: no rung makes a text hard to read."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from cardprint.layout.copyfit import Setting, rungs
from cardprint.model.copyfit import Adjustment
from cardprint.pipeline import open_project
from cardprint.workspace import Workspace, shipped_folder

LAYOUTS = sorted(path.stem for path in (shipped_folder() / "layouts").glob("*.yaml"))

LEAST_SIZE = 7.5
LEAST_LEADING = 1.18
LEAST_TRACKING = -0.01


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_rung_is_readable(name: str, tmp_path: Path) -> None:
    """Sizes stay at 7.5 points or more, leading at 1.18 times the size, letters do not crowd."""
    copyfit = open_project(Workspace(tmp_path, shipped_folder()), layout=name).layout.copyfit
    styles = {style.name: style for step in copyfit.steps for style in step.styles}
    leads = {s.name for step in copyfit.steps if step.what is Adjustment.LEADING for s in step.styles}
    for rung in range(rungs(copyfit) + 1):
        setting = Setting(copyfit, rung)
        for style in map(setting.style, styles.values()):
            assert style.size >= LEAST_SIZE
            assert style.tracking >= LEAST_TRACKING
            if style.name in leads:
                assert style.leading >= LEAST_LEADING * style.size - 0.001, (rung, style.name)


@pytest.mark.parametrize("name", LAYOUTS)
def test_every_rung_changes_something(name: str, tmp_path: Path) -> None:
    """A rung that leaves all as it is would cost time on every card that needs the next one."""
    copyfit = open_project(Workspace(tmp_path, shipped_folder()), layout=name).layout.copyfit
    reports = [Setting(copyfit, rung).report() for rung in range(rungs(copyfit) + 1)]
    assert all(one != other for one, other in pairwise(reports))
