"""Which of the ways in which a card may be laid out is that of a finished file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from cardprint.model.frame import PageFrame
from cardprint.verify.promised import PlacedText, promised_pages
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.values import DamagedFileError

_NEAR: Final = 0.1
"""How far in points a text may stand from its place, as in the proof of placed texts."""

_Places = dict[tuple[int, str], list[tuple[float, float]]]


def nearest_layout(pdf: bytes, layouts: Iterable[Sequence[PageFrame]]) -> Sequence[PageFrame] | None:
    """The first of several layouts of one card whose texts all stand in the file where they were placed, else the one
    of which the most do; None if there is no layout, or the file cannot be read.

    Copyfit sets a card on one of many rungs, and a file does not say on which. What a file differs in from the layout
    that is nearest to it was altered."""
    try:
        places = _places(Document(pdf))
    except DamagedFileError:
        return None
    best, most = None, -1
    for frames in layouts:
        texts = promised_pages(frames).texts
        found = sum(_in_place(text, places) for text in texts)
        if found > most:
            best, most = frames, found
        if found == len(texts):
            break
    return best


def _places(document: Document) -> _Places:
    """Where each text begins, by its page's number."""
    places: _Places = {}
    for page in document.pages:
        for fragment in page.content.fragments:
            places.setdefault((page.number, fragment.text), []).append(fragment.origin)
    return places


def _in_place(text: PlacedText, places: _Places) -> bool:
    x, y = text.start
    return any(abs(x - at) <= _NEAR and abs(y - down) <= _NEAR for at, down in places.get((text.page, text.text), ()))
