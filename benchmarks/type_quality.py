"""How well the cards of an edition are set: runts, prefixes at line ends, raggedness and rivers, counted.

    python benchmarks/type_quality.py --data DIR [--layout NAME|FILE]

Every paragraph of every card that can be made is read from its finished frames, once as the layout has it and once
with greedy line breaking. Nothing here asks the line breaker: what is counted is what stands on the page.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from statistics import fmean, pstdev

from msgspec.structs import replace

from cardprint.layout import lay_out_pages
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.frame import Group, TextRun
from cardprint.model.typography import Breaking
from cardprint.pipeline import Project, compose_card, open_project, state_slugs
from cardprint.tasks.explanation import fit_edition

RUNT = 1 / 6
RIVER_LINES = 4
_PREFIX = re.compile(r"(?:^|[\s(“‘-])[^\W\d_]{1,3}-$")


@dataclass(frozen=True, slots=True)
class SetLine:
    """A line as it stands: its words, its left and right edge, and the middle of each gap between words (points)."""

    words: tuple[str, ...]
    left: float
    right: float
    gaps: tuple[float, ...]
    space: float

    @property
    def width(self) -> float:
        return self.right - self.left


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """The lines of one text and the width of its column (points)."""

    card: str
    field: str
    column: float
    lines: tuple[SetLine, ...]


@dataclass(slots=True)
class TypeQuality:
    """What was counted. Raggedness is how much the lengths of a paragraph's lines differ, its last line left out: their
    standard deviation in hundredths of the column's width, the mean over all paragraphs of three lines or more."""

    paragraphs: int = 0
    lines: int = 0
    runts: int = 0
    avoidable_runts: list[str] = field(default_factory=list)
    prefix_ends: list[str] = field(default_factory=list)
    rivers: int = 0
    _deviations: list[float] = field(default_factory=list)

    @property
    def raggedness(self) -> float:
        return 100 * fmean(self._deviations) if self._deviations else 0.0

    def count(self, paragraph: SetParagraph) -> None:
        lines = paragraph.lines
        self.paragraphs += 1
        self.lines += len(lines)
        where = f"{paragraph.card}: {paragraph.field}: …{' '.join(lines[-1].words)}"
        if len(lines) > 1 and lines[-1].width < paragraph.column * RUNT:
            self.runts += 1
            if _could_pull_a_word_down(paragraph):
                self.avoidable_runts.append(where)
        if len(lines) > 2:
            self._deviations.append(pstdev(line.width / paragraph.column for line in lines[:-1]))
        for line in lines[:-1]:
            if _PREFIX.search(line.words[-1]):
                self.prefix_ends.append(f"{paragraph.card}: {paragraph.field}: {line.words[-1]}")
        self.rivers += _rivers(lines)


def _could_pull_a_word_down(paragraph: SetParagraph) -> bool:
    """Whether the last line would be long enough with the word that ends the line before, which keeps another."""
    before, last = paragraph.lines[-2:]
    if not before.gaps:
        return False
    word = before.right - before.gaps[-1] - before.space / 2
    return paragraph.column * RUNT <= last.width + last.space + word <= paragraph.column


def _rivers(lines: Sequence[SetLine]) -> int:
    """How many gaps stand under one another in `RIVER_LINES` lines or more, each within a space of the one above."""
    rivers = 0
    chains: dict[float, int] = {}
    for above, line in pairwise([SetLine((), 0.0, 0.0, (), 0.0), *lines]):
        grown: dict[float, int] = {}
        for gap in line.gaps:
            length = 1 + max((chains[g] for g in above.gaps if abs(g - gap) <= line.space), default=0)
            grown[gap] = length
            rivers += length == RIVER_LINES
        chains = grown
    return rivers


def paragraphs(card: str, group: Group) -> Iterator[SetParagraph]:
    """Every text of a frame that is set in lines of a column."""
    if group.field and group.matrix is None:
        runs = list(_runs(group))
        lines = tuple(_line(list(stretch)) for _, stretch in groupby(runs, key=lambda run: round(run.baseline, 2)))
        if lines:
            yield SetParagraph(card, group.field, group.region.width, lines)
        return
    for item in group.items:
        if isinstance(item, Group):
            yield from paragraphs(card, item)


def _runs(group: Group) -> Iterator[TextRun]:
    for item in group.items:
        if isinstance(item, TextRun):
            yield item
        elif isinstance(item, Group):
            yield from _runs(item)


def _line(runs: Sequence[TextRun]) -> SetLine:
    words, gaps = [""], []
    right = space = 0.0
    for run in runs:
        x = run.x
        for piece in run.pieces:
            width = piece.advance / piece.face.units_per_em * run.size + len(piece.glyphs) * run.tracking
            if piece.text.isspace():
                space = width
                gaps.append(x + width / 2)
                words.append("")
            else:
                words[-1] += piece.text
                right = x + width - run.tracking
            x += width
    inner = tuple(gap for gap in gaps if gap < right)
    return SetLine(tuple(word for word in words if word), runs[0].x, right, inner, space)


def measure(project: Project) -> TypeQuality:
    """Count over every card of a project that can be made, fitted as it would be rendered."""
    quality = TypeQuality()
    shared = fit_edition(project)
    for slug in state_slugs(project):
        try:
            pages = compose_card(project, slug).pages
        except DiagnosticError:
            continue
        frames, _ = lay_out_pages(pages, project.fonts, shared.rung if shared else None)
        for frame in frames:
            for paragraph in paragraphs(slug, frame.root):
                quality.count(paragraph)
    return quality


def with_breaking(project: Project, breaking: Breaking) -> Project:
    """The project with every style of its theme broken in one way."""
    theme = project.layout.theme
    styles = {name: replace(style, breaking=breaking) for name, style in theme.styles.items()}
    return replace(project, layout=replace(project.layout, theme=replace(theme, styles=styles)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", help="folder of the dataset (default: the shipped edition)")
    parser.add_argument("--layout", help="a shipped layout or a .yaml file (default: report-card)")
    arguments = parser.parse_args()
    project = open_project(data=arguments.data, layout=arguments.layout)
    ways = {way: measure(with_breaking(project, way)) for way in (Breaking.TOTAL, Breaking.GREEDY)}
    print(f"{'':24}{'whole paragraph':>16}{'greedy':>10}")
    for name in ("paragraphs", "lines", "runts", "rivers"):
        print(f"{name:24}{getattr(ways[Breaking.TOTAL], name):>16}{getattr(ways[Breaking.GREEDY], name):>10}")
    for name in ("avoidable_runts", "prefix_ends"):
        total, greedy = (len(getattr(ways[way], name)) for way in ways)
        print(f"{name.replace('_', ' '):24}{total:>16}{greedy:>10}")
    total, greedy = (ways[way].raggedness for way in ways)
    print(f"{'raggedness':24}{total:>16.2f}{greedy:>10.2f}   {total / greedy:.2f} of greedy's")
    for finding in (*ways[Breaking.TOTAL].avoidable_runts, *ways[Breaking.TOTAL].prefix_ends):
        print(finding)


if __name__ == "__main__":
    main()
