"""What a layout says of print."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cardprint.model.diagnostics import Collector
from cardprint.model.node import Node
from cardprint.model.press import PressSpec
from cardprint.validate.forms_press import PrintForm
from cardprint.validate.forms_theme import ThemeForm
from cardprint.validate.place import At
from cardprint.validate.theme import check_theme

NodeOf = Callable[[str], Node]


def test_what_is_left_out_is_as_usual(node_of: NodeOf) -> None:
    """Coated offset, 300 % of ink, an eighth of an inch, marks and slug."""
    spec = PrintForm.read(At(node_of("{}"), Collector())).spec()
    assert ("FOGRA39", 300.0, 9.0, True, True) == (
        *(spec.condition, spec.ink_limit, spec.safety),
        *(spec.marks, spec.slug),
    )


def test_everything_can_be_said(node_of: NodeOf) -> None:
    """Lengths are points, ink is percent; the condition is looked for where it is named."""
    text = (
        "output_intent: {profile: gracol.icc, condition: CGATS21_CRPC6}\n"
        "ink_limit: 280\nsafety: 5mm\nmarks: false\nslug: false\n"
    )
    spec = PrintForm.read(At(node_of(text), Collector())).spec()
    assert PressSpec("gracol.icc", "CGATS21_CRPC6", 280.0, 5 * 72 / 25.4, False, False, spec.span) == spec
    assert 1 == spec.span.line


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("output_intent: {profile: gracol.icc}", "missing-key"),
        ("output_intent: {profile: ../gracol.icc, condition: GRACoL}", "bad-word"),
        ("ink_limit: 50", "out-of-range"),
        ("safety: 9", "missing-unit"),
        ("marks: yes", "bad-flag"),
        ("tac: 300", "unknown-key"),
    ],
)
def test_what_cannot_be_meant_is_refused(node_of: NodeOf, text: str, code: str) -> None:
    """Each by the reader of its kind."""
    log = Collector()
    PrintForm.read(At(node_of(text), log))
    assert [code] == [found.code for found in log.diagnostics]


def spots(node_of: NodeOf, swatches: str) -> list[tuple[str, int]]:
    """What is wrong with the spot inks of a theme: codes and lines."""
    node = node_of(f"swatches:\n{swatches}styles: {{}}\n")
    form = ThemeForm.read(At(node, log := Collector()))
    check_theme(form)
    return [(found.code, found.span.line) for found in log.diagnostics]


def test_a_spot_ink_may_have_several_swatches(node_of: NodeOf) -> None:
    """As long as they are the same ink: a screen colour each, one set of four inks."""
    gold = '{rgb: "#E0A526", cmyk: [11, 37, 98, 0], spot: Gold}'
    assert [] == spots(node_of, f"  a: {gold}\n  b: {gold.replace('E0', 'E1')}\n")


def test_a_spot_ink_is_one_ink(node_of: NodeOf) -> None:
    """Two alternates for one plate: a press would take either."""
    gold = '{rgb: "#E0A526", cmyk: [11, 37, 98, 0], spot: Gold}'
    assert [("spot-differs", 3)] == spots(node_of, f"  a: {gold}\n  b: {gold.replace('98', '97')}\n")


@pytest.mark.parametrize("name", ["All", "None"])
def test_names_that_mean_plates_are_no_inks(node_of: NodeOf, name: str) -> None:
    """All would print on every plate."""
    assert [("reserved-ink", 2)] == spots(node_of, f'  a: {{rgb: "#E0A526", cmyk: [11, 37, 98, 0], spot: {name}}}\n')
