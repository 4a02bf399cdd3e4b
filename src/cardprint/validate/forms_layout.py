"""What a layout says, key by key: the page, and the blocks that hold others."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from msgspec.structs import replace

from cardprint.model.content import Edge, FlexTrack, PageGeometry, VAlign
from cardprint.model.geometry import NO_INSETS, Insets, Size, inch, mm
from cardprint.model.layout_spec import BoxSpec, ColumnsSpec, PageSpec, Per, RotatedSpec, StackSpec, StrokeSpec
from cardprint.model.page_scopes import BOOK_SCOPE, FACTS_SCOPE
from cardprint.model.scope import EDITION_SCOPE, RecordShape
from cardprint.validate.form import Field, Form, Nested, optional, required
from cardprint.validate.forms_blocks import (
    BLOCK,
    STROKE,
    SWATCH,
    BlockForm,
    FractionForm,
    IconForm,
    ImageForm,
    QrForm,
    Repeating,
    RuleForm,
    SpacerForm,
    StrokeForm,
    TextForm,
    TileForm,
    stroke,
)
from cardprint.validate.forms_copyfit import CopyfitForm
from cardprint.validate.forms_press import PrintForm
from cardprint.validate.forms_tables import ACROSS, AS, DOWN, GAP, MOST_BLOCKS, TRACKS, GridForm, TableForm
from cardprint.validate.forms_theme import ThemeForm, names_of_theme
from cardprint.validate.lengths import InsetsReader, Length
from cardprint.validate.place import At, RefusedError
from cardprint.validate.reader import Definitions, Either, List, OrNothing, Schema, Table, Unread
from cardprint.validate.templates import LinkTemplate, TemplateText
from cardprint.validate.texts import Choice, FilePath, Word

PAGE_SIZES = {
    "letter": Size(inch(8.5), inch(11)),
    "legal": Size(inch(8.5), inch(14)),
    "tabloid": Size(inch(11), inch(17)),
    "a3": Size(mm(297), mm(420)),
    "a4": Size(mm(210), mm(297)),
    "a5": Size(mm(148), mm(210)),
}

_EDGES = Choice({edge.value: edge for edge in Edge})
_BLOCKS = List(BLOCK, "blocks", most=MOST_BLOCKS)


class StackForm(BlockForm, what="a stack"):
    """Blocks one under another."""

    kind = "stack"

    stack = required(_BLOCKS, "The blocks from the top down.")
    gap = optional(GAP, "The space between them; left out: none.", default=0.0)
    tag = optional(AS, "What it is to readers who do not see it; left out: nothing of its own.", key="as")

    def spec(self) -> StackSpec:
        children = tuple(block.spec() for block in self.stack)
        return StackSpec(children=children, gap=self.gap, tag=self.tag, **self.common())


class ColumnsForm(BlockForm, what="columns"):
    """Blocks side by side, each on a track."""

    kind = "columns"

    columns = required(_BLOCKS, "The blocks from left to right.")
    tracks = optional(TRACKS, "The width of each; left out: all the same.")
    gap = optional(GAP, "The space between them; left out: none.", default=0.0)
    align = optional(DOWN, "How they stand beside one another; left out: top.", default=VAlign.TOP)
    tag = optional(AS, "What it is to readers who do not see it; left out: nothing of its own.", key="as")
    link = optional(LinkTemplate(), "The address that the whole of them leads to, a template.")
    leads_to = optional(TemplateText(), "What is at that address, in words, a template.")

    def check(self) -> None:
        if self.gives(ColumnsForm.link) is not self.gives(ColumnsForm.leads_to):
            given = ColumnsForm.link if self.gives(ColumnsForm.link) else ColumnsForm.leads_to
            message = "Columns that are a link need link and leads_to: the address, and what is there."
            self.place(given).error("missing-key", message, "Give both, or neither.")
        varies = any(
            block.gives(field) for block in self.columns for field in (Repeating.repeat, Repeating.when, Repeating.only)
        )
        if varies and not self.gives(ColumnsForm.tracks):
            self.at.error("missing-key", "Columns whose number depends on data need tracks.", "Add tracks.")
        if varies or self.tracks is None or not self.whole(ColumnsForm.columns) or not self.whole(ColumnsForm.tracks):
            return
        if len(self.tracks) != len(self.columns):
            message = f"Found {len(self.tracks)} tracks for {len(self.columns)} columns."
            self.place(ColumnsForm.tracks).error("wrong-count", message, "Give each column one track.")

    def spec(self) -> ColumnsSpec:
        return ColumnsSpec(
            children=tuple(block.spec() for block in self.columns),
            tracks=self.tracks or (FlexTrack(),) * len(self.columns),
            gap=self.gap,
            valign=self.align,
            tag=self.tag,
            link=self.link,
            leads_to=self.leads_to,
            **self.common(),
        )


class _QuarterTurn(Choice[int]):
    """An angle in degrees: a number in the file, a choice all the same."""

    def schema(self, definitions: Definitions) -> Schema:  # noqa: ARG002
        return {"enum": list(self.options.values())}


class RotatedForm(BlockForm, what="a rotated block"):
    """A block turned by a quarter."""

    kind = "rotate"

    rotate = required(BLOCK, "The block.")
    angle = optional(_QuarterTurn({"90": 90, "270": 270}), "90 reads upwards, 270 downwards; left out: 90.", default=90)

    def spec(self) -> RotatedSpec:
        return RotatedSpec(child=self.rotate.spec(), angle=self.angle, **self.common())


class EdgeStrokesForm(Form, what="rules on edges"):
    """Rules on single edges of a box."""

    top = optional(STROKE, "Along the top.")
    right = optional(STROKE, "Along the right.")
    bottom = optional(STROKE, "Along the bottom.")
    left = optional(STROKE, "Along the left.")

    def spec(self) -> tuple[tuple[Edge, StrokeSpec], ...]:
        edges: dict[Edge, StrokeForm | None] = {
            Edge.TOP: self.top,
            Edge.RIGHT: self.right,
            Edge.BOTTOM: self.bottom,
            Edge.LEFT: self.left,
        }
        return tuple((edge, form.spec()) for edge, form in edges.items() if form)


class BoxForm(BlockForm, what="a box"):
    """A block with ground, border and inset, or the ground alone."""

    kind = "box"

    box = required(OrNothing(BLOCK), "The block in it, or null.")
    inset = optional(InsetsReader(), "The space inside its edges; left out: none.", default=NO_INSETS)
    fill = optional(SWATCH, "The colour of its ground, a template.")
    border = optional(STROKE, "A line around it.")
    rules = optional(Nested(EdgeStrokesForm), "Lines along single edges.")
    radius = optional(Length(), "The radius of its corners; left out: none.", default=0.0)
    bleed = optional(
        List(_EDGES, "edges", most=4),
        "The edges where the ground runs over margin and trim.",
        default=(),
    )
    across = optional(ACROSS, "Where the block stands from left to right.")
    down = optional(DOWN, "Where the block stands from top to bottom; left out: top.", default=VAlign.TOP)
    width = optional(Length(above=True), "Its width; left out: that of its region.")
    height = optional(Length(above=True), "Its height; left out: that of the block and the inset.")

    def spec(self) -> BoxSpec:
        return BoxSpec(
            child=self.box.spec() if self.box else None,
            inset=self.inset,
            fill=self.fill,
            border=stroke(self.border),
            rules=self.rules.spec() if self.rules else (),
            radius=self.radius,
            bleed=frozenset(self.bleed),
            halign=self.across,
            valign=self.down,
            width=self.width,
            height=self.height,
            **self.common(),
        )


BLOCK.forms.update(
    (form.kind, form)
    for form in (
        StackForm,
        ColumnsForm,
        TableForm,
        GridForm,
        TextForm,
        TileForm,
        FractionForm,
        IconForm,
        ImageForm,
        QrForm,
        RuleForm,
        SpacerForm,
        RotatedForm,
        BoxForm,
    )
)


_PAGE_SIZE = Either(Choice(PAGE_SIZES), List(Length(above=True), "lengths: width and height", least=2, most=2))


class PageForm(Form, what="the page", inherits=True):
    """The sheet."""

    size = required(_PAGE_SIZE, "letter, a4 and the like, or width and height; after trimming.")
    margins = required(InsetsReader(), "The margins around the live area.")
    bleed = optional(Length(most=inch(1)), "How far grounds run over the trim; left out: not at all.", default=0.0)

    def check(self) -> None:
        if not self.whole(PageForm.size):
            return
        check_margins(self.margins, self.trim, self.place(PageForm.margins))

    @property
    def trim(self) -> Size:
        """The sheet's size after trimming."""
        return self.size if isinstance(self.size, Size) else Size(*self.size)

    def spec(self) -> PageGeometry:
        return PageGeometry(self.trim, self.margins, self.bleed)


def check_margins(margins: Insets, size: Size, place: At) -> None:
    """Report margins that leave nothing of a sheet of `size`."""
    if margins.horizontal >= size.width or margins.vertical >= size.height:
        message = f"The margins leave nothing of a page of {size.width:g}pt by {size.height:g}pt."
        place.error("out-of-range", message, "Make them smaller.")


class DocumentForm(Form, what="what the document says of itself", inherits=True):
    """Title and subject of the file."""

    title = required(TemplateText(), "The title, a template.")
    subject = optional(TemplateText(), "What it is about, a template.")
    suffix = optional(
        Word("a word", "rack-card"), "What its file is told apart by from other cards of a state.", default=""
    )


_THEME = Either(FilePath("the path of a theme", (".yaml", ".yml")), Nested(ThemeForm))


class PageOfManyForm(Form, what="a page of several"):
    """What stands on one of several pages, all of them on sheets of one size."""

    margins = optional(InsetsReader(), "The margins around its live area; left out: those of page.")
    body = required(BLOCK, "The block that fills its live area.")


_PAGES = Table(Word("a name", "front"), Nested(PageOfManyForm), "names of pages and what stands on them", most=20)


class SizeForm(Form, what="another size"):
    """What is other than on the layout's own size, as if a layout for this one extended it."""

    page = required(Unread(Nested(PageForm)), "The sheet.")
    theme = optional(Unread(Nested(ThemeForm)), "Styles and swatches.")
    copyfit = optional(Unread(Nested(CopyfitForm)), "What may be adjusted so that long texts fit.")
    body = optional(Unread(BLOCK), "The block that fills the live area.")
    pages = optional(Unread(_PAGES), "The pages by name, where there is more than one.")


_SCOPES = {Per.EDITION: EDITION_SCOPE, Per.BOOK: BOOK_SCOPE, Per.FOLIO: BOOK_SCOPE, Per.FACTS: FACTS_SCOPE}


class LayoutForm(Form, what="a layout"):
    """A page and what stands on it."""

    extends = optional(FilePath("the path of a layout", (".yaml", ".yml")), "A layout that this one is merged over.")
    per = optional(
        Choice({per.value: per for per in Per}),
        "What a page is drawn for: each state, the edition, its book or the foot of that, facts; left out: state.",
        default=Per.STATE,
    )
    page = required(Nested(PageForm), "The sheet.")
    sizes = optional(
        Table(Word("a name", "a4"), Nested(SizeForm), "names of sizes and what is other on them", most=20),
        "Other sizes to choose from, by name, and what is other on each; left out: none.",
        default={},
    )
    theme = required(_THEME, "A theme's path, or a theme.")
    document = required(Nested(DocumentForm), "What the file says of itself.")
    press = optional(Nested(PrintForm), "What becomes of it in print; left out: the usual.", key="print")
    copyfit = optional(Nested(CopyfitForm), "What may be adjusted so that long texts fit; left out: nothing.")
    body = optional(BLOCK, "The block that fills the live area of the only page.")
    pages = optional(
        _PAGES,
        "The pages by name, in the order in which they are read, where there is more than one.",
    )

    one_of = ("body", "pages")

    def check(self) -> None:
        body, pages = self.gives(LayoutForm.body), self.gives(LayoutForm.pages)
        if body and pages:
            message = "This layout has a body, which is for one page, and pages."
            self.place(LayoutForm.pages).error(
                "two-kinds", message, "Take one of them away, or extend a layout that has pages, too."
            )
        elif pages and not self.pages and self.whole(LayoutForm.pages):
            self.place(LayoutForm.pages).error("too-few", "This layout has no page.", "Name one at least.")
        elif not body and not pages and not self.misspelt & {*self.one_of}:
            message = 'The key "body" is missing in a layout, expected a block; or pages, where there are several.'
            self.at.error("missing-key", message, "Add body.")
        for own in (self.pages or {}).values():
            if own.margins is not None:
                check_margins(own.margins, self.page.trim, own.place(PageOfManyForm.margins))

    def onward(self, field: Field[Any], at: At) -> At:
        if field is LayoutForm.per and at.names.scope is not None:
            return at.knowing(replace(at.names, scope=self._scope(at.names.scope)))
        if field is LayoutForm.theme:
            return at.knowing(names_of_theme(self.place(LayoutForm.theme)))
        return at

    def _scope(self, of_state: RecordShape) -> RecordShape | None:
        """What the layout's templates may name; None if what it draws a page for cannot be read."""
        with suppress(RefusedError):
            return _SCOPES.get(self.per, of_state)
        return None


def pages_of(form: LayoutForm) -> tuple[PageSpec, ...]:
    """The pages of a layout without a fault."""
    page = form.page.spec()
    if form.body:
        return (PageSpec("body", page, form.body.spec()),)
    return tuple(
        PageSpec(name, replace(page, margins=page.margins if own.margins is None else own.margins), own.body.spec())
        for name, own in (form.pages or {}).items()
    )
