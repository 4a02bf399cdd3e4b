"""pypdf's objects as the bytes of a file, strings and streams as they were read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from io import BytesIO
from typing import Any, Final

from pypdf.generic import (
    ArrayObject,
    BooleanObject,
    ByteStringObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    NullObject,
    NumberObject,
    PdfObject,
    StreamObject,
    TextStringObject,
)

from cardprint.model.art import ArtObject
from cardprint.place.errors import damaged

_DEEPEST: Final = 64

Spelled = Iterator[bytes | int]
Referring = Callable[[IndirectObject], bytes | int]


def spell(value: PdfObject, refer: Referring, depth: int = 0) -> Spelled:
    """The parts of an object's body. `refer` says what stands for a reference."""
    if depth > _DEEPEST:
        raise damaged("its objects nest too deeply")
    match value:
        case IndirectObject():
            yield refer(value)
        case StreamObject():
            data = value._data if isinstance(value._data, bytes) else value._data.encode("latin-1")
            entries = {key: entry for key, entry in _entries(value) if key != "/Length"}
            yield from _dictionary([*entries.items(), ("/Length", NumberObject(len(data)))], refer, depth)
            yield b"\nstream\n" + data + b"\nendstream"
        case DictionaryObject():
            yield from _dictionary(_entries(value), refer, depth)
        case ArrayObject():
            yield b"["
            for number, item in enumerate(list.__iter__(value)):
                yield b" " if number else b""
                yield from spell(item, refer, depth + 1)
            yield b"]"
        case TextStringObject():
            yield b"<%b>" % value.original_bytes.hex().encode("ascii")
        case ByteStringObject():
            yield b"<%b>" % bytes(value).hex().encode("ascii")
        case BooleanObject() | FloatObject() | NameObject() | NullObject() | NumberObject():
            buffer = BytesIO()
            value.write_to_stream(buffer)
            yield buffer.getvalue()
        case _:
            raise damaged(f"it holds something that is no object of a PDF ({type(value).__name__})")


def _entries(value: DictionaryObject) -> Iterable[tuple[str, PdfObject]]:
    """A dictionary's entries, references not followed."""
    return [(str(key), dict.__getitem__(value, key)) for key in value]


def _dictionary(entries: Iterable[tuple[str, PdfObject]], refer: Referring, depth: int) -> Spelled:
    yield b"<<"
    for key, entry in entries:
        yield from spell(NameObject(key), refer)
        yield b" "
        yield from spell(entry, refer, depth + 1)
    yield b">>"


def joined(parts: Iterable[bytes | int]) -> ArtObject:
    """Parts with the bytes between references made one."""
    result: list[bytes | int] = []
    for part in parts:
        if isinstance(part, bytes) and result and isinstance(result[-1], bytes):
            result[-1] += part
        else:
            result.append(part)
    return tuple(result)


def text_string(text: str) -> bytes:
    """A text string object (ISO 32000-1 §7.9.2.2)."""
    if text.isascii() and text.isprintable():
        escaped = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        return b"(%b)" % escaped.encode("ascii")
    return b"<FEFF%b>" % text.encode("utf-16-be").hex().upper().encode("ascii")


def numbers(*values: float) -> bytes:
    """Numbers apart by a space, each to a hundred-thousandth."""
    texts = [f"{value:.5f}".rstrip("0").rstrip(".") for value in values]
    return " ".join(["0" if text == "-0" else text for text in texts]).encode("ascii")


def entry(entries: DictionaryObject, key: Any, otherwise: Any = None) -> Any:
    """The value under a key, a reference followed; `otherwise` where there is none, or null."""
    value = dict.get(entries, key)
    if isinstance(value, IndirectObject):
        value = value.get_object()
    return otherwise if value is None or isinstance(value, NullObject) else value
