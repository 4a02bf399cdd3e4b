"""English as the published cards write it: American, AP style with the serial comma."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

from cardprint.compose.grammar import ListItem
from cardprint.model.dataset import Goal

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_SLOT = "{}"
_SERIES = 3
"""From so many terms on, a merged item has commas of its own and needs a stronger joint than "and"."""


class English:
    """The grammar `english`."""

    def merge(self, goals: Sequence[Goal]) -> tuple[ListItem, ...]:
        """Goals with one pattern become one item, their terms enumerated in its slot.

        Only the very same pattern merges; a goal without a term stands alone."""
        groups: dict[tuple[str, str], list[Goal]] = {}
        for goal in goals:
            alone = goal.id if goal.term is None else ""
            groups.setdefault((goal.pattern, alone), []).append(goal)
        return tuple(ListItem(_wording(group), terms=len(group)) for group in groups.values())

    def join(self, items: Sequence[ListItem]) -> str:
        """Enumerate with commas and "and", or with "as well as" where "and" could be misread.

        "As well as", without a comma before it, is the last joint if an item is a series of three or more
        terms, or if there are only two items and either is merged. What counts is how many terms were
        merged; commas inside a goal's own wording do not."""
        texts = [item.text for item in items]
        most_terms = max((item.terms for item in items), default=1)
        stronger_joint = most_terms >= _SERIES or (most_terms > 1 and len(items) == 2)
        if stronger_joint and len(items) > 1:
            return f"{', '.join(texts[:-1])} as well as {texts[-1]}"
        return _series(texts)

    def possessive(self, name: str) -> str:
        """AP style: a proper name that ends in s takes the apostrophe alone."""
        return f"{name}’" if name[-1:] in ("s", "S") else f"{name}’s"

    def long_date(self, date: dt.date) -> str:
        return f"{_MONTHS[date.month - 1]} {date.day}, {date.year}"

    def number(self, value: Decimal) -> str:
        text = f"{value:f}"
        if "." in text:
            text = text.rstrip("0").removesuffix(".")
        return "0" if text == "-0" else text


def _wording(group: Sequence[Goal]) -> str:
    """The pattern that the goals share, their terms in its slot."""
    terms = [goal.term for goal in group if goal.term is not None]
    return group[0].pattern.replace(_SLOT, _series(terms)) if terms else group[0].pattern


def _series(texts: Sequence[str]) -> str:
    """A; A and B; A, B, and C."""
    if len(texts) <= 2:
        return " and ".join(texts)
    return f"{', '.join(texts[:-1])}, and {texts[-1]}"
