"""Data and layout become content: final strings, resolved styles, and every glyph covered."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from cardprint.compose.file_name import card_file_name, edition_file_name
from cardprint.compose.marks_face import MARKS_FACE
from cardprint.compose.page import compose_pages
from cardprint.compose.promise import build_promise
from cardprint.compose.sample import sample_file_name
from cardprint.compose.scope import build_scope

if TYPE_CHECKING:
    from cardprint.compose.edition_scope import build_edition_scope
    from cardprint.compose.stress import StressCase, edition_stress_cases, stress_cases

__all__ = [
    "MARKS_FACE",
    "StressCase",
    "build_edition_scope",
    "build_promise",
    "build_scope",
    "card_file_name",
    "compose_pages",
    "edition_file_name",
    "edition_stress_cases",
    "sample_file_name",
    "stress_cases",
]

_LATER = {
    "build_edition_scope": "edition_scope",
    "StressCase": "stress",
    "edition_stress_cases": "stress",
    "stress_cases": "stress",
}
"""What making a state's card does not need, and the modules that it comes from when somebody does."""


def __getattr__(name: str) -> object:
    if name not in _LATER:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_LATER[name]}"), name)
