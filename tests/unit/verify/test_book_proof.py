"""The proof of a book: it passes a good one, and finds what leads astray."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace

from cardprint.layout.shaping import face_shaper
from cardprint.model.colour import Swatch
from cardprint.model.content import DocumentInfo, PageGeometry
from cardprint.model.frame import Group, LinkArea, PageFrame, TextRun
from cardprint.model.geometry import Insets, Rect, Size
from cardprint.model.navigation import Bookmark, Navigation
from cardprint.model.promise import Fact, Promise
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import FontBook, FontFace
from cardprint.paint import paint_pdf
from cardprint.verify import verify_book, verify_full

FACE = "Source Sans 3 Regular"
INK = Swatch("ink", (18, 35, 63), (95, 82, 45, 50))
INFO = DocumentInfo(
    "A book", "A publisher", "", "en-US", dt.datetime(2021, 11, 17, tzinfo=dt.UTC), "cardprint 1", "2021", "ab" * 32
)
WAYS = Navigation(
    {"contents": 0, "ohio": 1, "texas": 2},
    (Bookmark("Contents", 0), Bookmark("Ohio", 1), Bookmark("Texas", 2)),
    ("Cover", "2", "3"),
)


@pytest.fixture(scope="module")
def face(faces: FontBook) -> FontFace:
    return faces[FACE]


def text(face: FontFace, words: str, x: float, baseline: float, *, size: float = 12.0) -> TextRun:
    shaped = face_shaper(face).shape(words)
    return TextRun(x, baseline, shaped.advance * size / face.units_per_em, (shaped,), size, INK)


def page(face: FontFace, *groups: Group, folio: str = "") -> PageFrame:
    region = Rect(0, 0, 612, 792)
    section = Group(region, groups, Role(Tag.SECT))
    foot = Rect(36, 768, 540, 16)
    return PageFrame(
        PageGeometry(Size(612, 792), Insets(36, 36, 36, 36), 0),
        Group(region, (section,), Role(Tag.DOCUMENT)),
        INFO,
        folio=Group(foot, (text(face, folio, 560, 780, size=8),)) if folio else None,
    )


def line(face: FontFace, words: str, y: float, tag: Tag = Tag.P) -> Group:
    return Group(Rect(36, y, 540, 16), (text(face, words, 36, y + 12),), Role(tag))


def linked(face: FontFace, words: str, address: str, y: float) -> Group:
    run = text(face, words, 36, y + 12)
    area = LinkArea((Rect(36, y, run.width, 16),), address, words)
    link = Group(Rect(36, y, 540, 16), (run, area), Role(Tag.LINK))
    return Group(Rect(36, y, 540, 16), (link,), Role(Tag.P))


def frames(face: FontFace) -> list[PageFrame]:
    return [
        page(face, line(face, "Contents", 40, Tag.H1), linked(face, "Ohio", "#ohio", 80)),
        page(face, line(face, "Ohio", 40, Tag.H1), line(face, "Grade: B", 80), folio="2"),
        page(face, line(face, "Texas", 40, Tag.H1), line(face, "Grade: D", 80), folio="3"),
    ]


def promise(state: str, grade: str) -> Promise:
    facts = (Fact("state", "the name of the state", state), Fact("grade", "the grade", grade, figure=True))
    return Promise(state, "en-US", (), facts, (), ("A", "B", "C", "D", "F"))


PROMISES = {range(1, 2): promise("Ohio", "B"), range(2, 3): promise("Texas", "D")}


def rules(face: FontFace, pdf: bytes, *, ways: Navigation = WAYS, told: dict[range, Promise] = PROMISES) -> set[str]:
    return {finding.rule for finding in verify_book(pdf, frames(face), ways, told)}


def test_good_book_passes(face: FontFace) -> None:
    """Also before those who know nothing of its frames: a folio with the page's number is no hidden text."""
    pdf = paint_pdf(frames(face), navigation=WAYS)
    assert () == verify_book(pdf, frames(face), WAYS, PROMISES)
    assert () == verify_full(pdf)


@pytest.mark.parametrize(
    ("ways", "rule"),
    [
        (
            replace(WAYS, bookmarks=(Bookmark("Contents", 0), Bookmark("Ohio", 2), Bookmark("Texas", 2))),
            "bookmark-wrong",
        ),
        (replace(WAYS, bookmarks=WAYS.bookmarks[:2]), "bookmark-wrong"),
        (replace(WAYS, labels=("Cover", "3", "4")), "label-wrong"),
        (replace(WAYS, anchors={**WAYS.anchors, "ohio": 2, "texas": 1}), "destination-wrong"),
    ],
)
def test_ways_that_lead_astray_are_found(face: FontFace, ways: Navigation, rule: str) -> None:
    """A bookmark, a label or a name that stands for another page than was promised."""
    assert rule in rules(face, paint_pdf(frames(face), navigation=ways))


@pytest.mark.parametrize(
    ("ways", "rule"),
    [
        (replace(WAYS, bookmarks=(*WAYS.bookmarks[:2], Bookmark("Texas: A", 2))), "bookmark-wrong"),
        (replace(WAYS, labels=("Cover", "Grade A", "3")), "label-wrong"),
    ],
)
def test_ways_are_those_of_the_book_made_anew(face: FontFace, ways: Navigation, rule: str) -> None:
    """A finished book that somebody brings says of its pages what it says when it is made anew."""
    pages = frames(face)
    original = paint_pdf(pages, navigation=WAYS)
    assert () == verify_full(original + b"\n", pages, original=original)
    findings = verify_full(paint_pdf(pages, navigation=ways), pages, original=original)
    assert rule in {finding.rule for finding in findings}


def test_link_that_lands_on_another_page_is_found(face: FontFace) -> None:
    """The name that it leads to is not the promised one."""
    wrong = frames(face)
    wrong[0] = page(face, line(face, "Contents", 40, Tag.H1), linked(face, "Ohio", "#texas", 80))
    assert "link-address" in rules(face, paint_pdf(wrong, navigation=WAYS))


def test_cards_are_compared_with_their_own_data(face: FontFace) -> None:
    """Two cards that have changed places are found, though every word of the book is right."""
    pdf = paint_pdf(frames(face), navigation=WAYS)
    findings = verify_book(pdf, frames(face), WAYS, dict(zip(PROMISES, reversed(PROMISES.values()), strict=True)))
    assert {1, 2} == {finding.page - 1 for finding in findings}
    assert "fact-wrong" in {finding.rule for finding in findings}


def test_words_hidden_as_pagination_are_found(face: FontFace) -> None:
    """Only a line with the page's own number is a folio: a sentence that nobody can hear is not."""
    hidden = frames(face)
    hidden[1] = page(face, line(face, "Ohio", 40, Tag.H1), line(face, "Grade: B", 80), folio="disputed")
    findings = verify_full(paint_pdf(hidden, navigation=WAYS))
    assert ["text-untagged"] == [finding.rule for finding in findings]


def test_page_without_its_folio_is_found(face: FontFace) -> None:
    """A folio is promised like any other text."""
    bare = [replace(frame, folio=None) for frame in frames(face)]
    assert "text-missing" in rules(face, paint_pdf(bare, navigation=WAYS))
