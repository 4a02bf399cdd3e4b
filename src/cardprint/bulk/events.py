"""What happens in a run, in the order of the states, for whoever shows it."""

from __future__ import annotations

from enum import Enum

from msgspec import Struct

from cardprint.edition.tightness import Lowered, Tightness
from cardprint.model.diagnostics import Diagnostic


class Status(Enum):
    """What became of a card. `INCOMPLETE`: nothing is wrong but that the data do not give all that the layout reads;
    `REJECTED`: it was made, failed its proof, and is not delivered."""

    MADE = "made"
    UNCHANGED = "unchanged"
    INCOMPLETE = "incomplete"
    FAILED = "failed"
    REJECTED = "rejected"


class Started(Struct, frozen=True):
    """How many cards are asked for; whether they are made `on_trial`, so that all that is told may be taken back."""

    total: int
    on_trial: bool = False


class CardEvent(Struct, frozen=True):
    """A card is done with. `path` is where it is, as messages show it, and `size` its bytes (made and unchanged cards);
    `problems` are warnings or what went wrong; `usage`: the state asked for does not exist; `fault`: the traceback
    of an error of cardprint's own; `rung` and `lowered`: how far copyfit went for it; `outdated`: where an
    older card is that has the name which this one would have had."""

    state: str
    status: Status
    path: str = ""
    sha256: str = ""
    size: int = 0
    seconds: float = 0.0
    problems: tuple[Diagnostic, ...] = ()
    usage: bool = False
    fault: str = ""
    rung: int = 0
    lowered: tuple[Lowered, ...] = ()
    outdated: str = ""


class Tightened(Struct, frozen=True):
    """A card needs a tighter rung of copyfit than the edition's cards were believed to share: what was told of `cards`
    cards, all so far, holds no longer. They are made again, and told of again."""

    cards: int


class Waiting(Struct, frozen=True):
    """Nothing happened for a moment: a chance to move a clock."""


class Summary(Struct, frozen=True):
    """How a run ended: how many cards came to what, how many were `left` because it was stopped, the time since its
    start, the bytes of all cards that are there, in how many processes, what could not be noted, how far copyfit
    went for the cards that are there, if it had to, and the cards of states that no longer have a file (`outdated`)."""

    counts: dict[Status, int]
    left: int
    seconds: float
    size: int
    jobs: int
    warnings: tuple[Diagnostic, ...] = ()
    tightness: Tightness | None = None
    outdated: tuple[str, ...] = ()


Event = Started | CardEvent | Tightened | Waiting | Summary
