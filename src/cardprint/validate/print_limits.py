"""What a layout asks of a press, before anything is drawn: asked only where its pages are to be printed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cardprint.model.layout_spec import (
    BlockSpec,
    BoxSpec,
    CellSpec,
    ColumnsSpec,
    GridCellSpec,
    GridSpec,
    PageSpec,
    RotatedSpec,
    RowSpec,
    StackSpec,
    TableSpec,
)
from cardprint.model.press import PressSpec
from cardprint.model.profile import SCREEN_NAME
from cardprint.validate.forms_layout import LayoutForm
from cardprint.validate.forms_theme import SwatchForm, ThemeForm


def check_print(form: LayoutForm, theme: ThemeForm, pages: Sequence[PageSpec]) -> None:
    """Report swatches of too much ink, margins inside the safety margin, and grounds that bleed where no page does.

    All that the form holds has been read without a fault."""
    spec = form.press.spec() if form.press else PressSpec()
    for name, swatch in theme.swatches.items():
        ink = sum(swatch.cmyk)
        if swatch.spot is None and ink > spec.ink_limit:
            message = f'The swatch "{name}" puts {ink:g} % of ink on the paper; the limit is {spec.ink_limit:g} %.'
            swatch.place(SwatchForm.cmyk).error("ink-limit", message, "Lower the four percentages.")
    page = form.place(LayoutForm.page)
    for sheet in {own.page: None for own in pages}:
        margins = sheet.margins
        least = min(margins.top, margins.right, margins.bottom, margins.left)
        if least < spec.safety:
            message = f"The margins let words come within {least:g}pt of the cut; print keeps {spec.safety:g}pt free."
            page.error("safety-margin", message, "Make the margins wider, or safety under print smaller.")
    unbled = [box for own in pages if not own.page.bleed for box in _bleeding(own.body)]
    if unbled:
        message = "This ground runs over the cut, and the page has no bleed: white would show where the cut is off."
        page.error("no-bleed", message, "Add bleed: 0.125in to page.", span=unbled[0].span)


def _bleeding(block: BlockSpec | None) -> Iterator[BoxSpec]:
    """The boxes in a block whose grounds run over an edge of the printed page."""
    if block is None or not _is_printed(block):
        return
    match block:
        case BoxSpec():
            if block.bleed:
                yield block
            yield from _bleeding(block.child)
        case RotatedSpec():
            yield from _bleeding(block.child)
        case StackSpec() | ColumnsSpec():
            for child in block.children:
                yield from _bleeding(child)
        case TableSpec():
            for row in (*block.head, *block.rows):
                for cell in row.cells if _is_printed(row) else ():
                    yield from _bleeding(cell.child if _is_printed(cell) else None)
        case GridSpec():
            for part in block.cells:
                yield from _bleeding(part.child if _is_printed(part) else None)
        case _:
            return


def _is_printed(spec: BlockSpec | RowSpec | CellSpec | GridCellSpec) -> bool:
    return spec.only != SCREEN_NAME
