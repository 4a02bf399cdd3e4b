"""Verify: finished PDF bytes to findings. Trusts nothing that paint says of itself; it reads the file."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardprint.verify.aloud import read_aloud
    from cardprint.verify.book import verify_book
    from cardprint.verify.card_facts import CardFact, CardFacts, Place, read_card_facts
    from cardprint.verify.contrasts import ColourPair, hexadecimal, measure_contrasts
    from cardprint.verify.described import Description, describe_card
    from cardprint.verify.fast import verify_fast
    from cardprint.verify.full import verify_full
    from cardprint.verify.identity import Identity, identify
    from cardprint.verify.nearest import nearest_layout

__all__ = [
    "CardFact",
    "CardFacts",
    "ColourPair",
    "Description",
    "Identity",
    "Place",
    "describe_card",
    "hexadecimal",
    "identify",
    "measure_contrasts",
    "nearest_layout",
    "read_aloud",
    "read_card_facts",
    "verify_book",
    "verify_fast",
    "verify_full",
]

_MODULES = {
    "CardFact": "card_facts",
    "CardFacts": "card_facts",
    "Place": "card_facts",
    "ColourPair": "contrasts",
    "hexadecimal": "contrasts",
    "measure_contrasts": "contrasts",
    "read_card_facts": "card_facts",
    "Description": "described",
    "describe_card": "described",
    "nearest_layout": "nearest",
    "read_aloud": "aloud",
    "verify_book": "book",
    "verify_fast": "fast",
    "verify_full": "full",
}


def __getattr__(name: str) -> object:
    """A public name, its module loaded at first use: a render needs the fast proof only."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'identity')}"), name)
