"""What a run is to make, and how."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import Executor

from msgspec import Struct

from cardprint.model.profile import SCREEN_NAME


class Variant(Struct, frozen=True):
    """What becomes of a card: the ending of its file, the pixels to the inch of a picture, whether regions, gutters and
    baselines are painted over it, and the output profile that it is written for."""

    ending: str = "pdf"
    dpi: int = 0
    skeleton: bool = False
    profile: str = SCREEN_NAME

    def __str__(self) -> str:
        told = (self.ending, str(self.dpi if self.ending == "png" else 0), "frames" if self.skeleton else "")
        return " ".join((*told, "" if self.profile == SCREEN_NAME else self.profile)).rstrip()


class Order(Struct, frozen=True):
    """Which cards to make: those of `states` (names, postal codes or slugs), or of all that the data has files for.

    `size` is one of the layout's sizes; None: its own. `jobs` is the number of processes; None lets the number of cards
    decide. `executor` makes what does the work instead of them, and is asked again where one broke. `seconds` is the
    most that one card may take. `manifest` says whether to begin a manifest beside the cards; one that is there is kept
    anyway."""

    folder: str | os.PathLike[str]
    states: tuple[str, ...] | None = None
    data: str | os.PathLike[str] | None = None
    layout: str | os.PathLike[str] | None = None
    size: str | None = None
    variant: Variant = Variant()
    jobs: int | None = None
    executor: Callable[[], Executor] | None = None
    seconds: float = 60.0
    force: bool = False
    fail_fast: bool = False
    manifest: bool = True
