"""Another reader gets the same words in the same order: no stray space, none glued together, none that only we see."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import islice
from typing import Final

from cardprint.model.finding import Finding
from cardprint.verify.promised import plain
from cardprint.verify.reading.document import Page
from cardprint.verify.reading.passages import join_fragments

_DIVIDED: Final = re.compile("(?:\ufffe|(?<=[-\u2010\u2013\u2014]))\\s+|\ufffe")
"""PDFium reads a hyphen that ends a line as U+FFFE, and breaks the line after it."""

_MOST_TOLD: Final = 5
_MOST_WORDS: Final = 10_000


def verify_second_reader(pages: Sequence[Page], other: Sequence[str]) -> Iterator[Finding]:
    """Compare the words of each page with what another reader found on it (`other`, a text for each page)."""
    if len(pages) != len(other):
        yield Finding("readers-disagree", f"Another reader finds {len(other)} pages.")
    for page, text in zip(pages, other, strict=False):
        texts = (*page.content.fragments, *page.beside)
        ours = words_read(join_fragments([fragment for fragment in texts if not fragment.hidden]))
        theirs = words_read(text)
        if ours == theirs:
            continue
        if len(ours) + len(theirs) > _MOST_WORDS:
            message = f"We read {len(ours)} words, another reader (PDFium) gets {len(theirs)}."
            yield Finding("readers-disagree", message, page.number)
            continue
        matcher = SequenceMatcher(None, ours, theirs, autojunk=False)
        changes = (change for change in matcher.get_opcodes() if change[0] != "equal")
        for _, start, end, other_start, other_end in islice(changes, _MOST_TOLD):
            we, they = " ".join(ours[start:end]), " ".join(theirs[other_start:other_end])
            message = f"Where we read “{we}”, another reader (PDFium) gets “{they}”."
            yield Finding("readers-disagree", message, page.number)


def words_read(text: str) -> list[str]:
    """The words of a text as an extractor gives it, divided ones joined at their hyphens."""
    return plain(_DIVIDED.sub(lambda found: "-" if "\ufffe" in found[0] else "", text)).split()
