"""The two things that are compared: each is an edition's folder, or finished cards."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping

from msgspec import Struct, field

from cardprint.edition.asked import RequestError
from cardprint.edition.state_files import state_file
from cardprint.load import parse_yaml
from cardprint.model.dataset import StateRecord
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError, Severity, Span
from cardprint.model.layout_spec import Per
from cardprint.pipeline import (
    FailedCard,
    Project,
    compose_card,
    open_project,
    render_cards,
    require_layout,
    state_slugs,
)
from cardprint.resolve import Inputs
from cardprint.validate import validate_state
from cardprint.verify import CardFacts, read_card_facts
from cardprint.workspace import Root, Workspace


class Card(Struct, frozen=True):
    """A finished card: its state's name, its bytes, and what it says."""

    name: str
    pdf: bytes
    facts: CardFacts


class EditionSide(Struct):
    """An edition: what its states got, by slug, and its cards, made when they are asked for."""

    name: str
    project: Project
    records: Mapping[str, StateRecord]

    @property
    def states(self) -> dict[str, str]:
        """The names of its states, by slug."""
        return {slug: record.jurisdiction.name for slug, record in self.records.items()}

    def has_card(self, slug: str) -> bool:
        """Whether the data of a state are complete enough for a card."""
        try:
            compose_card(self.project, slug)
        except DiagnosticError:
            return False
        return True

    def cards(self, slugs: list[str], problems: Collector, *, lenient: bool) -> Iterator[tuple[str, Card]]:
        """The cards of these states, each made now. What cannot be made goes to `problems`, but if `lenient` not
        because data are incomplete."""
        require_layout(self.project, Per.STATE)
        for slug, made in zip(slugs, render_cards(self.project, slugs), strict=True):
            if isinstance(made, FailedCard):
                if not isinstance(made.error, DiagnosticError):
                    raise made.error
                if not (lenient and made.incomplete):
                    problems.extend(made.error.diagnostics)
            else:
                yield slug, Card(made.state.name, made.pdf, read_card_facts(made.pdf))


class CardsSide(Struct):
    """Finished cards, by the slugs of their states."""

    name: str
    found: Mapping[str, Card]
    warnings: tuple[Diagnostic, ...] = field(default=())

    @property
    def states(self) -> dict[str, str]:
        return {slug: card.name for slug, card in self.found.items()}

    def has_card(self, slug: str) -> bool:
        return slug in self.found

    def cards(
        self,
        slugs: list[str],
        problems: Collector,  # noqa: ARG002 -- the other side's signature
        *,
        lenient: bool,  # noqa: ARG002
    ) -> Iterator[tuple[str, Card]]:
        """The cards of these states."""
        return ((slug, self.found[slug]) for slug in slugs)


Side = EditionSide | CardsSide


def open_side(workspace: Workspace, path: str | os.PathLike[str], layout: str | os.PathLike[str] | None) -> Side:
    """What is at `path`: an edition's folder, a folder of cards, or one card.

    Raises `RequestError` for a path that holds none of these, else `DiagnosticError` with all that is wrong in it."""
    if os.fspath(path).lower().endswith(".pdf"):
        try:
            root, name = workspace.file(path)
        except DiagnosticError as error:
            raise RequestError(error.diagnostics) from None
        return _cards(workspace, root, [name], os.fspath(path))
    try:
        root = workspace.folder(path)
    except DiagnosticError as error:
        raise RequestError(error.diagnostics) from None
    if workspace.has(root, "framework.yaml"):
        return _edition(workspace, path, layout)
    names = [f"{name}.pdf" for name in workspace.names(root, "", ".pdf")]
    if names:
        return _cards(workspace, root, names, os.fspath(path))
    hint = "Name a folder that holds framework.yaml and states/, or one that holds finished cards."
    message = f"There is neither an edition nor a card in {root}."
    raise RequestError([Diagnostic("nothing-to-compare", message, hint=hint)])


def _edition(workspace: Workspace, path: str | os.PathLike[str], layout: str | os.PathLike[str] | None) -> EditionSide:
    project = open_project(workspace, path, layout)
    inputs, problems = Inputs(workspace), Collector()
    records = {}
    for slug in state_slugs(project):
        with problems.gathering():
            node = parse_yaml(inputs.read(project.data, state_file(slug)))
            records[slug], _ = validate_state(node, project.framework, project.jurisdictions)
    problems.raise_errors()
    return EditionSide(os.fspath(path), project, records)


def _cards(workspace: Workspace, root: Root, names: list[str], shown: str) -> CardsSide:
    """The cards among these files. Others that lie beside them are told as warnings."""
    found: dict[str, Card] = {}
    skipped = []
    for name in names:
        source = workspace.read(root, name, remember=False)
        try:
            facts = read_card_facts(source.data)
        except DiagnosticError as error:
            skipped.append(_skipped(source.name, error.diagnostics[0].message))
            continue
        state = facts.identity.state
        if not state:
            skipped.append(_skipped(source.name, "The file does not say which state it is about."))
        elif state in found:
            skipped.append(_skipped(source.name, f"There is another card of {found[state].name} before it."))
        else:
            found[state] = Card(_state_name(facts), source.data, facts)
    if not found:
        raise DiagnosticError([Diagnostic(d.code, d.message, d.span, hint=d.hint) for d in skipped])
    return CardsSide(shown, found, tuple(skipped))


def _state_name(facts: CardFacts) -> str:
    """The state's name as the card's title has it ("Mississippi: 2021 Report Card …"), else its slug in words."""
    words = facts.identity.state.replace("-", " ")
    title = facts.identity.title
    at = title.casefold().find(words)
    return title[at : at + len(words)] if at >= 0 else words.title()


def _skipped(name: str, why: str) -> Diagnostic:
    hint = "Move it out of the folder if it is no card."
    return Diagnostic("not-compared", f"{why} It is left out.", Span(name), hint=hint, severity=Severity.WARNING)
