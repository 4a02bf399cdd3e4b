"""Whoever takes the text out of a card gets its words whole, apart, and in the order in which they are read."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import pypdfium2
import pytest
from pypdf import PdfReader

from cardprint.verify.reading.document import Document
from cardprint.verify.reading.passages import INLINE, read_passages

if TYPE_CHECKING:
    from tests.gate.conftest import Files, Run

_HYPHEN_AT_A_LINE_END = "\ufffe\r\n"
"""How PDFium writes it."""


@pytest.fixture(scope="module")
def words(files: Files) -> Mapping[str, list[str]]:
    """The words of every card in the order of its tags, which is reading order."""
    return {
        name: [word for passage in read_passages(Document(pdf)) for word in passage.drawn.split()]
        for name, pdf in files.pdfs.items()
    }


def test_the_words_are_those_of_the_card(words: Mapping[str, list[str]]) -> None:
    """What the other readers are compared with: no two words made one, none divided, compounds whole."""
    read = " ".join(words["2021-mississippi"])
    assert read.startswith("MISSISSIPPI 2021 Report Card on Child & Youth Sex Trafficking ISSUE GRADE SCORE ")
    assert " 1. Criminal Provisions A 16 17.5 Policy goals accomplished in areas related to buyer and " in read
    assert " 5. Tools for a Victim-Centered Criminal Justice Response B 8 10 " in read
    assert " OVERALL GRADE D 68 LEARN MORE " in read
    assert " visit reportcards.sharedhope.org/toolkit. ISSUE BRIEFS: " in read


def test_pdfium_reads_them(files: Files, words: Mapping[str, list[str]]) -> None:
    """Chrome and Edge."""
    for name, pdf in files.pdfs.items():
        text = pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_range()
        assert words[name] == text.replace(_HYPHEN_AT_A_LINE_END, "-").split(), name


def test_pypdf_reads_them(files: Files, words: Mapping[str, list[str]]) -> None:
    """Programs that gather texts of many files."""
    for name, pdf in files.pdfs.items():
        assert words[name] == PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split(), name


def test_pdfjs_reads_them(pdfjs: Mapping[str, Any], words: Mapping[str, list[str]]) -> None:
    """Firefox."""
    for name, found in pdfjs.items():
        blocks = dict(blocks_of(found["tree"]))
        text, before = "", None
        for stretch in found["stretches"]:
            block = blocks.get(stretch["id"])
            text += stretch["text"] if block == before else "\n" + stretch["text"]
            before = block
        assert words[name] == text.replace("-\n", "-").split(), name


def blocks_of(node: dict[str, Any], block: int = 0) -> Iterator[tuple[str, int]]:
    """The content ids of a tree of pdf.js, each with the paragraph, or whatever else ends a line, that it stands in."""
    if "id" in node:
        yield node["id"], block
    for kid in node.get("kids", ()):
        yield from blocks_of(kid, block if kid.get("role", "Span") in INLINE else id(kid))


def test_poppler_reads_them(files: Files, words: Mapping[str, list[str]], poppler: Run) -> None:
    """Linux desktops and search engines: in the order of the content."""
    for name, path in files.paths.items():
        assert words[name] == poppler("pdftotext", "-raw", path, "-").split(), name


def test_poppler_reads_them_by_place(files: Files, words: Mapping[str, list[str]], poppler: Run) -> None:
    """Without -raw pdftotext makes its own order of columns that it sees; the words stay the same."""
    for name, path in files.paths.items():
        if "summer" not in name:
            assert sorted(words[name]) == sorted(poppler("pdftotext", path, "-").split()), name
