"""Whether the fonts hold every character that is to be drawn."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import lru_cache

from cardprint.model.typography import FontBook, FontFace, TextStyle

_NEVER_DRAWN = frozenset(
    "\n\r\u00ad"  # line ends, soft hyphen
    "\u200b\u200c\u200d\u2060\ufeff"  # zero-width space, joiners, byte order mark
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"  # marks of direction
    "\u2028\u2029"  # line and paragraph separators
)
_SET_AS: Mapping[str, str] = {"\u00a0": " ", "\u202f": " ", "\u2011": "-"}
"""No-break forms that layout sets with the glyph of the plain one."""


def drawable(style: TextStyle, fonts: FontBook) -> frozenset[str]:
    """Every character that a text in `style` may hold: its face or a fallback draws it, or nobody does."""
    return _drawable(tuple([fonts[name] for name in (style.face, *style.fallback)]))


def uncovered(text: str, characters: frozenset[str]) -> list[str]:
    """What of `text` is not among the drawable `characters`, each once and in order."""
    if characters.issuperset(text):
        return []
    return [character for character in dict.fromkeys(text) if character not in characters]


def character_name(character: str) -> str:
    """The character for people: `“ʻ” (U+02BB MODIFIER LETTER TURNED COMMA)`."""
    name = unicodedata.name(character, "")
    shown = f"“{character}” " if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X}{' ' if name else ''}{name})"


@lru_cache(maxsize=128)
def _drawable(faces: tuple[FontFace, ...]) -> frozenset[str]:
    """What the faces draw together, and what is never drawn. Faces compare by identity."""
    covered = {chr(code) for face in faces for code in face.coverage}
    stand_ins = {character for character, plain in _SET_AS.items() if plain in covered}
    return frozenset(covered | stand_ins | _NEVER_DRAWN)
