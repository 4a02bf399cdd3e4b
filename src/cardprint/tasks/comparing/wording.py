"""Changes as people read them: a line for each part, values apart by arrows, long texts by what differs in them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Final

from cardprint.model.change import ADDED, Change

_LONGEST_VALUE: Final = 48
"""Characters of a value that is told as a whole."""

_AROUND: Final = 3
"""Words that are told before and after those that differ."""

_NOT_GIVEN: Final = "not given"
SHARED: Final = "all cards"


def lines_of(changes: Sequence[Change]) -> Iterator[tuple[str, str]]:
    """For each part that changed, whose it is (a state's name, or all cards) and its line."""
    for (state, part), group in groupby(changes, key=lambda change: (change.state, change.part)):
        told = [_told(change) for change in group]
        yield state or SHARED, " · ".join([part, *told] if part else told)


def _told(change: Change) -> str:
    if change.field == "state":
        return change.new or change.old or ADDED
    old, new = shortened(change.old, change.new)
    return f"{change.field} {old} → {new}"


def shortened(old: str | None, new: str | None) -> tuple[str, str]:
    """Both values, long ones cut to the words that differ and a few around them."""
    if old is None or new is None:
        return _value(old), _value(new)
    if max(len(old), len(new)) <= _LONGEST_VALUE:
        return _value(old), _value(new)
    before, after = old.split(), new.split()
    start = 0
    while start < min(len(before), len(after)) and before[start] == after[start]:
        start += 1
    end = 0
    while end < min(len(before), len(after)) - start and before[-1 - end] == after[-1 - end]:
        end += 1
    return _window(before, start, end), _window(after, start, end)


def _window(words: Sequence[str], start: int, end: int) -> str:
    first, last = max(start - _AROUND, 0), min(len(words) - end + _AROUND, len(words))
    return f"“{'… ' if first else ''}{' '.join(words[first:last])}{' …' if last < len(words) else ''}”"


def _value(value: str | None) -> str:
    if value is None:
        return _NOT_GIVEN
    return f"“{value}”" if " " in value else value
