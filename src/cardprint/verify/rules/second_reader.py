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
from cardprint.verify.reading.fragments import Fragment
from cardprint.verify.reading.passages import between, on_one_line

_DIVIDED: Final = re.compile("[\ufffe\u00ad]\\s*")
"""PDFium reads a hyphen that ends a line, soft or not, as U+FFFE, and breaks the line after it."""

_LINE_END: Final = "\ufdd0"
"""Stands where a line ends inside a word: after a hyphen, a dash, a slash of an address. Others may see a space there;
the character is none that a text may hold."""

_MOST_TOLD: Final = 5
_MOST_WORDS: Final = 10_000


def verify_second_reader(pages: Sequence[Page], other: Sequence[str]) -> Iterator[Finding]:
    """Compare the words of each page with what another reader found on it (`other`, a text for each page)."""
    if len(pages) != len(other):
        more = "more" if len(other) > len(pages) else "fewer"
        yield Finding("readers-disagree", f"Another reader (PDFium) finds {more} pages than we do, {len(pages)}.")
    for page, text in zip(pages, other, strict=False):
        texts = (*page.content.fragments, *page.beside)
        ours = words_read(_with_line_ends([fragment for fragment in texts if not fragment.hidden]))
        theirs = words_read(text)
        if _agree(ours, theirs):
            continue
        if len(ours) + len(theirs) > _MOST_WORDS:
            message = f"We read {len(ours)} words, another reader (PDFium) gets {len(theirs)}."
            yield Finding("readers-disagree", message, page.number)
            continue
        for we, they in islice(_differences(ours, theirs), _MOST_TOLD):
            message = f"Where we read “{we}”, another reader (PDFium) gets “{they}”."
            yield Finding("readers-disagree", message, page.number)


def _with_line_ends(fragments: Sequence[Fragment]) -> str:
    """The text of fragments, the ends of lines inside words marked."""
    text = ""
    before: Fragment | None = None
    for fragment in fragments:
        if before is not None:
            text += between(before, fragment) or ("" if on_one_line(before, fragment) else _LINE_END)
        text += fragment.text
        before = fragment
    return text


def _agree(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether both are the same words, but for spaces at the ends of our lines."""
    text, at = " ".join(theirs), 0
    for number, piece in enumerate(" ".join(ours).split(_LINE_END)):
        if number and text.startswith(" ", at) and not piece.startswith(" "):
            at += 1
        if not text.startswith(piece, at):
            return False
        at += len(piece)
    return at == len(text)


def _differences(ours: Sequence[str], theirs: Sequence[str]) -> Iterator[tuple[str, str]]:
    """The stretches of words that do not agree."""
    matcher = SequenceMatcher(None, [word.replace(_LINE_END, "") for word in ours], theirs, autojunk=False)
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        we, they = ours[start:end], theirs[other_start:other_end]
        if kind != "equal" and not _agree(we, they):
            yield " ".join(we).replace(_LINE_END, ""), " ".join(they)


def words_read(text: str) -> list[str]:
    """The words of a text as an extractor gives it, divided ones joined at their hyphens."""
    return plain(_DIVIDED.sub("-", text)).split()
