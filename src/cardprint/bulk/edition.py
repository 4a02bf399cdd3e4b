"""What all cards of a run share: remembered from the manifest while it is true, or found by opening the edition."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cardprint.bulk.manifest import request_key
from cardprint.bulk.order import Order, Variant
from cardprint.bulk.witness import Witness, holds, testimony
from cardprint.edition.asked import find_data, find_layout
from cardprint.edition.state_files import StateFiles
from cardprint.workspace import Root, Workspace
from cardprint.workspace.ledger import Line
from cardprint.workspace.program import program_id

if TYPE_CHECKING:
    from cardprint.pipeline import Project


class Asked(Struct, frozen=True):
    """The data and the layout that an order is about, found but not yet read."""

    workspace: Workspace
    order: Order
    data: Root
    layout: tuple[Root, str]

    @classmethod
    def find(cls, workspace: Workspace, order: Order) -> Asked:
        """Raises `RequestError` where there is no such folder or layout."""
        data = find_data(workspace, order.data)
        return cls(workspace, order, data, find_layout(workspace, data, order.layout))

    @property
    def key(self) -> str:
        """What the manifest calls it."""
        root, name = self.layout
        size = (self.order.size,) if self.order.size else ()
        return request_key(str(self.data.directory), str(root.directory), name, str(self.order.variant), *size)

    @property
    def bases(self) -> dict[str, Path]:
        """The folders that the files of an edition are in."""
        shipped = self.workspace.shipped.resolve()
        return {"data": self.data.directory, "layout": self.layout[0].directory, "shipped": shipped}

    @property
    def date(self) -> str:
        return self.workspace.environment.get("SOURCE_DATE_EPOCH", "")


class Shared(Struct, frozen=True):
    """A hash over everything that all cards are made from, and the rung of copyfit that they share, if they do."""

    digest: str
    rung: int | None


def remembered(asked: Asked, states: StateFiles, line: Line) -> Shared | None:
    """What the cards share, as the manifest's `line` has it from an earlier run, if nothing has changed since."""
    digest, rung = line.get("shared"), line.get("rung")
    if line.get("program") != program_id() or line.get("date") != asked.date or not isinstance(digest, str):
        return None
    if rung is not None and (not isinstance(rung, int) or line.get("states") != states.digest):
        return None
    return Shared(digest, rung) if holds(line.get("asked"), asked.bases, asked.workspace) else None


def open_edition(asked: Asked) -> tuple[Project, Line]:
    """The project, and what a later run needs to remember it by.

    Raises `RequestError` for a layout that draws no cards, else `DiagnosticError` with all that is wrong."""
    from cardprint.model.layout_spec import Per
    from cardprint.pipeline import open_project, require_layout

    witness = Witness.of(asked.workspace)
    order = asked.order
    project = open_project(witness, order.data, order.layout, order.size, order.variant.profile)
    require_layout(project, Per.STATE)
    told = testimony(witness.answers, asked.bases)
    return project, {"program": program_id(), "date": asked.date, "profile": project.profile.name, "asked": told}


def shared_digest(project: Project, variant: Variant) -> str:
    """A hash over everything but its state's file and its rung that a card is made from."""
    return hashlib.sha256(f"{project.key} {variant}".encode("ascii")).hexdigest()
