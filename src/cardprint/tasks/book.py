"""All cards of an edition as one file: cover, contents, national overview, every card in order.

The pages are laid out one by one, each by its own layout, and painted together: one structure tree, one set of fonts.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from cardprint import __version__
from cardprint.compose import build_edition_scope, compose_pages, sample_file_name
from cardprint.compose.book_scope import BookEntry, BookPart, build_book_scope
from cardprint.edition.asked import nearest_name
from cardprint.edition.dataset import ReadEdition, read_edition
from cardprint.edition.proof import promise_of, rejection
from cardprint.layout import fit_pages, lay_out_pages
from cardprint.model.content import PageContent
from cardprint.model.dataset import Jurisdiction
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError
from cardprint.model.finding import failed
from cardprint.model.frame import Group, LinkArea, PageFrame
from cardprint.model.layout_spec import Per
from cardprint.model.navigation import PAGE_LINK, Bookmark, Navigation
from cardprint.model.scope import RecordValue
from cardprint.model.structure import Role, Tag
from cardprint.paint import paint_pdf
from cardprint.pipeline import (
    ComposedCard,
    FailedCard,
    Project,
    compose_record,
    lay_out_card,
    open_project,
    places_without_file,
    refuse_same_name,
    require_layout,
    shared_rung,
)
from cardprint.verify import verify_book
from cardprint.workspace import Workspace

COVER_LAYOUT: Final = "book-cover"
CONTENTS_LAYOUT: Final = "book-contents"
FOLIO_LAYOUT: Final = "book-folio"
OVERVIEW_LAYOUT: Final = "national-overview"
"""The layouts of a book's pages beside its cards. An edition's own of these names come before the shipped ones."""

COVER: Final = "Cover"
CONTENTS: Final = "Contents"
OVERVIEW: Final = "National overview"

_WIDEST: Final = "9999"
"""A page's number before it is known."""


class BookProject(Struct, frozen=True):
    """An edition opened with each layout that its book needs."""

    cards: Project
    cover: Project
    contents: Project
    folio: Project
    overview: Project

    @property
    def digests(self) -> tuple[str, ...]:
        """The hashes of all files that were read to open it."""
        return tuple(
            digest
            for part in (self.cover, self.contents, self.folio, self.overview, self.cards)
            for digest in part.inputs
        )


class Book(Struct, frozen=True):
    """A finished book: its file's name without the ending, its bytes, how many pages it has, the states whose cards are
    in it, those whose cards could not be made, and those that the edition has no file for, if all were asked for."""

    file_name: str
    pdf: bytes
    pages: int
    states: tuple[Jurisdiction, ...]
    failed: tuple[FailedCard, ...]
    warnings: tuple[Diagnostic, ...]
    without_file: tuple[Jurisdiction, ...] = ()


class _Card(Struct, frozen=True):
    """A card laid out, and what it was composed from."""

    card: ComposedCard
    frames: tuple[PageFrame, ...]

    def entry(self, page: str) -> BookEntry:
        """The card as the contents list it, on the page with that label."""
        record = self.card.record
        published = record.published
        if record.letter is not None or published is None:
            return BookEntry(record.jurisdiction, page, record.letter, record.total)
        return BookEntry(record.jurisdiction, page, published.letter, published.score)


def open_book(
    workspace: Workspace, data: str | os.PathLike[str] | None = None, layout: str | os.PathLike[str] | None = None
) -> BookProject:
    """Open an edition with `layout` for its cards. Raises `RequestError` and `DiagnosticError` as `open_project`."""
    cards = open_project(workspace, data, layout)
    require_layout(cards, Per.STATE)
    cover, contents, folio, overview = (
        open_project(workspace, data, name) for name in (COVER_LAYOUT, CONTENTS_LAYOUT, FOLIO_LAYOUT, OVERVIEW_LAYOUT)
    )
    for part, per in ((cover, Per.BOOK), (contents, Per.BOOK), (folio, Per.FOLIO), (overview, Per.EDITION)):
        require_layout(part, per)
    return BookProject(cards, cover, contents, folio, overview)


def make_book(project: BookProject, states: Iterable[str] | None = None) -> Book:
    """The book of an edition, of the cards of all its states or of those with the slugs `states`, in order.

    A card that cannot be made is left out and told. Raises `DiagnosticError` where no card or one of the other pages
    cannot be made, `RejectedError` for a book that failed its proof."""
    edition = read_edition(project.cards)
    states = None if states is None else tuple(states)
    cards, failures = _lay_out_cards(project.cards, edition, states)
    if not cards:
        problems = [
            problem for one in failures if isinstance(one.error, DiagnosticError) for problem in one.error.diagnostics
        ]
        raise DiagnosticError(
            [*problems, Diagnostic("empty-book", "No card of the edition can be made.", hint="Mend one.")]
        )
    absent = places_without_file(project.cards) if states is None else ()
    left_out = _left_out(project.cards, failures, absent)
    layout = _Pages(project, edition, cards, left_out, _digest(project, edition, states))
    frames, navigation = layout.frames(), layout.navigation()
    name = f"{project.cards.framework.edition.id}-book"
    file_name = sample_file_name(name) if project.cards.framework.sample else name
    _refuse_stray_links(frames, navigation)
    pdf = paint_pdf(frames, navigation=navigation)
    promises = {
        pages: promise_of(project.cards, card.card.record, card.card.scope)
        for card, pages in zip(cards, layout.of_cards, strict=True)
    }
    findings = verify_book(pdf, frames, navigation, promises)
    if failed(findings):
        raise rejection(file_name, pdf, findings, frames)
    warnings = [warning for card in cards for warning in card.card.warnings]
    warnings += [finding.diagnostic for finding in findings]
    places = tuple(card.card.state for card in cards)
    return Book(file_name, pdf, len(frames), places, tuple(failures), tuple(warnings), absent)


def frames_of_book(project: BookProject, digest: str) -> tuple[tuple[PageFrame, ...], Navigation] | None:
    """The pages of the book of all states and the ways through it, if it is the one that carries this hash of all that
    was read for it."""
    edition = read_edition(project.cards)
    if _digest(project, edition, None) != digest:
        return None
    cards, failures = _lay_out_cards(project.cards, edition, None)
    if not cards:
        return None
    left_out = _left_out(project.cards, failures, places_without_file(project.cards))
    layout = _Pages(project, edition, cards, left_out, digest)
    return tuple(layout.frames()), layout.navigation()


def _left_out(
    project: Project, failures: Iterable[FailedCard], absent: Iterable[Jurisdiction]
) -> tuple[Jurisdiction, ...]:
    """The states whose cards are not in the book, for whatever reason, by their names."""
    places = project.jurisdictions
    failed = (places[one.state] for one in failures if one.state in places)
    return tuple(sorted((*failed, *absent), key=lambda place: place.name))


def _digest(project: BookProject, edition: ReadEdition, states: Iterable[str] | None) -> str:
    """A hash of all files that were read for a book, and of which states were asked for, if not all."""
    everyone = {*edition.states, *edition.wrong}
    chosen = everyone if states is None else set(states)
    some = sorted(chosen) if chosen != everyone else []
    return hashlib.sha256("".join((*project.digests, *edition.digests, *some)).encode("ascii")).hexdigest()


def _lay_out_cards(
    project: Project, edition: ReadEdition, states: Iterable[str] | None
) -> tuple[list[_Card], list[FailedCard]]:
    """The cards in the order of their states' names, and those that cannot be made."""
    shared = shared_rung(project)
    cards: list[_Card] = []
    chosen = {*edition.states, *edition.wrong} if states is None else set(states)
    failures = [FailedCard(slug, error) for slug, error in edition.wrong.items() if slug in chosen]
    holders: dict[str, Jurisdiction] = {}
    for slug, state in edition.states.items():
        if slug not in chosen:
            continue
        try:
            card = compose_record(project, state.record, state.warnings, state.inputs)
            refuse_same_name(project, card.file_name, card.state, holders)
            frames, _ = lay_out_card(project, card, shared)
        except DiagnosticError as error:
            failures.append(FailedCard(slug, error))
        else:
            cards.append(_Card(card, frames))
    return sorted(cards, key=lambda card: card.card.state.name), failures


def _refuse_stray_links(frames: Iterable[PageFrame], navigation: Navigation) -> None:
    """Raise `DiagnosticError` (unknown-page) for links to pages that the book does not have."""
    log = Collector()
    for frame in frames:
        for link in _links(frame.root):
            target = link.address.removeprefix(PAGE_LINK)
            if link.address.startswith(PAGE_LINK) and target not in navigation.anchors:
                nearest = nearest_name(target, navigation.anchors)
                remedy = (
                    f"Did you mean {PAGE_LINK}{nearest}?" if nearest else "Name #contents, #overview or a state’s slug."
                )
                log.error("unknown-page", f"The book has no page {link.address}.", link.span, hint=remedy)
    log.raise_errors()


def _links(group: Group) -> Iterator[LinkArea]:
    for item in group.items:
        if isinstance(item, LinkArea):
            yield item
        elif isinstance(item, Group):
            yield from _links(item)


class _Pages:
    """Lays out a book's own pages, once it is known how many the contents take."""

    def __init__(
        self,
        project: BookProject,
        edition: ReadEdition,
        cards: Sequence[_Card],
        left_out: Sequence[Jurisdiction],
        digest: str,
    ) -> None:
        self._project = project
        self._cards = cards
        self._left_out = left_out
        self._edition = build_edition_scope(edition.dataset)
        self._digest = digest
        self._listed = self._divide()
        self._first_contents = len(project.cover.layout.pages)
        self._overview = self._first_contents + len(self._listed) * len(project.contents.layout.pages)
        first = self._overview + len(project.overview.layout.pages)
        ends = list(accumulate((len(card.frames) for card in cards), initial=first))
        self.of_cards = [range(start, end) for start, end in pairwise(ends)]
        """The pages of each card, by their indices."""

    def frames(self) -> list[PageFrame]:
        """All pages in order, each a section of the document's tags, those after the cover with their folios."""
        frames = [
            *self._cover(),
            *(frame for number in range(len(self._listed)) for frame in self._contents(number)),
            *self._laid_out(self._project.overview, self._edition),
            *(frame for card in self._cards for frame in card.frames),
        ]
        return [
            _section(frame) if index < self._first_contents else self._numbered(_section(frame), _label(index))
            for index, frame in enumerate(frames)
        ]

    def navigation(self) -> Navigation:
        """Bookmarks, labels and names of the pages."""
        places = [card.card.state for card in self._cards]
        firsts = [pages.start for pages in self.of_cards]
        anchors = {"cover": 0, "contents": self._first_contents, "overview": self._overview}
        anchors |= {place.slug: page for place, page in zip(places, firsts, strict=True)}
        front = (Bookmark(COVER, 0), Bookmark(CONTENTS, self._first_contents), Bookmark(OVERVIEW, self._overview))
        bookmarks = (Bookmark(place.name, page) for place, page in zip(places, firsts, strict=True))
        labels = tuple(_label(index) for index in range(self.of_cards[-1].stop))
        return Navigation(anchors, (*front, *bookmarks), labels)

    def _divide(self) -> list[range]:
        """The cards that each page of the contents lists, by their positions: as few pages as will do, about as many
        cards on each."""
        count = len(self._cards)
        least, most = 1, count
        while least < most:
            middle = (least + most + 1) // 2
            least, most = (middle, most) if self._fits(middle) else (least, middle - 1)
        pages = -(-count // least)
        share = -(-count // pages)
        return [range(start, min(start + share, count)) for start in range(0, count, share)]

    def _fits(self, count: int) -> bool:
        """Whether one page of the contents has room for so many cards and all that may stand beside them."""
        entries = [card.entry(_WIDEST) for card in self._cards[:count]]
        parts = [BookPart(OVERVIEW, "overview", _WIDEST)]
        scope = build_book_scope(self._edition, parts, entries, self._left_out, label=_WIDEST)
        project = self._project.contents
        return fit_pages(self._composed(project, scope), project.fonts) is not None

    def _contents(self, number: int) -> Sequence[PageFrame]:
        """A page of the contents; the first lists the parts, the last the states without a card."""
        entries = [self._cards[at].entry(_label(self.of_cards[at].start)) for at in self._listed[number]]
        parts = [BookPart(OVERVIEW, "overview", _label(self._overview))] if number == 0 else []
        left_out = self._left_out if number == len(self._listed) - 1 else []
        label = _label(self._first_contents + number)
        scope = build_book_scope(self._edition, parts, entries, left_out, label=label, continued=number > 0)
        return self._laid_out(self._project.contents, scope)

    def _cover(self) -> Sequence[PageFrame]:
        entries = [card.entry(_label(pages.start)) for card, pages in zip(self._cards, self.of_cards, strict=True)]
        return self._laid_out(
            self._project.cover, build_book_scope(self._edition, [], entries, self._left_out, label=COVER)
        )

    def _numbered(self, frame: PageFrame, label: str) -> PageFrame:
        """The page with its folio, which the folio's layout puts into the margin; a sheet of another size has none."""
        project = self._project.folio
        content = self._composed(project, build_book_scope(self._edition, [], [], label=label))[0]
        if content.page.trim != frame.page.trim:
            return frame
        (folio,), _ = lay_out_pages([replace(content, sample=None)], project.fonts)
        return replace(frame, folio=Group(folio.root.region.inset(folio.page.margins), folio.root.items, name="folio"))

    def _laid_out(self, project: Project, scope: RecordValue) -> Sequence[PageFrame]:
        frames, _ = lay_out_pages(self._composed(project, scope), project.fonts)
        return frames

    def _composed(self, project: Project, scope: RecordValue) -> Sequence[PageContent]:
        producer = f"cardprint {__version__}"
        shared = project.fonts, project.info_date, producer, self._digest, project.profile, project.embargo
        return compose_pages(project.layout, scope, *shared)


def _label(index: int) -> str:
    """What a page is called: by its number in the file, so that no viewer counts otherwise."""
    return str(index + 1) if index else COVER


def _section(frame: PageFrame) -> PageFrame:
    """The page as a section of the whole document."""
    root = frame.root
    return replace(frame, root=replace(root, items=(Group(root.region, root.items, Role(Tag.SECT)),)))
