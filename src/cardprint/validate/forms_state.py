"""What a state's file says, key by key. Its strings are literal: nothing in them is a placeholder."""

from __future__ import annotations

from cardprint.model.dataset import GRADE_BASES
from cardprint.validate.form import Form, Nested, optional, required
from cardprint.validate.forms_framework import MOST_GOALS, MOST_ISSUES
from cardprint.validate.numbers import Number
from cardprint.validate.reader import List, Placing, Table
from cardprint.validate.texts import Choice, Citation, Date, Text, Word

_GOAL = Word("the id of a goal, in quotes,", "1.2")
_GOALS = List(Placing(_GOAL), "goals", most=MOST_GOALS)


class IssueEntry(Form, what="an issue's results"):
    """How one issue went: its score and the status of its goals, or the points of each goal."""

    id = required(Word("the id of an issue, in quotes,", "1"), "The issue's id in the framework, in quotes.")
    score = optional(Number("a score such as 16 or 8.5"), "Its points; left out where each goal's points are given.")
    accomplished = optional(_GOALS, "The goals with full points, by their ids in quotes.")
    gaps = optional(_GOALS, "The goals with less than full points, by their ids in quotes.")
    points = optional(
        Table(_GOAL, Placing(Number("points such as 2.5")), "goals and their points"),
        "The points of every goal, instead of score and lists.",
    )
    grade = optional(Text("a grade", 12), "The grade as published, to be compared with the one derived.")
    highlights = optional(Text("the highlights"), "The text of the highlights, instead of the one derived.")


class ExtraCreditEntry(Form, what="the results in a row of extra credit"):
    """Which protections are extended in one row of extra credit."""

    id = required(Word("the id of a row", "youth"), "The row's id in the framework.")
    protections = required(_GOALS, "The goals whose protections are extended, by their ids in quotes.")
    points = optional(Number("points such as 2"), "The points as published, to be compared with those derived.")
    highlights = optional(Text("the highlights"), "The text of the highlights, instead of the one derived.")


class OverallForm(Form, what="the overall result"):
    """The overall result as published; for a complete state it must agree with what the issues give."""

    grade = optional(Text("a grade", 12), "The overall grade.")
    score = optional(Number("a score such as 68"), "The overall score, extra credit included.")
    basis = optional(
        Choice({word: word for word in GRADE_BASES}),
        "How the grade is known: a source names it, or it is what remains.",
    )
    source = optional(
        Citation(), "Where it is from: an address, or a publication and its date; semicolons part several."
    )


class StateForm(Form, what="a state"):
    """One state's results. What is not known is left out."""

    state = required(Text("the name of a state", 80), "The state's name, as the list of jurisdictions spells it.")
    source = optional(Text("a source"), "Where the figures are from, for whoever reads the file.")
    issues = optional(List(Nested(IssueEntry), "issues", most=MOST_ISSUES), "The results of every issue.")
    extra_credit = optional(
        List(Nested(ExtraCreditEntry), "rows of extra credit", most=50), "The results of every row of extra credit."
    )
    overall = optional(Nested(OverallForm), "The overall result as published.")
    revised = optional(Date(), "The day of the last revision.")
    revision = optional(Text("a note"), "What was revised, as the card says it.")
    correction = optional(Text("a note"), "What an earlier version had wrong, as the card says it.")
