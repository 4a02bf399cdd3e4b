"""What differs between two editions, or two cards: one thing at a time."""

from __future__ import annotations

from msgspec import Struct

ADDED = "added"
REMOVED = "removed"


class Change(Struct, frozen=True):
    """A field that is not what it was. `state` is the name of the state, empty for what all cards share; `part` is what
    of it is meant ("issue 3"), empty for it as a whole; a value that is None is not given.

    A state that only one of the two has is a change of the field "state"."""

    state: str
    part: str
    field: str
    old: str | None
    new: str | None
