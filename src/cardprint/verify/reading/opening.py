"""Opening a file with the reader that it needs."""

from __future__ import annotations

from cardprint.verify.reading.cross_references import NotPlainError
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.plain_file import PlainFile
from cardprint.verify.reading.values import MOST_BYTES, DamagedFileError

_HEADER = b"%PDF-"
_HEADER_REACH = 1024
"""Bytes; readers look for the header in these."""


def open_file(data: bytes) -> PdfFile:
    """The file's objects. Raises `DamagedFileError` for what is no PDF, needs a password or is too large to judge."""
    if len(data) > MOST_BYTES:
        raise DamagedFileError(f"the file has {len(data):,} bytes; {MOST_BYTES:,} can be judged")
    if _HEADER not in data[:_HEADER_REACH]:
        raise DamagedFileError("it is no PDF")
    try:
        return PlainFile(data)
    except NotPlainError:
        from cardprint.verify.reading.pypdf_file import PypdfFile

        return PypdfFile(data)
