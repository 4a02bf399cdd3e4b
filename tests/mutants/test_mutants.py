"""Good cards damaged in every way that somebody might, by accident or on purpose: each is caught, and named."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from fontTools.ttLib import TTFont

from cardprint.model.finding import failed
from cardprint.verify import verify_fast, verify_full

if TYPE_CHECKING:
    from tests.mutants.conftest import Good, Parts

Damage = Callable[["Parts"], None]
GRADE, SCORE, HIGHLIGHTS = 1, 2, 3

_MUTANTS: dict[str, tuple[Damage, str]] = {}


def mutant(rule: str) -> Callable[[Damage], Damage]:
    """Enter a way to damage a card, with the rule that must name it."""

    def enter(damage: Damage) -> Damage:
        _MUTANTS[damage.__name__] = (damage, rule)
        return damage

    return enter


# Tags


@mutant("table-cells")
def drop_a_tag(card: Parts) -> None:
    cell = card.kids(card.rows()[1])[GRADE]
    card.sub(cell, rb"/K (?:\[[^\]]*\]|\d+ 0 R)", b"/K[]")


@mutant("table-cells")
def swap_two_mcids(card: Parts) -> None:
    first, second = (card.mcid_of(card.paragraph(card.kids(row)[HIGHLIGHTS])) for row in card.rows()[:2])
    one, other = card.marked(first), card.marked(second)
    card.edit_content(one, one.replace(b"MCID %d>" % first, b"MCID 900>"))
    card.edit_content(other, other.replace(b"MCID %d>" % second, b"MCID %d>" % first))
    card.edit_content(b"MCID 900>", b"MCID %d>" % second)


@mutant("table-cells")
def swap_two_claims(card: Parts) -> None:
    one, other = (card.paragraph(card.kids(row)[HIGHLIGHTS]) for row in card.rows()[:2])
    first, second = card.mcid_of(one), card.mcid_of(other)
    card.edit(one, b"/K %d" % first, b"/K %d" % second)
    card.edit(other, b"/K %d" % second, b"/K %d" % first)


@mutant("mcid-twice")
def use_an_mcid_twice(card: Parts) -> None:
    card.edit_content(b"MCID 4>", b"MCID 3>")


@mutant("mcid-unclaimed")
def let_no_element_claim_an_mcid(card: Parts) -> None:
    card.edit_content(b"MCID 4>", b"MCID 901>")


@mutant("mcid-claimed-twice")
def claim_an_mcid_twice(card: Parts) -> None:
    one, other = (card.paragraph(card.kids(row)[HIGHLIGHTS]) for row in card.rows()[:2])
    card.edit(one, b"/K %d" % card.mcid_of(one), b"/K %d" % card.mcid_of(other))


@mutant("table-rows")
def remove_a_row(card: Parts) -> None:
    body = card.number(b"/S/TBody")
    card.set_kids(body, card.kids(body)[1:])


@mutant("table-cells")
def swap_two_cells(card: Parts) -> None:
    row = card.rows()[2]
    head, grade, score, highlights = card.kids(row)
    card.set_kids(row, [head, score, grade, highlights])


@mutant("table-cells")
def remove_a_cell(card: Parts) -> None:
    row = card.rows()[2]
    card.set_kids(row, card.kids(row)[:-1])


@mutant("tag-attributes")
def turn_a_row_head_into_a_column_head(card: Parts) -> None:
    card.edit(card.number(b"/S/TH", b"/Scope/Row"), b"/Scope/Row", b"/Scope/Column")


@mutant("head-without-scope")
def drop_a_scope(card: Parts) -> None:
    card.edit(card.number(b"/S/TH", b"/Scope/Row"), b"/Scope/Row", b"")


@mutant("table-cells")
def turn_a_head_into_a_cell(card: Parts) -> None:
    card.edit(card.number(b"/S/TH", b"/Scope/Row"), b"/S/TH", b"/S/TD")


@mutant("table-irregular")
def forget_a_column_span(card: Parts) -> None:
    card.edit(card.number(b"/S/TH", b"/ColSpan 2", b"/Scope/Row"), b"/ColSpan 2", b"")


@mutant("table-irregular")
def forget_a_row_span(card: Parts) -> None:
    card.edit(card.number(b"/RowSpan 2"), b"/RowSpan 2", b"")


@mutant("heading-skipped")
def skip_a_heading_level(card: Parts) -> None:
    card.edit(card.number(b"/S/H2"), b"/S/H2", b"/S/H3")


@mutant("tag-changed")
def turn_the_heading_into_a_paragraph(card: Parts) -> None:
    card.edit(card.number(b"/S/H1"), b"/S/H1", b"/S/P")


@mutant("fact-wrong")
def read_another_grade_aloud(card: Parts) -> None:
    card.edit(card.number(b"/ActualText(Grade: F)"), b"(Grade: F)", b"(Grade: B)")


@mutant("fact-wrong")
def read_another_score_aloud(card: Parts) -> None:
    card.edit(card.number(b"/ActualText(14 of 27.5 points)"), b"(14 of", b"(24 of")


@mutant("tag-attributes")
def lose_an_expansion(card: Parts) -> None:
    card.edit(card.number(b"/E(18 and older)"), b"/E(18 and older)", b"")


@mutant("tag-unknown")
def invent_a_tag(card: Parts) -> None:
    card.edit(card.number(b"/S/H2"), b"/S/H2", b"/S/Headline")


@mutant("tag-parent")
def point_an_element_to_another_parent(card: Parts) -> None:
    cell = card.kids(card.rows()[1])[GRADE]
    card.sub(cell, rb"/P \d+ 0 R", b"/P %d 0 R" % card.rows()[0])


@mutant("tags-missing")
def drop_all_tags(card: Parts) -> None:
    card.sub(card.catalog, rb"/StructTreeRoot \d+ 0 R", b"")


@mutant("not-marked")
def forget_that_it_is_tagged(card: Parts) -> None:
    card.edit(card.catalog, b"/MarkInfo<</Marked true>>", b"")


@mutant("tree-loop")
def let_the_tags_run_in_a_circle(card: Parts) -> None:
    cell = card.kids(card.rows()[1])[GRADE]
    card.set_kids(cell, [card.rows()[1]])


@mutant("parent-tree")
def lead_content_to_another_element(card: Parts) -> None:
    root = card.number(b"/StructTreeRoot")
    card.sub(card.number(b"/ParentTree"), rb"/Nums\[0\[(\d+) 0 R (\d+) 0 R", rb"/Nums[0[\2 0 R \1 0 R")
    assert root


@mutant("page-without-parents")
def drop_the_way_back_to_the_tags(card: Parts) -> None:
    card.edit(card.page, b"/StructParents 0", b"")


@mutant("tab-order")
def forget_the_tab_order(card: Parts) -> None:
    card.edit(card.page, b"/Tabs/S", b"")


@mutant("text-untagged")
def hide_text_as_an_artifact(card: Parts) -> None:
    card.edit_content(b"/P<</MCID 1>>BDC", b"/Artifact<</Type/Layout>>BDC")


@mutant("text-unexpected")
def add_text_outside_the_tags(card: Parts) -> None:
    card.streams[card.content] += b"\nBT 100 20 Td /F1 9 Tf %b ET" % card.array(1)


@mutant("text-unexpected")
def add_text_inside_the_tags(card: Parts) -> None:
    marked = card.marked(3)
    card.edit_content(marked, marked[:-4] + b"\nBT 400 740 Td %b ET\nEMC" % card.array(3))


@mutant("stray-emc")
def end_what_did_not_begin(card: Parts) -> None:
    card.streams[card.content] += b"\nEMC"


@mutant("open-marked-content")
def begin_what_does_not_end(card: Parts) -> None:
    marked = card.marked(3)
    card.edit_content(marked, marked[:-4])


@mutant("nested-artifact")
def hide_an_artifact_in_a_tag(card: Parts) -> None:
    marked = card.marked(3)
    card.edit_content(marked, marked[:-4] + b"\n/Artifact BMC\nEMC\nEMC")


@mutant("paint-untagged")
def paint_outside_the_tags(card: Parts) -> None:
    card.streams[card.content] += b"\n1 0 0 rg 20 20 5 5 re f"


# Links


@mutant("link-without-object")
def drop_an_objr(card: Parts) -> None:
    card.sub(card.number(b"/S/Link"), rb"<</Type/OBJR[^>]*>>", b"")


@mutant("link-address")
def redirect_a_link(card: Parts) -> None:
    card.sub(card.number(b"/Subtype/Link"), rb"/URI\(https://[^)]*\)", b"/URI(https://example.org/)")


@mutant("link-address")
def swap_two_addresses(card: Parts) -> None:
    one, other = card.numbers(b"/Subtype/Link")[:2]
    address = rb"/URI(\([^)]*\))"
    first, second = (re.search(address, card.dictionaries[number])[0] for number in (one, other))  # type: ignore[index]
    card.edit(one, first, second)
    card.edit(other, second, first)


@mutant("link-dead")
def break_a_link(card: Parts) -> None:
    card.sub(card.number(b"/Subtype/Link"), rb"/A<<.*?>>", b"")


@mutant("link-dead")
def take_a_link_off_the_page(card: Parts) -> None:
    card.sub(card.page, rb"/Annots\[\d+ 0 R ", b"/Annots[")


@mutant("link-off-words")
def move_a_link_off_its_words(card: Parts) -> None:
    card.sub(card.number(b"/Subtype/Link"), rb"/Rect\[[^\]]*\]", b"/Rect[40 400 100 412]")


@mutant("link-moved")
def stretch_a_link_over_the_page(card: Parts) -> None:
    card.sub(card.number(b"/Subtype/Link"), rb"/Rect\[[^\]]*\]", b"/Rect[40 40 570 750]")


@mutant("link-undescribed")
def leave_a_link_undescribed(card: Parts) -> None:
    card.sub(card.number(b"/Subtype/Link"), rb"/Contents\([^)]*\)", b"")


@mutant("link-hidden")
def hide_a_link(card: Parts) -> None:
    card.edit(card.number(b"/Subtype/Link"), b"/F 4", b"/F 2")


@mutant("parent-tree")
def lead_a_link_to_another_element(card: Parts) -> None:
    card.sub(card.number(b"/Subtype/Link"), rb"/StructParent \d+", b"/StructParent 2")


@mutant("link-untagged")
def add_a_link_without_a_tag(card: Parts) -> None:
    link = card.add(b"<</Type/Annot/Subtype/Link/F 4/Rect[40 400 100 412]/A<</S/URI/URI(https://example.org/)>>>>")
    card.edit(card.page, b"/Annots[", b"/Annots[%d 0 R " % link)


# Words and figures


def _content_ids(card: Parts, row: int, column: int) -> list[int]:
    """The content ids of a cell's paragraph."""
    kids = re.search(rb"/K (\[[^\]]*\]|\d+)", card.dictionaries[card.paragraph(card.kids(card.rows()[row])[column])])
    assert kids
    return [int(mcid) for mcid in re.findall(rb"\d+", kids[1])]


@mutant("fact-wrong")
def change_a_score(card: Parts) -> None:
    card.show_instead(_content_ids(card, 1, SCORE)[0], _content_ids(card, 0, SCORE)[0])


@mutant("fact-wrong")
def change_a_grade(card: Parts) -> None:
    card.show_instead(_content_ids(card, 1, GRADE)[0], _content_ids(card, 0, GRADE)[0])


@mutant("text-changed")
def change_the_overall_grade(card: Parts) -> None:
    grade = card.mcid_of(card.number(b"/ActualText(Overall grade: D)"))
    card.show_instead(grade, _content_ids(card, 1, GRADE)[0])


@mutant("fact-missing")
def swap_the_highlights_of_two_rows(card: Parts) -> None:
    one, other = (_content_ids(card, row, HIGHLIGHTS)[0] for row in (2, 3))
    first, second = card.array(one), card.array(other)
    marked = card.marked(one)
    card.edit_content(marked, marked.replace(first, second))
    marked = card.marked(other)
    card.edit_content(marked, marked.replace(second, first))


@mutant("text-moved")
def turn_a_fraction_over(card: Parts) -> None:
    over, under = (card.marked(mcid) for mcid in _content_ids(card, 1, SCORE))
    place = rb"BT [\d.]+ [\d.]+ Td"
    high, low = re.search(place, over)[0], re.search(place, under)[0]  # type: ignore[index]
    card.edit_content(over, over.replace(high, low))
    card.edit_content(under, under.replace(low, high))


@mutant("text-unexpected")
def double_a_word(card: Parts) -> None:
    marked = card.marked(3)
    line = re.search(rb"BT .*?ET", marked, re.DOTALL)[0]  # type: ignore[index]
    card.edit_content(marked, marked.replace(line, line + b"\n" + line))


@mutant("text-missing")
def lose_a_line(card: Parts) -> None:
    marked = card.marked(_content_ids(card, 0, HIGHLIGHTS)[0])
    line = re.findall(rb"BT .*?ET\n", marked, re.DOTALL)[1]
    card.edit_content(marked, marked.replace(line, b"", 1))


@mutant("reading-order")
def exchange_two_lines(card: Parts) -> None:
    marked = card.marked(_content_ids(card, 0, HIGHLIGHTS)[0])
    arrays = re.findall(rb"\[[^\]]*\]TJ", marked)
    swapped = marked.replace(arrays[1], b"@").replace(arrays[2], arrays[1]).replace(b"@", arrays[2])
    card.edit_content(marked, swapped)


def _move(card: Parts, mcid: int, x: float, y: float) -> None:
    marked = card.marked(mcid)
    place = re.search(rb"BT ([\d.]+) ([\d.]+) Td", marked)
    assert place
    moved = b"BT %.3f %.3f Td" % (float(place[1]) + x, float(place[2]) + y)
    card.edit_content(marked, marked.replace(place[0], moved, 1))


@mutant("text-moved")
def move_a_word_out_of_its_cell(card: Parts) -> None:
    _move(card, _content_ids(card, 1, GRADE)[0], 0, 60)


@mutant("text-outside-live-area")
def shift_text_off_the_live_area(card: Parts) -> None:
    _move(card, 0, -20, 0)


@mutant("text-off-page")
def shift_text_off_the_page(card: Parts) -> None:
    _move(card, 0, 0, 90)


@mutant("text-overlap")
def set_one_text_on_another(card: Parts) -> None:
    _move(card, _content_ids(card, 1, GRADE)[0], 50, 0)


@mutant("text-small")
def shrink_the_type(card: Parts) -> None:
    marked = card.marked(_content_ids(card, 0, HIGHLIGHTS)[0])
    size = re.search(rb"(/F\d+) ([\d.]+) Tf", marked)
    assert size
    card.edit_content(marked, marked.replace(size[0], b"%b %.2f Tf" % (size[1], float(size[2]) - 2)))


@mutant("text-small")
def scale_the_page_down(card: Parts) -> None:
    content = card.streams[card.content]
    card.streams[card.content] = b"q 0.9 0 0 0.9 30 40 cm\n" + content + b"\nQ"


# What is painted


@mutant("text-covered")
def cover_a_figure(card: Parts) -> None:
    place = re.search(rb"BT ([\d.]+) ([\d.]+) Td", card.marked(_content_ids(card, 1, SCORE)[0]))
    assert place
    box = b"%.2f %.2f 20 14 re f" % (float(place[1]) - 2, float(place[2]) - 2)
    card.streams[card.content] += b"\n/Artifact BMC\n1 1 1 rg " + box + b"\nEMC"


@mutant("contrast")
def black_out_a_line(card: Parts) -> None:
    place = re.search(rb"BT ([\d.]+) ([\d.]+) Td", card.marked(_content_ids(card, 0, HIGHLIGHTS)[0]))
    assert place
    box = b"%.2f %.2f 120 11 re f" % (float(place[1]), float(place[2]) - 3)
    card.streams[card.content] += b"\n/Artifact BMC\n0.071 0.137 0.247 rg " + box + b"\nEMC"


@mutant("contrast")
def make_text_pale(card: Parts) -> None:
    marked = card.marked(_content_ids(card, 0, HIGHLIGHTS)[0])
    card.edit_content(marked, re.sub(rb"[\d.]+ [\d.]+ [\d.]+ rg", b"0.8 0.8 0.8 rg", marked, count=1))


@mutant("contrast")
def make_text_vanish_in_its_ground(card: Parts) -> None:
    marked = card.marked(0)
    card.edit_content(marked, marked.replace(b"1 1 1 rg", b"0.071 0.137 0.247 rg", 1))


@mutant("contrast")
def darken_the_ground(card: Parts) -> None:
    card.streams[card.content] = b"/Artifact BMC\n0.1 0.1 0.1 rg 0 0 612 700 re f\nEMC\n" + card.streams[card.content]


@mutant("text-hidden")
def make_text_invisible(card: Parts) -> None:
    marked = card.marked(3)
    card.edit_content(marked, marked.replace(b"BT ", b"3 Tr BT ", 1).replace(b"\nEMC", b"\n0 Tr\nEMC"))


@mutant("text-invisible")
def clip_text_away(card: Parts) -> None:
    marked = card.marked(3)
    card.edit_content(marked, marked.replace(b"BDC\n", b"BDC\nq 0 0 1 1 re W n\n", 1)[:-4] + b"\nQ\nEMC")


# Fonts


@mutant("font-not-embedded")
def unembed_a_font(card: Parts) -> None:
    card.sub(card.number(b"/FontFile2"), rb"/FontFile2 \d+ 0 R", b"")


@mutant("font-without-tounicode")
def lose_a_tounicode(card: Parts) -> None:
    card.sub(card.number(b"/ToUnicode"), rb"/ToUnicode \d+ 0 R", b"")


@mutant("fact-wrong")
def alter_a_tounicode(card: Parts) -> None:
    cmap = card.to_unicode(_content_ids(card, 1, GRADE)[0])
    text = card.streams[cmap]
    card.streams[cmap] = text.replace(b"<0046>\n", b"<0042>\n", 1)
    assert card.streams[cmap] != text


@mutant("glyph-without-text")
def leave_a_glyph_unmapped(card: Parts) -> None:
    cmap = card.to_unicode(_content_ids(card, 0, HIGHLIGHTS)[0])
    text = card.streams[cmap]
    card.streams[cmap] = re.sub(rb"<[0-9A-F]{4}> <0065>\n", b"", text)
    assert card.streams[cmap] != text


@mutant("notdef")
def draw_what_the_font_lacks(card: Parts) -> None:
    mcid = _content_ids(card, 1, GRADE)[0]
    marked = card.marked(mcid)
    card.edit_content(marked, marked.replace(card.array(mcid), b"[<0000>]TJ"))


@mutant("glyph-without-ink")
def draw_a_letter_that_is_blank(card: Parts) -> None:
    mcid = _content_ids(card, 0, HIGHLIGHTS)[0]
    cmap = card.to_unicode(mcid)
    space = re.search(rb"<([0-9A-F]{4})> <0020>", card.streams[cmap])
    assert space
    card.edit_stream(cmap, space[0], b"<%b> <0061>" % space[1])


@mutant("text-moved")
def widen_a_font(card: Parts) -> None:
    card.sub(card.number(b"/CIDFontType2"), rb"/W\[0\[\d+ ", b"/W[0[999 999 999 ")


# The file


@mutant("page-count")
def add_a_page(card: Parts) -> None:
    page = card.add(card.dictionaries[card.page])
    card.sub(card.number(b"/Type/Pages"), rb"/Count 1/Kids\[(\d+ 0 R)\]", rb"/Count 2/Kids[\1 %d 0 R]" % page)


@mutant("sheet-turned")
def turn_the_page(card: Parts) -> None:
    card.edit(card.page, b"/Tabs/S", b"/Tabs/S/Rotate 90")


@mutant("sheet-size")
def cut_the_sheet(card: Parts) -> None:
    card.sub(card.page, rb"/TrimBox\[0 0 612 792\]", b"/TrimBox[0 0 595 842]")


@mutant("language-missing")
def forget_the_language(card: Parts) -> None:
    card.edit(card.catalog, b"/Lang(en-US)", b"")


@mutant("metadata-wrong")
def claim_another_language(card: Parts) -> None:
    card.edit(card.catalog, b"/Lang(en-US)", b"/Lang(fi)")


@mutant("xmp-differs")
def forget_the_title(card: Parts) -> None:
    card.sub(card.number(b"/Author("), rb"/Title\([^)]*\)", b"")


@mutant("title-not-displayed")
def forget_to_display_the_title(card: Parts) -> None:
    card.edit(card.catalog, b"<</DisplayDocTitle true>>", b"<<>>")


@mutant("xmp-differs")
def let_xmp_say_another_title(card: Parts) -> None:
    card.edit_stream(card.xmp, b">Mississippi: ", b">Missouri: ")


@mutant("xmp-missing")
def lose_the_xmp(card: Parts) -> None:
    card.sub(card.catalog, rb"/Metadata \d+ 0 R", b"")


@mutant("standard-undeclared")
def stop_declaring_pdf_ua(card: Parts) -> None:
    card.edit_stream(card.xmp, b"<pdfuaid:part>1</pdfuaid:part>", b"")


@mutant("standard-undeclared")
def declare_another_pdf_a(card: Parts) -> None:
    card.edit_stream(card.xmp, b"<pdfaid:part>2<", b"<pdfaid:part>1<")


@mutant("xmp-undeclared")
def lose_the_extension_schema(card: Parts) -> None:
    card.edit_stream(card.xmp, b":card#</pdfaSchema:", b":cart#</pdfaSchema:")


@mutant("metadata-wrong")
def claim_other_data(card: Parts) -> None:
    xmp = card.streams[card.xmp]
    card.streams[card.xmp] = re.sub(rb"(<card:dataSHA256>)..", rb"\1zz", xmp)
    assert card.streams[card.xmp] != xmp


@mutant("other-edition")
def claim_another_edition(card: Parts) -> None:
    card.edit_stream(card.xmp, b"<card:edition>2021<", b"<card:edition>2024<")


@mutant("id-missing")
def lose_the_id(card: Parts) -> None:
    trailer = re.sub(rb"/ID\s*\[[^\]]*\]", b"", card.trailer)
    assert trailer != card.trailer
    card.trailer = trailer


@mutant("icc-components")
def miscount_the_profile(card: Parts) -> None:
    card.edit(card.number(b"/N 3"), b"/N 3", b"/N 4")


@mutant("output-intent-missing")
def lose_the_output_intent(card: Parts) -> None:
    card.sub(card.catalog, rb"/OutputIntents\[.*?\]", b"")


@mutant("icc-damaged")
def cut_the_profile_short(card: Parts) -> None:
    profile = card.number(b"/N 3")
    card.streams[profile] = card.streams[profile][:1000]


@mutant("active-content")
def run_a_script_on_opening(card: Parts) -> None:
    card.edit(card.catalog, b"/Type/Catalog", b"/Type/Catalog/OpenAction<</S/JavaScript/JS(app.alert(1))>>")


@mutant("active-content")
def make_a_layer_that_can_be_hidden(card: Parts) -> None:
    card.edit(card.catalog, b"/Type/Catalog", b"/Type/Catalog/OCProperties<</OCGs[]/D<<>>>>")


@mutant("stray-entry")
def ask_for_another_version(card: Parts) -> None:
    card.edit(card.catalog, b"/Type/Catalog", b"/Type/Catalog/Version/2.0")


@mutant("active-content")
def give_a_single_card_bookmarks(card: Parts) -> None:
    bookmark = card.add(b"")
    outline = card.add(b"<</Type/Outlines/Count 1/First %d 0 R/Last %d 0 R>>" % (bookmark, bookmark))
    action = b"/A<</S/URI/URI(http://evil.example)>>"
    card.dictionaries[bookmark] = b"<</Title(Mississippi: A)/Parent %d 0 R%b>>" % (outline, action)
    card.edit(card.catalog, b"/Type/Catalog", b"/Type/Catalog/Outlines %d 0 R" % outline)


@mutant("active-content")
def call_the_page_by_another_grade(card: Parts) -> None:
    card.edit(card.catalog, b"/Type/Catalog", b"/Type/Catalog/PageLabels<</Nums[0<</P(Grade A )>>]>>")


@mutant("stray-entry")
def let_viewers_show_another_box(card: Parts) -> None:
    card.edit(card.catalog, b"<</DisplayDocTitle true>>", b"<</DisplayDocTitle true/ViewArea/ArtBox>>")


@mutant("active-content")
def run_a_script_on_turning_to_the_page(card: Parts) -> None:
    card.edit(card.page, b"/Tabs/S", b"/Tabs/S/AA<</O<</S/JavaScript/JS(app.alert(1))>>>>")


@mutant("active-content")
def enlarge_the_units_of_the_page(card: Parts) -> None:
    card.edit(card.page, b"/Tabs/S", b"/Tabs/S/UserUnit 10")


@mutant("active-content")
def run_a_script_after_a_link(card: Parts) -> None:
    card.edit(card.number(b"/Subtype/Link"), b"/A<<", b"/A<</Next<</S/JavaScript/JS(app.alert(1))>>")


@mutant("active-content")
def run_a_script_when_a_link_is_touched(card: Parts) -> None:
    card.edit(card.number(b"/Subtype/Link"), b"/A<<", b"/AA<</E<</S/JavaScript/JS(app.alert(1))>>>>/A<<")


@mutant("active-content")
def paint_a_link_of_its_own(card: Parts) -> None:
    form = card.add(b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]>>", b"1 0 0 rg 0 0 9 9 re f")
    card.edit(card.number(b"/Subtype/Link"), b"/A<<", b"/AP<</N %d 0 R>>/A<<" % form)


@mutant("active-content")
def make_a_link_a_note(card: Parts) -> None:
    card.edit(card.number(b"/Subtype/Link"), b"/Subtype/Link", b"/Subtype/Text")


@mutant("link-framed")
def put_a_frame_around_a_link(card: Parts) -> None:
    card.edit(card.number(b"/Subtype/Link"), b"/Border[0 0 0]", b"/Border[0 0 30]/C[0 0 0]")


@mutant("link-address")
def encode_what_parts_an_address(card: Parts) -> None:
    link = card.number(b"/URI(https://reportcards.sharedhope.org/toolkit)")
    card.edit(link, b"org/toolkit)>>", b"org%2ftoolkit)>>")


@mutant("stray-entry")
def set_a_figure_in_a_spot_colour(card: Parts) -> None:
    resources = card.number(b"<</Font<<")
    function = b"<</FunctionType 2/Domain[0 1]/N 1/C0[1 1 1]/C1[1 1 1]>>"
    space = b"/ColorSpace<</S[/Separation/Other/DeviceRGB %b]>>" % function
    card.edit(resources, b"<</Font<<", b"<<%b/Font<<" % space)
    marked = card.marked(_content_ids(card, 1, SCORE)[0])
    card.edit_content(marked, marked.replace(b"BT ", b"q /S cs 1 scn BT ", 1)[:-4] + b"\nQ\nEMC")


def _into_a_form(card: Parts, box: bytes, after: bytes) -> None:
    """Let the page show what it shows through a form."""
    resources = card.number(b"<</Font<<")
    entries = b"/Type/XObject/Subtype/Form/BBox[%b]/Resources %d 0 R/StructParents 0" % (box, resources)
    form = card.add(b"<<%b>>" % entries, card.streams[card.content])
    card.edit(resources, b"<</Font<<", b"<</XObject<</X %d 0 R>>/Font<<" % form)
    card.streams[card.content] = b"/X Do\n" + after


@mutant("text-in-form")
def cover_a_page_in_a_form(card: Parts) -> None:
    _into_a_form(card, b"0 0 612 792", b"/Artifact BMC\n1 1 1 rg 0 0 612 792 re f\nEMC")


@mutant("text-in-form")
def clip_a_page_in_a_form(card: Parts) -> None:
    _into_a_form(card, b"0 0 1 1", b"")


@mutant("page-count")
def say_twice_what_a_page_shows(card: Parts) -> None:
    other = card.add(b"<<>>", b"1 0 0 rg 0 0 612 792 re f")
    card.edit(card.page, b"/Tabs/S", b"/Tabs/S/Contents %d 0 R" % other)


@mutant("link-description")
def describe_a_link_as_another(card: Parts) -> None:
    card.edit(card.number(b"/Contents(reportcards"), b"/Contents(report", b"/Contents(other")


# What a card looks like that is made anew


def _font(card: Parts, mcid: int) -> tuple[int, bytes, bytes]:
    """The descendant of the font that a content id is set in, and how its ToUnicode spells F and B."""
    cmap = card.to_unicode(mcid)
    codes = {text: code for code, text in re.findall(rb"<([0-9A-F]{4})> <(00(?:46|42))>\n", card.streams[cmap])}
    font = card.dictionaries[card.number(b"/ToUnicode %d 0 R" % cmap)]
    descendant = int(re.search(rb"/DescendantFonts\[(\d+)", font)[1])  # type: ignore[index]
    return descendant, codes[b"0046"], codes[b"0042"]


@mutant("looks-altered")
def draw_one_letter_with_the_outline_of_another(card: Parts) -> None:
    descendant, letter, other = _font(card, _content_ids(card, 1, GRADE)[0])
    descriptor = int(re.search(rb"/FontDescriptor (\d+)", card.dictionaries[descendant])[1])  # type: ignore[index]
    program = int(re.search(rb"/FontFile2 (\d+)", card.dictionaries[descriptor])[1])  # type: ignore[index]
    font = TTFont(io.BytesIO(card.streams[program]), recalcBBoxes=False)
    names, outlines = font.getGlyphOrder(), font["glyf"]
    outlines[names[int(letter, 16)]] = outlines[names[int(other, 16)]]
    changed = io.BytesIO()
    font.save(changed)
    card.streams[program] = changed.getvalue()


@mutant("looks-altered")
def lead_a_code_to_another_glyph(card: Parts) -> None:
    descendant, letter, other = _font(card, _content_ids(card, 1, GRADE)[0])
    glyphs = b"".join(code.to_bytes(2, "big") for code in range(256))
    at = 2 * int(letter, 16)
    table = card.add(b"<<>>", glyphs[:at] + bytes.fromhex(other.decode()) + glyphs[at + 2 :])
    card.edit(descendant, b"/CIDToGIDMap/Identity", b"/CIDToGIDMap %d 0 R" % table)


@mutant("looks-altered")
def paint_a_tile_in_another_colour(card: Parts) -> None:
    card.edit_content(b"0.078 0.412 0.294 rg", b"0.5 0 0 rg")


@mutant("looks-altered")
def remove_an_icon(card: Parts) -> None:
    content = card.streams[card.content]
    card.streams[card.content] = re.sub(rb"q 0\.\d+ 0 0 -?0\.\d+ .*?Q\n", b"q\nQ\n", content, count=1, flags=re.DOTALL)


@mutant("looks-altered")
def draw_a_letter_as_a_shape(card: Parts) -> None:
    shape = b"440 690 m 470 780 l 480 780 l 510 690 l 500 690 l 490 720 l 460 720 l 450 690 l h f"
    card.streams[card.content] += b"\n/Artifact BMC\n1 0 0 rg " + shape + b"\nEMC"


@mutant("looks-altered")
def add_a_picture(card: Parts) -> None:
    entries = b"/Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8/ColorSpace/DeviceRGB"
    picture = card.add(b"<<%b>>" % entries, b"\xff\0\0")
    card.edit(card.number(b"<</Font<<"), b"<</Font<<", b"<</XObject<</I %d 0 R>>/Font<<" % picture)
    card.streams[card.content] += b"\n/Artifact BMC\nq 60 0 0 60 450 700 cm /I Do Q\nEMC"


# Figures


@mutant("figure-undescribed")
def lose_an_alt(card: Parts) -> None:
    card.sub(card.number(b"/S/Figure"), rb"/Alt\([^)]*\)", b"")


@mutant("figure-undescribed")
def empty_an_alt(card: Parts) -> None:
    card.sub(card.number(b"/S/Figure"), rb"/Alt\([^)]*\)", b"/Alt( )")


@mutant("tag-attributes")
def tell_another_alt(card: Parts) -> None:
    card.sub(card.number(b"/S/Figure"), rb"/Alt\([^)]*\)", b"/Alt(A duck)")


@pytest.mark.parametrize("name", _MUTANTS)
def test_mutant_is_caught(name: str, described: Good) -> None:
    """The full proof rejects the damaged card, and one of its findings names the rule that was broken."""
    damage, rule = _MUTANTS[name]
    card = described.taken_apart()
    before = card.file()
    damage(card)
    mutated = card.file()
    assert mutated != before
    original = described.pdf if rule == "looks-altered" else None
    findings = verify_full(mutated, described.frames, described.promise, original=original)
    assert failed(findings)
    assert rule in {finding.rule for finding in findings}


@pytest.mark.parametrize(
    "name",
    [
        "change_a_grade",
        "change_a_score",
        "change_the_overall_grade",
        "swap_the_highlights_of_two_rows",
        "read_another_grade_aloud",
        "read_another_score_aloud",
        "alter_a_tounicode",
        "redirect_a_link",
        "swap_two_addresses",
        "lose_a_line",
        "swap_two_cells",
        "remove_a_row",
        "claim_another_edition",
        "cover_a_figure",
        "hide_text_as_an_artifact",
        "drop_all_tags",
    ],
)
def test_mutant_is_caught_without_its_frames(name: str, good: Good) -> None:
    """A card that somebody altered later is caught by its data alone."""
    damage, _ = _MUTANTS[name]
    card = good.taken_apart()
    damage(card)
    assert failed(verify_full(card.file(), None, good.promise))


@pytest.mark.parametrize(("before", "behind"), [(b"junk\n", b""), (b"", b"PK\3\4"), (b"", b"% a remark\n")])
def test_data_outside_of_the_file_are_found(before: bytes, behind: bytes, good: Good) -> None:
    """A card is the whole file: what is hung on to it would travel along unseen."""
    findings = verify_full(before + good.taken_apart().file() + behind, good.frames, good.promise)
    assert failed(findings)
    assert "data-outside" in {finding.rule for finding in findings}


def test_good_cards_pass(good: Good, described: Good) -> None:
    """The cards that the mutants were made of have no fault, with frames or without, nor has one put together anew."""
    for card in (good, described):
        assert verify_full(card.pdf, card.frames, card.promise) == ()
        assert verify_full(card.pdf, None, card.promise) == ()
        assert verify_full(card.taken_apart().file(), card.frames, card.promise) == ()


def test_there_are_mutants_enough() -> None:
    """Issue 5 asks for forty ways at least."""
    assert len(_MUTANTS) >= 40


_SEEN_AT_ONCE = ("text-", "fact-", "table-", "link-a")


@pytest.mark.parametrize("name", [name for name, (_, rule) in _MUTANTS.items() if rule.startswith(_SEEN_AT_ONCE)])
def test_what_readers_see_wrong_is_caught_by_the_fast_proof(name: str, described: Good) -> None:
    """Wrong or lost words, cells and addresses never leave the printer; a raster is for the full proof."""
    damage, rule = _MUTANTS[name]
    card = described.taken_apart()
    damage(card)
    findings = verify_fast(card.file(), described.frames, described.promise)
    assert failed(findings) is (rule not in ("text-covered", "text-invisible"))
