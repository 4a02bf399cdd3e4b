from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cardprint.model.diagnostics import DiagnosticError
from cardprint.verify import read_aloud

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit


def aloud(kit: Kit, words: list[str], *tags: bytes) -> list[str]:
    """What is read of a sheet whose content ids say `words`, under one Document that holds `tags` (from object 21)."""
    content = b"".join(kit.marked(at, kit.line(word, 10, 90 - 10 * at)) for at, word in enumerate(words))
    top = [21 + at for at, tag in enumerate(tags) if b"/P 20 0 R" in tag]
    document = b"<</S/Document/P 3 0 R/Pg 4 0 R/K[%b]>>" % b" ".join(b"%d 0 R" % number for number in top)
    return read_aloud(kit.Sheet(content, tags=[document, *tags]).file())


def p(mcid: int, tag: bytes = b"P", more: bytes = b"") -> bytes:
    return b"<</S/%b/Pg 4 0 R/K %d%b>>" % (tag, mcid, more)


def test_headings_paragraphs_and_figures(kit: Kit) -> None:
    """Headings say their level, figures their description; every line ends."""
    lines = aloud(
        kit,
        ["Freedonia", "Does it end?", "It does"],
        b"<</S/H1/P 20 0 R/Pg 4 0 R/K 0>>",
        b"<</S/P/P 20 0 R/Pg 4 0 R/K 1>>",
        b"<</S/Figure/P 20 0 R/Alt(A gavel)>>",
        b"<</S/P/P 20 0 R/Pg 4 0 R/K 2/ActualText(It does end)>>",
    )
    assert lines == ["Heading level 1: Freedonia.", "Does it end?", "Figure: A gavel.", "It does end."]


def test_links_abbreviations_and_languages(kit: Kit) -> None:
    """Links are announced, abbreviations spelt out, another language named; the document's own is not."""
    content = [b"<</S/P/P 20 0 R/Pg 4 0 R/K[0 22 0 R]>>", b"<</S/Link/P 21 0 R/Pg 4 0 R/K[1]>>"]
    assert aloud(kit, ["See", "example.org"], *content) == ["See link, example.org."]
    spans = [b"<</S/P/P 20 0 R/K[22 0 R 23 0 R]>>", p(0, b"Span", b"/E(18 and older)"), p(1, b"Span", b"/Lang(es)")]
    assert aloud(kit, ["18+", "hola"], *spans) == ["18+ (18 and older) [es] hola."]
    own = [b"<</S/P/P 20 0 R/K[22 0 R]>>", p(0, b"Span", b"/Lang(en)")]
    assert aloud(kit, ["hello"], *own) == ["hello."]


def test_lists(kit: Kit) -> None:
    """A list says how long it is; an item is a line, its label first."""
    item = b"<</S/LI/K[<</S/Lbl/Pg 4 0 R/K %d>> <</S/LBody/Pg 4 0 R/K %d>>]>>"
    tags = [b"<</S/L/P 20 0 R/K[%b %b]>>" % (item % (0, 1), item % (2, 3))]
    assert aloud(kit, ["1.", "First", "2.", "Second"], *tags) == ["List of 2 items.", "1. First.", "2. Second."]


def cell(tag: bytes, *mcids: int, more: bytes = b"") -> bytes:
    kids = b" ".join(p(mcid) for mcid in mcids)
    return b"<</S/%b/A<</O/Table%b>>/K[%b]>>" % (tag, more, kids)


def test_tables(kit: Kit) -> None:
    """Rows are read with the heads of their columns, once where a cell says it itself; what one head stands over is one
    column, and cells over rows are repeated."""
    column, row = b"/Scope/Column", b"/Scope/Row"
    tags = [
        b"<</S/Table/P 20 0 R/K[22 0 R 23 0 R 24 0 R]>>",
        b"<</S/TR/K[%b %b]>>" % (cell(b"TH", 0, more=column + b"/ColSpan 2"), cell(b"TH", 1, more=column)),
        b"<</S/TR/K[%b %b %b]>>"
        % (cell(b"TH", 2, more=row + b"/RowSpan 2"), cell(b"TH", 3, 4, more=row), cell(b"TD", 5)),
        b"<</S/TR/K[%b %b]>>" % (cell(b"TH", 6, more=row), cell(b"TD")),
    ]
    words = ["ISSUE", "GRADE", "Extra", "18+", "Youth", "Grade: A", "CLT"]
    assert aloud(kit, words, *tags) == [
        "Table of 2 rows and 2 columns.",
        "Columns: Issue, Grade.",
        "Row 1. Issue: Extra, 18+, Youth. Grade: A.",
        "Row 2. Issue: Extra, CLT. Grade: blank.",
    ]


def test_a_table_without_heads(kit: Kit) -> None:
    """Cells without heads are read as they stand."""
    tags = [b"<</S/Table/P 20 0 R/K<</S/TR/K[%b %b]>>>>" % (cell(b"TD", 0), cell(b"TD", 1))]
    assert aloud(kit, ["a", "b"], *tags) == ["Table of 1 row and 2 columns.", "Row 1. a, b."]


@pytest.mark.parametrize(("pdf", "code"), [(b"no PDF", "unreadable-pdf"), (None, "no-tags")])
def test_nothing_to_read(kit: Kit, pdf: bytes | None, code: str) -> None:
    """A file without tags has nothing to say, and that is said."""
    with pytest.raises(DiagnosticError) as caught:
        read_aloud(kit.Sheet(kit.line("unseen")).file() if pdf is None else pdf)
    (found,) = caught.value.diagnostics
    assert (code, pdf is not None) == (found.code, found.message == "The file cannot be read: it is no PDF.")
