"""Highlights written by hand are compared with the goals' status."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.model.dataset import Jurisdiction, StateRecord
from cardprint.model.diagnostics import Diagnostic
from cardprint.model.node import Node
from cardprint.validate import validate_framework, validate_state

NodeOf = Callable[[str], Node]
StateOf = Callable[[str], tuple[StateRecord, tuple[Diagnostic, ...]]]


TEXT = """\
issues:
  - {{id: "1", score: 5.5, accomplished: ["1.1", "1.10"], gaps: ["1.2"], highlights: "{}"}}
  - {{id: "2", score: 3, accomplished: [], gaps: ["2.1"]}}
"""


@pytest.mark.parametrize(
    ("highlights", "goals"),
    [
        (
            "Goals accomplished related to fresh bread, bread for parents. Gap remains related to bread for children.",
            [],
        ),
        ("Gaps remain related to fresh bread.", ["1.1"]),
        ("Gaps remain related to Fresh  Bread.", ["1.1"]),
        ("Gaps remain related to refresh bread.", []),
        ("Goal accomplished related to bread for children.", ["1.2"]),
        ("Goal accomplished related to bread for parents and children.", ["1.2"]),
        ("Gaps remain related to bread for parents as well as the children.", ["1.10"]),
        ("Goal accomplished related to bread for parents. Children eat, too.", []),
        ("Goal accomplished related to bread for parents; children eat, too.", []),
        ("Fresh bread is baked daily.", []),
        ("Goals accomplished and gaps remain: fresh bread, bread for children.", []),
    ],
)
def test_a_goal_among_the_wrong_ones_is_warned_of(state_of: StateOf, highlights: str, goals: list[str]) -> None:
    """By its wording, alone or merged; only in sentences that are clearly about gaps, or clearly not."""
    _, warnings = state_of(TEXT.format(highlights))
    assert [f"Goal {goal}" for goal in goals] == [" ".join(warning.message.split()[:2]) for warning in warnings]
    assert all(warning.code == "contradiction" and warning.path == "issues[0].highlights" for warning in warnings)


def test_a_wording_inside_a_longer_one_does_not_count(
    node_of: NodeOf, framework_text: str, jurisdictions: dict[str, Jurisdiction]
) -> None:
    """ "very fresh bread" is not "fresh bread", if both are goals."""
    text = framework_text.replace("phrase: chess in schools", "phrase: very fresh bread").replace(
        'id: "2"\n', 'id: "2"\n'
    )
    framework = validate_framework(node_of(text))
    state = (
        'state: New Utopia\nextra_credit: [{id: pets, protections: ["2.1"], highlights: Very fresh bread for dogs.}]\n'
    )
    _, warnings = validate_state(node_of(state), framework, jurisdictions)
    assert () == warnings


def test_protections_that_are_not_extended_are_warned_of(state_of: StateOf) -> None:
    """A text about extra credit names protections only."""
    text = 'extra_credit: [{{id: pets, protections: ["1.1"], highlights: "{} is extended."}}]\n'
    assert () == state_of(text.format("Fresh bread"))[1]
    assert ["contradiction"] == [warning.code for warning in state_of(text.format("Chess in schools"))[1]]


def test_a_hostile_text_takes_no_time(state_of: StateOf) -> None:
    """Repeated terms cannot make the search run away (this test would not end)."""
    state_of(TEXT.format("Gaps remain: bread for " + "children parents " * 280))
