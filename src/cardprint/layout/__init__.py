"""Content to frames: measure, fit, place. Nothing here reads a file, a clock or a YAML key."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cardprint.layout.copyfit import rungs, setting_on
from cardprint.layout.page import (
    MeasuredPage,
    fit,
    fit_pages,
    last_rung,
    lay_out,
    lay_out_pages,
    measure_pages,
    oversets_on,
    place_pages,
)

if TYPE_CHECKING:
    from cardprint.layout.crowding import crowded
    from cardprint.layout.debug import with_skeleton
    from cardprint.layout.explain import Explained, explain_page

__all__ = [
    "Explained",
    "MeasuredPage",
    "crowded",
    "explain_page",
    "fit",
    "fit_pages",
    "last_rung",
    "lay_out",
    "lay_out_pages",
    "measure_pages",
    "oversets_on",
    "place_pages",
    "rungs",
    "setting_on",
    "with_skeleton",
]

_LATER = {"crowded": "crowding", "with_skeleton": "debug", "Explained": "explain", "explain_page": "explain"}
"""What making a card does not need, and the modules that it comes from when somebody does."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
