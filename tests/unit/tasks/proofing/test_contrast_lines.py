"""How a pair of colours that is too pale is told."""

from __future__ import annotations

import pytest

from cardprint.tasks.proofing import _problem
from cardprint.verify.contrasts import ColourPair


@pytest.mark.parametrize(
    ("words", "shown"), [(1, "“EXTRA” in"), (2, "“EXTRA” and 1 more word in"), (7, "“EXTRA” and 6 more words in")]
)
def test_the_first_word_is_shown_and_the_others_counted(words: int, shown: str) -> None:
    """One is a word, more are words."""
    pair = ColourPair((200, 200, 200), (255, 255, 255), 1.67, 4.5, words, "EXTRA", (118, 118, 118))
    assert _problem(pair, {}).message.startswith(shown)
