"""The files that a result is made from, read through the workspace and remembered by their hashes."""

from __future__ import annotations

import hashlib

from msgspec import Struct, field

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.node import Node
from cardprint.model.source import Source
from cardprint.workspace import SIZE_LIMIT, Root, Workspace, join_names


class Inputs(Struct):
    """Reads files and keeps the hash of each (SHA-256, in hex), in the order of reading."""

    workspace: Workspace
    digests: list[str] = field(default_factory=list)

    def read(self, root: Root, name: str, wanted_by: Span = NOWHERE, most: int = SIZE_LIMIT) -> Source:
        """The file `name` in `root`; see `Workspace.read`."""
        return self.take(self.workspace.read(root, name, wanted_by, most=most))

    def take(self, source: Source) -> Source:
        """A file that was read already."""
        self.digests.append(hashlib.sha256(source.data).hexdigest())
        return source

    def parse(self, root: Root, name: str, wanted_by: Span = NOWHERE) -> Node:
        """The YAML file `name` in `root`, as nodes."""
        return parse_yaml(self.read(root, name, wanted_by))


class Place(Struct, frozen=True):
    """A file by its folder and its name in it."""

    root: Root
    name: str

    def __str__(self) -> str:
        return self.root.shown(self.name)

    def beside(self, name: str) -> Place:
        """The file that this one means by `name`."""
        return Place(self.root, join_names(self.name, name))
