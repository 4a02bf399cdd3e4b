"""Numbers of the data as people write them."""

from __future__ import annotations

from decimal import Decimal


def spelled(number: Decimal) -> str:
    """The shortest form, without an exponent: 8.50 → 8.5, 1E+2 → 100."""
    return f"{number.normalize():f}"
