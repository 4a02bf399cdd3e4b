"""What a page's content leaves behind: graphics states not restored, marks not ended, which content ids it uses."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from pypdf import PageObject
from pypdf.generic import ContentStream, DictionaryObject, IndirectObject

from cardprint.place.syntax import entry


class Ending(Struct, frozen=True):
    """How content is closed so that what follows finds the page as it was at first: `saves` graphics states are to be
    saved before it, and `close` stands after it. `next_mcid` is the first content id that is free."""

    saves: int
    close: bytes
    next_mcid: int


def ending_of(page: PageObject) -> Ending:
    """What a page's content needs around it, even if it restores more or fewer graphics states than it saves."""
    content = ContentStream(entry(page, "/Contents"), page.pdf, "bytes")
    depth = lowest = marks = 0
    in_text = False
    next_mcid = 0
    for operands, operator in content.operations:
        match operator:
            case b"q":
                depth += 1
            case b"Q":
                depth -= 1
                lowest = min(lowest, depth)
            case b"BT" | b"ET":
                in_text = operator == b"BT"
            case b"BMC" | b"BDC":
                marks += 1
                next_mcid = max(next_mcid, _mcid(page, operands) + 1)
            case b"EMC":
                marks = max(marks - 1, 0)
    saves = 1 - lowest
    closing = [b"ET"] * in_text + [b"EMC"] * marks + [b"Q"] * (saves + depth)
    return Ending(saves, b" ".join(closing), next_mcid)


def _mcid(page: PageObject, operands: Iterable[Any]) -> int:
    """The content id of a mark, -1 if it has none. Its properties may stand in the resources, under a name."""
    about = next(iter([*operands][1:]), None)
    if isinstance(about, str):
        resources = entry(page, "/Resources", DictionaryObject())
        about = entry(entry(resources, "/Properties", DictionaryObject()), about)
    if isinstance(about, IndirectObject):
        about = about.get_object()
    mcid = entry(about, "/MCID") if isinstance(about, DictionaryObject) else None
    return mcid if isinstance(mcid, int) else -1
