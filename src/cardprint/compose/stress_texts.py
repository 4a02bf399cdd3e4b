"""Texts made longer: by words of their own, or as long as their translation into Spanish would be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import cycle
from typing import Final

from cardprint.model.scope import RichRun

LONGER: Final = 1.4

_SPANISH: Final = (
    "Las metas alcanzadas se refieren a la responsabilidad de los compradores y de los tratantes conforme a las leyes "
    "estatales contra la explotación sexual comercial de menores, a la no criminalización de las víctimas, a los "
    "servicios de atención integral y a la capacitación de los organismos de justicia juvenil, las fiscalías y las "
    "escuelas. Persisten carencias en la identificación de víctimas extranjeras, en la restitución y en los plazos de "
    "prescripción; la indemnización de los daños, los enjuiciamientos y las órdenes de protección quedan a discreción "
    "de cada jurisdicción"
).split()

_GROWTH: Final = ((10, 1.8), (20, 1.6), (30, 1.5), (50, 1.4), (70, 1.35))
_GROWTH_OF_LONG: Final = 1.3
"""How much longer a text is in Spanish than in English: running text by a quarter to a third, short labels by far more
(as the W3C's "Text size in translation" has it of European languages, taken a little lower)."""

_FRAME: Final = re.compile(r"(\s*)(.*?)([\s.:;,]*)", re.DOTALL)
"""Spaces before a text; the text; what ends it."""


def longer(text: str) -> str:
    """The text followed by as many of its own words as make it 1.4 times as long."""
    before, words, end = _parts(text)
    return f"{before}{_filled(words.split(), len(words) * LONGER, words)}{end}"


def longer_paragraph(runs: tuple[RichRun, ...]) -> tuple[RichRun, ...]:
    """The runs of a paragraph, the longest of them that is no address longer by what makes the whole longer."""
    plain = [index for index, run in enumerate(runs) if not run.link and run.text.strip()]
    if not plain:
        return runs
    longest = max(plain, key=lambda index: (len(runs[index].text), -index))
    run = runs[longest]
    before, words, end = _parts(run.text)
    wanted = len(words) + (LONGER - 1) * sum(len(other.text) for other in runs)
    text = f"{before}{_filled(words.split(), wanted, words)}{end}"
    return (*runs[:longest], replace(run, text=text), *runs[longest + 1 :])


def in_spanish(text: str) -> str:
    """Spanish words in place of the text, as long as its translation may be, begun and ended as it is.

    The words have no more to do with the text than that."""
    before, words, end = _parts(text)
    if not any(map(str.isalpha, words)):
        return text
    growth = next((growth for length, growth in _GROWTH if len(words) <= length), _GROWTH_OF_LONG)
    start = len(words) % len(_SPANISH)
    spanish = _filled([*_SPANISH[start:], *_SPANISH[:start]], len(words) * growth)
    if words.isupper():
        spanish = spanish.upper()
    elif words[0].isupper():
        spanish = spanish[0].upper() + spanish[1:]
    return f"{before}{spanish.rstrip('.,;')}{end}"


def _parts(text: str) -> tuple[str, str, str]:
    found = _FRAME.fullmatch(text)
    if found is None:
        raise AssertionError("the expression takes every text")
    return found[1], found[2], found[3]


def _filled(words: list[str], length: float, begun: str = "") -> str:
    """`begun` and then the words, again and again, up to the length."""
    parts = [begun] if begun else []
    size = len(begun)
    for word in _endless(words):
        if size >= length:
            break
        parts.append(word)
        size += len(word) + (1 if size else 0)
    return " ".join(parts)


def _endless(words: list[str]) -> Iterator[str]:
    return cycle(words) if words else iter(())
