"""Where a paragraph may be divided, and which divisions make its best lines.

Total breaking weighs all lines of a paragraph together (after Knuth and Plass, "Breaking paragraphs into
lines", 1981); greedy breaking fills line by line and is kept for comparison.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from cardprint.model.geometry import TOLERANCE
from cardprint.model.typography import Breaking

RUNT: Final = 1 / 6
"""A last line shorter than this share of the column is a runt."""

# No raggedness outweighs a runt, and no runt a line: the fewest lines that a width allows never grow with the width.
_LINE_COST: Final = 1e6
_RUNT_COST: Final = 1e4
_HYPHEN_COST: Final = 3.0
_ADDRESS_COST: Final = 4.0
_DIVISION_COST: Final = 0.3

SPACES: Final = " \t\n\r\u2028\u2029"
"""Where lines break and which they leave out; no-break spaces are not among them."""

_CLOSING: Final = frozenset("—–-‐/.,;:!?…)]}>\"'”’")
"""What never begins a line: no break before it after a slash or a dash."""

_SHORT_PREFIX: Final = 3
_WORD: Final = re.compile(f"[^{SPACES}]+")
_ADDRESS: Final = re.compile(
    r"^[(<\[\"'“‘]*(?:[a-z][a-z0-9+.-]*://|mailto:|[\w.+-]+@)|\w\.[a-z]{2,}(?:[/?#:]|\W*$)", re.I
)
_INITIAL: Final = re.compile(r"(?:^|\s|\()(?:[^\W\d_]\.)+$")
_NUMBER: Final = re.compile(r"(?:^|[\s(])[$€£]?\d[\d.,]*[%+]?$")
_UNIT: Final = re.compile(
    r"%|(?:pt|ft|mi|mm|cm|km|kg|lb|oz|percent|points?|[mb]illion|(?:year|day|month|hour|minute)s?|[ap]\.m|U\.S\.C|C\.F\.R)\b"
)


@dataclass(frozen=True, slots=True)
class Opportunity:
    """A place where a line may end: after `end` characters.

    `space` characters before it vanish at the line's end; `soft` means that a hyphen appears there;
    `cost` is what a break here adds beyond the line's own."""

    end: int
    space: int
    soft: bool
    cost: float


def opportunities(text: str) -> list[Opportunity]:
    """Every place where a line of `text` may end, the text's own end last.

    Lines break at spaces, after hyphens between words, after dashes and soft hyphens. Never after the hyphen of
    a short prefix ("non-", "in-"), inside an address but after its slashes, at a no-break space, between
    a number and its unit or between initials."""
    found: list[Opportunity] = []
    words = list(_WORD.finditer(text))
    for word, following in pairwise(words):
        found.extend(_inside(word.group(), word.start()))
        if not _glued(text[: word.end()], text[following.start() :]):
            found.append(Opportunity(following.start(), following.start() - word.end(), soft=False, cost=0.0))
    for word in words[-1:]:
        found.extend(_inside(word.group(), word.start()))
    found.append(Opportunity(len(text), len(text) - len(text.rstrip(SPACES)), soft=False, cost=0.0))
    return found


def _inside(token: str, start: int) -> list[Opportunity]:
    """Opportunities between the characters of a word."""
    if _ADDRESS.search(token):
        return [
            Opportunity(start + i + 1, 0, soft=False, cost=_ADDRESS_COST)
            for i, c in enumerate(token[:-1])
            if c == "/" and token[i - 1 : i] != "/" and token[i + 1] not in _CLOSING
        ]
    found: list[Opportunity] = []
    part_start = 0
    for i, c in enumerate(token[:-1]):
        if c == "\u00ad":
            found.append(Opportunity(start + i + 1, 0, soft=True, cost=_DIVISION_COST))
        elif (c in "—–" and i and token[i + 1] not in _CLOSING) or (
            c in "-\u2010" and _breaks_after_hyphen(token, part_start, i)
        ):
            found.append(Opportunity(start + i + 1, 0, soft=False, cost=_HYPHEN_COST))
        if c in "-\u2010—–":
            part_start = i + 1
    return found


def _breaks_after_hyphen(token: str, part_start: int, hyphen: int) -> bool:
    """A hyphen between two words of which neither is a stub."""
    before = sum(c.isalpha() for c in token[part_start:hyphen])
    after = re.match(r"[^\W\d_]*", token[hyphen + 1 :])
    return before > _SHORT_PREFIX and after is not None and len(after.group()) >= _SHORT_PREFIX


def _glued(before: str, after: str) -> bool:
    """Whether the space between `before` and `after` holds: after initials, or between a number and its unit."""
    if _INITIAL.search(before[-8:]):
        return True
    if not _NUMBER.search(before[-20:]):
        return False
    return _UNIT.match(after) is not None


@dataclass(frozen=True, slots=True)
class Unit:
    """What stands between two opportunities: `width` with the spaces that end it, `visible` without them, both with
    the hyphen left out that `hyphen` (0 or more points) adds when a line ends here."""

    width: float
    visible: float
    hyphen: float
    cost: float


def break_lines(units: Sequence[Unit], width: float, breaking: Breaking, justify: bool = False) -> list[int]:
    """Where lines end: for each line the index of the unit after its last. A unit wider than the column gets
    a line of its own; whether that is overset is for the caller to say."""
    if not units:
        return []
    if breaking is Breaking.GREEDY:
        return _greedy(units, width)
    return _total(units, width, justify)


def _greedy(units: Sequence[Unit], width: float) -> list[int]:
    ends: list[int] = []
    filled = 0.0
    for i, unit in enumerate(units):
        if filled and filled + unit.visible + unit.hyphen > width + TOLERANCE:
            ends.append(i)
            filled = 0.0
        filled += unit.width
    ends.append(len(units))
    return ends


def _total(units: Sequence[Unit], width: float, justify: bool) -> list[int]:
    """Least cost over all lines, found from the front: best[i] is the cheapest way to end a line before unit i."""
    count = len(units)
    limit = width + TOLERANCE
    best = [0.0] + [float("inf")] * count
    came_from = [0] * (count + 1)
    for end in range(1, count + 1):
        last = units[end - 1]
        length = last.visible + last.hyphen
        is_last = end == count
        start = end - 1
        while True:
            fits = length <= limit
            if fits or start == end - 1:
                cost = best[start] + _line_cost(length, width, is_last, justify) + last.cost
                if cost < best[end]:
                    best[end], came_from[end] = cost, start
            if not fits or start == 0:
                break
            start -= 1
            length += units[start].width
    ends: list[int] = []
    end = count
    while end:
        ends.append(end)
        end = came_from[end]
    return ends[::-1]


def _line_cost(length: float, width: float, is_last: bool, justify: bool) -> float:
    """Raggedness grows with the square of the white at the line's end; justified white is worse the larger it is."""
    if is_last:
        return _LINE_COST + (_RUNT_COST if length < width * RUNT else 0.0)
    slack = max(0.0, (width - length) / width) if width > 0 else 0.0
    return _LINE_COST + slack * slack * (1 + 8 * slack if justify else 1) * 10
