"""Which card a file says it is."""

from __future__ import annotations

from msgspec import Struct

from cardprint.verify.reading.document import Document
from cardprint.verify.reading.metadata import CARD, DC, PDFX_ID, read_metadata
from cardprint.verify.reading.passages import read_passages
from cardprint.verify.reading.values import DamagedFileError


class Identity(Struct, frozen=True):
    """What a file says of itself: the edition's id, the state's slug, the hash of the files it was made from, the
    version of cardprint that made it; its `title`, and the words of its first heading; `for_press`: that it is a print
    file (PDF/X). Empty where it does not say."""

    edition: str
    state: str
    data_sha256: str
    version: str
    title: str
    heading: str
    for_press: bool = False


def identify(pdf: bytes) -> Identity | None:
    """The identity that the file claims, None if it cannot be read at all."""
    try:
        document = Document(pdf)
    except DamagedFileError:
        return None
    metadata = read_metadata(document)
    said = metadata.xmp.get
    headings = (passage.read for passage in read_passages(document) if passage.element.tag == "H1")
    return Identity(
        edition=said(f"{CARD}edition", ""),
        state=said(f"{CARD}state", ""),
        data_sha256=said(f"{CARD}dataSHA256", ""),
        version=said(f"{CARD}version", ""),
        title=metadata.info.get("Title") or said(f"{DC}title", ""),
        heading=next(headings, ""),
        for_press=f"{PDFX_ID}GTS_PDFXVersion" in metadata.xmp,
    )
