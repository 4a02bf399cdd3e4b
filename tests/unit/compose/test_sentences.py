"""Highlights made from the status of the goals."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from cardprint.compose.grammars import GRAMMARS
from cardprint.compose.sentences import issue_highlights, protection_highlights
from cardprint.model.dataset import ExtraCreditResult, Framework, Goal, Issue, IssueResult, SentenceForms

ENGLISH = GRAMMARS["english"]

VACATUR = Goal("1.1", "vacatur", None)
POLICE = Goal("1.2", "training for {}", "police")
JUDGES = Goal("1.3", "training for {}", "judges")
GOALS = (VACATUR, POLICE, JUDGES)


def _highlights(framework: Framework, accomplished: tuple[Goal, ...], unnamed: int = 0, score: str = "3") -> str | None:
    issue = Issue("1", "Laws", None, Decimal("2.5") * (len(GOALS) + unnamed), GOALS, unnamed)
    gaps = tuple(goal for goal in GOALS if goal not in accomplished)
    return issue_highlights(IssueResult(issue, Decimal(score), "F", accomplished, gaps), framework, ENGLISH)


@pytest.mark.parametrize(
    ("accomplished", "expected"),
    [
        pytest.param(
            (), "No goals accomplished. Gaps remain: vacatur as well as training for police and judges.", id="none"
        ),
        pytest.param((VACATUR,), "Goal accomplished: vacatur. Gaps remain: training for police and judges.", id="one"),
        pytest.param(
            (POLICE, JUDGES),
            "Goals accomplished: training for police and judges. Gap remains: vacatur.",
            id="two goals in one item: the plural; one gap: the singular",
        ),
        pytest.param(GOALS, "Goals accomplished: vacatur as well as training for police and judges.", id="all"),
    ],
)
def test_number_follows_the_goals(framework: Framework, accomplished: tuple[Goal, ...], expected: str) -> None:
    """The form is chosen by how many goals there are, not by how many items they merge into; no gap, no sentence."""
    assert expected == _highlights(framework, accomplished)


def test_unnamed_goal_is_not_mentioned(framework: Framework) -> None:
    """A goal without wording is left out of both lists."""
    assert (
        _highlights(framework, (VACATUR,), unnamed=1)
        == "Goal accomplished: vacatur. Gaps remain: training for police and judges."
    )


def test_hidden_gap_makes_no_sentence(framework: Framework) -> None:
    """All named goals accomplished, points missing: the gap is in the unnamed goal, and nothing can be said of it."""
    assert _highlights(framework, GOALS, unnamed=1, score="9.5") is None


def test_full_score_leaves_no_hidden_gap(framework: Framework) -> None:
    """With every point earned the unnamed goal is accomplished as well, and the list stands alone."""
    assert (
        _highlights(framework, GOALS, unnamed=1, score="10")
        == "Goals accomplished: vacatur as well as training for police and judges."
    )


@pytest.mark.parametrize(
    ("protections", "expected"),
    [
        ((), "No protections extended."),
        ((VACATUR,), "Protection related to vacatur is extended to trafficked youth."),
        (
            (POLICE, JUDGES),
            "Protections related to training for police and judges are extended to trafficked youth.",
        ),
    ],
)
def test_protections(framework: Framework, protections: tuple[Goal, ...], expected: str) -> None:
    """Extra credit names its protections and whom they are extended to, in the form of their number."""
    result = ExtraCreditResult(framework.extra_credit[0], Decimal(len(protections)), protections)
    assert expected == protection_highlights(result, framework, ENGLISH)


def test_wordings_are_not_filled_twice(framework: Framework) -> None:
    """Braces inside a goal's wording stay as they are."""
    forms = SentenceForms("", "{beneficiary} gain {list}.", "")
    odd = Goal("1.1", "{beneficiary} and {list}", None)
    result = ExtraCreditResult(framework.extra_credit[0], Decimal(1), (odd,))
    text = protection_highlights(result, replace(framework, extended=forms), ENGLISH)
    assert text == "trafficked youth gain {beneficiary} and {list}."
