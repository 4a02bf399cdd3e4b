"""Locks around native libraries that several stages use and that serve one thread at a time."""

from __future__ import annotations

from threading import RLock
from typing import Final

PDFIUM: Final = RLock()
"""Held while PDFium works: it keeps state for the whole process."""
