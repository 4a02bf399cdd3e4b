"""The rung of copyfit that all cards of an edition share: the first on which everything fits that fits at all.

It is the same in whatever order cards are tried: every card on its own raises the rung to the next on which it fits,
until none does. Cards that fit on no rung from there on have no say.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Iterable, Sequence
from typing import Final

from cardprint.edition.state_files import StateFiles
from cardprint.workspace.cache import Cache

_UNKNOWN: Final = -2
_NEVER: Final = -1
_RECORD: Final = struct.Struct("<32s4h")

_KIND: Final = "fit"

_KEEP_AFTER: Final = 500
"""Cards tried. Whoever is interrupted has not tried more than these in vain."""

_LEAST_LIKELY: Final = 10
_ONE_IN_LIKELY: Final = 8


class FitFacts:
    """What is known of which states' cards fit on which rungs.

    Of each state it keeps two findings: the one from the lowest rung, which explains how the edition's rung came
    about, and the latest. Both go by the hash of the state's file, so that they serve later runs."""

    def __init__(self, states: StateFiles) -> None:
        self._states = states
        self._facts = array("h", [_UNKNOWN] * (4 * len(states.slugs)))
        self._unsure: set[int] = set()
        self.learned = False
        """Whether anything was learned for sure of late."""

    def first(self, position: int, rung: int) -> int | None:
        """The first rung from `rung` on which a card fits, or None. Raises `KeyError` if that is unknown."""
        for place in (4 * position, 4 * position + 2):
            start, first = self._facts[place], self._facts[place + 1]
            if start != _UNKNOWN and start <= rung and (first == _NEVER or rung <= first):
                return None if first == _NEVER else first
        raise KeyError(position)

    def learn(self, position: int, start: int, first: int | None, *, sure: bool = True) -> None:
        """Remember that from `start` on, a card fits on `first`; and, if that is `sure`, tell later runs."""
        fact = array("h", [start, _NEVER if first is None else first])
        lowest = self._facts[4 * position]
        if lowest == _UNKNOWN or start <= lowest:
            if lowest > start and self._facts[4 * position + 2] == _UNKNOWN:
                self._facts[4 * position + 2 : 4 * position + 4] = self._facts[4 * position : 4 * position + 2]
            self._facts[4 * position : 4 * position + 2] = fact
        else:
            self._facts[4 * position + 2 : 4 * position + 4] = fact
        if sure:
            self.learned = True
        else:
            self._unsure.add(position)

    def needs(self, position: int, rung: int) -> bool | None:
        """Whether a card has room on `rung`, but on no lower one; None if it was never tried on one of those."""
        found = None
        for place in (4 * position, 4 * position + 2):
            start, first = self._facts[place], self._facts[place + 1]
            if first == rung and start < rung:
                return True
            if start != _UNKNOWN and (start < rung or first == _NEVER):
                found = False
        return found

    def dump(self) -> bytes:
        """Everything that is known for sure, by the hashes of states' files."""
        return b"".join(
            [
                _RECORD.pack(self._states.hash(position), *self._facts[4 * position : 4 * position + 4])
                for position in range(len(self._states.slugs))
                if position not in self._unsure
            ]
        )

    def recall(self, dumped: bytes) -> None:
        """Take over what an earlier `dump` knows of the same files."""
        if len(dumped) % _RECORD.size:
            return
        known = {file_hash: facts for file_hash, *facts in _RECORD.iter_unpack(dumped)}
        for position in range(len(self._states.slugs)):
            facts = known.get(self._states.hash(position))
            if facts is not None:
                self._facts[4 * position : 4 * position + 4] = array("h", facts)


class Climb:
    """On the way to the shared rung: `rung` is where it is at least."""

    def __init__(self, states: StateFiles, cache: Cache, key: str) -> None:
        """`key` stands for everything but the states' files on which the rung depends: what earlier runs found out with
        the same is taken over from the cache."""
        self.rung = 0
        self._facts = FitFacts(states)
        self._states = states
        self._count = len(states.slugs)
        self._cache = cache
        self._key = key
        self._unkept = 0
        self._facts.recall(cache.get(_KIND, key) or b"")

    def unknown(self) -> list[int]:
        """The states (by number) whose cards have to be tried, each on the rung where the climb is by then.

        None are left when it has arrived."""
        while True:
            before, unknown = self.rung, list[int]()
            for position in range(self._count):
                try:
                    first = self._facts.first(position, self.rung)
                except KeyError:
                    unknown.append(position)
                else:
                    self.rung = max(self.rung, first or 0)
            if self.rung == before:
                return unknown

    def knows(self, position: int) -> bool:
        """Whether it is known how a state's card fits from the rung on where the climb is."""
        try:
            self._facts.first(position, self.rung)
        except KeyError:
            return False
        return True

    def likely(self, unknown: Sequence[int]) -> list[int]:
        """Those of the states that most likely settle the rung, in order: their files are the largest. Where nothing
        else is known, the rung that they come to is the edition's, or all but."""
        return sorted(self._largest(unknown)[: _LEAST_LIKELY + len(unknown) // _ONE_IN_LIKELY])

    def _largest(self, positions: Iterable[int]) -> list[int]:
        """The states by the size of their files, the largest first."""
        return sorted(positions, key=lambda position: (-self._states.sizes[position], position))

    def needing(self) -> tuple[str, list[int]]:
        """The state that needs the rung on which the climb has arrived: of several the one with the largest file, so
        that it is the same in whatever order cards were tried. And the states before it, by number, of which nobody
        knows whether they do: each has to be tried on the rung below first."""
        unknown: list[int] = []
        for position in self._largest(range(self._count)) if self.rung else ():
            needs = self._facts.needs(position, self.rung)
            if needs:
                return self._states.slugs[position], unknown
            if needs is None:
                unknown.append(position)
        return "", unknown

    def tried(self, position: int, start: int, first: int | None, *, sure: bool = True) -> None:
        """On trial from `start` on, the card fits on the rung `first`; None: on none, or there is no card. Only what is
        `sure` to come out alike another time serves later runs."""
        self._facts.learn(position, start, first, sure=sure)
        self.rung = max(self.rung, first or 0)
        self._unkept += 1
        if self._unkept >= _KEEP_AFTER:
            self.keep()

    def keep(self) -> None:
        """Let later runs know."""
        self._unkept = 0
        if self._facts.learned:
            self._facts.learned = False
            self._cache.put(_KIND, self._key, self._facts.dump())
