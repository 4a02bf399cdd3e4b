"""Mistakes in what an edition may say beside its cards: an overview, its figures, its foot, grades without results."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.model.diagnostics import Diagnostic

Diagnose = Callable[[str, str], list[Diagnostic]]

FRAMEWORK = """\
edition: {id: "2031", title: Report, language: en-US, file_name: "{edition.id}-{state.slug}"}
publisher:
  name: Nobody
  wordmark: nobody.png
  copyright: © 2031 Nobody
  reprint: ["See ", {text: example.org, link: "https://example.org"}]
grammar: english
grades: {scale: [{letter: A, from: 80}, {letter: F, from: 0}], card: points}
figures:
  - {id: average, title: National average, value: 47.9, source: "Somewhere, 2031-01-02"}
  - {id: laws, title: New laws, value: 12, source: the same}
"""

PLACES = """\
- {name: North Utopia, slug: north-utopia, postal: NU, article: the, tile: [0, 0]}
"""

STATE = """\
state: North Utopia
overall: {grade: F, score: 3.5, basis: derived by elimination, source: "Post, 2031-01-02; https://example.org/a"}
correction: The score of Bread was wrong.
"""

LAYOUT = """\
per: edition
page: {size: letter, margins: 0.5in}
theme:
  swatches:
    ink: {rgb: "#12233F", cmyk: [94, 82, 44, 48]}
    grade-a: {rgb: "#14694B", cmyk: [85, 30, 75, 20]}
    grade-b: {rgb: "#3E7A22", cmyk: [75, 25, 100, 10]}
    grade-f: {rgb: "#A61F33", cmyk: [20, 100, 75, 15]}
  styles:
    body: {font: Plain, size: 8.5pt, leading: 11pt, swatch: ink}
document: {title: "{edition.title}"}
body:
  stack:
    - text: ["Sources: ", "{sources}", {text: "{derived_sources}", style: body}]
      style: body
    - grid:
        - repeat: states as state
          when: state.column
          column: "{state.column}"
          row: "{loop.number}"
          as: li
          cell: {box: {text: "{state.postal}", style: body, as: lbl}, fill: "grade-{state.grade|lower}"}
        - {column: 3, row: 0, columns: 2, rows: 1, cell: {text: "{lowest.count} of {graded|count}", style: body}}
      size: [5, 4]
      cell_height: 20pt
      gap: 3pt
      as: l
    - {image: "{publisher.wordmark}", width: 30pt, height: 10pt, swatch: ink}
    - {repeat: counts as count, when: count.states, text: "{count.grade}: {count.names}", style: body}
    - {repeat: figures as figure, text: "{figure.title}: {figure.value}", style: body}
"""

TEXTS = {"framework": FRAMEWORK, "jurisdictions": PLACES, "state": STATE, "layout": LAYOUT}


@pytest.mark.parametrize("kind", list(TEXTS))
def test_the_files_without_a_mistake_pass(diagnose: Diagnose, kind: str) -> None:
    """The twin of every mistake below."""
    assert [] == diagnose(kind, TEXTS[kind])


MISTAKES = [
    # an edition of which only overall grades are known
    ("framework", ", card: points}", ", issue: points}", ["missing-key"]),
    ("framework", "grammar: english", "grammar: english\nissues: ‸english", ["wrong-type"]),
    # figures
    ("framework", "value: 47.9", "value: ‸.5", ["bad-number"]),
    ("framework", "id: laws", "id: ‸average", ["duplicate-name"]),
    ("framework", 'value: 47.9, source: "Somewhere, 2031-01-02"', "value: 47.9", ["missing-key"]),
    # foot
    ("framework", "copyright: © 2031 Nobody", "copyright: ‸[© 2031 Nobody]", ["wrong-type"]),
    ("framework", 'reprint: ["See "', 'reprint: ["See ‸{publisher.reprint}"', ["unknown-path"]),
    ("framework", 'link: "https://example.org"', 'link: ‸"javascript:alert(1)"', ["bad-address"]),
    ("framework", "wordmark: nobody.png", "wordmark: ‸nobody.pdf", ["bad-word"]),
    # places
    ("jurisdictions", "article: the", "article: ‸NO", ["ambiguous-text"]),
    ("jurisdictions", "article: the", "‸artikel: the", ["unknown-key"]),
    # published grades
    ("state", "basis: derived by elimination", "basis: ‸derived", ["unknown-choice"]),
    ("state", '"Post, 2031-01-02; https://example.org/a"', '‸"http://example.org/a"', ["bad-address"]),
    ("state", '"Post, 2031-01-02; https://example.org/a"', '‸"Post; javascript:alert(1)"', ["bad-address"]),
    ("state", "correction: The score of Bread was wrong.", "correction: ‸~", ["empty-value"]),
    # layouts of one page for the edition
    ("layout", "per: edition", "per: ‸editions", ["unknown-choice"]),
    ("layout", "{lowest.count} of", "‸{lowest.counts} of", ["unknown-path"]),
    ("layout", "{lowest.count} of", "‸{lowest} of", ["wrong-kind"]),
    (
        "layout",
        '{text: "{derived_sources}", style: body}',
        '{text: "From ‸{derived_sources}", style: body}',
        ["wrong-kind"],
    ),
    ("layout", 'title: "{edition.title}"', 'title: "‸{state.name}"', ["unknown-path"]),
    ("layout", "repeat: states as state", "repeat: ‸issues as state", ["unknown-path"]),
    ("layout", 'fill: "grade-{state.grade|lower}"', 'fill: ‸"mark-{state.grade|lower}"', ["unknown-swatch"] * 3),
    # grids
    ("layout", 'column: "{state.column}"', 'column: ‸"{state.name}"', ["wrong-kind"]),
    ("layout", 'column: "{state.column}"', 'column: ‸"{state.column}{state.row}"', ["wrong-kind"]),
    ("layout", "{column: 3,", "{column: ‸3.5,", ["not-whole"]),
    ("layout", "{column: 3,", "{column: ‸-1,", ["out-of-range"]),
    ("layout", "columns: 2, rows: 1,", "columns: ‸0, rows: 1,", ["out-of-range"]),
    ("layout", "size: [5, 4]", "size: ‸[5]", ["too-few"]),
    ("layout", "size: [5, 4]", "size: [5, ‸0]", ["out-of-range"]),
    ("layout", "cell_height: 20pt", "cell_height: ‸20", ["missing-unit"]),
    ("layout", "      as: l\n", "      as: ‸list\n", ["unknown-choice"]),
    ("layout", "{box: {text", "‸{bax: {text", ["no-kind"]),
]


@pytest.mark.parametrize(("kind", "good", "bad", "codes"), MISTAKES)
def test_mistakes(diagnose: Diagnose, kind: str, good: str, bad: str, codes: list[str]) -> None:
    """Each is reported with its code; one with a mark, at the character after it."""
    assert TEXTS[kind].count(good) == 1
    before, mark, after = TEXTS[kind].replace(good, bad).partition("‸")
    found = diagnose(kind, before + after)
    assert sorted(codes) == sorted(diagnostic.code for diagnostic in found)
    if mark and len(codes) == 1:
        place = (before.count("\n") + 1, len(before) - before.rfind("\n"))
        assert [place] == [(diagnostic.span.line, diagnostic.span.column) for diagnostic in found]


ISSUES = 'issues: [{id: "1", title: Bread, maximum: 2.5, goals: [{id: "1.1", phrase: fresh bread}]}]\n'


def test_issues_need_points_sentences_and_a_basis(diagnose: Diagnose) -> None:
    """What may be left out without issues is told missing with them, each by name."""
    messages = [diagnostic.message for diagnostic in diagnose("framework", FRAMEWORK + ISSUES)]
    starts = sorted(message.partition(" is missing")[0] for message in messages)
    assert ['The key "issue"', 'The key "points"', 'The key "sentences"'] == starts


def test_a_layout_for_states_knows_no_list_of_them(diagnose: Diagnose) -> None:
    """The twin: what it may name depends on what it draws a page for."""
    codes = {diagnostic.code for diagnostic in diagnose("layout", LAYOUT.replace("per: edition", "per: state"))}
    assert {"unknown-path"} == codes
