"""Quotes and comments in YAML between brackets, as a parser meets them: for telling why it lost its way."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

_TOKEN = re.compile(r"(?P<comment>(?:(?<=\s)|^)#.*)|(?P<quote>[\"'])|(?P<sign>[\[\]{},]|:(?=\s|$))|(?P<space>\s+)|.")
_CLOSING = {'"': re.compile(r"(?:[^\"\\]|\\.)*\""), "'": re.compile(r"(?:[^']|'')*'(?!')")}


class Quoted(Struct, frozen=True):
    """A text in quotes; lines and columns count from 0, `end` is just after the closing quote."""

    start: tuple[int, int]
    end: tuple[int, int]


class Remark(Struct, frozen=True):
    """A comment: its line and column from 0, and its words."""

    line: int
    column: int
    text: str


def quotes_and_comments(
    lines: Sequence[str], start: tuple[int, int], end: tuple[int, int]
) -> tuple[list[Quoted], list[Remark]]:
    """All that begin between two places of a text."""
    quoted: list[Quoted] = []
    comments: list[Remark] = []
    (line, column), begins = start, True
    while (line, column) < end and line < len(lines):
        if column >= len(lines[line]):
            line, column = line + 1, 0
            continue
        token = _TOKEN.match(lines[line], column)
        if token is None:
            break
        if token["quote"] and begins:
            after = _closed(lines, line, column)
            quoted.append(Quoted((line, column), after))
            line, column = after
        else:
            if token["comment"]:
                comments.append(Remark(line, column, token[0].rstrip()))
            column = token.end()
        begins = bool(token["sign"]) or (begins and bool(token["space"] or token["comment"]))
    return quoted, comments


def _closed(lines: Sequence[str], line: int, column: int) -> tuple[int, int]:
    """Where the text in quotes that opens here ends; the end of all lines if it never does."""
    closing, rest = _CLOSING[lines[line][column]], "\n".join([lines[line][column + 1 :], *lines[line + 1 :]])
    match = closing.match(rest)
    if match is None:
        return len(lines), 0
    ended = rest[: match.end()]
    down = ended.count("\n")
    return line + down, len(ended) - ended.rfind("\n") - 1 if down else column + 1 + len(ended)
