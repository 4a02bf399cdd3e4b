"""What a document says of itself: Info and, agreeing with it word for word, XMP."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import lru_cache
from typing import Final

from cardprint.model.content import DocumentInfo
from cardprint.paint.syntax import stream, text_string

_XML_ESCAPES: Final = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})

CARDPRINT_NAMESPACE: Final = "urn:x-cardprint:card#"
_PDFUA_NAMESPACE: Final = "http://www.aiim.org/pdfua/ns/id/"

_PDFX_NAMESPACE: Final = "http://www.npes.org/pdfx/ns/id/"
_PDF_NAMESPACE: Final = "http://ns.adobe.com/pdf/1.3/"

_SchemaProperties = tuple[tuple[str, str, str], ...]

_UA_PROPERTIES: Final[_SchemaProperties] = (("part", "Integer", "Part of ISO 14289 that the file conforms to"),)
_X_PROPERTIES: Final[_SchemaProperties] = (("GTS_PDFXVersion", "Text", "Version of PDF/X that the file conforms to"),)
_TRAPPED_PROPERTIES: Final[_SchemaProperties] = (("Trapped", "Text", "Whether the file has been trapped"),)
_CARD_PROPERTIES: Final[_SchemaProperties] = (
    ("edition", "Text", "Edition of the report cards that the card belongs to"),
    ("state", "Text", "State that the card is about, by its slug"),
    ("dataSHA256", "Text", "SHA-256 of the data and the layout that the card was made from"),
    ("version", "Text", "Version of cardprint that made the card"),
)


def info_dictionary(info: DocumentInfo, *, press: bool = False) -> str:
    """The document information dictionary (ISO 32000-1 §14.3.3); for a press it says that nothing has been trapped."""
    date = text_string(_formatted(info.date, "D:%Y%m%d%H%M%SZ"))
    subject = f"/Subject{text_string(info.subject)}" if info.subject else ""
    return (
        f"<</Title{text_string(info.title)}/Author{text_string(info.author)}{subject}"
        f"/Producer{text_string(info.producer)}/CreationDate{date}/ModDate{date}{'/Trapped/False' if press else ''}>>"
    )


def xmp_metadata(info: DocumentInfo, *, press: bool = False) -> bytes:
    """The metadata stream: the standards declared, the properties of Info, and cardprint's own.

    It is not deflated, so that tools that know no PDF can find it."""
    date = _formatted(info.date, "%Y-%m-%dT%H:%M:%SZ")
    subject = f"<dc:description>{_alternative(info.subject)}</dc:description>" if info.subject else ""
    card = (
        ("edition", info.edition),
        ("state", info.state),
        ("dataSHA256", info.data_sha256),
        ("version", info.producer.rpartition(" ")[2]),
    )
    card_values = "".join(f"<card:{key}>{_xml(value)}</card:{key}>" for key, value in card if value)
    packet = (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        f' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="{_PDF_NAMESPACE}"'
        f' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:card="{CARDPRINT_NAMESPACE}"'
        f"{_press_identification(info) if press else _screen_identification()}"
        f"<dc:title>{_alternative(info.title)}</dc:title>"
        f"<dc:creator><rdf:Seq><rdf:li>{_xml(info.author)}</rdf:li></rdf:Seq></dc:creator>{subject}"
        f"<dc:language><rdf:Bag><rdf:li>{_xml(info.language)}</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreateDate>{date}</xmp:CreateDate><xmp:ModifyDate>{date}</xmp:ModifyDate>"
        f"<xmp:MetadataDate>{date}</xmp:MetadataDate><pdf:Producer>{_xml(info.producer)}</pdf:Producer>\n"
        f"{card_values}</rdf:Description>\n{_extension_schemas(press=press)}</rdf:RDF></x:xmpmeta>\n"
        '<?xpacket end="r"?>'
    )
    return stream("/Type/Metadata/Subtype/XML", packet.encode())


def _screen_identification() -> str:
    """The rest of the description's head, and the standards of a screen file: PDF/A-2a and PDF/UA-1."""
    return (
        f' xmlns:pdfuaid="{_PDFUA_NAMESPACE}">\n'
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>\n"
    )


def _press_identification(info: DocumentInfo) -> str:
    """Likewise those of a print file, PDF/A-2b and PDF/X-4, and what X-4 wants told besides (ISO 15930-7 §6.5)."""
    told = (info.title, info.edition, info.state, info.data_sha256, _utc(info.date).isoformat(), info.producer)
    digest = hashlib.sha256("\0".join(told).encode()).hexdigest()
    identifier = "-".join((digest[:8], digest[8:12], digest[12:16], digest[16:20], digest[20:32]))
    return (
        f' xmlns:pdfxid="{_PDFX_NAMESPACE}" xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/">\n'
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>"
        "<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion><pdf:Trapped>False</pdf:Trapped>\n"
        f"<xmpMM:DocumentID>uuid:{identifier}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>"
        "<xmpMM:RenditionClass>default</xmpMM:RenditionClass>\n"
    )


def _utc(date: dt.datetime) -> dt.datetime:
    """The moment in UTC; one without a time zone is meant so."""
    return date.replace(tzinfo=dt.UTC) if date.tzinfo is None else date.astimezone(dt.UTC)


@lru_cache(maxsize=8)
def _formatted(date: dt.datetime, style: str) -> str:
    return _utc(date).strftime(style)


def _xml(text: str) -> str:
    return text.translate(_XML_ESCAPES)


def _alternative(text: str) -> str:
    return f'<rdf:Alt><rdf:li xml:lang="x-default">{_xml(text)}</rdf:li></rdf:Alt>'


@lru_cache(maxsize=2)
def _extension_schemas(*, press: bool) -> str:
    """The schemas beyond those that XMP predefines; PDF/A wants each declared (ISO 19005-2 §6.6.2.3)."""
    card = _schema("cardprint report card", CARDPRINT_NAMESPACE, "card", _CARD_PROPERTIES)
    if press:
        schemas = (
            _schema("PDF/X identification", _PDFX_NAMESPACE, "pdfxid", _X_PROPERTIES)
            + _schema("Adobe PDF", _PDF_NAMESPACE, "pdf", _TRAPPED_PROPERTIES)
            + card
        )
    else:
        schemas = _schema("PDF/UA identification", _PDFUA_NAMESPACE, "pdfuaid", _UA_PROPERTIES) + card
    return (
        '<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">\n'
        f"<pdfaExtension:schemas><rdf:Bag>\n{schemas}</rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"
    )


def _schema(title: str, namespace: str, prefix: str, properties: _SchemaProperties) -> str:
    described = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{name}</pdfaProperty:name><pdfaProperty:valueType>{kind}</pdfaProperty:valueType>"
        "<pdfaProperty:category>internal</pdfaProperty:category>"
        f"<pdfaProperty:description>{meaning}</pdfaProperty:description></rdf:li>\n"
        for name, kind, meaning in properties
    )
    return (
        f'<rdf:li rdf:parseType="Resource"><pdfaSchema:schema>{title}</pdfaSchema:schema>'
        f"<pdfaSchema:namespaceURI>{namespace}</pdfaSchema:namespaceURI><pdfaSchema:prefix>{prefix}</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>\n{described}</rdf:Seq></pdfaSchema:property></rdf:li>\n"
    )
