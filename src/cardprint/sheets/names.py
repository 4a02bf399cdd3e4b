"""What sheets and columns are called: said once for writing, and for recognising them again."""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec import Struct

from cardprint.model.dataset import ExtraCreditRow, Framework, Goal

GUIDE, EXTRA_CREDIT, OVERALL, TOTALS, GOALS, SCALE, LISTS = (
    "Guide",
    "Extra credit",
    "Overall",
    "Totals",
    "Goals",
    "Scale",
    "Lists",
)

STATE, GRADE, CHECK = "State", "Grade", "Check"
"""Heads; `GRADE` and `CHECK` are derived in the sheet of an issue, and `GRADE` is published in that of the totals."""

ISSUE_HEADS = {"score": "Score", "grade": "Published grade", "highlights": "Highlights"}
EXTRA_HEADS = {"protections": "protections", "points": "published points", "highlights": "highlights"}
EXTRA_POINTS = "points"
OVERALL_HEADS = {"grade": "Grade", "score": "Score", "basis": "Basis", "source": "Source"}
STATE_HEADS = {"source": "Figures from", "revised": "Revised", "revision": "Revision", "correction": "Correction"}

EDITION = "Edition"
NO_PROTECTIONS = "none"

_LONGEST = 31
"""Characters in a sheet's name, the most that spreadsheet programs take."""


class SheetNames(Struct, frozen=True):
    """The names of the sheets that can be typed into."""

    issues: Mapping[str, str]
    extra_credit: str | None

    @property
    def known(self) -> tuple[str, ...]:
        return (*self.issues.values(), *([self.extra_credit] if self.extra_credit else []), OVERALL)


def sheet_names(framework: Framework) -> SheetNames:
    """The sheets of an edition: one for each issue, one for extra credit if there is any, one for overall grades."""
    taken: set[str] = set()
    issues = {}
    for number, issue in enumerate(framework.issues, start=1):
        name = f"Issue {issue.id}"[:_LONGEST]
        if folded(name) in taken:
            name = f"{name[: _LONGEST - len(str(number)) - 3]} ({number})"
        taken.add(folded(name))
        issues[issue.id] = name
    return SheetNames(issues, EXTRA_CREDIT if framework.extra_credit else None)


def folded(name: str) -> str:
    """A name as it is compared: without capitals, signs and doubled spaces. "issue-2.csv" is the sheet "Issue 2"."""
    return " ".join(re.sub(r"[^\w.]+|_", " ", name.casefold()).split())


def table_file(sheet: str) -> str:
    """The name of the .csv file that holds a sheet."""
    return f"{folded(sheet).replace(' ', '-')}.csv"


def wording(goal: Goal) -> str:
    """A goal in words."""
    return goal.pattern.replace("{}", goal.term or "")


def goal_head(goal: Goal) -> str:
    """The head of a goal's column. Its first word is the goal's id."""
    return f"{goal.id}\n{wording(goal)}"


def extra_head(row: ExtraCreditRow, key: str) -> str:
    """The head of a column of extra credit: the row's id, what the column holds, and the row in words."""
    return f"{row.id} {key}\n{row.badge} {row.title}"
