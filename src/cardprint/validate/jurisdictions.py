"""From the nodes of jurisdictions.yaml to the places that get cards."""

from __future__ import annotations

from cardprint.model.dataset import Jurisdiction
from cardprint.model.node import Node
from cardprint.validate.distinct import refuse_repeats
from cardprint.validate.form import Nested, read_list
from cardprint.validate.forms_framework import MOST_JURISDICTIONS, JurisdictionForm
from cardprint.validate.reader import List

JURISDICTIONS = List(Nested(JurisdictionForm), "jurisdictions", least=1, most=MOST_JURISDICTIONS)


def validate_jurisdictions(node: Node) -> dict[str, Jurisdiction]:
    """The jurisdictions by slug, in the order of the file.

    Raises `DiagnosticError` with everything wrong in it; names, slugs, postal codes and tiles are unique."""
    forms, log = read_list(JURISDICTIONS, node)
    for field in (JurisdictionForm.name, JurisdictionForm.slug, JurisdictionForm.postal, JurisdictionForm.tile):
        refuse_repeats(forms, field, "jurisdiction")
    log.raise_errors()
    return {form.slug: _jurisdiction(form) for form in forms}


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
