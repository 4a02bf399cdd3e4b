"""Type that was set tighter than the theme has it, told in a line for people and in fields for programs."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cardprint.edition.tightness import Lowered, Tightness

_MOST_TOLD = 3
_WEIGHTS = ("size", "leading", "padding", "tracking")
"""What is lowered, in the order in which it changes the looks of a card most."""


def in_words(tightness: Tightness) -> str:
    """ "The type of all cards is set tighter (copyfit, step 36 of 57), as south-example has no room otherwise: …"."""
    step = f"(copyfit, step {tightness.rung} of {tightness.of})"
    state, cards = tightness.state, tightness.cards
    if tightness.shared:
        why = f", as the card of {state} has no room otherwise" if state else ""
        told = f"The type of all cards is set tighter {step}{why}"
    elif not state:
        told = f"The type of the page is set tighter {step}"
    elif cards == 1:
        told = f"The type of the card of {state} is set tighter {step}"
    else:
        told = f"The type of {cards:,} cards is set tighter, each for itself, most that of {state} {step}"
    subject = f'"cardprint explain{" " * bool(state)}{state}"'
    return f"{told}: {_lowered(tightness.lowered)}. {subject} with the same data and layout tells more."


def in_fields(tightness: Tightness | None) -> dict[str, object] | None:
    """The same for programs; `state` and `cards` are null where they do not apply."""
    if tightness is None:
        return None
    return {
        "step": tightness.rung,
        "of": tightness.of,
        "shared": tightness.shared,
        "state": tightness.state or None,
        "cards": None if tightness.shared or not tightness.state else tightness.cards,
        "lowered": [
            {"what": what, "before": before, "after": after, "unit": unit_of(what)}
            for what, before, after in tightness.lowered
        ],
    }


def unit_of(what: str) -> str:
    """The unit in which it is measured what gave way."""
    return "em" if what.startswith("tracking") else "pt"


def _lowered(lowered: Iterable[Lowered]) -> str:
    """ "size of highlights 10 → 7.8 pt, leading of highlights 13 → 9.5 pt and more"; what is lowered alike as one."""
    alike: dict[tuple[str, float, float], list[str]] = {}
    for what, before, after in lowered:
        measure, _, style = what.partition(" of ")
        alike.setdefault((measure, before, after), []).append(style)
    ranked = sorted(alike.items(), key=lambda item: _WEIGHTS.index(item[0][0]))
    told = [
        f"{measure} of {_listed(styles)} {before:g} → {after:g} {unit_of(measure)}"
        for (measure, before, after), styles in ranked
    ]
    if len(told) <= _MOST_TOLD:
        return _listed(told)
    return f"{', '.join(told[:_MOST_TOLD])}, and more"


def _listed(words: list[str]) -> str:
    return " and ".join(filter(None, (", ".join(words[:-1]), words[-1])))
