"""cardprint through its public functions, as it delivers cards: tagged, archival, with its proof."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import cardprint


class Engine:
    """Cards of a sample edition. What an edition shares is read beforehand; what its cards need is not."""

    proof = True

    def __init__(self) -> None:
        has_switch = "proof" in inspect.signature(cardprint.render_cards).parameters
        if not self.proof and not has_switch:
            raise ImportError("render_cards has no switch for the proof")
        self._options: dict[str, Any] = {"proof": self.proof} if has_switch else {}

    def prepare(self, folder: Path) -> Callable[[], Iterator[bytes]]:
        """What makes the cards of the edition in `folder`, copyfit over all of them included; in its own layout, if it
        has one."""
        layout = folder / "layouts" / "growth.yaml"
        project = cardprint.open_project(data=folder / "data", layout=layout if layout.exists() else None)
        slugs = [card["slug"] for card in json.loads((folder / "cards.json").read_text("utf-8"))]

        def cards() -> Iterator[bytes]:
            for result in cardprint.render_cards(project, slugs, **self._options):
                if isinstance(result, cardprint.FailedCard):
                    raise result.error
                yield result.pdf

        return cards
