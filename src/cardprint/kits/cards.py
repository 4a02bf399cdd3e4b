"""What a kit holds of a card, made in whatever process: documents, pictures, drawings, a web page, words."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec import Struct

from cardprint.bulk.jobs import Answer, Refused
from cardprint.model.diagnostics import Diagnostic
from cardprint.model.source import Source
from cardprint.package.captions import caption, card_alt_text, social_alt_text
from cardprint.package.contents import Proof
from cardprint.package.figures import Figures, state_figures

if TYPE_CHECKING:
    from cardprint.model.frame import PageFrame
    from cardprint.pipeline import ComposedCard, Project

SOCIAL_LAYOUT: Final = "social"
_PRINT_DPI: Final = 300
_WEB_DPI: Final = 144
_SOCIAL_DPI: Final = 144
"""600 × 315 points become 1200 × 630 pixels."""


class Trio(NamedTuple):
    """The projects of one kit: cards for screens, cards for a press, pictures for social media."""

    screen: Project
    press: Project
    social: Project


class CardFiles(Struct, frozen=True):
    """A card's files in one kit, by their names there; what was proved of them; and for each picture the name of its
    file, the state's, the alternative text and the caption. `name` is that of the card's own file, without ending."""

    name: str
    files: tuple[tuple[str, bytes], ...]
    proofs: tuple[Proof, ...]
    captions: tuple[tuple[str, str, str, str], ...]


class KitCard(Struct, Answer, frozen=True):
    """A card finished for each of the kits, the figures on it, and warnings."""

    state: str
    kits: tuple[CardFiles, ...]
    figures: Figures
    warnings: tuple[Diagnostic, ...]
    seconds: float


class KitJob(Struct, frozen=True):
    """Make all that kits hold of the card of state number `position`, whose file is `source`. Three projects make a
    kit, as in `Trio`; for each there is the rung of copyfit that its cards share, or None."""

    position: int
    source: Source
    rungs: tuple[int | None, ...]
    seconds: float
    refused: Refused | None = None

    def perform(self, projects: Sequence[Project]) -> Answer:
        from cardprint.pipeline import RejectedError

        started = time.perf_counter()
        try:
            made = [_made(project, self.source, rung) for project, rung in zip(projects, self.rungs, strict=True)]
        except RejectedError as error:
            seconds = time.perf_counter() - started
            return Refused(error.diagnostics, seconds, rejected=(error.file_name, error.pdf))
        kits = tuple(
            [
                _card_files(Trio(*projects[start : start + 3]), *made[start : start + 3])
                for start in range(0, len(projects), 3)
            ]
        )
        card, seconds = made[0].card, time.perf_counter() - started
        return KitCard(card.state.name, kits, state_figures(card.record), card.warnings, seconds)


class _Page(NamedTuple):
    """A card that was made and proved to the full."""

    card: ComposedCard
    frames: tuple[PageFrame, ...]
    pdf: bytes
    warnings: tuple[Diagnostic, ...]


def _made(project: Project, source: Source, rung: int | None) -> _Page:
    from cardprint.pipeline import compose_source, lay_out_card, paint_card, prove_card

    card = compose_source(project, source)
    frames, _ = lay_out_card(project, card, rung)
    _, pdf = paint_card(project, card, frames)
    return _Page(card, frames, pdf, prove_card(project, card, frames, pdf, full=True))


def _card_files(trio: Trio, screen: _Page, press: _Page, social: _Page) -> CardFiles:
    from cardprint.export import rasterize_pages
    from cardprint.export.html import write_html

    framework, record, name = trio.screen.framework, screen.card.record, screen.card.file_name
    alt_text, below = card_alt_text(framework, record), caption(framework, record)
    pictures = [
        (f"images/{name}.300dpi.png", rasterize_pages(screen.pdf, _PRINT_DPI), alt_text),
        (f"images/{name}.web.png", rasterize_pages(screen.pdf, _WEB_DPI), alt_text),
        (f"images/{name}.social.png", rasterize_pages(social.pdf, _SOCIAL_DPI), social_alt_text(framework, record)),
        *((drawing, data, alt_text) for drawing, data in _drawings(screen, alt_text)),
    ]
    documents = [(f"cards/{name}.pdf", screen), (f"print/{press.card.file_name}.pdf", press)]
    return CardFiles(
        name=name,
        files=(
            *((file, page.pdf) for file, page in documents),
            *((file, data) for file, data, _ in pictures),
            (f"html/{name}.html", write_html(screen.card.pages, trio.screen.fonts)),
        ),
        proofs=tuple([Proof(file, page.warnings) for file, page in documents]),
        captions=tuple([(file, record.jurisdiction.name, text, below) for file, _, text in pictures]),
    )


def _drawings(page: _Page, description: str) -> Iterator[tuple[str, bytes]]:
    """The pages of a card as SVG."""
    from cardprint.export.svg import draw_svg

    for number, frame in enumerate(page.frames, start=1):
        which = f".page-{number}" if len(page.frames) > 1 else ""
        yield f"vector/{page.card.file_name}{which}.svg", draw_svg(frame, description)
