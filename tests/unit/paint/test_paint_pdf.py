from __future__ import annotations

import hashlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import page as page_validation
import pypdfium2 as pdfium
import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from cardprint.model.structure import Tag
from cardprint.paint import FontMemory, paint_pdf
from cardprint.paint.fonts import embed_font
from cardprint.paint.tounicode import glyph_texts

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker

STANDARDS = ("ua1", "2a")


def conforms(pdf: bytes, standard: str) -> bool:
    return page_validation.is_pdf_compliant_bytes(pdf, profile=standard)


def damaged(pdf: bytes, old: bytes, new: bytes) -> bytes:
    """`pdf` with one text replaced by another of the same length."""
    assert len(old) == len(new)
    assert old in pdf
    return pdf.replace(old, new)


@pytest.fixture(scope="module")
def card(make: Maker) -> bytes:
    return paint_pdf([make.card()])


@pytest.mark.parametrize("standard", STANDARDS)
def test_card_conforms(card: bytes, standard: str) -> None:
    """The card with one of everything is PDF/UA-1 and PDF/A-2a."""
    report = page_validation.validate_pdf_bytes(card, profile=standard)
    assert [failure.message for failure in report.failures] == []


@pytest.mark.parametrize(
    ("standard", "old", "new"),
    [
        ("ua1", b"/Alt(", b"/Alx("),
        ("ua1", b"/Lang(", b"/Lanx("),
        ("ua1", b"/Tabs/S", b"/Tabx/S"),
        ("ua1", b"/Contents(", b"/Contentx("),
        ("ua1", b"/Scope/", b"/Scopx/"),
        ("ua1", b"<pdfuaid:part>1", b"<pdfuaid:part>2"),
        ("2a", b"/Marked true", b"/Markex true"),
        ("2a", b"/FontFile2", b"/FontFilx2"),
        ("2a", b"/ToUnicode", b"/ToUnicodx"),
        ("2a", b"/OutputIntents", b"/OutputIntentx"),
        ("2a", b":card#</pdfaSchema:", b":cart#</pdfaSchema:"),
        ("2a", b"<card:edition>2021</card:edition>", b"<card:editiox>2021</card:editiox>"),
        ("2a", b"/W[0[", b"/W[1["),
    ],
)
def test_damaged_card_does_not_conform(
    card: bytes, unpack: Callable[[bytes], bytes], standard: str, old: bytes, new: bytes
) -> None:
    """The gate can fail: each of these losses is seen."""
    plain = unpack(card)
    assert conforms(plain, standard)
    assert not conforms(damaged(plain, old, new), standard)


def test_two_pages_conform(make: Maker) -> None:
    """So does a document of two pages that share fonts and pictures."""
    pdf = paint_pdf([make.card(), make.card()])
    assert [conforms(pdf, standard) for standard in STANDARDS] == [True, True]


def test_unusual_text_conforms(make: Maker) -> None:
    """Stacked marks, two characters on one glyph, ligatures and no-break spaces are all mapped."""
    words = ("x\u0323\u0301y", "q\u0303", "\u00b5\u03bc\u2206\u0394", "office", "a\u00a0b", "Hawaiʻi")
    pdf = paint_pdf([make.page(*(make.group(Tag.P, make.run(word, 36, 60)) for word in words))])
    assert [conforms(pdf, standard) for standard in STANDARDS] == [True, True]


def test_same_frames_same_bytes(make: Maker, card: bytes) -> None:
    """Also in threads, and with the caches cold or warm."""
    with ThreadPoolExecutor(4) as threads:
        assert set(threads.map(lambda _: paint_pdf([make.card()]), range(8))) == {card}
    assert paint_pdf([make.card()], fonts=FontMemory()) == card


@pytest.mark.parametrize("seed", ["0", "1"])
def test_same_bytes_under_any_hash_seed(card: bytes, seed: str, tmp_path: Path) -> None:
    """Hash order, time zone, locale, home and ReportLab's own settings leave no trace."""
    (tmp_path / ".reportlab_settings").write_text("pdfComments=1\ninvariant=0\n")
    script = (
        "import runpy, sys, hashlib\n"
        f"maker = runpy.run_path({str(Path(__file__).parent / 'conftest.py')!r})['Maker']()\n"
        "from cardprint.paint import paint_pdf\n"
        "sys.stdout.write(hashlib.sha256(paint_pdf([maker.card()])).hexdigest())\n"
    )
    environment = dict(os.environ, PYTHONHASHSEED=seed, TZ="Asia/Tokyo", LC_ALL="C", HOME=str(tmp_path))
    run = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, check=True, cwd=tmp_path
    )
    assert run.stdout == hashlib.sha256(card).hexdigest()


def test_identifier_depends_on_the_content(make: Maker) -> None:
    """Two cards never share an identifier, even where only a word differs; the same card keeps its own."""

    def identifier(word: str) -> bytes:
        pdf = paint_pdf([make.page(make.group(Tag.P, make.run(word, 36, 60)))])
        found = re.search(rb"/ID\[<([0-9A-F]{32})><\1>\]", pdf)
        assert found is not None
        return found[1]

    assert identifier("no") == identifier("no")
    assert identifier("no") != identifier("on")


def test_extractors_read_the_same_words(card: bytes) -> None:
    """pypdf and PDFium give every word in reading order, ligatures spelt out."""
    expected = (
        "Mississippi Issue Grade Score Issue 1 F 14 27.5 Issue 2 F 14 27.5 "
        "To see the fine office, visit reportcards.sharedhope.org/toolkit . Extra credit"
    )
    document = pdfium.PdfDocument(card)
    assert PdfReader(io.BytesIO(card)).pages[0].extract_text().split() == expected.split()
    assert document[0].get_textpage().get_text_range().split() == expected.split()


@pytest.mark.skipif(shutil.which("pdfinfo") is None, reason="poppler is not installed")
def test_poppler_reads_the_tags(card: bytes, tmp_path: Path) -> None:
    """An independent reader sees the same tree and the same text in it."""
    (tmp_path / "card.pdf").write_bytes(card)
    tree = subprocess.run(
        ["pdfinfo", "-struct-text", tmp_path / "card.pdf"], capture_output=True, text=True, check=True
    ).stdout
    assert '  H1 (block)\n    "Mississippi"\n' in tree
    assert tree.count("        TH:\n           /Scope /Column\n") == 3
    assert '      "reportcards.sharedhope.org/toolkit"\n      Object ' in tree


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(card: bytes, tmp_path: Path) -> None:
    """Syntax, cross references and streams."""
    (tmp_path / "card.pdf").write_bytes(card)
    assert subprocess.run(["qpdf", "--check", tmp_path / "card.pdf"], capture_output=True, check=False).returncode == 0


def test_every_font_is_an_embedded_subset(card: bytes) -> None:
    """No Helvetica that ReportLab might slip in, no font by name only."""
    resources: Any = PdfReader(io.BytesIO(card)).pages[0]["/Resources"]
    names = sorted(
        font["/BaseFont"].partition("+")[2] for font in (entry.get_object() for entry in resources["/Font"].values())
    )
    assert names == ["BarlowCondensed-SemiBold", "SourceSans3-Regular"]
    assert b"Helvetica" not in card


def test_page_is_the_trim(make: Maker) -> None:
    """A screen file has no bleed: what runs over the trim is outside the page."""
    (page,) = PdfReader(io.BytesIO(paint_pdf([make.page()]))).pages
    assert list(page.mediabox) == list(page.trimbox) == [0, 0, 612, 792]
    assert "/BleedBox" not in page


def test_edition_font_serves_a_card(make: Maker) -> None:
    """A font prepared for an edition goes into the card as it is, and the card still conforms."""
    everything = make.shape("".join(chr(code) for code in range(32, 127)))
    prepared = embed_font(everything.face, glyph_texts(everything))
    frame = make.page(make.group(Tag.P, make.run("Grade", 36, 60)))
    pdf = paint_pdf([frame], fonts=FontMemory({everything.face.sha256: prepared}))
    assert prepared.program in pdf
    assert prepared.program not in paint_pdf([frame])
    assert [conforms(pdf, standard) for standard in STANDARDS] == [True, True]


def test_document_without_pages_is_refused(make: Maker) -> None:
    """There is nothing to say it is about."""
    with pytest.raises(ValueError, match="at least one page"):
        paint_pdf([])
    assert paint_pdf([replace(make.page(), info=make.info)])
