"""Texts made longer: by words of their own, or as long as their translation into Spanish would be."""

from __future__ import annotations

import re
from itertools import cycle
from typing import Final

from msgspec.structs import replace

from cardprint.model.scope import RichRun

LONGER: Final = 1.4

_SPANISH_TEXT: Final = (
    "Las metas alcanzadas se refieren a la responsabilidad de los compradores y de los tratantes conforme a las leyes "
    "estatales contra la explotación sexual comercial de menores, a la no criminalización de las víctimas, a los "
    "servicios de atención integral y a la capacitación de los organismos de justicia juvenil, las fiscalías y las "
    "escuelas. Persisten carencias en la identificación de víctimas extranjeras, en la restitución y en los plazos de "
    "prescripción; la indemnización de los daños, los enjuiciamientos y las órdenes de protección quedan a discreción "
    "de cada jurisdicción"
)

_GROWTH: Final = ((10, 1.6), (30, 1.5), (70, 1.4))
_GROWTH_OF_LONG: Final = 1.3
"""How much longer a text may be in Spanish than in English: running text by a quarter to a third, a short one by more.
Measured on the titles of 2021: "Youth" 1.4, "Continuum of Care" 1.5, "Tools for a Victim-Centered …" 1.45."""

_SHORT: Final = 100
_JOINTS: Final = ".,:;"
_FRAME: Final = re.compile(r"([\s.:;,]*)(.*?)([\s.:;,]*)", re.DOTALL)
"""What a text begins with before its words; its words; what ends it."""


def longer(text: str) -> str:
    """The text followed by as many of its own words as make it 1.4 times as long."""
    return _with_more(text, (LONGER - 1) * len(text))


def longer_paragraph(runs: tuple[RichRun, ...]) -> tuple[RichRun, ...]:
    """The runs of a paragraph, the longest of them that is no address longer by what makes the whole longer."""
    plain = [index for index, run in enumerate(runs) if not run.link and run.text.strip()]
    if not plain:
        return runs
    longest = max(plain, key=lambda index: (len(runs[index].text), -index))
    more = (LONGER - 1) * sum(len(run.text) for run in runs)
    run = replace(runs[longest], text=_with_more(runs[longest].text, more))
    return (*runs[:longest], run, *runs[longest + 1 :])


def _with_more(text: str, length: float) -> str:
    """The text and then as many of its own words, again and again, as make `length` characters."""
    before, words, end = _parts(text)
    return f"{before}{words}{end.rstrip()} {_filled(words.split(), length).rstrip(_JOINTS)}{end}"


def in_spanish(text: str, name: str) -> str:
    """Spanish words in place of the text, as long as its translation may be, begun and ended as it is; `name` stays.

    The words have no more to do with the text than that."""
    parts = re.split(rf"({re.escape(name)}(?:’s?)?)", text)
    return "".join(part if index % 2 else _replaced(part) for index, part in enumerate(parts))


def _replaced(text: str) -> str:
    before, words, end = _parts(text)
    if not any(map(str.isalpha, words)):
        return text
    growth = next((growth for length, growth in _GROWTH if len(words) <= length), _GROWTH_OF_LONG)
    spanish = _spanish(len(words), len(words) * growth)
    if words.isupper():
        spanish = spanish.upper()
    elif not words[0].islower():
        spanish = spanish[0].upper() + spanish[1:]
    return f"{before}{spanish}{end}"


def _spanish(seed: int, length: float) -> str:
    """Words of the Spanish text, about that long, from a place that `seed` picks. Where the whole is so short that a
    word more or less counts, from the place that comes nearest."""
    words = _SPANISH_TEXT.split()
    starts = [(seed + offset) % len(words) for offset in range(len(words) if length < _SHORT else 1)]
    texts = [_filled([*words[start:], *words[:start]], length).rstrip(_JOINTS) for start in starts]
    return min(texts, key=lambda text: abs(len(text) - length))


def _parts(text: str) -> tuple[str, str, str]:
    found = _FRAME.fullmatch(text)
    if found is None:
        raise AssertionError("the expression takes every text")
    return found[1], found[2], found[3]


def _filled(words: list[str], length: float) -> str:
    """The words, again and again, as many as come nearest to the length, and one at least."""
    text = ""
    for word in cycle(words):
        more = f"{text} {word}".strip()
        if text and abs(len(more) - length) >= abs(len(text) - length):
            break
        text = more
    return text
