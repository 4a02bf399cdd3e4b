"""The sentences of a fact sheet in English, AP style: numbers up to nine in words, none at the head of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final

from cardprint.compose.grammar import ListItem
from cardprint.compose.grammar_english import English
from cardprint.model.dataset import Goal, Jurisdiction

_WORDS: Final = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_SPOKEN_WITH_A_VOWEL: Final = frozenset("AEFHILMNORSX")
_MOST_NAMES: Final = 12
"""Names in a sentence; of more it says how many there are."""

_ENGLISH: Final = English()


def count(number: int) -> str:
    """A whole number inside a sentence: one to nine in words."""
    return _WORDS[number] if 0 < number < len(_WORDS) else f"{number:,}"


def rounded(value: Fraction, places: int = 1) -> str:
    """A number with so many decimals at most, halves away from zero, without idle zeros."""
    scale = 10**places
    whole = int(abs(value) * scale + Fraction(1, 2))
    text = _ENGLISH.number(Decimal(whole) / scale)
    return f"−{text}" if value < 0 and whole else text


def mean(value: Fraction) -> str:
    """A mean to a tenth, or to a hundredth where that is all of it: else 30.8 would stand beside a median of 30.75."""
    return rounded(value, 2 if 100 % value.denominator == 0 else 1)


def points(value: Fraction | Decimal, places: int = 2) -> str:
    """So many points."""
    text = rounded(Fraction(value), places)
    return f"{text} point" if text == "1" else f"{text} points"


def percent(share: Fraction) -> str:
    """A share in percent, to a tenth."""
    return f"{rounded(share * 100)}%"


def states(number: int) -> str:
    """So many states, in words up to nine."""
    return f"{count(number)} state" if number == 1 else f"{count(number)} states"


def letter_grade(letter: str) -> str:
    """A grade with its article: an A, a B, a C-minus."""
    spelled = len(letter.rstrip("+-−–")) == 1
    vowel = letter[:1].upper() in (_SPOKEN_WITH_A_VOWEL if spelled else frozenset("AEIOU"))
    return f"{'an' if vowel else 'a'} {letter}"


def series(texts: Sequence[str], joint: str = "and") -> str:
    """A; A and B; A, B, and C."""
    joined = _ENGLISH.join([ListItem(text) for text in texts])
    return joined if joint == "and" else joint.join(joined.rsplit("and", 1))


def names(places: Sequence[Jurisdiction]) -> str:
    """Places inside a sentence, or how many they are where naming them would fill it."""
    if len(places) > _MOST_NAMES:
        return states(len(places))
    return series([place.in_text for place in places])


def sentence(text: str) -> str:
    """A text that begins with a capital."""
    return text[:1].upper() + text[1:]


def wording(goal: Goal) -> str:
    """A goal by itself, its term in its pattern."""
    (item,) = _ENGLISH.merge([goal])
    return item.text


def of_states(number: int, everyone: int, what: str) -> str:
    """Who is spoken of: "of 51 states", or "of the 49 states with full results"."""
    return f"of {states(number)}" if number == everyone else f"of the {states(number)} {what}"


def earned(of: str, tallies: Sequence[tuple[str, int]]) -> str:
    """Of 51 states, one earned a C, 10 a D, and 40 an F. None earned an A or a B."""
    some = [(letter, number) for letter, number in tallies if number]
    none = [letter_grade(letter) for letter, number in tallies if not number]
    parts = [
        f"{count(number)}{'' if at else ' earned'} {letter_grade(letter)}" for at, (letter, number) in enumerate(some)
    ]
    text = f"{sentence(of)}, {series(parts)}."
    return f"{text} None earned {series(none, 'or')}." if none else text


def extreme(of: str, places: Sequence[Jurisdiction], what: str, value: Decimal | Fraction) -> str:
    """Ohio had the highest score, 82 points. Ohio and Utah tied for it. `of` says among whom, if not among all."""
    who = names(places) if len(places) <= _MOST_NAMES else f"a group of {states(len(places))}"
    how = "had" if len(places) == 1 else "tied for"
    return sentence(f"{of}{', ' if of else ''}{who} {how} the {what} score, {points(value)}.")


def averages(of: str, average: Fraction, middle: Fraction) -> str:
    """Of 51 states, the average score was 47.9 points and the median 45."""
    text = mean(average)
    unit = "point" if text == "1" else "points"
    return f"{sentence(of)}, the average score is {text} {unit} and the median {rounded(middle, 2)}."


def issues_compared(of: str, best: Sequence[str], most: Fraction, worst: Sequence[str], least: Fraction) -> str:
    """On which issues states did best and worst."""
    if most == least:
        return (
            f"{sentence(of)}, none did better on one issue than on another: {percent(most)} of the points on average."
        )
    return (
        f"{sentence(of)}, the strongest {_issue(best)} {series(best)}, with {percent(most)} of the points on average; "
        f"the weakest {_issue(worst)} {series(worst)}, with {percent(least)}."
    )


def _issue(titles: Sequence[str]) -> str:
    return "issue is" if len(titles) == 1 else "issues are"


def goals_compared(of: str, goals: Sequence[str], number: int, *, missed: bool) -> str:
    """Which policy goals were missed most often, or accomplished."""
    how = "missed" if missed else "accomplished"
    if len(goals) > _MOST_NAMES:
        what = f"{count(len(goals))} policy goals were {how} most often"
        each = " each"
    else:
        one = len(goals) == 1
        what = f"the policy goal{'' if one else 's'} {how} most often {'is' if one else 'are'} {series(goals)}"
        each = "" if one else " each"
    return f"{sentence(of)}, {what}: {how} by {count(number)}{each}."


def moved(edition: str, up: int, down: int, same: int) -> str:
    """How many states have another letter than in the earlier edition."""
    if not up and not down:
        return f"Since the {edition} edition, no state has changed its letter."
    parts = []
    if up:
        parts.append(f"{states(up)} {'has' if up == 1 else 'have'} moved up")
    if down:
        parts.append(f"{count(down) if up else states(down)} {'has' if down == 1 else 'have'} moved down")
    if same:
        parts.append(f"{count(same)} {'keeps its letter' if same == 1 else 'keep their letter'}")
    return f"Since the {edition} edition, {series(parts)}."


def changed_most(places: Sequence[Jurisdiction], amount: Fraction, scores: tuple[Decimal, Decimal] | None) -> str:
    """Who gained or lost the most points; `scores` are given where it is one state."""
    verb = "gained" if amount > 0 else "lost"
    who = names(places) if len(places) <= _MOST_NAMES else f"a group of {states(len(places))}"
    if len(places) == 1 and scores is not None:
        way = f", from {_ENGLISH.number(scores[0])} to {_ENGLISH.number(scores[1])}"
        return sentence(f"{who} {verb} the most, {points(abs(amount))}{way}.")
    return sentence(f"{who} {verb} the most, {points(abs(amount))} each.")
