"""Exit codes, the same for every command. Where several apply, the highest is returned; `CHANGED` yields to all."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """`FAILED`: data or layout are bad or incomplete, or a card could not be made; `USAGE`: the command line asks for
    what does not exist; `REJECTED`: a finished PDF failed its proof; `CHANGED`: two things that were compared
    differ, which is no failure."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    REJECTED = 3
    CHANGED = 4
