"""Printable report cards: one-page PDFs drawn from a dataset by a declarative layout.

`render` makes one card. For many cards, open the edition once with `open_project` and give it to `render_card` or
`render_cards`. For finished cards inside other documents there is `place_card`; with
`card_art` a card becomes an object for documents made with pypdf (`place_on_page`) or ReportLab (`CardFlowable`,
`draw_card`). Everything here may be called from several threads and processes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import os

    from cardprint.model.art import CardArt
    from cardprint.model.diagnostics import Diagnostic, DiagnosticError
    from cardprint.model.geometry import Rect
    from cardprint.paint.flowable import CardFlowable, draw_card
    from cardprint.pipeline import (
        FailedCard,
        Project,
        RenderedCard,
        RenderedEdition,
        RequestError,
        open_project,
        render_card,
        render_cards,
        render_edition,
    )
    from cardprint.place import place_on_page
    from cardprint.tasks.placing import card_art, place_card

__version__ = "0.1.0"

__all__ = [
    "CardArt",
    "CardFlowable",
    "Diagnostic",
    "DiagnosticError",
    "FailedCard",
    "Project",
    "Rect",
    "RenderedCard",
    "RenderedEdition",
    "RequestError",
    "card_art",
    "draw_card",
    "open_project",
    "place_card",
    "place_on_page",
    "render",
    "render_card",
    "render_cards",
    "render_edition",
]

_MODULES = {
    "CardArt": "model.art",
    "CardFlowable": "paint.flowable",
    "Diagnostic": "model.diagnostics",
    "DiagnosticError": "model.diagnostics",
    "Rect": "model.geometry",
    "card_art": "tasks.placing",
    "draw_card": "paint.flowable",
    "place_card": "tasks.placing",
    "place_on_page": "place",
}


def render(
    state: str,
    data: str | os.PathLike[str] | None = None,
    layout: str | os.PathLike[str] | None = None,
    size: str | None = None,
    profile: str = "screen",
) -> bytes:
    """The card of `state` (a name, postal code or slug, in any case) as the bytes of a PDF.

    `data` is an edition's folder, `layout` a shipped layout's name or a file, `size` one of the layout's sizes; without
    them, what cardprint ships. `profile` is "screen", or "print" for a file that a printer can use. Raises
    `RequestError` if one of these does not exist, else `DiagnosticError` with all that is wrong in the files.
    """
    from cardprint.pipeline import open_project, render_card

    return render_card(open_project(data=data, layout=layout, size=size, profile=profile), state).pdf


def __getattr__(name: str) -> object:
    """The other public names, their modules loaded at first use: what prints a version must not load an engine."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULES.get(name, 'pipeline')}"), name)
