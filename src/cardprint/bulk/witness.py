"""What was asked of the disk while an edition was opened, so that a later run can ask again instead of opening it.

If every file, every question whether there is one, and every listing gets the answer that it got then, all that
follows from them is the same as well.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

from msgspec import field

from cardprint.model.diagnostics import NOWHERE, DiagnosticError, Span
from cardprint.model.source import Source
from cardprint.workspace import SIZE_LIMIT, Root, Workspace

_NOTHING = "-"

Question = tuple[str, Path, str]
"""What kind of question it was, the folder that it was about, and the name in it."""


class Witness(Workspace, frozen=True, eq=False):
    """A workspace that writes down what it is asked, and the answers."""

    answers: dict[Question, str] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace) -> Witness:
        return cls(workspace.here, workspace.shipped, workspace.environment, workspace.files, workspace.cache)

    def read(
        self, root: Root, name: str, wanted_by: Span = NOWHERE, *, remember: bool = True, most: int = SIZE_LIMIT
    ) -> Source:
        question = ("read", root.directory, name)
        self.answers[question] = _NOTHING
        source = Workspace.read(self, root, name, wanted_by, remember=remember, most=most)
        self.answers[question] = hashlib.sha256(source.data).hexdigest()
        return source

    def has(self, root: Root, name: str) -> bool:
        found = Workspace.has(self, root, name)
        self.answers["has", root.directory, name] = str(found)
        return found

    def names(self, root: Root, folder: str, ending: str) -> tuple[str, ...]:
        found = Workspace.names(self, root, folder, ending)
        self.answers[f"names{ending}", root.directory, folder] = _hashed(found)
        return found


def _hashed(names: Iterable[str]) -> str:
    """A hash of names of files, which may hold what is no UTF-8."""
    return hashlib.sha256("/".join(names).encode("utf-8", "surrogateescape")).hexdigest()


def testimony(answers: Mapping[Question, str], bases: Mapping[str, Path]) -> list[list[str]]:
    """Questions and answers to be written down, folders as seen from one of the `bases`; none if one is elsewhere."""
    told = []
    for (kind, directory, name), answer in answers.items():
        base = next((base for base, path in bases.items() if directory.is_relative_to(path)), None)
        if base is None:
            return []
        told.append([kind, base, directory.relative_to(bases[base]).as_posix(), name, answer])
    return told


def holds(told: object, bases: Mapping[str, Path], workspace: Workspace) -> bool:
    """Whether the disk still gives the answers that `testimony` tells of, and nothing about it is odd."""
    if not isinstance(told, list) or not told:
        return False
    try:
        return all(
            _ask(kind, bases[base], folder, name, workspace) == answer for kind, base, folder, name, answer in told
        )
    except (DiagnosticError, OSError, KeyError, TypeError, ValueError, AttributeError):
        return False


def _ask(kind: str, base: Path, folder: str, name: str, workspace: Workspace) -> str:
    """The answer that the disk gives today."""
    directory = (base / folder).resolve()
    if not directory.is_relative_to(base):
        raise ValueError(f"{folder} is not inside {base}")
    witness, root = Witness.of(workspace), Root(directory, "")
    if kind == "read":
        witness.read(root, name, remember=False)
    elif kind == "has":
        witness.has(root, name)
    else:
        witness.names(root, name, kind.removeprefix("names"))
    return witness.answers[kind, directory, name]
