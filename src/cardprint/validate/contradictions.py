"""Highlights written by hand that contradict the goals' status, as far as a text can tell.

A sentence counts as one about gaps if it has words by which the framework's own sentences about gaps differ from
those about goals accomplished, and the other way round. A goal is recognised by its wording, alone or merged with
others of its pattern as sentences merge them. Linear in the text: no expression here can be made to run away.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from cardprint.model.dataset import ExtraCreditResult, Framework, Goal, IssueResult, SentenceForms
from cardprint.validate.place import At

_SENTENCE_END = re.compile(r"(?<=[.!?]) ")
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.;:!?\0]")
_FURTHEST = 24
"""Characters between two terms of a merged pattern: a comma, "and", "as well as", an article."""


def warn_of_contradictions(place: At, result: IssueResult, framework: Framework) -> None:
    """Warn of each goal that the highlights of an issue, written by hand at `place`, put among the wrong ones."""
    if result.highlights is None:
        return
    about_gaps, about_goals = _parted(result.highlights, framework)
    goals = result.issue.goals
    _warn(place, _mentioned(about_gaps, goals), result.accomplished, "accomplished, and the text calls it a gap")
    _warn(place, _mentioned(about_goals, goals), result.gaps, "a gap, and the text calls it accomplished")


def warn_of_strangers(place: At, result: ExtraCreditResult, framework: Framework) -> None:
    """Warn of each goal that the highlights of a row of extra credit name although its protections are not extended."""
    if result.highlights is None:
        return
    goals = tuple(framework.goals.values())
    others = [goal for goal in goals if goal not in result.protections]
    _warn(
        place, _mentioned(_folded(result.highlights), goals), others, "named in the text and is none of the protections"
    )


def _warn(place: At, named: set[str], wrong: Iterable[Goal], status: str) -> None:
    for goal in wrong:
        if goal.id in named:
            message = f"Goal {goal.id} ({goal.pattern.replace('{}', goal.term or '')}) is {status}."
            place.warn("contradiction", message, "Correct the text, or the goal's status.")


def _parted(text: str, framework: Framework) -> tuple[str, str]:
    """The sentences of a text that are about gaps, and those about goals accomplished; others are left out."""
    gap_words, goal_words = _words(framework.gaps), _words(framework.accomplished)
    about_gaps, about_goals = [], []
    for sentence in _SENTENCE_END.split(_folded(text)):
        words = set(_WORD.findall(sentence))
        gap, goal = words & (gap_words - goal_words), words & (goal_words - gap_words)
        if gap and not goal:
            about_gaps.append(sentence)
        elif goal and not gap:
            about_goals.append(sentence)
    return " ".join(about_gaps), " ".join(about_goals)


def _words(forms: SentenceForms) -> set[str]:
    text = f"{forms.none} {forms.one} {forms.many}".replace("{list}", " ")
    return set(_WORD.findall(_folded(text)))


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("’", "'").split())


def _mentioned(text: str, goals: Sequence[Goal]) -> set[str]:
    """The ids of the goals whose wording stands in a text.

    Longer wordings come first and are blotted out, so that one goal's wording inside another's does not count."""
    found: set[str] = set()
    patterns: dict[str, list[Goal]] = {}
    for goal in goals:
        patterns.setdefault(_folded(goal.pattern), []).append(goal)
    for pattern in sorted(patterns, key=len, reverse=True):
        before, braces, after = pattern.partition("{}")
        group = patterns[pattern]
        if braces:
            spans = list(_merged(text, before, after, group, found))
        else:
            spans = [(start, start + len(before)) for start in _places(text, before)]
            found.update(goal.id for goal in group if spans)
        for start, end in spans:
            text = text[:start] + "\0" * (end - start) + text[end:]
    return found


def _merged(text: str, before: str, after: str, group: Sequence[Goal], found: set[str]) -> Iterator[tuple[int, int]]:
    """Where the terms of one pattern stand in its wording, singly or in a series; their goals are added to `found`."""
    terms = {_folded(goal.term or ""): goal for goal in group}
    places = sorted((start, -len(term), term) for term in terms for start in _places(text, term))
    chain: list[str] = []
    begin = end = 0
    for start, _, term in places:
        if chain and start < end:
            continue
        if chain and (start - end > _FURTHEST or _STOP.search(text, end, start)):
            chain = []
        if not chain:
            if not text.endswith(before, 0, start):
                continue
            begin = start - len(before)
        chain.append(term)
        end = start + len(term)
        if text.startswith(after, end):
            found.update(terms[part].id for part in chain)
            yield begin, end + len(after)
            chain = chain if not after else []


def _places(text: str, words: str) -> Iterator[int]:
    """Where words stand in a text, not inside longer words."""
    start = text.find(words) if words else -1
    while start >= 0:
        end = start + len(words)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            yield start
        start = text.find(words, end)
