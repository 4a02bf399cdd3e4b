"""The social picture: the state and its overall grade, for a feed."""

from __future__ import annotations

import io

import pytest
from msgspec.structs import replace
from PIL import Image

import cardprint as package
from cardprint.layout import lay_out
from cardprint.model.frame import FrameItem, Group, TextRun
from cardprint.pipeline import Project, card_picture, compose_card, open_project, render_card
from cardprint.tasks.stress import Failed, stress_layout

LEGIBLE = 16.0
"""Points, which are pixels where the picture is shown 600 pixels wide."""


@pytest.fixture(scope="module")
def social() -> Project:
    return open_project(layout="social")


def runs(item: FrameItem) -> list[TextRun]:
    if isinstance(item, Group):
        return [run for child in item.items for run in runs(child)]
    return [item] if isinstance(item, TextRun) else []


def test_it_has_the_size_that_feeds_take(social: Project) -> None:
    """1200 × 630 pixels, and no white at the edges."""
    picture = Image.open(io.BytesIO(card_picture(render_card(social, "ms"), 144)))
    assert (1200, 630) == picture.size
    corners = [picture.getpixel(place) for place in ((0, 0), (0, 629), (1199, 0), (1199, 629))]
    assert [(18, 35, 63)] * 2 + [(180, 83, 15)] * 2 == corners


def test_it_says_the_state_its_grade_and_where_to_go_on(social: Project) -> None:
    """Nothing on it is smaller than people can read."""
    frame, _ = lay_out(compose_card(social, "ms").pages[0], social.fonts)
    words = " ".join("".join(f"{run.text} " for run in runs(frame.root)).split())
    for expected in (
        "MISSISSIPPI",
        "OVERALL GRADE D 68 points",
        "reportcards.sharedhope.org/mississippi",
        "2021 Report",
    ):
        assert expected in words
    assert min(run.size for run in runs(frame.root)) >= LEGIBLE


def test_edition_without_an_address_has_none_on_it(social: Project) -> None:
    """Everything else stays."""
    edition = replace(social.framework.edition, address=None)
    without = compose_card(replace(social, framework=replace(social.framework, edition=edition)), "ms")
    frame, _ = lay_out(without.pages[0], social.fonts)
    words = " ".join("".join(f"{run.text} " for run in runs(frame.root)).split())
    assert "MISSISSIPPI" in words
    assert "sharedhope.org" not in words


def test_longest_names_have_room(social: Project) -> None:
    """Those of the stress cases, and the one card that is known in full."""
    assert [] == [result.case.name for result in stress_layout(social) if isinstance(result, Failed)]
    assert package.render("mississippi", layout="social").startswith(b"%PDF")
