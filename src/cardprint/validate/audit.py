"""The audit of one issue and of one row of extra credit: what is given and what follows from the rest must agree.

Exact decimal arithmetic throughout; a message shows the sum that does not come out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, MutableMapping, Sequence
from contextlib import suppress
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from cardprint.model.dataset import (
    Basis,
    ExtraCreditResult,
    ExtraCreditRow,
    Framework,
    Goal,
    Issue,
    IssueResult,
)
from cardprint.validate.contradictions import warn_of_contradictions, warn_of_strangers
from cardprint.validate.form import Field, Form
from cardprint.validate.forms_state import ExtraCreditEntry, IssueEntry
from cardprint.validate.numbers import plain, spell
from cardprint.validate.place import At, RefusedError, shown
from cardprint.validate.reader import Placed
from cardprint.validate.spelling import nearest, remedy

_MOST_TERMS_SHOWN = 12
_ONE_DECIMAL = Decimal("0.1")


def audit_issue(
    entry: IssueEntry, issue: Issue, framework: Framework, scores: MutableMapping[str, Decimal]
) -> IssueResult:
    """The result of one issue. What is wrong is reported; `RefusedError` where no result is left.

    Its points join `scores`, by its id, unless they are in doubt; nothing else that is wrong does that."""
    points = None
    with suppress(RefusedError):
        points = _points(entry, issue, framework)
    accomplished = None
    with suppress(RefusedError):
        accomplished = _accomplished(entry, issue, framework, points)
    score = _score(entry, issue, framework, points)
    if points is None and accomplished is not None and not entry.misspelt:
        _check_possible(entry, score, len(accomplished), issue, framework)
    scores[issue.id] = score
    if accomplished is None:
        raise RefusedError
    letter = framework.scale.letter(score, issue.maximum, framework.scale.issue_basis)
    check_grade(entry, IssueEntry.grade, letter, score, issue.maximum, framework, framework.scale.issue_basis)
    result = IssueResult(
        issue=issue,
        score=score,
        letter=letter,
        accomplished=tuple(goal for goal in issue.goals if goal.id in accomplished),
        gaps=tuple(goal for goal in issue.goals if goal.id not in accomplished),
        highlights=entry.highlights,
        span=entry.at.span,
        highlights_span=entry.place(IssueEntry.highlights).span,
    )
    warn_of_contradictions(entry.place(IssueEntry.highlights), result, framework)
    return result


def _points(entry: IssueEntry, issue: Issue, framework: Framework) -> dict[str, Decimal] | None:
    """Each named goal's points, if they are given."""
    given = entry.points
    if given is None:
        return None
    goals = {goal.id: goal for goal in issue.goals}
    before = len(entry.at.log.diagnostics)
    for goal_id, points in given.items():
        if goal_id not in goals:
            _report_unknown(goal_id, points.at, goals, issue, framework)
        elif points.value > framework.goal_maximum:
            most = spell(framework.goal_maximum)
            message = f"Goal {goal_id} has {spell(points.value)} points; a goal gives at most {most}."
            points.at.error("too-high", message, "Correct the points.")
        else:
            with suppress(RefusedError):
                check_step(points.value, points.at, framework)
    if entry.whole(IssueEntry.points):
        _report_missing(goals, given, entry.place(IssueEntry.points))
    if len(entry.at.log.diagnostics) > before or not entry.whole(IssueEntry.points):
        raise RefusedError
    return {goal_id: points.value for goal_id, points in given.items()}


def _accomplished(
    entry: IssueEntry, issue: Issue, framework: Framework, points: Mapping[str, Decimal] | None
) -> set[str]:
    """The ids of the goals accomplished, by the lists or by the points; where both are given they must agree."""
    listed = None
    if entry.gives(IssueEntry.accomplished) or entry.gives(IssueEntry.gaps):
        listed = _listed(entry, issue, framework)
    elif not entry.gives(IssueEntry.points) and not entry.misspelt:
        message = f"Issue {issue.id} says nothing of its goals."
        raise entry.at.refusal("missing-key", message, "Add accomplished and gaps, or points.")
    if points is None:
        if listed is None:
            raise RefusedError
        return listed
    derived = {goal_id for goal_id, value in points.items() if value == framework.goal_maximum}
    if listed is not None and listed != derived:
        odd = min(listed ^ derived, key=list(points).index)
        status = "accomplished" if odd in listed else "a gap"
        message = (
            f"Goal {odd} is listed as {status} and has {spell(points[odd])} of {spell(framework.goal_maximum)} points."
        )
        raise entry.place(IssueEntry.points).refusal("status-mismatch", message, "Correct the points or the lists.")
    return derived


def _listed(entry: IssueEntry, issue: Issue, framework: Framework) -> set[str]:
    """What the lists say; refused if they are at odds with the framework or each other."""
    goals = {goal.id: goal for goal in issue.goals}
    before = len(entry.at.log.diagnostics)
    accomplished = _mentioned(entry.accomplished or (), goals, issue, framework)
    gaps = _mentioned(entry.gaps or (), goals, issue, framework)
    for goal_id, place in gaps.items():
        if goal_id in accomplished:
            line = accomplished[goal_id].span.line
            message = f"Goal {goal_id} is a gap here and accomplished in line {line}."
            place.error("status-conflict", message, "Remove it from one of the lists.")
    if entry.whole(IssueEntry.accomplished) and entry.whole(IssueEntry.gaps) and not entry.misspelt:
        mentioned = [mention.value for mention in (*(entry.accomplished or ()), *(entry.gaps or ()))]
        _report_missing(goals, mentioned, entry.at)
    if len(entry.at.log.diagnostics) > before:
        raise RefusedError
    return set(accomplished)


def _mentioned(
    given: Sequence[Placed[str]], goals: Mapping[str, Goal], issue: Issue | None, framework: Framework
) -> dict[str, At]:
    """The places of the goals in a list; those that are unknown or listed before are reported."""
    places: dict[str, At] = {}
    for mention in given:
        if mention.value not in goals:
            _report_unknown(mention.value, mention.at, goals, issue, framework)
        elif mention.value in places:
            message = f"Goal {mention.value} is listed twice."
            mention.at.error("duplicate-goal", message, "Remove one of the two.")
        else:
            places[mention.value] = mention.at
    return places


def _report_unknown(
    goal_id: str, place: At, goals: Mapping[str, Goal], issue: Issue | None, framework: Framework
) -> None:
    home = next((other for other in framework.issues for goal in other.goals if goal.id == goal_id), None)
    if home is not None:
        place.error("unknown-goal", f"Goal {goal_id} belongs to issue {home.id}.", "List it there.")
    else:
        where = f"issue {issue.id}" if issue else "the framework"
        message = f'There is no goal "{shown(goal_id)}" in {where}.'
        place.error("unknown-goal", message, remedy(goal_id, goals))


def _report_missing(goals: Collection[str], mentioned: Collection[str], place: At) -> None:
    """Report goals that nothing mentions, those left out for which an unknown one was probably meant."""
    missing = [goal for goal in goals if goal not in mentioned]
    known = set(goals)
    for unknown in (goal for goal in mentioned if goal not in known):
        meant = nearest(unknown, missing)
        if meant is not None:
            missing.remove(meant)
    if missing:
        are = "Goal {} is" if len(missing) == 1 else "Goals {} are"
        message = f"{are.format(', '.join(missing))} missing; every named goal has a status."
        place.error("missing-goal", message, "Add accomplished or gaps, or points, for each.")


def _score(entry: IssueEntry, issue: Issue, framework: Framework, points: Mapping[str, Decimal] | None) -> Decimal:
    """The issue's score, given or summed, within its maximum and on the step."""
    score = entry.score
    if score is not None:
        place = entry.place(IssueEntry.score)
        if score > issue.maximum:
            message = f"{spell(score)} points are more than issue {issue.id} can give, {spell(issue.maximum)}."
            raise place.refusal("too-high", message, "Correct the score.")
        check_step(score, place, framework)
    if points is None:
        if score is None and not entry.gives(IssueEntry.points):
            entry.miss(IssueEntry.score)
        if score is None:
            raise RefusedError
        return score
    total = plain(sum(points.values(), Decimal(0)))
    if score is None:
        if issue.unnamed:
            message = f"Issue {issue.id} has goals without a name, so that points alone do not give its score."
            raise entry.at.refusal("missing-key", message, "Add score.")
        return total
    _check_points_sum(entry, score, total, issue, framework, points.values())
    return score


def _check_points_sum(
    entry: IssueEntry, score: Decimal, total: Decimal, issue: Issue, framework: Framework, points: Iterable[Decimal]
) -> None:
    most = total + issue.unnamed * framework.goal_maximum
    if total <= score <= most:
        return
    shown_sum = spell_sum(points)
    if issue.unnamed:
        shown_sum += f" and goals without a name give at most {spell(most - total)} more"
    message = f"{shown_sum}, the file says {spell(score)}."
    raise entry.place(IssueEntry.score).refusal("wrong-score", message, "Correct the score or the points.")


def _check_possible(entry: IssueEntry, score: Decimal, accomplished: int, issue: Issue, framework: Framework) -> None:
    """A goal accomplished gives all its points, a gap any less; of a goal without a name nothing is known."""
    full, less = framework.goal_maximum, framework.goal_maximum - framework.step
    gaps = issue.goal_count - accomplished - issue.unnamed
    lowest = full * accomplished
    highest = full * (accomplished + issue.unnamed) + less * gaps
    if lowest <= score <= highest:
        return
    if score < lowest:
        bound = f"at least {accomplished} × {spell(full)} = {spell(lowest)}"
    else:
        bound = f"at most {accomplished + issue.unnamed} × {spell(full)} + {gaps} × {spell(less)} = {spell(highest)}"
    unnamed = f" ({issue.unnamed} of them without a name)" if issue.unnamed else ""
    message = (
        f"{accomplished} of {issue.goal_count} goals{unnamed} accomplished give {bound} points, "
        f"the file says {spell(score)}."
    )
    raise entry.place(IssueEntry.score).refusal("impossible-score", message, "Correct the score or the lists.")


def audit_extra_credit(
    entry: ExtraCreditEntry, row: ExtraCreditRow, framework: Framework, points_of: MutableMapping[str, Decimal]
) -> ExtraCreditResult:
    """The result of one row of extra credit. What is wrong is reported; `RefusedError` where no result is left.

    Its points join `points_of`, by its id, unless they are in doubt."""
    goals = framework.goals
    before = len(entry.at.log.diagnostics)
    protected = _mentioned(entry.protections, goals, None, framework)
    if len(entry.at.log.diagnostics) > before or not entry.whole(ExtraCreditEntry.protections):
        raise RefusedError
    points = plain(row.each * len(protected))
    if entry.points not in (None, points):
        count = f"{len(protected)} protection{'' if len(protected) == 1 else 's'}"
        message = f"{count} × {spell(row.each)} = {spell(points)}, the file says {spell(entry.points or Decimal(0))}."
        entry.place(ExtraCreditEntry.points).error("wrong-points", message, "Correct the points or the protections.")
    else:
        points_of[row.id] = points
    result = ExtraCreditResult(
        row=row,
        points=points,
        protections=tuple(goal for goal in goals.values() if goal.id in protected),
        highlights=entry.highlights,
        span=entry.at.span,
        highlights_span=entry.place(ExtraCreditEntry.highlights).span,
    )
    warn_of_strangers(entry.place(ExtraCreditEntry.highlights), result, framework)
    return result


def check_step(score: Decimal, place: At, framework: Framework) -> None:
    """Refuse a score that is no multiple of the framework's step, if it has one."""
    if framework.step and score % framework.step:
        below = plain(score // framework.step * framework.step)
        near = f"{spell(below)} or {spell(below + framework.step)}"
        message = f"{spell(score)} is no multiple of {spell(framework.step)}, the step of points."
        raise place.refusal("off-step", message, f"Correct it, perhaps to {near}.")


def check_grade(
    form: Form,
    field: Field[Any],
    letter: str,
    score: Decimal,
    maximum: Decimal,
    framework: Framework,
    basis: Basis,
) -> None:
    """Report a grade in `field` that is not on the scale, or not the one that `score` earns."""
    given = form.get(field)
    if given is None or given == letter:
        return
    place = form.place(field)
    known_letter(given, place, framework)
    earned = f"{spell(score)} points"
    if basis is Basis.PERCENT_OF_MAXIMUM:
        percent = (score * 100 / maximum).quantize(_ONE_DECIMAL, ROUND_FLOOR)
        earned = f"{spell(score)} of {spell(maximum)} points ({spell(percent)} %)"
    message = f"{earned} earn {letter}, the file says {given}."
    place.error("wrong-grade", message, "Correct the grade or the score.")


def known_letter(letter: str, place: At, framework: Framework) -> None:
    """Refuse a grade that the scale does not have."""
    letters = [band.letter for band in framework.scale.bands]
    if letter not in letters:
        message = f'The scale has no grade "{shown(letter)}".'
        raise place.refusal("unknown-grade", message, f"Choose from {', '.join(letters)}.")


def spell_sum(terms: Iterable[Decimal]) -> str:
    """A sum as people check it: "16 + 14 = 30"; of many terms the first and last."""
    terms = list(terms)
    words = [spell(term) for term in terms]
    if len(words) > _MOST_TERMS_SHOWN:
        words = [*words[:2], "…", *words[-2:]]
    return f"{' + '.join(words) or '0'} = {spell(sum(terms, Decimal(0)))}"
