"""A file's bytes under the name by which people know it."""

from __future__ import annotations

from msgspec import Struct


class Source(Struct, frozen=True):
    """`name` is the path shown in messages ("data/2021/framework.yaml"), with forward slashes."""

    name: str
    data: bytes

    def __repr__(self) -> str:
        return f"Source({self.name!r}, {len(self.data)} bytes)"
