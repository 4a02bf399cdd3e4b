from __future__ import annotations

import io
import zlib
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfWriter

from cardprint.verify.reading import opening
from cardprint.verify.reading.file import inflate
from cardprint.verify.reading.opening import open_file
from cardprint.verify.reading.plain_file import PlainFile
from cardprint.verify.reading.pypdf_file import PypdfFile
from cardprint.verify.reading.values import DamagedFileError, Ref

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit


@pytest.fixture
def plain(kit: Kit) -> bytes:
    return kit.Sheet(kit.line("Hello")).file()


def through_pypdf(pdf: bytes) -> bytes:
    file = io.BytesIO()
    PdfWriter(clone_from=io.BytesIO(pdf)).write(file)
    return file.getvalue()


def test_plain_files_are_read_without_pypdf(plain: bytes) -> None:
    """A file with one classic table is read by the quick reader, and says the same as through the other."""
    quick, other = open_file(plain), PypdfFile(plain)
    assert isinstance(quick, PlainFile)
    for number in (1, 2, 4, 6, 7):
        assert quick.load(number) == other.load(number)
    assert quick.load(99) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"startxref\n", b"startxref\n9"),
        (b"xref\n0 ", b"xref\n1 "),
        (b"2 0 obj", b"3 0 obj"),
        (b"<</Size ", b"<</Prev 9/Size "),
        (b"%PDF-", b"\n%PDF"),
        (b"%%EOF", b"%%EOX"),
    ],
)
def test_other_files_are_left_to_pypdf(plain: bytes, old: bytes, new: bytes) -> None:
    """A table that leads astray, or an update, is the full reader's affair, which mends what can be mended."""
    assert old in plain
    try:
        file = open_file(plain.replace(old, new))
    except DamagedFileError:
        return
    assert isinstance(file, PypdfFile)


@pytest.fixture
def packed(kit: Kit) -> bytes:
    return kit.Sheet(kit.line("Hello")).packed_file()


def test_object_streams_are_read_without_pypdf(plain: bytes, packed: bytes) -> None:
    """Objects in object streams, under a cross-reference stream, are read by the quick reader: the same objects."""
    loose, quick, other = open_file(plain), open_file(packed), PypdfFile(packed)
    assert isinstance(quick, PlainFile)
    assert b"/Catalog" not in packed
    for number in (1, 2, 4, 6, 7):
        assert loose.load(number) == quick.load(number) == other.load(number)
    for number in (5, 8):
        stream = quick.stream(Ref(number))
        assert stream is not None
        assert loose.data(loose.load(number)) == quick.data(stream)  # type: ignore[arg-type] # both are streams
    assert quick.load(99) is None


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"/Type/XRef", b"/Type/ERef"),
        (b"/W[1 3 1]", b"/W[1 3 2]"),
        (b"/W[1 3 1]", b"/W[1 -3 1]"),
        (b"/W[1 3 1]", b"/W 5      "),
        (b"/Index[0 1 ", b"/Index[0 2 "),
        (b"/Index[0 1 ", b"/Index[0 /A "),
        (b"/Index[0 1 ", b"/Index[9 1 "),
        (b"/Type/XRef", b"/Prev 9/Type/XRef"),
        (b"/Type/ObjStm", b"/Type/ObjStr"),
        (b"/N 5/First", b"/N 4/First"),
        (b"/N 5/First ", b"/N 5/First 9"),
        (b"\x02\0\0\x0b\x01", b"\x02\0\0\x0b\x02"),
        (b"\x02\0\0\x0b\x01", b"\x02\0\0\x0c\x01"),
        (b"\x02\0\0\x0b\x01", b"\x02\0\0\x05\x01"),
        (b"\x02\0\0\x0b\x01", b"\x03\0\0\x0b\x01"),
        (b"\nendstream\nendobj\nstartxref", b"\nendstrean\nendobj\nstartxref"),
    ],
)
def test_cross_reference_streams_that_lead_astray(packed: bytes, old: bytes, new: bytes) -> None:
    """A cross-reference stream is believed in everything or in nothing."""
    assert old in packed
    try:
        file = open_file(packed.replace(old, new))
    except DamagedFileError:
        return
    assert isinstance(file, PypdfFile)


def table_of(rows: bytes, entries: bytes) -> bytes:
    """A file of a catalog and a cross-reference stream with these rows, four bytes each."""
    out, data = b"%PDF-1.7\n1 0 obj\n<</Type/Catalog>>\nendobj\n", zlib.compress(rows)
    text = b"/Type/XRef/Root 1 0 R/W[1 2 1]/Filter/FlateDecode/Length %d%b" % (len(data), entries)
    stream = b"2 0 obj\n<<%b>>\nstream\n%b\nendstream\nendobj\n" % (text, data)
    return out + stream + b"startxref\n%d\n%%%%EOF\n" % len(out)


def test_cross_reference_streams_are_bounded() -> None:
    """A few bytes that unfold to millions of objects are refused, and not handed to another reader."""
    few = table_of(bytes([0, 0, 0, 0, 1, 0, 9, 0]), b"/Size 2")
    assert isinstance(open_file(few), PlainFile)
    many = table_of(bytes([0, 0, 0, 0, 1, 0, 9, 0]) + b"\0" * 4_000_000, b"/Size 1000002")
    with pytest.raises(DamagedFileError, match="200,000 can be judged"):
        open_file(many)


def test_object_streams_are_bounded(kit: Kit, monkeypatch: pytest.MonkeyPatch) -> None:
    """Object streams that unfold to more than a reader can bear are refused, and not handed to another reader."""
    sheet = kit.Sheet(objects={30: b"(%b)" % (b"x" * 100_000)})
    assert isinstance(open_file(sheet.packed_file()), PlainFile)
    monkeypatch.setattr("cardprint.verify.reading.file.MOST_BYTES", 100_000)
    with pytest.raises(DamagedFileError, match="more than a reader can bear"):
        open_file(sheet.packed_file())


@pytest.mark.parametrize("data", [b"", b"%PDF-1.7", b"Not a PDF at all", b"\0" * 5000])
def test_what_is_no_pdf(data: bytes) -> None:
    """Something else is damage, not another exception."""
    with pytest.raises(DamagedFileError):
        open_file(data)


def test_size_is_bounded(plain: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is too large to judge is refused before it is read."""
    monkeypatch.setattr(opening, "MOST_BYTES", len(plain) - 1)
    with pytest.raises(DamagedFileError, match="can be judged"):
        open_file(plain)


def test_streams(kit: Kit) -> None:
    """Streams are inflated; an ASCII filter is left to pypdf; a word “stream” in a string is no stream."""
    sheet = kit.Sheet(objects={30: b"<</Note(a stream\nof words)>>"})
    sheet.streams = {
        31: (b"/Filter/FlateDecode", zlib.compress(b"deflated")),
        32: (b"/Filter[/FlateDecode]", zlib.compress(b"listed")),
        33: (b"/Filter[/ASCIIHexDecode/FlateDecode]", zlib.compress(b"twice").hex().encode() + b">"),
        34: (b"/Filter/NoSuchDecode", b"?"),
        35: (b"/Filter/FlateDecode", b"broken"),
    }
    file = open_file(sheet.file())
    assert file.load(30) == {"Note": b"a stream\nof words"}
    read = [file.data(stream) for number in (31, 32, 33) if (stream := file.stream(Ref(number)))]
    assert read == [b"deflated", b"listed", b"twice"]
    for number in (34, 35):
        stream = file.stream(Ref(number))
        assert stream is not None
        with pytest.raises(DamagedFileError):
            file.data(stream)


def test_a_stream_that_ends_elsewhere(kit: Kit) -> None:
    """A length that is not that of the data is damage."""
    damaged = kit.Sheet(objects={30: b"<</Length 3>>\nstream\nabcdef\nendstream"}).file()
    with pytest.raises(DamagedFileError, match="where its length says"):
        open_file(damaged).load(30)


def test_bombs_do_not_go_off() -> None:
    """Data that unfolds to more than is allowed is refused on the way."""
    bomb = zlib.compress(b"\0" * 10_000_000)
    with pytest.raises(DamagedFileError, match="more than a reader can bear"):
        inflate(bomb, 1_000_000)


def test_references_in_a_circle(kit: Kit) -> None:
    """Objects that refer to one another end in damage, not in a loop."""
    file = open_file(kit.Sheet(objects={30: b"31 0 R", 31: b"30 0 R"}).file())
    with pytest.raises(DamagedFileError, match="circle"):
        file.resolve(Ref(30))


def test_getters_forgive(kit: Kit) -> None:
    """What is missing or of the wrong kind reads as nothing."""
    file = open_file(kit.Sheet(objects={30: b"[1 2 /N]"}).file())
    assert (file.dict(Ref(30)), file.name(3), file.text(Ref(30)), file.number(True), file.integer(1.5)) == (
        *({}, "", None, None, None),
    )
    assert (file.numbers(Ref(30)), file.box([1, 2, 3]), file.box([10, 20, 0, 5])) == ([], None, (0, 5, 10, 20))


def test_rewritten_file_is_the_same(plain: bytes) -> None:
    """Files that pypdf wrote are read like their originals."""
    rewritten = open_file(through_pypdf(plain))
    catalog = rewritten.dict(rewritten.trailer["Root"])
    assert rewritten.name(catalog["Type"]) == "Catalog"
