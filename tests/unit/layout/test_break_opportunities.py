"""Where a line may end. `|` stands at every opportunity but the text's end."""

from __future__ import annotations

import pytest

from cardprint.layout.breaking import opportunities, words


def marked(text: str) -> str:
    """The text with a bar at each opportunity."""
    parts, start = [], 0
    for opportunity in opportunities(text):
        parts.append(text[start : opportunity.end])
        start = opportunity.end
    return "|".join(parts)


@pytest.mark.parametrize(
    "expected",
    [
        pytest.param("one |two |three", id="spaces"),
        pytest.param("two  |spaces", id="all spaces before the break"),
        pytest.param("folded\n|lines", id="line ends of the YAML are spaces"),
        pytest.param("tab\t|stop", id="tabs are spaces"),
        pytest.param("a\u2028|b\u2029|c\r\n|d", id="separators of lines and paragraphs are spaces"),
        pytest.param("no\u00a0break |here", id="no-break space"),
        pytest.param("no\u202fbreak |here", id="narrow no-break space"),
        pytest.param("a |non-criminalization |law", id="non-"),
        pytest.param("in-depth |analysis", id="in-"),
        pytest.param("a |(non-punitive) |system", id="prefix after a bracket"),
        pytest.param("mother-in-law", id="two stubs"),
        pytest.param("Victim-|Centered", id="hyphen between words"),
        pytest.param("anti-|trafficking", id="a prefix of four letters is a word"),
        pytest.param("court-ed", id="stub after the hyphen"),
        pytest.param("COVID-19 |and |18-year-|old", id="hyphens beside figures"),
        pytest.param("no\u2011break |hyphen", id="no-break hyphen"),
        pytest.param("Victim\u2010|Centered", id="true hyphen"),
        pytest.param("law—|and |gaps", id="em dash"),
        pytest.param("law—|“and”", id="em dash before an opening quote"),
        pytest.param("pages |10–|20", id="en dash"),
        pytest.param("“wait—”", id="no closing mark begins a line"),
        pytest.param("—dash |first", id="a dash that begins a word stays with it"),
        pytest.param("well——|worn", id="two dashes stay together"),
        pytest.param("and/or |his/her", id="slashes between words"),
        pytest.param("crim\u00ad|i\u00ad|nal", id="soft hyphens"),
        pytest.param("x \u00ad |y", id="a soft hyphen between spaces is no word"),
        pytest.param("x \u00ad|y", id="nor does one divide before a word"),
        pytest.param("x\u00ad |y", id="or after it"),
        pytest.param("\u00ad x", id="or before the first"),
        pytest.param("18 \u00ad years", id="or part a number from its unit"),
        pytest.param("crim\u00ad|\u00adinal", id="two soft hyphens are one"),
        pytest.param("law—|\u00adand", id="no hyphen appears after a dash"),
        pytest.param("\u00ad", id="a soft hyphen only"),
        pytest.param("reportcards.sharedhope.org/|toolkit.", id="address: after its slash"),
        pytest.param("sharedhope.org/|legislative-technical-assistance", id="address: not at its hyphens"),
        pytest.param("https://reportcards.sharedhope.org/|a/|b", id="address: not within ://"),
        pytest.param("(see |sharedhope.org/|pa-pers-here/)", id="address: not before its last bracket"),
        pytest.param("sharedhope.org/.", id="address: not before its full stop"),
        pytest.param("policy-team@shared-hope.org", id="mail address"),
        pytest.param("18+ |Youth", id="badge"),
        pytest.param("17.5 points |of |100 points", id="points stay with their number"),
        pytest.param("18 years |and |18 |or", id="a number and its unit, a number and a word"),
        pytest.param("$5 million |and |50 percent", id="money, percent"),
        pytest.param("50 %", id="percent sign"),
        pytest.param("5\nyears", id="line end between number and unit"),
        pytest.param("18 U.S.C. 1591", id="citation"),
        pytest.param("by |J. R. R. Tolkien", id="initials"),
        pytest.param("the |law. |Gaps", id="a sentence's end is no initial"),
        pytest.param("", id="empty"),
        pytest.param("word", id="one word"),
        pytest.param("  leading |space", id="nothing breaks before the first word"),
        pytest.param("trailing |space  ", id="nor after the last"),
        pytest.param("   ", id="spaces only"),
    ],
)
def test_opportunities(expected: str) -> None:
    """A line ends only where a careful reader would let it end."""
    assert expected == marked(expected.replace("|", ""))


def test_spaces_that_end_a_line_are_counted() -> None:
    """Each opportunity tells how many characters before it vanish at the line's end: spaces do, a hyphen stays."""
    assert [2, 0, 1] == [opportunity.space for opportunity in opportunities("one  Victim-Centered ")]


def test_only_soft_hyphens_need_a_hyphen() -> None:
    """A break at a soft hyphen shows a hyphen, one after a written hyphen does not show another."""
    assert [True, False, False] == [opportunity.soft for opportunity in opportunities("sur\u00advivor Victim-s")[:3]]


def test_spaces_are_the_best_places() -> None:
    """Where a paragraph can choose, it breaks between words: at hyphens, slashes and inside words it costs."""
    space, hyphen, division, _ = opportunities("a Victim-Centered\u00ady")
    slash, _ = opportunities("sharedhope.org/toolkit")
    assert 0.0 == space.cost < min(hyphen.cost, division.cost, slash.cost)


@pytest.mark.parametrize("text", ["for 18 years", "J. Doe", "all of $1,000, and more", "U.S. law", "5 % of them"])
def test_words_are_not_told_apart_where_a_space_may_hold(text: str) -> None:
    """Numbers keep their units and initials their names: whether they do takes the whole text."""
    assert [] == words(text)


@pytest.mark.parametrize("text", ["child sex trafficking, and more.", " spaced\u2028out ", "of 2021"])
def test_words_are_told_apart_where_all_spaces_part(text: str) -> None:
    """And these are just the places at which lines may end."""
    found = words(text)
    assert found == text.split()
    assert len(found) == len(opportunities(text.strip()))
