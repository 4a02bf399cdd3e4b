"""Data and layout become content: final strings, resolved styles, and every glyph covered."""

from cardprint.compose.edition_scope import build_edition_scope
from cardprint.compose.file_name import card_file_name, edition_file_name
from cardprint.compose.marks_face import MARKS_FACE
from cardprint.compose.page import compose_pages
from cardprint.compose.promise import build_promise
from cardprint.compose.sample import sample_file_name
from cardprint.compose.scope import build_scope
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
