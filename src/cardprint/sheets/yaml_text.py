"""Results as YAML text, as the files of an edition are written by hand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from cardprint.model.dataset import Framework, Issue
from cardprint.sheets.fields import (
    ACCOMPLISHED,
    EXTRA_KEYS,
    GAP,
    NUMBERS,
    OVERALL_KEYS,
    STATE_KEYS,
    FieldName,
    Fields,
    Part,
    Value,
    goal_names,
    is_number,
)

WIDTH = 120

_PLAIN = re.compile(r"[A-Za-z][\w.’'()/+%–—-]*(?: [\w.’'()/+%&–—-]+)*")
_ADDRESS = re.compile(r"https?://[\w.~/?=&%+@:-]*[\w/=-]")
_WORDS = frozenset(("yes", "no", "true", "false", "on", "off", "null", "y", "n"))
_ESCAPES = {"\\": "\\\\", '"': '\\"'}

Item = tuple[str, ...]
"""A value in pieces: between two of them a line may be broken, where there is a space otherwise."""


def text_pieces(text: str, *, quoted: bool = False) -> Item:
    """A text, plain where nothing in it can be mistaken, else in double quotes, in which it can run over lines."""
    harmless = text.casefold() not in _WORDS and (_PLAIN.fullmatch(text) or _ADDRESS.fullmatch(text))
    if harmless and not quoted and len(text) <= WIDTH:
        return (text,)
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return tuple(re.split(r"(?<=[^ ]) (?=[^ ])", f'"{escaped}"'))


def list_pieces(ids: Iterable[str]) -> Item:
    """A list of ids in brackets."""
    return _bracketed("[", (text_pieces(one, quoted=True) for one in ids), "]")


def points_pieces(points: Mapping[str, str]) -> Item:
    """Goals and their points in braces."""
    return _bracketed("{", (_pair(f'"{goal}"', (number,)) for goal, number in points.items()), "}")


def mapping_pieces(pairs: Iterable[tuple[str, Item]]) -> Item:
    """Keys and their values in braces."""
    return _bracketed("{", (_pair(key, value) for key, value in pairs), "}")


def _pair(key: str, value: Item) -> Item:
    return (f"{key}:", *value)


def _bracketed(opening: str, items: Iterable[Item], closing: str) -> Item:
    pieces: list[str] = []
    for item in items:
        if pieces:
            pieces[-1] += ","
        pieces.extend(item)
    pieces = pieces or [""]
    pieces[0] = opening + pieces[0]
    pieces[-1] += closing
    return tuple(pieces)


def fill(first: str, pieces: Item, indent: int, newline: str) -> str:
    """`first` and the pieces in lines of at most `WIDTH` where they can be broken, later lines indented."""
    lines, line = [], first
    for number, piece in enumerate(pieces):
        gap = "" if number == 0 or line.endswith(" ") else " "
        if number and len(line) + len(gap) + len(piece) > WIDTH:
            lines.append(line.rstrip(" "))
            line, gap = " " * indent, ""
        line += gap + piece
    return newline.join([*lines, line])


def value_pieces(name: FieldName, value: Value) -> Item:
    """A field's value; that of a goal is its points."""
    if isinstance(value, tuple):
        return list_pieces(value)
    if name.goal or name.key in NUMBERS or name.key == "revised":
        return (value,)
    return text_pieces(value)


def status_lists(issue: Issue, fields: Fields) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The keys of an issue's lists and what belongs into each."""
    for key, status in (("accomplished", ACCOMPLISHED), ("gaps", GAP)):
        yield key, tuple(name.goal for name in goal_names(issue) if name in fields and fields[name].value == status)


def goal_points(issue: Issue, fields: Fields) -> dict[str, str]:
    """The points of an issue's goals, if that is how they are given."""
    given = {name.goal: fields[name].value for name in goal_names(issue) if name in fields}
    points = {goal: str(value) for goal, value in given.items() if is_number(value)}
    return points if len(points) == len(given) else {}


def issue_pieces(issue: Issue, fields: Fields) -> Item:
    """An issue's entry."""
    pairs = [("id", text_pieces(issue.id, quoted=True)), *_pairs(fields, Part.ISSUE, issue.id, ("score", "grade"))]
    points = goal_points(issue, fields)
    if points:
        pairs.append(("points", points_pieces(points)))
    else:
        pairs += [(key, list_pieces(ids)) for key, ids in status_lists(issue, fields)]
    return mapping_pieces([*pairs, *_pairs(fields, Part.ISSUE, issue.id, ("highlights",))])


def extra_pieces(row: str, fields: Fields) -> Item:
    """The entry of a row of extra credit."""
    return mapping_pieces([("id", text_pieces(row)), *_pairs(fields, Part.EXTRA_CREDIT, row, EXTRA_KEYS)])


def overall_pieces(fields: Fields) -> Item:
    """The overall result."""
    return mapping_pieces(_pairs(fields, Part.OVERALL, "", OVERALL_KEYS))


def _pairs(fields: Fields, part: Part, row: str, keys: Sequence[str]) -> list[tuple[str, Item]]:
    names = [FieldName(part, key, row) for key in keys]
    return [(name.key, value_pieces(name, fields[name].value)) for name in names if name in fields]


def section(key: str, fields: Fields, framework: Framework, newline: str) -> str:
    """One of the keys of a state's file with its value, if the fields give it; without a line's end."""
    if key in STATE_KEYS:
        name = FieldName(Part.STATE, key)
        return fill(f"{key}: ", value_pieces(name, fields[name].value), 2, newline) if name in fields else ""
    if key == "overall":
        pairs = _pairs(fields, Part.OVERALL, "", OVERALL_KEYS)
        return fill("overall: ", overall_pieces(fields), 2, newline) if pairs else ""
    entries = [fill("  - ", pieces, 5, newline) for pieces in entries_of(key, fields, framework).values()]
    return newline.join([f"{key}:", *entries]) if entries else ""


def entries_of(key: str, fields: Fields, framework: Framework) -> dict[str, Item]:
    """The entries that the fields give of the issues or of extra credit, by id."""
    given = {(name.part, name.row) for name in fields}
    if key == "issues":
        return {issue.id: issue_pieces(issue, fields) for issue in framework.issues if (Part.ISSUE, issue.id) in given}
    return {
        row.id: extra_pieces(row.id, fields) for row in framework.extra_credit if (Part.EXTRA_CREDIT, row.id) in given
    }


SECTIONS = ("source", "issues", "extra_credit", "overall", "revised", "revision", "correction")
"""The keys of a state's file after its name, in the order in which a new one has them."""


def new_file(name: str, fields: Fields, framework: Framework) -> str:
    """The file of a state that had none."""
    parts = [fill("state: ", text_pieces(name), 2, "\n")]
    parts += [part for key in SECTIONS if (part := section(key, fields, framework, "\n"))]
    return "\n".join(parts) + "\n"
