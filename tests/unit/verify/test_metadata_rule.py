from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.verify import identify
from cardprint.verify.reading.metadata import CARD, DC, PDFUA_ID, iso_date, read_metadata
from cardprint.verify.rules.metadata import verify_metadata

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit, Sheet

PACKET = b"""<?xpacket begin=""?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:card="urn:x-cardprint:card#"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" pdfuaid:part="1">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">A &amp; B</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>One</rdf:li><rdf:li>Two</rdf:li></rdf:Seq></dc:creator>
<card:edition>1933</card:edition><card:state>freedonia</card:state></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<pdfaExtension:schemas><rdf:Bag><rdf:li><pdfaSchema:namespaceURI>urn:x-cardprint:card#</pdfaSchema:namespaceURI>
<pdfaSchema:property><rdf:Seq><rdf:li><pdfaProperty:name>edition</pdfaProperty:name></rdf:li></rdf:Seq>
</pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF></x:xmpmeta>"""


def sheet(kit: Kit, packet: bytes = PACKET) -> Sheet:
    made = kit.Sheet(kit.marked(0, kit.line("Freedonia")), catalog=b"/Metadata 30 0 R")
    made.tags = [b"<</S/Document/P 3 0 R/K 21 0 R>>", b"<</S/H1/P 20 0 R/Pg 4 0 R/K 0>>"]
    made.streams[30] = (b"/Type/Metadata/Subtype/XML", packet)
    made.objects[31] = b"<</Title(A & B)/CreationDate(D:20211117120000Z)>>"
    made.trailer = b"/Info 31 0 R"
    return made


def test_info_and_xmp(kit: Kit) -> None:
    """Properties are read as elements and as attributes, lists line by line, and what schemas declare."""
    metadata = read_metadata(sheet(kit).document())
    assert metadata.info["Title"] == metadata.xmp[f"{DC}title"] == "A & B"
    assert metadata.xmp[f"{DC}creator"] == "One\nTwo"
    assert metadata.xmp[f"{PDFUA_ID}part"] == "1"
    assert metadata.declared == {f"{CARD}edition"}


@pytest.mark.parametrize(
    "packet",
    [
        b"<broken",
        b'<!DOCTYPE a [<!ENTITY x "xxxxxxxx">]>' + PACKET,
        b"",
        b"\xff\xfe\x00",
        PACKET + b" " * 2_000_000,
    ],
)
def test_xmp_that_is_refused(kit: Kit, packet: bytes) -> None:
    """What is no XML, has entities or is far too long is no metadata; nothing else happens."""
    assert read_metadata(sheet(kit, packet).document()).problem


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("D:20211117000000Z", "2021-11-17T00:00:00Z"),
        ("D:20211117093000-06'00'", "2021-11-17T09:30:00-06:00"),
        ("D:2021", "2021-01-01T00:00:00Z"),
        ("yesterday", "yesterday"),
    ],
)
def test_dates(date: str, iso: str) -> None:
    """A date of Info as XMP writes it."""
    assert iso_date(date) == iso


def test_what_is_undeclared_or_missing_is_told(kit: Kit) -> None:
    """A property that no schema describes, standards that are not declared, a catalog that says too little."""
    document = sheet(kit).document()
    rules = {finding.rule for finding in verify_metadata(document, read_metadata(document))}
    assert rules == {
        *("xmp-undeclared", "xmp-differs", "standard-undeclared", "card-unidentified"),
        *("title-not-displayed", "not-marked", "id-missing"),
    }


def test_identity(kit: Kit) -> None:
    """A file says which edition and state it belongs to, and how it is headed."""
    found = identify(sheet(kit).file())
    assert found is not None
    assert (found.edition, found.state, found.title, found.heading) == ("1933", "freedonia", "A & B", "Freedonia")
    assert (found.data_sha256, found.version) == ("", "")
    assert identify(b"no PDF") is None
