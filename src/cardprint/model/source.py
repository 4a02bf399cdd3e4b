"""A file's bytes under the name by which people know it."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Source:
    """`name` is the path shown in messages ("data/2021/framework.yaml"), with forward slashes."""

    name: str
    data: bytes = field(repr=False)
