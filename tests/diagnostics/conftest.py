"""Small files without a fault, and how a mistake in them is reported.

A mistake is written as it would stand in the file, with ‸ before the character that the report must point at. The
file without the mistake passes, which makes it the twin of every case.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.icon import Icon, Picture
from cardprint.model.node import Node
from cardprint.model.scope import CARD_SCOPE
from cardprint.model.source import Source
from cardprint.validate import (
    validate_fonts,
    validate_framework,
    validate_jurisdictions,
    validate_layout,
    validate_state,
)

Place = tuple[str, int, int]
"""A report's code, line and column."""

Mistaken = Callable[[str, str, str, str], tuple[list[Place], list[Place]]]
Changed = Callable[[str, str, str], list[Diagnostic]]


class Edited(NamedTuple):
    """A file with a mistake in it, and the line and column of its mark."""

    text: str
    line: int
    column: int


def edit(text: str, good: str, bad: str) -> Edited:
    """`text` with its only `good` turned into `bad`, the mark taken out."""
    assert text.count(good) == 1, f"{good!r} must occur once"
    before, mark, after = text.replace(good, bad).partition("‸")
    assert mark, f"{bad!r} has no mark"
    return Edited(before + after, before.count("\n") + 1, len(before) - before.rfind("\n"))


FRAMEWORK = """\
edition:
  id: "2030"
  title: Report Card on Nothing
  language: en-US
  released: 2030-01-02
  laws_as_of: 2029-12-31
  file_name: "{edition.id}-{state.slug}"
publisher:
  name: Nobody
  wordmark: pictures/nobody.svg
grammar: english
points: {step: 0.5, goal_maximum: 2.5}
grades:
  scale:
    - {letter: A, from: 80}
    - {letter: B, from: 50}
    - {letter: F, from: 0}
  issue: percent-of-maximum
  card: points
issues:
  - id: "1"
    title: Bread
    icon: gavel
    maximum: 7.5
    goals:
      - {id: "1.1", phrase: fresh bread}
      - {id: "1.2", phrase: "bread for {}", term: children}
      - {id: "1.3", phrase: "bread for {}", term: parents}
  - id: "2"
    title: Games
    maximum: 5
    unnamed: 1
    goals:
      - {id: "2.1", phrase: chess in schools}
extra_credit:
  - {id: pets, badge: P, badge_expansion: Pets, title: Pets, beneficiary: dogs, each: 1}
sentences:
  accomplished: {one: "Goal accomplished related to {list}.", many: "Goals accomplished related to {list}."}
  gaps: {one: "Gap remains related to {list}.", many: "Gaps remain related to {list}."}
  extended: {none: Nothing extended., one: "{list} is for {beneficiary}.", many: "{list} are for {beneficiary}."}
resources:
  - id: more
    heading: "{state.name} Resources"
    paragraphs:
      - - {text: "MORE:", emphasis: label}
        - " In {state.name|possessive} case, visit "
        - {text: example.org, link: "https://example.org/{state.address}"}
foot:
  - ["{edition.title}, {edition.released|date}"]
"""

STATE = """\
state: North Utopia
issues:
  - id: "1"
    score: 5.5
    accomplished: ["1.1", "1.3"]
    gaps: ["1.2"]
    grade: B
  - id: "2"
    points: {"2.1": 1.5}
    score: 3.5
extra_credit:
  - id: pets
    protections: ["2.1", "1.1"]
    points: 2
overall: {grade: F, score: 11}
revised: 2030-02-03
revision: The score of Bread was corrected.
"""

JURISDICTIONS = """\
- {name: North Utopia, slug: north-utopia, postal: NU, ap: N. Utopia, tile: [0, 0]}
- {name: Elsewhere, slug: elsewhere, postal: "ON", address: elsewhere, tile: [1, 0]}
"""

FONTS = f"""\
- {{name: Plain, family: Sans, file: sans/Plain.ttf, sha256: "{"0" * 64}"}}
- {{name: Bold, family: Sans, file: sans/Bold.ttf, sha256: "{"a" * 64}"}}
"""

LAYOUT = """\
page: {size: letter, margins: 0.5in, bleed: 0.125in}
theme:
  swatches:
    ink: {rgb: "#12233F", cmyk: [94, 82, 44, 48]}
    grade-a: {rgb: "#14694B", cmyk: [85, 30, 75, 20]}
    grade-b: {rgb: "#3E7A22", cmyk: [75, 25, 100, 10]}
    grade-f: {rgb: "#A61F33", cmyk: [20, 100, 75, 15]}
  styles:
    body: {font: Plain, size: 8.5pt, leading: 11pt, swatch: ink}
    strong: {like: body, font: Bold, tracking: 0.02em}
    display: {font: Bold, size: 46pt, leading: 44pt, swatch: ink, smallest: 30pt, case: upper}
document:
  title: "{state.name}: {edition.title}"
copyfit:
  steps:
    - {lower: leading, styles: [body], by: 0.25pt, floor: 9pt}
body:
  stack:
    - {text: "{state.name}", style: display, as: h1}
    - table:
        - repeat: issues as issue
          weight: 1
          below: {weight: 0.5pt, swatch: ink}
          cells:
            - {cell: {icon: "{issue.icon}", size: 20pt, swatch: ink}, header: row}
            - cell:
                {tile: "{issue.grade}", style: display, width: 30pt, height: 30pt, fill: "grade-{issue.grade|lower}"}
            - cell: {text: "{issue.highlights}", style: body}
        - when: extra_credit
          cells:
            - cell: null
              rows: "{extra_credit|count}"
      tracks: [38pt, auto, 1fr]
    - columns:
        - {icon: gavel, size: 9pt, swatch: ink, alt: A gavel}
        - box:
            fraction: {over: "1", under: "2"}
            over_style: body
            under_style: body
            bar: {weight: 1pt, swatch: ink}
            bar_width: 9pt
            clearance: 2pt
          inset: [1pt, 2pt, 3pt, 4pt]
          bleed: [left]
          rules: {top: {weight: 1pt, swatch: ink}}
      tracks: [1fr, 2fr]
    - repeat: resources as resource
      stack:
        - {text: [{text: "{resource.heading}", style: strong, link: "https://example.org"}], style: body}
        - {repeat: resource.paragraphs as paragraph, text: "{paragraph}", style: body, emphasis: {label: strong}}
    - {image: picture.png, width: 20pt}
    - rotate: {text: up, style: body}
      angle: 270
"""


TEXTS = {
    "framework": FRAMEWORK,
    "state": STATE,
    "jurisdictions": JURISDICTIONS,
    "fonts": FONTS,
    "layout": LAYOUT,
}

NAMES = {"state": "data/states/north-utopia.yaml"}


def _layout(node: Node) -> object:
    return validate_layout(
        node,
        fonts=("Plain", "Bold"),
        icons={"gavel": Icon("gavel", 1, 1, ())},
        pictures={"picture.png": Picture("picture.png", b"", 1, 1, "")},
        scope=CARD_SCOPE,
        letters=("A", "B", "F"),
    )


@pytest.fixture(scope="session")
def diagnose() -> Callable[[str, str], list[Diagnostic]]:
    """What is reported about a text as a file of a kind, warnings included."""
    framework = validate_framework(parse_yaml(Source("framework.yaml", FRAMEWORK.encode())))
    jurisdictions = validate_jurisdictions(parse_yaml(Source("jurisdictions.yaml", JURISDICTIONS.encode())))
    validators: dict[str, Callable[[Node], object]] = {
        "framework": validate_framework,
        "state": lambda node: validate_state(node, framework, jurisdictions),
        "jurisdictions": validate_jurisdictions,
        "fonts": validate_fonts,
        "layout": _layout,
    }

    def diagnose_text(kind: str, text: str) -> list[Diagnostic]:
        try:
            result = validators[kind](parse_yaml(Source(NAMES.get(kind, f"{kind}.yaml"), text.encode())))
        except DiagnosticError as error:
            return list(error.diagnostics)
        return list(result[1]) if kind == "state" and isinstance(result, tuple) else []

    return diagnose_text


@pytest.fixture(scope="session")
def mistaken(diagnose: Callable[[str, str], list[Diagnostic]]) -> Mistaken:
    """The report that a mistake must give, and those that it gives."""

    def report(kind: str, good: str, bad: str, code: str) -> tuple[list[Place], list[Place]]:
        edited = edit(TEXTS[kind], good, bad)
        found = diagnose(kind, edited.text)
        return [(code, edited.line, edited.column)], [(d.code, d.span.line, d.span.column) for d in found]

    return report


@pytest.fixture(scope="session")
def changed(diagnose: Callable[[str, str], list[Diagnostic]]) -> Changed:
    """What is reported about a file in which one thing is changed; an empty change leaves it as it is."""

    def report(kind: str, good: str, other: str) -> list[Diagnostic]:
        assert not good or TEXTS[kind].count(good) == 1, f"{good!r} must occur once"
        return diagnose(kind, TEXTS[kind].replace(good, other) if good else TEXTS[kind])

    return report
