"""Where a paragraph may be divided, and which divisions make its best lines.

Total breaking weighs all lines of a paragraph together (after Knuth and Plass, "Breaking paragraphs into lines", 1981);
greedy breaking fills line by line, where a style says `breaking: greedy`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import accumulate
from math import inf, sqrt
from typing import Final, NamedTuple

from cardprint.model.geometry import TOLERANCE
from cardprint.model.typography import Breaking

RUNT: Final = 1 / 6
"""A last line shorter than this share of the column is a runt."""

# No raggedness outweighs a runt, and no runt a line: the fewest lines that a width allows never grow with the width.
_LINE_COST: Final = 1e6
_RUNT_COST: Final = 1e4
_HYPHEN_COST: Final = 3.0
_ADDRESS_COST: Final = 4.0
_DIVISION_COST: Final = 0.6
_RAGGEDNESS_COST: Final = 10.0

_MEASURES: Final = (0.96, 0.92, 0.88)
"""The lengths of line that a ragged paragraph is tried for beside the full one, in shares of its column."""

_EMPTINESS: Final = 0.05
"""How much white at the ends of all lines counts beside their unevenness: full lines are the better of equals."""

SPACES: Final = " \t\n\r\u2028\u2029"
"""Where lines break and which they leave out; no-break spaces are not among them."""

_CLOSING: Final = frozenset("—–-‐/.,;:!?…)]}>\"'”’")
"""What never begins a line: no break before it after a slash or a dash."""

DROPPED: Final = SPACES + "\u00ad"
"""What is set only between the characters of a text: before its first word it is left out."""

_UNDIVIDED: Final = frozenset("\u00ad-\u2010—–")
"""What a soft hyphen behind it does not divide: there is a hyphen or a dash already."""

_SHORT_PREFIX: Final = 3
_WORD: Final = re.compile(f"[^{DROPPED}](?:[^{SPACES}]*[^{DROPPED}])?")
"""A word, without soft hyphens around it: they have nothing to divide."""

_ADDRESS: Final = re.compile(
    r"^[(<\[\"'“‘]*(?:[a-z][a-z0-9+.-]*://|mailto:|[\w.+-]+@)|\w\.[a-z]{2,}(?:[/?#:]|\W*$)", re.I
)
_INITIAL: Final = re.compile(r"(?:^|\s|\()(?:[^\W\d_]\.)+$")
_NUMBER: Final = re.compile(r"(?:^|[\s(])[$€£]?\d[\d.,]*[%+]?$")
_UNIT: Final = re.compile(
    r"%|(?:pt|ft|mi|mm|cm|km|kg|lb|oz|percent|points?|[mb]illion|(?:year|day|month|hour|minute)s?|[ap]\.m|U\.S\.C|C\.F\.R)\b"
)


_MAY_GLUE: Final = re.compile(f"(?:\\d[.,]*[%+]?|\\b[^\\W\\d_]\\.)[{DROPPED}]")
"""A space after a number or an initial."""

_INITIALS_REACH: Final = 8
_REACH: Final = 20
"""How many characters on either side of a space say whether it holds what it parts."""


class Opportunity(NamedTuple):
    """A place where a line may end: after `end` characters.

    `space` characters before it vanish at the line's end; `soft` means that a hyphen appears there;
    `cost` is what a break here adds beyond the line's own."""

    end: int
    space: int
    soft: bool
    cost: float


def opportunities(text: str) -> list[Opportunity]:
    """Every place where a line of `text` may end, the text's own end last.

    Lines break at spaces, after hyphens between words, after dashes and at soft hyphens inside words. Never after the
    hyphen of a short prefix ("non-", "in-"), inside an address but after its slashes, at a no-break space, between a
    number and its unit or between initials."""
    found: list[Opportunity] = []
    word_end = 0
    for word in _WORD.finditer(text):
        start, end = word.span()
        if word_end and (text[word_end - 1].isalpha() or not _glued(text, word_end, start)):
            found.append(Opportunity(start, start - word_end, soft=False, cost=0.0))
        found.extend([place._replace(end=start + place.end) for place in inside(word[0])])
        word_end = end
    found.append(Opportunity(len(text), len(text) - word_end, soft=False, cost=0.0))
    return found


@lru_cache(maxsize=1024)
def inside(token: str) -> tuple[Opportunity, ...]:
    """Opportunities between the characters of a word."""
    if _ADDRESS.search(token):
        return tuple(
            Opportunity(i + 1, 0, soft=False, cost=_ADDRESS_COST)
            for i, c in enumerate(token[:-1])
            if c == "/" and token[i - 1 : i] != "/" and token[i + 1] not in _CLOSING
        )
    found: list[Opportunity] = []
    part_start = 0
    for i, c in enumerate(token[:-1]):
        if c == "\u00ad" and token[i - 1] not in _UNDIVIDED:
            found.append(Opportunity(i + 1, 0, soft=True, cost=_DIVISION_COST))
        elif (c in "—–" and i and token[i + 1] not in _CLOSING) or (
            c in "-\u2010" and _breaks_after_hyphen(token, part_start, i)
        ):
            found.append(Opportunity(i + 1, 0, soft=False, cost=_HYPHEN_COST))
        if c in "-\u2010—–":
            part_start = i + 1
    return tuple(found)


def _breaks_after_hyphen(token: str, part_start: int, hyphen: int) -> bool:
    """A hyphen between two words of which neither is a stub."""
    before = sum(c.isalpha() for c in token[part_start:hyphen])
    after = re.match(r"[^\W\d_]*", token[hyphen + 1 :])
    return before > _SHORT_PREFIX and after is not None and len(after.group()) >= _SHORT_PREFIX


def words(text: str) -> list[str]:
    """The words of a text, if all of its spaces part; else none."""
    return [] if _MAY_GLUE.search(text) else _WORD.findall(text)


def _glued(text: str, end: int, start: int) -> bool:
    """Whether the space from `end` to `start` holds: after initials, or between a number and its unit."""
    last = text[end - 1]
    if last == "." and _INITIAL.search(text[max(0, end - _INITIALS_REACH) : end]):
        return True
    if not (last.isdigit() or last in ".,%+") or not _NUMBER.search(text[max(0, end - _REACH) : end]):
        return False
    return _UNIT.match(text[start : start + _REACH]) is not None


class Unit(NamedTuple):
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
    greedy = _greedy(units, width)
    if breaking is Breaking.GREEDY or len(greedy) == 1 or width <= TOLERANCE:
        return greedy
    return _total(units, width, greedy, justify)


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


def _total(units: Sequence[Unit], width: float, greedy: list[int], justify: bool) -> list[int]:
    """The best lines of the whole paragraph: as few as can be, no runt, few divisions, and then even.

    A ragged edge is even when its lines are of one length, whatever that is: so lines are weighed against a full
    column, against columns a little narrower and against greedy breaking, and the most even of these settings wins."""
    upto = [0.0, *accumulate([unit.width for unit in units])]
    lines = _in_fewest(units, upto, width + TOLERANCE)
    full = _cheapest(units, lines, width, width, justify)
    if justify or len(full) == 2:
        return full
    narrower = [_cheapest(units, lines, width, width * measure, justify) for measure in _MEASURES]
    settings = [full, *narrower, greedy]
    if settings.count(full) == len(settings):
        return full
    return min(settings, key=lambda ends: _judged(units, upto, ends, width))


_Lines = list[tuple[int, list[tuple[int, float]]]]
"""Ends of lines in order, each the index of the unit after it, with the lines that may end there: their first unit and
their length."""


def _in_fewest(units: Sequence[Unit], upto: Sequence[float], limit: float) -> _Lines:
    """The lines that the shortest settings are made of. `upto` is how far the units before each one reach; a unit wider
    than `limit` makes a line of its own."""
    firsts, fewest = [0], [0]
    reaches = [0.0]
    for end, unit in enumerate(units, start=1):
        reach = upto[end - 1] + unit.visible + unit.hyphen
        first = bisect_left(upto, reach - limit, 0, end - 1)
        firsts.append(first)
        fewest.append(1 + min(fewest[first:end]))
        reaches.append(reach)
    lines: _Lines = []
    ends = {len(units)}
    for end in range(len(units), 0, -1):
        if end in ends:
            before, reach = fewest[end] - 1, reaches[end]
            found = [(start, reach - upto[start]) for start in range(firsts[end], end) if fewest[start] == before]
            ends.update([start for start, _ in found])
            lines.append((end, found))
    return lines[::-1]


def _cheapest(units: Sequence[Unit], lines: _Lines, width: float, target: float, justify: bool) -> list[int]:
    """Least cost over settings of `lines`, found from the front: best[i] is the cheapest way to end a line before
    unit i."""
    count = len(units)
    scale = _RAGGEDNESS_COST / (width * width)
    best = {0: 0.0}
    came_from = {}
    *inner, (_, closing) = lines
    for end, choices in inner:
        cheapest = inf
        for start, length in choices:
            white = target - length
            cost = best[start] + white * white * scale * (1 + 8 * white / width if justify else 1.0)
            if cost < cheapest:
                cheapest, came_from[end] = cost, start
        best[end] = cheapest + units[end - 1].cost
    runt = width * RUNT
    came_from[count] = min(closing, key=lambda line: best[line[0]] + (_RUNT_COST if line[1] < runt else 0.0))[0]
    ends: list[int] = []
    end = count
    while end:
        ends.append(end)
        end = came_from[end]
    return ends[::-1]


def _judged(units: Sequence[Unit], upto: Sequence[float], ends: Sequence[int], width: float) -> tuple[float, float]:
    """How good a setting is, lower being better: first its lines, runts and divisions, then how uneven and how empty
    its lines are (in shares of the column, the last line left out)."""
    lengths = []
    start = 0
    cost = 0.0
    for end in ends:
        last = units[end - 1]
        lengths.append((upto[end - 1] - upto[start] + last.visible + last.hyphen) / width)
        cost += _LINE_COST + last.cost
        start = end
    cost += _RUNT_COST if lengths.pop() < RUNT else 0.0
    if not lengths:
        return cost, 0.0
    mean = sum(lengths) / len(lengths)
    unevenness = sqrt(sum((length - mean) ** 2 for length in lengths) / len(lengths))
    return cost, unevenness + _EMPTINESS * (1 - mean)
