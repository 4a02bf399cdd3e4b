"""cardprint through its public functions, as it delivers cards: tagged, archival, with its proof."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import cardprint
from cardprint.edition.fonts import EditionFonts


class Engine:
    """Cards of a sample edition. What an edition shares is read beforehand; what its cards need is not."""

    def prepare(self, folder: Path) -> Callable[[], Iterator[bytes]]:
        """What makes the cards of the edition in `folder`, copyfit over all of them included; in its own layout, if it
        has one."""
        layout = folder / "layouts" / "growth.yaml"
        project = cardprint.open_project(data=folder / "data", layout=layout if layout.exists() else None)
        if isinstance(project.subsets, EditionFonts):
            project.subsets.memory()  # the edition's fonts, as Typst's compiler has its own before the first card
        slugs = [card["slug"] for card in json.loads((folder / "cards.json").read_text("utf-8"))]

        def cards() -> Iterator[bytes]:
            for result in cardprint.render_cards(project, slugs):
                if isinstance(result, cardprint.FailedCard):
                    raise result.error
                yield result.pdf

        return cards
