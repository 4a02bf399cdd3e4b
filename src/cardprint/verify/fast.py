"""The fast proof: what every render goes through before a card is delivered."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from threading import local
from typing import TYPE_CHECKING, Final

from cardprint.model.finding import Finding
from cardprint.model.frame import PageFrame
from cardprint.model.geometry import Rect
from cardprint.model.profile import SCREEN, OutputProfile
from cardprint.model.promise import Promise
from cardprint.verify.promised import PromisedPages, promised_pages
from cardprint.verify.reading.document import Document, Page
from cardprint.verify.reading.fonts import FontReader
from cardprint.verify.reading.passages import fragments_by_owner, read_passages
from cardprint.verify.reading.values import DamagedFileError
from cardprint.verify.rules.links import tagged_links, verify_links, verify_placed_links
from cardprint.verify.rules.overlap import verify_live_area, verify_overlaps
from cardprint.verify.rules.placed_text import verify_placed_text
from cardprint.verify.rules.promise import verify_promise
from cardprint.verify.rules.tagging import read_nodes, verify_tags
from cardprint.verify.rules.type_faces import verify_fonts

if TYPE_CHECKING:
    from cardprint.model.press import PressSpec

_NEAR: Final = 0.01
"""Points by which edges may differ: boxes are written with three decimals."""

MOST_FINDINGS: Final = 200
"""Findings told of one file: what is so broken need not be told to the end."""


class _Memory(local):
    """Fonts that this thread has read; cards of an edition share them byte for byte."""

    def __init__(self) -> None:
        self.fonts = FontReader()


_MEMORY = _Memory()


def verify_fast(
    pdf: bytes,
    frames: Sequence[PageFrame] | None = None,
    promise: Promise | None = None,
    profile: OutputProfile = SCREEN,
) -> tuple[Finding, ...]:
    """Read the finished file back and compare it with what its frames and its data promise.

    Without `frames` only what holds for any card is verified, without `promise` nothing is compared with the data;
    `profile` is what the file must be written for. Knows nothing of how the file was made. Whatever the bytes are, it
    ends, and raises nothing."""
    try:
        document = Document(pdf, _MEMORY.fonts, shapes=profile.press is not None)
    except DamagedFileError as error:
        return (Finding("unreadable", f"The file cannot be read: {error}."),)
    promised = promised_pages(frames, links=profile.links) if frames is not None else None
    if promise is None or frames is not None:
        return bounded(fast_findings(document, promised, promise, profile))
    return bounded(_wild_findings(document, promise, profile))


def _wild_findings(document: Document, promise: Promise, profile: OutputProfile) -> Iterator[Finding]:
    """About a card that may come from anywhere: it must be of the edition that it is compared with."""
    from cardprint.verify.reading.metadata import read_metadata
    from cardprint.verify.rules.identity import files_agree, verify_edition

    metadata = read_metadata(document)
    yield from verify_edition(promise, metadata)
    if files_agree(promise, metadata):
        yield from fast_findings(document, None, promise, profile)
    else:
        yield from other_data_findings(document, promise, profile)


def other_data_findings(document: Document, promise: Promise, profile: OutputProfile) -> Iterator[Finding]:
    """About a card that was not made from the files that the promise comes from: that it was not, and what holds for
    any card."""
    from cardprint.verify.rules.identity import verify_of_other_files

    owned = fragments_by_owner(document)
    clickable = tagged_links(document, owned) if profile.links else None
    yield verify_of_other_files(promise, read_passages(document, owned), clickable)
    yield from fast_findings(document, None, None, profile)


def fast_findings(
    document: Document,
    promised: PromisedPages | None,
    promise: Promise | None,
    profile: OutputProfile,
) -> Iterator[Finding]:
    """The findings of the fast proof about an open document."""
    pages = document.pages
    owned = fragments_by_owner(document)
    links = tagged_links(document, owned)
    if not pages:
        yield Finding("page-count", "The file has no page.")
    if promised is not None:
        if len(pages) != len(promised.trims):
            message = f"The file has {len(pages)} pages; {len(promised.trims)} were promised."
            yield Finding("page-count", message)
        yield from _verify_sheets(document, promised)
        yield from verify_placed_text(promised.texts, pages)
        yield from verify_tags(promised.nodes, promised.spans, read_nodes(document, owned))
        yield from verify_placed_links(promised.links, links)
    for page in pages:
        sheet = Rect(0.0, 0.0, page.size.width, page.size.height)
        areas = promised.live[page.number - 1 : page.number] if promised is not None else []
        yield from _verify_crop(document, page)
        yield from verify_overlaps(page)
        yield from verify_live_area(page, sheet, areas[0] if areas else (sheet,))
        yield from verify_fonts(page)
        for problem in page.content.problems:
            yield Finding(problem.rule, f"The page's content: {problem.message}.", page.number)
    if profile.press is not None:
        yield from _verify_press(document, profile.press.spec, promised)
    yield from verify_links(pages, links)
    if promise is not None:
        clickable = links if profile.links else None
        yield from verify_promise(promise, read_passages(document, owned), clickable)
    for problem in (*document.problems, *document.tree.problems):
        yield Finding(problem.rule, f"{problem.message[:1].upper()}{problem.message[1:]}.")


def _verify_press(document: Document, spec: PressSpec, promised: PromisedPages | None) -> Iterator[Finding]:
    """The preflight; what is wrong with a page comes with the line of the layout that asked for it."""
    from cardprint.verify.origins import with_origins  # screen cards do without
    from cardprint.verify.rules.press import verify_press

    if promised is None:
        yield from verify_press(document, spec)
        return
    frames = promised.frames
    bleeds, marks = [frame.page.bleed for frame in frames], [frame.marks for frame in frames]
    yield from with_origins(verify_press(document, spec, bleeds, marks), frames)


def _verify_sheets(document: Document, promised: PromisedPages) -> Iterator[Finding]:
    for page, trim in zip(document.pages, promised.trims, strict=False):
        if abs(page.size.width - trim.width) > _NEAR or abs(page.size.height - trim.height) > _NEAR:
            message = (
                f"The sheet is {page.size.width:g} × {page.size.height:g} pt, not {trim.width:g} × {trim.height:g} pt."
            )
            yield Finding("sheet-size", message, page.number)
        if page.entries.get("Rotate") not in (None, 0):
            yield Finding("sheet-turned", "The page is turned when it is shown.", page.number)


def _verify_crop(document: Document, page: Page) -> Iterator[Finding]:
    """What viewers show of the page is all of it."""
    if "CropBox" not in page.entries:
        return
    shown = document.file.box(page.entries["CropBox"])
    whole = document.file.box(page.entries.get("TrimBox")) or document.file.box(page.entries.get("MediaBox"))
    if shown is None or whole is None:
        return
    if any(side > edge + _NEAR for side, edge in zip(shown[:2], whole[:2], strict=True)) or any(
        side < edge - _NEAR for side, edge in zip(shown[2:], whole[2:], strict=True)
    ):
        yield Finding("page-cropped", "The page’s CropBox hides a part of it.", page.number)


def bounded(findings: Iterator[Finding]) -> tuple[Finding, ...]:
    """The findings, each once, as many as somebody may read. Damage that keeps a rule from going on is the last."""
    told: dict[Finding, None] = {}
    try:
        for finding in findings:
            told[finding] = None
            if len(told) >= MOST_FINDINGS:
                break
    except DamagedFileError as error:
        told[Finding("damaged", f"The file cannot be read to its end: {error}.")] = None
    return tuple(told)
