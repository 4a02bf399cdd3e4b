"""ICC profiles of printing conditions (ICC.1:2010; ICC.2 is not for PDF)."""

from __future__ import annotations

import hashlib
from typing import Final

from cardprint.load.refusal import refusal
from cardprint.model.diagnostics import Span
from cardprint.model.press import IccProfile
from cardprint.model.source import Source

_HEADER: Final = 128
_NEWEST: Final = 4
"""The major version up to which PDF 1.6 and 1.7 take profiles (ISO 32000-1, table 66; PDF/X-4)."""

_MOST_BYTES: Final = 8 * 1024 * 1024
_HINT: Final = "Ask the printer for the ICC profile of the printing condition: a CMYK output profile."


def parse_icc(source: Source) -> IccProfile:
    """The profile in a file, its header (§7.2) read to know that it describes a press.

    Raises `DiagnosticError`: file-too-large, icc-broken, icc-kind."""
    data, place = source.data, Span(source.name)
    if len(data) > _MOST_BYTES:
        message = f"The ICC profile has {len(data):,} bytes; at most {_MOST_BYTES:,} are put into a card."
        raise refusal("file-too-large", message, place, "Use a smaller one: most have 2 MB or less.")
    if len(data) < _HEADER or data[36:40] != b"acsp" or int.from_bytes(data[:4]) != len(data):
        raise refusal("icc-broken", "The file is no whole ICC profile.", place, _HINT)
    kind, space, version = data[12:16], data[16:20], data[8]
    if space != b"CMYK" or kind != b"prtr":
        named = " ".join(part.decode("ascii", "replace").strip() for part in (space, kind))
        message = f"The ICC profile is of another kind ({named}) than those of presses (CMYK prtr)."
        raise refusal("icc-kind", message, place, _HINT)
    if version > _NEWEST:
        message = f"The ICC profile is of version {version}; a PDF takes them up to version {_NEWEST}."
        raise refusal("icc-kind", message, place, "Ask the printer for one of version 2 or 4.")
    return IccProfile(data, hashlib.sha256(data).hexdigest())
