"""Many jurisdictions in little room: they come out as they were put in."""

from __future__ import annotations

import pickle

from cardprint.model.dataset import Jurisdiction
from cardprint.model.diagnostics import Span
from cardprint.model.places import Places

PLACES = (
    Jurisdiction("Utopia", "utopia", "UT", "utopia", "Utopia", (3, 0), Span("j.yaml", 1, 3, 1, 70)),
    Jurisdiction(
        "District of ʻA", "district-of-a", "DA", "thedistrict", "D.A.", None, Span("j.yaml", 2, 3, 2, 60), "the"
    ),
)


def places() -> Places:
    """All of them."""
    found = Places()
    for place in PLACES:
        found.add(place)
    return found


def test_every_field_comes_back() -> None:
    """With and without what may be left out, and in the same order."""
    assert PLACES == tuple(places().values())
    assert ["utopia", "district-of-a"] == list(places())


def test_it_is_a_mapping_by_slug() -> None:
    """What is not there is not made up."""
    found = places()
    assert (2, True, False, None) == (len(found), "utopia" in found, "UT" in found, found.get("nowhere"))
    assert found["utopia"] == found["utopia"]


def test_they_travel_to_other_processes() -> None:
    """Pickled and back they are the same."""
    assert PLACES == tuple(pickle.loads(pickle.dumps(places())).values())  # noqa: S301 (just made)
