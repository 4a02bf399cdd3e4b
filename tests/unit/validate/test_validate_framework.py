"""A framework's file becomes a `Framework`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest

from cardprint.model.dataset import Basis, Framework, GradeBand, SentenceForms
from cardprint.model.diagnostics import Diagnostic
from cardprint.model.node import Node
from cardprint.model.template import Placeholder
from cardprint.validate import validate_framework

NodeOf = Callable[[str], Node]
Reported = Callable[[Callable[[], object]], list[Diagnostic]]


RESOURCES = """\
resources:
  - id: more
    heading: "{state.name} Resources"
    paragraphs:
      - - {text: "MORE:", emphasis: label}
        - " Visit "
        - {text: example.org, link: "https://example.org/{state.address}"}
foot: [["{edition.title}"]]
"""


def test_figures_are_exact_and_in_order(framework: Framework) -> None:
    """Scale, points and issues as the file has them; ids that differ by a zero differ."""
    assert (Decimal("0.5"), Decimal("2.5"), Decimal("12.5")) == (
        framework.step,
        framework.goal_maximum,
        framework.maximum,
    )
    assert (
        GradeBand("A", Decimal(80)),
        GradeBand("B", Decimal(50)),
        GradeBand("F", Decimal(0)),
    ) == framework.scale.bands
    assert (Basis.PERCENT_OF_MAXIMUM, Basis.POINTS) == (framework.scale.issue_basis, framework.scale.card_basis)
    assert ["1.1", "1.2", "1.10", "2.1"] == list(framework.goals)
    assert ("bread for {}", "parents") == (framework.goals["1.10"].pattern, framework.goals["1.10"].term)
    assert 2 == framework.issues[1].goal_count


def test_what_is_left_out_has_its_default(framework: Framework) -> None:
    """No sample, no resources, no day of the laws, no sentence about nothing."""
    assert (False, (), ()) == (framework.sample, framework.resources, framework.foot)
    assert (None, None) == (framework.edition.laws_as_of, framework.publisher.wordmark)
    assert SentenceForms("", "Gap remains related to {list}.", "Gaps remain related to {list}.") == framework.gaps
    assert dt.date(2030, 1, 2) == framework.edition.released


def test_resources_are_runs_with_templates(node_of: NodeOf, framework_text: str) -> None:
    """A plain string is a run without emphasis; an address may name the scope's fields."""
    framework = validate_framework(node_of(framework_text + RESOURCES))
    (paragraph,) = framework.resources[0].paragraphs
    assert ["label", None, None] == [run.emphasis for run in paragraph]
    assert (" Visit ",) == paragraph[1].text.parts
    link = paragraph[2].link
    assert link is not None
    assert ("state", "address") == next(part for part in link.parts if isinstance(part, Placeholder)).path
    assert 1 == len(framework.foot)


@pytest.mark.parametrize(
    ("good", "bad", "message"),
    [
        ("maximum: 5", "maximum: 5.5", "1 named goals and 1 unnamed of 2.5 points make 5, the file says 5.5."),
        ("maximum: 7.5", "maximum: 10", "3 goals of 2.5 points make 7.5, the file says 10."),
        ("{letter: B, from: 50}", "{letter: B, from: 90}", "B is from 90, which is not below A from 80."),
        ("from: 0}", "from: 10}", "The lowest grade is from 10, so that lower scores would have none."),
        ("each: 0.5", "each: 0.2", "0.2 points are no multiple of the step 0.5."),
        ('id: "1.10"', 'id: "1.1"', 'The id "1.1" is that of another goal, in line 14.'),
        (
            "term: parents",
            "term: children",
            "Goal 1.10 reads like goal 1.2, so that sentences could not tell them apart.",
        ),
    ],
)
def test_what_does_not_hold_together_is_explained(
    node_of: NodeOf, framework_text: str, reported: Reported, good: str, bad: str, message: str
) -> None:
    """The report shows the figures that disagree."""
    assert 1 == framework_text.count(good)
    found = reported(lambda: validate_framework(node_of(framework_text.replace(good, bad))))
    assert [message] == [d.message for d in found]


def test_an_edition_of_which_only_letters_are_known_has_no_issues(node_of: NodeOf, framework_text: str) -> None:
    """An empty list of issues is a framework too."""
    head, _, rest = framework_text.partition("issues:\n")
    text = f"{head}issues: []\n{rest[rest.index('sentences:') :]}"
    assert () == validate_framework(node_of(text)).issues


def test_too_many_issues_are_refused_with_the_limit(node_of: NodeOf, framework_text: str, reported: Reported) -> None:
    """The limit stands in the message."""
    head, _, rest = framework_text.partition("issues:\n")
    issues = "".join(f'  - {{id: "x{n}", title: T, maximum: 2.5, unnamed: 1, goals: []}}\n' for n in range(201))
    text = f"{head}issues:\n{issues}{rest[rest.index('extra_credit:') :]}"
    (found,) = reported(lambda: validate_framework(node_of(text)))
    assert ("too-many", "Found 201 issues; at most 200 are read.") == (found.code, found.message)


def test_sentences_about_extra_credit_are_needed_where_there_is_some(
    node_of: NodeOf, framework_text: str, reported: Reported
) -> None:
    """Without rows of extra credit they may be left out."""
    start = framework_text.index("  extended:")
    text = framework_text[:start]
    assert ["missing-key"] == [d.code for d in reported(lambda: validate_framework(node_of(text)))]
    row = framework_text[framework_text.index("extra_credit:") : framework_text.index("sentences:")]
    assert "" == validate_framework(node_of(text.replace(row, ""))).extended.one
