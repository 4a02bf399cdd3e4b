"""Hosts that nothing can be placed in, and places that are not there."""

from __future__ import annotations

import pytest
from pypdf import PdfWriter
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject
from tests.unit.place.conftest import host_by, opened, plain_host, written

from cardprint.model.art import CardArt
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.geometry import Rect
from cardprint.place import place_in_file, read_art

BOX = Rect(72, 144, 306, 396)


def refusal(host: bytes, art: CardArt, page: int = 1, box: Rect = BOX) -> tuple[str, str, str]:
    with pytest.raises(DiagnosticError) as error:
        place_in_file(host, art, page, box, "report.pdf")
    (diagnostic,) = error.value.diagnostics
    assert "report.pdf" == diagnostic.span.file
    return diagnostic.code, diagnostic.message, diagnostic.hint


def signed(*, value: bool) -> bytes:
    """A host with a field for a signature, signed or not."""
    writer = PdfWriter(clone_from=opened(host_by("reportlab")))
    field = DictionaryObject({NameObject("/FT"): NameObject("/Sig"), NameObject("/T"): TextStringObject("sign here")})
    if value:
        field[NameObject("/V")] = DictionaryObject({NameObject("/Type"): NameObject("/Sig")})
    flags = NumberObject(1 if value else 0)
    form = {NameObject("/Fields"): ArrayObject([writer._add_object(field)]), NameObject("/SigFlags"): flags}
    writer.root_object[NameObject("/AcroForm")] = DictionaryObject(form)
    return written(writer)


@pytest.mark.parametrize("password", ["", "secret"])
def test_an_encrypted_host_is_refused(art: CardArt, password: str) -> None:
    """Also one that opens without a password: what is added would have to be encrypted as well."""
    writer = PdfWriter(clone_from=opened(host_by("reportlab")))
    writer.encrypt(password, "owner", algorithm="RC4-128")
    code, _, hint = refusal(written(writer), art)
    assert "encrypted-pdf" == code
    assert "qpdf --decrypt" in hint


def test_a_signed_host_is_refused(art: CardArt) -> None:
    """Somebody answers for it as it is. One that only waits for a signature is taken."""
    assert "signed-pdf" == refusal(signed(value=True), art)[0]
    host = signed(value=False)
    assert place_in_file(host, art, 1, BOX).startswith(host)


@pytest.mark.parametrize(
    "host",
    [
        host_by("reportlab")[:1500],
        host_by("latex")[:-400],
        host_by("chromium").replace(b"startxref\n", b"startxref\n1", 1),
        b"junk\n" + host_by("reportlab"),
        host_by("libreoffice").replace(b"\n5 0 obj", b"\n\n5 0 obj", 1),
    ],
    ids=["cut off", "without an end", "wrong start", "shifted", "object moved"],
)
def test_a_damaged_host_is_refused(art: CardArt, host: bytes) -> None:
    """What readers would have to guess at is not made worse; the message says how the file may be mended."""
    code, message, hint = refusal(host, art)
    assert "damaged-pdf" == code
    assert message.startswith("The file is damaged: ")
    assert "qpdf" in hint


@pytest.mark.parametrize("data", [b"", b"no PDF at all"])
def test_what_is_no_pdf_is_called_so(art: CardArt, data: bytes) -> None:
    """It is not damaged: the wrong file was named, be it for the host or for the card."""
    assert ("damaged-pdf", "The file is no PDF.") == refusal(data, art)[:2]
    with pytest.raises(DiagnosticError, match=r"The file is no PDF\."):
        read_art(data, "")


def test_any_cut_of_a_host_is_refused_or_served(art: CardArt) -> None:
    """Wherever a file breaks off, there is a message, or a result that begins with it."""
    host = host_by("chromium")
    for length in range(0, len(host), 997):
        assert "damaged-pdf" == refusal(host[:length], art)[0]


def test_a_page_that_is_not_there_is_named_with_those_that_are(art: CardArt) -> None:
    """Pages count from 1."""
    code, message, hint = refusal(host_by("latex"), art, page=5)
    assert ("no-such-page", "The file has 3 pages; there is no page 5.") == (code, message)
    assert "Name a page from 1 to 3." == hint
    assert "no-such-page" == refusal(host_by("latex"), art, page=0)[0]


@pytest.mark.parametrize(
    "box",
    [
        Rect(-1, 10, 100, 100),
        Rect(10, -1, 100, 100),
        Rect(400, 10, 300, 100),
        Rect(10, 700, 100, 100),
        Rect(9, 9, 0, 9),
    ],
)
def test_a_box_that_is_not_on_the_page_is_refused_with_its_size(art: CardArt, box: Rect) -> None:
    """A card must not be cut off. A box that ends at the page's edges is on it."""
    code, message, _ = refusal(plain_host(b""), art, box=box)
    assert "box-outside" == code
    assert "8.5 in wide and 11 in high" in message
    assert place_in_file(plain_host(b""), art, 1, Rect(0, 0, 612, 792))


def test_a_card_of_several_pages_needs_one_of_them_and_one_with_a_password_is_none() -> None:
    """Which page was meant nobody knows until it is named."""
    assert 612 == read_art(host_by("reportlab"), "a card", page=3).size.width
    with pytest.raises(DiagnosticError, match="which-page: The card has 3 pages; there is no page 4"):
        read_art(host_by("reportlab"), "a card", page=4)
    with pytest.raises(DiagnosticError, match="which-page: The card has 3 pages and can show one of them"):
        read_art(host_by("reportlab"), "a card")
    writer = PdfWriter(clone_from=opened(plain_host(b"")))
    writer.encrypt("secret", algorithm="RC4-128")
    with pytest.raises(DiagnosticError, match="encrypted-pdf"):
        read_art(written(writer), "a card")
    with pytest.raises(DiagnosticError, match="damaged-pdf"):
        read_art(b"%PDF-1.7", "a card")
