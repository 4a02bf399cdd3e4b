"""Names that are nearly right."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST_COMPARED = 60
_MOST_LISTED = 24


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The name in `known` that `name` was probably meant to be, whatever its case; None if none is near."""
    if len(name) > _LONGEST_COMPARED:
        return None
    from difflib import get_close_matches  # needed only when something is wrong

    folded = {candidate.casefold(): candidate for candidate in known}
    matches = get_close_matches(name.casefold(), folded, n=1)
    return folded[matches[0]] if matches else None


def remedy(name: str, known: Iterable[str]) -> str:
    """What to do about a name that is not in `known`: the nearest, or what there is to choose from."""
    known = tuple(known)
    meant = nearest(name, known)
    if meant is not None:
        return f'Did you mean "{meant}"?'
    if not known:
        return ""
    listed = ", ".join(known[:_MOST_LISTED])
    more = f" and {len(known) - _MOST_LISTED} more" if len(known) > _MOST_LISTED else ""
    return f"Choose from {listed}{more}."
