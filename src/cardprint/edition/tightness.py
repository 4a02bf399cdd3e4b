"""How far copyfit went, for whoever is told that type was set tighter than the theme has it."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

Lowered = tuple[str, float, float]
"""What gave way ("size of highlights"), and its value before and after; in points, tracking in em."""


class Tightness(Struct, frozen=True):
    """Type and padding stand on the rung `rung` of the `of` that copyfit has.

    `shared`: on all cards of the edition, because that of `state` has no room on a lower one; else each of `cards`
    cards has a rung of its own, and that of `state` the highest. On a page about the whole edition `state` is empty."""

    rung: int
    of: int
    lowered: tuple[Lowered, ...]
    state: str = ""
    shared: bool = False
    cards: int = 1


def all_in_all(steps: Iterable[Lowered]) -> tuple[Lowered, ...]:
    """Of what gave way more than once, the first value and the last."""
    found: dict[str, Lowered] = {}
    for what, before, after in steps:
        _, first, _ = found.get(what, (what, before, after))
        found[what] = what, first, after
    return tuple(found.values())
