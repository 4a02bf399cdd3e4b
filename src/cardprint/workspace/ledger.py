"""A file of JSON lines that programs append to, several at a time if need be, and the lock that keeps them apart.

A line is whole or it is not read: whoever dies in the midst of one leaves a rest that the next line does not join.
"""

from __future__ import annotations

import contextlib
import errno
import json
import os
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import IO, Any

from cardprint.workspace.writing import folder_lock, write_aside

Line = dict[str, Any]
"""What a line says. It may come from anywhere: nothing about it is certain but that it is an object of JSON."""


class Ledger:
    """The file at `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: IO[bytes] | None = None

    def exists(self) -> bool:
        return self.path.is_file()

    def lines(self) -> Iterator[tuple[int, Line]]:
        """Every line that can be read, with its place for `line`. Without a file there are none."""
        self.close()
        if not self.exists():
            return
        try:
            self._file = self.path.open("rb")
        except OSError:
            return
        offset = 0
        for line in self._file:
            parsed = _parsed(line)
            if parsed is not None:
                yield offset, parsed
            offset += len(line)

    def line(self, place: int) -> Line:
        """The line at a place that `lines` gave, of the file as it was then; empty if it cannot be read."""
        return _parsed(self._raw_line(place)) or {}

    def append(self, lines: Iterable[Line]) -> None:
        """Add lines at the end, in one piece. Raises `OSError`."""
        data = b"".join([dumped(line) for line in lines])
        if os.path.lexists(self.path) and not self.exists():
            raise FileExistsError(errno.EEXIST, f"{self.path.name} is there and no regular file")  # a pipe would wait
        with folder_lock(self.path.parent), self.path.open("ab") as file:
            if file.tell() and not self._ends_a_line():
                data = b"\n" + data
            file.write(data)

    def rewrite(self, choose: Callable[[Iterable[tuple[int, Line]]], Iterable[int]]) -> None:
        """Keep of all lines those that `choose` names by their places, in that order. Raises `OSError`."""
        with folder_lock(self.path.parent):
            places = choose(self.lines())
            write_aside(self.path.parent, self.path.name, self._raw_lines(places))

    def _raw_lines(self, places: Iterable[int]) -> Iterator[bytes]:
        for place in places:
            yield self._raw_line(place).rstrip(b"\n") + b"\n"
        self.close()  # or Windows would not let the file be replaced

    def _raw_line(self, place: int) -> bytes:
        if self._file is None:
            return b""
        self._file.seek(place)
        return self._file.readline()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None

    def _ends_a_line(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def dumped(line: Line) -> bytes:
    """A line as it is written."""
    return json.dumps(line, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace") + b"\n"


def _parsed(line: bytes) -> Line | None:
    with contextlib.suppress(ValueError, RecursionError):
        parsed = json.loads(line)
        if isinstance(parsed, dict):
            return parsed
    return None
