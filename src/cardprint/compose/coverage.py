"""Whether the fonts hold every character that is to be drawn."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from cardprint.model.typography import NO_BREAK_TWINS, FontBook, FontFace, TextStyle

_NEVER_DRAWN = frozenset("\n\r\u00ad")
"""Line ends and the soft hyphen, which is drawn as a hyphen where a line ends at it."""

_RIGHT_TO_LEFT = frozenset(("R", "AL", "AN"))
_FIRST_RIGHT_TO_LEFT = 0x590


def drawable(style: TextStyle, fonts: FontBook) -> frozenset[str]:
    """Every character that a text in `style` may hold: its face or a fallback draws it, or nobody has to.

    Not those of scripts that are written from right to left, whatever the faces have."""
    return _drawable(tuple([fonts[name] for name in (style.face, *style.fallback)]))


def uncovered(text: str, characters: frozenset[str]) -> list[str]:
    """What of `text` is not among the drawable `characters`, each once and in order.

    Of what runs from right to left only the first: it stands for all of them."""
    if characters.issuperset(text):
        return []
    lacking = [character for character in dict.fromkeys(text) if character not in characters]
    turned = [character for character in lacking if runs_right_to_left(character)]
    return [character for character in lacking if character not in turned[1:]]


def runs_right_to_left(character: str) -> bool:
    """Whether the character is of a script that is written from right to left (UAX #9), which nothing here sets."""
    return ord(character) >= _FIRST_RIGHT_TO_LEFT and unicodedata.bidirectional(character) in _RIGHT_TO_LEFT


def character_name(character: str) -> str:
    """The character for people: `“ʻ” (U+02BB MODIFIER LETTER TURNED COMMA)`."""
    name = unicodedata.name(character, "")
    shown = f"“{character}” " if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X}{' ' if name else ''}{name})"


@lru_cache(maxsize=128)
def _drawable(faces: tuple[FontFace, ...]) -> frozenset[str]:
    """What the faces draw together, and what is never drawn. Faces compare by identity."""
    covered = {chr(code) for face in faces for code in face.coverage if not runs_right_to_left(chr(code))}
    stand_ins = {chr(code) for code, plain in NO_BREAK_TWINS.items() if plain in covered}
    return frozenset(covered | stand_ins | _NEVER_DRAWN)
