"""From the nodes of a state's file to an audited `StateRecord`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from pathlib import PurePosixPath
from typing import TypeVar

from cardprint.model.dataset import (
    ExtraCreditResult,
    Framework,
    IssueResult,
    Jurisdiction,
    PublishedGrade,
    StateRecord,
)
from cardprint.model.diagnostics import Diagnostic
from cardprint.model.node import Node
from cardprint.validate.audit import audit_extra_credit, audit_issue, check_grade, check_step, known_letter, spell_sum
from cardprint.validate.distinct import refuse_repeats
from cardprint.validate.form import Field, read_form
from cardprint.validate.forms_state import ExtraCreditEntry, IssueEntry, OverallForm, StateForm
from cardprint.validate.numbers import plain, spell
from cardprint.validate.place import RefusedError, shown
from cardprint.validate.spelling import nearest, remedy

E = TypeVar("E", IssueEntry, ExtraCreditEntry)


def validate_state(
    node: Node, framework: Framework, jurisdictions: Mapping[str, Jurisdiction]
) -> tuple[StateRecord, tuple[Diagnostic, ...]]:
    """A state's results, audited, and warnings about texts written by hand.

    A state whose file gives no results is incomplete, not wrong: what it lacks is None. Results come for all issues
    or for none, and are put in the framework's order.
    Raises `DiagnosticError` with everything wrong, warnings included."""
    form = read_form(StateForm, node)
    log = form.at.log
    place = issues = extra_credit = published = None
    scores, extra = dict[str, Decimal](), dict[str, Decimal]()
    with suppress(RefusedError):
        place = _jurisdiction(form, jurisdictions)
    with suppress(RefusedError):
        issues = _issues(form, framework, scores)
    with suppress(RefusedError):
        extra_credit = _extra_credit(form, framework, extra)
    terms = _terms(framework, scores, extra)
    total = plain(sum(terms, Decimal(0))) if terms else None
    with suppress(RefusedError):
        published = _overall(form, framework, terms)
    with suppress(RefusedError):
        _check_revision(form, framework)
    log.raise_errors()
    if place is None:
        raise AssertionError("a state was refused without a report")
    record = StateRecord(
        jurisdiction=place,
        issues=issues,
        extra_credit=extra_credit,
        total=total,
        letter=None if total is None else framework.scale.letter(total, framework.maximum, framework.scale.card_basis),
        published=published,
        revised=form.revised,
        revision=form.revision,
        span=form.at.span,
        correction=form.correction,
        source=form.source,
    )
    return record, log.warnings


def check_state_form(node: Node) -> None:
    """Raise `DiagnosticError` with what is wrong in a state's file whatever its framework may be: keys and values."""
    read_form(StateForm, node).at.log.raise_errors()


def _jurisdiction(form: StateForm, jurisdictions: Mapping[str, Jurisdiction]) -> Jurisdiction:
    """The jurisdiction that the file names and is named for."""
    name, at = form.state, form.place(StateForm.state)
    stem = PurePosixPath(at.span.file).stem
    namesake = jurisdictions.get(stem)
    if namesake is not None and namesake.name == name:
        return namesake
    by_name = {place.name: place for place in jurisdictions.values()}
    place = by_name.get(name)
    if place is None:
        aliases = {alias: other for other in jurisdictions.values() for alias in (other.slug, other.postal)}
        meant = aliases.get(name) or by_name.get(nearest(name, by_name) or "")
        hint = f'Did you mean "{meant.name}"?' if meant else "Write its name as jurisdictions.yaml has it."
        raise at.refusal("unknown-state", f'There is no state "{shown(name)}" among the jurisdictions.', hint)
    if stem and stem != place.slug:
        message = f"The file is named {stem} and holds {place.name}, whose slug is {place.slug}."
        at.error("wrong-file-name", message, f"Rename the file to {place.slug}.yaml, or correct the state.")
    return place


def _issues(form: StateForm, framework: Framework, scores: dict[str, Decimal]) -> tuple[IssueResult, ...] | None:
    """The results of the issues that could be audited, in the framework's order; None if the file gives none."""
    if form.issues is None:
        return None
    known = [issue.id for issue in framework.issues]
    entries = _entries(form, StateForm.issues, form.issues, IssueEntry.id, known, "issue")
    results = []
    for issue in framework.issues:
        with suppress(RefusedError):
            if issue.id in entries:
                results.append(audit_issue(entries[issue.id], issue, framework, scores))
    return tuple(results)


def _extra_credit(
    form: StateForm, framework: Framework, points_of: dict[str, Decimal]
) -> tuple[ExtraCreditResult, ...] | None:
    """The rows of extra credit likewise; a framework that has none leaves nothing to give."""
    if form.extra_credit is None:
        return None if framework.extra_credit else ()
    known = [row.id for row in framework.extra_credit]
    entries = _entries(form, StateForm.extra_credit, form.extra_credit, ExtraCreditEntry.id, known, "row")
    results = []
    for row in framework.extra_credit:
        with suppress(RefusedError):
            if row.id in entries:
                results.append(audit_extra_credit(entries[row.id], row, framework, points_of))
    return tuple(results)


def _entries(
    form: StateForm,
    field: Field[tuple[E, ...] | None],
    given: Sequence[E],
    id_field: Field[str],
    known: Sequence[str],
    thing: str,
) -> dict[str, E]:
    """The entries of a list by id; unknown, repeated and missing ids are reported."""
    refuse_repeats(given, id_field, thing)
    entries: dict[str, E] = {}
    for entry in given:
        with suppress(RefusedError):
            if entry.id in known:
                entries.setdefault(entry.id, entry)
            else:
                message = f'The framework has no {thing} "{shown(entry.id)}".'
                entry.place(id_field).error(f"unknown-{thing}", message, remedy(entry.id, known))
    missing = [known_id for known_id in known if known_id not in entries]
    if missing and form.whole(field) and len(entries) + len(missing) == len(known) and len(entries) == len(given):
        things = thing if len(missing) == 1 else f"{thing}s"
        message = f"The results of {things} {', '.join(missing)} are missing; they come for all {thing}s or for none."
        form.place(field).error(f"missing-{thing}", message, f"Add them, or leave {field.key} out.")
    return entries


def _terms(framework: Framework, scores: Mapping[str, Decimal], extra: Mapping[str, Decimal]) -> list[Decimal]:
    """The points of all issues and rows of extra credit, in order; none unless all are known."""
    if len(scores) < len(framework.issues) or len(extra) < len(framework.extra_credit):
        return []
    return [scores[issue.id] for issue in framework.issues] + [extra[row.id] for row in framework.extra_credit]


def _overall(form: StateForm, framework: Framework, terms: Sequence[Decimal]) -> PublishedGrade | None:
    """The published result, compared with the sum of `terms`; without any it must say where it is from."""
    overall = form.overall
    if overall is None:
        return None
    complete = form.gives(StateForm.issues) and (form.gives(StateForm.extra_credit) or not framework.extra_credit)
    if form.gives(StateForm.issues) and not complete and not overall.gives(OverallForm.source):
        form.miss(StateForm.extra_credit)  # without which there is no total to compare with
        return None
    if not complete:
        return _published(overall, framework)
    if terms:
        _compare(overall, framework, terms)
    else:
        _check_alone(overall, framework)
    if overall.grade is None or overall.basis is None or overall.source is None:
        return None
    return PublishedGrade(overall.grade, overall.score, overall.basis, overall.source, overall.at.span)


def _compare(overall: OverallForm, framework: Framework, terms: Sequence[Decimal]) -> None:
    """Report a score that is not the sum of `terms`, and a grade that neither earns."""
    total, basis = plain(sum(terms, Decimal(0))), framework.scale.card_basis
    letters = {framework.scale.letter(total, framework.maximum, basis)}
    with suppress(RefusedError):
        if overall.score not in (None, total):
            message = f"{spell_sum(terms)}, the file says {spell(overall.score or Decimal(0))}."
            overall.place(OverallForm.score).error("wrong-total", message, "Correct the total or the scores.")
            letters.add(framework.scale.letter(overall.score or Decimal(0), framework.maximum, basis))
    if overall.grade not in letters:
        letter = framework.scale.letter(total, framework.maximum, basis)
        check_grade(overall, OverallForm.grade, letter, total, framework.maximum, framework, basis)


def _check_alone(overall: OverallForm, framework: Framework) -> None:
    """Report what no total is needed to know: a grade that the scale does not have, a score off the step."""
    with suppress(RefusedError):
        if overall.grade is not None:
            known_letter(overall.grade, overall.place(OverallForm.grade), framework)
    with suppress(RefusedError):
        if overall.score is not None:
            check_step(overall.score, overall.place(OverallForm.score), framework)


def _published(overall: OverallForm, framework: Framework) -> PublishedGrade:
    """A grade that nothing else in the file bears out."""
    for field in (OverallForm.grade, OverallForm.basis, OverallForm.source):
        if not overall.gives(field):
            overall.miss(field)
    grade = None
    with suppress(RefusedError):
        if overall.grade is not None:
            known_letter(overall.grade, overall.place(OverallForm.grade), framework)
            grade = overall.grade
    score = overall.score
    if score is not None:
        place = overall.place(OverallForm.score)
        most = framework.maximum + sum((row.each * len(framework.goals) for row in framework.extra_credit), Decimal(0))
        if framework.issues and score > most:
            message = f"{spell(score)} points are more than the framework can give, {spell(most)}."
            raise place.refusal("too-high", message, "Correct the score.")
        check_step(score, place, framework)
        basis = framework.scale.card_basis
        letter = framework.scale.letter(score, framework.maximum, basis)
        if grade is not None:
            check_grade(overall, OverallForm.grade, letter, score, framework.maximum, framework, basis)
    if grade is None or overall.basis is None or overall.source is None:
        raise RefusedError
    return PublishedGrade(grade, score, overall.basis, overall.source, overall.at.span)


def _check_revision(form: StateForm, framework: Framework) -> None:
    released = framework.edition.released
    if form.revised is not None and released is not None and form.revised < released:
        message = f"Revised on {form.revised}, before the edition was released on {released}."
        form.place(StateForm.revised).warn("early-revision", message, "Check the date.")
