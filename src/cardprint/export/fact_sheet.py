"""A fact sheet as Markdown (CommonMark with tables), to be pasted into a message or a page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from cardprint.model.fact_sheet import Fact, FactSheet

_SIGNS: Final = re.compile(r"([\\`*_\[\]<>|])")
"""What Markdown would take for its own."""


def write_markdown(sheet: FactSheet, title: str, *, sample: bool) -> str:
    """The text of the sheet; that of a sample says so in its first line."""
    return "\n".join(_lines(sheet, title, sample=sample)) + "\n"


def _lines(sheet: FactSheet, title: str, *, sample: bool) -> Iterator[str]:
    if sample:
        yield from ("**SAMPLE DATA**", "")
    yield f"# {_plain(title)}: fact sheet"
    if sheet.against:
        yield from ("", f"Compared with: {_plain(sheet.against)}")
    for fact in sheet.facts:
        yield from ("", f"## {_plain(fact.heading)}", "", _plain(" ".join(fact.sentences)), "")
        yield from _table(fact)
        if fact.note:
            yield from ("", _plain(fact.note))
    if sheet.notes:
        yield from ("", "## What is counted", "")
        yield from (f"- {_plain(note)}" for note in sheet.notes)
    if sample:
        yield from ("", "**SAMPLE DATA**")


def _table(fact: Fact) -> Iterator[str]:
    if fact.rows:
        yield f"| {' | '.join(map(_plain, fact.heads))} |"
        yield "|---|---|---:|"
    for row in fact.rows:
        yield f"| {_plain(row.label)} | {_plain(row.text)} | {_plain(row.value)} |"


def _plain(text: str) -> str:
    """A text in one line of which nothing is taken for markup."""
    return _SIGNS.sub(r"\\\1", " ".join(text.split()))
