"""A layout's file becomes a `LayoutSpec`."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.load import parse_yaml
from cardprint.model.content import AutoTrack, Edge, FixedTrack, FlexTrack, HAlign, VAlign
from cardprint.model.copyfit import Adjustment, CopyfitScope
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.geometry import Insets, Size, mm
from cardprint.model.icon import Icon, Picture
from cardprint.model.layout_spec import (
    BoxSpec,
    ColumnsSpec,
    FractionSpec,
    IconSpec,
    ImageSpec,
    LayoutSpec,
    RotatedSpec,
    RuleSpec,
    SpacerSpec,
    StackSpec,
    TableSpec,
    TextSpec,
    TileSpec,
)
from cardprint.model.node import Node
from cardprint.model.scope import CARD_SCOPE
from cardprint.model.source import Source
from cardprint.model.structure import Scope, Tag
from cardprint.model.template import Template
from cardprint.model.typography import Align, Breaking, Case, Figures
from cardprint.validate import validate_layout

NodeOf = Callable[[str], Node]
Reported = Callable[[Callable[[], object]], list[Diagnostic]]


HEAD = """\
page: {size: a4, margins: [10mm, 20mm, 30mm, 40mm], bleed: 3mm}
theme:
  swatches:
    ink: {rgb: "#0A0b0C", cmyk: [0, 0, 0, 100], spot: Black}
  styles:
    strong:
      {like: body, font: Bold, align: center, figures: tabular, breaking: greedy, hyphenate: true, fallback: [Plain]}
    body: {font: Plain, size: 8.5pt, leading: 11pt, swatch: ink, tracking: -1%, case: upper, smallest: 7pt}
document: {title: "{state.name}", subject: Nothing}
"""

LayoutOf = Callable[[str], LayoutSpec]


@pytest.fixture(scope="module")
def layout_of(node_of: NodeOf) -> LayoutOf:
    """The layout with this body, and what else stands at the top."""

    def validate(body: str) -> LayoutSpec:
        return validate_layout(
            node_of(HEAD + body),
            fonts=("Plain", "Bold"),
            icons={"star": Icon("star", 1, 1, ())},
            pictures={"p.png": Picture("p.png", b"", 1, 1, "")},
            scope=CARD_SCOPE,
            letters=("A",),
        )

    return validate


def words(template: Template | None) -> str:
    """A template that is literal."""
    assert template is not None
    return "".join(str(part) for part in template.parts)


def test_the_page_is_in_points(layout_of: LayoutOf) -> None:
    """A4 is 210 by 297 mm; margins come from the top clockwise."""
    page = layout_of("body: {spacer: 1pt}\n").pages[0].page
    assert (595.28, 841.89) == pytest.approx((page.trim.width, page.trim.height), abs=0.01)
    assert (28.35, 56.69, 85.04, 113.39) == pytest.approx(
        (page.margins.top, page.margins.right, page.margins.bottom, page.margins.left), abs=0.01
    )
    assert 8.5 == pytest.approx(page.bleed, abs=0.01)


def test_a_style_takes_over_what_it_does_not_say(layout_of: LayoutOf) -> None:
    """From the style that it is like, wherever that stands; the rest has its default."""
    styles = layout_of("body: {spacer: 1pt}\n").theme.styles
    body, strong = styles["body"], styles["strong"]
    assert ("Bold", 8.5, 11, -0.01, Case.UPPER, 7) == (
        strong.face,
        strong.size,
        strong.leading,
        strong.tracking,
        strong.case,
        strong.smallest,
    )
    assert (Align.CENTER, Figures.TABULAR, Breaking.GREEDY, True, ("Plain",)) == (
        strong.align,
        strong.figures,
        strong.breaking,
        strong.hyphenate,
        strong.fallback,
    )
    assert (Align.LEFT, Figures.DEFAULT, Breaking.TOTAL, False, ()) == (
        body.align,
        body.figures,
        body.breaking,
        body.hyphenate,
        body.fallback,
    )
    assert ("ink", (10, 11, 12), (0, 0, 0, 100), "Black") == (
        body.swatch.name,
        body.swatch.rgb,
        body.swatch.cmyk,
        body.swatch.spot,
    )


def test_document_and_name(layout_of: LayoutOf) -> None:
    """Title and subject are templates; without copyfit nothing is adjusted."""
    layout = layout_of("body: {spacer: 1pt}\n")
    assert (("state", "name"), "Nothing", ()) == (
        layout.title.sole.path if layout.title.sole else None,
        words(layout.subject),
        layout.copyfit.steps,
    )


def test_a_text_is_a_template_or_runs(layout_of: LayoutOf) -> None:
    """Runs have their own style, address, language and expansion; the tag is p unless said."""
    body = (
        layout_of(
            "body:\n  text: [one, {text: two, style: strong, link: 'mailto:a@b.org', language: es, expansion: zwei}]\n"
            "  style: body\n  as: h2\n  emphasis: {label: strong}\n  field: f\n  reads: r\n"
        )
        .pages[0]
        .body
    )
    assert isinstance(body, TextSpec)
    first, second = body.runs
    assert ("one", None, None) == (words(first.text), first.style, first.link)
    assert ("two", "strong", "es", "zwei") == (
        words(second.text),
        second.style,
        second.language,
        words(second.expansion),
    )
    assert (Tag.H2, {"label": "strong"}, "f", "r") == (body.tag, body.emphasis, words(body.field), words(body.reads))
    plain = layout_of("body: {text: one, style: body}\n").pages[0].body
    assert isinstance(plain, TextSpec)
    assert (Tag.P, 1) == (plain.tag, len(plain.runs))


def test_blocks_without_children(layout_of: LayoutOf) -> None:
    """Tile, fraction, icon, image, rule and spacer with all their measures."""
    stack = (
        layout_of(
            "body:\n  stack:\n"
            "    - {tile: A, style: body, width: 30pt, height: 20pt, radius: 2pt, fill: ink, reads: r}\n"
            "    - {fraction: {over: '1', under: '2'}, over_style: body, under_style: strong,"
            " bar: {weight: 1pt, swatch: ink}, bar_width: 9pt, clearance: 2pt}\n"
            "    - {icon: star, size: 9pt, swatch: ink, alt: a star}\n"
            "    - {image: p.png, height: 9pt}\n"
            "    - {rule: {weight: 2pt, swatch: ink}}\n"
            "    - {spacer: 3pt, grow: 2}\n"
            "  gap: 4pt\n  as: section\n"
        )
        .pages[0]
        .body
    )
    assert isinstance(stack, StackSpec)
    assert (4, Tag.SECT) == (stack.gap, stack.tag)
    tile, fraction, icon, image, rule, spacer = stack.children
    assert isinstance(tile, TileSpec)
    assert (Size(30, 20), 2, "r") == (tile.size, tile.radius, words(tile.reads))
    assert isinstance(fraction, FractionSpec)
    assert ("body", "strong", 1, 9, 2) == (
        fraction.over_style,
        fraction.under_style,
        fraction.bar.weight,
        fraction.bar_width,
        fraction.clearance,
    )
    assert isinstance(icon, IconSpec)
    assert ("star", "a star") == (words(icon.icon), words(icon.alt))
    assert isinstance(image, ImageSpec)
    assert (None, 9, None) == (image.width, image.height, image.alt)
    assert isinstance(rule, RuleSpec)
    assert 2 == rule.stroke.weight
    assert isinstance(spacer, SpacerSpec)
    assert (3, 2) == (spacer.height, spacer.grow)


def test_blocks_with_children(layout_of: LayoutOf) -> None:
    """Columns without tracks are equal; a box may be empty; a rotated block reads upwards."""
    columns = (
        layout_of(
            "body:\n  columns:\n    - {box: null, inset: 2pt, fill: ink, border: {weight: 1pt, swatch: ink},"
            " rules: {left: {weight: 3pt, swatch: ink}}, radius: 1pt, bleed: [top, left], across: right, down: bottom,"
            " width: 5pt, height: 6pt}\n    - rotate: {spacer: 1pt}\n  align: baseline\n"
        )
        .pages[0]
        .body
    )
    assert isinstance(columns, ColumnsSpec)
    assert ((FlexTrack(), FlexTrack()), VAlign.BASELINE) == (columns.tracks, columns.valign)
    box, rotated = columns.children
    assert isinstance(box, BoxSpec)
    assert (None, Insets(2, 2, 2, 2), frozenset((Edge.TOP, Edge.LEFT))) == (box.child, box.inset, box.bleed)
    assert (Edge.LEFT, 3) == (box.rules[0][0], box.rules[0][1].weight)
    assert (HAlign.RIGHT, VAlign.BOTTOM, 5, 6) == (box.halign, box.valign, box.width, box.height)
    assert isinstance(rotated, RotatedSpec)
    assert 90 == rotated.angle


TABLE = """\
body:
  table:
    - repeat: issues as issue
      when: not loop.first
      weight: 2
      rule_from: 1
      above: {weight: 1pt, swatch: ink}
      cells:
        - {cell: {text: "{issue.title}", style: body}, header: row, across: center, columns: 2}
        - {cell: , rows: "{issues|count}", fill: ink, down: top}
  head:
    - {cells: [{cell: {text: Issue, style: body}, header: column}], min_height: 9pt, inset: [1pt, 0pt, 2pt, 0pt]}
  tracks: [38pt, auto, 1fr]
  gap: 3pt
"""


def test_a_table_has_rows_on_tracks(layout_of: LayoutOf) -> None:
    """Rows and cells with all their keys."""
    table = layout_of(TABLE).pages[0].body
    assert isinstance(table, TableSpec)
    assert ((FixedTrack(38), AutoTrack(), FlexTrack()), 3) == (table.tracks, table.gap)
    (row,) = table.rows
    assert row.repeat is not None
    assert row.when is not None
    assert (("issues",), "issue", ("loop", "first"), True) == (
        row.repeat.path,
        row.repeat.variable,
        row.when.path,
        row.when.negated,
    )
    assert (2, 1, 1, None, VAlign.MIDDLE) == (
        row.weight,
        row.rule_from,
        row.above and row.above.weight,
        row.below,
        row.valign,
    )
    title, empty = row.cells
    assert (2, Scope.ROW, HAlign.CENTER) == (title.columns, title.header, title.halign)
    assert (None, VAlign.TOP) == (empty.child, empty.valign)
    assert isinstance(empty.rows, Template)
    (head,) = table.head
    assert (9, Insets(1, 0, 2, 0), Scope.COLUMN) == (head.min_height, head.inset, head.cells[0].header)


def test_copyfit_is_an_ordered_ladder(layout_of: LayoutOf) -> None:
    """Steps name their styles; padding starts from the most that a row keeps."""
    ladder = (
        "copyfit:\n  scope: set\n  steps:\n"
        "    - {lower: tracking, styles: [body], by: 0.002em, floor: -0.02em}\n"
        "    - {lower: padding, by: 0.5pt, floor: 1pt}\n"
        "    - {lower: size, styles: [body, strong], by: 0.1pt, floor: 7.5pt}\n"
        "    - {lower: leading, styles: [body], by: 0.2pt, floor: 9pt}\n"
    )
    copyfit = layout_of(ladder + TABLE).copyfit
    assert CopyfitScope.SET is copyfit.scope
    tracking, padding, size, leading = copyfit.steps
    assert (Adjustment.TRACKING, 0.002, -0.02) == (tracking.what, tracking.by, tracking.floor)
    assert ((), 2, 1) == (padding.styles, padding.start, padding.floor)
    assert ["body", "strong"] == [style.name for style in size.styles]
    assert (Adjustment.LEADING, 9) == (leading.what, leading.floor)


def test_body_text_is_never_made_smaller_than_seven_and_a_half_points(layout_of: LayoutOf, reported: Reported) -> None:
    """The floor of a step that lowers the size says so."""
    ladder = "copyfit: {{steps: [{{lower: size, styles: [body], by: 0.1pt, floor: {}}}]}}\n"
    assert [] == reported(lambda: layout_of(ladder.format("7.5pt") + TABLE))
    (found,) = reported(lambda: layout_of(ladder.format("7.4pt") + TABLE))
    assert ("out-of-range", "copyfit.steps[0].floor") == (found.code, found.path)


@pytest.mark.parametrize(
    ("steps", "code", "path"),
    [
        (["size by 0.1pt to 8pt", "leading by 0.2pt to 10.6pt", "size by 0.1pt to 7.5pt"], None, None),
        (["size by 0.1pt to 8pt", "size by 0.1pt to 8.2pt"], "out-of-range", "copyfit.steps[1].floor"),
        (["size by 0.1pt to 8pt", "size by 0.1pt to 8pt"], "out-of-range", "copyfit.steps[1].floor"),
        (["size by 0.1pt to 8pt", "size by 0.005pt to 7.5pt"], None, None),
        (["size by 0.005pt to 7.5pt"], "too-many", "copyfit.steps[0].floor"),
    ],
)
def test_steps_go_on_from_one_another(
    layout_of: LayoutOf, reported: Reported, steps: list[str], code: str | None, path: str | None
) -> None:
    """How often a step is taken counts from what the steps before it leave, as layout takes it: where these have gone
    below its floor it would take nothing, and small turns are few where little is left."""
    entries = [
        f"{{lower: {what}, styles: [body], by: {by}, floor: {to}}}" for what, _, by, _, to in map(str.split, steps)
    ]
    found = reported(lambda: layout_of(f"copyfit: {{steps: [{', '.join(entries)}]}}\n{TABLE}"))
    assert [(code, path)] * (code is not None) == [(one.code, one.path) for one in found]


def test_as_many_turns_are_counted_as_are_taken(layout_of: LayoutOf, reported: Reported) -> None:
    """A hundred turns are a hundred, whatever their amounts are in binary."""
    ladder = "copyfit: {{steps: [{{lower: tracking, styles: [body], by: {}em, floor: -0.1em}}]}}\n"
    assert [] == reported(lambda: layout_of(ladder.format("0.0009") + TABLE))
    assert ["too-many"] == [one.code for one in reported(lambda: layout_of(ladder.format("0.00089") + TABLE))]


def test_a_cycle_of_styles_is_reported_once(node_of: NodeOf, reported: Reported) -> None:
    """With the way round; a style that leads into it is not to blame."""
    cycle = HEAD.replace("body: {font: Plain,", "side: {like: strong}\n    body: {like: strong, font: Plain,")

    def validate() -> object:
        node = node_of(cycle + "body: {spacer: 1pt}\n")
        return validate_layout(node, fonts=("Plain", "Bold"), icons={}, pictures={}, scope=CARD_SCOPE, letters=())

    (found,) = reported(validate)
    assert ("style-cycle", "A style cannot be like itself: body → strong → body.") == (found.code, found.message)


def test_the_name_of_a_layout_is_that_of_its_file() -> None:
    """Without folders and ending."""
    node = parse_yaml(Source("layouts/some-card.yaml", (HEAD + "body: {spacer: 1pt}\n").encode()))
    layout = validate_layout(node, fonts=("Plain", "Bold"), icons={}, pictures={}, scope=CARD_SCOPE, letters=())
    assert "some-card" == layout.name


def test_blocks_nest_as_deep_as_files_do(layout_of: LayoutOf) -> None:
    """The deepest tree that the parser lets through is read without running out of stack."""
    depth = 58
    body = "{box: " * depth + "{spacer: 1pt}" + "}" * depth
    assert isinstance(layout_of(f"body: {body}\n").pages[0].body, BoxSpec)


class TestPages:
    """Several pages instead of a body."""

    FRONT_AND_BACK = "pages:\n  front: {body: {spacer: 1pt}}\n  back: {margins: 9pt, body: {spacer: 2pt}}\n"

    def test_each_has_its_name_and_its_margins(self, layout_of: LayoutOf) -> None:
        """In the order of the file; margins that it does not give are those of the sheet."""
        pages = layout_of(self.FRONT_AND_BACK).pages
        assert ["front", "back"] == [page.name for page in pages]
        assert [mm(40), 9.0] == [page.page.margins.left for page in pages]
        assert 1 == len({page.page.trim for page in pages})

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            (f"{FRONT_AND_BACK}body: {{spacer: 1pt}}\n", "two-kinds"),
            ("pages: {}\n", "too-few"),
            ("", "missing-key"),
            ("pages: {front: {margins: 6in, body: {spacer: 1pt}}}\n", "out-of-range"),
            ("pages: {front: {margins: 9pt}}\n", "missing-key"),
        ],
    )
    def test_what_is_wrong_is_told(self, layout_of: LayoutOf, text: str, code: str) -> None:
        """A body beside pages, no page, neither of them, margins that leave nothing, a page without a body."""
        with pytest.raises(DiagnosticError) as caught:
            layout_of(text)
        assert [code] == [diagnostic.code for diagnostic in caught.value.diagnostics]
