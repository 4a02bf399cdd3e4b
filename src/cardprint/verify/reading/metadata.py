"""What a file says about itself: the Info dictionary, and XMP (ISO 16684-1) with its extension schemas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final

from msgspec import Struct, field

from cardprint.verify.reading.document import Document
from cardprint.verify.reading.file import PdfFile
from cardprint.verify.reading.values import DamagedFileError, Value

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element as XmlElement

RDF: Final = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
DC: Final = "{http://purl.org/dc/elements/1.1/}"
XMP: Final = "{http://ns.adobe.com/xap/1.0/}"
PDF: Final = "{http://ns.adobe.com/pdf/1.3/}"
PDFA_ID: Final = "{http://www.aiim.org/pdfa/ns/id/}"
PDFUA_ID: Final = "{http://www.aiim.org/pdfua/ns/id/}"
XMP_MM: Final = "{http://ns.adobe.com/xap/1.0/mm/}"
PDFX_ID: Final = "{http://www.npes.org/pdfx/ns/id/}"
CARD: Final = "{urn:x-cardprint:card#}"
_EXTENSION: Final = "{http://www.aiim.org/pdfa/ns/extension/}"
_SCHEMA: Final = "{http://www.aiim.org/pdfa/ns/schema#}"
_PROPERTY: Final = "{http://www.aiim.org/pdfa/ns/property#}"

_LONGEST_PACKET: Final = 2_000_000
_DATE: Final = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([-+])(\d\d)'?(\d\d)?'?)?.*")


class Metadata(Struct, frozen=True):
    """`info` by key; `xmp` by qualified name ("{namespace}name"), lists joined by line feeds; `declared` are the names
    of the properties that extension schemas describe. `problem` says why there is no XMP that could be read."""

    info: Mapping[str, str]
    xmp: Mapping[str, str] = field(default_factory=dict)
    declared: frozenset[str] = frozenset()
    problem: str = ""


def read_metadata(document: Document) -> Metadata:
    """The file's own description."""
    file = document.file
    info = {key: text for key, value in file.dict(file.trailer.get("Info")).items() if (text := _said(file, value))}
    try:
        stream = file.stream(document.catalog.get("Metadata"))
        if stream is None:
            return Metadata(info, problem="there is none")
        root = _parsed(file.data(stream))
    except DamagedFileError as error:
        return Metadata(info, problem=str(error))
    properties: dict[str, str] = {}
    declared: set[str] = set()
    for description in root.iter(f"{RDF}Description"):
        properties.update({key: value for key, value in description.attrib.items() if not key.startswith(RDF)})
        for child in description:
            if child.tag == f"{_EXTENSION}schemas":
                declared.update(_declared(child))
            else:
                properties.setdefault(child.tag, _text(child))
    return Metadata(info, properties, frozenset(declared))


def _said(file: PdfFile, value: Value) -> str | None:
    """The text of an entry of Info, be it a string or a name (Trapped)."""
    return file.text(value) or file.name(value)


def _parsed(packet: bytes) -> XmlElement:
    from xml.etree.ElementTree import ParseError, fromstring

    if len(packet) > _LONGEST_PACKET or b"<!DOCTYPE" in packet or b"<!ENTITY" in packet:
        raise DamagedFileError("the XMP packet is more than metadata")
    try:
        return fromstring(packet)  # noqa: S314 (no entities, bounded)
    except (ParseError, ValueError, LookupError) as error:
        raise DamagedFileError(f"the XMP packet is no XML ({error})") from None


def _text(node: XmlElement) -> str:
    """The value of a property: its text, or those of its items."""
    items = list(node.iter(f"{RDF}li"))
    if items:
        return "\n".join((item.text or "").strip() for item in items)
    return (node.text or "").strip()


def _declared(schemas: XmlElement) -> Iterator[str]:
    """The qualified names of the properties that extension schemas describe."""
    for schema in schemas.iter(f"{RDF}li"):
        namespace = schema.find(f"{_SCHEMA}namespaceURI")
        if namespace is not None:
            for name in schema.iter(f"{_PROPERTY}name"):
                yield f"{{{(namespace.text or '').strip()}}}{(name.text or '').strip()}"


def iso_date(date: str) -> str:
    """A date of Info as XMP writes it, to the second; as it stands if it is none (ISO 32000-1 §7.9.4)."""
    found = _DATE.fullmatch(date)
    if found is None:
        return date
    year, month, day, hour, minute, second, zulu, sign, hours, minutes = found.groups()
    zone = "Z" if zulu or not sign else f"{sign}{hours}:{minutes or '00'}"
    return f"{year}-{month or '01'}-{day or '01'}T{hour or '00'}:{minute or '00'}:{second or '00'}{zone}"
