"""The proof of a book: words, places and tags of every page, the facts of each card, and the ways through it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec.structs import replace

from cardprint.model.finding import Finding
from cardprint.model.frame import PageFrame
from cardprint.model.navigation import Navigation
from cardprint.model.profile import SCREEN
from cardprint.model.promise import Promise
from cardprint.verify.fast import bounded, fast_findings
from cardprint.verify.promised import promised_pages
from cardprint.verify.reading.document import Document
from cardprint.verify.reading.passages import Passage, fragments_by_owner, read_passages
from cardprint.verify.reading.values import DamagedFileError
from cardprint.verify.rules.links import TaggedLink, tagged_links
from cardprint.verify.rules.navigation import verify_navigation
from cardprint.verify.rules.promise import verify_promise


def verify_book(
    pdf: bytes, frames: Sequence[PageFrame], navigation: Navigation, promises: Mapping[range, Promise]
) -> tuple[Finding, ...]:
    """Read the finished book back and compare it with its frames, its navigation and, where pages (by their
    indices) are a card, with its data. Each page is a section of the document's tags. It raises nothing."""
    try:
        document = Document(pdf)
        return bounded(_findings(document, frames, navigation, promises))
    except DamagedFileError as error:
        return (Finding("unreadable", f"The file cannot be read: {error}."),)


def _findings(
    document: Document, frames: Sequence[PageFrame], navigation: Navigation, promises: Mapping[range, Promise]
) -> Iterator[Finding]:
    yield from fast_findings(document, promised_pages(frames), None, SCREEN)
    yield from verify_navigation(document, navigation)
    sections = _sections(document)
    if len(sections) != len(frames):
        yield Finding("tags-missing", f"The tags have {len(sections)} sections; there are {len(frames)} pages.")
        return
    for pages, promise in promises.items():
        passages = [passage for index in pages for passage in sections[index][0]]
        links = [link for index in pages for link in sections[index][1]]
        for finding in verify_promise(promise, passages, links):
            yield finding if finding.page else replace(finding, page=pages.start + 1)


def _sections(document: Document) -> list[tuple[list[Passage], list[TaggedLink]]]:
    """What the sections of the document say, and the links in them, in the order of the tags."""
    owned = fragments_by_owner(document)
    links = {link.element: link for link in tagged_links(document, owned)}
    sections = [section for root in document.tree.roots for section in root.children]
    return [
        (
            read_passages(document, owned, [section]),
            [links[element] for element in section.walk() if element in links],
        )
        for section in sections
    ]
