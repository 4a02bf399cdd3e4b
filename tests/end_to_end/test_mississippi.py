"""The card that the project is about: Mississippi 2021, as it is published."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import pypdf
import pytest

import cardprint

PUBLISHED = Path(__file__).parents[1] / "fixtures" / "mississippi-2021.txt"
"""Every text of the published card in its order, a line each; the letters that its print lost are restored."""


@pytest.fixture(scope="module")
def card() -> pypdf.PdfReader:
    """The card, made from what cardprint ships."""
    return pypdf.PdfReader(io.BytesIO(cardprint.render("Mississippi")))


def test_it_is_one_letter_page(card: pypdf.PdfReader) -> None:
    """8.5 × 11 in, in points, as a reader's program shows it."""
    (page,) = card.pages
    assert (612, 792) == (float(page.cropbox.width), float(page.cropbox.height))


def test_it_says_what_the_published_card_says_in_its_order(card: pypdf.PdfReader) -> None:
    """Word for word, read from the file's own text."""
    text = squeezed(card.pages[0].extract_text())
    published = squeezed(PUBLISHED.read_text(encoding="utf-8"))
    assert published == text[: len(published)]


def test_its_four_addresses_are_live_links(card: pypdf.PdfReader) -> None:
    """Each is a link, and each leads where it says."""
    annotations: Any = card.pages[0].annotations
    assert [
        "https://reportcards.sharedhope.org/issue-briefs",
        "https://reportcards.sharedhope.org/mississippi",
        "https://reportcards.sharedhope.org/toolkit",
        "https://sharedhope.org/legislative-technical-assistance",
    ] == sorted({annotation.get_object()["/A"]["/URI"] for annotation in annotations})


def test_its_fonts_are_embedded_subsets(card: pypdf.PdfReader) -> None:
    """A subset's name begins with six capitals and a plus sign (ISO 32000-1 §9.6.4)."""
    resources: Any = card.pages[0]["/Resources"]
    fonts = [font.get_object() for font in resources["/Font"].values()]
    descriptors = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert fonts
    assert all(re.match(r"/[A-Z]{6}\+", descriptor["/FontName"]) for descriptor in descriptors)
    assert all("/FontFile2" in descriptor for descriptor in descriptors)


def squeezed(text: str) -> str:
    """`text` without white space: where lines end is the layout's business."""
    return re.sub(r"\s+", "", text)
