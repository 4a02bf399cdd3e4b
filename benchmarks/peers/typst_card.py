"""Typst, in process: one compiler for all cards, tagged and archival."""

from __future__ import annotations

import json
from typing import cast

import typst

from benchmarks.measuring import ROOT
from benchmarks.peers.card import FONTS, Card

_TEMPLATE = ROOT / "benchmarks" / "peers" / "card.typ"


class Engine:
    """Cards with the standards given; what Typst has laid out for one card it may use for the next."""

    standards: tuple[str, ...] = ("ua-1", "a-2a")
    tags = True

    def __init__(self) -> None:
        self._compiler = typst.Compiler(
            str(_TEMPLATE), root=str(ROOT), font_paths=[str(FONTS)], ignore_system_fonts=True
        )

    def render(self, card: Card) -> bytes:
        """One card."""
        pdf = self._compiler.compile(
            format="pdf",
            sys_inputs={"card": json.dumps(card, ensure_ascii=False)},
            pdf_standards=list(self.standards),
            pdf_tags=self.tags,
        )
        return cast("bytes", pdf)
