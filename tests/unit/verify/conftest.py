"""PDFs written by hand: a few objects, a page of content, tags."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field

import pytest

from cardprint.model.geometry import Rect
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.passages import Passage
from cardprint.verify.reading.structure import Element

CMAP = (
    b"begincmap\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n"
    b"1 beginbfrange\n<0020> <007E> <0020>\nendbfrange\nendcmap"
)
"""Two-byte codes that are the text's own, from space to tilde."""


@dataclass
class Sheet:
    """A file of one page, 200 by 100 points, with the font F1: 500 thousandths of an em for every glyph, two-byte codes
    that are the text itself. `tags` are the bodies of structure elements, from object 20 on."""

    content: bytes = b""
    tags: list[bytes] = field(default_factory=list)
    objects: dict[int, bytes] = field(default_factory=dict)
    streams: dict[int, tuple[bytes, bytes]] = field(default_factory=dict)
    page: bytes = b""
    catalog: bytes = b""
    resources: bytes = b""
    trailer: bytes = b""

    def file(self) -> bytes:
        return written(self.bodies(), b"/Root 1 0 R" + self.trailer)

    def packed_file(self) -> bytes:
        """The same file with its objects in object streams, under a cross-reference stream."""
        return packed(self.bodies(), b"/Root 1 0 R" + self.trailer)

    def bodies(self) -> dict[int, bytes]:
        kids = b" ".join(b"%d 0 R" % (20 + at) for at, tag in enumerate(self.tags) if b"/P 3 0 R" in tag)
        bodies = {
            1: b"<</Type/Catalog/Pages 2 0 R/StructTreeRoot 3 0 R/Lang(en)%b>>" % self.catalog,
            2: b"<</Type/Pages/Count 1/Kids[4 0 R]>>",
            3: b"<</Type/StructTreeRoot/K[%b]>>" % kids,
            4: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 100]/Contents 5 0 R/StructParents 0"
            b"/Resources<</Font<</F1 6 0 R>>%b>>%b>>" % (self.resources, self.page),
            6: b"<</Type/Font/Subtype/Type0/BaseFont/AAAAAA+Plain/Encoding/Identity-H"
            b"/DescendantFonts[7 0 R]/ToUnicode 8 0 R>>",
            7: b"<</Type/Font/Subtype/CIDFontType2/BaseFont/AAAAAA+Plain/DW 500/FontDescriptor 9 0 R>>",
            9: b"<</Type/FontDescriptor/FontName/AAAAAA+Plain>>",
            **dict(enumerate(self.tags, start=20)),
            **self.objects,
        }
        streams = {5: (b"", self.content), 8: (b"", CMAP), **self.streams}
        for number, (entries, data) in streams.items():
            bodies[number] = b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)
        return bodies

    def document(self) -> Document:
        return Document(self.file())


def written(bodies: dict[int, bytes], trailer: bytes) -> bytes:
    """A plain file of these objects."""
    out, offsets = b"%PDF-1.7\n", {}
    for number, body in sorted(bodies.items()):
        offsets[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    size = max(bodies) + 1
    entries = [
        b"%010d 00000 n \n" % offsets[number] if number in offsets else b"0000000000 65535 f \n"
        for number in range(size)
    ]
    table = b"xref\n0 %d\n%btrailer\n<</Size %d%b>>\n" % (size, b"".join(entries), size, trailer)
    return out + table + b"startxref\n%d\n%%%%EOF\n" % len(out)


def packed(bodies: dict[int, bytes], trailer: bytes, *, each: int = 5) -> bytes:
    """These objects in object streams of `each`, but for streams, which stand on their own."""
    loose = {number: body for number, body in bodies.items() if body.endswith(b"endstream")}
    inside = [(number, body) for number, body in sorted(bodies.items()) if number not in loose]
    rows = {0: (0, 0, 0)}
    for at in range(0, len(inside), each):
        container, held = max(bodies) + 1 + at // each, inside[at : at + each]
        starts = [sum(len(body) + 1 for _, body in held[:place]) for place in range(len(held))]
        head = b" ".join(b"%d %d" % (number, start) for (number, _), start in zip(held, starts, strict=True)) + b"\n"
        data = zlib.compress(head + b"\n".join(body for _, body in held))
        entries = b"/Type/ObjStm/N %d/First %d/Filter/FlateDecode" % (len(held), len(head))
        loose[container] = b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)
        rows |= {number: (2, container, place) for place, (number, _) in enumerate(held)}
    out = b"%PDF-1.7\n"
    for number, body in sorted(loose.items()):
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    rows[max(rows) + 1] = (1, len(out), 0)
    index = b" ".join(b"%d 1" % number for number in rows)
    data = b"".join(bytes([kind]) + one.to_bytes(3, "big") + bytes([two]) for kind, one, two in rows.values())
    entries = b"/Type/XRef/Size %d/W[1 3 1]/Index[%b]/Length %d%b" % (max(rows) + 1, index, len(data), trailer)
    stream = b"%d 0 obj\n<<%b>>\nstream\n%b\nendstream\nendobj\n" % (max(rows), entries, data)
    return out + stream + b"startxref\n%d\n%%%%EOF\n" % len(out)


def codes(text: str) -> bytes:
    """A text as a string in the font F1."""
    return b"<" + text.encode("utf-16-be").hex().encode() + b">"


def line(text: str, x: float = 10, y: float = 50, size: float = 10) -> bytes:
    return b"BT %g %g Td /F1 %g Tf %b Tj ET" % (x, y, size, codes(text))


def marked(mcid: int, *content: bytes, tag: bytes = b"P") -> bytes:
    return b"/%b<</MCID %d>>BDC\n%b\nEMC\n" % (tag, mcid, b"\n".join(content))


@dataclass(frozen=True)
class Kit:
    """What tests make files with."""

    Sheet = Sheet
    codes = staticmethod(codes)
    line = staticmethod(line)
    marked = staticmethod(marked)
    written = staticmethod(written)

    @staticmethod
    def passage(
        text: str, read: str | None = None, *, tag: str = "P", row: Element | None = None, cell: str = ""
    ) -> Passage:
        """A passage that says something, perhaps in a cell (TH or TD) of a row."""
        owner = Element(cell, 0, 0) if cell else None
        return Passage(Element(tag, 0, 0), [], row, owner, text, text if read is None else read)

    @staticmethod
    def row() -> Element:
        return Element("TR", 0, 0)

    @staticmethod
    def rounded(rect: Rect) -> tuple[float, float, float, float]:
        return round(rect.x, 2), round(rect.y, 2), round(rect.width, 2), round(rect.height, 2)


@pytest.fixture(scope="session")
def kit() -> Kit:
    return Kit()
