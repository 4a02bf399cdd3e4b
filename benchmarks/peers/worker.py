"""One engine in a process of its own: `python -m benchmarks.peers.worker MODULE` answers questions about it.

Asked for a folder of `benchmarks.samples.make_cards`, it makes its cards, one thread, and says how long that took.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

from benchmarks.measuring import serve
from benchmarks.peers.card import Card


class Engine(Protocol):
    """What makes PDFs out of cards' text."""

    def render(self, card: Card) -> bytes:
        """One card."""
        ...


def open_engine(module: str) -> Engine:
    """The engine of a module of this package. Raises `ImportError` where something that it needs is not installed."""
    engine: Engine = import_module(f"benchmarks.peers.{module}").Engine()
    return engine


def read_cards(engine: Engine, folder: Path) -> list[Card]:
    """The cards of a folder; an engine that cannot read SVG gets the icons' outlines beside them."""
    if hasattr(engine, "take_icons"):
        engine.take_icons(json.loads((folder / "icons.json").read_text("utf-8")))
    cards: list[Card] = json.loads((folder / "cards.json").read_text("utf-8"))
    return cards


def _prepare(engine: Any, folder: Path) -> Callable[[], Iterator[bytes]]:
    if hasattr(engine, "prepare"):
        cards: Callable[[], Iterator[bytes]] = engine.prepare(folder)
        return cards
    texts = read_cards(engine, folder)
    return lambda: map(engine.render, texts)


def _main(module: str) -> None:
    try:
        engine = open_engine(module)
    except (ImportError, OSError) as error:  # OSError: a library of the system's, not Python's
        reason = " ".join(str(error).split())
        serve(lambda _: {"missing": reason})
        return

    def answer(folder: str | None) -> dict[str, Any]:
        if folder is None:
            return {"note": getattr(engine, "note", "")}
        cards = _prepare(engine, Path(folder))
        start = time.perf_counter()
        sizes = [len(pdf) for pdf in cards()]
        seconds = time.perf_counter() - start
        return {"ms": 1000 * seconds / len(sizes), "kb": sum(sizes) / len(sizes) / 1000}

    serve(answer)


if __name__ == "__main__":
    _main(sys.argv[1])
