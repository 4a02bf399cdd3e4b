"""A ZIP archive that is written file by file and comes out the same from the same files."""

from __future__ import annotations

import datetime as dt
import hashlib
import zipfile
from typing import IO, Final

from msgspec import Struct

_EARLIEST: Final = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)
"""A ZIP archive knows no earlier moment."""

_READABLE: Final = 0o100644 << 16
_UNIX: Final = 3
_PACKED_ALREADY: Final = (".pdf", ".png", ".jpg", ".zip")
_LEVEL: Final = 6


class Entry(Struct, frozen=True):
    """A file of an archive: its name, its bytes' number and their SHA-256 in hex."""

    name: str
    size: int
    sha256: str


class Archive:
    """Writes to `file`, which can be sought in. Every entry gets the same moment, the same rights, and no owner.

    `entries` are the files so far, `size` the bytes in them."""

    def __init__(self, file: IO[bytes], moment: dt.datetime) -> None:
        self._zip = zipfile.ZipFile(file, "w")
        self._moment = max(moment.astimezone(dt.UTC), _EARLIEST)
        self.entries: list[Entry] = []
        self.size = 0
        self._names: set[str] = set()

    def add(self, name: str, data: bytes) -> Entry:
        """Add a file. What is packed in itself is stored as it is. Raises `ValueError` for a name that is taken."""
        if name.casefold() in self._names:
            raise ValueError(f"the archive has a file {name} already")
        info = zipfile.ZipInfo(name, self._moment.timetuple()[:6])
        info.create_system = _UNIX
        info.external_attr = _READABLE
        packed = name.endswith(_PACKED_ALREADY)
        info.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        self._zip.writestr(info, data, compresslevel=_LEVEL)
        entry = Entry(name, len(data), hashlib.sha256(data).hexdigest())
        self.entries.append(entry)
        self.size += entry.size
        self._names.add(name.casefold())
        return entry

    def close(self) -> None:
        """Write the directory that ends an archive; the file stays open."""
        self._zip.close()
