"""The full proof: the fast one, and all that takes a raster, a second reader, or a look at every object."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from cardprint.model.diagnostics import Severity
from cardprint.model.finding import Finding
from cardprint.model.frame import PageFrame
from cardprint.model.profile import SCREEN, OutputProfile
from cardprint.model.promise import Promise
from cardprint.verify.fast import bounded, fast_findings, other_data_findings
from cardprint.verify.promised import promised_pages
from cardprint.verify.reading.document import Document, Page
from cardprint.verify.reading.metadata import read_metadata
from cardprint.verify.reading.values import DamagedFileError
from cardprint.verify.rules.entries import verify_entries, verify_extent
from cardprint.verify.rules.identity import files_agree, verify_edition
from cardprint.verify.rules.links import verify_link_descriptions
from cardprint.verify.rules.metadata import verify_info, verify_metadata
from cardprint.verify.rules.tag_integrity import verify_tag_integrity

if TYPE_CHECKING:
    from cardprint.model.press import PressSpec

_UNREADABLE: Final = frozenset({"damaged", "content-too-long"})
_MOST_RASTERS: Final = 60
"""Pages whose contrast is measured; a book has one for each state and a few more."""


def verify_full(
    pdf: bytes,
    frames: Sequence[PageFrame] | None = None,
    promise: Promise | None = None,
    profile: OutputProfile = SCREEN,
    original: bytes | None = None,
) -> tuple[Finding, ...]:
    """Everything that can be proved of a finished file. `frames`, `promise` and `profile` as in `verify_fast`; without
    frames the card may come from anywhere. `original` is the card as it is made anew from the same data: the file must
    look like it. Whatever the bytes are, it ends, and raises nothing."""
    try:
        document = Document(pdf, shapes=profile.press is not None)
    except DamagedFileError as error:
        return (Finding("unreadable", f"The file cannot be read: {error}."),)
    return bounded(_findings(pdf, document, frames, promise, profile, original))


def _findings(
    pdf: bytes,
    document: Document,
    frames: Sequence[PageFrame] | None,
    promise: Promise | None,
    profile: OutputProfile,
    original: bytes | None,
) -> Iterator[Finding]:
    metadata = read_metadata(document)
    promised = promised_pages(frames, links=profile.links) if frames is not None else None
    if promise is not None:
        yield from verify_edition(promise, metadata)
    if promise is None or promised is not None or files_agree(promise, metadata):
        yield from fast_findings(document, promised, promise, profile)
    else:
        yield from other_data_findings(document, promise, profile)
    yield from verify_tag_integrity(document)
    yield from verify_metadata(document, metadata, profile)
    yield from verify_entries(document, profile)
    yield from verify_extent(pdf)
    if promised is not None:
        yield from verify_link_descriptions(document, promised.links)
    if promise is not None:
        yield from _verify_language(document, promise)
        yield from _verify_title(document)
    if frames:
        yield from verify_info(metadata, document.file.text(document.catalog.get("Lang")), frames[0].info)
    yield from _verify_paint(pdf, document, profile, original)


def _verify_language(document: Document, promise: Promise) -> Iterator[Finding]:
    language = document.file.text(document.catalog.get("Lang"))
    if language != promise.language:
        yield Finding("metadata-wrong", f"The file's language is {language}; the data are in {promise.language}.")


def _verify_title(document: Document) -> Iterator[Finding]:
    """A card has one heading of the first level: where a listener who goes from heading to heading begins."""
    titles = sum(element.tag == "H1" for element in document.tree.walk())
    if titles != 1:
        found = f"{titles} titles (headings h1)" if titles else "no title (a heading h1)"
        hint = "Write as: h1 in the layout at the text that names the state, and at no other."
        message = f"The card has {found}, expected one: by it listeners find where a card begins."
        yield Finding("card-title", message, severity=Severity.WARNING, hint=hint)


def _verify_press_raster(pdf: bytes, document: Document, page: Page, spec: PressSpec) -> Iterator[Finding]:
    from cardprint.verify.reading.raster import rasterize_sheet
    from cardprint.verify.rules.press_raster import verify_bleed_painted, verify_picture_inks

    yield from verify_bleed_painted(page, rasterize_sheet(pdf, page.number - 1), document.file)
    yield from verify_picture_inks(document, page, spec)


def _can_be_read(page: Page) -> bool:
    """Whether the page's content and fonts were read to their ends."""
    if any(problem.rule in _UNREADABLE for problem in page.content.problems):
        return False
    return not any(part.font.problems for fragment in page.content.fragments for part in fragment.parts)


def _verify_original(pdf: bytes, document: Document, original: bytes) -> Iterator[Finding]:
    from cardprint.verify.reading.raster import rasterize_sheet
    from cardprint.verify.rules.likeness import verify_likeness, verify_same_ways

    made_anew = Document(original)
    yield from verify_same_ways(document, made_anew)
    for page in document.pages[: min(_MOST_RASTERS, len(made_anew.pages))]:
        index = page.number - 1
        yield from verify_likeness(page, rasterize_sheet(pdf, index), rasterize_sheet(original, index))


def _verify_paint(pdf: bytes, document: Document, profile: OutputProfile, original: bytes | None) -> Iterator[Finding]:
    from cardprint.verify.reading.raster import extract_text, rasterize
    from cardprint.verify.rules.colour_profiles import verify_output_intent
    from cardprint.verify.rules.contrast import verify_contrast
    from cardprint.verify.rules.second_reader import verify_second_reader

    yield from verify_output_intent(document, profile.press)
    if not all(map(_can_be_read, document.pages)):
        # PDFium has no bounds of its own: what was too much for this reader is not handed on to it.
        yield Finding("unreadable", "The pages cannot be read as a whole, and are not painted.")
        return
    try:
        yield from verify_second_reader(document.pages, extract_text(pdf, len(document.pages) + 1))
        for page in document.pages[:_MOST_RASTERS]:
            yield from verify_contrast(page, rasterize(pdf, page.number - 1))
            if profile.press is not None:
                yield from _verify_press_raster(pdf, document, page, profile.press.spec)
        if original is not None and pdf != original:
            yield from _verify_original(pdf, document, original)
    except DamagedFileError as error:
        yield Finding("unreadable", f"{error}.")
    if len(document.pages) > _MOST_RASTERS:
        message = f"The contrast of pages after {_MOST_RASTERS} was not measured."
        yield Finding("contrast-unproved", message, severity=Severity.WARNING)
