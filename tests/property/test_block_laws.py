"""The laws of a block (ARCHITECTURE): repeatable, honest, contained, monotone, never mutating; on random trees."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable, Iterator

import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st
from msgspec.structs import replace

from cardprint.layout import lay_out
from cardprint.layout.copyfit import Setting
from cardprint.layout.engine import PageEngine
from cardprint.model.colour import Swatch
from cardprint.model.content import (
    AutoTrack,
    Block,
    BoxBlock,
    Cell,
    ColumnsBlock,
    DocumentInfo,
    FixedTrack,
    FlexTrack,
    FractionBlock,
    GridBlock,
    GridCell,
    HAlign,
    IconBlock,
    ImageBlock,
    PageContent,
    PageGeometry,
    RotatedBlock,
    Row,
    RuleBlock,
    Run,
    SpacerBlock,
    StackBlock,
    Stroke,
    TableBlock,
    TextBlock,
    TileBlock,
    VAlign,
)
from cardprint.model.copyfit import NO_COPYFIT
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.frame import (
    FilledRect,
    FitReport,
    FrameItem,
    Group,
    ImageItem,
    LinkArea,
    PageFrame,
    PathItem,
    RuleItem,
    TextRun,
)
from cardprint.model.geometry import IDENTITY, TOLERANCE, Insets, Matrix, Rect, Size
from cardprint.model.icon import Icon, Picture
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import Align, Breaking, Figures, FontBook, TextStyle

INK = Swatch("ink", (18, 35, 63), (95, 82, 45, 50))
HAIRLINE = Stroke(0.5, INK)
PAGE = PageGeometry(Size(400.0, 300.0), Insets(10.0, 10.0, 10.0, 10.0), 9.0)
INFO = DocumentInfo("A card", "Somebody", "", "en-US", dt.datetime(2021, 11, 17, tzinfo=dt.UTC), "cardprint test")
SANS, CONDENSED = "Source Sans 3 Regular", "Barlow Condensed SemiBold"
ICON = Icon("square", 16.0, 8.0, (("M", 0.0, 0.0), ("L", 16.0, 8.0), ("Z",)))
PICTURE = Picture("wordmark.png", b"", 80, 40, "")
SLACK = 2 * TOLERANCE

WORDS = (
    "law", "a", "gaps", "accountability", "non-criminalization", "Victim-Centered", "18+", "17.5", "points", "J.",
    "sharedhope.org/toolkit", "Hawaiʻi", "Doña\u00a0Ana", "sur\u00advi\u00advor", "—", "“quoted”", "office", "U.S.C.",
)  # fmt: skip

spaces = st.sampled_from((" ", " ", " ", "  ", "\n"))


@st.composite
def texts(draw: st.DrawFn, most: int = 12) -> str:
    """Words of a card, spaces and line ends between them and sometimes around."""
    words = draw(st.lists(st.sampled_from(WORDS), max_size=most))
    text = "".join(word + draw(spaces) for word in words)
    return draw(st.sampled_from(("", " "))) + (text if draw(st.booleans()) else text.rstrip())


@st.composite
def styles(draw: st.DrawFn) -> TextStyle:
    size = draw(st.sampled_from((7.5, 9.0, 14.0)))
    return TextStyle(
        name="style",
        face=draw(st.sampled_from((SANS, CONDENSED))),
        size=size,
        leading=size * draw(st.sampled_from((1.0, 1.3))),
        swatch=INK,
        fallback=draw(st.sampled_from(((), (SANS,)))),
        tracking=draw(st.sampled_from((0.0, 0.0, 0.1, -0.02))),
        align=draw(st.sampled_from(Align)),
        figures=draw(st.sampled_from(Figures)),
        breaking=draw(st.sampled_from((Breaking.TOTAL, Breaking.TOTAL, Breaking.GREEDY))),
    )


@st.composite
def text_blocks(draw: st.DrawFn) -> TextBlock:
    """Paragraphs of one to three runs in related styles, some of them links."""
    style = draw(styles())
    strong = replace(style, face=CONDENSED, tracking=0.05)
    link = st.sampled_from((None, "https://sharedhope.org"))
    run = st.builds(Run, texts(), st.sampled_from((style, strong)), link)
    return TextBlock(runs=tuple(draw(st.lists(run, max_size=3))), style=style, role=Role(Tag.P), grow=draw(grows))


@st.composite
def one_line_texts(draw: st.DrawFn) -> TextBlock:
    """Names that are fitted to one line."""
    style = replace(draw(styles()), smallest=6.0)
    return TextBlock(runs=(Run(draw(texts(4)), style),), style=style, role=Role(Tag.H1))


@st.composite
def tiles(draw: st.DrawFn) -> TileBlock:
    size = Size(draw(st.sampled_from((20.0, 40.0))), draw(st.sampled_from((12.0, 30.0))))
    letters = st.sampled_from(("F", "A", "18+"))
    return TileBlock(text=Run(draw(letters), draw(styles())), size=size, radius=3.0, fill=INK, role=Role(Tag.P))


@st.composite
def fractions(draw: st.DrawFn) -> FractionBlock:
    style, figures = draw(styles()), st.sampled_from(("16", "8.5", "17.5"))
    return FractionBlock(
        over=Run(draw(figures), style),
        under=Run(draw(figures), style),
        bar=HAIRLINE,
        bar_width=20.0,
        clearance=2.0,
        role=Role(Tag.P),
    )


grows = st.sampled_from((0.0, 0.0, 1.0, 2.5))
lengths = st.sampled_from((0.0, 3.0, 8.5))
insets = st.builds(Insets, lengths, lengths, lengths, lengths)
spacers = st.builds(SpacerBlock, height=lengths, grow=grows)
rules = st.just(RuleBlock(stroke=HAIRLINE))
icons = st.builds(IconBlock, icon=st.just(ICON), size=st.sampled_from((9.0, 27.0)), swatch=st.just(INK), role=st.none())
images = st.builds(ImageBlock, picture=st.just(PICTURE), size=st.just(Size(40.0, 20.0)), role=st.none())
leaves = st.one_of(
    text_blocks(), text_blocks(), text_blocks(), one_line_texts(), tiles(), fractions(), spacers, rules, icons, images
)
tracks = st.one_of(
    st.builds(FixedTrack, st.sampled_from((30.0, 90.0))),
    st.just(AutoTrack()),
    st.builds(FlexTrack, st.sampled_from((1.0, 2.0))),
)
steady = st.sampled_from((VAlign.TOP, VAlign.MIDDLE, VAlign.BOTTOM))
aligned = st.sampled_from(VAlign)
across = st.sampled_from((None, None, HAlign.LEFT, HAlign.CENTER, HAlign.RIGHT))


def boxes(
    children: st.SearchStrategy[Block], heights: tuple[float | None, ...] = (None, None, None, 60.0)
) -> st.SearchStrategy[BoxBlock]:
    return st.builds(
        BoxBlock,
        child=st.one_of(st.none(), children),
        inset=insets,
        fill=st.sampled_from((None, INK)),
        rules=st.just(()),
        halign=across,
        valign=steady,
        grow=grows,
        height=st.sampled_from(heights),
        width=st.sampled_from((None, None, None, 120.0)),
    )


def stacks(children: st.SearchStrategy[Block]) -> st.SearchStrategy[StackBlock]:
    return st.builds(StackBlock, children=st.lists(children, max_size=3).map(tuple), gap=lengths, grow=grows)


@st.composite
def columns(draw: st.DrawFn, children: st.SearchStrategy[Block], valigns: st.SearchStrategy[VAlign]) -> ColumnsBlock:
    blocks = draw(st.lists(children, min_size=1, max_size=3).map(tuple))
    widths = tuple(draw(tracks) for _ in blocks)
    return ColumnsBlock(children=blocks, tracks=widths, gap=draw(lengths), valign=draw(valigns), grow=draw(grows))


@st.composite
def tables(draw: st.DrawFn, children: st.SearchStrategy[Block], valigns: st.SearchStrategy[VAlign]) -> TableBlock:
    """Two columns, one to three rows; the first column may be one cell over all rows, a row one cell over both."""
    count = draw(st.integers(1, 3))
    tab = draw(st.booleans())
    block = st.one_of(st.none(), children)

    def cell(column: int, column_span: int = 1, row_span: int = 1) -> Cell:
        return Cell(draw(block), column, column_span, row_span, inset=draw(insets), halign=draw(across))

    def row(index: int) -> Row:
        if tab:
            cells = (cell(0, row_span=count), cell(1)) if index == 0 else (cell(1),)
        else:
            cells = (cell(0, column_span=2),) if draw(st.booleans()) else (cell(0), cell(1))
        return Row(
            cells,
            weight=draw(grows),
            min_height=draw(lengths),
            inset=draw(insets),
            below=draw(st.sampled_from((None, HAIRLINE))),
            valign=draw(valigns),
        )

    return TableBlock(
        tracks=(draw(tracks), draw(tracks)),
        rows=tuple(row(index) for index in range(count)),
        head_rows=draw(st.integers(0, 1)),
        gap=draw(lengths),
        role=Role(Tag.TABLE),
        grow=draw(grows),
    )


@st.composite
def grids(draw: st.DrawFn, children: st.SearchStrategy[Block]) -> GridBlock:
    """Up to four cells on places of their own, two columns by two rows; the first may reach over both columns."""
    wide = draw(st.booleans())
    places = draw(st.permutations(((0, 1), (1, 1)) if wide else ((0, 0), (1, 0), (0, 1), (1, 1))))
    cells = [GridCell(draw(children), 0, 0, column_span=2)] if wide else []
    cells += [GridCell(draw(children), *place) for place in places[: draw(st.integers(0, 3))]]
    height = draw(st.sampled_from((20.0, 60.0)))
    return GridBlock(cells=tuple(cells), columns=2, rows=2, cell_height=height, gap=draw(lengths), grow=draw(grows))


def trees(
    leaf: st.SearchStrategy[Block] = leaves, valigns: st.SearchStrategy[VAlign] = aligned
) -> st.SearchStrategy[Block]:
    turned = st.builds(RotatedBlock, child=leaf, angle=st.sampled_from((90, 270)))
    return st.recursive(
        st.one_of(leaf, leaf, leaf, turned),
        lambda children: st.one_of(
            stacks(children), boxes(children), columns(children, valigns), tables(children, valigns), grids(children)
        ),
        max_leaves=6,
    )


def settled() -> st.SearchStrategy[Block]:
    """Trees in which nobody gets more height than it needs, as in a region of the tree's own height."""
    rows = st.one_of(leaves, columns(leaves, aligned), tables(leaves, aligned))
    return st.recursive(rows, lambda children: st.one_of(stacks(children), boxes(children, (None,))), max_leaves=4)


widths = st.floats(20.0, 380.0, allow_nan=False)
surplus = st.sampled_from((0.0, 0.0, 17.0, 120.0))


MakeEngine = Callable[[], PageEngine]


@pytest.fixture(scope="session")
def engine(faces: FontBook) -> MakeEngine:
    """Makes engines that know nothing of each other."""
    return lambda: PageEngine(PAGE, faces, Setting(NO_COPYFIT, 0))


def words_of(block: Block) -> Iterator[str]:
    """The words of a tree in reading order."""
    match block:
        case TextBlock():
            yield from "".join(run.text for run in block.runs).split()
        case TileBlock():
            yield from block.text.text.split()
        case FractionBlock():
            yield from (block.over.text, block.under.text)
        case _:
            for child in children_of(block):
                yield from words_of(child)


def children_of(block: Block) -> Iterator[Block]:
    match block:
        case StackBlock() | ColumnsBlock():
            yield from block.children
        case RotatedBlock():
            yield block.child
        case BoxBlock(child=child) if child is not None:
            yield child
        case TableBlock():
            yield from (cell.block for row in block.rows for cell in row.cells if cell.block is not None)
        case GridBlock():
            yield from (cell.block for cell in block.cells)
        case _:
            return


def placed_texts(group: Group) -> Iterator[str]:
    """The text of each group that holds runs, in order; link and span groups belong to the text around them."""
    text = ""
    for item in group.items:
        match item:
            case TextRun():
                text += item.text
            case Group(role=Role(tag=Tag.LINK | Tag.SPAN)):
                text += "".join(placed_texts(item))
            case Group():
                yield from placed_texts(item)
    if is_fraction(group):
        yield from (item.text for item in group.items if isinstance(item, TextRun))
    else:
        yield text


def is_fraction(group: Group) -> bool:
    """Two texts with a bar between them stand on their own."""
    return len(group.items) == 3 and isinstance(group.items[1], RuleItem)


def without_hyphens(words: Iterator[str]) -> list[str]:
    """Words as letters only: a divided word has a hyphen more, a soft hyphen is none."""
    return [word.replace("-", "").replace("\u00ad", "") for word in words]


def assert_contained(group: Group, outer: Rect, matrix: Matrix = IDENTITY) -> None:
    """Everything in the group lies in `outer`, and every inner group in its own region (cells over several rows: in
    that of the table)."""
    region = matrix.apply_rect(group.region)
    assert outer.contains(region, SLACK), (outer, region)
    if group.role is not None and group.role.tag is Tag.TR:
        region = outer
    inner = matrix if group.matrix is None else group.matrix.then(matrix)
    for item in group.items:
        if isinstance(item, Group):
            assert_contained(item, region, inner)
        elif not (isinstance(item, TextRun) and item.text.isspace()):
            area = inner.apply_rect(extent(item))
            assert region.contains(area, SLACK), (region, item)


def extent(item: FrameItem) -> Rect:
    """What an item covers: a text from its capitals to its baseline, without the tracking after its last glyph."""
    match item:
        case TextRun():
            face = item.pieces[0].face
            height = face.cap_height * item.size / face.units_per_em
            return Rect(item.x, item.baseline - height, max(0.0, item.width - abs(item.tracking)), height)
        case FilledRect() | ImageItem():
            return item.rect
        case RuleItem():
            return Rect(item.x1, item.y1, item.x2 - item.x1, item.y2 - item.y1)
        case PathItem():
            return item.matrix.apply_rect(Rect(0.0, 0.0, ICON.width, ICON.height))
        case LinkArea() | Group():
            raise AssertionError(item)


def without_link_areas(group: Group) -> Group:
    """A link's area reaches from ascenders to descenders, beyond its line."""
    items = (without_link_areas(item) if isinstance(item, Group) else item for item in group.items)
    return replace(group, items=tuple(item for item in items if not isinstance(item, LinkArea)))


@given(trees(), widths, surplus)
def test_repeatable(engine: MakeEngine, block: Block, width: float, more: float) -> None:
    """Asked twice, by engines that know nothing of each other, a block answers the same."""
    one, other = engine(), engine()
    assert one.intrinsic(block) == other.intrinsic(block)
    assert one.measure(block, width) == other.measure(block, width)
    region = Rect(10.0, 20.0, width, one.measure(block, width).size.height + more)
    assert one.place(block, region) == other.place(block, region)


@given(trees(), widths, surplus)
def test_honest_and_contained(engine: MakeEngine, block: Block, width: float, more: float) -> None:
    """What measured without overset is placed inside its region, however much higher that is; and every part inside
    the part around it."""
    asked = engine()
    measured = asked.measure(block, width)
    assume(not measured.overset)
    region = Rect(10.0, 20.0, width, measured.size.height + more)
    assert_contained(without_link_areas(asked.place(block, region)), region)


@given(trees(), widths)
def test_no_word_is_lost(engine: MakeEngine, block: Block, width: float) -> None:
    """Every word is placed once and in reading order, whether it fits or not."""
    asked = engine()
    placed = asked.place(block, Rect(10.0, 20.0, width, asked.measure(block, width).size.height))
    read = (word for text in placed_texts(placed) for word in text.split())
    assert without_hyphens(words_of(block)) == without_hyphens(read)


@given(settled(), widths)
def test_measure_tells_a_true_baseline(engine: MakeEngine, block: Block, width: float) -> None:
    """The first baseline that a block measures is one on which it sets text, in a region of its own height."""
    asked = engine()
    measured = asked.measure(block, width)
    if measured.baseline is not None and not measured.overset:
        event("has a baseline")
        placed = asked.place(block, Rect(0.0, 0.0, width, measured.size.height))
        assert any(abs(measured.baseline - baseline) < SLACK for baseline in baselines(placed))


def baselines(group: Group, matrix: Matrix = IDENTITY) -> Iterator[float]:
    inner = matrix if group.matrix is None else group.matrix.then(matrix)
    for item in group.items:
        match item:
            case Group():
                yield from baselines(item, inner)
            case TextRun():
                yield inner.apply(item.x, item.baseline)[1]


@given(trees(valigns=steady), widths, widths)
def test_monotone(engine: MakeEngine, block: Block, width: float, other: float) -> None:
    """What fits a width fits a larger one, and is not higher in it."""
    narrow, wide = sorted((width, other))
    asked = engine()
    before, after = asked.measure(block, narrow), asked.measure(block, wide)
    assume(not before.overset)
    assert () == after.overset
    assert after.size.height <= before.size.height + SLACK


@given(trees(), widths)
def test_intrinsic_widths(engine: MakeEngine, block: Block, width: float) -> None:
    """Below its least width a block is overset; its most is never below its least."""
    asked = engine()
    found = asked.intrinsic(block)
    assert 0.0 <= found.least <= found.most + SLACK
    if width < found.least - SLACK:
        event("below the least width")
        assert asked.measure(block, width).overset


@given(trees(), widths)
def test_never_mutates(engine: MakeEngine, block: Block, width: float) -> None:
    """Measuring and placing leave a block as it was."""
    before = copy.deepcopy(block, {id(PICTURE): PICTURE})  # pictures are equal only to themselves
    asked = engine()
    asked.place(block, Rect(0.0, 0.0, width, asked.measure(block, width).size.height))
    assert before == block


@given(trees(), st.floats(40.0, 400.0), st.floats(30.0, 400.0))
def test_page_holds_everything_or_is_refused(engine: MakeEngine, block: Block, width: float, height: float) -> None:
    """A page is laid out with every word in its live area, or it is refused with a reason; there is nothing between."""
    page = PageGeometry(Size(width, height), PAGE.margins, PAGE.bleed)
    live = Rect(0.0, 0.0, width, height).inset(page.margins)
    laid_out = page_or_error(PageContent(page, block, INFO), engine().fonts)
    if isinstance(laid_out, DiagnosticError):
        event("refused")
        assert {"overset"} == {diagnostic.code for diagnostic in laid_out.diagnostics}
        assert all(diagnostic.message and diagnostic.hint for diagnostic in laid_out.diagnostics)
        return
    event("laid out")
    frame, report = laid_out
    (body,) = frame.root.items
    assert isinstance(body, Group)
    assert_contained(without_link_areas(body), live)
    assert report.slack >= -SLACK


def page_or_error(content: PageContent, fonts: FontBook) -> tuple[PageFrame, FitReport] | DiagnosticError:
    try:
        return lay_out(content, fonts)
    except DiagnosticError as error:
        return error
