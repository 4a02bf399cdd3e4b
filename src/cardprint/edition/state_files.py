"""The files of an edition's states and what is in them, told by their hashes."""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Sequence

from msgspec import Struct

from cardprint.model.diagnostics import DiagnosticError, Span
from cardprint.model.source import Source
from cardprint.workspace import Root, Workspace, fail

FOLDER = "states"
ENDING = ".yaml"
_HASH = 32
_UNREADABLE = bytes(_HASH)


def state_file(slug: str) -> str:
    """The name of a state's file in its edition's folder."""
    return f"{FOLDER}/{slug}{ENDING}"


def state_slugs_in(workspace: Workspace, data: Root) -> tuple[str, ...]:
    """The states that the edition has files for, by slug, in order."""
    return workspace.names(data, FOLDER, ENDING)


class StateFiles(Struct, frozen=True):
    """All states of an edition in order, and the hashes (SHA-256) of their files, one after another, and their sizes in
    bytes: of twenty thousand states, too, this is little."""

    slugs: tuple[str, ...]
    hashes: bytes
    sizes: Sequence[int]

    def hash(self, position: int) -> bytes:
        """The hash of the file of state number `position`."""
        return self.hashes[position * _HASH : (position + 1) * _HASH]

    @property
    def digest(self) -> str:
        """One hash over which states there are and what is in their files."""
        slugs = "\n".join(self.slugs).encode("utf-8", "surrogateescape")  # as names of files come from the disk
        return hashlib.sha256(slugs + b"\0" + self.hashes).hexdigest()


def read_state_files(workspace: Workspace, data: Root, slugs: Sequence[str] | None = None) -> StateFiles:
    """The states of the edition in the folder `data`, or some of them. A file that cannot be read has zeros for a hash:
    that is told by whoever needs what is in it."""
    chosen = state_slugs_in(workspace, data) if slugs is None else tuple(slugs)
    hashes, sizes = bytearray(), array("Q")
    for slug in chosen:
        try:
            read = workspace.read(data, state_file(slug), remember=False).data
        except DiagnosticError:
            read = b""
            hashes += _UNREADABLE
        else:
            hashes += hashlib.sha256(read).digest()
        sizes.append(len(read))
    return StateFiles(chosen, bytes(hashes), sizes)


def refuse_changed(source: Source, file_hash: bytes) -> None:
    """Raise `DiagnosticError` (input-changed) if a file is no longer the one that had this hash."""
    if hashlib.sha256(source.data).digest() != file_hash:
        message = "The file was changed while cards were being made."
        raise fail("input-changed", message, Span(source.name), hint="Run the command again.")
