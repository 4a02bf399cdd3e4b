"""From the nodes of jurisdictions.yaml to the places that get cards."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from cardprint.model.dataset import Jurisdiction
from cardprint.model.diagnostics import Collector
from cardprint.model.node import Node, SequenceNode
from cardprint.model.places import Places
from cardprint.validate.distinct import Distinct
from cardprint.validate.form import Field, Nested
from cardprint.validate.forms_framework import MOST_JURISDICTIONS, JurisdictionForm
from cardprint.validate.place import At, RefusedError
from cardprint.validate.reader import List

JURISDICTIONS: Final = List(Nested(JurisdictionForm), "jurisdictions", least=1, most=MOST_JURISDICTIONS)
_UNIQUE: Final[tuple[Field[Any], ...]] = (
    JurisdictionForm.name,
    JurisdictionForm.slug,
    JurisdictionForm.postal,
    JurisdictionForm.tile,
)


class JurisdictionReader:
    """Takes the entries of the list one by one and keeps no more of them than it has to: there may be very many.

    Names, slugs, postal codes and tiles are unique."""

    def __init__(self) -> None:
        self._log = Collector()
        self._distinct = [Distinct(field, "jurisdiction") for field in _UNIQUE]
        self._places = Places()
        self._count = 0

    def take(self, node: Node) -> None:
        """The next entry. Raises `DiagnosticError` when enough is wrong for now."""
        at = At(node, self._log, f"[{self._count}]", "an entry of the file")
        self._count += 1
        if self._count > MOST_JURISDICTIONS:
            return
        with suppress(RefusedError):
            form = JurisdictionForm.read(at)
            for distinct in self._distinct:
                distinct.check(form)
            if not self._log.failed:
                self._places.add(_jurisdiction(form))

    def finish(self, node: Node) -> Mapping[str, Jurisdiction]:
        """The jurisdictions by slug, in the order of the file; `node` is the file's root, whose entries were taken.

        Raises `DiagnosticError` with everything wrong in it."""
        if not isinstance(node, SequenceNode) or not 1 <= self._count <= MOST_JURISDICTIONS:
            self._log = Collector()
            with suppress(RefusedError):
                JURISDICTIONS.check(At(node, self._log), self._count)
        self._log.raise_errors()
        return self._places


def validate_jurisdictions(node: Node) -> Mapping[str, Jurisdiction]:
    """The jurisdictions by slug, in the order of the file. Raises `DiagnosticError` with everything wrong in it."""
    reader = JurisdictionReader()
    if isinstance(node, SequenceNode):
        for item in node.items:
            reader.take(item)
    return reader.finish(node)


def _jurisdiction(form: JurisdictionForm) -> Jurisdiction:
    return Jurisdiction(
        name=form.name,
        slug=form.slug,
        postal=form.postal,
        address=form.address or form.slug.replace("-", ""),
        ap=form.ap or form.name,
        tile=(form.tile[0], form.tile[1]) if form.tile else None,
        span=form.at.span,
        article=form.article,
    )
