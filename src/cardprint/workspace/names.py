"""Names of files: which are safe on every system, and which a name inside another file means."""

from __future__ import annotations

import posixpath
import re

_LONGEST_FILE_NAME = 200  # bytes; file systems allow 255, endings and temporary names included
_FORBIDDEN_IN_FILE_NAMES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICE_NAMES = re.compile(r"(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(?:\..*)?", re.IGNORECASE)


def file_name_problem(name: str) -> str | None:
    """What keeps `name` from being a file's name on some system ('holds "/"'), or None. Windows is the strictest."""
    if not name or name.strip(". ") == "":
        return "is empty"
    if found := _FORBIDDEN_IN_FILE_NAMES.search(name):
        return f"holds {ascii(found[0])[1:-1]!r}" if found[0] < " " else f'holds "{found[0]}"'
    if name.startswith((" ", ".")) or name.endswith((" ", ".")):
        return "begins or ends with a space or a full stop"
    if _DEVICE_NAMES.fullmatch(name):
        return "is the name of a device on Windows"
    if len(name.encode("utf-8", "surrogatepass")) > _LONGEST_FILE_NAME:
        return f"is longer than {_LONGEST_FILE_NAME} bytes"
    return None


def join_names(base: str, name: str) -> str:
    """The name inside a root that `name` means when the file `base` says it."""
    return posixpath.normpath(posixpath.join(posixpath.dirname(base), name))
