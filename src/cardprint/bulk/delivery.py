"""Cards on their way to the folder: what is there already, what is put there, and what the manifest says of either."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Container, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cardprint.bulk.events import CardEvent, Status
from cardprint.bulk.jobs import Refused, Rendered
from cardprint.bulk.manifest import NAME, CardInputs, Manifest
from cardprint.bulk.order import Order
from cardprint.edition.tightness import all_in_all
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Severity
from cardprint.workspace import Workspace, fail, file_name_problem
from cardprint.workspace.ledger import Line
from cardprint.workspace.writing import sync_folder

if TYPE_CHECKING:
    from cardprint.model.frame import FitReport

_BLOCK = 1 << 20
_MISSING = "missing-field"


class Delivery:
    """The folder of an order, its cards and, where one is kept, its manifest.

    `warnings` tell what could not be noted there."""

    def __init__(self, workspace: Workspace, order: Order, request: str) -> None:
        self.warnings: list[Diagnostic] = []
        self._workspace = workspace
        self._order = order
        self._directory = workspace.here / order.folder
        self._is_new = False
        self._manifest = Manifest(self._directory, request)
        self._noting = order.manifest or self._manifest.exists
        self._holders: dict[int, str] = {}
        self._written = 0
        if self._noting:
            self._manifest.read()

    @property
    def edition(self) -> Line:
        """What the manifest says that the cards share; empty where it says nothing."""
        return self._manifest.edition

    def might_find(self, shared: str) -> bool:
        """Whether a card might be there that was made from what now all cards share, whatever its rung."""
        return not self._order.force and shared in self._manifest.shared

    def open(self, edition: Line) -> None:
        """Have the folder ready, and the manifest tell what the cards share. Raises `DiagnosticError`."""
        self._is_new = not self._directory.exists()
        self._workspace.make_folder(self._order.folder)
        try:
            self._tell(edition)
        except OSError as error:
            message = f'"{Path(self._order.folder) / NAME}" cannot be written: {error.strerror or error}.'
            raise fail("unwritable-folder", message, hint="Write to another folder.") from None

    def settle(self, edition: Line) -> None:
        """Have the manifest tell what turned out to be shared."""
        try:
            self._tell(edition)
        except OSError as error:
            self._warn(error)

    def _tell(self, edition: Line) -> None:
        if self._noting and not edition.items() <= self._manifest.edition.items():
            self._manifest.add_edition(edition)

    def find(self, state: str, inputs: CardInputs) -> CardEvent | None:
        """The card of a state, if it is there as it would be made from `inputs`; None: it has to be made.

        That data are incomplete is remembered likewise, unless the state was asked for by name."""
        line = self._manifest.card(state)
        if self._order.force or line.get("fingerprint") != inputs.fingerprint:
            return None
        if line.get("status") == Status.INCOMPLETE.value and self._order.states is None:
            return CardEvent(state, Status.INCOMPLETE, outdated=self._there(line.get("outdated")))
        name = line.get("file")
        if line.get("status") != Status.MADE.value or not isinstance(name, str) or file_name_problem(name):
            return None
        try:
            sha256, size = _hashed(self._directory / name)
        except OSError:
            return None
        if sha256 != line.get("sha256"):
            return None
        self._holders.setdefault(hash(name.casefold()), state)
        path = str(Path(self._order.folder) / name)
        return CardEvent(state, Status.UNCHANGED, path, sha256, size, **_fit_told(line.get("fit")))

    def gone(self, states: Container[str]) -> list[str]:
        """The files of cards of states other than these, which earlier runs of the same order made."""
        return [name for name in self._manifest.gone(states) if self._there(name)]

    def outdated(self, names: Iterable[str]) -> tuple[str, ...]:
        """Where those of the files are whose names no card of this run has taken."""
        return tuple(sorted(filter(None, (self.older(name, "") for name in names))))

    def older(self, name: str, state: str) -> str:
        """Where an older card with this name is, if it is there and the name is not that of another state's card."""
        return self._there(name) if self._holders.get(hash(name.casefold()), state) == state else ""

    def _there(self, name: object) -> str:
        """Where the file is, as messages show it, if it is there."""
        if not isinstance(name, str) or file_name_problem(name) or not (self._directory / name).is_file():
            return ""
        return str(Path(self._order.folder) / name)

    def all_found(self) -> None:
        """Forget what the manifest said: from here on it is only written."""
        self._manifest.close()

    def begin_again(self) -> None:
        """Forget which names of files are taken: all cards that were delivered are made again."""
        self._holders.clear()

    def deliver(self, state: str, card: Rendered, inputs: CardInputs) -> CardEvent:
        """Put a finished card into the folder, unless its file's name is that of another card."""
        name = f"{card.file_name}.{self._order.variant.ending}"
        try:
            self._refuse_taken(name, state)
            path = self._workspace.write(self._order.folder, name, card.data, settle=False)
        except DiagnosticError as error:
            return self.refuse(state, Refused(error.diagnostics, card.seconds), inputs, name)
        self._written += 1
        sha256 = hashlib.sha256(card.data).hexdigest()
        size = len(card.data)
        told = {"file": name, "size": size, "sha256": sha256, "fit": _fit(card.report)}
        self._note(state, Status.MADE, told, card.warnings, card.seconds, inputs)
        fit = _fit_told(told["fit"])
        return CardEvent(state, Status.MADE, path, sha256, size, card.seconds, card.warnings, **fit)

    def refuse(self, state: str, card: Refused, inputs: CardInputs, name: str) -> CardEvent:
        """Write down why a card is not delivered, and whether an older one is there under `name`, which its file would
        have had (empty: unknown). One that failed its proof is kept, for whoever looks into it, under a name
        that nobody takes for a delivery."""
        status, problems = Status.FAILED, card.problems
        if card.rejected is not None:
            status = Status.REJECTED
            problems = (*problems, *self._set_aside(*card.rejected))
        elif all(problem.code == _MISSING for problem in problems):
            status = Status.INCOMPLETE
        outdated = self.older(name, state)
        told = {"outdated": name} if outdated else {}
        self._note(state, status, told, problems, card.seconds, inputs)
        seconds, fault = card.seconds, card.fault
        return CardEvent(state, status, seconds=seconds, problems=problems, fault=fault, outdated=outdated)

    def _set_aside(self, file_name: str, pdf: bytes) -> tuple[Diagnostic, ...]:
        from cardprint.edition.proof import REJECTED_ENDING

        try:
            self._workspace.write(self._order.folder, f"{file_name}.{REJECTED_ENDING}", pdf, settle=False)
        except DiagnosticError as error:
            return error.diagnostics
        return ()

    def close(self) -> None:
        """Make all that was written last, and bring the manifest into order."""
        if self._written:
            sync_folder(self._directory)
        with contextlib.suppress(OSError):  # the lines are there, if not in order
            self._manifest.compact()
        if self._is_new:
            with contextlib.suppress(OSError):  # something is in it
                self._directory.rmdir()

    def _refuse_taken(self, name: str, state: str) -> None:
        """Refuse the name of a file that another card of this run has."""
        holder = self._holders.setdefault(hash(name.casefold()), state)
        if holder != state:
            message = f'"{name}" would name the card of {state} and that of {holder}.'
            raise fail("same-file-name", message, hint="Put {state.slug} into the pattern file_name of framework.yaml.")

    def _note(
        self,
        state: str,
        status: Status,
        told: Line,
        problems: Sequence[Diagnostic],
        seconds: float,
        inputs: CardInputs,
    ) -> None:
        if not self._noting:
            return
        line = {
            "state": state,
            "status": status.value,
            **told,
            "fingerprint": inputs.fingerprint,
            "inputs": {"shared": inputs.shared, "state": inputs.state},
            "rung": inputs.rung,
            "findings": [str(problem) for problem in problems],
            "seconds": round(seconds, 4),
        }
        try:
            self._manifest.add_card(line)
        except OSError as error:
            self._warn(error)

    def _warn(self, error: OSError) -> None:
        """Say once that the manifest lacks lines: the cards are there, and will be made again next time."""
        if not self.warnings:
            message = f"The manifest could not be written ({error.strerror or error}): these cards will be made again."
            self.warnings.append(Diagnostic("manifest-unwritten", message, severity=Severity.WARNING))


def _fit(report: FitReport) -> Line:
    return {
        "rung": report.rung,
        "steps": [[step.what, step.before, step.after] for step in report.steps],
        "slack": round(report.slack, 3),
        "one_line_sizes": [list(size) for size in report.one_line_sizes],
    }


def _fit_told(fit: Any) -> Line:
    """How far copyfit went, from what the manifest says of it."""
    try:
        lowered = all_in_all((str(what), float(before), float(after)) for what, before, after in fit["steps"])
        return {"rung": int(fit["rung"]), "lowered": lowered}
    except (KeyError, TypeError, ValueError):
        return {}


def _hashed(path: Path) -> tuple[str, int]:
    """The hash of a file and its size. Raises `OSError`."""
    if not path.is_file():
        raise FileNotFoundError(path)  # reading a pipe, one would wait
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
            size += len(block)
    return digest.hexdigest(), size
