"""Bad values in the files of a dataset and of a layout, through the command line: code and place, and nothing made.

Each case is a piece of a file, what stands there instead (‸ before the character that is told), and the code. Its twin
is the piece itself, or the right way to say what was meant.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

if TYPE_CHECKING:
    from tests.hostile.conftest import Ground

STATE = "edition/states/freedonia.yaml"
FRAMEWORK = "edition/framework.yaml"
PLACES = "edition/jurisdictions.yaml"
LAYOUT = "layouts/tiny.yaml"
BASE = "layouts/base.yaml"
THEME = "layouts/themes/plain.yaml"

SCORE = "score: 3.5"
GAPS = 'gaps: ["1.2"]'
RESULTS = '{id: "1", score: 3.5, accomplished: ["1.1"], gaps: ["1.2"]}'
ENDS = f"{RESULTS}\n"
ISSUE = 'id: "1"\n    title: Laws\n    icon: gavel'
TEXT_STYLE = "text: {font: Source Sans 3 Regular, size: 9pt, leading: 12pt, swatch: ink}\n  head: {like: "


class Case(NamedTuple):
    """`good` is the twin, if it is not `old` itself."""

    what: str
    file: str
    old: str
    bad: str
    code: str
    good: str = ""


CASES = [
    # what YAML would take for something else
    Case("unknown key", STATE, SCORE, "‸scoer: 3.5", "unknown-key"),
    Case("unknown key in a layout", LAYOUT, "gap: 6pt", "‸gpa: 6pt", "unknown-key"),
    Case("duplicate key", STATE, SCORE, "score: 3.5, ‸score: 3.5", "duplicate-key"),
    Case("tab", STATE, "  - {", "‸\t- {", "tab"),
    Case("tab inside a line", STATE, SCORE, "score:‸\t3.5", "tab"),
    Case("NO as a postal code", PLACES, 'postal: "FR"', "postal: ‸NO", "ambiguous-text", 'postal: "NO"'),
    Case("NO as a text", STATE, GAPS, f"highlights: ‸NO, {GAPS}", "ambiguous-text", f'highlights: "NO", {GAPS}'),
    Case("NO as a truth value", FRAMEWORK, "grammar:", "sample: ‸NO\ngrammar:", "bad-flag", "sample: false\ngrammar:"),
    Case("010", STATE, SCORE, "score: ‸010", "bad-number"),
    Case("03.5", STATE, SCORE, "score: ‸03.5", "bad-number"),
    Case("1e0", STATE, SCORE, "score: ‸35e-1", "bad-number"),
    Case("sexagesimal", STATE, SCORE, "score: ‸3:30", "bad-number"),
    Case("a comma for a point", STATE, SCORE, 'score: ‸"3,5"', "bad-number"),
    Case("a number in quotes", STATE, SCORE, 'score: ‸"3.5"', "quoted-number"),
    Case("infinity", STATE, SCORE, "score: ‸.inf", "bad-number"),
    Case("a number of a million digits", STATE, SCORE, f"score: ‸{'9' * 1_000_000}", "bad-number"),
    Case("1.10 as an id", FRAMEWORK, 'id: "1.2"', "id: ‸1.10", "unquoted-id"),
    Case("1.1 in a list", STATE, '["1.1"]', "[‸1.1]", "unquoted-id"),
    Case("2021 as an id", FRAMEWORK, 'id: "1933"', "id: ‸1933", "unquoted-id"),
    Case("a date that is none", FRAMEWORK, "released: 1933-11-17", "released: ‸1933-02-30", "bad-date"),
    Case("null", STATE, "state: Freedonia", "state: ‸~", "empty-value"),
    Case("a tag", STATE, SCORE, "score: ‸!!float 3.5", "yaml-tag"),
    Case("a tag that makes objects", STATE, SCORE, "score: ‸!!python/object/apply:os.system [ls]", "yaml-tag"),
    Case("a merge key", STATE, SCORE, "‸<<: {score: 3.5}", "merge-key"),
    # scores and grades
    Case("missing score", STATE, RESULTS, '‸{id: "1", accomplished: ["1.1"], gaps: ["1.2"]}', "missing-key"),
    Case("off-step score", STATE, SCORE, "score: ‸3.4", "off-step"),
    Case("too high score", STATE, SCORE, "score: ‸5.5", "too-high"),
    Case("negative score", STATE, SCORE, "score: ‸-1", "out-of-range"),
    Case("a score that the goals cannot give", STATE, SCORE, "score: ‸2", "impossible-score"),
    Case("wrong letter", STATE, SCORE, "score: 3.5, grade: ‸A", "wrong-grade", "score: 3.5, grade: F"),
    Case("unknown letter", STATE, SCORE, "score: 3.5, grade: ‸E", "unknown-grade", "score: 3.5, grade: F"),
    Case(
        "wrong total", STATE, ENDS, f"{ENDS}overall: {{score: ‸4}}\n", "wrong-total", f"{ENDS}overall: {{score: 3.5}}\n"
    ),
    Case(
        "wrong overall letter",
        STATE,
        ENDS,
        f"{ENDS}overall: {{grade: ‸A}}\n",
        "wrong-grade",
        f"{ENDS}overall: {{grade: F}}\n",
    ),
    Case("a maximum that the goals do not make", FRAMEWORK, "maximum: 5\n", "maximum: ‸6\n", "wrong-maximum"),
    # goals
    Case("unknown goal", STATE, GAPS, 'gaps: [‸"1.3"]', "unknown-goal"),
    Case("missing goal", STATE, RESULTS, '‸{id: "1", score: 3.5, accomplished: ["1.1"], gaps: []}', "missing-goal"),
    Case("goal both accomplished and gap", STATE, GAPS, 'gaps: ["1.2", ‸"1.1"]', "status-conflict"),
    Case("goal twice in a list", STATE, GAPS, 'gaps: ["1.2", ‸"1.2"]', "duplicate-goal"),
    Case("unknown issue", STATE, 'id: "1"', 'id: ‸"2"', "unknown-issue"),
    Case("unknown state", STATE, "state: Freedonia", "state: ‸Fredonia", "unknown-state"),
    Case("another state", STATE, "state: Freedonia", "state: ‸Sylvania", "wrong-file-name"),
    Case("slug twice", PLACES, "slug: sylvania", "slug: ‸freedonia", "duplicate-name"),
    # names in layouts
    Case("unknown icon", LAYOUT, '"{issue.icon}"', "‸gavle", "unknown-icon", "gavel"),
    Case("unknown icon of the data", FRAMEWORK, ISSUE, f"{ISSUE.replace('id', '‸id', 1)[:-5]}gavle", "unknown-icon"),
    Case("unknown swatch", LAYOUT, "swatch: ink}\n", "swatch: ‸inc}\n", "unknown-swatch"),
    Case("unknown swatch of a style", THEME, "swatch: ink}\n  head", "swatch: ‸inc}\n  head", "unknown-swatch"),
    Case("unknown style", LAYOUT, "style: text", "style: ‸txet", "unknown-style"),
    Case("unknown font", THEME, "font: Source Sans 3 SemiBold", "font: ‸Source Sans 3 Semibold", "unknown-font"),
    Case("unknown path in a template", LAYOUT, "{state.name}", "‸{state.nmae}", "unknown-path"),
    Case("unknown path in a repeat", LAYOUT, "issues as issue", "‸isues as issue", "unknown-path"),
    Case("unknown filter", LAYOUT, "{state.name}", "‸{state.name|shout}", "unknown-filter"),
    Case("an attribute of Python’s", LAYOUT, "{state.name}", "‸{state.__class__.__mro__}", "unknown-path"),
    Case("a call", LAYOUT, "{state.name}", "‸{__import__('os').system('ls')}", "bad-template"),
    Case("a format string", LAYOUT, "{state.name}", "‸{state.name!r:>999999999}", "bad-template"),
    Case(
        "unknown picture",
        LAYOUT,
        '{icon: "{issue.icon}", size: 12pt, swatch: ink}',
        "{image: ‸seal.png, width: 9pt}",
        "unknown-picture",
    ),
    Case("unknown kind of block", LAYOUT, "stack:", "‸stak:", "unknown-key"),
    Case("a length without a unit", LAYOUT, "size: 12pt", "size: ‸12", "missing-unit"),
    Case("a length beyond any page", LAYOUT, "gap: 6pt", "gap: ‸99999pt", "out-of-range"),
    Case("type too small to read", THEME, "size: 9pt", "size: ‸0.1pt", "out-of-range"),
    # going round in circles
    Case("a layout that extends itself", BASE, "page:", "extends: ‸base.yaml\npage:", "extends-cycle"),
    Case("cyclic extends", BASE, "page:", "extends: ‸tiny.yaml\npage:", "extends-cycle"),
    Case(
        "a theme that extends itself", THEME, "swatches:", "extends: ‸../themes/plain.yaml\nswatches:", "extends-cycle"
    ),
    Case(
        "styles like one another",
        THEME,
        TEXT_STYLE,
        TEXT_STYLE.replace("{font", "{like: head, font") + "‸",
        "style-cycle",
    ),
    # addresses
    Case(
        "a javascript link",
        FRAMEWORK,
        "resources: []",
        'foot: [[{text: a, link: ‸"javascript:alert(1)"}]]',
        "bad-address",
        'foot: [[{text: a, link: "https://example.org"}]]',
    ),
    Case(
        "a file link",
        FRAMEWORK,
        "resources: []",
        "foot: [[{text: a, link: ‸file:///etc/passwd}]]",
        "bad-address",
        "foot: [[{text: a, link: mailto:a@example.org}]]",
    ),
    Case("a data link", FRAMEWORK, "resources: []", 'foot: [[{text: a, link: ‸"data:text/html,x"}]]', "bad-address"),
    Case(
        "a link in the layout",
        LAYOUT,
        'text: "{state.name}", style: head',
        'text: [{text: a, link: ‸"javascript:x"}], style: head',
        "bad-address",
    ),
    # characters
    Case(
        "a bidi override",
        STATE,
        GAPS,
        f"highlights: law‸\u202ewal, {GAPS}",
        "hidden-character",
        f"highlights: lawwal, {GAPS}",
    ),
    Case("a space of no width", STATE, GAPS, f"highlights: law‸\u200bwal, {GAPS}", "hidden-character"),
    Case("letters from right to left", STATE, GAPS, f"highlights: ‸whistling قدس, {GAPS}", "right-to-left"),
    Case("a bidi isolate", STATE, GAPS, f"highlights: law‸\u2066wal, {GAPS}", "hidden-character"),
    Case("a bidi override by its code", STATE, GAPS, f'highlights: ‸"law\\u202Ewal", {GAPS}', "hidden-character"),
    Case("a control character", STATE, GAPS, f"highlights: law‸\x07wal, {GAPS}", "invisible-character"),
    Case("a control character by its code", STATE, GAPS, f'highlights: ‸"law\\awal", {GAPS}', "invisible-character"),
    Case("a line separator", STATE, GAPS, f"highlights: law‸\u2028wal, {GAPS}", "invisible-character"),
    Case(
        "a glyph that no font has",
        STATE,
        GAPS,
        f"highlights: ‸whistling 口, {GAPS}",
        "no-glyph",
        f"highlights: whistling ō, {GAPS}",
    ),
    Case(
        "a glyph that no font has in the framework",
        FRAMEWORK,
        ISSUE,
        ISSUE.replace("id", "‸id", 1).replace("Laws", "法"),
        "no-glyph",
    ),
    # size
    Case(
        "a text without room",
        STATE,
        GAPS,
        f"highlights: ‸{'word ' * 300}end, {GAPS}",
        "overset",
        f"highlights: word, {GAPS}",
    ),
    Case("a word without room", STATE, GAPS, f"highlights: ‸{'w' * 300}, {GAPS}", "overset"),
    Case("a text beyond any card", STATE, GAPS, f"highlights: ‸{'word ' * 1001}end, {GAPS}", "too-long"),
    Case("a title without room", LAYOUT, '"{state.name}", style: head', f'‸"{"state " * 99}", style: head', "overset"),
    Case(
        "a page too small for anything",
        BASE,
        "size: [4in, 3in], margins: 0.25in",
        "size: [4in, 3in], margins: ‸2in",
        "out-of-range",
    ),
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.what)
def test_a_bad_value_is_told_and_nothing_is_made(ground: Ground, case: Case) -> None:
    """Its code, and the character at which it stands. Of a theme it is told besides where the layout asks for it."""
    place = ground.edit(case.file, case.old, case.bad)
    assert {(place, case.code)} == {problem for problem in ground.problems() if "theme-not-read" not in problem}


@pytest.mark.parametrize("case", [case for case in CASES if case.good], ids=lambda case: case.what)
def test_what_was_meant_can_be_said(ground: Ground, case: Case) -> None:
    """The twins that are not simply the file without the mistake."""
    ground.edit(case.file, case.old, case.good)
    ground.render(code=0)


def test_without_a_bad_value_there_is_a_card(ground: Ground) -> None:
    """The twin of all others."""
    before = ground.files()
    ground.render(code=0)
    assert {"out/1933-freedonia.pdf"} == ground.files() - before
