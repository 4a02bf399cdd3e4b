"""The output intent: what the file's colour values mean (ISO 32000-1 §14.11.5)."""

from __future__ import annotations

import re
from functools import lru_cache
from pkgutil import get_data  # importlib.resources loads zipfile and more
from typing import TYPE_CHECKING, Final, NamedTuple

from cardprint.paint.syntax import deflated_stream, text_string

if TYPE_CHECKING:
    from cardprint.model.press import Press

_REGISTERED: Final = re.compile(r"(?:FOGRA|CGATS|IFRA|JC|JCW|PC|EUROSB|FINAT|SC_)[\w .-]*")
"""How the names of printing conditions in the ICC's registry begin (registry.color.org)."""


class OutputIntent(NamedTuple):
    """The intents' dictionaries, left open for the reference to the profile that they share, and its stream."""

    entries: tuple[str, ...]
    profile: bytes


@lru_cache(maxsize=1)
def srgb_icc() -> bytes:
    """The profile of screens."""
    profile = get_data("cardprint.paint", "icc/srgb-v2.icc")
    if profile is None:
        raise FileNotFoundError("cardprint is installed without its colour profile")
    return profile


@lru_cache(maxsize=4)
def output_intent(press: Press | None) -> OutputIntent:
    """The intent of screens (sRGB), or those of a press: one for PDF/X, one for PDF/A. A profile is deflated once."""
    if press is None:
        entries = "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/Info(sRGB IEC61966-2.1)"
        return OutputIntent((entries,), deflated_stream("/N 3", srgb_icc(), 9))
    condition = text_string(press.spec.condition)
    registry = "/RegistryName(http://www.color.org)" if _REGISTERED.fullmatch(press.spec.condition) else ""
    said = f"/OutputConditionIdentifier{condition}/OutputCondition{condition}/Info{condition}{registry}"
    kinds = ("GTS_PDFX", "GTS_PDFA1")
    entries_of_press = tuple(f"<</Type/OutputIntent/S/{kind}{said}" for kind in kinds)
    return OutputIntent(entries_of_press, deflated_stream("/N 4", press.icc.data, 9))
