"""Highlights as a person might write them. None names a goal, so that none contradicts any status."""

from __future__ import annotations

from typing import Final

LONG_HIGHLIGHTS: Final = (
    "The legislature took this up in two sessions and finished in the second. The new chapter took effect in July; "
    "the rules under it are due within a year, and the agencies that apply them have been given money and staff to do "
    "so. What is left is narrower than before: cases that cross a county line still fall to whichever office hears of "
    "them first, and no office counts them.",
    "A commission of judges, sheriffs, and people who have been through the system met for eighteen months, heard "
    "from every county, and wrote the bill that became law. It is among the most thorough in the country; a study of "
    "its first three years found that most offices follow it, and named the four that do not.",
    "Half of what advocates asked for is now law. The other half passed one chamber, stalled in the other, and has "
    "been filed again with the support of the “Safe Harbor” coalition, from Doña Ana County to the islands of "
    "Hawaiʻi. Its sponsors expect a vote in the spring: the cost is small, and no one has spoken against it.",
)

SHORT_HIGHLIGHTS: Final = ("No law found.", "No change.", "None.")
