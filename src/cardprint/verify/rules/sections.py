"""Stretches of a card's words out of which promised phrases are taken, so that what is left over can be judged."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Final

from cardprint.verify.promised import plain

PASSAGE: Final = "\x1f"
"""Parts passages in a section: no phrase runs over it."""

_CUT: Final = "\x1e"
"""Stands where a phrase was found and taken out."""

_NUMBER: Final = r"\d+(?:[.,]\d+)*"
_IN_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")

FigureValue = str
"""A number in the one spelling that its value has, or a letter of the grade scale."""


class Section:
    """The words of some passages, spelt out and `folded`, letter for letter."""

    __slots__ = ("folded", "text")

    def __init__(self, text: str) -> None:
        self.text = _spelt_out(text)
        self.folded = self.text.lower()

    def take(self, sought: str) -> bool:
        """Take a folded phrase out wherever it stands as words, in any case; whether it stood anywhere."""
        found = occurrences(self.folded, sought)
        for start in reversed(found):
            self._cut_out(start, start + len(sought))
        return bool(found)

    def _cut_out(self, start: int, end: int) -> None:
        """Take out what stands between two places."""
        self.text = self.text[:start] + _CUT + self.text[end:]
        self.folded = self.folded[:start] + _CUT + self.folded[end:]

    def take_divided(self, sought: str) -> bool:
        """Take a phrase out whose words are divided at line ends, and so have hyphens that it does not."""
        found = re.search("-?".join(re.escape(char) for char in sought), self.folded)
        if found is None:
            return False
        self._cut_out(found.start(), found.end())
        return True


def occurrences(text: str, sought: str) -> list[int]:
    """Where a phrase begins wherever it stands as words: it begins and ends with the words of the text."""
    found: list[int] = []
    start = text.find(sought) if sought else -1
    while start >= 0:
        end = start + len(sought)
        joined = start and text[start - 1].isalnum() and text[start].isalnum()
        if not joined and not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum()):
            found.append(start)
        start = text.find(sought, end)
    return found


@lru_cache(maxsize=1024)
def folded(text: str) -> str:
    """Words as they are compared."""
    return fold(" ".join(plain(text).split()))


def fold(text: str) -> str:
    """`text` in lower case, the same whether it is written as it is or in capitals."""
    return _spelt_out(text).lower()


def _spelt_out(text: str) -> str:
    """`text` with every letter that is several in the other case written as these: ß is SS in capitals, and İ has a dot
    of its own as a small letter. What is left has as many letters in either case."""
    if text.isascii() or len(text.upper()) == len(text) == len(text.lower()):
        return text
    return "".join([c if len(c.upper()) == len(c.lower()) == 1 else plain(c.upper()).lower() for c in text])


@lru_cache(maxsize=16)
def figure_pattern(letters: tuple[str, ...]) -> re.Pattern[str]:
    """Numbers, and letters of the scale that stand alone."""
    alone = "|".join(re.escape(letter) for letter in sorted(letters, key=len, reverse=True))
    return re.compile(rf"(?<![\w.,]){_NUMBER}" + (rf"|(?<![\w’'])(?:{alone})(?![\w’'])" if alone else ""))


@lru_cache(maxsize=1024)
def figure_value(figure: str) -> FigureValue:
    """A figure as it is compared: numbers by value, whichever sign parts their decimals.

    Every grammar writes a point and no thousands apart; commas before three digits each are those of English."""
    point = figure.replace(",", "") if _IN_THOUSANDS.fullmatch(figure) else figure.replace(",", ".")
    try:
        return str(Decimal(point).normalize())
    except InvalidOperation:
        return figure
