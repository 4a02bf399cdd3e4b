"""The objects that a PDF is made of (ISO 32000-1 §7.3), and how many of them a reader will bear."""

from __future__ import annotations

from typing import Final, NamedTuple, TypeAlias

from msgspec import Struct

MOST_BYTES: Final = 32_000_000
"""The largest file, and the most that its streams may unfold to altogether. A card has under 100 kB."""

MOST_SYNTAX: Final = 4_000_000
"""The longest object, in bytes, that is cut into tokens."""

MOST_CONTENT: Final = 2_000_000
"""The longest content of a page, in bytes. A card has 30 kB."""

MOST_OBJECTS: Final = 200_000
MOST_PAGES: Final = 2_000
MOST_ELEMENTS: Final = 200_000
MOST_TEXTS: Final = 5_000
"""Texts on one page. A card has a hundred."""

MOST_FORMS: Final = 500
"""Form XObjects painted by one page."""

DEEPEST: Final = 96
"""How deep arrays, dictionaries, elements and page trees may nest."""


class DamagedFileError(Exception):
    """A file, or a part of one, that cannot be read; the message says why."""


class Name(str):
    """A name object, without its slash."""

    __slots__ = ()


class Ref(NamedTuple):
    """A reference to an indirect object. Generations are not told apart: in a finished file a number has one object."""

    number: int


class Stream(Struct, eq=False):
    """A stream: its dictionary and its data, encoded as the file has it."""

    entries: Dict
    raw: bytes


Dict: TypeAlias = "dict[str, Value]"
Array: TypeAlias = "list[Value]"
Value: TypeAlias = "bool | int | float | bytes | Name | Ref | Stream | Dict | Array | None"
"""A value of a PDF; strings are bytes until somebody asks for text."""
