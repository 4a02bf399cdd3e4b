"""Dividing words where a style asks for it."""

from __future__ import annotations

import sys

import pytest

from cardprint.compose import hyphenation
from cardprint.compose.hyphenation import NoHyphenationError, hyphenated


def _shown(text: str, language: str = "en-US") -> str:
    return hyphenated(text, language).replace("\u00ad", "|")


def test_long_words_may_be_divided_with_three_letters_on_either_side() -> None:
    """Short words and ends of two letters never stand alone on a line."""
    assert "account|abil|ity for vic|tims" == _shown("accountability for victims")
    assert "laws and grades" == _shown("laws and grades")


@pytest.mark.parametrize("text", ["reportcards.sharedhope.org/toolkit", "info@sharedhope.org", "MISSISSIPPI"])
def test_addresses_and_capitals_stay_whole(text: str) -> None:
    """A hyphen in an address would be typed; a name in capitals is a heading."""
    assert text == _shown(text)


def test_words_are_divided_by_their_language() -> None:
    """Spanish divides where English does not."""
    assert "res|pon|sa|bi|li|dad" == _shown("responsabilidad", "es")


def test_a_language_without_a_dictionary_is_refused_by_name() -> None:
    """Words are not divided by the rules of another language."""
    with pytest.raises(NoHyphenationError, match="the language tlh"):
        hyphenated("batlh", "tlh")


def test_without_pyphen_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who asks for divided words without the extra is told what to install."""
    monkeypatch.setitem(sys.modules, "pyphen", None)
    hyphenation._divider.cache_clear()
    with pytest.raises(NoHyphenationError, match="pip install"):
        hyphenated("accountability", "en-US")
    hyphenation._divider.cache_clear()
