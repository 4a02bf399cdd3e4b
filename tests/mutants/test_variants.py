"""Other files that say and show the same: none of them is rejected."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfWriter

from cardprint.verify import read_aloud, verify_full

if TYPE_CHECKING:
    from tests.mutants.conftest import Good

needs_qpdf = pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")


@needs_qpdf
@pytest.mark.parametrize("bits", ["128", "256"])
def test_encrypted_file_is_rejected(bits: str, good: Good, tmp_path: Path) -> None:
    """A file that is locked, even without a password, is no archive."""
    source, target = tmp_path / "card.pdf", tmp_path / "locked.pdf"
    source.write_bytes(good.pdf)
    weak = ["--allow-weak-crypto"] if bits == "128" else []
    subprocess.run(["qpdf", *weak, "--encrypt", "", "owner", bits, "--", source, target], check=True)
    rules = {finding.rule for finding in verify_full(target.read_bytes(), good.frames, good.promise)}
    assert rules & {"encrypted", "unreadable"}


def accept(pdf: bytes, good: Good) -> None:
    assert verify_full(pdf, good.frames, good.promise, original=good.pdf) == ()
    assert read_aloud(pdf) == read_aloud(good.pdf)


@needs_qpdf
@pytest.mark.parametrize(
    "options",
    [
        ["--object-streams=generate"],
        ["--object-streams=generate", "--linearize"],
        ["--linearize"],
        ["--recompress-flate", "--compression-level=9"],
        ["--stream-data=uncompress"],
        ["--qdf"],
        ["--newline-before-endstream"],
    ],
    ids=lambda options: " ".join(option for option in options if option),
)
def test_rewritten_by_qpdf(options: list[str], good: Good, tmp_path: Path) -> None:
    """Object streams, linearised files, other compression, other numbers."""
    source, target = tmp_path / "card.pdf", tmp_path / "variant.pdf"
    source.write_bytes(good.pdf)
    subprocess.run(["qpdf", *options, source, target], check=True)
    assert target.read_bytes() != good.pdf
    accept(target.read_bytes(), good)


def test_rewritten_by_pypdf(good: Good) -> None:
    """Another writer's file, its streams compressed anew."""
    writer = PdfWriter(clone_from=io.BytesIO(good.pdf))
    for page in writer.pages:
        page.compress_content_streams()
    file = io.BytesIO()
    writer.write(file)
    accept(file.getvalue(), good)


def test_renumbered(good: Good) -> None:
    """Objects in another order, under other numbers."""
    accept(good.taken_apart().renumbered().file(), good)


def test_content_in_two_streams(good: Good) -> None:
    """A page's content may stand in several streams, divided between any two tokens."""
    card = good.taken_apart()
    content = card.streams[card.content]
    middle = content.index(b"\nEMC\n", len(content) // 2) + 1
    second = card.add(b"<<>>", content[middle:])
    card.streams[card.content] = content[:middle]
    card.sub(card.page, rb"/Contents (\d+ 0 R)", rb"/Contents[\1 %d 0 R]" % second)
    accept(card.file(), good)


def test_content_spelt_otherwise(good: Good) -> None:
    """Line feeds, decimals and the grouping of text objects are nobody's business."""
    card = good.taken_apart()
    content = card.streams[card.content]
    content = re.sub(rb"BT ([\d.]+) ([\d.]+) Td", rb"BT 1 0 0 1 \1 \2 Tm", content)
    card.streams[card.content] = content.replace(b"\n", b"\r\n")
    accept(card.file(), good)


def test_strings_spelt_otherwise(good: Good) -> None:
    """Hexadecimal strings and literal ones are the same."""
    card = good.taken_apart()

    def literal(found: re.Match[bytes]) -> bytes:
        octal = b"".join(b"\\%03o" % byte for byte in bytes.fromhex(found[1].decode()))
        return b"(%b)" % octal

    card.streams[card.content] = re.sub(rb"<([0-9A-F]+)>(?=[^<>]*\]TJ)", literal, card.streams[card.content])
    assert b"\\000" in card.streams[card.content]
    accept(card.file(), good)


@pytest.mark.parametrize("ending", [b"", b"\r\n", b"\n\n"])
def test_line_feeds_at_the_end(ending: bytes, good: Good) -> None:
    """What ends the last line is nobody's business."""
    accept(good.pdf.removesuffix(b"\n") + ending, good)


def test_entries_that_mean_nothing_new(good: Good) -> None:
    """The version once more, the page that a link stands on, what a page is painted with: others write that, too."""
    card = good.taken_apart()
    card.edit(card.catalog, b"/Type/Catalog", b"/Type/Catalog/Version/1.7")
    card.edit(card.page, b"/Tabs/S", b"/Tabs/S/CropBox[0 0 612 792]/Rotate 0")
    card.edit(card.number(b"/Subtype/Link"), b"/Subtype/Link", b"/Subtype/Link/P %d 0 R" % card.page)
    card.edit(card.number(b"<</Font<<"), b"<</Font<<", b"<</ProcSet[/PDF/Text]/Font<<")
    accept(card.file(), good)


def test_address_spelt_otherwise(good: Good) -> None:
    """Percent-encoding a letter changes no address."""
    card = good.taken_apart()
    card.edit(card.number(b"org/toolkit)>>"), b"org/toolkit)>>", b"org/%74oolkit)>>")
    accept(card.file(), good)


def test_more_metadata(good: Good) -> None:
    """A rating that somebody's picture manager adds harms nobody."""
    card = good.taken_apart()
    card.edit_stream(card.xmp, b"<xmp:CreateDate>", b"<xmp:Rating>5</xmp:Rating><xmp:CreateDate>")
    accept(card.file(), good)


def test_metadata_spelt_otherwise(good: Good) -> None:
    """XMP may write properties as attributes."""
    card = good.taken_apart()
    card.edit_stream(card.xmp, b"<pdfuaid:part>1</pdfuaid:part>", b"")
    card.edit_stream(card.xmp, b' xmlns:card="', b' pdfuaid:part="1" xmlns:card="')
    accept(card.file(), good)


def test_tags_under_other_names(good: Good) -> None:
    """A role map may give standard types other names."""
    card = good.taken_apart()
    root = card.number(b"/Type/StructTreeRoot")
    card.edit(root, b"/Type/StructTreeRoot", b"/Type/StructTreeRoot/RoleMap<</Title/H1/Headline/H2>>")
    for number in card.numbers(b"/S/H2"):
        card.edit(number, b"/S/H2", b"/S/Headline")
    card.edit(card.number(b"/S/H1"), b"/S/H1", b"/S/Title")
    accept(card.file(), good)


def test_kids_spelt_otherwise(good: Good) -> None:
    """Content may be claimed by a marked-content reference that names its page."""
    card = good.taken_apart()
    heading = card.number(b"/S/H1")
    card.sub(heading, rb"/Pg (\d+ 0 R)/K (\d+)", rb"/K<</Type/MCR/Pg \1/MCID \2>>")
    accept(card.file(), good)
