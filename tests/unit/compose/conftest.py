"""A small edition, a small theme, and a way to compose one block with them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

import pytest

from cardprint.compose import build_scope, compose_pages
from cardprint.model.colour import Swatch
from cardprint.model.content import Block, PageGeometry
from cardprint.model.dataset import (
    Basis,
    Edition,
    ExtraCreditResult,
    ExtraCreditRow,
    Framework,
    Goal,
    GradeBand,
    GradeScale,
    Issue,
    IssueResult,
    Jurisdiction,
    Publisher,
    Resource,
    RunTemplate,
    SentenceForms,
    StateRecord,
)
from cardprint.model.diagnostics import Span
from cardprint.model.geometry import NO_INSETS, Size
from cardprint.model.icon import Icon, Picture
from cardprint.model.layout_spec import BlockSpec, LayoutSpec, PageSpec, Theme
from cardprint.model.scope import RecordValue
from cardprint.model.template import Placeholder, Template
from cardprint.model.typography import Case, FontBook, FontFace, TextStyle

MakeTemplate = Callable[[str], Template]
ComposeBlock = Callable[..., Block]


def _template(text: str, line: int = 1) -> Template:
    span = Span("layout.yaml", line, 1)
    parts: list[str | Placeholder] = []
    for path, literal in re.findall(r"\{([a-z_.|]+)\}|([^{}]+)", text):
        names, *filters = path.split("|")
        parts.append(literal or Placeholder(tuple(names.split(".")), tuple(filters), span))
    return Template(tuple(parts), span)


@pytest.fixture
def template() -> MakeTemplate:
    """Templates of the plain kind, as if from layout.yaml:1:1."""
    return _template


def _face(name: str, characters: str) -> FontFace:
    codes = frozenset(map(ord, characters))
    return FontFace(name, name, name.encode(), name, 1000, 800, 200, 700, 500, codes)


@pytest.fixture
def fonts() -> FontBook:
    """`Plain` draws ASCII and what English cards need; `Wide` draws the ʻokina and é as well, but no capitals."""
    ascii_characters = "".join(map(chr, range(0x20, 0x7F)))
    return {
        "Plain": _face("Plain", ascii_characters + "’“”–·"),
        "Wide": _face("Wide", "abcdefghijklmnopqrstuvwxyz ʻéß"),
    }


@pytest.fixture
def theme() -> Theme:
    """Swatches ink, grade-a and grade-f; styles in `Plain`; head (in capitals) and reaching fall back on `Wide`."""
    ink = Swatch("ink", (18, 35, 63), (94.0, 82.0, 44.0, 48.0))
    styles = (
        TextStyle("body", "Plain", 9.0, 11.0, ink),
        TextStyle("strong", "Plain", 9.0, 11.0, ink, tracking=0.1),
        TextStyle("link", "Plain", 9.0, 11.0, ink, tracking=0.2),
        TextStyle("head", "Plain", 20.0, 22.0, ink, fallback=("Wide",), case=Case.UPPER),
        TextStyle("reaching", "Plain", 9.0, 11.0, ink, fallback=("Wide",)),
    )
    swatches = (ink, Swatch("grade-a", (0, 90, 0), (80, 0, 90, 0)), Swatch("grade-f", (160, 0, 0), (0, 90, 80, 20)))
    return Theme(
        swatches={swatch.name: swatch for swatch in swatches},
        styles={style.name: style for style in styles},
        icons={"gavel": Icon("gavel", 256.0, 256.0, ())},
        pictures={"mark.png": Picture("mark.png", b"", 400, 200, ""), "mark.svg": Icon("mark.svg", 40.0, 10.0, ())},
    )


@pytest.fixture
def framework() -> Framework:
    """Two issues (the second with an unnamed goal), one row of extra credit, one resource and one foot line."""
    span = Span("framework.yaml", 2, 1)
    first = Issue(
        "1",
        "Laws",
        "gavel",
        Decimal("7.5"),
        (
            Goal("1.1", "vacatur", None),
            Goal("1.2", "training for {}", "police"),
            Goal("1.3", "training for {}", "judges"),
        ),
        span=Span("framework.yaml", 10, 3),
    )
    second = Issue(
        "2", "Care", None, Decimal(5), (Goal("2.1", "appropriations", None),), 1, Span("framework.yaml", 20, 3)
    )
    resource = Resource(
        "learn",
        _template("{state.name} Resources"),
        (
            (
                RunTemplate(_template("TOOLKIT:"), "label"),
                RunTemplate(_template(" see {state.name|possessive} grade at ")),
                RunTemplate(
                    _template("example.org/{state.address}"), None, _template("https://example.org/{state.address}")
                ),
            ),
        ),
        Span("framework.yaml", 30, 3),
    )
    return Framework(
        edition=Edition(
            "2021", "Report Card", "en-US", dt.date(2021, 11, 17), _template("{edition.id}-{state.slug}"), span=span
        ),
        publisher=Publisher("Shared Hope", span=Span("framework.yaml", 5, 1)),
        grammar="english",
        step=Decimal("0.5"),
        goal_maximum=Decimal("2.5"),
        scale=GradeScale(
            (GradeBand("A", Decimal(90)), GradeBand("F", Decimal(0))), Basis.PERCENT_OF_MAXIMUM, Basis.POINTS
        ),
        issues=(first, second),
        extra_credit=(ExtraCreditRow("youth", "18+", "18 and older", "Youth", "trafficked youth", Decimal(1)),),
        accomplished=SentenceForms(
            "No goals accomplished.", "Goal accomplished: {list}.", "Goals accomplished: {list}."
        ),
        gaps=SentenceForms("", "Gap remains: {list}.", "Gaps remain: {list}."),
        extended=SentenceForms(
            "No protections extended.",
            "Protection related to {list} is extended to {beneficiary}.",
            "Protections related to {list} are extended to {beneficiary}.",
        ),
        resources=(resource,),
        foot=((RunTemplate(_template("Released {edition.released|date}")),),),
        span=Span("framework.yaml", 1, 1),
    )


@pytest.fixture
def state(framework: Framework) -> StateRecord:
    """New Mexico, complete: 7 of 7.5 and 2 of 5 points, one protection extended."""
    first, second = framework.issues
    vacatur, police, judges = first.goals
    return StateRecord(
        Jurisdiction("New Mexico", "new-mexico", "NM", "newmexico", "N.M.", (2, 5), Span("jurisdictions.yaml", 31, 1)),
        (
            IssueResult(first, Decimal("7.0"), "A", (police, judges), (vacatur,), span=Span("new-mexico.yaml", 3, 5)),
            IssueResult(second, Decimal(2), "F", (), second.goals, span=Span("new-mexico.yaml", 4, 5)),
        ),
        (ExtraCreditResult(framework.extra_credit[0], Decimal(1), (vacatur,), span=Span("new-mexico.yaml", 6, 5)),),
        Decimal(10),
        "F",
        span=Span("new-mexico.yaml", 1, 1),
    )


@pytest.fixture
def scope(framework: Framework, state: StateRecord) -> RecordValue:
    return build_scope(framework, state)


@pytest.fixture
def layout(theme: Theme) -> Callable[..., LayoutSpec]:
    """A Letter page with the given body; other fields of `LayoutSpec` by keyword."""

    def make(body: BlockSpec, **fields: object) -> LayoutSpec:
        title = fields.pop("title", _template("{state.name}: {edition.title}"))
        page = PageGeometry(Size(612.0, 792.0), NO_INSETS, 9.0)
        return LayoutSpec("test", (PageSpec("body", page, body),), theme, title, **fields)  # type: ignore[arg-type]

    return make


@pytest.fixture
def compose(layout: Callable[..., LayoutSpec], scope: RecordValue, fonts: FontBook) -> ComposeBlock:
    """Compose one block as the body of a page; `scope=` composes with another scope."""

    def run(body: BlockSpec, scope: RecordValue = scope) -> Block:
        date = dt.datetime(2021, 11, 17, tzinfo=dt.UTC)
        return compose_pages(layout(body), scope, fonts, date, "cardprint test")[0].body

    return run
