"""The rack card: front and back in one file, links on screens, codes on paper in the same place."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from cardprint.export import rasterize, rasterize_pages
from cardprint.pipeline import ComposedCard, Project, RenderedCard, compose_card, open_project, render_card
from cardprint.workspace import Workspace, shipped_folder

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command

ADDRESSES = [
    "https://reportcards.sharedhope.org/toolkit",
    "https://reportcards.sharedhope.org/issue-briefs",
    "https://reportcards.sharedhope.org/mississippi",
    "https://sharedhope.org/legislative-technical-assistance",
]


@pytest.fixture(scope="module")
def projects(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Project]:
    """The layout for both profiles."""
    here = Workspace(tmp_path_factory.mktemp("rack"), shipped_folder())
    return {name: open_project(here, layout="rack-card", profile=name) for name in ("screen", "print")}


@pytest.fixture(scope="module")
def cards(projects: dict[str, Project]) -> dict[str, RenderedCard]:
    """Mississippi's, by profile."""
    return {name: render_card(project, "ms") for name, project in projects.items()}


def words(pdf: bytes) -> list[str]:
    """Those on the trimmed pages, without what a printer is told beyond the bleed."""
    pages = pypdfium2.PdfDocument(pdf)
    return [word for page in pages for word in page.get_textpage().get_text_bounded(*page.get_trimbox()).split()]


def codes(pdf: bytes, page: int) -> list[str]:
    """What a telephone reads from a page on an office printer's 300 dpi, from the top down."""
    picture = Image.open(io.BytesIO(rasterize(pdf, 300, page)))
    found = zxingcpp.read_barcodes(picture)
    return [code.text for code in sorted(found, key=lambda code: code.position.top_left.y)]


def test_one_file_of_two_pages(cards: dict[str, RenderedCard]) -> None:
    """4 × 9 inches, front before back; its name tells it from the report card."""
    card = cards["screen"]
    assert "2021-mississippi.rack-card" == card.file_name
    document = pypdfium2.PdfDocument(card.pdf)
    assert [(288, 648)] * 2 == [tuple(map(round, page.get_size())) for page in document]
    front, back = (page.get_textpage().get_text_range() for page in document)
    assert "1. Criminal Provisions" in front
    assert re.search(r"EXTRA CREDIT.*LEARN MORE.*TECHNICAL ASSISTANCE", back, re.DOTALL)


def test_codes_on_paper_lead_where_links_on_screens_do(cards: dict[str, RenderedCard]) -> None:
    """Decoded from the rendered page, all of them, in order; there are none on screens, and none on the front."""
    assert ADDRESSES == codes(cards["print"].pdf, 1)
    assert [] == codes(cards["screen"].pdf, 1) == codes(cards["print"].pdf, 0)


def test_the_rest_is_the_same_on_paper(cards: dict[str, RenderedCard]) -> None:
    """But for the buttons, the words and their order are."""
    on_screen = [word for word in words(cards["screen"].pdf) if word != "OPEN"]
    assert on_screen == words(cards["print"].pdf)
    assert 4 == words(cards["screen"].pdf).count("OPEN")


def test_codes_are_read_aloud(cardprint: Command) -> None:
    """As figures that say where they lead; links say so, too."""
    for profile, heard in (("print", "QR code that leads to "), ("screen", "Open ")):
        assert 0 == cardprint("render", "ms", "--layout", "rack-card", "--profile", profile, "-o", "out").returncode
        ending = ".print.pdf" if profile == "print" else ".pdf"
        said = cardprint("read", f"out/2021-mississippi.rack-card{ending}").stdout
        for address in ADDRESSES:
            assert heard + (address if profile == "print" else address.removeprefix("https://")) in said
    done = cardprint("verify", "out/2021-mississippi.rack-card.pdf", "--full")
    assert (0, "") == (done.returncode, done.stderr)


def test_each_page_is_guaranteed(tmp_path: Path, cardprint: Command) -> None:
    """What has no room on the back is told with its own line, though the front has room enough, and the other way."""
    layout = tmp_path / "tight.yaml"
    for page, name in (("front", "the title of issue 1"), ("back", "the text of Technical Assistance")):
        layout.write_text(
            f"extends: rack-card.yaml\npages:\n  {page}: {{margins: [3in, 0.3in, 3in, 0.3in]}}\n", "utf-8"
        )
        done = cardprint("render", "ms", "--layout", "tight.yaml")
        assert 1 == done.returncode
        assert "overset: " in done.stderr
        other = {"front": "Technical Assistance", "back": "issue 1"}[page]
        assert name in done.stderr or "the page is too high" in done.stderr
        assert other not in done.stderr


def test_both_pages_are_in_one_picture(cards: dict[str, RenderedCard]) -> None:
    """Beside one another, at the resolution that was asked for."""
    picture = Image.open(io.BytesIO(rasterize_pages(cards["screen"].pdf, 72)))
    assert (288 + 18 + 288, 648) == picture.size


def test_explain_tells_of_both_pages(cardprint: Command) -> None:
    """Blocks are called by the page that they stand on."""
    said = cardprint("explain", "ms", "--layout", "rack-card").stdout
    assert "2 pages, each of 288 × 648 pt" in said
    assert "\nfront: stack" in said
    assert "\nback: stack" in said


def test_pages_are_composed_for_their_profile(projects: dict[str, Project]) -> None:
    """So that a print card never carries what is for screens."""
    card: ComposedCard = compose_card(projects["print"], "ms")
    assert ["print", "print"] == [page.profile.name for page in card.pages]
