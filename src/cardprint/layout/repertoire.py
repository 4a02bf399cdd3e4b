"""Every glyph that texts can take: what a font must hold to set them, however they are divided and made to fit."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cardprint.layout.copyfit import Setting, rungs
from cardprint.layout.paragraph import type_of
from cardprint.layout.shaping import face_shaper, split_by_face
from cardprint.model.content import PageContent, Run
from cardprint.model.copyfit import Copyfit
from cardprint.model.frame import ShapedText
from cardprint.model.typography import FontBook, TextStyle

_WORDS: Final = re.compile(r"\s+|[^\s\u00ad]+")


def shape_repertoire(pages: Iterable[PageContent], copyfit: Copyfit, fonts: FontBook) -> frozenset[ShapedText]:
    """The words of `pages` shaped as layout shapes them on any rung of `copyfit`, with what may come along: the hyphen
    of divided words and, where a style shows one figure, all figures."""
    words: dict[TextStyle, set[str]] = {}
    for page in pages:
        for run in _runs(page):
            words.setdefault(run.style, set()).update(_WORDS.findall(run.text))
    ladder = [Setting(copyfit, rung) for rung in range(rungs(copyfit) + 1)]
    pieces: set[ShapedText] = set()
    for style, texts in words.items():
        for tracked in {bool(setting.style(style).tracking) for setting in ladder}:
            pieces.update(_shaped(texts, replace(style, tracking=float(tracked)), fonts))
    return frozenset(pieces)


def _shaped(texts: Iterable[str], style: TextStyle, fonts: FontBook) -> Iterator[ShapedText]:
    faces = type_of(style, fonts).faces
    for text in texts:
        for stretch, face in split_by_face(text, faces):
            shaper = face_shaper(face)
            yield shaper.shape(stretch, style.figures, ligatures=not style.tracking)
            if style.hyphenate:
                yield shaper.soft_hyphen()


def _runs(value: object) -> Iterator[Run]:
    """Every run in a tree of blocks, of whatever kinds these are."""
    if isinstance(value, Run):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from _runs(item)
    elif isinstance(value, Struct):
        for field in value.__struct_fields__:
            yield from _runs(getattr(value, field))
