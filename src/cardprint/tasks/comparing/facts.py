"""An edition as single fields, in the order in which people would go through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from cardprint.model.change import Change
from cardprint.model.dataset import Framework, Goal, RunTemplate, StateRecord
from cardprint.model.numbers import spelled
from cardprint.model.template import Template

Facts = dict[tuple[str, str], str]
"""Values by part ("issue 3") and field ("score")."""


def framework_facts(framework: Framework) -> Facts:
    """What all cards of an edition share, its wording included."""
    return _edition(framework) | _rows(framework) | _wording(framework)


def _edition(framework: Framework) -> Facts:
    """What the edition is, and how it counts."""
    edition, publisher, scale = framework.edition, framework.publisher, framework.scale
    given = (
        ("edition", "id", edition.id),
        ("edition", "title", edition.title),
        ("edition", "language", edition.language),
        ("edition", "file name", _template(edition.file_name)),
        ("edition", "address of a state", _template(edition.address) if edition.address is not None else None),
        ("edition", "released", edition.released),
        ("edition", "laws as of", edition.laws_as_of),
        ("edition", "sample", "yes" if framework.sample else None),
        ("edition", "grammar", framework.grammar),
        ("publisher", "name", publisher.name),
        ("publisher", "wordmark", publisher.wordmark),
        ("publisher", "copyright", publisher.copyright),
        ("publisher", "reprint line", _runs(publisher.reprint)),
        *(("grades", f"{band.letter} from", spelled(band.at_least)) for band in scale.bands),
        ("grades", "of issues", scale.issue_basis.value),
        ("grades", "of cards", scale.card_basis.value),
        ("points", "step", spelled(framework.step)),
        ("points", "of a goal", spelled(framework.goal_maximum)),
    )
    return {(part, field): str(value) for part, field, value in given if value}


def _rows(framework: Framework) -> Facts:
    """The rows of a card: issues with their goals, and extra credit."""
    facts: Facts = {}
    for issue in framework.issues:
        part = f"issue {issue.id}"
        facts[part, "title"], facts[part, "maximum"] = issue.title, spelled(issue.maximum)
        if issue.icon is not None:
            facts[part, "icon"] = issue.icon
        facts |= {(part, f"goal {goal.id}"): _goal(goal) for goal in issue.goals}
        if issue.unnamed:
            facts[part, "unnamed goals"] = str(issue.unnamed)
    for row in framework.extra_credit:
        part = f"extra credit {row.id}"
        values = {
            "badge": row.badge,
            "badge in full": row.badge_expansion,
            "title": row.title,
            "beneficiary": row.beneficiary,
            "points for each": spelled(row.each),
        }
        facts |= {(part, field): value for field, value in values.items()}
    return facts


def _wording(framework: Framework) -> Facts:
    """The sentences that are made from goals, resources, the foot, published figures."""
    facts: Facts = {}
    kinds = {"accomplished": framework.accomplished, "gaps": framework.gaps, "extended": framework.extended}
    for kind, forms in kinds.items():
        texts = {"none": forms.none, "one": forms.one, "many": forms.many}
        facts |= {(f"sentence {kind}", field): text for field, text in texts.items() if text}
    for resource in framework.resources:
        part = f"resource {resource.id}"
        facts[part, "heading"] = _template(resource.heading)
        facts |= {(part, f"text {at}"): _runs(runs) for at, runs in enumerate(resource.paragraphs, start=1)}
    facts |= {("foot", f"line {at}"): _runs(runs) for at, runs in enumerate(framework.foot, start=1)}
    for figure in framework.figures:
        values = {"title": figure.title, "value": spelled(figure.value), "source": figure.source}
        facts |= {(f"figure {figure.id}", field): value for field, value in values.items()}
    return facts


def state_facts(record: StateRecord) -> Facts:
    """What a state got."""
    facts: Facts = {}
    for result in record.issues or ():
        part = f"issue {result.issue.id}"
        facts[part, "score"], facts[part, "grade"] = spelled(result.score), result.letter
        facts |= {(part, f"goal {goal.id}"): "accomplished" for goal in result.accomplished}
        facts |= {(part, f"goal {goal.id}"): "gap" for goal in result.gaps}
        if result.highlights is not None:
            facts[part, "highlights"] = result.highlights
    for row in record.extra_credit or ():
        part = f"extra credit {row.row.id}"
        facts[part, "points"] = spelled(row.points)
        facts |= {(part, f"goal {goal.id}"): "extended" for goal in row.protections}
        if row.highlights is not None:
            facts[part, "highlights"] = row.highlights
    published = record.published
    values = (
        ("overall", "score", record.total if record.total is not None or published is None else published.score),
        ("overall", "grade", record.letter or (published.letter if published else None)),
        ("overall", "grade's basis", published.basis if published else None),
        ("overall", "grade's source", published.source if published else None),
        ("", "name", record.jurisdiction.name),
        ("", "postal code", record.jurisdiction.postal),
        ("", "web address", record.jurisdiction.address),
        ("", "revised", record.revised),
        ("", "revision", record.revision),
        ("", "correction", record.correction),
        ("", "source", record.source),
    )
    for part, field, value in values:
        if value is not None:
            facts[part, field] = spelled(value) if isinstance(value, Decimal) else str(value)
    return facts


def changes_between(state: str, old: Facts, new: Facts) -> Iterator[Change]:
    """The fields that differ, in the order of the new facts; what is there no more follows."""
    for part, field in (*new, *(key for key in old if key not in new)):
        before, after = old.get((part, field)), new.get((part, field))
        if before != after:
            yield Change(state, part, field, before, after)


def _goal(goal: Goal) -> str:
    return goal.pattern.replace("{}", goal.term) if goal.term is not None else goal.pattern


def _runs(runs: Iterable[RunTemplate]) -> str:
    return "".join(f"{_template(run.text)}{f' <{_template(run.link)}>' if run.link else ''}" for run in runs)


def _template(template: Template) -> str:
    """A template as its author wrote it."""
    return "".join(
        part if isinstance(part, str) else f"{{{'|'.join(('.'.join(part.path), *part.filters))}}}"
        for part in template.parts
    )
