"""All states of an edition read, those whose files are wrong told apart from the others."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from cardprint.edition.project import Project
from cardprint.edition.state_files import state_file, state_slugs_in
from cardprint.load import parse_yaml
from cardprint.model.dataset import Dataset, StateRecord
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.resolve import Inputs
from cardprint.validate import validate_state


class ReadState(Struct, frozen=True):
    """A state's results, the warnings about them, and the file that they were read from."""

    record: StateRecord
    warnings: tuple[Diagnostic, ...]
    inputs: Inputs


class ReadEdition(Struct, frozen=True):
    """An edition's states, by slug and in order: those that could be read, and why the others could not."""

    project: Project
    states: Mapping[str, ReadState]
    wrong: Mapping[str, DiagnosticError]

    @property
    def dataset(self) -> Dataset:
        """What could be read."""
        records = {slug: state.record for slug, state in self.states.items()}
        return Dataset(self.project.framework, records, self.project.jurisdictions)

    @property
    def digests(self) -> tuple[str, ...]:
        """The hashes of the files of all states that could be read."""
        return tuple(digest for state in self.states.values() for digest in state.inputs.digests)


def read_edition(project: Project, slugs: Iterable[str] | None = None) -> ReadEdition:
    """Read every state that the edition has a file for, or some of them."""
    states, wrong = {}, {}
    for slug in state_slugs_in(project.workspace, project.data) if slugs is None else slugs:
        inputs = Inputs(project.workspace)
        try:
            node = parse_yaml(inputs.read(project.data, state_file(slug)))
            record, warnings = validate_state(node, project.framework, project.jurisdictions)
        except DiagnosticError as error:
            wrong[slug] = error
        else:
            states[slug] = ReadState(record, warnings, inputs)
    return ReadEdition(project, states, wrong)
