"""What a run of kits is to make."""

from __future__ import annotations

import os

from msgspec import Struct

from cardprint.model.embargo import Embargo


class KitOrder(Struct, frozen=True):
    """A kit with the cards of `states` (names, postal codes or slugs), or of all that the data has files for.

    `output` is the archive's path, or with `per_state`, which makes a kit for each state, that of their folder. Under
    an `embargo` every page, picture and file is stamped; with `release` the same run makes the clean twin, too.
    `layout` draws the cards; the fact sheet compares with the earlier edition in the folder `against`. `jobs` is the
    number of processes (None: as many as pay), `seconds` the most that a card may take.
    """

    output: str | os.PathLike[str]
    states: tuple[str, ...] | None = None
    data: str | os.PathLike[str] | None = None
    layout: str | os.PathLike[str] | None = None
    against: str | os.PathLike[str] | None = None
    embargo: Embargo | None = None
    release: bool = False
    per_state: bool = False
    jobs: int | None = None
    seconds: float = 60.0
