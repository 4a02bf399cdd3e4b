from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import pytest
from msgspec.structs import replace

from cardprint.model.colour import Swatch
from cardprint.model.content import DocumentInfo, PageGeometry
from cardprint.model.frame import FilledRect, Glyph, Group, LinkArea, PageFrame, ShapedText, TextRun
from cardprint.model.geometry import Insets, Matrix, Rect, Size
from cardprint.model.structure import Role, Scope, Tag
from cardprint.model.typography import NO_BREAK_TWINS
from cardprint.verify.fast import verify_fast
from cardprint.verify.promised import Node, plain, promised_pages

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit

    from cardprint.model.typography import FontBook

INK = Swatch("ink", (0, 0, 0), (0, 0, 0, 100))
INFO = DocumentInfo("Title", "Author", "", "en", dt.datetime(2021, 1, 1, tzinfo=dt.UTC), "cardprint 0")
WHOLE = Rect(0, 0, 200, 100)


@pytest.fixture(scope="session")
def run(faces: FontBook) -> Run:
    return Run(faces)


class Run:
    """Makes text runs in which every glyph is half an em wide."""

    def __init__(self, faces: FontBook) -> None:
        face = faces["Source Sans 3 Regular"]
        self._face = replace(face, units_per_em=1000)

    def __call__(self, text: str, x: float, baseline: float, size: float = 10) -> TextRun:
        glyphs = tuple(Glyph(ord(char), 500, 0, 0, char) for char in text)
        piece = ShapedText(text, self._face, glyphs, 500 * len(text))
        return TextRun(x, baseline, len(text.rstrip()) * size / 2, (piece,), size, INK)


def page(*items: Group) -> PageFrame:
    root = Group(WHOLE, items, Role(Tag.DOCUMENT))
    return PageFrame(PageGeometry(Size(200, 100), Insets(5, 5, 5, 5), 0), root, INFO)


def test_texts_have_their_places(run: Run) -> None:
    """A text is promised with the ends of its baseline, in the region of the group around it, turns applied."""
    turned = Matrix(0, -1, 1, 0, 50, 80)
    frame = page(
        Group(Rect(10, 10, 80, 20), (run("One", 10, 20),), Role(Tag.P), field="the first"),
        Group(Rect(40, 20, 20, 60), (run("Two", 0, 10),), Role(Tag.P), matrix=turned),
    )
    first, second = promised_pages([frame]).texts
    assert (first.text, first.start, first.end, first.region, first.name) == (
        *("One", (10, 20), (25, 20), Rect(10, 10, 80, 20)),
        "“One” (the first)",
    )
    assert (second.start, second.end, second.size) == ((60, 80), (60, 65), 10)


def test_nodes_are_those_of_the_tags(run: Run) -> None:
    """Groups with a role are elements, texts of one element are one, groups without a role are not there."""
    link = Group(
        WHOLE, (run("b", 30, 20), LinkArea((Rect(30, 10, 5, 10),), "https://example.org", "b")), Role(Tag.LINK)
    )
    cell = Role(Tag.TH, scope=Scope.ROW, column_span=2)
    frame = page(
        Group(WHOLE, (Group(WHOLE, (run("a", 10, 20), run("a", 15, 20), link, run("c", 40, 20)), Role(Tag.P)),)),
        Group(WHOLE, (), cell),
    )
    promised = promised_pages([frame])
    usual = (None, None, None, None, None, 1, 1)
    assert promised.nodes == [
        Node(0, "Document", "", usual),
        Node(1, "P", "", usual),
        Node(2, "", "aa", ()),
        Node(2, "Link", "", usual),
        Node(3, "", "b", ()),
        Node(2, "", "c", ()),
        Node(1, "TH", "", (None, None, None, None, "Row", 1, 2)),
    ]
    assert [(found.address, found.areas) for found in promised.links] == [
        ("https://example.org", (Rect(30, 10, 5, 10),))
    ]


def test_text_as_it_is_read_back() -> None:
    """No-break twins look like their plain selves; what is not drawn is not read; letters and their marks are one."""
    assert plain("non\u2011familial\u00a0cases\u00ad e\u0301") == "non-familial cases é"


def test_no_break_twins_are_read_back_as_they_are_drawn() -> None:
    """The proof has a table of its own, which must not lag behind the one that texts are set by."""
    assert dict(NO_BREAK_TWINS) == {code: plain(chr(code)) for code in NO_BREAK_TWINS}


def test_a_hyphen_that_divides_a_word_is_promised(run: Run) -> None:
    """In its place and in the tags, as what it is; messages call the text by its letters."""
    frame = page(Group(WHOLE, (run("One\u00ad", 10, 20), run("ness", 10, 30)), Role(Tag.P)))
    promised = promised_pages([frame])
    assert ["One\u00ad", "ness"] == [text.text for text in promised.texts]
    assert "“One”" == promised.texts[0].name
    assert "One\u00adness" == promised.nodes[-1].text


def sheet_of(kit: Kit, *lines: bytes) -> bytes:
    content = b"".join(kit.marked(at, line) for at, line in enumerate(lines))
    tags = [b"<</S/Document/P 3 0 R/Pg 4 0 R/K[%b]>>" % b" ".join(b"%d 0 R" % (21 + at) for at in range(len(lines)))]
    tags += [b"<</S/P/P 20 0 R/Pg 4 0 R/K %d>>" % at for at in range(len(lines))]
    return kit.Sheet(content, tags=tags).file()


def rules(kit: Kit, frame: PageFrame, *lines: bytes) -> set[str]:
    """What the fast proof says of lines of text; that the test's font is not embedded does not count."""
    return {finding.rule for finding in verify_fast(sheet_of(kit, *lines), [frame])} - {"font-not-embedded"}


@pytest.fixture
def frame(run: Run) -> PageFrame:
    return page(
        Group(Rect(10, 10, 80, 12), (run("One two", 10, 20),), Role(Tag.P), field="the first"),
        Group(Rect(10, 30, 80, 12), (run("three", 10, 40),), Role(Tag.P)),
    )


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([("One two", 10, 80, 10), ("three", 10, 60, 10)], set()),
        ([("One two", 10.05, 80, 10), ("three", 10, 60, 10)], set()),
        ([("One two", 11, 80, 10), ("three", 10, 60, 10)], {"text-moved"}),
        ([("One two", 10, 80, 9), ("three", 10, 60, 10)], {"text-moved", "text-small"}),
        ([("One four", 10, 80, 10), ("three", 10, 60, 10)], {"text-changed", "tag-text"}),
        ([("One", 10, 80, 10), ("three", 10, 60, 10)], {"text-missing", "tag-text"}),
        ([("three", 10, 60, 10), ("One two", 10, 80, 10)], {"reading-order", "text-unexpected", "tag-missing"}),
        ([("One two", 10, 80, 10), ("three", 10, 60, 10), ("three", 60, 60, 10)], {"text-unexpected"}),
        ([("One two", 10, 80, 10), ("three", 35, 80, 10)], {"text-moved", "text-overlap"}),
        ([("One two", 10, 80, 10), ("three", 2, 60, 10)], {"text-moved", "text-outside-live-area"}),
        ([("One two", 10, 80, 10), ("three", 180, 60, 10)], {"text-moved", "text-off-page"}),
    ],
)
def test_texts_against_their_places(
    kit: Kit, frame: PageFrame, lines: list[tuple[str, float, float, float]], expected: set[str]
) -> None:
    """Each word once, in order, in its place, at its size, inside the live area, on no other word."""
    found = rules(kit, frame, *(kit.line(text, x, y, size) for text, x, y, size in lines))
    assert expected <= found if expected else not found


def test_a_frame_whose_text_leaves_its_region(kit: Kit, run: Run) -> None:
    """A text outside of the region that layout gave it is a fault even where layout itself put it there."""
    frame = page(
        Group(Rect(10, 10, 20, 12), (run("One two", 10, 20),), Role(Tag.P)),
        Group(Rect(10, 30, 80, 12), (run("three", 10, 40),), Role(Tag.P)),
    )
    assert rules(kit, frame, kit.line("One two", 10, 80), kit.line("three", 10, 60)) == {"text-outside-region"}


def test_messages_name_the_text(kit: Kit, frame: PageFrame) -> None:
    """A finding says which text it is about, where, and what was expected."""
    pdf = sheet_of(kit, kit.line("One four", 10, 80), kit.line("three", 10, 60))
    changed = next(finding for finding in verify_fast(pdf, [frame]) if finding.rule == "text-changed")
    assert changed.message == "“two” was promised in “One two” (the first), “four” stands there."
    assert (changed.page, changed.rect is not None) == (1, True)
    assert changed.diagnostic.message.endswith("(page 1, 10.0 pt from the left and 12.5 pt from the top)")


def test_no_page_at_all() -> None:
    """What is no PDF is told as such."""
    (finding,) = verify_fast(b"no PDF", [])
    assert finding.rule == "unreadable"


def test_an_item_of_an_unknown_kind_is_not_passed_over() -> None:
    """What the proof cannot read a promise off must not go unproved."""
    unknown: Any = "no item"
    root = Group(WHOLE, (unknown,), Role(Tag.DOCUMENT))
    frame = PageFrame(PageGeometry(Size(200, 100), Insets(), 0), root, INFO)
    with pytest.raises(TypeError, match="does not know what str promises"):
        promised_pages([frame])


def test_items_without_text_promise_none() -> None:
    """Grounds, drawings, rules and pictures are painted, and nothing of them is read back here."""
    root = Group(WHOLE, (FilledRect(WHOLE, INK),), Role(Tag.DOCUMENT))
    assert not promised_pages([PageFrame(PageGeometry(Size(200, 100), Insets(), 0), root, INFO)]).texts
