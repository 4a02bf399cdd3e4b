"""What the file says about itself is there, and the same in every place that says it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from cardprint.model.content import DocumentInfo
from cardprint.model.finding import Finding
from cardprint.model.profile import SCREEN, OutputProfile
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.metadata import CARD, DC, PDF, PDFA_ID, PDFUA_ID, PDFX_ID, XMP, XMP_MM, Metadata, iso_date

_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{1,8})*")
_PREDEFINED: Final = (
    DC,
    XMP,
    PDF,
    PDFA_ID,
    XMP_MM,
    "{http://ns.adobe.com/xap/1.0/rights/}",
)
_TWINS: Final = (
    ("Title", f"{DC}title"),
    ("Author", f"{DC}creator"),
    ("Subject", f"{DC}description"),
    ("Producer", f"{PDF}Producer"),
    ("Creator", f"{XMP}CreatorTool"),
    ("Keywords", f"{PDF}Keywords"),
    ("CreationDate", f"{XMP}CreateDate"),
    ("ModDate", f"{XMP}ModifyDate"),
)
"""Entries of Info and the properties of XMP that say the same (ISO 19005-2 §6.6.3)."""

_SCREEN_STANDARDS: Final = (
    (f"{PDFA_ID}part", "2", "PDF/A-2"),
    (f"{PDFA_ID}conformance", "A", "conformance level A"),
    (f"{PDFUA_ID}part", "1", "PDF/UA-1"),
)
_PRESS_STANDARDS: Final = (
    (f"{PDFX_ID}GTS_PDFXVersion", "PDF/X-4", "PDF/X-4"),
    (f"{PDFA_ID}part", "2", "PDF/A-2"),
    (f"{PDFA_ID}conformance", "B", "conformance level B"),
)


def verify_metadata(document: Document, metadata: Metadata, profile: OutputProfile = SCREEN) -> Iterator[Finding]:
    """Judge a file's description of itself."""
    yield from _verify_catalog(document)
    if metadata.problem:
        yield Finding("xmp-missing", f"The file's XMP metadata cannot be read: {metadata.problem}.")
        return
    if not metadata.info.get("Title", metadata.xmp.get(f"{DC}title", "")).strip():
        yield Finding("title-missing", "The file has no title.")
    for key, name in _TWINS:
        yield from _verify_twins(key, metadata.info.get(key, ""), metadata.xmp.get(name, ""))
    for name, expected, what in _SCREEN_STANDARDS if profile.press is None else _PRESS_STANDARDS:
        if metadata.xmp.get(name) != expected:
            said = metadata.xmp.get(name)
            found = f"it says “{said}”" if said else "it does not"
            yield Finding("standard-undeclared", f"The file should declare {what}; {found}.")
    if profile.press is not None:
        yield from _verify_press_identity(metadata)
    for name in metadata.xmp:
        if not name.startswith(_PREDEFINED) and name.startswith("{") and name not in metadata.declared:
            message = f"The XMP property {name.rpartition('}')[2]} belongs to no schema that the file describes."
            yield Finding("xmp-undeclared", message)
    for key in ("edition", "dataSHA256", "version"):
        if not metadata.xmp.get(f"{CARD}{key}"):
            yield Finding("card-unidentified", f"The file does not say which {_CARD_KEYS[key]} it was made with.")


def _verify_press_identity(metadata: Metadata) -> Iterator[Finding]:
    """What PDF/X-4 wants told besides (ISO 15930-7 §6.5, §6.6)."""
    for name in (f"{XMP_MM}DocumentID", f"{XMP_MM}VersionID", f"{XMP_MM}RenditionClass", f"{XMP}MetadataDate"):
        if not metadata.xmp.get(name):
            yield Finding("print-unidentified", f"The file does not give its {name.rpartition('}')[2]} (PDF/X-4).")
    trapped, said = metadata.info.get("Trapped", ""), metadata.xmp.get(f"{PDF}Trapped", "")
    if trapped not in ("True", "False") or trapped != said:
        message = f"Info says “{trapped}” and XMP says “{said}” of whether the file is trapped; both must say the same."
        yield Finding("trapping-unknown", message)


_CARD_KEYS: Final = {"edition": "edition of the data", "dataSHA256": "data (by their hash)", "version": "cardprint"}


def _verify_twins(key: str, info: str, xmp: str) -> Iterator[Finding]:
    said = iso_date(info) if key.endswith("Date") else info
    if said != xmp:
        message = (
            f"Info says “{info}” and XMP says “{xmp}” for {key}."
            if info and xmp
            else f"{key} stands in one place only."
        )
        yield Finding("xmp-differs", message)


def _verify_catalog(document: Document) -> Iterator[Finding]:
    file, catalog = document.file, document.catalog
    language = file.text(catalog.get("Lang")) or ""
    if not _LANGUAGE.fullmatch(language):
        found = f"“{language}” is no language" if language else "there is none"
        yield Finding("language-missing", f"The document's language cannot be told: {found}.")
    if file.dict(catalog.get("ViewerPreferences")).get("DisplayDocTitle") is not True:
        yield Finding(
            "title-not-displayed", "Viewers would show the file's name instead of its title (DisplayDocTitle)."
        )
    if file.dict(catalog.get("MarkInfo")).get("Marked") is not True:
        yield Finding("not-marked", "The file does not say that it is tagged (MarkInfo).")
    identifier = [file.resolve(part) for part in file.array(file.trailer.get("ID"))]
    if len(identifier) != 2 or not all(isinstance(part, bytes) and part for part in identifier):
        yield Finding("id-missing", "The file has no identifier (ID).")
    if "Encrypt" in file.trailer:
        yield Finding("encrypted", "The file is encrypted; an archive must not be.")


def verify_info(metadata: Metadata, language: str | None, info: DocumentInfo) -> Iterator[Finding]:
    """Compare a file's description of itself with what it was to be."""
    promised: Sequence[tuple[str, str, str | None]] = (
        ("title", info.title, metadata.info.get("Title")),
        ("author", info.author, metadata.info.get("Author")),
        ("subject", info.subject, metadata.info.get("Subject", "")),
        ("producer", info.producer, metadata.info.get("Producer")),
        ("language", info.language, language),
        ("edition", info.edition, metadata.xmp.get(f"{CARD}edition", "")),
        ("data hash", info.data_sha256, metadata.xmp.get(f"{CARD}dataSHA256", "")),
    )
    for what, expected, found in promised:
        if expected != (found or ""):
            yield Finding("metadata-wrong", f"The file's {what} should be “{expected}”; it is “{found or ''}”.")
