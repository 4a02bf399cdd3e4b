"""What a kit holds of all its cards together: the book, the fact sheet."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from msgspec import Struct, field
from msgspec.structs import replace

from cardprint.edition.project import under_embargo
from cardprint.kits.order import KitOrder
from cardprint.model.diagnostics import DiagnosticError
from cardprint.package.contents import LeftOut, Proof
from cardprint.pipeline import Project
from cardprint.tasks.book import BookProject, make_book, open_book
from cardprint.tasks.facts import FactProject, make_facts, open_facts
from cardprint.workspace import Workspace

BOOK: Final = "book.pdf"
FACT_SHEET: Final = "fact-sheet.pdf"
FACT_TEXT: Final = "fact-sheet.md"


class WholeFiles(Struct):
    """Files about all cards, what was proved of them, and which could not be made."""

    files: list[tuple[str, bytes]] = field(default_factory=list)
    proofs: list[Proof] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)


class WholeProjects(Struct, frozen=True):
    """The projects of the book and of the fact sheet."""

    book: BookProject
    facts: FactProject

    @classmethod
    def open(cls, workspace: Workspace, order: KitOrder) -> WholeProjects:
        """Raises `RequestError` and `DiagnosticError` as `open_project`."""
        book = open_book(workspace, order.data, order.layout)
        return cls(book, open_facts(workspace, order.data, order.against))

    def make(self, cards: Project, slugs: Sequence[str] | None) -> WholeFiles:
        """The files about the states with these slugs, or about all. `cards` are the project of their cards: if that
        is under embargo, all else is stamped likewise."""
        whole = WholeFiles()
        for what, make in ((BOOK, partial(self._book, cards, slugs)), (FACT_SHEET, partial(self._facts, cards))):
            try:
                files, proof = make()
            except DiagnosticError as error:
                whole.left_out.append(LeftOut(what, error.diagnostics))
            else:
                whole.files += files
                whole.proofs.append(proof)
        return whole

    def _book(self, cards: Project, slugs: Sequence[str] | None) -> tuple[list[tuple[str, bytes]], Proof]:
        book = self.book
        others = {
            "cover": _stamped(book.cover, cards),
            "contents": _stamped(book.contents, cards),
            "folio": _stamped(book.folio, cards),
            "overview": _stamped(book.overview, cards),
        }
        made = make_book(replace(book, cards=cards, **others), slugs)
        return [(BOOK, made.pdf)], Proof(BOOK, made.warnings, "book")

    def _facts(self, cards: Project) -> tuple[list[tuple[str, bytes]], Proof]:
        made = make_facts(replace(self.facts, edition=_stamped(self.facts.edition, cards)))
        words = f"**{cards.embargo.words}**\n" if cards.embargo is not None else ""
        text = f"{words}\n{made.markdown}\n{words}" if words else made.markdown
        return [(FACT_SHEET, made.pdf), (FACT_TEXT, text.encode())], Proof(FACT_SHEET, made.warnings, "fast")


def _stamped(project: Project, cards: Project) -> Project:
    """The project under the embargo of the cards, if they are under one."""
    return project if cards.embargo is None else under_embargo(project, cards.embargo)
