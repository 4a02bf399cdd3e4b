"""What the cards of a run tell of copyfit, all in all."""

from __future__ import annotations

from cardprint.bulk.events import CardEvent
from cardprint.edition.tightness import Tightness
from cardprint.workspace.ledger import Line


class Tightest:
    """How many of the cards that were told of are set tighter than the theme has it, and the tightest of them.

    Of equals it is the first by its slug, so that the order in which cards are made does not show."""

    def __init__(self) -> None:
        self._cards = 0
        self._first: CardEvent | None = None

    def take(self, event: CardEvent) -> None:
        """Take a card into account."""
        if not event.rung:
            return
        self._cards += 1
        first = self._first
        if first is None or (-event.rung, event.state) < (-first.rung, first.state):
            self._first = event

    def told(self, edition: Line) -> Tightness | None:
        """All in all; None where nothing gave way. `edition` is what the manifest says that the cards share."""
        first, of = self._first, edition.get("rungs")
        if first is None or not isinstance(of, int):
            return None
        if edition.get("rung") is None:
            return Tightness(first.rung, of, first.lowered, first.state, cards=self._cards)
        return Tightness(first.rung, of, first.lowered, str(edition.get("needed_by") or ""), shared=True)
