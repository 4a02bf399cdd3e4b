"""Pages: each one's content laid out in its live area, every word in its place, or an error that says what is over."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from cardprint.layout.copyfit import Setting, rungs, setting_on
from cardprint.layout.engine import PageEngine
from cardprint.layout.measure import Overset
from cardprint.layout.overset import page_oversets
from cardprint.layout.sample import ground_of, margins_of, mark
from cardprint.model.content import PageContent
from cardprint.model.diagnostics import Collector, Diagnostic, DiagnosticError
from cardprint.model.frame import FitReport, Group, PageFrame
from cardprint.model.geometry import TOLERANCE, Rect
from cardprint.model.structure import Role, Tag
from cardprint.model.typography import FontBook


def fit(content: PageContent, fonts: FontBook, start: int = 0) -> int | None:
    """The first rung of the content's copyfit, from `start` on, on which everything fits; None if there is none."""
    engine, oversets = _tried(content, fonts, range(start, rungs(content.copyfit) + 1))
    return None if oversets else engine.setting.rung


def lay_out(content: PageContent, fonts: FontBook, rung: int | None = None) -> tuple[PageFrame, FitReport]:
    """The page with everything placed, and how it was made to fit: on `rung` of its copyfit, or on the first that fits.

    Raises `DiagnosticError` with an `overset` for each text or block that has no room."""
    ladder = range(rungs(content.copyfit) + 1) if rung is None else range(rung, rung + 1)
    engine, oversets = _tried(content, fonts, ladder)
    if oversets:
        raise DiagnosticError(_diagnostic(overset) for overset in oversets)
    live = live_area(content)
    body = engine.place(content.body, live)
    marked = mark(content, live, fonts)
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

    beside = furnish(content, press.spec, fonts)
    frame = PageFrame(page, root, content.info, marked.regions, media=beside.media, furniture=beside.group)
    return frame, report


def fit_pages(pages: Sequence[PageContent], fonts: FontBook, start: int = 0) -> int | None:
    """The first rung, from `start` on, on which everything on all pages fits; None if there is none."""
    rung = start
    while True:
        firsts = [fit(page, fonts, rung) for page in pages]
        found = [first for first in firsts if first is not None]
        if len(found) < len(firsts):
            return None
        if len(pages) == 1 or max(found) == rung:
            return max(found)
        rung = max(found)


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
    return tuple(_diagnostic(overset) for overset in _oversets(content, engine_on(content, fonts, rung)))


def _tried(content: PageContent, fonts: FontBook, ladder: range) -> tuple[PageEngine, list[Overset]]:
    """The engine of the first rung on which everything fits, or of the last one with what is overset there."""
    for rung in ladder:
        engine = engine_on(content, fonts, rung)
        oversets = _oversets(content, engine)
        if not oversets:
            break
    return engine, oversets


def engine_on(content: PageContent, fonts: FontBook, rung: int) -> PageEngine:
    """The engine for the content on a rung of its copyfit."""
    return PageEngine(content.page, fonts, setting_on(content.copyfit, rung), ground_of(content))


def live_area(content: PageContent) -> Rect:
    """The sheet inside its margins."""
    trim = content.page.trim
    return Rect(0.0, 0.0, trim.width, trim.height).inset(margins_of(content))


def _oversets(content: PageContent, engine: PageEngine) -> list[Overset]:
    """Everything that has no room in the live area."""
    live = live_area(content)
    measured = engine.measure(content.body, live.width)
    oversets = list(measured.overset)
    excess = measured.size.height - live.height
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


def _diagnostic(overset: Overset) -> Diagnostic:
    message = f"{overset.subject} {overset.reason} (over by {overset.excess:.1f} pt)."
    return Diagnostic("overset", message, overset.span, hint=overset.hint)
