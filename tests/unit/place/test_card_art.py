"""A card as an object: what it says of itself, and what documents made with pypdf and ReportLab take of it."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
import pytest
from pypdf import PdfWriter
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Paragraph, SimpleDocTemplate
from tests.unit.place.conftest import host_by, opened, plain_host, written

import cardprint
from cardprint.model.art import CardArt
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.geometry import Rect
from cardprint.tasks.placing import card_art
from cardprint.verify import read_aloud


def test_the_description_is_written_from_the_tags(art: CardArt) -> None:
    """Whose card it is, the overall grade, and every row's grade and score; no sentence of the highlights."""
    assert (
        "Mississippi: 2021 Report Card on Child & Youth Sex Trafficking. Overall grade: D. 68 points. "
        "1. Criminal Provisions: Grade: A, 16 of 17.5 points. "
        "2. Identification of and Response to Victims: Grade: F, 14 of 27.5 points. "
        "3. Continuum of Care: Grade: F, 8.5 of 15 points. "
        "4. Access to Justice for Trafficking Survivors: Grade: F, 8.5 of 15 points. "
        "5. Tools for a Victim-Centered Criminal Justice Response: Grade: B, 8 of 10 points. "
        "6. Prevention and Training: Grade: F, 6 of 15 points. "
        "Extra credit, 18 and older, Youth: 2 points. "
        "Extra credit, Child Labor Trafficking: 5 points."
    ) == art.alt
    assert "en-US" == art.language


def test_a_file_without_tags_needs_a_description_from_its_user() -> None:
    """Nothing is made up."""
    with pytest.raises(DiagnosticError, match="no-tags"):
        card_art(plain_host(b""))
    assert "A map." == card_art(plain_host(b""), "A map.").alt


def test_the_art_has_no_tags_of_the_card(art: CardArt) -> None:
    """Content ids of another page would claim elements that are not theirs."""
    form = b"".join(art.bodies(range(len(art.objects))))
    assert b"StructParent" not in form
    placed = opened(cardprint.place_card(plain_host(b""), art, 1, Rect(0, 0, 612, 792)))
    content = placed.pages[0]["/Resources"]["/XObject"]["/Card1"].get_data()
    assert b"BDC" not in content
    assert b"TJ" in content


@pytest.mark.parametrize("maker", ["chromium", "reportlab"])
def test_a_document_made_with_pypdf_takes_the_card(art: CardArt, maker: str) -> None:
    """As a file does: art, links, and in a tagged one the figure."""
    writer = PdfWriter(clone_from=opened(host_by(maker)))
    cardprint.place_on_page(writer, 2, art, Rect(72, 144, 306, 396))
    result = written(writer)
    page = pypdfium2.PdfDocument(result)[1]
    assert "MISSISSIPPI" in page.get_textpage().get_text_bounded(72, 252, 378, 648)
    addresses = [annotation.get_object()["/A"]["/URI"] for annotation in opened(result).pages[1]["/Annots"]]
    assert [link.address for link in art.links] == addresses
    if maker == "chromium":
        assert f"Figure: {art.alt}" in read_aloud(result)


def test_a_reportlab_story_takes_the_card(art: CardArt) -> None:
    """As a flowable among others, the art once for however often it is shown."""
    buffer = BytesIO()
    style = ParagraphStyle("plain")
    story = [Paragraph("before", style), cardprint.CardFlowable(art, 300), cardprint.CardFlowable(art, 100)]
    SimpleDocTemplate(buffer, pagesize=(612, 792), invariant=1).build(story)
    reader = opened(buffer.getvalue())
    text = pypdfium2.PdfDocument(buffer.getvalue())[0].get_textpage().get_text_range()
    assert 2 == text.count("ISSUE GRADE SCORE")
    assert 1 == buffer.getvalue().count(b"/Subtype /Form")
    annotations = [annotation.get_object() for annotation in reader.pages[0]["/Annots"]]
    assert 2 * [link.address for link in art.links] == [annotation["/A"]["/URI"] for annotation in annotations]
    left, _, right, _ = (float(side) for side in annotations[0]["/Rect"])
    assert pytest.approx(art.links[0].rects[0].width * 300 / 612, abs=0.01) == right - left


def test_a_flowable_takes_the_room_that_there_is(art: CardArt) -> None:
    """In its proportions, bounded by the width or by the height; a width that was asked for is kept."""
    assert (306.0, 396.0) == cardprint.CardFlowable(art).wrap(306, 1000)
    assert (306.0, 396.0) == cardprint.CardFlowable(art).wrap(1000, 396)
    assert (153.0, 198.0) == cardprint.CardFlowable(art, 153).wrap(1000, 1000)


def test_an_encrypted_canvas_is_refused(art: CardArt) -> None:
    """The art would stand in it unencrypted, and be read as noise."""
    canvas = Canvas(BytesIO(), encrypt="secret")
    with pytest.raises(ValueError, match="encrypt the finished file"):
        cardprint.draw_card(canvas, art, 0, 0, 100)
