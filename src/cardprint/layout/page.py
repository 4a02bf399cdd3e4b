"""Pages: each one's content laid out in its live area, every word in its place, or an error that says what is over."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from cardprint.layout.copyfit import Setting, rungs, setting_on
from cardprint.layout.engine import PageEngine
from cardprint.layout.measure import Measured, Overset
from cardprint.layout.overset import page_oversets
from cardprint.layout.sample import ground_of, margins_of, mark
from cardprint.model.content import PageContent
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError
from cardprint.model.frame import FitReport, Group, PageFrame
from cardprint.model.geometry import TOLERANCE, Rect
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import FontBook


class MeasuredPage(Struct, frozen=True, eq=False):
    """A page on the rung of its copyfit on which everything was found to fit, ready to be placed."""

    content: PageContent
    engine: PageEngine

    @property
    def rung(self) -> int:
        return self.engine.setting.rung


def fit(content: PageContent, fonts: FontBook, start: int = 0) -> int | None:
    """The first rung of the content's copyfit, from `start` on, on which everything fits; None if there is none."""
    measured = _measured(content, fonts, start)
    return None if measured is None else measured.rung


def lay_out(content: PageContent, fonts: FontBook, rung: int | None = None) -> tuple[PageFrame, FitReport]:
    """The page with everything placed, and how it was made to fit: on `rung` of its copyfit, or on the first that fits.

    Raises `DiagnosticError` with an `overset` for each text or block that has no room."""
    ladder = range(rungs(content.copyfit) + 1) if rung is None else range(rung, rung + 1)
    engine, oversets = _tried(content, fonts, ladder)
    if oversets:
        raise DiagnosticError(overset_diagnostic(overset) for overset in oversets)
    return _placed(MeasuredPage(content, engine))


def _placed(measured: MeasuredPage) -> tuple[PageFrame, FitReport]:
    """The page with everything in its place."""
    content, engine = measured.content, measured.engine
    live = live_area(content)
    body = engine.place(content.body, live)
    marked = mark(content, live, engine.fonts)
    trim = content.page.trim
    items = (*marked.before, body, *marked.after)
    root = Group(region=Rect(0.0, 0.0, trim.width, trim.height), items=items, role=Role(Tag.DOCUMENT))
    page = replace(content.page, margins=margins_of(content))
    slack = live.height - engine.measure(content.body, live.width).size.height
    report = FitReport(engine.setting.report(), slack, engine.one_line_sizes(), engine.setting.rung)
    press = content.profile.press
    if press is None:
        return PageFrame(page, root, content.info, marked.regions), report
    from cardprint.layout.furniture import furnish  # screen cards do without

    beside = furnish(content, press.spec, engine.fonts)
    frame = PageFrame(page, root, content.info, marked.regions, media=beside.media, furniture=beside.group)
    return frame, report


def fit_pages(pages: Sequence[PageContent], fonts: FontBook, start: int = 0) -> int | None:
    """The first rung, from `start` on, on which everything on all pages fits; None if there is none."""
    measured = measure_pages(pages, fonts, start)
    return None if measured is None else max(page.rung for page in measured)


def measure_pages(pages: Sequence[PageContent], fonts: FontBook, start: int = 0) -> tuple[MeasuredPage, ...] | None:
    """The pages on the first rung, from `start` on, on which everything on all of them fits; None if there is none."""
    rung = start
    while True:
        measured = [_measured(page, fonts, rung) for page in pages]
        found = tuple(page for page in measured if page is not None)
        if len(found) < len(measured):
            return None
        highest = max(page.rung for page in found)
        if len(pages) == 1 or highest == rung:
            return found
        rung = highest


def _measured(content: PageContent, fonts: FontBook, start: int) -> MeasuredPage | None:
    engines = (engine_on(content, fonts, rung) for rung in range(start, rungs(content.copyfit) + 1))
    return next((MeasuredPage(content, engine) for engine in engines if _fits(content, engine)), None)


def lay_out_pages(
    pages: Sequence[PageContent], fonts: FontBook, rung: int | None = None
) -> tuple[tuple[PageFrame, ...], FitReport]:
    """The pages with everything placed, and what that took on all of them: on `rung` of their copyfit, or each on the
    first that fits.

    Raises `DiagnosticError` with an `overset` for each text or block, on whichever page, that has no room."""
    log, placed = Collector(), []
    for page in pages:
        with log.gathering():
            placed.append(lay_out(page, fonts, rung))
    log.raise_errors()
    return _bound(placed)


def place_pages(measured: Sequence[MeasuredPage]) -> tuple[tuple[PageFrame, ...], FitReport]:
    """The same of pages that were measured on their rung already. Nothing is measured twice."""
    return _bound([_placed(page) for page in measured])


def _bound(placed: Sequence[tuple[PageFrame, FitReport]]) -> tuple[tuple[PageFrame, ...], FitReport]:
    return tuple(frame for frame, _ in placed), _together([report for _, report in placed])


def _together(reports: Sequence[FitReport]) -> FitReport:
    """The adjustments of all pages, each once, and of the free height the least."""
    if len(reports) == 1:
        return reports[0]
    return FitReport(
        steps=tuple(dict.fromkeys(step for report in reports for step in report.steps)),
        slack=min(report.slack for report in reports),
        one_line_sizes=tuple(dict.fromkeys(size for report in reports for size in report.one_line_sizes)),
        rung=max(report.rung for report in reports),
    )


def last_rung(content: PageContent) -> int:
    """The rung of the content's copyfit beyond which nothing may be adjusted."""
    return rungs(content.copyfit)


def oversets_on(content: PageContent, fonts: FontBook, rung: int) -> tuple[Diagnostic, ...]:
    """What would have to give for the content to fit on a rung of its copyfit; nothing if it fits there."""
    return tuple(overset_diagnostic(overset) for overset in _oversets(content, engine_on(content, fonts, rung)))


def _tried(content: PageContent, fonts: FontBook, ladder: range) -> tuple[PageEngine, list[Overset]]:
    """The engine of the first rung on which everything fits, or of the last one with what is overset there."""
    for rung in ladder:
        engine = engine_on(content, fonts, rung)
        if _fits(content, engine):
            return engine, []
    return engine, _oversets(content, engine)


def engine_on(content: PageContent, fonts: FontBook, rung: int) -> PageEngine:
    """The engine for the content on a rung of its copyfit."""
    return PageEngine(content.page, fonts, setting_on(content.copyfit, rung), ground_of(content))


def live_area(content: PageContent) -> Rect:
    """The sheet inside its margins."""
    trim = content.page.trim
    return Rect(0.0, 0.0, trim.width, trim.height).inset(margins_of(content))


def _fits(content: PageContent, engine: PageEngine) -> bool:
    """Whether everything has room in the live area."""
    measured = engine.measure(content.body, live_area(content).width)
    return not measured.overset and _excess(content, measured) <= TOLERANCE


def _excess(content: PageContent, measured: Measured) -> float:
    """By how much what was measured is higher than the live area."""
    return measured.size.height - live_area(content).height


def _oversets(content: PageContent, engine: PageEngine) -> list[Overset]:
    """Everything that has no room in the live area."""
    live = live_area(content)
    measured = engine.measure(content.body, live.width)
    oversets = list(measured.overset)
    excess = _excess(content, measured)
    if excess > TOLERANCE:
        oversets.extend(page_oversets(content.body, live.width, excess, engine, _floor(engine.setting)))
    return oversets


def _floor(setting: Setting) -> str:
    """How far copyfit has gone, as a clause: to its floor, or to the rung that is looked at."""
    report = setting.report()
    if not report:
        return ""
    last = f"{report[-1].what} at {report[-1].after:g}"
    if setting.rung < rungs(setting.copyfit):
        return f" with {last}"
    return f"; copyfit stopped at its floor, {last}"


def overset_diagnostic(overset: Overset) -> Diagnostic:
    """What has no room in the form in which every stage reports."""
    message = f"{overset.subject} {overset.reason} (over by {overset.excess:.1f} pt)."
    return Diagnostic("overset", message, overset.span, hint=overset.hint)
