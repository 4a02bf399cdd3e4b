"""Values between stages as text, line by line: equal values give equal lines, on every machine.

A line is a part: its kind, what is particular about it (defaults are left out), and the place of the file that it comes
from. Its own parts stand below it, further in. Lengths are points, rounded. Styles and swatches go by name and are
spelt out at the end.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from enum import Enum
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, Final

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from cardprint.model.colour import Swatch
from cardprint.model.content import AutoTrack, FixedTrack, FlexTrack, PageContent, Stroke
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.frame import PageFrame, ShapedText
from cardprint.model.geometry import Insets, Matrix, Rect, Size
from cardprint.model.icon import Icon, Picture
from cardprint.model.structure import Role
from cardprint.model.typography import FontFace, TextStyle

_INDENT: Final = "  "
_ROUGH, _FINE = 2, 4
"""Decimals: of lengths, and of factors and shares of an em."""

_SUFFIXES: Final = ("Block", "Item")
_LEAVES: Final = (
    Swatch,
    TextStyle,
    FontFace,
    Icon,
    Picture,
    Size,
    Insets,
    Rect,
    Matrix,
    Stroke,
    Role,
    FixedTrack,
    AutoTrack,
    FlexTrack,
    ShapedText,
)
"""Structs that are told in a word or two on the line of what they belong to."""


def dump_content(content: PageContent, *, lines: bool = True) -> str:
    """What a page is to say and how, block by block, each with its file and, with `lines`, its place there."""
    return _dump(content, lines=lines)


def dump_frame(frame: PageFrame, *, lines: bool = True) -> str:
    """What is painted on a page and where, group by group."""
    return _dump(frame, lines=lines)


def place_name(span: Span) -> str:
    """A place as dumps tell it: a path that begins at the root of a disk is cut to its last folder."""
    return f"{_file_name(span.file)}{str(span)[len(span.file) :]}"


def _file_name(file: str) -> str:
    for path in (PurePosixPath(file), PureWindowsPath(file)):
        if path.is_absolute():
            return "/".join(("…", *path.parts[-2:]))
    return file


def _dump(value: object, *, lines: bool) -> str:
    dump = _Dump(lines=lines)
    dump.part("", value, 0, "")
    dump.legend()
    return "\n".join(dump.lines) + "\n"


class _Dump:
    """The lines so far, and the styles and swatches that they name."""

    def __init__(self, *, lines: bool) -> None:
        self.with_lines = lines
        self.lines: list[str] = []
        self.styles: dict[str, TextStyle] = {}
        self.swatches: dict[str, Swatch] = {}

    def part(self, label: str, value: object, depth: int, parent: str) -> None:
        """A value and its parts. `parent` is the name of the part above, with which names of parts begin."""
        if isinstance(value, tuple):
            if label:
                self._line(depth, label.rstrip())
            for item in value:
                self.part("", item, depth + bool(label), parent)
        elif _is_leaf(value):
            self._line(depth, f"{label}{self._leaf(value)}")
        else:
            self._record(label, value, depth, parent)

    def legend(self) -> None:
        """The styles and swatches named so far, in the order of their names."""
        if self.styles:
            self._line(0, "styles")
        for name in sorted(self.styles):
            self._line(1, f"{name}: {' '.join(self._attributes(self.styles[name], skip=('name',)))}")
        if self.swatches:
            self._line(0, "swatches")
        for name in sorted(self.swatches):
            swatch = self.swatches[name]
            spot = f" spot={_quoted(swatch.spot)}" if swatch.spot else ""
            self._line(1, f"{name}: {swatch.hex} cmyk={_numbers(swatch.cmyk)}{spot}")

    def _record(self, label: str, value: object, depth: int, parent: str) -> None:
        name = str(getattr(value, "name", ""))
        words = [f"{label}{_kind(value)}"]
        if name:
            words.append(name.removeprefix(parent) if parent else name)
        words += self._attributes(value, skip=("name",))
        span = getattr(value, "span", NOWHERE)
        if span.file:
            words.append(f"@{place_name(span) if self.with_lines else _file_name(span.file)}")
        self._line(depth, " ".join(words))
        parts = [(key, item) for key, item in _particulars(value) if not _is_leaf(item)]
        for key, item in parts:
            self.part("" if len(parts) == 1 else f"{key}: ", item, depth + 1, name or parent)

    def _attributes(self, value: object, skip: tuple[str, ...]) -> Iterator[str]:
        """What is told on the value's own line."""
        for key, item in _particulars(value):
            if key in skip or not _is_leaf(item):
                continue
            if key == "text":
                yield self._leaf(item)
            elif key == "outline":
                yield f"outline={len(item)} commands"
            elif key == "pieces":
                yield from _words(item)
            else:
                yield f"{key}={self._leaf(item, _FINE if isinstance(value, TextStyle) else _ROUGH)}"

    def _leaf(self, value: Any, digits: int = _ROUGH) -> str:  # noqa: C901 (one case for each kind)
        match value:
            case None:
                return "none"
            case bool():
                return str(value).lower()
            case str():
                return _quoted(value)
            case float():
                return _number(value, digits)
            case Enum():
                return str(value.value)
            case dt.date():
                return value.isoformat()
            case Size() | Rect() | Insets() | Matrix():
                return _geometry(value)
            case FixedTrack() | AutoTrack() | FlexTrack():
                return _track(value)
            case Stroke():
                return f"{_number(value.weight)}pt {self._leaf(value.swatch)}"
            case Swatch():
                return self.swatches.setdefault(value.name, value).name
            case TextStyle():
                self._leaf(value.swatch)
                return self.styles.setdefault(value.name, value).name
            case FontFace() | Icon() | Picture():
                return value.name
            case Role():
                about = " ".join(self._attributes(value, skip=("tag",)))
                return f"{value.tag.value}({about})" if about else value.tag.value
            case tuple():
                return f"[{', '.join(self._leaf(item, digits) for item in value)}]"
            case frozenset():
                return f"[{', '.join(sorted(self._leaf(item) for item in value))}]"
        return str(value)

    def _line(self, depth: int, text: str) -> None:
        self.lines.append(f"{_INDENT * depth}{text}")


def _particulars(value: Any) -> Iterator[tuple[str, Any]]:
    """The fields of a value that are neither empty nor what they are by default; its place is told elsewhere."""
    for field in fields(value):
        item = getattr(value, field.name)
        if item is not None and item != () and item != _default(field) and not isinstance(item, Span):
            yield field.name, item


def _default(field: FieldInfo) -> object:
    return field.default_factory() if field.default_factory is not NODEFAULT else field.default


def _is_leaf(value: object) -> bool:
    """Whether a value is told on the line of what it belongs to."""
    if isinstance(value, tuple | frozenset):
        return all(map(_is_leaf, value))
    return isinstance(value, _LEAVES) or not isinstance(value, Struct)


def _kind(value: object) -> str:
    """TextBlock → text, FilledRect → filled-rect."""
    name = type(value).__name__
    for suffix in _SUFFIXES:
        name = name.removesuffix(suffix)
    return "".join(f"-{letter.lower()}" if letter.isupper() else letter for letter in name).removeprefix("-")


def _words(pieces: tuple[ShapedText, ...]) -> Iterator[str]:
    """The text of shaped pieces, and their faces in the order in which they come."""
    yield _quoted("".join(piece.text for piece in pieces))
    faces = dict.fromkeys(piece.face.name for piece in pieces)
    yield f"faces=[{', '.join(faces)}]"


def _geometry(value: Size | Rect | Insets | Matrix) -> str:
    match value:
        case Size():
            return f"{_number(value.width)}×{_number(value.height)}"
        case Rect():
            return f"{_number(value.x)},{_number(value.y)} {_number(value.width)}×{_number(value.height)}"
        case Insets():
            return _numbers((value.top, value.right, value.bottom, value.left))
        case Matrix():
            turn = _numbers((value.a, value.b, value.c, value.d), _FINE)
            return f"{turn} {_number(value.e)},{_number(value.f)}"


def _track(value: FixedTrack | AutoTrack | FlexTrack) -> str:
    match value:
        case FixedTrack():
            return f"{_number(value.width)}pt"
        case AutoTrack():
            return "auto"
        case FlexTrack():
            return f"{_number(value.share)}fr"


def _quoted(text: str) -> str:
    """A text in quotes, with escapes for quotes and for what would not be seen."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    seen = "".join(char if char.isprintable() else char.encode("unicode_escape").decode("ascii") for char in escaped)
    return f'"{seen}"'


def _numbers(values: tuple[float, ...], digits: int = _ROUGH) -> str:
    return f"[{' '.join(_number(value, digits) for value in values)}]"


def _number(value: float, digits: int = _ROUGH) -> str:
    text = f"{value:.{digits}f}".rstrip("0").rstrip(".") if digits else str(value)
    return "0" if text == "-0" else text
