"""The Mississippi card by ear: everything that somebody who cannot see it must be able to find out."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cardprint.pipeline import Project, render_card
from cardprint.verify import read_aloud

STORED = Path(__file__).parent / "mississippi.aloud.txt"

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def lines(shipped: Project) -> list[str]:
    """What a screen reader says, from the tags of the finished file alone: the only thing that is asked."""
    return read_aloud(render_card(shipped, "mississippi").pdf)


@pytest.fixture(scope="module")
def rows(lines: list[str]) -> Rows:
    """The rows of the table, each under the heads that were announced for its columns."""
    (heads,) = (line.removeprefix("Columns: ").removesuffix(".").split(", ") for line in lines if "Columns:" in line)
    pattern = r"Row \d+\. " + r" ".join(rf"{head}: (?P<{head}>.*?)\.?" for head in heads) + "$"
    return [found.groupdict() for line in lines if (found := re.match(pattern, line))]


def after(lines: list[str], heading: str) -> list[str]:
    """What is said under a heading, up to the next."""
    start = next(at for at, line in enumerate(lines) if re.fullmatch(rf"Heading level \d: {heading}\.", line))
    end = next((at for at in range(start + 1, len(lines)) if lines[at].startswith("Heading")), len(lines))
    return lines[start + 1 : end]


def of_issue(rows: Rows, number: int) -> dict[str, str]:
    (found,) = (row for row in rows if row["Issue"].startswith(f"{number}. "))
    return found


def test_the_text_is_the_stored_one(lines: list[str], accepting: bool) -> None:
    """Somebody has listened to it: `CARDPRINT_ACCEPT=1 pytest tests/golden` stores what is said now."""
    if accepting:
        STORED.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert STORED.read_text(encoding="utf-8").splitlines() == lines


def test_whose_card_is_it(lines: list[str]) -> None:
    """The first words say the state, the next ones what this is and of which year."""
    assert ["Heading level 1: MISSISSIPPI.", "2021 Report Card on Child & Youth Sex Trafficking."] == lines[:2]


def test_how_large_is_the_table(lines: list[str], rows: Rows) -> None:
    """As many rows and columns are read as were announced."""
    assert "Table of 8 rows and 4 columns." in lines
    assert (8, 4) == (len(rows), len(rows[0]))


def test_which_issues_failed(rows: Rows) -> None:
    """Four of six, by name."""
    assert [
        "2. Identification of and Response to Victims",
        "3. Continuum of Care",
        "4. Access to Justice for Trafficking Survivors",
        "6. Prevention and Training",
    ] == [row["Issue"] for row in rows if row["Grade"] == "F"]


def test_what_is_the_best_grade(rows: Rows) -> None:
    """And for which issue, with how many points of how many."""
    best = min((row for row in rows if row["Grade"] != "blank"), key=lambda row: row["Grade"])
    assert ("1. Criminal Provisions", "A", "16 of 17.5 points") == (best["Issue"], best["Grade"], best["Score"])


def test_what_is_missing_in_issue_2(rows: Rows) -> None:
    """Every gap, apart from what was accomplished."""
    accomplished, gaps = of_issue(rows, 2)["Highlights"].split(". ")
    assert "third party control" in accomplished
    assert [
        "foreign national victims",
        "screening through child welfare and the juvenile justice system",
        "expanded non-criminalization",
        "juvenile court jurisdiction",
        "and non-familial trafficking cases",
    ] == gaps.removeprefix("Gaps remain in areas related to ").split(", ")


@pytest.mark.parametrize(
    ("number", "score"),
    [
        (1, "16 of 17.5 points"),
        (2, "14 of 27.5 points"),
        (3, "8.5 of 15 points"),
        (4, "8.5 of 15 points"),
        (5, "8 of 10 points"),
        (6, "6 of 15 points"),
    ],
)
def test_how_many_points_has_an_issue(rows: Rows, number: int, score: str) -> None:
    """The fraction is words, not two figures in a row."""
    assert score == of_issue(rows, number)["Score"]


def test_what_is_extra_credit_for(rows: Rows) -> None:
    """Two rows that say so themselves, their abbreviations spelt out; they have points and no grade."""
    extra = [(row["Issue"], row["Grade"], row["Score"]) for row in rows if row["Issue"].startswith("EXTRA CREDIT, ")]
    assert [
        ("EXTRA CREDIT, 18+ (18 and older), Youth", "blank", "2 points"),
        ("EXTRA CREDIT, CLT (Child Labor Trafficking), Child Labor Trafficking", "blank", "5 points"),
    ] == extra


def test_what_is_the_overall_grade(lines: list[str], rows: Rows) -> None:
    """Under a heading of its own; the points are the sum of the rows."""
    assert ["Overall grade: D.", "68 points."] == after(lines, "OVERALL GRADE")
    assert 68 == sum(float(row["Score"].split()[0]) for row in rows)


@pytest.mark.parametrize(
    ("heading", "words", "address"),
    [
        ("LEARN MORE", "how Mississippi compares", "reportcards.sharedhope.org/toolkit"),
        ("LEARN MORE", "understand a policy goal", "reportcards.sharedhope.org/issue-briefs"),
        ("MISSISSIPPI SPECIFIC RESOURCES", "in-depth analysis of its laws", "reportcards.sharedhope.org/mississippi"),
        ("TECHNICAL ASSISTANCE", "creating legislation", "sharedhope.org/legislative-technical-assistance"),
    ],
)
def test_where_to_read_on(lines: list[str], heading: str, words: str, address: str) -> None:
    """What is offered leads to its address, and the address is announced as a link."""
    (offer,) = (line for line in after(lines, heading) if words in line)
    assert f"link, {address}." in offer


def test_whom_to_ask_for_help(lines: list[str]) -> None:
    """A legislator learns who helps, how to reach them, and what comes of it."""
    offer = after(lines, "TECHNICAL ASSISTANCE")[0]
    assert "request a consultation with our Policy Team online at link, " in offer
    assert "We will set up a meeting to discuss your legislative goals" in offer


def test_who_publishes_it(lines: list[str]) -> None:
    """The last line: publisher and date."""
    assert lines[-1].endswith("Shared Hope International · Released November 17, 2021.")
