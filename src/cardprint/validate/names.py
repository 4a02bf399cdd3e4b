"""What can be named at a place of a file: fields of the scope, and parts of the theme."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from msgspec import Struct
from msgspec.structs import replace

from cardprint.model.scope import LOOP, RecordShape, Shape


class Names(Struct, frozen=True):
    """The names known at some place. None means that they are not known there, so that nothing is checked.

    `letters` are the grades of the dataset's scale; templates that pick a swatch by grade are tried with each.
    """

    scope: RecordShape | None = None
    fonts: Collection[str] | None = None
    swatches: Collection[str] | None = None
    styles: Collection[str] | None = None
    icons: Collection[str] | None = None
    pictures: Collection[str] | None = None
    letters: Collection[str] = ()

    def repeating(self, variable: str, item: Shape) -> Names:
        """The names inside a repeat: its variable and `loop` join the scope."""
        outer: Mapping[str, Shape] = self.scope.fields if self.scope else {}
        return replace(self, scope=RecordShape({**outer, variable: item, "loop": LOOP}))


NO_NAMES = Names()
