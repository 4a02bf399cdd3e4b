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

FigureValue = Decimal | str
"""A number, or a letter of the grade scale."""


class Section:
    """The words of some passages, as they are and `folded`, letter for letter."""

    __slots__ = ("folded", "text")

    def __init__(self, text: str) -> None:
        self._replace(text)

    def _replace(self, text: str) -> None:
        self.text = text
        lower = text.lower()
        self.folded = lower if len(lower) == len(text) else text

    def take(self, sought: str) -> bool:
        """Take a folded phrase out wherever it stands as words, in any case; whether it stood anywhere."""
        text = self.folded
        start = text.find(sought) if sought else -1
        if start < 0:
            return False
        kept, at = [], 0
        while start >= 0:
            end = start + len(sought)
            if _alone(text, start, end):
                kept.append(self.text[at:start])
                at = end
            start = text.find(sought, end)
        if not kept:
            return False
        self._replace(_CUT.join([*kept, self.text[at:]]))
        return True

    def take_divided(self, sought: str) -> bool:
        """Take a phrase out whose words are divided at line ends, and so have hyphens that it does not."""
        found = re.search("-?".join(re.escape(char) for char in sought), self.folded)
        if found is None:
            return False
        self._replace(self.text[: found.start()] + _CUT + self.text[found.end() :])
        return True


def _alone(text: str, start: int, end: int) -> bool:
    """Whether a phrase begins and ends with the words of the text."""
    if start and text[start - 1].isalnum() and text[start].isalnum():
        return False
    return not (end < len(text) and text[end].isalnum() and text[end - 1].isalnum())


@lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Words as they are compared."""
    return " ".join(plain(text).split()).lower()


@lru_cache(maxsize=16)
def figure_pattern(letters: tuple[str, ...]) -> re.Pattern[str]:
    """Numbers, and letters of the scale that stand alone."""
    alone = "|".join(re.escape(letter) for letter in sorted(letters, key=len, reverse=True))
    return re.compile(rf"(?<![\w.,]){_NUMBER}" + (rf"|(?<![\w’'])(?:{alone})(?![\w’'])" if alone else ""))


@lru_cache(maxsize=1024)
def figure_value(figure: str) -> FigureValue:
    """A figure as it is compared: numbers by value, whichever sign parts their decimals."""
    try:
        return Decimal(figure.replace(",", ".")).normalize()
    except InvalidOperation:
        return figure
