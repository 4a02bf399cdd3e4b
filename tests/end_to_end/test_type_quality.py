"""How the cards of a whole edition are set, counted on the finished pages by benchmarks/type_quality.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from cardprint.cli import run
from cardprint.model.typography import Breaking

_SCRIPT = Path(__file__).parents[2] / "benchmarks" / "type_quality.py"


@pytest.fixture(scope="module")
def script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("type_quality", _SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def counted(script: ModuleType, tmp_path_factory: pytest.TempPathFactory) -> dict[Breaking, Any]:
    """The 51 sample cards, set both ways."""
    folder = tmp_path_factory.mktemp("sample") / "data"
    assert 0 == run(["sample", "-o", str(folder)])
    project = script.open_project(data=str(folder))
    return {way: script.measure(script.with_breaking(project, way)) for way in Breaking}


def test_no_runt_that_another_breaking_avoids(counted: dict[Breaking, Any]) -> None:
    """No paragraph ends in a stub of a line; set greedily, dozens would."""
    assert [] == counted[Breaking.TOTAL].avoidable_runts
    assert counted[Breaking.GREEDY].avoidable_runts


def test_no_line_ends_after_a_prefix(counted: dict[Breaking, Any]) -> None:
    """ "non-" and "in-" stay with their words."""
    assert [] == counted[Breaking.TOTAL].prefix_ends


def test_lines_are_a_quarter_less_ragged_than_greedy_ones(counted: dict[Breaking, Any]) -> None:
    """Weighing the whole paragraph pays: its edge is visibly calmer."""
    assert counted[Breaking.TOTAL].raggedness <= 0.75 * counted[Breaking.GREEDY].raggedness


def test_the_counting_sees_what_it_counts(script: ModuleType) -> None:
    """A runt, a prefix at a line's end and a river are found where they are, and not where they are not."""
    line = script.SetLine
    runt = script.SetParagraph(
        "x", "f", 100.0, (line(("of", "non-"), 0.0, 90.0, (30.0,), 2.0), line(("law.",), 0.0, 12.0, (), 2.0))
    )
    good = script.SetParagraph(
        "x", "f", 100.0, (line(("of", "laws"), 0.0, 90.0, (30.0,), 2.0), line(("law",), 0.0, 40.0, (), 2.0))
    )
    quality = script.TypeQuality()
    quality.count(good)
    assert (0, [], []) == (quality.runts, quality.avoidable_runts, quality.prefix_ends)
    quality.count(runt)
    assert (1, 1, 1) == (quality.runts, len(quality.avoidable_runts), len(quality.prefix_ends))
    river = tuple(line(("a", "b"), 0.0, 90.0, (40.0 + i,), 2.0) for i in range(4))
    quality.count(script.SetParagraph("x", "f", 100.0, river))
    assert 1 == quality.rivers
