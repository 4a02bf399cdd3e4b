"""Where words may be divided, for styles that ask for it: soft hyphens by the dictionaries of Pyphen.

Pyphen is an extra (`pip install 'cardprint[hyphenation]'`): no shipped layout divides words.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

_SOFT_HYPHEN = "\u00ad"

_SHORTEST = 7
"""Words of fewer letters stay whole."""

_AT_LEAST = 3
"""Letters before a division, and after it."""

_DIVISIBLE = re.compile(rf"(?<![\w.@/:-])[^\W\d_]{{{_SHORTEST},}}(?![\w@/:-]|\.\w)")
"""A word of letters only, which is no part of an address, a compound or a number."""


class NoHyphenationError(Exception):
    """Words of a language cannot be divided here; the text says why and what to do."""


def hyphenated(text: str, language: str) -> str:
    """`text` with a soft hyphen at every place where one of its longer words may be divided.

    `language` is a BCP 47 tag. Words with soft hyphens of their own and names in capitals stay as they are.
    Raises `NoHyphenationError` without Pyphen or a dictionary of the language."""
    divide = _divider(language)
    return _DIVISIBLE.sub(lambda match: match[0] if match[0].isupper() else divide(match[0], _SOFT_HYPHEN), text)


@lru_cache(maxsize=32)
def _divider(language: str) -> Callable[[str, str], str]:
    try:
        import pyphen
    except ImportError:
        remedy = "Install it: pip install 'cardprint[hyphenation]', or take hyphenate out of the style."
        raise NoHyphenationError(f"Dividing words needs the package Pyphen, which is not installed. {remedy}") from None
    found = pyphen.language_fallback(language.replace("-", "_"))
    if found is None:
        remedy = "Take hyphenate out of the style."
        raise NoHyphenationError(f"Pyphen has no dictionary to divide words of the language {language}. {remedy}")
    inserted: Callable[[str, str], str] = pyphen.Pyphen(lang=found, left=_AT_LEAST, right=_AT_LEAST).inserted
    return inserted
