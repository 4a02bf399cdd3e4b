"""A small framework and what is needed to validate states and layouts against it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.load import parse_yaml
from cardprint.model.dataset import Framework, Jurisdiction, StateRecord
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.node import Node
from cardprint.model.source import Source
from cardprint.validate import validate_framework, validate_jurisdictions, validate_state

FRAMEWORK = """\
edition: {id: "2030", title: A Card, language: en-US, released: 2030-01-02, file_name: "{state.slug}"}
publisher: {name: Nobody}
grammar: english
points: {step: 0.5, goal_maximum: 2.5}
grades:
  scale: [{letter: A, from: 80}, {letter: B, from: 50}, {letter: F, from: 0}]
  issue: percent-of-maximum
  card: points
issues:
  - id: "1"
    title: Bread
    maximum: 7.5
    goals:
      - {id: "1.1", phrase: fresh bread}
      - {id: "1.2", phrase: "bread for {}", term: children}
      - {id: "1.10", phrase: "bread for {}", term: parents}
  - id: "2"
    title: Games
    maximum: 5
    unnamed: 1
    goals:
      - {id: "2.1", phrase: chess in schools}
extra_credit:
  - {id: pets, badge: P, badge_expansion: Pets, title: Pets, beneficiary: dogs, each: 0.5}
sentences:
  accomplished: {one: "Goal accomplished related to {list}.", many: "Goals accomplished related to {list}."}
  gaps: {one: "Gap remains related to {list}.", many: "Gaps remain related to {list}."}
  extended: {one: "{list} is extended to {beneficiary}.", many: "{list} are extended to {beneficiary}."}
"""

JURISDICTIONS = "- {name: New Utopia, slug: new-utopia, postal: NU}\n"

NodeOf = Callable[[str], Node]
StateOf = Callable[[str], tuple[StateRecord, tuple[Diagnostic, ...]]]
Reported = Callable[[Callable[[], object]], list[Diagnostic]]


@pytest.fixture(scope="session")
def node_of() -> NodeOf:
    """The nodes of a YAML text."""
    return lambda text: parse_yaml(Source("", text.encode()))


@pytest.fixture(scope="session")
def framework_text() -> str:
    """A framework of two issues and one row of extra credit, as a file says it."""
    return FRAMEWORK


@pytest.fixture(scope="session")
def framework(node_of: NodeOf) -> Framework:
    """The same, validated."""
    return validate_framework(node_of(FRAMEWORK))


@pytest.fixture(scope="session")
def jurisdictions(node_of: NodeOf) -> dict[str, Jurisdiction]:
    """New Utopia alone."""
    return dict(validate_jurisdictions(node_of(JURISDICTIONS)))


@pytest.fixture(scope="session")
def state_of(node_of: NodeOf, framework: Framework, jurisdictions: dict[str, Jurisdiction]) -> StateOf:
    """The record of New Utopia, from what its file says after its name."""
    return lambda text: validate_state(node_of(f"state: New Utopia\n{text}"), framework, jurisdictions)


@pytest.fixture(scope="session")
def reported() -> Reported:
    """What a call reports by raising; nothing if it returns."""

    def reported_by(call: Callable[[], object]) -> list[Diagnostic]:
        try:
            call()
        except DiagnosticError as error:
            return list(error.diagnostics)
        return []

    return reported_by
