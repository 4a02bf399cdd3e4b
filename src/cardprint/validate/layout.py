"""From the nodes of a layout, its theme included, to a `LayoutSpec`."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import PurePosixPath

from cardprint.model.copyfit import NO_COPYFIT
from cardprint.model.icon import Icon, Picture
from cardprint.model.layout_spec import (
    BlockSpec,
    BoxSpec,
    ColumnsSpec,
    GridSpec,
    LayoutSpec,
    RotatedSpec,
    StackSpec,
    TableSpec,
    Theme,
)
from cardprint.model.node import Node
from cardprint.model.scope import RecordShape
from cardprint.validate.form import read_form
from cardprint.validate.forms_copyfit import copyfit_of
from cardprint.validate.forms_layout import LayoutForm, pages_of
from cardprint.validate.forms_theme import ThemeForm
from cardprint.validate.names import Names
from cardprint.validate.place import RefusedError
from cardprint.validate.theme import check_theme, styles_of, swatches_of


def validate_layout(
    node: Node,
    *,
    fonts: Collection[str] | None,
    icons: Mapping[str, Icon],
    pictures: Mapping[str, Picture | Icon],
    scope: RecordShape,
    letters: Sequence[str],
    press: bool = False,
) -> LayoutSpec:
    """The layout that a file describes, `extends` already merged and `theme` already a mapping.

    `fonts` are the names of all faces; None: they are not known, so that none is refused. `scope` is what its templates
    may name if it draws one page for each state (for the whole edition: `EDITION_SCOPE`), `letters` the grades by which
    they may pick swatches and icons. For a `press` it must not ask for what that cannot do.
    Raises `DiagnosticError` with everything wrong in the layout and its theme. A theme that is still a path is one that
    could not be read; then the layout is looked through as far as that goes, and refused."""
    names = Names(scope=scope, fonts=fonts, icons=icons, pictures=pictures, letters=letters)
    form = read_form(LayoutForm, node, names)
    theme = _theme_of(form)
    swatches = swatches_of(theme)
    styles = styles_of(theme, swatches)
    pages = pages_of(form)
    padding = max(most_padding(page.body) for page in pages)
    copyfit = copyfit_of(form.copyfit, theme, styles, padding, node.span.file) if form.copyfit else NO_COPYFIT
    if press:
        from cardprint.validate.print_limits import check_print  # screen cards do without

        check_print(form, theme, pages)
    form.at.log.raise_errors()
    return LayoutSpec(
        name=PurePosixPath(node.span.file).stem,
        pages=pages,
        theme=Theme(swatches, styles, icons, pictures),
        title=form.document.title,
        subject=form.document.subject,
        suffix=form.document.suffix,
        span=form.at.span,
        copyfit=copyfit,
        per=form.per,
        sizes=tuple(form.sizes),
        press=form.press.spec() if form.press else None,
    )


def _theme_of(form: LayoutForm) -> ThemeForm:
    """The theme of a layout in which nothing that can be told form by form is wrong; else `DiagnosticError`."""
    with suppress(RefusedError):
        theme = form.theme
        if isinstance(theme, ThemeForm):
            check_theme(theme)
        else:
            message = "This theme could not be read, so that nothing which names its styles and swatches was checked."
            form.place(LayoutForm.theme).error("theme-not-read", message, "Mend the theme first.")
    form.at.log.raise_errors()
    if not isinstance(theme, ThemeForm):
        raise AssertionError("a theme was refused without a report")
    return theme


def most_padding(block: BlockSpec | None) -> float:
    """The most that a row of any table in the block keeps above or below its cells."""
    match block:
        case TableSpec():
            rows = (*block.head, *block.rows)
            own = max((max(row.inset.top, row.inset.bottom) for row in rows), default=0.0)
            return max([own, *(most_padding(cell.child) for row in rows for cell in row.cells)])
        case StackSpec() | ColumnsSpec():
            return max(map(most_padding, block.children), default=0.0)
        case GridSpec():
            return max((most_padding(cell.child) for cell in block.cells), default=0.0)
        case BoxSpec() | RotatedSpec():
            return most_padding(block.child)
        case _:
            return 0.0
