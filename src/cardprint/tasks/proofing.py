"""Proofs for people: cards as they come from a press, seen in grey and by colour-blind eyes, with what to sign off."""

from __future__ import annotations

import os
from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from cardprint.compose import sample_file_name
from cardprint.compose.sample import sample_title
from cardprint.export.vision import Vision, pictures_of
from cardprint.layout import fit, lay_out, lay_out_pages
from cardprint.model.dataset import Framework
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.geometry import inch
from cardprint.model.layout_spec import Per
from cardprint.model.numbers import spelled
from cardprint.model.profile import PRINT_NAME
from cardprint.model.typography import FontBook
from cardprint.paint import paint_pdf
from cardprint.pipeline import (
    ComposedCard,
    FailedCard,
    Project,
    RejectedError,
    compose_card,
    find_state,
    open_project,
    render_composed,
    require_layout,
    shared_rung,
    state_slugs,
)
from cardprint.resolve import Inputs, load_shipped_faces
from cardprint.tasks.proof_sheets import (
    LARGE_WIDTH,
    SMALL_WIDTH,
    THUMB_WIDTH,
    About,
    Proved,
    card_sheets,
    edition_sheets,
)
from cardprint.tasks.sheet_parts import FACES, Setter, sheet_fonts
from cardprint.verify import ColourPair, hexadecimal, measure_contrasts
from cardprint.workspace import Workspace

_SHARPNESS = 250.0
"""Pixels to the inch of the pictures as they stand on a sheet."""


class ProofSheet(Struct, frozen=True):
    """A finished sheet: its file's name without the ending, its bytes, and what it tells against the card."""

    file_name: str
    pdf: bytes
    problems: tuple[Diagnostic, ...] = ()


class Prover(Struct, frozen=True):
    """An edition opened twice: as it is printed, and as it is shown on screens, where contrasts are measured."""

    printed: Project
    shown: Project

    @classmethod
    def open(
        cls,
        workspace: Workspace,
        data: str | os.PathLike[str] | None,
        layout: str | os.PathLike[str] | None,
        size: str | None,
    ) -> Prover:
        """Raises `RequestError` for what does not exist or a layout that draws no cards, else `DiagnosticError`."""
        shown = open_project(workspace, data, layout, size)
        require_layout(shown, Per.STATE)
        return cls(open_project(workspace, data, layout, size, PRINT_NAME), shown)

    def card(self, state: str) -> ProofSheet:
        """The sheet of one state's card, also of one that failed its proof: whoever mends it wants to see it.

        Raises `RequestError` for a state that does not exist, else `DiagnosticError` where there is no card."""
        composed = compose_card(self.shown, find_state(self.shown, state).slug)
        on_screen, told = _made(self.shown, composed)
        on_paper, told_in_print = _made(self.printed, compose_card(self.printed, composed.state.slug))
        pairs = measure_contrasts(on_screen)
        setter, fonts = self._setter()
        swatches = self.shown.layout.theme.swatches
        names = {swatch.hex.upper(): name for name, swatch in reversed(tuple(swatches.items()))}
        about = self._about(composed, composed.state.name, composed.pages[0].info.data_sha256)
        width = composed.pages[0].page.trim.width * len(composed.pages)
        pictures = pictures_of(on_paper, _dpi(LARGE_WIDTH, width), (Vision.PRINTED,))
        small = tuple(vision for vision in Vision if vision is not Vision.PRINTED)
        pictures |= pictures_of(on_paper, _dpi(SMALL_WIDTH, width), small)
        for content in card_sheets(about, pictures, pairs, names, setter):
            if fit(content, fonts) is not None:
                break
        frame, _ = lay_out(content, fonts)
        problems = (*told, *told_in_print, *(_problem(pair, names) for pair in pairs if pair.fails))
        return ProofSheet(f"{composed.file_name}.proof", paint_pdf([frame]), problems)

    def edition(self) -> tuple[ProofSheet | None, tuple[FailedCard, ...]]:
        """The sheets of every card that can be made, if there is one, and the cards that are not on them, by their
        states' names. Raises `DiagnosticError` for an edition without states."""
        framework, places = self.printed.framework, self.printed.jurisdictions
        cards: list[Proved] = []
        left_out: list[FailedCard] = []
        last: ComposedCard | None = None
        for slug in state_slugs(self.printed):
            try:
                composed = compose_card(self.printed, slug)
                thumb = self._thumb(composed)
            except DiagnosticError as error:
                left_out.append(FailedCard(places[slug].name if slug in places else slug, error))
            else:
                last = composed
                cards.append(_proved(composed, framework, thumb))
        if last is None:
            if not left_out:
                raise DiagnosticError([_nothing(framework)])
            return None, tuple(left_out)
        setter, fonts = self._setter()
        about = self._about(last, "1 card" if len(cards) == 1 else f"{len(cards)} cards", self.printed.key)
        pages = edition_sheets(about, _heads(framework), cards, [one.state for one in left_out], setter)
        frames, _ = lay_out_pages(pages, fonts)
        return ProofSheet(self._edition_name(), paint_pdf(frames)), tuple(left_out)

    def _thumb(self, composed: ComposedCard) -> bytes:
        pdf = render_composed(self.printed, composed, shared_rung(self.printed)).pdf
        width = composed.pages[0].page.trim.width * len(composed.pages)
        return pictures_of(pdf, _dpi(THUMB_WIDTH, width), (Vision.PRINTED,))[Vision.PRINTED]

    def _setter(self) -> tuple[Setter, FontBook]:
        faces = load_shipped_faces(Inputs(self.shown.workspace), FACES)
        fonts = sheet_fonts(faces, self.shown.fonts)
        return Setter(fonts), fonts

    def _about(self, composed: ComposedCard, title: str, source: str) -> About:
        """The head of a sheet; `source` is a hash of what its cards were made from."""
        layout, edition = self.shown.layout, self.shown.framework.edition
        size = f", {layout.size}" if layout.size else ""
        page = composed.pages[0]
        trim = page.page.trim
        aside = (
            f"Edition {edition.id}, layout {layout.name}{size}",
            f"{trim.width / inch(1):g} × {trim.height / inch(1):g} in after trimming",
            f"Data {source[:12]}",
        )
        marked = sample_title(f"Proof: {title}") if page.sample else f"Proof: {title}"
        info = replace(page.info, title=marked, subject="For the proof-reader", edition="", state="", data_sha256="")
        return About(title, edition.title, aside, info, page.sample)

    def _edition_name(self) -> str:
        framework, layout = self.shown.framework, self.shown.layout
        name = ".".join(filter(None, (framework.edition.id, layout.suffix, layout.size, "proof")))
        return sample_file_name(name) if framework.sample else name


def _made(project: Project, composed: ComposedCard) -> tuple[bytes, tuple[Diagnostic, ...]]:
    """A card, and what its proof found wrong with it."""
    try:
        return render_composed(project, composed, shared_rung(project)).pdf, ()
    except RejectedError as error:
        return error.pdf, tuple(finding.diagnostic for finding in error.findings)


def _dpi(width: float, own: float) -> float:
    """At how many pixels to the inch a card of its `own` width is drawn to be sharp where it is `width` points wide."""
    return max(36.0, _SHARPNESS * min(1.0, width / own))


def _problem(pair: ColourPair, names: Mapping[str, str]) -> Diagnostic:
    """A pair that fails, and the change that would mend it."""
    colour, ground = hexadecimal(pair.colour), hexadecimal(pair.ground)
    swatch = names.get(colour)
    which = f"the swatch {swatch}, {colour}," if swatch else colour
    more = "" if pair.words < 2 else " and 1 more word" if pair.words == 2 else f" and {pair.words - 1} more words"
    contrast = f"a contrast of {pair.ratio:.2f}:1, expected at least {pair.least:g}:1."
    message = f"“{pair.example}”{more} in {which} on {ground}: {contrast}"
    if pair.passing is None:
        return Diagnostic("contrast", message, hint="Change the ground: no text is legible on it.")
    return Diagnostic("contrast", message, hint=f"The nearest colour that passes is {hexadecimal(pair.passing)}.")


def _heads(framework: Framework) -> tuple[str, ...]:
    return (*(issue.id for issue in framework.issues), *(row.badge for row in framework.extra_credit))


def _proved(composed: ComposedCard, framework: Framework, thumb: bytes) -> Proved:
    record = composed.record
    issues = {result.issue.id: f"{spelled(result.score)} {result.letter}" for result in record.issues or ()}
    extra = {result.row.id: spelled(result.points) for result in record.extra_credit or ()}
    figures = (
        *(issues.get(issue.id, "–") for issue in framework.issues),
        *(extra.get(row.id, "–") for row in framework.extra_credit),
    )
    published = record.published
    letter = record.letter or (published.letter if published else None) or "–"
    score = record.total if record.letter is not None or published is None else published.score
    return Proved(composed.state.name, figures, "–" if score is None else spelled(score), letter, thumb)


def _nothing(framework: Framework) -> Diagnostic:
    message = f"Edition {framework.edition.id} has no results of any state."
    return Diagnostic("no-results", message, hint="Write a file in states/ first.")
