from __future__ import annotations

import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.press import IccProfile, PressSpec, print_profile
from cardprint.verify import identify, read_aloud, verify_fast, verify_full

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit, Sheet

PRINT = print_profile(PressSpec(), IccProfile(b"", ""))
SECONDS = 5.0
"""Far more than any of these files takes; a reader that has no end takes hours."""


@contextmanager
def soon() -> Iterator[None]:
    started = time.process_time()
    yield
    assert time.process_time() - started < SECONDS


def judge(pdf: bytes) -> None:
    """Everything that reads a file comes to its end, and raises nothing but what it promises."""
    for read in (verify_fast, verify_full, identify, read_aloud):
        with soon(), suppress(DiagnosticError):
            read(pdf)
    for verify in (verify_fast, verify_full):
        with soon():
            verify(pdf, profile=PRINT)


def content(data: bytes) -> Callable[[Sheet], None]:
    def put(sheet: Sheet) -> None:
        sheet.content = data

    return put


def numbers_without_end(sheet: Sheet) -> None:
    sheet.content = b"1 " * 900_000


def stream_bomb(sheet: Sheet) -> None:
    sheet.streams[5] = (b"/Filter/FlateDecode", zlib.compress(b"q " * 30_000_000, 1))


def texts_on_one_another(sheet: Sheet) -> None:
    sheet.content = b"BT /F1 10 Tf 10 50 Td <00410042> Tj ET\n" * 20_000


def areas_under_texts(sheet: Sheet) -> None:
    sheet.content = b"0 0 200 100 re f\n" * 5_000 + b"BT /F1 10 Tf 10 50 Td <00410042> Tj ET\n" * 1_000


def glyphs_that_stand_for_books(sheet: Sheet) -> None:
    sheet.streams[8] = (b"", b"1 beginbfrange\n<0000> <FFFF> <%b>\nendbfrange\n" % (b"0041" * 10_000) * 50)
    sheet.content = b"BT /F1 10 Tf 10 50 Td <00410042> Tj ET"


def one_page_many_times(sheet: Sheet) -> None:
    sheet.objects[2] = b"<</Type/Pages/Count 100000/Kids[%b]>>" % (b"4 0 R " * 100_000)


def one_endless_path(sheet: Sheet) -> None:
    sheet.content = b"1 0 0 RG " + b"1 1 m 2 2 l 3 3 4 4 5 5 c nan inf l " * 40_000 + b"S"


def one_endless_text(sheet: Sheet) -> None:
    text = b"<%b>" % (b"0041" * 300_000)
    sheet.content = b"BT /F1 1 Tf 10 50 Td %b Tj ET BT 10 50 Td %b Tj ET" % (text, text)


def tags_without_end(sheet: Sheet) -> None:
    sheet.tags = [b"<</S/Table/P 3 0 R/K[%b]>>" % (b"<</S/TR/K[<</S/TD/A<</O/Table/ColSpan 9999>>>>]>>" * 8_000)]


def many_kids(sheet: Sheet) -> None:
    sheet.tags = [b"<</S/P/P 3 0 R/Pg 4 0 R/K[%b]>>" % (b"1 " * 100_000)]


def parent_tree_in_a_circle(sheet: Sheet) -> None:
    sheet.objects[3] = b"<</Type/StructTreeRoot/ParentTree 30 0 R>>"
    sheet.objects[30] = b"<</Nums[%b]/Kids[%b]>>" % (b"0 20 0 R " * 50_000, b"30 0 R " * 50_000)


def pages_in_a_circle(sheet: Sheet) -> None:
    sheet.objects[2] = b"<</Type/Pages/Count 9/Kids[2 0 R 4 0 R 4 0 R 30 0 R]>>"
    sheet.objects[30] = b"<</Type/Pages/Count 9/Kids[2 0 R]>>"


def a_link_of_many_areas(sheet: Sheet) -> None:
    sheet.page = b"/Annots[30 0 R]"
    quads = b"0 0 1 0 0 1 1 1 " * 100_000
    sheet.objects[30] = b"<</Subtype/Link/Rect[0 0 9 9]/QuadPoints[%b]/A<</S/URI/URI(x)>>>>" % quads
    sheet.tags = [b"<</S/Link/P 3 0 R/Pg 4 0 R/K[0 <</Type/OBJR/Obj 30 0 R>>]>>"]
    sheet.content = b"/P<</MCID 0>>BDC\n" + b"BT /F1 1 Tf 10 50 Td <0041> Tj ET\n" * 20_000 + b"EMC"


def widths_without_end(sheet: Sheet) -> None:
    ranges = b"0 65535 500 " * 100_000
    sheet.objects[7] = b"<</Type/Font/Subtype/CIDFontType2/W[%b]/FontDescriptor 9 0 R>>" % ranges
    sheet.content = b"BT /F1 10 Tf 10 50 Td <0041> Tj ET"


def a_page_like_a_field(sheet: Sheet) -> None:
    sheet.page = b"/MediaBox[0 0 100000000 100000000]"
    sheet.content = b"BT /F1 10 Tf 10 50 Td <0041> Tj ET"


def xmp_in_depth(sheet: Sheet) -> None:
    sheet.catalog = b"/Metadata 30 0 R"
    sheet.streams[30] = (b"/Subtype/XML", b"<a>" * 50_000 + b"</a>" * 50_000)


HOSTILE: list[Callable[[Sheet], None]] = [
    *(numbers_without_end, stream_bomb, texts_on_one_another, one_endless_text, tags_without_end, many_kids),
    *(parent_tree_in_a_circle, pages_in_a_circle, a_link_of_many_areas, widths_without_end, a_page_like_a_field),
    *(xmp_in_depth, areas_under_texts, one_endless_path, glyphs_that_stand_for_books, one_page_many_times),
    content(b"q " * 200_000),
    content(b"/P<</MCID 0>>BDC " * 200_000),
    content(b"(" * 200_000),
    content(b"[" * 500_000),
    content(b"<<" * 200_000),
    content(b"BI ID " * 100_000),
    content(b"<</A<</B" * 200_000),
    content(b"BT /F1 1e99 Tf 1e308 1e308 Td <0041> Tj ET"),
    content(b"BT /F1 10 Tf nan inf Td <0041> Tj ET 1 0 0 1 nan nan cm"),
    content(b"BT /F1 10 Tf 0 0 0 0 0 0 Tm <0041> Tj ET"),
    content(b"BT /F1 -10 Tf -1 0 0 -1 50 50 Tm <00410042> Tj ET"),
    content(b"\xff\xfe" * 100_000),
]


@pytest.mark.parametrize("harm", HOSTILE, ids=lambda harm: getattr(harm, "__name__", "content"))
def test_hostile_file_is_judged(harm: Callable[[Sheet], None], kit: Kit) -> None:
    """Files made to hang or to crash a reader are judged in moments."""
    sheet = kit.Sheet(tags=[b"<</S/P/P 3 0 R/Pg 4 0 R/K 0>>"])
    harm(sheet)
    judge(sheet.file())
