"""Lengths as the text of SVG and CSS."""

from __future__ import annotations


def number(value: float, places: int = 3) -> str:
    """The value with at most so many decimal places, and no sign on zero."""
    text = f"{value:.{places}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text
