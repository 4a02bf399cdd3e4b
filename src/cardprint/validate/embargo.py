"""The words of a command to the end of an embargo."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.embargo import Embargo

_ZONES: Final = {
    "UTC": 0,
    "GMT": 0,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "AKST": -9,
    "AKDT": -8,
    "HST": -10,
    "AST": -4,
    "SST": -11,
    "CHST": 10,
}
"""Hours from UTC: the zones of the United States, its territories, and the universal one."""

_FORM: Final = re.compile(r"(\d{4}-\d{2}-\d{2})[ T](\d{2}:\d{2}) ?([A-Za-z]+|[+-]\d{2}:\d{2})", re.ASCII)
_HINT: Final = 'Write it as "2021-11-17 00:01 EST", or with the distance from UTC: "2021-11-17 00:01 -05:00".'


def parse_embargo(text: str) -> Embargo:
    """The embargo that ends at `text`: day, time, and a zone or its distance from UTC.

    Raises `DiagnosticError` (bad-embargo)."""
    match = _FORM.fullmatch(text.strip())
    if match is None:
        raise _refused(f'"{text}" is not a day, a time and a time zone.')
    day, time, zone = match.groups()
    if zone[0] not in "+-" and zone.upper() not in _ZONES:
        raise _refused(f'"{zone}" is no time zone that is known: {", ".join(sorted(_ZONES))}.')
    try:
        offset = dt.timedelta(hours=_ZONES[zone.upper()]) if zone[0] not in "+-" else _distance(zone)
        moment = dt.datetime.fromisoformat(f"{day}T{time}").replace(tzinfo=dt.timezone(offset))
    except ValueError:
        raise _refused(f'"{text}" names no day or time that exists.') from None
    return Embargo(moment, zone.upper() if zone[0] not in "+-" else f"UTC{zone}")


def _distance(zone: str) -> dt.timedelta:
    hours, minutes = int(zone[1:3]), int(zone[4:])
    if minutes > 59:
        raise ValueError(zone)
    distance = dt.timedelta(hours=hours, minutes=minutes)
    return -distance if zone[0] == "-" else distance


def _refused(message: str) -> DiagnosticError:
    return DiagnosticError([Diagnostic("bad-embargo", message, hint=_HINT)])
