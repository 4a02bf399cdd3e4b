"""The Highlights: sentences made from the status of the goals, in the wordings of the framework."""

from __future__ import annotations

from collections.abc import Sequence

from cardprint.compose.grammar import Grammar
from cardprint.model.dataset import ExtraCreditResult, Framework, Goal, IssueResult, SentenceForms


def issue_highlights(result: IssueResult, framework: Framework, grammar: Grammar) -> str | None:
    """What one issue's goals accomplished and where gaps remain.

    None where the data cannot tell: every named goal is accomplished, and yet points are missing, so that the
    gap lies in a goal whose wording is not known."""
    issue = result.issue
    if issue.unnamed and not result.gaps and result.score < issue.maximum:
        return None
    sentences = (
        _sentence(framework.accomplished, result.accomplished, grammar),
        _sentence(framework.gaps, result.gaps, grammar),
    )
    return " ".join(sentence for sentence in sentences if sentence)


def protection_highlights(result: ExtraCreditResult, framework: Framework, grammar: Grammar) -> str:
    """Which protections are extended to the beneficiary of a row of extra credit."""
    return _sentence(framework.extended, result.protections, grammar, beneficiary=result.row.beneficiary)


def _sentence(forms: SentenceForms, goals: Sequence[Goal], grammar: Grammar, beneficiary: str = "") -> str:
    """The form for so many goals, filled. Number follows the goals, however they merge into items."""
    form = (forms.none, forms.one)[len(goals)] if len(goals) < 2 else forms.many
    before, slot, after = form.partition("{list}")
    listed = grammar.join(grammar.merge(goals)) if slot else ""
    return before.replace("{beneficiary}", beneficiary) + listed + after.replace("{beneficiary}", beneficiary)
