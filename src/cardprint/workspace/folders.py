"""The only door to the disk, the environment and the clock.

Files are read from inside a `Root` only, whatever a name in a file asks for, and bounded in size. Files are
written aside and renamed into place, so that a reader never meets half of one.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import os
import posixpath
import re
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO

from msgspec import Struct, field

from cardprint.model.diagnostics import NOWHERE, Diagnostic, DiagnosticError, Span
from cardprint.model.source import Source
from cardprint.workspace.cache import NO_CACHE, Cache, user_cache
from cardprint.workspace.names import file_name_problem
from cardprint.workspace.writing import opened_aside, replace_all, sweep, sync_folder, write_aside, write_folder_aside

SIZE_LIMIT = 10_000_000
"""The most bytes that a file may have. The largest file that cardprint ships, a font, has under 400 kB."""

_NO_ROOM = frozenset((errno.ENOSPC, errno.EDQUOT, errno.EFBIG))
_PACKAGE = Path(__file__).resolve().parents[1]
_LATEST_EPOCH = 253_402_300_799  # 9999-12-31T23:59:59Z: a PDF date has four digits for the year


def fail(code: str, message: str, span: Span = NOWHERE, *, hint: str = "") -> DiagnosticError:
    """One problem as an exception, to be raised."""
    return DiagnosticError([Diagnostic(code, message, span, hint=hint)])


class Root(Struct, frozen=True):
    """A folder whose files may be read.

    `directory` is its real path, free of symbolic links; `label` is how people know it ("data/2021"), with forward
    slashes, and empty for the folder that the program was started in.
    """

    directory: Path
    label: str

    def __str__(self) -> str:
        return self.label or "the current folder"

    def shown(self, name: str) -> str:
        """The name that messages give to the file `name`."""
        return posixpath.join(self.label, name)


class Workspace(Struct, frozen=True, eq=False):
    """The folders that a run may reach: `here`, from which relative names count, and `shipped`, which holds data/,
    layouts/ and fonts/. `environment` is the run's environment, `files` maps shown names to what was read under them,
    `cache` keeps what may save later runs work.
    """

    here: Path
    shipped: Path
    environment: Mapping[str, str] = field(default_factory=dict)
    files: dict[str, Path] = field(default_factory=dict)
    cache: Cache = NO_CACHE

    def __repr__(self) -> str:
        return f"Workspace({str(self.here)!r})"  # an environment may hold secrets

    def folder(self, path: str | os.PathLike[str]) -> Root:
        """The user's folder at `path`, which is relative to `here`.

        Raises `DiagnosticError` (missing-folder) if there is no such folder."""
        shown = os.fspath(path)
        try:
            directory = (self.here / shown).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            raise fail("missing-folder", f'There is no folder "{shown}".') from None
        if not directory.is_dir():
            raise fail("missing-folder", f'"{shown}" is not a folder.')
        return Root(directory, self._label(directory))

    def file(self, path: str | os.PathLike[str]) -> tuple[Root, str]:
        """The folder and the name of the user's file at `path`; a link is followed to where it leads.

        Raises `DiagnosticError` (missing-file) if there is no such file."""
        shown = os.fspath(path)
        try:
            target = (self.here / shown).resolve(strict=True)
        except (OSError, ValueError, RuntimeError):
            hint = "Check the path; it counts from the folder that you are in."
            raise fail("missing-file", f'There is no file "{shown}".', hint=hint) from None
        return Root(target.parent, self._label(target.parent)), target.name

    def shipped_root(self, name: str) -> Root:
        """The folder `name` ("layouts", "data/2021") that comes with cardprint."""
        directory = (self.shipped / name).resolve()
        namesake = self.here / name
        if os.path.lexists(namesake) and namesake.resolve() != directory:
            return Root(directory, directory.as_posix())
        return Root(directory, name)

    def has(self, root: Root, name: str) -> bool:
        """Whether `root` holds something of that name, readable or not: a link that leads out of it, too."""
        path = _path_inside(root, name)
        if path is None:
            inside = "\\" not in name and "\0" not in name and not posixpath.normpath(name).startswith(("..", "/"))
            return inside and os.path.lexists(root.directory / name)
        try:
            path.stat()
        except (FileNotFoundError, NotADirectoryError):
            return False
        except OSError:
            return True
        return True

    def read(
        self, root: Root, name: str, wanted_by: Span = NOWHERE, *, remember: bool = True, most: int = SIZE_LIMIT
    ) -> Source:
        """The file `name` inside `root`, of `most` bytes or less. `wanted_by` is the line that names the file;
        `remember` it if its lines may be shown.

        Raises `DiagnosticError`: outside-root, missing-file, not-a-file, file-too-large, unreadable-file.
        """
        shown = root.shown(name)
        span = wanted_by if str(wanted_by) else Span(shown)
        path = _path_inside(root, name)
        if path is None:
            raise fail(
                "outside-root",
                f'"{name}" is not a file inside {root}.',
                span,
                hint="Name a file in this folder or below it, with forward slashes.",
            )
        try:
            data = _read_bounded(path, most)
        except FileNotFoundError:
            message, hint = f'There is no file "{name}" in {root}.', "Put it there, or correct the name."
            raise fail("missing-file", message, span, hint=hint) from None
        except IsADirectoryError:
            raise fail("not-a-file", f'"{shown}" is not a regular file.', span) from None
        except _TooLargeError as error:
            raise fail(
                "file-too-large",
                f'"{shown}" has {error.size:,} bytes; it may have {most:,}.',
                span,
                hint="Make the file smaller.",
            ) from None
        except OSError as error:
            raise fail("unreadable-file", f'"{shown}" cannot be read: {_reason(error)}.', span) from None
        if remember:
            self.files[shown] = path
        return Source(shown, data)

    def line(self, span: Span) -> str | None:
        """The text of the line that `span` points at, if its file has been read in this workspace."""
        path = self.files.get(span.file)
        if path is None or not span.line or span.cell:
            return None
        with contextlib.suppress(OSError):
            lines = _read_bounded(path).decode("utf-8-sig", "replace").splitlines()
            if span.line <= len(lines):
                return lines[span.line - 1]
        return None

    def elsewhere(self) -> tuple[str, ...]:
        """The files that came with cardprint and were read in this workspace, by the names that messages give them, if
        they are not where these names say, seen from `here`."""
        shipped = self.shipped.resolve()
        found = ((name, path) for name, path in self.files.items() if path.is_relative_to(shipped))
        return tuple(name for name, path in found if (self.here / name).resolve() != path)

    def names(self, root: Root, folder: str, ending: str) -> tuple[str, ...]:
        """Names in `folder` of `root` that end in `ending`, without it, sorted; hidden ones do not count. What cannot
        be read is told by whoever reads it: a link that leads nowhere is not as if it were not there.

        A folder that does not exist holds nothing. Raises `DiagnosticError` (unreadable-folder)."""
        path = _path_inside(root, folder)
        if path is None or not path.is_dir():
            return ()
        try:
            found = [entry.name for entry in path.iterdir() if entry.suffix == ending]
        except OSError as error:
            shown = root.shown(folder)
            raise fail("unreadable-folder", f'"{shown}" cannot be read: {_reason(error)}.', Span(shown)) from None
        return tuple(sorted(name.removesuffix(ending) for name in found if not name.startswith(".")))

    def stamps(self, root: Root, folder: str, ending: str) -> tuple[tuple[str, int, int], ...]:
        """Each of those `names`, sorted, with the time of its last change (ns) and its size: as long as they stay the
        same, a run need not read the files again. What cannot be read has zeros. Raises as `names` does."""
        names, inside = self.names(root, folder, ending), root.directory / folder
        return tuple([(name, *_stamp(inside / f"{name}{ending}")) for name in names])

    def source_date(self) -> dt.datetime | None:
        """The moment that SOURCE_DATE_EPOCH names (reproducible-builds.org), or None where it is not set.

        Raises `DiagnosticError` (source-date-epoch) if it is no number of seconds up to the year 9999."""
        text = self.environment.get("SOURCE_DATE_EPOCH", "")
        if not text:
            return None
        if not re.fullmatch(r"[0-9]{1,12}", text) or int(text) > _LATEST_EPOCH:
            raise fail(
                "source-date-epoch",
                f'SOURCE_DATE_EPOCH is "{text}"; it must be whole seconds since 1970-01-01, up to the year 9999.',
                hint="Correct the variable or unset it.",
            )
        return dt.datetime.fromtimestamp(int(text), dt.UTC)

    def write(self, folder: str | os.PathLike[str], name: str, data: bytes, *, settle: bool = True) -> str:
        """Write `data` to the file `name` in `folder`, making the folder if need be; return the path to show.

        The file appears complete or not at all; with `settle` it outlives a power cut at once.
        Raises `DiagnosticError` (bad-file-name, unwritable-file)."""
        if reason := file_name_problem(name):
            raise fail("bad-file-name", f'"{name}" cannot be a file\'s name everywhere: it {reason}.')
        shown = str(Path(folder) / name)
        directory = self.here / folder
        try:
            directory.mkdir(parents=True, exist_ok=True)
            write_aside(directory, name, data, settle=settle)
        except (OSError, ValueError) as error:
            busy = isinstance(error, PermissionError)
            hint = "Close the file if it is open, or write to another folder." if busy else "Write to another folder."
            raise fail("unwritable-file", f'"{shown}" cannot be written: {_reason(error)}.', hint=hint) from None
        return shown

    @contextlib.contextmanager
    def writing(self, path: str | os.PathLike[str]) -> Iterator[IO[bytes]]:
        """The file at `path`, to be written and sought in as long as this lasts; its folder is made if need be.

        It appears complete, or not at all if something is raised. Raises `DiagnosticError` (bad-file-name,
        unwritable-file); of what whoever writes raises only that there is no room left is told so."""
        target = self.here / path
        if reason := file_name_problem(target.name):
            raise fail("bad-file-name", f'"{target.name}" cannot be a file\'s name everywhere: it {reason}.')
        theirs: BaseException | None = None
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with opened_aside(target.parent, target.name) as file:
                try:
                    yield file
                except BaseException as error:
                    theirs = error
                    raise
            sync_folder(target.parent)
        except (OSError, ValueError) as error:
            if error is theirs and not (isinstance(error, OSError) and error.errno in _NO_ROOM):
                raise
            hint = "Write to another folder."
            raise fail("unwritable-file", f'"{Path(path)}" cannot be written: {_reason(error)}.', hint=hint) from None

    def make_folder(self, folder: str | os.PathLike[str]) -> Path:
        """Make the folder at `folder`, if it is not there, clear it of what dead programs left half written, and return
        its path. Raises `DiagnosticError` (unwritable-folder)."""
        directory = self.here / folder
        try:
            directory.mkdir(parents=True, exist_ok=True)
        except (OSError, ValueError) as error:
            message = f'"{Path(folder)}" cannot be made: {_reason(error)}.'
            raise fail("unwritable-folder", message, hint="Write to another folder.") from None
        sweep(directory)
        return directory

    def replace(self, root: Root, files: Mapping[str, tuple[bytes | None, bytes]]) -> None:
        """Write files inside `root`, all of them or none. Each name comes with the bytes that the file has now, None if
        there is no such file, and with its new ones.

        Raises `DiagnosticError`: outside-root, changed-meanwhile, unwritable-file."""
        changes = []
        for name, (old, new) in files.items():
            path = _path_inside(root, name)
            if path is None:
                raise fail("outside-root", f'"{name}" is not a file inside {root}.', Span(root.shown(name)))
            changes.append((path, old, new))
        for (path, old, _), name in zip(changes, files, strict=True):
            if (path.read_bytes() if path.is_file() else None) != old:
                message = "The file has been changed by another program in the meantime."
                raise fail("changed-meanwhile", message, Span(root.shown(name)), hint="Run the command again.")
        try:
            replace_all(changes)
        except OSError as error:
            message = f"The files in {root} cannot be written: {_reason(error)}. None was changed."
            raise fail("unwritable-file", message, hint="Close what is open in that folder.") from None

    def write_folder(self, folder: str | os.PathLike[str], files: Iterable[tuple[str, bytes]]) -> str:
        """Write `files`, named from `folder` on, in place of all that the folder holds; return the path to show.

        The folder appears complete or not at all. Raises `DiagnosticError`: folder-in-use where the program was
        started in it or below it, unwritable-folder."""
        shown, target = str(Path(folder)), (self.here / folder).resolve()
        if self.here.is_relative_to(target):
            message = f'"{shown}" holds the folder that this was started in, which cannot be replaced.'
            raise fail("folder-in-use", message, hint="Name a folder below it.")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_folder_aside(target, files)
        except (OSError, ValueError) as error:
            message = f'"{shown}" cannot be written: {_reason(error)}.'
            raise fail("unwritable-folder", message, hint="Close what is open in it, or name another folder.") from None
        return shown

    def contents(self, folder: str | os.PathLike[str]) -> tuple[str, ...]:
        """The names of all files in the user's folder and below it, hidden ones too, sorted; none if it does not exist.

        Raises `DiagnosticError`: missing-folder where it is a file, unreadable-folder."""
        if not os.path.lexists(self.here / folder):
            return ()
        return _file_names(self.folder(folder))

    def package_files(self, name: str) -> dict[str, bytes]:
        """What the folder `name` of the package itself holds, by the files' names in it."""
        root = Root(_PACKAGE / name, name)
        return {file: self.read(root, file).data for file in _file_names(root)}

    def _label(self, directory: Path) -> str:
        if directory == self.here:
            return ""
        if directory.is_relative_to(self.here):
            return directory.relative_to(self.here).as_posix()
        return directory.as_posix()


def open_workspace() -> Workspace:
    """The workspace of this process: its current folder and environment, the shipped folders, the user's cache.

    Raises `DiagnosticError` (missing-folder) if the current folder has been removed."""
    try:
        here = Path.cwd().resolve()
    except OSError:
        raise fail("missing-folder", "The current folder no longer exists.", hint="Change to another folder.") from None
    environment = dict(os.environ)
    return Workspace(here, shipped_folder(), environment, cache=user_cache(environment))


def shipped_folder() -> Path:
    """Where data/, layouts/ and fonts/ are: in the package when it is installed, else at the checkout's top."""
    installed = _PACKAGE / "shipped"
    return installed if installed.is_dir() else _PACKAGE.parents[1]


class _TooLargeError(Exception):
    def __init__(self, size: int) -> None:
        super().__init__(size)
        self.size = size


def _file_names(root: Root) -> tuple[str, ...]:
    try:
        paths = [path.relative_to(root.directory).as_posix() for path in root.directory.rglob("*") if not path.is_dir()]
    except OSError as error:
        raise fail("unreadable-folder", f'"{root.label or "."}" cannot be read: {_reason(error)}.') from None
    return tuple(sorted(paths))


def _path_inside(root: Root, name: str) -> Path | None:
    """The real path of `name` inside `root`; None if it lies elsewhere, by its name or by a link."""
    if "\\" in name or "\0" in name or posixpath.isabs(name):
        return None
    try:
        path = (root.directory / name).resolve()
    except (OSError, RuntimeError):  # a loop of links; RuntimeError before Python 3.13
        return None
    return path if path.is_relative_to(root.directory) else None


def _stamp(path: Path) -> tuple[int, int]:
    try:
        status = path.stat()
    except OSError:
        return 0, 0
    return status.st_mtime_ns, status.st_size


def _read_bounded(path: Path, most: int = SIZE_LIMIT) -> bytes:
    status = path.stat()
    if not stat.S_ISREG(status.st_mode):
        raise IsADirectoryError
    if status.st_size > most:
        raise _TooLargeError(status.st_size)
    with path.open("rb") as file:
        data = file.read(most + 1)
    if len(data) > most:
        raise _TooLargeError(len(data))
    return data


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or str(error) or type(error).__name__
