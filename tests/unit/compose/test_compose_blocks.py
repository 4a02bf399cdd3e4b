"""Blocks: repeats, conditions, names, roles, tracks, pictures."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from cardprint.model.content import (
    Block,
    BoxBlock,
    ColumnsBlock,
    Edge,
    FixedTrack,
    FlexTrack,
    HAlign,
    IconBlock,
    ImageBlock,
    RotatedBlock,
    RuleBlock,
    SpacerBlock,
    StackBlock,
    TableBlock,
    TextBlock,
    VAlign,
)
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.geometry import Insets, Size
from cardprint.model.layout_spec import (
    BoxSpec,
    CellSpec,
    ColumnsSpec,
    Condition,
    IconSpec,
    ImageSpec,
    Repeat,
    RotatedSpec,
    RowSpec,
    RuleSpec,
    RunSpec,
    SpacerSpec,
    StackSpec,
    StrokeSpec,
    TableSpec,
    TextSpec,
)
from cardprint.model.structure import Role, Tag
from cardprint.model.template import Template

MakeTemplate = Callable[[str], Template]
ComposeBlock = Callable[..., Block]
MakeText = Callable[..., TextSpec]

ISSUES = Repeat(("issues",), "issue")


@pytest.fixture
def text(template: MakeTemplate) -> MakeText:
    """A text in the style `body`, with the keys that every block may have."""

    def make(words: str, repeat: Repeat | None = None, when: str = "") -> TextSpec:
        negated, path = when.startswith("not "), when.removeprefix("not ")
        condition = Condition(tuple(path.split(".")), negated) if when else None
        return TextSpec(runs=(RunSpec(template(words)),), style="body", repeat=repeat, when=condition)

    return make


def _texts(block: Block | None) -> Iterator[TextBlock]:
    match block:
        case TextBlock():
            yield block
        case StackBlock() | ColumnsBlock():
            for child in block.children:
                yield from _texts(child)
        case BoxBlock() | RotatedBlock():
            yield from _texts(block.child)
        case TableBlock():
            for row in block.rows:
                for cell in row.cells:
                    yield from _texts(cell.block)


def _words(block: Block) -> list[str]:
    return ["".join(run.text for run in found.runs) for found in _texts(block)]


def test_repeat_and_loop(compose: ComposeBlock, text: MakeText) -> None:
    """A repeated child comes once for each item, in order, among its siblings."""
    stack = StackSpec(
        children=(text("head"), text("{loop.number} of {loop.count}: {issue.title}", repeat=ISSUES), text("end"))
    )
    assert _words(compose(stack)) == ["head", "1 of 2: Laws", "2 of 2: Care", "end"]


def test_condition_is_asked_for_each_item(compose: ComposeBlock, text: MakeText) -> None:
    """`when` beside `repeat` sees the item, so that it can pick some."""
    stack = StackSpec(
        children=(
            text("{issue.title}", repeat=ISSUES, when="issue.icon"),
            text("last {issue.title}", repeat=ISSUES, when="loop.last"),
            text("early {issue.title}", repeat=ISSUES, when="not loop.last"),
        )
    )
    assert _words(compose(stack)) == ["Laws", "last Care", "early Laws"]


def test_optional_value_missing_counts_as_false(compose: ComposeBlock, text: MakeText) -> None:
    """A block for an optional field goes where the field is missing, and comes with `not`."""
    stack = StackSpec(
        children=(text("{state.revised|date}", when="state.revised"), text("new", when="not state.revised"))
    )
    assert _words(compose(stack)) == ["new"]


def test_inner_repeat_sees_the_outer_item(compose: ComposeBlock, text: MakeText) -> None:
    """Repeats nest: the outer variable stays in scope, `loop` is the inner one's."""
    inner = text("{row.badge} in {issue.id}, {loop.count}", repeat=Repeat(("extra_credit",), "row"))
    stack = StackSpec(children=(StackSpec(children=(inner,), repeat=ISSUES),))
    assert _words(compose(stack)) == ["18+ in 1, 1", "18+ in 2, 1"]


def test_names_are_paths_in_the_tree(compose: ComposeBlock, text: MakeText) -> None:
    """Every block is named by its path; repeated ones have numbers of their own."""
    table = TableSpec(
        tracks=(FlexTrack(),),
        head=(RowSpec(cells=(CellSpec(child=text("head")),)),),
        rows=(RowSpec(cells=(CellSpec(child=BoxSpec(child=text("{issue.title}"))),), repeat=ISSUES),),
    )
    columns = ColumnsSpec(children=(RotatedSpec(child=text("tab"), angle=90),), tracks=(FlexTrack(),))
    block = compose(StackSpec(children=(text("a", repeat=ISSUES), table, columns)))
    assert [found.name for found in _texts(block)] == [
        "body.stack[0]",
        "body.stack[1]",
        "body.stack[2].table.head[0].cells[0]",
        "body.stack[2].table.rows[0].cells[0].box",
        "body.stack[2].table.rows[1].cells[0].box",
        "body.stack[3].columns[0].rotate",
    ]


def test_sole_child_that_repeats_makes_a_stack(compose: ComposeBlock, text: MakeText) -> None:
    """Where one block stands, a repeated one becomes a stack of all, and nothing if none comes."""
    box = compose(BoxSpec(child=text("{issue.title}", repeat=ISSUES)))
    assert isinstance(box, BoxBlock)
    assert isinstance(box.child, StackBlock)
    assert _words(box) == ["Laws", "Care"]
    nothing = compose(BoxSpec(child=text("{issue.title}", repeat=ISSUES, when="state.revised")))
    assert isinstance(nothing, BoxBlock)
    assert nothing.child is None


def test_child_that_does_not_come(compose: ComposeBlock, text: MakeText) -> None:
    """A box stays without its child, a turned block goes with it, a page without a body is empty."""
    gone = text("x", when="state.revised")
    box = compose(BoxSpec(child=gone))
    assert isinstance(box, BoxBlock)
    assert box.child is None
    stack = compose(StackSpec(children=(RotatedSpec(child=gone, angle=90),)))
    assert isinstance(stack, StackBlock)
    assert stack.children == ()
    assert _words(compose(gone)) == []


def test_roles_of_containers(compose: ComposeBlock) -> None:
    """A stack or columns with a tag has its role; without one it has none."""
    assert compose(StackSpec(children=(), tag=Tag.SECT)) == StackBlock(name="body", children=(), role=Role(Tag.SECT))
    plain = compose(ColumnsSpec(children=(), tracks=()))
    assert isinstance(plain, ColumnsBlock)
    assert plain.role is None


def test_tracks_go_with_their_children(compose: ComposeBlock, text: MakeText) -> None:
    """A child that fails its condition takes its track along; one that repeats brings its track again."""
    columns = ColumnsSpec(
        children=(text("mark", when="publisher.wordmark"), text("{issue.title}", repeat=ISSUES), text("end")),
        tracks=(FixedTrack(60.0), FlexTrack(), FixedTrack(20.0)),
    )
    block = compose(columns)
    assert isinstance(block, ColumnsBlock)
    assert (_words(block), block.tracks) == (["Laws", "Care", "end"], (FlexTrack(), FlexTrack(), FixedTrack(20.0)))


def test_tracks_for_all_repeats(compose: ComposeBlock, text: MakeText) -> None:
    """Tracks may be written out for every block that comes; any other number of them is an error."""
    child = text("{issue.title}", repeat=ISSUES)
    tracks = (FixedTrack(10.0), FixedTrack(20.0))
    block = compose(ColumnsSpec(children=(child,), tracks=tracks))
    assert isinstance(block, ColumnsBlock)
    assert block.tracks == tracks
    with pytest.raises(DiagnosticError, match="track-count: 2 blocks stand side by side on 3 tracks"):
        compose(ColumnsSpec(children=(child,), tracks=(*tracks, FlexTrack())))


def test_icon_with_and_without_alt(compose: ComposeBlock, template: MakeTemplate) -> None:
    """An icon that is described is a figure, any other is decoration."""
    described = compose(IconSpec(icon=template("gavel"), size=27.0, swatch=template("ink"), alt=template("A gavel")))
    assert isinstance(described, IconBlock)
    assert (described.icon.name, described.size, described.swatch.name) == ("gavel", 27.0, "ink")
    assert described.role == Role(Tag.FIGURE, alt="A gavel")
    plain = compose(IconSpec(icon=template("gavel"), size=27.0, swatch=template("ink"), alt=None))
    assert isinstance(plain, IconBlock)
    assert plain.role is None


def test_unknown_icon(compose: ComposeBlock, template: MakeTemplate) -> None:
    """An icon that the theme does not have is an error that names the nearest."""
    with pytest.raises(DiagnosticError, match=r'unknown-icon: There is no icon named "gavels"\. Did you mean gavel\?'):
        compose(IconSpec(icon=template("gavels"), size=27.0, swatch=template("ink"), alt=None))


@pytest.mark.parametrize(
    ("width", "height", "expected"),
    [
        (100.0, None, Size(100.0, 50.0)),
        (None, 20.0, Size(40.0, 20.0)),
        (30.0, 30.0, Size(30.0, 15.0)),
        (90.0, 15.0, Size(30.0, 15.0)),
    ],
)
def test_size_of_an_image(
    compose: ComposeBlock, template: MakeTemplate, width: float | None, height: float | None, expected: Size
) -> None:
    """The side that is not given follows the picture's proportions (here 400 by 200 pixels); where both are given it
    keeps them inside."""
    block = compose(ImageSpec(image=template("mark.png"), width=width, height=height, alt=None))
    assert isinstance(block, ImageBlock)
    assert (block.size, block.role) == (expected, None)


def test_box_is_resolved(compose: ComposeBlock, template: MakeTemplate) -> None:
    """A box keeps its measures; its fill, border and rules become swatches and strokes."""
    spec = BoxSpec(
        grow=2.0,
        child=None,
        inset=Insets(1.0, 2.0, 3.0, 4.0),
        fill=template("grade-{overall.grade|lower}"),
        border=StrokeSpec(0.5, template("ink")),
        rules=((Edge.TOP, StrokeSpec(1.5, template("grade-a"))),),
        radius=5.0,
        bleed=frozenset({Edge.TOP}),
        halign=HAlign.CENTER,
        valign=VAlign.MIDDLE,
        width=10.0,
        height=20.0,
    )
    block = compose(spec)
    assert isinstance(block, BoxBlock)
    assert block.fill is not None
    assert block.border is not None
    assert (block.fill.name, block.border.weight, block.border.swatch.name) == ("grade-f", 0.5, "ink")
    assert [(edge, stroke.weight, stroke.swatch.name) for edge, stroke in block.rules] == [(Edge.TOP, 1.5, "grade-a")]
    for name in ("grow", "inset", "radius", "bleed", "halign", "valign", "width", "height"):
        assert getattr(block, name) == getattr(spec, name), name


def test_rule_spacer_and_turn(compose: ComposeBlock, template: MakeTemplate, text: MakeText) -> None:
    """The simple kinds keep what they say."""
    rule = compose(RuleSpec(stroke=StrokeSpec(1.1, template("ink")), grow=1.0))
    assert isinstance(rule, RuleBlock)
    assert (rule.stroke.weight, rule.stroke.swatch.name, rule.grow) == (1.1, "ink", 1.0)
    assert compose(SpacerSpec(height=6.0, grow=1.0)) == SpacerBlock(name="body", grow=1.0, height=6.0)
    turned = compose(RotatedSpec(child=text("tab"), angle=270))
    assert isinstance(turned, RotatedBlock)
    assert turned.angle == 270
