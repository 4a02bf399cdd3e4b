"""Which program makes the cards: what must be equal for equal inputs to give equal bytes."""

from __future__ import annotations

import hashlib
import os
import re
import sys
import zlib
from functools import lru_cache
from pathlib import Path

from cardprint import __version__

LIBRARIES = (
    *("fonttools", "msgspec", "pillow", "pypdf", "pypdfium2", "pyphen"),
    *("pyyaml", "reportlab", "segno", "uharfbuzz"),
)
"""What reads, shapes, divides, subsets, paints and proves with cardprint."""

_LIBRARY = re.compile(rf"({'|'.join(LIBRARIES)})-([^-]+)\.dist-info", re.IGNORECASE)


@lru_cache(maxsize=1)
def program_id() -> str:
    """A hash over cardprint's version and those of the libraries that decide what comes out.

    In a checkout the source itself counts, too: whoever changes a stage must not be shown what the former one made."""
    digest = hashlib.sha256(f"cardprint {__version__}, zlib {zlib.ZLIB_RUNTIME_VERSION}".encode())
    for name, version in sorted(library_versions().items()):
        digest.update(f", {name} {version}".encode())
    package = Path(__file__).resolve().parents[1]
    if not (package / "shipped").is_dir():
        for path in sorted(package.rglob("*.py")):
            digest.update(path.relative_to(package).as_posix().encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()


def library_versions() -> dict[str, str]:
    """The versions of those `LIBRARIES` that are installed, by the names of their metadata's folders.

    `importlib.metadata` would say the same, and takes as long to import as all that a run without changes does."""
    found: dict[str, str] = {}
    for folder in sys.path:
        try:
            names = [entry.name for entry in os.scandir(folder or ".")]
        except OSError:
            continue
        for library in filter(None, map(_LIBRARY.fullmatch, names)):
            found.setdefault(library[1].lower(), library[2])
    return found
