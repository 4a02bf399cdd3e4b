"""An embargo: until when nothing of a kit may be published, and how its pages, pictures and file names say so."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from msgspec import Struct

MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
"""In English, as all that a kit says of itself is."""


_WORDS: Final = re.compile(
    r"EMBARGOED UNTIL (\d\d):(\d\d) ([A-Z0-9:+-]{2,9}), ([A-Z]{3,9}) (\d\d?), (\d{4})(?=: )", re.ASCII
)


class Embargo(Struct, frozen=True):
    """`moment` is when it ends, with its distance from UTC; `zone` is the zone as it was written ("EST")."""

    moment: dt.datetime
    zone: str

    @property
    def words(self) -> str:
        """What pages and pictures carry. It has no letter alone, which could be taken for a grade."""
        day = f"{MONTHS[self.moment.month - 1]} {self.moment.day}, {self.moment.year}"
        return f"EMBARGOED UNTIL {self.moment:%H:%M} {self.zone}, {day}".upper()

    @property
    def file_prefix(self) -> str:
        """What stands before the name of every file."""
        zone = self.zone.replace("+", "plus").replace("-", "minus").replace(":", "")
        return f"embargoed-until-{self.moment:%Y-%m-%d-%H%M}-{zone}-"


def embargo_in(title: str) -> Embargo | None:
    """The embargo with whose words a title begins, if it does. How far its zone is from UTC they do not say: 0 here."""
    match = _WORDS.match(title)
    if match is None:
        return None
    hour, minute, zone, name, day, year = match.groups()
    month = next((number for number, month in enumerate(MONTHS, start=1) if month.upper() == name), 0)
    try:
        return Embargo(dt.datetime(int(year), month, int(day), int(hour), int(minute), tzinfo=dt.UTC), zone)
    except ValueError:
        return None
