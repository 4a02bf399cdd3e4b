from __future__ import annotations

import datetime as dt
import io
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from msgspec.structs import replace
from pypdf import PdfReader

from cardprint.load.icc import parse_icc
from cardprint.model.content import DocumentInfo
from cardprint.model.press import PressSpec, print_profile
from cardprint.model.source import Source
from cardprint.model.structure import Tag
from cardprint.paint import paint_pdf
from cardprint.paint.metadata import CARDPRINT_NAMESPACE

if TYPE_CHECKING:
    from tests.unit.paint.conftest import Maker

ICC = Path(__file__).parents[3] / "layouts/press/fogra39-coated.icc"
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "xmp": "http://ns.adobe.com/xap/1.0/",
    "pdf": "http://ns.adobe.com/pdf/1.3/",
    "pdfaid": "http://www.aiim.org/pdfa/ns/id/",
    "pdfuaid": "http://www.aiim.org/pdfua/ns/id/",
    "pdfxid": "http://www.npes.org/pdfx/ns/id/",
    "xmpMM": "http://ns.adobe.com/xap/1.0/mm/",
    "card": CARDPRINT_NAMESPACE,
    "pdfaSchema": "http://www.aiim.org/pdfa/ns/schema#",
    "pdfaProperty": "http://www.aiim.org/pdfa/ns/property#",
}


def read(make: Maker, info: DocumentInfo) -> PdfReader:
    return PdfReader(io.BytesIO(paint_pdf([make.page(make.group(Tag.P, make.run("on", 36, 60)), info=info)])))


def xmp(reader: PdfReader) -> ET.Element:
    stream: Any = reader.root_object["/Metadata"]
    return ET.fromstring(stream.get_data())  # noqa: S314 -- our own bytes


def value(packet: ET.Element, name: str) -> str | None:
    found = packet.find(f".//{name}", NAMESPACES)
    return None if found is None else "".join(found.itertext())


def test_info_and_xmp_agree(make: Maker) -> None:
    """Title, author, subject, producer and dates are the same in both, markup and all."""
    reader = read(make, replace(make.info, title="Issues <1> & 2: Hawaiʻi"))
    info, packet = reader.metadata, xmp(reader)
    assert info is not None
    assert (info.title, info.author, info.subject, info.producer) == (
        "Issues <1> & 2: Hawaiʻi",
        "Shared Hope International",
        "Grades & points",
        "cardprint 0.1.0",
    )
    names = ("dc:title", "dc:creator", "dc:description", "pdf:Producer")
    assert tuple(value(packet, name) for name in names) == (info.title, info.author, info.subject, info.producer)
    assert value(packet, "xmp:CreateDate") == "2021-11-17T12:30:00Z"
    assert [str(info[key]) for key in ("/CreationDate", "/ModDate")] == ["D:20211117123000Z"] * 2


def test_info_has_no_other_keys(make: Maker) -> None:
    """Nothing that nobody asked for, and no subject where there is none."""
    info = read(make, replace(make.info, subject="")).metadata
    assert info is not None
    assert sorted(info) == ["/Author", "/CreationDate", "/ModDate", "/Producer", "/Title"]
    assert value(xmp(read(make, replace(make.info, subject=""))), "dc:description") is None


@pytest.mark.parametrize(
    "date",
    [
        dt.datetime.fromisoformat("2021-11-17T12:30"),
        dt.datetime(2021, 11, 17, 7, 30, tzinfo=dt.timezone(dt.timedelta(hours=-5))),
    ],
)
def test_dates_are_utc(make: Maker, date: dt.datetime) -> None:
    """A time zone is converted, a bare date taken as UTC: the machine's own zone is never asked."""
    assert value(xmp(read(make, replace(make.info, date=date))), "xmp:ModifyDate") == "2021-11-17T12:30:00Z"


def test_standards_are_declared(make: Maker) -> None:
    """PDF/A-2a and PDF/UA-1."""
    packet = xmp(read(make, make.info))
    assert [value(packet, name) for name in ("pdfaid:part", "pdfaid:conformance", "pdfuaid:part")] == ["2", "A", "1"]


def test_card_says_what_it_was_made_from(make: Maker) -> None:
    """Edition, hash of the data and version, each in a declared schema; what is unknown is left out."""
    packet = xmp(read(make, make.info))
    assert [value(packet, f"card:{name}") for name in ("edition", "dataSHA256", "version")] == [
        "2021",
        "ab" * 32,
        "0.1.0",
    ]
    declared = {name.text for name in packet.iterfind(".//pdfaProperty:name", NAMESPACES)}
    assert declared >= {"edition", "dataSHA256", "version", "part"}
    assert [uri.text for uri in packet.iterfind(".//pdfaSchema:namespaceURI", NAMESPACES)] == [
        NAMESPACES["pdfuaid"],
        CARDPRINT_NAMESPACE,
    ]
    assert value(xmp(read(make, replace(make.info, edition=""))), "card:edition") is None


def test_catalog_serves_readers(make: Maker) -> None:
    """Language, title in the window, tags marked; colours mean sRGB."""
    catalog: Any = read(make, make.info).root_object
    assert catalog["/Lang"] == "en-US"
    assert catalog["/ViewerPreferences"] == {"/DisplayDocTitle": True}
    assert catalog["/MarkInfo"] == {"/Marked": True}
    (intent,) = catalog["/OutputIntents"]
    profile = intent["/DestOutputProfile"]
    assert (intent["/S"], profile["/N"], len(profile.get_data())) == ("/GTS_PDFA1", 3, 6922)


def test_a_press_has_its_condition_once(make: Maker) -> None:
    """One intent for PDF/X, one for PDF/A, both with the same CMYK profile; the name of the ICC's registry where the
    condition has one."""
    icc = parse_icc(Source("press.icc", ICC.read_bytes()))
    profile = print_profile(PressSpec(), icc)
    reader = PdfReader(io.BytesIO(paint_pdf([make.page()], profile)))
    catalog: Any = reader.root_object
    intents = catalog["/OutputIntents"]
    assert [intent["/S"] for intent in intents] == ["/GTS_PDFX", "/GTS_PDFA1"]
    assert len({intent.raw_get("/DestOutputProfile").idnum for intent in intents}) == 1
    assert intents[0]["/DestOutputProfile"]["/N"] == 4
    assert {intent["/OutputConditionIdentifier"] for intent in intents} == {"FOGRA39"}
    assert {intent["/RegistryName"] for intent in intents} == {"http://www.color.org"}
    house = print_profile(PressSpec(condition="Our own press"), icc)
    assert b"/RegistryName" not in paint_pdf([make.page()], house)


def test_a_press_is_told_the_standards(make: Maker) -> None:
    """PDF/X-4 and PDF/A-2b, untrapped in both places, and the identifiers that X-4 wants."""
    profile = print_profile(PressSpec(), parse_icc(Source("press.icc", ICC.read_bytes())))
    reader = PdfReader(io.BytesIO(paint_pdf([make.page()], profile)))
    packet, info = xmp(reader), reader.metadata
    assert reader.pdf_header == "%PDF-1.6"
    assert info is not None
    assert (str(info["/Trapped"]), value(packet, "pdf:Trapped")) == ("/False", "False")
    names = ("pdfxid:GTS_PDFXVersion", "pdfaid:part", "pdfaid:conformance", "pdfuaid:part", "xmpMM:RenditionClass")
    assert [value(packet, name) for name in names] == ["PDF/X-4", "2", "B", None, "default"]
    other = PdfReader(io.BytesIO(paint_pdf([make.page(info=replace(make.info, state="ohio"))], profile)))
    assert value(packet, "xmpMM:DocumentID") != value(xmp(other), "xmpMM:DocumentID")
