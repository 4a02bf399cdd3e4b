"""cards.jsonl, the manifest beside the cards: what each was made from, and what came of it.

A line for each edition tells what its cards share and which files that was read from; a line for each card its
inputs, its file and the file's hash. Lines are added as cards are finished and brought into order at the end. A later
run believes a line only as far as files have the hashes that it states.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Container, Iterable
from pathlib import Path
from typing import Final

from msgspec import Struct

from cardprint.workspace.ledger import Ledger, Line

NAME: Final = "cards.jsonl"
_FORMAT: Final = 1


class Manifest:
    """The manifest of the folder `directory`, as far as it concerns what `request` stands for (see `request_key`)."""

    def __init__(self, directory: Path, request: str) -> None:
        self._ledger = Ledger(directory / NAME)
        self._request = request
        self._places: dict[str, int] = {}
        self._changed = False
        self.edition: Line = {}
        self.shared: set[str] = set()
        """The hashes of what cards share, of all cards that there are lines of."""

    @property
    def exists(self) -> bool:
        return self._ledger.exists()

    def read(self) -> None:
        """Find the edition's line and those of its cards; those of other requests serve where there is none."""
        others: dict[str, int] = {}
        for place, line in self._ledger.lines():
            ours = line.get("request") == self._request
            if "format" in line:
                if ours and line["format"] == _FORMAT:
                    self.edition = line
            elif isinstance(state := line.get("state"), str):
                (self._places if ours else others)[state] = place
                inputs = line.get("inputs")
                if isinstance(inputs, dict) and isinstance(shared := inputs.get("shared"), str):
                    self.shared.add(shared)
        self._places = {**others, **self._places}

    def card(self, state: str) -> Line:
        """The line of a state's card; empty where there is none."""
        place = self._places.get(state)
        return {} if place is None else self._ledger.line(place)

    def gone(self, states: Container[str]) -> list[str]:
        """The files of cards that were made for the same request, of none of these states."""
        lines = (self._ledger.line(place) for state, place in self._places.items() if state not in states)
        return [name for line in lines if line.get("request") == self._request and (name := card_file(line))]

    def close(self) -> None:
        """Forget what was read; lines can still be added."""
        self._places.clear()
        self._ledger.close()

    def add_edition(self, line: Line) -> None:
        """Write down what the cards share. Raises `OSError`."""
        self.edition = {"format": _FORMAT, "request": self._request, **line}
        self._add(self.edition)

    def add_card(self, line: Line) -> None:
        """Write down a card. Raises `OSError`."""
        self._add({"request": self._request, **line})

    def _add(self, line: Line) -> None:
        self._ledger.append([line])
        self._changed = True

    def compact(self) -> None:
        """Keep the latest line of each card, sorted, and of each edition that has cards. Raises `OSError`."""
        if self._changed:
            self._ledger.rewrite(_latest)


def card_file(line: Line) -> str:
    """The file that a card's line is about: the card, or an older one that stayed when it could not be made again."""
    name = line.get("file") or line.get("outdated")
    return name if isinstance(name, str) else ""


def _latest(lines: Iterable[tuple[int, Line]]) -> list[int]:
    """The places of the lines that tell how things are now: editions first, then cards by their files or states."""
    editions: dict[str, int] = {}
    cards: dict[tuple[str, str], tuple[str, int]] = {}
    files: dict[str, tuple[str, str]] = {}
    for place, line in lines:
        request, state, file = (line.get(key) for key in ("request", "state", "file"))
        if not isinstance(request, str):
            continue
        if "format" in line:
            editions[request] = place
        elif isinstance(state, str):
            file = file if isinstance(file, str) else ""
            card = request, state
            cards[card] = file or state, place
            if file and files.setdefault(file, card) != card:
                if cards.get(files[file], ("", 0))[0] == file:
                    del cards[files[file]]  # the file is no longer what that line says
                files[file] = card
    used = {request for request, _ in cards}
    kept = sorted((name, request, place) for (request, _), (name, place) in cards.items())
    return [editions[request] for request in sorted(used & editions.keys())] + [place for _, _, place in kept]


def request_key(*parts: str) -> str:
    """A short name for what was asked for: which data, which layout, which kind of file. It tells nobody any paths."""
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()[:16]


class CardInputs(Struct, frozen=True):
    """What a card is made from: all that cards share and its state's file, both as hashes, and the rung of copyfit."""

    shared: str
    state: str
    rung: int | None

    @property
    def fingerprint(self) -> str:
        """All of it as one hash."""
        return hashlib.sha256(f"{self.shared} {self.state} {self.rung}".encode("ascii")).hexdigest()
