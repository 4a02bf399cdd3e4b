"""Cards inside other documents: read with their description, and put where they were asked for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from msgspec import Struct

from cardprint.edition.asked import RequestError
from cardprint.model.art import CardArt
from cardprint.model.copyfit import SMALLEST_BODY
from cardprint.model.diagnostics import Diagnostic, DiagnosticError, Severity
from cardprint.model.geometry import Rect
from cardprint.place import PlaceError, fitted, place_in_file, read_art
from cardprint.verify import describe_card
from cardprint.workspace import Workspace

_LARGEST_HOST: Final = 250_000_000
"""Bytes. A card is put into reports of many pages and pictures."""

_LEGIBLE: Final = 4.0
"""Points below which text cannot be read on paper."""

_ASKED_FOR: Final = frozenset({"box-outside", "no-such-page"})


class Placed(Struct, frozen=True):
    """What came of it: the path to show, and warnings."""

    path: str
    warnings: tuple[Diagnostic, ...]


def card_art(pdf: bytes, alt: str | None = None, name: str = "", page: int | None = None) -> CardArt:
    """A finished card as art for other pages; of one with several pages, `page` (from 1).

    `alt` describes it to whoever does not see it; without it the description is written from the card's tags.
    Raises `DiagnosticError` for a file that is no card, telling of it as `name`."""
    try:
        described = describe_card(pdf)
        return read_art(pdf, described.text if alt is None else alt, described.language, name, page)
    except DiagnosticError as error:
        if alt is not None and error.diagnostics[0].code == "no-tags":
            return read_art(pdf, alt, name=name, page=page)
        raise


def place_card(host: bytes, card: bytes | CardArt, page: int, box: Rect) -> bytes:
    """The PDF `host` with a card on page `page` (from 1): in `box`, as large as it can be, in the middle.

    `box` is measured in points from the top left of the page. Raises `DiagnosticError` where that cannot be done."""
    return place_in_file(host, card if isinstance(card, CardArt) else card_art(card), page, box)


def place_card_file(
    workspace: Workspace,
    card: str | os.PathLike[str],
    host: str | os.PathLike[str],
    page: int,
    box: Rect,
    output: str | os.PathLike[str],
    alt: str | None = None,
    card_page: int | None = None,
) -> Placed:
    """The same for files; the result is written to `output`.

    Raises `RequestError` for files, a page or a place that do not exist, else `DiagnosticError`."""
    files = []
    for file in (card, host):
        try:
            files.append(workspace.file(file))
        except DiagnosticError as error:
            raise RequestError(error.diagnostics) from None
    _refuse_overwriting(workspace, output, card, host)
    card_source = workspace.read(*files[0], remember=False)
    host_source = workspace.read(*files[1], remember=False, most=_LARGEST_HOST)
    art = card_art(card_source.data, alt, card_source.name, card_page)
    try:
        pdf = place_in_file(host_source.data, art, page, box, host_source.name)
    except PlaceError as error:
        if error.diagnostics[0].code in _ASKED_FOR:
            raise RequestError(error.diagnostics) from None
        raise
    path = Path(output)
    return Placed(workspace.write(path.parent, path.name, pdf), tuple(_warnings(art, box)))


def _refuse_overwriting(workspace: Workspace, output: str | os.PathLike[str], *inputs: str | os.PathLike[str]) -> None:
    target = (workspace.here / output).resolve()
    for file in inputs:
        if (workspace.here / file).resolve() == target:
            message = f'"{os.fspath(output)}" is the file that is read.'
            raise RequestError([Diagnostic("same-file", message, hint="Name another file after -o.")])


def _warnings(art: CardArt, box: Rect) -> list[Diagnostic]:
    """What may not be as it was meant: a card so small that it is a picture only."""
    scale = fitted(art.size, box).width / art.size.width
    if SMALLEST_BODY * scale >= _LEGIBLE:
        return []
    message = (
        f"The card has {scale:.0%} of its size: its text of {SMALLEST_BODY:g} pt is "
        f"{SMALLEST_BODY * scale:.1f} pt high there, too small to be read on paper."
    )
    hint = "Give a larger box if it is to be read."
    return [Diagnostic("small-text", message, hint=hint, severity=Severity.WARNING)]
