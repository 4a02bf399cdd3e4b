"""English: merging, enumerating, possessives, dates and numbers."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from cardprint.compose.grammar import ListItem
from cardprint.compose.grammars import GRAMMARS, grammar_named
from cardprint.model.dataset import Goal
from cardprint.model.diagnostics import DiagnosticError, Span

ENGLISH = GRAMMARS["english"]

TRAINING = [
    Goal(f"6.{number}", "training for {}", term)
    for number, term in enumerate(
        ("child welfare", "juvenile justice agencies", "law enforcement", "prosecutors", "school personnel"), start=1
    )
]
SCHOOLS = Goal("6.6", "prevention education in schools", None)
VACATUR = Goal("4.3", "vacatur", None)
RESTITUTION = Goal("4.4", "restitution", None)
TESTIMONY = Goal("5.2", "alternatives to live, in-court testimony", None)
PUNITIVE = Goal("3.1", "services through a non-punitive system", None)
JUSTICE = Goal("3.3", "services through the juvenile justice system", None)
PROSTITUTION = Goal("2.5", "non-criminalization for {} offenses", "prostitution")
TRAFFICKING = Goal("2.6", "non-criminalization for {} offenses", "sex trafficking")


@pytest.mark.parametrize(
    ("goals", "expected"),
    [
        pytest.param([], "", id="none"),
        pytest.param([VACATUR], "vacatur", id="one"),
        pytest.param([TRAINING[0]], "training for child welfare", id="one, alone in its pattern"),
        pytest.param([VACATUR, RESTITUTION], "vacatur and restitution", id="two plain: and"),
        pytest.param(
            [VACATUR, RESTITUTION, SCHOOLS], f"vacatur, restitution, and {SCHOOLS.pattern}", id="serial comma"
        ),
        pytest.param(
            TRAINING[:2], "training for child welfare and juvenile justice agencies", id="one merged item of two"
        ),
        pytest.param(
            TRAINING[:3],
            "training for child welfare, juvenile justice agencies, and law enforcement",
            id="one merged item of three",
        ),
        pytest.param(
            [TRAINING[0], TRAINING[2], SCHOOLS],
            "training for child welfare and law enforcement as well as prevention education in schools",
            id="two items, the first merged: as well as",
        ),
        pytest.param(
            [VACATUR, PROSTITUTION, TRAFFICKING],
            "vacatur as well as non-criminalization for prostitution and sex trafficking offenses",
            id="two items, the second merged: as well as",
        ),
        pytest.param(
            [TRAINING[1], TRAINING[3], TRAINING[4], SCHOOLS],
            "training for juvenile justice agencies, prosecutors, and school personnel "
            "as well as prevention education in schools",
            id="two items, one a series",
        ),
        pytest.param(
            [VACATUR, PROSTITUTION, TRAFFICKING, RESTITUTION],
            "vacatur, non-criminalization for prostitution and sex trafficking offenses, and restitution",
            id="three items, one merged of two: and",
        ),
        pytest.param(
            [*TRAINING[:3], VACATUR, RESTITUTION],
            "training for child welfare, juvenile justice agencies, and law enforcement, vacatur "
            "as well as restitution",
            id="three items, a series not last: as well as, no comma before it",
        ),
        pytest.param(
            [VACATUR, RESTITUTION, *TRAINING[:3]],
            "vacatur, restitution as well as training for child welfare, juvenile justice agencies, "
            "and law enforcement",
            id="three items, a series last: as well as",
        ),
        pytest.param(
            [TRAINING[0], VACATUR, TRAINING[2], RESTITUTION],
            "training for child welfare and law enforcement, vacatur, and restitution",
            id="interrupted: merged at its first goal's place",
        ),
        pytest.param(
            [VACATUR, TESTIMONY],
            "vacatur and alternatives to live, in-court testimony",
            id="a comma in a goal's own wording does not count (two)",
        ),
        pytest.param(
            [TESTIMONY, VACATUR, RESTITUTION],
            "alternatives to live, in-court testimony, vacatur, and restitution",
            id="a comma in a goal's own wording does not count (three)",
        ),
        pytest.param(
            [PUNITIVE, JUSTICE],
            "services through a non-punitive system and services through the juvenile justice system",
            id="alike but not the same pattern: two items",
        ),
    ],
)
def test_list_of_goals(goals: list[Goal], expected: str) -> None:
    """Goals become one enumeration, merged and joined as on the published cards."""
    assert expected == ENGLISH.join(ENGLISH.merge(goals))


def test_merged_items_count_their_terms() -> None:
    """An item tells how many goals are merged in it; a plain one counts as one."""
    assert (ListItem("training for child welfare and law enforcement", 2), ListItem("vacatur", 1)) == ENGLISH.merge(
        [TRAINING[0], VACATUR, TRAINING[2]]
    )


def test_equal_wordings_without_a_term_stay_apart() -> None:
    """Only goals with terms merge: two goals of one plain wording are two items."""
    assert len(ENGLISH.merge([Goal("1", "vacatur", None), Goal("2", "vacatur", None)])) == 2


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Mississippi", "Mississippi’s"),
        ("Texas", "Texas’"),
        ("Massachusetts", "Massachusetts’"),
        ("District of Columbia", "District of Columbia’s"),
        ("TEXAS", "TEXAS’"),
    ],
)
def test_possessive(name: str, expected: str) -> None:
    """AP style: a proper name ending in s takes the apostrophe alone, any other takes ’s."""
    assert expected == ENGLISH.possessive(name)


def test_long_date() -> None:
    """Month in full, day without a leading zero, comma, year."""
    assert ENGLISH.long_date(dt.date(2021, 11, 17)) == "November 17, 2021"
    assert ENGLISH.long_date(dt.date(2022, 3, 1)) == "March 1, 2022"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("16", "16"),
        ("16.0", "16"),
        ("8.50", "8.5"),
        ("27.5", "27.5"),
        ("10", "10"),
        ("1E+1", "10"),
        ("0.0", "0"),
        ("-0.0", "0"),
    ],
)
def test_number(written: str, expected: str) -> None:
    """No trailing zeros, no exponent, no zero with a sign; zeros before the point stay."""
    assert expected == ENGLISH.number(Decimal(written))


def test_grammar_by_name() -> None:
    """A framework names its grammar."""
    assert ENGLISH is grammar_named("english")


def test_unknown_grammar_suggests_the_nearest() -> None:
    """A grammar that does not exist is an error at the line that names it."""
    with pytest.raises(DiagnosticError) as raised:
        grammar_named("englisch", Span("framework.yaml", 9, 10))
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code, str(diagnostic.span)) == ("unknown-grammar", "framework.yaml:9:10")
    assert diagnostic.hint == "Did you mean english?"
