"""Mistakes in the files of a dataset: each is reported once, with its code, at the character where it stands."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.model.diagnostics import Diagnostic

Place = tuple[str, int, int]
Changed = Callable[[str, str, str], list[Diagnostic]]
Diagnose = Callable[[str, str], list[Diagnostic]]
Mistaken = Callable[[str, str, str, str], tuple[list[Place], list[Place]]]


@pytest.mark.parametrize("kind", ["framework", "state", "jurisdictions", "fonts", "layout"])
def test_the_files_without_a_mistake_pass(changed: Changed, kind: str) -> None:
    """The files into which the other tests put mistakes have none of their own."""
    assert [] == changed(kind, "", "")


FRAMEWORK_MISTAKES = [
    # keys
    ("grammar: english", "‸grammer: english", "unknown-key"),
    ('edition:\n  id: "2030"\n  title:', "edition:\n  ‸title:", "missing-key"),
    ("grammar: english", "grammar:‸", "empty-value"),
    ("grammar: english", "grammar: ‸~", "empty-value"),
    ("grammar: english", "grammar: ‸[english]", "wrong-type"),
    ("publisher:\n  name: Nobody\n  wordmark: pictures/nobody.svg", "publisher: ‸Nobody", "wrong-type"),
    # text
    ("name: Nobody", "name: ‸NO", "ambiguous-text"),
    ("name: Nobody", 'name: ‸""', "empty-text"),
    ("name: Nobody", 'name: "No‸\u202ebody"', "hidden-character"),
    ("name: Nobody", 'name: ‸"No\\nbody"', "line-break"),
    ("name: Nobody", f'name: ‸"{"N" * 201}"', "too-long"),
    ('id: "2030"', "id: ‸2030", "unquoted-id"),
    ('id: "2030"', 'id: ‸"20/30"', "bad-word"),
    ("language: en-US", "language: ‸english-us", "bad-word"),
    ("language: en-US", "language: ‸no", "ambiguous-text"),
    # dates
    ("released: 2030-01-02", "released: ‸2030-1-2", "bad-date"),
    ("released: 2030-01-02", "released: ‸2030-02-30", "bad-date"),
    # paths
    ("wordmark: pictures/nobody.svg", "wordmark: ‸../nobody.svg", "bad-word"),
    ("wordmark: pictures/nobody.svg", "wordmark: ‸/etc/nobody.svg", "bad-word"),
    ("wordmark: pictures/nobody.svg", "wordmark: ‸pictures/nobody.exe", "bad-word"),
    # file names
    ('file_name: "{edition.id}', 'file_name: ‸"../{edition.id}', "bad-file-name"),
    ('"{edition.id}-{state.slug}"', '‸"{edition.id}"', "bad-file-name"),
    ("{edition.id}-{state.slug}", "‸{state.revision}-{state.slug}", "bad-file-name"),
    # numbers
    ("step: 0.5", "step: ‸.5", "bad-number"),
    ("step: 0.5", "step: ‸0", "out-of-range"),
    ("maximum: 5\n", "maximum: ‸05\n", "bad-number"),
    ("maximum: 5\n", 'maximum: ‸"5"\n', "quoted-number"),
    ("unnamed: 1", "unnamed: ‸1.5", "not-whole"),
    # the arithmetic of the framework
    ("goal_maximum: 2.5", "goal_maximum: ‸2.4", "off-step"),
    ("each: 1}", "each: ‸0.7}", "off-step"),
    ("maximum: 7.5", "maximum: ‸8", "wrong-maximum"),
    ("{letter: B, from: 50}", "{letter: B, from: ‸80}", "scale-order"),
    ("{letter: F, from: 0}", "{letter: F, from: ‸1}", "scale-order"),
    ("{letter: A, from: 80}", "{letter: A, from: ‸101}", "out-of-range"),
    ("{letter: B, from: 50}", "{letter: ‸A, from: 50}", "duplicate-name"),
    ("issue: percent-of-maximum", "issue: ‸percentage", "unknown-choice"),
    # goals
    ('id: "1.3"', 'id: ‸"1.2"', "duplicate-name"),
    ('id: "2.1"', "id: ‸2.10", "unquoted-id"),
    ('"bread for {}", term: parents', '‸"bread for {}", term: children', "duplicate-phrase"),
    ('phrase: "bread for {}", term: children', 'phrase: ‸"bread for {} and {}", term: children', "bad-phrase"),
    ('phrase: "bread for {}", term: children', 'phrase: ‸"bread for {}"', "bad-phrase"),
    ("phrase: fresh bread", "phrase: ‸fresh bread, term: white", "bad-phrase"),
    # sentences
    ('gaps: {one: "Gap remains related to {list}."', 'gaps: {one: ‸"Gap remains."', "bad-phrase"),
    ('gaps: {one: "Gap remains related to {list}."', 'gaps: {one: ‸"{beneficiary}: {list}."', "bad-phrase"),
    ("{none: Nothing extended.", '{none: ‸"Nothing of {list}."', "bad-phrase"),
    # templates
    ("{state.name} Resources", "‸{state.nam} Resources", "unknown-path"),
    ("{state.name} Resources", "‸{issues} Resources", "unknown-path"),
    ("{state.name} Resources", "‸{state} Resources", "wrong-kind"),
    ("{state.name} Resources", "‸{state.name|uper} Resources", "unknown-filter"),
    ("{state.name} Resources", "‸{state.name|date} Resources", "wrong-kind"),
    ("{state.name} Resources", "‸{ state.name } Resources", "bad-template"),
    ("{state.name} Resources", "‸{state.name + 1} Resources", "bad-template"),
    ("{state.name} Resources", "‸{} Resources", "bad-template"),
    ("{state.name} Resources", "{state.name} ‸} Resources", "bad-template"),
    ("{state.name} Resources", "‸{state.name Resources", "bad-template"),
    # links
    ('link: "https://example.org/{state.address}"', 'link: ‸"javascript:alert(1)"', "bad-address"),
    ('link: "https://example.org/{state.address}"', 'link: ‸"file:///etc/passwd"', "bad-address"),
    ('link: "https://example.org/{state.address}"', 'link: ‸"{state.address}"', "bad-address"),
    ('link: "https://example.org/{state.address}"', 'link: ‸"https://example.org/a b"', "bad-address"),
]


@pytest.mark.parametrize(("good", "bad", "code"), FRAMEWORK_MISTAKES)
def test_mistakes_in_a_framework(mistaken: Mistaken, good: str, bad: str, code: str) -> None:
    """A mistake in framework.yaml has one report, at its place."""
    expected, found = mistaken("framework", good, bad, code)
    assert expected == found


STATE_MISTAKES = [
    ("state: North Utopia", "state: ‸North Utopa", "unknown-state"),
    ("state: North Utopia", "state: ‸NU", "unknown-state"),
    ("state: North Utopia", "state: ‸Elsewhere", "wrong-file-name"),
    # issues
    ('- id: "1"', "- id: ‸1", "unquoted-id"),
    ('- id: "2"', '- id: ‸"3"', "unknown-issue"),
    ('- id: "2"', '- id: ‸"1"', "duplicate-name"),
    ('issues:\n  - id: "1"', 'issues:\n  - ‸Id: "1"', "unknown-key"),
    # scores
    ("score: 5.5", "score: ‸010", "bad-number"),
    ("score: 5.5", "score: ‸5_5", "bad-number"),
    ("score: 5.5", "score: ‸5.5e0", "bad-number"),
    ("score: 5.5", "score: ‸5,5", "bad-number"),
    ("score: 5.5", "score: ‸NO", "bad-number"),
    ("score: 5.5", "score: ‸-1", "out-of-range"),
    ("score: 5.5", "score: ‸5.6", "off-step"),
    ("score: 5.5", "score: ‸8", "too-high"),
    ("score: 5.5", "score: ‸4.5", "impossible-score"),
    ("score: 5.5", "score: ‸7.5", "impossible-score"),
    ("grade: B", "grade: ‸A", "wrong-grade"),
    ("grade: B", "grade: ‸D", "unknown-grade"),
    # goals
    ('accomplished: ["1.1", "1.3"]', 'accomplished: ["1.1", ‸1.3]', "unquoted-id"),
    ('accomplished: ["1.1", "1.3"]', 'accomplished: ["1.1", "1.3", ‸"1.9"]', "unknown-goal"),
    ('accomplished: ["1.1", "1.3"]', 'accomplished: ["1.1", "1.3", ‸"2.1"]', "unknown-goal"),
    ('accomplished: ["1.1", "1.3"]', 'accomplished: ["1.1", "1.3", ‸"1.1"]', "duplicate-goal"),
    ('gaps: ["1.2"]', 'gaps: [‸"1.9"]', "unknown-goal"),
    ('gaps: ["1.2"]', 'gaps: ["1.2", ‸"1.1"]', "status-conflict"),
    ("gaps:", "‸gap:", "unknown-key"),
    # points
    ('points: {"2.1": 1.5}', 'points: {"2.1": ‸3}', "too-high"),
    ('points: {"2.1": 1.5}', 'points: {"2.1": ‸1.2}', "off-step"),
    ('points: {"2.1": 1.5}', 'points: {"2.1": 1.5, "2.2": ‸1}', "unknown-goal"),
    ('points: {"2.1": 1.5}', "points: {‸2.1: 1.5}", "unquoted-id"),
    ("score: 3.5", "score: ‸1", "wrong-score"),
    ("score: 3.5", "score: ‸4.5", "wrong-score"),
    # extra credit
    ("- id: pets", "- id: ‸cats", "unknown-row"),
    ('protections: ["2.1", "1.1"]', 'protections: ["2.1", ‸"1.4"]', "unknown-goal"),
    ('protections: ["2.1", "1.1"]', 'protections: ["2.1", "1.1", ‸"2.1"]', "duplicate-goal"),
    ("points: 2\n", "points: ‸3\n", "wrong-points"),
    # overall
    ("score: 11}", "score: ‸12}", "wrong-total"),
    ("grade: F,", "grade: ‸B,", "wrong-grade"),
    ("grade: F,", "grade: F, basis: ‸hearsay,", "unknown-choice"),
    ("grade: F,", 'grade: F, source: ‸"http://example.org",', "bad-address"),
    # texts are literal, but no control or bidi characters
    ("was corrected.", "was ‸\u2066corrected.", "hidden-character"),
    # a warning
    ("revised: 2030-02-03", "revised: ‸2030-01-01", "early-revision"),
    ("grade: B", "highlights: ‸Gaps remain related to fresh bread.", "contradiction"),
]


@pytest.mark.parametrize(("good", "bad", "code"), STATE_MISTAKES)
def test_mistakes_in_a_state(mistaken: Mistaken, good: str, bad: str, code: str) -> None:
    """A mistake in a state's file has one report, at its place."""
    expected, found = mistaken("state", good, bad, code)
    assert expected == found


def test_a_value_that_looks_odd_but_is_right_passes(changed: Changed) -> None:
    """The twins of some mistakes: quotes around a word that YAML knows, a number with decimals, a pair of braces."""
    assert [] == changed("framework", "name: Nobody", 'name: "NO"')
    assert [] == changed("framework", "maximum: 5\n", "maximum: 5.0\n")
    assert [] == changed("framework", "{state.name} Resources", "{{state.name}} Resources")
    assert [] == changed("framework", "released: 2030-01-02", 'released: "2030-01-02"')
    assert [] == changed("framework", '"https://example.org/{state.address}"', '"mailto:someone@example.org"')
    assert [] == changed("framework", "title: Bread", "title: 2030")


def test_everything_wrong_is_reported_at_once(changed: Changed) -> None:
    """Mistakes in different parts of a file come together, in the order of the file."""
    bad = 'id: "1"\n    titel: Bread\n    icon: "a b"\n    maximum: 010'
    found = changed("framework", 'id: "1"\n    title: Bread\n    icon: gavel\n    maximum: 7.5', bad)
    assert ["unknown-key", "bad-word", "bad-number"] == [d.code for d in found]
    assert ["issues[0].titel", "issues[0].icon", "issues[0].maximum"] == [d.path for d in found]


def test_reports_end_where_nobody_would_read_on(diagnose: Diagnose) -> None:
    """A file that is nothing like what it should be is reported in a hundred places, and that there may be more."""
    found = diagnose("framework", "\n".join(f"key_{number}: 1" for number in range(500)))
    assert 101 == len(found)
    assert "too-many-errors" in [d.code for d in found]
