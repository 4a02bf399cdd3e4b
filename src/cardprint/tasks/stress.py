"""A layout tried on the fullest and the emptiest card that an edition could ask of it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cardprint import __version__
from cardprint.compose import (
    MARKS_FACE,
    StressCase,
    compose_pages,
    edition_stress_cases,
    sample_file_name,
    stress_cases,
)
from cardprint.compose.book_stress import BOOK_PAGES, book_stress_cases
from cardprint.compose.fact_stress import fact_stress_cases
from cardprint.layout import lay_out_pages
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.frame import FitReport
from cardprint.model.layout_spec import Per
from cardprint.model.navigation import Navigation
from cardprint.paint import paint_pdf
from cardprint.pipeline import Project
from cardprint.resolve import Inputs, load_marks_face

_CASES: Final = {
    Per.STATE: stress_cases,
    Per.EDITION: edition_stress_cases,
    Per.BOOK: book_stress_cases,
    Per.FOLIO: book_stress_cases,
    Per.FACTS: fact_stress_cases,
}


class Survived(Struct, frozen=True):
    """A case that the layout took: its file's name without the ending, the page, and what fitting took."""

    case: StressCase
    file_name: str
    pdf: bytes
    report: FitReport


class Failed(Struct, frozen=True):
    """A case that it did not take, and why."""

    case: StressCase
    error: DiagnosticError


def stress_layout(project: Project) -> Iterator[Survived | Failed]:
    """Try the project's layout on every case, each fitted on its own. Raises `DiagnosticError` where that cannot be."""
    fonts = {**project.fonts, MARKS_FACE: load_marks_face(Inputs(project.workspace))}
    cases, navigation = _CASES[project.layout.per], None
    if project.layout.per is Per.BOOK:
        names = (*BOOK_PAGES, *project.jurisdictions)
        navigation = Navigation(dict.fromkeys(names, 0), (), ("1",))
    for case in cases(project.framework, project.jurisdictions.values()):
        try:
            shared = fonts, project.info_date, f"cardprint {__version__}", "", project.profile
            pages = compose_pages(project.layout, case.scope, *shared)
            if project.layout.per is Per.FOLIO:
                pages = tuple(replace(page, sample=None) for page in pages)  # they are put on pages that are marked
            frames, report = lay_out_pages(pages, fonts)
        except DiagnosticError as error:
            yield Failed(case, error)
        else:
            name = sample_file_name("-".join(filter(None, (project.layout.name, project.layout.size, case.name))))
            name = f"{name}{project.profile.file_ending}"
            yield Survived(case, name, paint_pdf(frames, project.profile, navigation=navigation), report)
