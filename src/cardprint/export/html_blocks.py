"""Blocks as elements of HTML: headings, paragraphs, lists and tables stay what they are in the PDF's structure."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from html import escape
from typing import Final, assert_never

from cardprint.export.glyphs import path_data
from cardprint.export.numbers import number
from cardprint.export.style_sheet import StyleSheet, length, line, merged, track_widths
from cardprint.model.colour import Swatch
from cardprint.model.content import (
    Block,
    BoxBlock,
    Cell,
    ColumnsBlock,
    Edge,
    FixedTrack,
    FlexTrack,
    FractionBlock,
    GridBlock,
    HAlign,
    IconBlock,
    ImageBlock,
    RotatedBlock,
    Row,
    RuleBlock,
    Run,
    SpacerBlock,
    StackBlock,
    TableBlock,
    TextBlock,
    TileBlock,
    VAlign,
)
from cardprint.model.geometry import Size
from cardprint.model.icon import Icon, Picture
from cardprint.model.structure import Role, Scope, Tag

Declarations = Mapping[str, str | None]

_TAGS: Final = {
    Tag.H1: "h1",
    Tag.H2: "h2",
    Tag.H3: "h3",
    Tag.P: "p",
    Tag.SPAN: "span",
    Tag.SECT: "section",
    Tag.L: "ul",
    Tag.LI: "li",
}
_JPEG_START: Final = b"\xff\xd8\xff"
_DOWN: Final = {
    VAlign.TOP: "flex-start",
    VAlign.MIDDLE: "center",
    VAlign.BOTTOM: "flex-end",
    VAlign.BASELINE: "flex-start",
}
_ACROSS: Final = {HAlign.LEFT: "flex-start", HAlign.CENTER: "center", HAlign.RIGHT: "flex-end", None: None}
_BESIDE: Final = {
    VAlign.TOP: "stretch",
    VAlign.MIDDLE: "center",
    VAlign.BOTTOM: "end",
    VAlign.BASELINE: "baseline",
}
_STUB: Final = re.compile(r"(?<![\w-])\w{1,3}-\w[\w-]*")
_NARROW: Final = 60.0
"""Points. Columns that are wider stand under one another on small screens."""


class Markup:
    """Writes the elements of one page; `sheet` collects how they look."""

    def __init__(self, sheet: StyleSheet) -> None:
        self._sheet = sheet

    def block(self, block: Block, extra: Declarations | None = None) -> str:  # noqa: C901 (one case for each kind)
        """The element of a block. `extra` are declarations that its place asks for."""
        around = merged({"flex_grow": number(block.grow) if block.grow else None}, extra or {})
        match block:
            case TextBlock():
                return self._text(block, around)
            case TileBlock():
                return self._tile(block, around)
            case FractionBlock():
                return self._fraction(block, around)
            case IconBlock():
                return self._vector(block.icon, Size(block.size, block.size), block.swatch, block.role, around)
            case ImageBlock():
                return self._image(block, around)
            case RuleBlock():
                return self._empty(merged({"border_top": line(block.stroke)}, around))
            case SpacerBlock():
                return self._empty(merged({"min_height": length(block.height), "flex_shrink": "0"}, around))
            case BoxBlock():
                return self._box(block, around)
            case RotatedBlock():
                upwards = ("upwards",) if block.angle == 90 else ()
                return f"<div{self._sheet.classes('turned', *upwards, **around)}>{self.block(block.child)}</div>"
            case StackBlock():
                styled = merged({"gap": length(block.gap) if block.gap else None}, around)
                return self._grouped("stack", block.role, styled, block.children)
            case ColumnsBlock():
                return self._columns(block, around)
            case TableBlock():
                return self._table(block, around)
            case GridBlock():
                return self._grid(block, around)
            case _:
                assert_never(block)

    def _empty(self, declarations: Declarations) -> str:
        return f"<div{self._sheet.classes(**declarations)}></div>"

    def _grouped(
        self,
        kind: str,
        role: Role | None,
        styled: Declarations,
        children: Iterable[Block],
        place: Callable[[int], Declarations] | None = None,
    ) -> str:
        """Blocks in an element of their own; those of a list are its entries."""
        in_list = role is not None and role.tag is Tag.L
        parts = []
        for position, child in enumerate(children):
            part = self.block(child, place(position) if place else None)
            entry = isinstance(child, StackBlock | ColumnsBlock) and child.role is not None and child.role.tag is Tag.LI
            parts.append(f"<li>{part}</li>" if in_list and not entry else part)
        tag = _tag(role)
        listed = ' role="list"' if in_list else ""  # which some browsers forget where a list has no bullets
        return f"<{tag}{listed}{self._sheet.classes(*kind.split(), **styled)}>{''.join(parts)}</{tag}>"

    def _text(self, block: TextBlock, around: Declarations) -> str:
        words = "".join([run.text for run in block.runs])
        own = self._sheet.text(block.style, words)
        linked = any(run.link for run in block.runs)
        inner = "".join([self._run(run, own) for run in block.runs])
        role = block.role
        if role.reads is not None and not linked:
            inner = _aloud(inner, role.reads)
        tag = _tag(role)
        language = f' lang="{escape(role.language)}"' if role.language else ""
        return f"<{tag}{language}{self._sheet.classes(**merged(own, around))}>{inner}</{tag}>"

    def _run(self, run: Run, own: Declarations) -> str:
        """A run in a text whose own declarations are known; only what differs is said again."""
        styled = self._sheet.text(run.style, run.text)
        differs = {name: value for name, value in styled.items() if value != own.get(name) and name != "text_align"}
        attributes = self._sheet.classes(**differs)
        if run.language:
            attributes += f' lang="{escape(run.language)}"'
        inner = _unbroken(run.text)
        if run.expansion:
            inner = f'<abbr title="{escape(run.expansion)}">{inner}</abbr>'
        if run.link:
            return f'<a href="{escape(run.link)}"{attributes}>{inner}</a>'
        return f"<span{attributes}>{inner}</span>" if attributes else inner

    def _tile(self, block: TileBlock, around: Declarations) -> str:
        own = self._sheet.text(block.text.style, block.text.text)
        styled = merged(
            own,
            {
                "width": length(block.size.width),
                "height": length(block.size.height),
                "border_radius": length(block.radius) if block.radius else None,
                "background": block.fill.hex,
                "line_height": "1",
            },
            around,
        )
        inner = _aloud(self._run(block.text, own), block.role.reads)
        return f"<p{self._sheet.classes('tile', **styled)}>{inner}</p>"

    def _fraction(self, block: FractionBlock, around: Declarations) -> str:
        sheet = self._sheet
        over, under = (
            merged(sheet.text(run.style, run.text), {"line_height": "1", "text_align": None})
            for run in (block.over, block.under)
        )
        gap = length(block.clearance / 2)
        bar = {"border_bottom": line(block.bar), "padding_bottom": gap, "margin_bottom": gap}
        wide: Declarations = {"min_width": length(block.bar_width), "text_align": "center"}
        inner = (
            f"<span{sheet.classes(**merged(over, bar, wide))}>{escape(block.over.text, quote=False)}</span> "
            f"<span{sheet.classes(**merged(under, wide))}>{escape(block.under.text, quote=False)}</span>"
        )
        return f"<p{sheet.classes('fraction', **around)}>{_aloud(inner, block.role.reads)}</p>"

    def _image(self, block: ImageBlock, around: Declarations) -> str:
        if isinstance(block.picture, Icon):
            return self._vector(block.picture, block.size, block.swatch, block.role, around)
        size = {"width": length(block.size.width), "height": length(block.size.height)}
        alt = escape(block.role.alt or "") if block.role else ""
        return f'<img{self._sheet.classes(**merged(size, around))} src="{_data_address(block.picture)}" alt="{alt}">'

    def _vector(self, icon: Icon, size: Size, swatch: Swatch | None, role: Role | None, around: Declarations) -> str:
        styled = merged({"width": length(size.width), "height": length(size.height)}, around)
        told = f' role="img" aria-label="{escape(role.alt or "")}"' if role else ' aria-hidden="true"'
        box = f'viewBox="0 0 {number(icon.width)} {number(icon.height)}"'
        colour = swatch.hex if swatch else "#000000"
        path = f'<path fill="{colour}" d="{path_data(icon.outline)}"/>'
        return f"<svg{self._sheet.classes(**styled)}{told} {box}>{path}</svg>"

    def _box(self, block: BoxBlock, around: Declarations) -> str:
        inset, bleeds = block.inset, block.bleed
        insets = {Edge.TOP: inset.top, Edge.RIGHT: inset.right, Edge.BOTTOM: inset.bottom, Edge.LEFT: inset.left}
        styled: dict[str, str | None] = {
            "background": block.fill.hex if block.fill else None,
            "border": line(block.border),
            "border_radius": length(block.radius) if block.radius else None,
            "width": length(block.width) if block.width is not None else None,
            "min_height": length(block.height) if block.height is not None else None,
            "align_items": _ACROSS[block.halign],
            "justify_content": None if block.valign is VAlign.TOP else _DOWN[block.valign],
        }
        for edge, value in insets.items():
            margin = f"var(--{edge.value})"
            if edge in bleeds:
                styled[f"margin_{edge.value}"] = f"calc(-1*{margin})"
                styled[f"padding_{edge.value}"] = f"calc({margin} + {length(value)})"
            elif value:
                styled[f"padding_{edge.value}"] = length(value)
        for edge, stroke in block.rules:
            styled[f"border_{edge.value}"] = line(stroke)
        inner = self.block(block.child) if block.child is not None else ""
        return f"<div{self._sheet.classes('box', **merged(styled, around))}>{inner}</div>"

    def _columns(self, block: ColumnsBlock, around: Declarations) -> str:
        tracks = block.tracks
        if len(tracks) == 1 and len(block.children) > 1:
            tracks = tracks * len(block.children)
        broad = [t for t in tracks if isinstance(t, FlexTrack) or (isinstance(t, FixedTrack) and t.width > _NARROW)]
        styled = {
            "grid_template_columns": track_widths(tracks),
            "gap": length(block.gap) if block.gap else None,
            "align_items": _BESIDE[block.valign],
        }
        kind = "columns broad" if len(broad) > 1 else "columns"
        return self._grouped(kind, block.role, merged(styled, around), block.children)

    def _grid(self, block: GridBlock, around: Declarations) -> str:
        def place(position: int) -> Declarations:
            cell = block.cells[position]
            return {
                "grid_column": f"{cell.column + 1}/span {cell.column_span}",
                "grid_row": f"{cell.row + 1}/span {cell.row_span}",
            }

        styled = {
            "grid_template_columns": f"repeat({block.columns},minmax(0,1fr))",
            "grid_auto_rows": f"minmax({length(block.cell_height)},auto)",
            "gap": length(block.gap) if block.gap else None,
        }
        return self._grouped("columns", block.role, merged(styled, around), [c.block for c in block.cells], place)

    def _table(self, block: TableBlock, around: Declarations) -> str:
        fixed = all(isinstance(track, FixedTrack | FlexTrack) for track in block.tracks)
        columns = "".join(
            [
                f"<col{self._sheet.classes(width=length(t.width) if isinstance(t, FixedTrack) else None)}>"
                for t in block.tracks
            ]
        )
        head, body = block.rows[: block.head_rows], block.rows[block.head_rows :]
        parts = [
            f'<{tag} role="rowgroup">{"".join([self._row(row, block, head=tag == "thead") for row in rows])}</{tag}>'
            for tag, rows in (("thead", head), ("tbody", body))
            if rows
        ]
        styled = self._sheet.classes(**merged({"table_layout": "fixed" if fixed else None}, around))
        # The roles say what small screens would make browsers forget, where cells are no longer laid out as a table.
        return f'<table role="table"{styled}><colgroup>{columns}</colgroup>{"".join(parts)}</table>'

    def _row(self, row: Row, table: TableBlock, *, head: bool) -> str:
        styled = {
            "background": row.fill.hex if row.fill else None,
            "height": length(row.min_height) if row.min_height else None,
        }
        cells = "".join([self._cell(cell, row, table, head=head) for cell in row.cells])
        names = ["filled"] if row.fill else []
        return f'<tr role="row"{self._sheet.classes(*names, **styled)}>{cells}</tr>'

    def _cell(self, cell: Cell, row: Row, table: TableBlock, *, head: bool) -> str:
        valign = cell.valign or row.valign
        gap = table.gap if cell.column + cell.column_span < len(table.tracks) else 0.0
        ruled = cell.column >= row.rule_from
        styled = {
            "padding": " ".join(
                [
                    length(one + other)
                    for one, other in (
                        (row.inset.top, cell.inset.top),
                        (row.inset.right, cell.inset.right + gap),
                        (row.inset.bottom, cell.inset.bottom),
                        (row.inset.left, cell.inset.left),
                    )
                ]
            ),
            "border_top": line(row.above) if ruled else None,
            "border_bottom": line(row.below) if ruled else None,
            "background": cell.fill.hex if cell.fill else None,
            "vertical_align": valign.value,
            "text_align": cell.halign.value if cell.halign and cell.halign is not HAlign.LEFT else None,
        }
        rest = isinstance(table.tracks[cell.column], FlexTrack) and cell.column > 0
        names = [*(["rest"] if rest else []), *(["tab"] if isinstance(cell.block, RotatedBlock) else [])]
        spans = f' rowspan="{cell.row_span}"' if cell.row_span > 1 else ""
        spans += f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
        inner = self.block(cell.block) if cell.block is not None else ""
        attributes = f"{spans}{self._sheet.classes(*names, **styled)}"
        if cell.header is None or not inner:
            return f'<td role="cell"{attributes}>{inner}</td>'
        scope, role = ("col", "columnheader") if cell.header is Scope.COLUMN or head else ("row", "rowheader")
        return f'<th scope="{scope}" role="{role}"{attributes}>{inner}</th>'


def _tag(role: Role | None) -> str:
    return "div" if role is None else _TAGS.get(role.tag, "div")


def _unbroken(text: str) -> str:
    """The text of a paragraph, words with a short first part ("non-", "in-") kept on one line."""
    return _STUB.sub(r'<span class="whole">\g<0></span>', escape(text, quote=False))


def _aloud(shown: str, reads: str | None) -> str:
    """What is shown, with what is read aloud in its place, if that differs."""
    if reads is None:
        return shown
    return f'<span aria-hidden="true">{shown}</span><span class="aloud">{escape(reads, quote=False)}</span>'


def _data_address(picture: Picture) -> str:
    kind = "jpeg" if picture.data.startswith(_JPEG_START) else "png"
    return f"data:image/{kind};base64,{base64.b64encode(picture.data).decode('ascii')}"
