"""The shipped list of jurisdictions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

FILE = Path(__file__).parents[3] / "data" / "jurisdictions.yaml"
TILES_ACROSS, TILES_DOWN = 11, 8


@pytest.fixture(scope="module")
def places() -> dict[str, dict[str, Any]]:
    """Every jurisdiction by its postal code."""
    return {place["postal"]: place for place in yaml.safe_load(FILE.read_text(encoding="utf-8"))}


def test_fifty_states_and_the_district(places: dict[str, dict[str, Any]]) -> None:
    """There are 51, in the order of their names, and no name, slug, address or AP form occurs twice."""
    assert len(places) == 51
    names = [place["name"] for place in places.values()]
    assert sorted(names) == names
    for field in ("name", "slug", "address", "ap"):
        assert len({place[field] for place in places.values()}) == 51, field


def test_slug_and_address_follow_the_name(places: dict[str, dict[str, Any]]) -> None:
    """Lower case both; the slug joins words by hyphens, the address runs them together."""
    for place in places.values():
        words = place["name"].lower().split()
        assert ("-".join(words), "".join(words)) == (place["slug"], place["address"])


@pytest.mark.parametrize(
    ("postal", "ap"),
    [
        ("MS", "Miss."),
        ("AL", "Ala."),
        ("DC", "D.C."),
        ("NM", "N.M."),
        ("WV", "W.Va."),
        ("HI", "Hawaii"),
        ("OR", "Ore."),
    ],
)
def test_ap_forms(places: dict[str, dict[str, Any]], postal: str, ap: str) -> None:
    """Names are shortened as AP does it, not by postal code."""
    assert ap == places[postal]["ap"]


def test_eight_states_are_never_shortened(places: dict[str, dict[str, Any]]) -> None:
    """AP writes these out in full."""
    assert [postal for postal, place in places.items() if place["ap"] == place["name"]] == [
        "AK",
        "HI",
        "ID",
        "IA",
        "ME",
        "OH",
        "TX",
        "UT",
    ]


def test_tiles_are_on_the_grid_and_apart(places: dict[str, dict[str, Any]]) -> None:
    """Every tile lies on the grid of 11 by 8, and no two share a place."""
    tiles = [tuple(place["tile"]) for place in places.values()]
    assert len(set(tiles)) == 51
    assert all(0 <= column < TILES_ACROSS and 0 <= row < TILES_DOWN for column, row in tiles)


@pytest.mark.parametrize(
    ("postal", "east", "south"),
    [("MS", "AL", None), ("OR", "NV", "CA"), ("TN", "NC", "MS"), ("KS", "AR", "OK"), ("NY", "MA", "NJ")],
)
def test_neighbours_touch(places: dict[str, dict[str, Any]], postal: str, east: str | None, south: str | None) -> None:
    """Neighbours on the ground are neighbours on the map, in the same direction."""
    column, row = places[postal]["tile"]
    if east is not None:
        assert [column + 1, row] == places[east]["tile"]
    if south is not None:
        assert [column, row + 1] == places[south]["tile"]


def test_the_district_alone_takes_an_article(places: dict[str, dict[str, Any]]) -> None:
    """To see how the District of Columbia compares – and Mississippi."""
    assert {"DC": "the"} == {postal: place["article"] for postal, place in places.items() if "article" in place}
