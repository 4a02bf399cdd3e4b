"""A fact sheet before it is drawn or written: facts in sentences, each with the list behind it."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

FACT_NAMES: Final = ("grades", "letters", "scores", "lowest_scores", "issues", "missed", "met", "gains", "losses")
"""What facts are called, in their order: states by grade, what changed since an earlier edition, the highest and the
lowest scores, issues and goals by how they went, the largest gains and losses since then."""


class FactRow(Struct, frozen=True):
    """An entry of the list behind a fact: what it goes by, what it is, and its figure."""

    label: str
    text: str
    value: str


class Fact(Struct, frozen=True):
    """What is so, in sentences, and the list that shows it. `heads` head the columns of the list; `note` tells what
    must be known about it, or is empty."""

    name: str
    heading: str
    sentences: tuple[str, ...]
    heads: tuple[str, str, str]
    rows: tuple[FactRow, ...]
    note: str = ""


class FactSheet(Struct, frozen=True):
    """The facts of an edition in order, and notes on what they count. `against` is the title of the earlier edition
    that it was compared with, or empty."""

    facts: tuple[Fact, ...]
    notes: tuple[str, ...]
    against: str = ""
