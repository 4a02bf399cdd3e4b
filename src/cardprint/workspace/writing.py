"""Files that appear whole or not at all, also to whoever reads while they are written or comes after a crash."""

from __future__ import annotations

import contextlib
import hashlib
import os
import posixpath
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, Final

_WINDOWS: Final = sys.platform == "win32"
_ASIDE: Final = ".cardprint-"
_UNFINISHED: Final = ".part"


def replace_all(changes: Iterable[tuple[Path, bytes | None, bytes]]) -> None:
    """Give each file its new bytes; where that fails for one, those before it get their old ones back."""
    done: list[tuple[Path, bytes | None]] = []
    try:
        for path, old, new in changes:
            path.parent.mkdir(parents=True, exist_ok=True)
            write_aside(path.parent, path.name, new)
            done.append((path, old))
    except BaseException:
        for path, former in reversed(done):
            with contextlib.suppress(OSError):
                if former is None:
                    path.unlink()
                else:
                    write_aside(path.parent, path.name, former)
        raise


def write_aside(directory: Path, name: str, data: bytes | Iterable[bytes], *, settle: bool = True) -> None:
    """Write the file `name` beside its place, sync it and let it take its place. With `settle` the folder is synced,
    too, so that the file outlives a power cut at once. Raises `OSError`, and then nothing has changed."""
    try:
        _write_aside(directory, name, data)
    except FileNotFoundError:
        if not directory.is_dir() or not isinstance(data, bytes):
            raise
        # A sweep may take a file away between its making and its locking.
        _write_aside(directory, name, data)
    if settle:
        sync_folder(directory)


def _write_aside(directory: Path, name: str, data: bytes | Iterable[bytes]) -> None:
    with opened_aside(directory, name) as file:
        file.writelines([data] if isinstance(data, bytes) else data)


@contextlib.contextmanager
def opened_aside(directory: Path, name: str) -> Iterator[IO[bytes]]:
    """A file beside the place of the file `name`, to be written and sought in: it takes that place at the end, and may
    be read by whoever might read the former one, unless something is raised. Raises `OSError`, and then nothing has
    changed."""
    aside = directory / f"{_ASIDE}{os.urandom(6).hex()}{_UNFINISHED}"
    try:
        with aside.open("xb") as file:
            _lock(file.fileno())
            yield file
            file.flush()
            _take_over_mode(file.fileno(), directory / name)
            os.fsync(file.fileno())
            if not _WINDOWS:  # which renames no open file; elsewhere the lock is kept to the end
                aside.replace(directory / name)
        if _WINDOWS:
            aside.replace(directory / name)
    except BaseException:
        with contextlib.suppress(OSError):
            aside.unlink(missing_ok=True)
        raise


def _take_over_mode(descriptor: int, former: Path) -> None:
    """Give an open file the permissions of the one that it is to replace, if there is one."""
    if not _WINDOWS:
        with contextlib.suppress(OSError):
            os.fchmod(descriptor, stat.S_IMODE(former.stat().st_mode))


def sweep(directory: Path) -> None:
    """Remove what programs that died left half written in a folder; what is being written is left alone."""
    with contextlib.suppress(OSError):
        for path in list(directory.glob(f"{_ASIDE}*{_UNFINISHED}")):
            with contextlib.suppress(OSError):
                if path.is_file():
                    _remove_unless_locked(path)


def _remove_unless_locked(path: Path) -> None:
    if _WINDOWS:  # which removes no open file
        path.unlink()
        return
    with path.open("rb") as file:
        if _lock(file.fileno()):
            path.unlink()


def write_folder_aside(target: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write a folder beside its place, then let the two change places. Nothing is synced: what is written so can be
    made again."""
    mark = os.urandom(6).hex()
    aside, former = target.parent / f"{_ASIDE}{mark}{_UNFINISHED}", target.parent / f"{_ASIDE}{mark}.former"
    try:
        aside.mkdir()
        made = {"."}
        for name, data in files:
            folder = posixpath.dirname(name) or "."
            if folder not in made:
                (aside / folder).mkdir(parents=True)
                made.add(folder)
            (aside / name).write_bytes(data)
        if target.exists():
            target.rename(former)
        try:
            aside.rename(target)
        except OSError:
            if former.exists():
                former.rename(target)
            raise
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    shutil.rmtree(former, ignore_errors=True)


def sync_folder(directory: Path) -> None:
    """Make a rename last through a power cut, where the system lets a folder be opened (Windows does not)."""
    with contextlib.suppress(OSError):
        descriptor = os.open(directory, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> bool:  # noqa: ARG001
        """Keep sweepers from an open file; Windows does so by itself."""
        return True

    @contextlib.contextmanager
    def folder_lock(folder: Path) -> Iterator[None]:
        """Wait for other programs that write to `folder` to be done, and keep them waiting.

        The lock is on a file of the user's temporary folder, since Windows locks no folders."""
        name = hashlib.sha256(os.path.normcase(folder.resolve()).encode("utf-8", "replace")).hexdigest()[:32]
        with Path(os.environ.get("TEMP", folder), f"cardprint-{name}.lock").open("ab") as file:
            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
            try:
                yield
            finally:
                file.seek(0)
                msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(descriptor: int) -> bool:
        """Mark an open file as being written; whether nobody else has. Where the file system knows no locks, nobody."""
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True
        return True

    @contextlib.contextmanager
    def folder_lock(folder: Path) -> Iterator[None]:
        """Wait for other programs that write to `folder` to be done, and keep them waiting.

        Where the file system knows no locks, nobody waits: then lines may get lost, but never mixed up."""
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            with contextlib.suppress(OSError):
                fcntl.flock(descriptor, fcntl.LOCK_EX)
            yield
        finally:
            os.close(descriptor)
