"""The slug: the line beside a printed page that says what it is, whatever its layout."""

from __future__ import annotations

from typing import Final

from cardprint.compose.filling import Environment, Filler
from cardprint.compose.marks_face import MARKS_FACE
from cardprint.model.colour import Swatch
from cardprint.model.content import DocumentInfo, Run, Slug
from cardprint.model.press import Press
from cardprint.model.scope import RecordValue
from cardprint.model.template import Placeholder, Template
from cardprint.model.typography import FontFace, TextStyle

_BLACK: Final = Swatch("slug", (20, 20, 20), (0.0, 0.0, 0.0, 100.0))
_STYLE: Final = TextStyle("slug", MARKS_FACE, 7.0, 9.0, _BLACK, tracking=0.02)

_HASH_SHOWN: Final = 16
"""Figures of the data's hash: enough to tell any two editions apart."""

_STATE: Final = (("state", "name"), ("state", "slug"))
_EDITION: Final = (("edition", "title"), ("edition", "id"))
"""What is written, and what is written instead where the face lacks a character of it."""


def compose_slugs(
    pages: int, environment: Environment, filler: Filler, press: Press, face: FontFace, info: DocumentInfo
) -> list[Slug]:
    """The slug of each of so many pages."""
    numbers = [f"page {number} of {pages}" if pages > 1 else "" for number in range(1, pages + 1)]
    return [_slug(number, environment, filler, press, face, info) for number in numbers]


def _slug(
    page: str, environment: Environment, filler: Filler, press: Press, face: FontFace, info: DocumentInfo
) -> Slug:
    """State, edition and, of several, the page; date, printing condition and the hash that the file carries."""
    subject = [_written(_EDITION, environment, filler, face)]
    if isinstance(environment.get("state"), RecordValue):
        subject.insert(0, _written(_STATE, environment, filler, face))
    if page:
        subject.append(page)
    made = [f"{info.date:%Y-%m-%d}", f"print, {press.spec.condition}"]
    if info.data_sha256:
        made.append(f"data {info.data_sha256[:_HASH_SHOWN]}")
    return Slug(*(Run(" \u00b7 ".join(words), _STYLE) for words in (subject, made)))


def _written(paths: tuple[tuple[str, ...], ...], environment: Environment, filler: Filler, face: FontFace) -> str:
    """The first of some values that the face can write, or else the last, without the characters that it lacks."""
    for path in paths:
        text = filler.text(Template((Placeholder(path),)), environment)
        if all(ord(character) in face.coverage for character in text):
            break
    return "".join(character for character in text if ord(character) in face.coverage)
