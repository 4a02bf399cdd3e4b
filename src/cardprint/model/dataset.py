"""The data of an edition, typed and audited: what its framework asks and what each state's file says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from enum import Enum

from msgspec import Struct, field

from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.template import Template


class Basis(Enum):
    """What a grade scale's thresholds are compared with."""

    PERCENT_OF_MAXIMUM = "percent-of-maximum"
    POINTS = "points"


class GradeBand(Struct, frozen=True):
    """A letter and the lowest value that earns it."""

    letter: str
    at_least: Decimal


class GradeScale(Struct, frozen=True):
    """Bands from the best letter down; the last one's threshold is the lowest possible value.

    `issue_basis` and `card_basis` say how an issue's and the whole card's score are read.
    """

    bands: tuple[GradeBand, ...]
    issue_basis: Basis
    card_basis: Basis

    def letter(self, score: Decimal, maximum: Decimal, basis: Basis) -> str:
        """The letter that `score` points of `maximum` earn, read by `basis`. Exact: no rounding."""
        for band in self.bands:
            threshold = band.at_least * maximum / 100 if basis is Basis.PERCENT_OF_MAXIMUM else band.at_least
            if score >= threshold:
                return band.letter
        return self.bands[-1].letter


class Goal(Struct, frozen=True):
    """One policy goal: `pattern` is its wording, in which `{}` takes `term` where goals share a pattern."""

    id: str
    pattern: str
    term: str | None
    span: Span = NOWHERE


class Issue(Struct, frozen=True):
    """A row of the grade table. `unnamed` counts goals that score but whose wording is not known."""

    id: str
    title: str
    icon: str | None
    maximum: Decimal
    goals: tuple[Goal, ...]
    unnamed: int = 0
    span: Span = NOWHERE

    @property
    def goal_count(self) -> int:
        return len(self.goals) + self.unnamed


class ExtraCreditRow(Struct, frozen=True):
    """A row of extra credit: `each` points for every protection extended to `beneficiary`."""

    id: str
    badge: str
    badge_expansion: str
    title: str
    beneficiary: str
    each: Decimal
    span: Span = NOWHERE


class SentenceForms(Struct, frozen=True):
    """Wordings of one kind of sentence; `{list}` takes the merged list, `{beneficiary}` the row's.

    `none` is empty where no sentence is made of nothing.
    """

    none: str
    one: str
    many: str


class RunTemplate(Struct, frozen=True):
    """A run of rich text, its placeholders unfilled. `emphasis` is what it is ("label", "strong"), not its looks."""

    text: Template
    emphasis: str | None = None
    link: Template | None = None
    span: Span = NOWHERE


class Resource(Struct, frozen=True):
    """A headed group of paragraphs that tells readers where to go on."""

    id: str
    heading: Template
    paragraphs: tuple[tuple[RunTemplate, ...], ...]
    span: Span = NOWHERE


class Edition(Struct, frozen=True):
    """Which cards these are. `file_name` is the pattern of a card's file, without its ending; `address` that of where
    readers find a state on the web."""

    id: str
    title: str
    language: str
    released: dt.date | None
    file_name: Template
    laws_as_of: dt.date | None = None
    span: Span = NOWHERE
    address: Template | None = None


class Publisher(Struct, frozen=True):
    """Who answers for the cards. `wordmark` is a picture's path inside the dataset's folder; `copyright` says whose
    the text is, `reprint` who may print it again."""

    name: str
    wordmark: str | None = None
    span: Span = NOWHERE
    wordmark_span: Span = NOWHERE
    copyright: str | None = None
    reprint: tuple[RunTemplate, ...] = ()


class Figure(Struct, frozen=True):
    """A number that was published about the edition as a whole, and where."""

    id: str
    title: str
    value: Decimal
    source: str
    span: Span = NOWHERE


class Framework(Struct, frozen=True):
    """Everything of an edition that is the same for all its states.

    Of an edition of which only overall grades are known there are no issues; then `step` and `goal_maximum` may be 0,
    which means not known, and the sentences empty."""

    edition: Edition
    publisher: Publisher
    grammar: str
    step: Decimal
    goal_maximum: Decimal
    scale: GradeScale
    issues: tuple[Issue, ...]
    extra_credit: tuple[ExtraCreditRow, ...]
    accomplished: SentenceForms
    gaps: SentenceForms
    extended: SentenceForms
    resources: tuple[Resource, ...]
    foot: tuple[tuple[RunTemplate, ...], ...]
    sample: bool = False
    span: Span = NOWHERE
    figures: tuple[Figure, ...] = ()

    @property
    def maximum(self) -> Decimal:
        """The points that the issues can give together, without extra credit."""
        return sum((issue.maximum for issue in self.issues), Decimal(0))

    @property
    def goals(self) -> Mapping[str, Goal]:
        """Every named goal by its id, in the framework's order."""
        return {goal.id: goal for issue in self.issues for goal in issue.goals}


class Jurisdiction(Struct, frozen=True):
    """A place that gets a card. `address` is its part of a web address; `ap` its form in AP style; `article` what
    its name takes inside a sentence ("the"); `tile` its (column, row) on a tile-grid map, from 0."""

    name: str
    slug: str
    postal: str
    address: str
    ap: str
    tile: tuple[int, int] | None = None
    span: Span = NOWHERE
    article: str | None = None

    @property
    def in_text(self) -> str:
        """The name as a sentence has it: "the District of Columbia"."""
        return f"{self.article} {self.name}" if self.article else self.name


class IssueResult(Struct, frozen=True):
    """How one issue went: points, derived letter, and the goals' status (ids in the framework's order)."""

    issue: Issue
    score: Decimal
    letter: str
    accomplished: tuple[Goal, ...]
    gaps: tuple[Goal, ...]
    highlights: str | None = None
    span: Span = NOWHERE
    highlights_span: Span = NOWHERE


class ExtraCreditResult(Struct, frozen=True):
    """The protections extended in one row of extra credit, and the points they give."""

    row: ExtraCreditRow
    points: Decimal
    protections: tuple[Goal, ...]
    highlights: str | None = None
    span: Span = NOWHERE
    highlights_span: Span = NOWHERE


DERIVED = "derived by elimination"
"""The basis of a grade that no source names: it is the one left when those of all others are known."""

GRADE_BASES = ("named", DERIVED)


class PublishedGrade(Struct, frozen=True):
    """An overall grade as somebody published it: `basis` (one of `GRADE_BASES`) tells how it is known, `source` where
    from."""

    letter: str
    score: Decimal | None
    basis: str
    source: str
    span: Span = NOWHERE


class StateRecord(Struct, frozen=True):
    """One state's results, audited. What its file does not give is None and named when a layout needs it.

    `source` says where the results are from; `revision` and `correction` are notes that the card carries."""

    jurisdiction: Jurisdiction
    issues: tuple[IssueResult, ...] | None
    extra_credit: tuple[ExtraCreditResult, ...] | None
    total: Decimal | None
    letter: str | None
    published: PublishedGrade | None = None
    revised: dt.date | None = None
    revision: str | None = None
    span: Span = NOWHERE
    correction: str | None = None
    source: str | None = None


class Dataset(Struct, frozen=True):
    """An edition: its framework, its jurisdictions by slug, and the results of those that have a file."""

    framework: Framework
    states: Mapping[str, StateRecord]
    jurisdictions: Mapping[str, Jurisdiction] = field(default_factory=dict)
