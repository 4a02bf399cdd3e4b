"""A card placed in documents of other programs: it is there, they work, and nothing else in them changed."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import Any

import page as page_validation
import pypdfium2
import pytest
from msgspec.structs import replace
from pypdf.generic import ArrayObject, FloatObject, NumberObject
from tests.unit.place.conftest import host_by, opened, plain_host

from cardprint.model.art import CardArt
from cardprint.model.geometry import Rect
from cardprint.place import place_all_in_file, place_in_file
from cardprint.verify import read_aloud

BOX = Rect(72.0, 144.0, 306.0, 432.0)
"""Of the card's proportions, 8.5 to 11, it takes 306 × 396 pt, in the middle."""
PLACED = Rect(72.0, 162.0, 306.0, 396.0)


def raw_contents(reader: Any, number: int) -> list[bytes]:
    """The streams of a page as the file holds them, encoded."""
    value = reader.pages[number - 1].raw_get("/Contents").get_object()
    return [stream.get_object()._data for stream in (value if isinstance(value, ArrayObject) else [value])]


def text_in(pdf: bytes, number: int, rect: Rect) -> str:
    """What stands in a rectangle of a page, as PDFium sees it: points from the top left of the page as it is shown."""
    page = pypdfium2.PdfDocument(pdf)[number - 1]
    height = page.get_height()
    text: str = page.get_textpage().get_text_bounded(rect.x, height - rect.bottom, rect.right, height - rect.y)
    return text


def links(pdf: bytes, number: int) -> list[Any]:
    found = opened(pdf).pages[number - 1].get("/Annots", ArrayObject()).get_object()
    return [annotation.get_object() for annotation in found]


def darkness(pdf: bytes, x: float, y: float, number: int = 1) -> tuple[int, ...]:
    """The colour at a point of a page as it is shown."""
    picture = pypdfium2.PdfDocument(pdf)[number - 1].render(scale=1).to_pil()
    colour: tuple[int, ...] = picture.getpixel((round(x), round(y)))
    return colour


def test_the_host_is_the_beginning_of_the_result(host: bytes, art: CardArt) -> None:
    """What was not touched is as it was, to the byte, whoever reads it."""
    assert place_in_file(host, art, 2, BOX).startswith(host)


def test_streams_of_every_page_stay_as_they_are(host: bytes, art: CardArt) -> None:
    """Other pages keep theirs alone; the page itself keeps them between two that are new."""
    before, after = opened(host), opened(place_in_file(host, art, 2, BOX))
    assert [raw_contents(before, number) for number in (1, 3)] == [raw_contents(after, number) for number in (1, 3)]
    assert raw_contents(before, 2) == raw_contents(after, 2)[1:-1]


def test_the_card_stands_in_its_box_on_its_page(host: bytes, art: CardArt) -> None:
    """Its words are there and are text; the host's own words are still there; no other page has any of it."""
    result = place_in_file(host, art, 2, BOX)
    words = text_in(result, 2, PLACED)
    assert "MISSISSIPPI" in words
    assert "Continuum of Care" in words
    assert "The card of the state stands below" in text_in(result, 2, Rect(0, 0, 612, 162))
    assert "Continuum" not in text_in(result, 1, Rect(0, 0, 612, 792)) + text_in(result, 3, Rect(0, 0, 612, 792))


def test_links_are_over_their_words(host: bytes, art: CardArt) -> None:
    """Each leads where it led on the card, and covers the words it covered."""
    result = place_in_file(host, art, 2, BOX)
    placed = links(result, 2)
    assert [link.address for link in art.links] == [annotation["/A"]["/URI"] for annotation in placed]
    for link, annotation in zip(art.links, placed, strict=True):
        left, bottom, right, top = (float(side) for side in annotation["/Rect"])
        words = text_in(result, 2, Rect(left, 792 - top, right - left, top - bottom))
        assert link.address.removeprefix("https://") == words.strip()


def test_the_result_is_sound(host: bytes, art: CardArt, tmp_path: Path) -> None:
    """qpdf finds nothing to complain of."""
    if shutil.which("qpdf") is None:
        pytest.skip("qpdf is not installed")
    file = tmp_path / "out.pdf"
    file.write_bytes(place_in_file(host, art, 2, BOX))
    done = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert (0, "") == (done.returncode, done.stderr)


def test_equal_arguments_give_equal_bytes(host: bytes, art: CardArt) -> None:
    """No clock, no chance."""
    assert place_in_file(host, art, 2, BOX) == place_in_file(host, art, 2, BOX)


def test_cards_can_be_placed_one_after_another(host: bytes, art: CardArt) -> None:
    """What was placed is a host again, on the same page, too."""
    once = place_in_file(host, art, 2, BOX)
    twice = place_in_file(once, art, 2, Rect(400, 400, 170, 220))
    assert twice.startswith(once)
    assert ["/Card1", "/Card2"] == [name for name in opened(twice).pages[1]["/Resources"]["/XObject"] if "Card" in name]
    assert 2 * len(art.links) == len(links(twice, 2))


def test_cards_placed_together_share_what_they_have_in_common(art: CardArt) -> None:
    """Fonts are there once, and the figures of a page are read in the order given, each with its own content."""
    host, other = host_by("libreoffice"), replace(art, alt="The same card again.", links=())
    placements = {2: [(art, BOX), (other, Rect(400, 144, 170, 220))], 3: [(art, BOX)]}
    together = place_all_in_file(host, placements)
    assert len(together) - len(host) < 1.2 * (len(place_in_file(host, art, 2, BOX)) - len(host))
    spoken = [line for line in read_aloud(together) if line.startswith("Figure: ")]
    assert [f"Figure: {art.alt}", "Figure: The same card again.", f"Figure: {art.alt}"] == spoken
    report = page_validation.validate_pdf_bytes(together, profile="ua1")
    assert [] == [failure.message for failure in report.failures]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_a_tagged_host_that_was_accessible_stays_so(art: CardArt, page: int) -> None:
    """The host from LibreOffice is PDF/UA-1, and so is the result, wherever the card stands."""
    result = place_in_file(host_by("libreoffice"), art, page, BOX)
    report = page_validation.validate_pdf_bytes(result, profile="ua1")
    assert [] == [failure.message for failure in report.failures]


@pytest.mark.parametrize(
    ("page", "before"), [(1, ("What the year", "A page before")), (2, "The card of the state"), (3, "A page after")]
)
@pytest.mark.parametrize("maker", ["libreoffice", "chromium"])
def test_in_a_tagged_host_the_card_is_a_figure_after_its_page(
    maker: str, art: CardArt, page: int, before: str | tuple[str, ...]
) -> None:
    """It is read where the page ends, by its description, and nothing that was read before is lost."""
    host = host_by(maker)
    spoken, now = read_aloud(host), read_aloud(place_in_file(host, art, page, BOX))
    figure = next(index for index, line in enumerate(now) if line.startswith("Figure: "))
    assert spoken == now[:figure] + now[figure + 1 :]
    assert f"Figure: {art.alt}" == now[figure]
    assert now[figure - 1].startswith(before)


@pytest.mark.parametrize("maker", ["libreoffice", "chromium"])
def test_tags_of_a_tagged_host_lead_both_ways(maker: str, art: CardArt) -> None:
    """Figure and links find their content and annotations, and these find them by way of the parent tree."""
    reader = opened(place_in_file(host_by(maker), art, 2, BOX))
    page = reader.pages[1]
    tree = _parent_tree(reader.root_object["/StructTreeRoot"]["/ParentTree"])
    owners = tree[page["/StructParents"]].get_object()
    figure = next(owner.get_object() for owner in owners if owner.get_object().get("/S") == "/Figure")
    assert figure["/K"] == [owner.get_object().get("/S") for owner in owners].index("/Figure")
    assert b"/Figure <</MCID %d>> BDC" % figure["/K"] in raw_contents(reader, 2)[-1]
    for annotation in page["/Annots"]:
        element = tree[annotation.get_object()["/StructParent"]].get_object()
        assert "/Link" == element["/S"]
        assert annotation == element["/K"].raw_get("/Obj")


def _parent_tree(node: Any) -> dict[int, Any]:
    """The entries of a number tree, whose limits must hold them."""
    node = node.get_object()
    numbers = list(node.get("/Nums", ArrayObject()).get_object())
    entries = dict(zip(map(int, numbers[::2]), numbers[1::2], strict=True))
    for kid in node.get("/Kids", ArrayObject()).get_object():
        entries.update(_parent_tree(kid))
    if "/Limits" in node:
        assert [min(entries), max(entries)] == list(node["/Limits"])
    return entries


@pytest.mark.parametrize("maker", ["latex", "reportlab"])
def test_an_untagged_host_stays_untagged(maker: str, art: CardArt) -> None:
    """Half a structure would be worse than none."""
    result = place_in_file(host_by(maker), art, 2, BOX)
    assert "/StructTreeRoot" not in opened(result).root_object
    assert not any("/StructParent" in annotation for annotation in links(result, 2))


@pytest.mark.parametrize(
    ("rotate", "width", "height"), [(0, 612, 792), (90, 792, 612), (180, 612, 792), (270, 792, 612)]
)
def test_the_box_is_measured_on_the_page_as_it_is_shown(art: CardArt, rotate: int, width: int, height: int) -> None:
    """On a page that is turned the card stands upright, and its links with it."""
    result = place_in_file(plain_host(b"", Rotate=NumberObject(rotate)), art, 1, Rect(36, 72, 306, 396))
    page = pypdfium2.PdfDocument(result)[0]
    assert (width, height) == page.get_size()
    assert (18, 35, 63) == darkness(result, 50, 80)
    assert (255, 255, 255) == darkness(result, 30, 80)
    assert (255, 255, 255) == darkness(result, 50, 66)
    toolkit = art.links[0].rects[0]
    link = page.get_textpage()
    assert link.count_chars() > 1000
    left, bottom, right, top = (float(side) for side in links(result, 1)[0]["/Rect"])
    sides = sorted((right - left, top - bottom))
    assert [pytest.approx(toolkit.height / 2, abs=0.01), pytest.approx(toolkit.width / 2, abs=0.01)] == sides


def test_cropped_pages_and_other_units_are_measured_as_they_are_shown(art: CardArt) -> None:
    """The top left is that of the crop box; a page in units of 2/72 in has twice the points."""
    crop = ArrayObject([FloatObject(side) for side in (100, 100, 500, 700)])
    result = place_in_file(plain_host(b"", CropBox=crop), art, 1, Rect(10, 20, 204, 264))
    assert (18, 35, 63) == darkness(result, 20, 30)
    assert (255, 255, 255) == darkness(result, 5, 30)
    doubled = place_in_file(plain_host(b"", UserUnit=NumberObject(2)), art, 1, Rect(36, 72, 1000, 1300))
    assert "q 0.81699" in opened(doubled).pages[0].get_contents().get_data().decode()


@pytest.mark.parametrize(
    "content",
    [
        b"2 0 0 2 300 300 cm 1 0 0 rg",
        b"q 2 0 0 2 300 300 cm q 0 0 10 10 re W n",
        b"Q Q 2 0 0 2 300 300 cm",
        b"q Q Q q q 2 0 0 2 300 300 cm",
        b"BT 2 0 0 2 300 300 Tm",
        b"/Span BMC q /P <</MCID 3>> BDC 2 0 0 2 300 300 cm",
    ],
)
def test_a_page_that_leaves_its_state_changed_does_not_change_the_card(art: CardArt, content: bytes) -> None:
    """Graphics states that are not restored, or restored too often, texts and marks that do not end."""
    result = place_in_file(plain_host(content), art, 1, BOX)
    assert "MISSISSIPPI" in text_in(result, 1, PLACED)
    assert (18, 35, 63) == darkness(result, PLACED.x + 4, PLACED.y + 4)


def test_the_card_brings_its_paper_along(art: CardArt) -> None:
    """On a page with a ground its texts stand on white, as they were made to."""
    result = place_in_file(plain_host(b"0.2 0.2 0.2 rg 0 0 612 792 re f"), art, 1, BOX)
    assert (255, 255, 255) == darkness(result, PLACED.x + 2, PLACED.y + 100)
    assert (51, 51, 51) == darkness(result, PLACED.x - 3, PLACED.y + 100)
