"""Templates: `{dotted.path|filter}` and nothing more."""

from __future__ import annotations

import pytest

from cardprint.model.diagnostics import Collector, DiagnosticError, Span
from cardprint.model.node import ScalarNode
from cardprint.model.template import Placeholder, Template
from cardprint.validate.place import At
from cardprint.validate.templates import read_template

HERE = Span("layout.yaml", 3, 10, 3, 10)


def placed(text: str, quotes: int = 0) -> Span:
    """Where a scalar with this text ends, written on one line with so many quotes around it."""
    return Span("layout.yaml", 3, 10, 3, 10 + len(text) + quotes)


def parse_template(text: str, span: Span) -> Template:
    """The template in a scalar at `span`; what is wrong with it is raised."""
    log = Collector()
    template = read_template(At(ScalarNode(text, True, span), log), text)
    log.raise_errors()
    return template


def test_text_without_braces_is_literal() -> None:
    """Whatever else it holds: markup and percent signs are text."""
    text = "100 % <b>of</b> it"
    assert Template((text,), placed(text)) == parse_template(text, placed(text))


def test_a_placeholder_has_its_path_its_filters_and_its_place() -> None:
    """Its span covers the braces, counted inside the quotes where there are any."""
    text = "On {edition.released|date|upper}."
    template = parse_template(text, placed(text, quotes=2))
    span = Span("layout.yaml", 3, 14, 3, 14 + len("{edition.released|date|upper}"))
    assert ("On ", Placeholder(("edition", "released"), ("date", "upper"), span), ".") == template.parts


def test_a_placeholder_in_a_text_of_several_lines_has_the_place_of_the_text() -> None:
    """Where folding has moved the characters, only the text's own place is sure."""
    span = Span("layout.yaml", 3, 10, 5, 2)
    (placeholder,) = parse_template("{a.b}", span).parts
    assert isinstance(placeholder, Placeholder)
    assert span == placeholder.span


def test_doubled_braces_are_braces() -> None:
    """They stand for one brace each, beside placeholders too."""
    assert ("{state}",) == parse_template("{{state}}", HERE).parts
    assert ("{", "}") == tuple(p for p in parse_template("{{{state}}}", HERE).parts if isinstance(p, str))


def test_a_sole_placeholder_is_known_as_such() -> None:
    """With anything beside it, it is not sole."""
    assert parse_template("{line}", HERE).sole is not None
    assert parse_template("{line} ", HERE).sole is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{}", "bad-template"),
        ("{state.name", "bad-template"),
        ("state.name}", "bad-template"),
        ("{ state.name }", "bad-template"),
        ("{state..name}", "bad-template"),
        ("{state.0}", "bad-template"),
        ("{issues[0]}", "bad-template"),
        ("{state.name!r}", "bad-template"),
        ("{state.name:>10}", "bad-template"),
        ("{1 + 1}", "bad-template"),
        ("{__import__('os').system('id')}", "bad-template"),
        ("{state.name|}", "bad-template"),
        ("{state.name|shout}", "unknown-filter"),
    ],
)
def test_everything_else_in_braces_is_refused(text: str, code: str) -> None:
    """There are no expressions, indices, formats or calls."""
    with pytest.raises(DiagnosticError) as caught:
        parse_template(text, placed(text))
    assert [code] == [d.code for d in caught.value.diagnostics]


def test_all_faults_of_a_template_are_reported_together() -> None:
    """Each at its own column."""
    text = "{a b} and {c|uper} and }"
    with pytest.raises(DiagnosticError) as caught:
        parse_template(text, placed(text))
    found = [(d.code, d.span.column) for d in caught.value.diagnostics]
    assert [("bad-template", 10), ("unknown-filter", 20), ("bad-template", 33)] == found
    assert 'Did you mean "upper"?' == caught.value.diagnostics[1].hint
