"""What a language asks of the sentences: the protocol that a grammar fulfils, and the grammars by name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Protocol

from msgspec import Struct

from cardprint.model.dataset import Goal


class ListItem(Struct, frozen=True):
    """One member of an enumeration. `terms` counts the goals merged in it: 1 is a plain item."""

    text: str
    terms: int = 1


class Grammar(Protocol):
    """How one language enumerates, inflects and writes dates and numbers."""

    def merge(self, goals: Sequence[Goal]) -> tuple[ListItem, ...]:
        """The goals' wordings in order, those that share a pattern merged at the place of the first."""
        ...

    def join(self, items: Sequence[ListItem]) -> str:
        """The items as one enumeration inside a sentence; empty for no items."""
        ...

    def possessive(self, name: str) -> str:
        """`name` with the ending that makes it a possessor."""
        ...

    def long_date(self, date: dt.date) -> str:
        """The date as it is written in running text."""
        ...

    def number(self, value: Decimal) -> str:
        """The number without zeros that say nothing, never with an exponent."""
        ...
