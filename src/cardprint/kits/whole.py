"""What a kit holds of all its cards together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from cardprint.edition.project import under_embargo
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.embargo import Embargo
from cardprint.package.contents import LeftOut, Proof

if TYPE_CHECKING:
    from cardprint.pipeline import Project
    from cardprint.tasks.book import BookProject

BOOK: str = "book.pdf"


@dataclass(frozen=True, slots=True)
class WholeFiles:
    """Files about all cards, what was proved of them, which could not be made, and warnings."""

    files: tuple[tuple[str, bytes], ...] = ()
    proofs: tuple[Proof, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    warnings: tuple[Diagnostic, ...] = ()


def whole_files(book: BookProject, cards: Project, slugs: Sequence[str]) -> WholeFiles:
    """The book of the states with these slugs. `cards` are the project of their cards, under embargo or not; all else
    in the book is stamped likewise."""
    from cardprint.tasks.book import make_book

    try:
        made = make_book(_stamped(book, cards), slugs)
    except DiagnosticError as error:
        return WholeFiles(left_out=(LeftOut(BOOK, error.diagnostics),))
    return WholeFiles(((BOOK, made.pdf),), (Proof(BOOK, made.warnings, "book"),), warnings=made.warnings)


def _stamped(book: BookProject, cards: Project) -> BookProject:
    if cards.embargo is None:
        return replace(book, cards=cards)

    def stamped(part: Project, embargo: Embargo = cards.embargo) -> Project:
        return under_embargo(part, embargo)

    return replace(
        book,
        cards=cards,
        cover=stamped(book.cover),
        contents=stamped(book.contents),
        folio=stamped(book.folio),
        overview=stamped(book.overview),
    )
