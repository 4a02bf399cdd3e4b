"""What may be kept between runs to save work: fonts ready to embed, rungs of copyfit. It never decides what comes out.

Everything in the cache can be made again, so nothing here raises: what is missing, damaged or cannot be written is
made once more. Each file carries a hash of its contents and is renamed into place, so that no reader meets half of
one, however many programs write.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct

_HEADER: Final = b"cardprint cache 1 "
_ENDING: Final = ".cache"
_MOST_BYTES: Final = 64_000_000
_STALE_SECONDS: Final = 24 * 3600


class Cache(Struct, frozen=True):
    """A folder of things made before; without a folder nothing is kept."""

    directory: Path | None = None

    def get(self, kind: str, key: str) -> bytes | None:
        """What was put under this kind and key (a hash in hex), if it is there and whole."""
        if self.directory is None:
            return None
        path = self._path(kind, key)
        try:
            data = path.read_bytes()
        except OSError:
            return None
        head, _, body = data.partition(b"\n")
        if head != _head(kind, key, body):
            return None
        with contextlib.suppress(OSError):
            if path.stat().st_mtime < time.time() - _STALE_SECONDS:
                os.utime(path)  # what is used stays when the cache is pruned
        return body

    def put(self, kind: str, key: str, body: bytes) -> None:
        """Keep `body` under this kind and key, if that is possible."""
        if self.directory is None:
            return
        aside = self.directory / f".{os.urandom(6).hex()}.part"
        with contextlib.suppress(OSError):
            self.directory.mkdir(mode=0o700, parents=True, exist_ok=True)
            try:
                aside.write_bytes(_head(kind, key, body) + b"\n" + body)
                aside.replace(self._path(kind, key))
            finally:
                aside.unlink(missing_ok=True)
            self._prune()

    def _path(self, kind: str, key: str) -> Path:
        return Path(self.directory or "", f"{kind}-{key}{_ENDING}")

    def _prune(self) -> None:
        """Delete what was not used for longest, once all together is too much, and what a dead program left."""
        entries = []
        for entry in os.scandir(self.directory):
            status = entry.stat()
            if entry.name.endswith(_ENDING):
                entries.append((status.st_mtime, status.st_size, entry.path))
            elif entry.name.endswith(".part") and status.st_mtime < time.time() - _STALE_SECONDS:
                Path(entry.path).unlink()
        surplus = sum(size for _, size, _ in entries) - _MOST_BYTES
        for _, size, path in sorted(entries):
            if surplus <= 0:
                break
            Path(path).unlink()
            surplus -= size


NO_CACHE: Final = Cache()


def user_cache(environment: Mapping[str, str]) -> Cache:
    """The cache of whoever runs this: CARDPRINT_CACHE, else the system's folder for such things."""
    chosen = environment.get("CARDPRINT_CACHE")
    if chosen:
        return Cache(Path(chosen).absolute())
    home = Path(environment.get("HOME", ""))
    if sys.platform == "win32":
        base = Path(environment.get("LOCALAPPDATA", ""))
    elif sys.platform == "darwin":
        base = home / "Library" / "Caches"
    else:
        base = Path(environment.get("XDG_CACHE_HOME") or home / ".cache")
    return Cache(base / "cardprint") if base.is_absolute() else NO_CACHE


def _head(kind: str, key: str, body: bytes) -> bytes:
    return _HEADER + hashlib.sha256(f"{kind} {key}\n".encode() + body).hexdigest().encode("ascii")
