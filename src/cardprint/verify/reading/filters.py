"""Stream filters other than plain Flate (ISO 32000-1 §7.4), through pypdf, which bounds what they unfold to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from cardprint.verify.reading.values import DamagedFileError, Name, Stream, Value

if TYPE_CHECKING:
    from cardprint.verify.reading.file import PdfFile

_CODING: Final = ("Filter", "DecodeParms")


def unfilter(file: PdfFile, stream: Stream) -> bytes:
    """The stream's data in the clear. Raises `DamagedFileError`."""
    from pypdf import filters
    from pypdf.generic import StreamObject

    encoded = StreamObject()
    encoded._data = stream.raw
    try:
        encoded.update({_named(key): _foreign(file, stream.entries[key]) for key in _CODING if key in stream.entries})
        decoded = filters.decode_stream_data(encoded)
    except Exception as error:
        raise DamagedFileError(f"a stream cannot be decoded ({type(error).__name__}: {error})") from None
    return decoded if isinstance(decoded, bytes) else str(decoded).encode("latin-1", "replace")


def _foreign(file: PdfFile, value: Value) -> Any:
    """A value of ours as one of pypdf's."""
    from pypdf import generic

    match file.resolve(value):
        case Name() as name:
            return _named(name)
        case bool() as flag:
            return generic.BooleanObject(flag)
        case int() as number:
            return generic.NumberObject(number)
        case list() as items:
            return generic.ArrayObject(_foreign(file, item) for item in items)
        case dict() as entries:
            return generic.DictionaryObject({_named(key): _foreign(file, item) for key, item in entries.items()})
    return generic.NullObject()


def _named(text: str) -> Any:
    from pypdf.generic import NameObject

    return NameObject(f"/{text}")
