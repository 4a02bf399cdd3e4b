"""Every other file, through pypdf: object streams, updates, encryption without a password, damage.

pypdf finds the objects; what they mean is read by the same code as in plain files.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.values import DEEPEST, DamagedFileError, Dict, Name, Ref, Stream, Value

if TYPE_CHECKING:
    from pypdf import PdfReader

logging.getLogger("pypdf").addHandler(logging.NullHandler())  # what pypdf mends is told by findings of our own


class PypdfFile(PdfFile):
    """A file that pypdf opened. Raises `DamagedFileError` if it cannot, or if the file needs a password."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self._reader = _opened(data)
        self.trailer = {
            str(key).removeprefix("/"): self._plain(value, 0)
            for key, value in self._reader.trailer.items()
            if key in {"/Root", "/Info", "/ID", "/Encrypt"}
        }

    def load(self, number: int) -> Value:
        from pypdf.generic import IndirectObject

        try:
            found = self._reader.get_object(IndirectObject(number, self._generation(number), self._reader))
            return self._plain(found, 0)
        except DamagedFileError:
            raise
        except Exception as error:
            raise DamagedFileError(f"object {number} cannot be read ({type(error).__name__}: {error})") from None

    def _generation(self, number: int) -> int:
        """The newest generation of an object. pypdf lists free entries as well, under generation 65535."""
        generations = [generation for generation, table in self._reader.xref.items() if number in table]
        return max((generation for generation in generations if generation != 65535), default=0)

    def _plain(self, value: Any, depth: int) -> Value:
        """A value of pypdf's as one of ours."""
        from pypdf import generic

        if depth > DEEPEST:
            raise DamagedFileError("objects nest too deeply")
        match value:
            case generic.IndirectObject():
                return Ref(value.idnum)
            case generic.NameObject():
                return Name(value[1:])
            case generic.BooleanObject():
                return bool(value.value)
            case generic.TextStringObject():
                return value.original_bytes
            case generic.StreamObject():
                entries = self._entries(value, depth)
                return Stream(entries, value._data)
            case generic.DictionaryObject():
                return self._entries(value, depth)
            case list():
                return [self._plain(item, depth + 1) for item in value]
            case bytes():
                return bytes(value)
            case generic.NumberObject():
                return int(value)
            case generic.FloatObject():
                return float(value)
        return None

    def _entries(self, value: Any, depth: int) -> Dict:
        return {str(key)[1:]: self._plain(dict.__getitem__(value, key), depth + 1) for key in value}


def _opened(data: bytes) -> PdfReader:
    from pypdf import PdfReader

    try:
        reader = PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise DamagedFileError("the file needs a password")
        return reader
    except DamagedFileError:
        raise
    except Exception as error:
        raise DamagedFileError(f"the file cannot be opened ({type(error).__name__}: {error})") from None
