"""From the nodes of framework.yaml to a `Framework`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from decimal import Decimal
from itertools import pairwise
from typing import Any

from msgspec.structs import replace

from cardprint.model.dataset import (
    Basis,
    Edition,
    ExtraCreditRow,
    Figure,
    Framework,
    Goal,
    GradeBand,
    GradeScale,
    Issue,
    Publisher,
    Resource,
    RunTemplate,
    SentenceForms,
)
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.node import Node
from cardprint.model.scope import FRAMEWORK_SCOPE
from cardprint.model.template import Template
from cardprint.validate.distinct import refuse_repeats
from cardprint.validate.form import Field, read_form
from cardprint.validate.forms_framework import (
    MOST_GOALS,
    BandForm,
    EditionForm,
    ExtraCreditForm,
    FigureForm,
    FrameworkForm,
    GoalForm,
    GradesForm,
    IssueForm,
    PointsForm,
    PublisherForm,
    ResourceForm,
    RunForm,
    SentenceForm,
    SentencesForm,
)
from cardprint.validate.names import Names
from cardprint.validate.numbers import spell
from cardprint.validate.place import RefusedError

_BRACES = re.compile(r"\{[^{}]*\}|[{}]")


_FOR_RESULTS = frozenset(("issues", "extra_credit", "points", "grades"))
"""The keys of what states' results are audited by."""


def validate_framework(node: Node) -> Framework:
    """The framework that a file describes.

    Raises `DiagnosticError` with everything wrong in it: keys and values, ids given twice, maxima that are not those
    of the goals, scales with holes, phrases without their term, paths in templates. What only issues need may be left
    out where there are none: of some editions no more than the overall grades is known."""
    form = _checked(node)
    form.at.log.raise_errors()
    return _framework(form)


def framework_for_results(node: Node) -> Framework | None:
    """As much of a framework that may be wrong as the results of states are audited by, the rest left blank; None if
    any of that is wrong, or the file no framework at all. Nothing is reported."""
    try:
        form = _checked(node)
        if not form.at.log.failed:
            return _framework(form)
        wrong = {re.split(r"\W", found.path, maxsplit=1)[0] for found in form.at.log.diagnostics}
        return None if _FOR_RESULTS & (wrong | form.misspelt) else _for_results(form)
    except (RefusedError, DiagnosticError):
        return None


def _checked(node: Node) -> FrameworkForm:
    """The framework's form; what is wrong with it is in its log."""
    form = read_form(FrameworkForm, node, Names(scope=FRAMEWORK_SCOPE))
    checks = (
        _check_parts,
        _check_scale,
        _check_percentages,
        _check_points,
        _check_ids,
        _check_phrases,
        _check_sentences,
    )
    for check in checks:
        with suppress(RefusedError):
            check(form)
    return form


def _check_parts(form: FrameworkForm) -> None:
    """Report what issues and extra credit need and is left out."""
    if not form.issues and not form.extra_credit:
        return
    for field in (FrameworkForm.points, FrameworkForm.sentences):
        if not form.gives(field):
            form.miss(field)
    if not form.grades.gives(GradesForm.issue):
        form.grades.miss(GradesForm.issue)


def _check_scale(form: FrameworkForm) -> None:
    bands = form.grades.scale
    refuse_repeats(bands, BandForm.letter, "band")
    for upper, lower in pairwise(bands):
        with suppress(RefusedError):
            if lower.at_least >= upper.at_least:
                ends = f"{upper.letter} from {spell(upper.at_least)}"
                message = f"{lower.letter} is from {spell(lower.at_least)}, which is not below {ends}."
                lower.place(BandForm.at_least).error("scale-order", message, "List the grades from the best down.")
    if form.grades.whole(GradesForm.scale) and bands[-1].at_least != 0:
        message = f"The lowest grade is from {spell(bands[-1].at_least)}, so that lower scores would have none."
        bands[-1].place(BandForm.at_least).error("scale-order", message, "Let the last grade be from 0.")


def _check_percentages(form: FrameworkForm) -> None:
    if Basis.PERCENT_OF_MAXIMUM in (form.grades.issue, form.grades.card):
        for band in form.grades.scale:
            with suppress(RefusedError):
                if band.at_least > 100:
                    message = f"{band.letter} is from {spell(band.at_least)} percent, which nothing earns."
                    band.place(BandForm.at_least).error("out-of-range", message, "Write 100 or less.")


def _check_points(form: FrameworkForm) -> None:
    if form.points is None:
        return
    step, most = form.points.step, form.points.goal_maximum
    if most % step:
        message = f"The goal_maximum {spell(most)} is no multiple of the step {spell(step)}."
        raise form.points.place(PointsForm.goal_maximum).refusal("off-step", message, "Correct one of the two.")
    for row in form.extra_credit:
        with suppress(RefusedError):
            if row.each % step:
                message = f"{spell(row.each)} points are no multiple of the step {spell(step)}."
                row.place(ExtraCreditForm.each).error("off-step", message, "Correct one of the two.")
    for issue in form.issues:
        with suppress(RefusedError):
            _check_maximum(issue, most)


def _check_maximum(issue: IssueForm, goal_maximum: Decimal) -> None:
    if not issue.whole(IssueForm.goals):
        return
    named, unnamed = len(issue.goals), issue.unnamed
    if not named + unnamed:
        issue.at.error("too-few", f"Issue {issue.id} has no goals.", "List its goals, or count them in unnamed.")
    elif goal_maximum * (named + unnamed) != issue.maximum:
        goals = f"{named} named goals and {unnamed} unnamed" if unnamed else f"{named} goals"
        made = spell(goal_maximum * (named + unnamed))
        message = f"{goals} of {spell(goal_maximum)} points make {made}, the file says {spell(issue.maximum)}."
        issue.place(IssueForm.maximum).error("wrong-maximum", message, f"Write {made}, or correct the goals.")


def _check_ids(form: FrameworkForm) -> None:
    refuse_repeats(form.issues, IssueForm.id, "issue")
    refuse_repeats(form.extra_credit, ExtraCreditForm.id, "row")
    refuse_repeats(form.resources, ResourceForm.id, "resource")
    refuse_repeats(form.figures, FigureForm.id, "figure")
    goals = list(_goals(form))
    refuse_repeats(goals, GoalForm.id, "goal")
    if len(goals) > MOST_GOALS:
        message = f"Found {len(goals)} goals; at most {MOST_GOALS} are read."
        form.place(FrameworkForm.issues).error("too-many", message, "Split the framework.")


def _goals(form: FrameworkForm) -> Iterable[GoalForm]:
    for issue in form.issues:
        with suppress(RefusedError):
            yield from issue.goals


def _check_phrases(form: FrameworkForm) -> None:
    seen: dict[str, str] = {}
    for goal in _goals(form):
        with suppress(RefusedError):
            _check_phrase(goal)
            first = seen.setdefault(goal.phrase.replace("{}", goal.term or ""), goal.id)
            if first != goal.id:
                message = f"Goal {goal.id} reads like goal {first}, so that sentences could not tell them apart."
                goal.place(GoalForm.phrase).error("duplicate-phrase", message, "Change one of the two.")


def _check_phrase(goal: GoalForm) -> None:
    place = goal.place(GoalForm.phrase)
    braces = _BRACES.findall(goal.phrase)
    if braces not in ([], ["{}"]):
        message = f"Found {' '.join(braces)} in the phrase of goal {goal.id}, expected {{}} once or not at all."
        place.error("bad-phrase", message, "Write {} where the term goes.")
    elif braces and goal.term is None:
        message = f"The phrase of goal {goal.id} has a place for a term, and there is none."
        place.error("bad-phrase", message, "Add term.")
    elif not braces and goal.term is not None:
        message = f"The phrase of goal {goal.id} has no place for the term."
        place.error("bad-phrase", message, "Write {} where the term goes, or remove the term.")


def _check_sentences(form: FrameworkForm) -> None:
    sentences = form.sentences
    if sentences is None:
        return
    kinds: tuple[Field[Any], ...] = (SentencesForm.accomplished, SentencesForm.gaps, SentencesForm.extended)
    for field in kinds:
        with suppress(RefusedError):
            wording = sentences.get(field)
            if wording is not None:
                allowed = {"{list}", "{beneficiary}"} if field is SentencesForm.extended else {"{list}"}
                _check_wording(wording, allowed)
    if form.extra_credit and not sentences.gives(SentencesForm.extended):
        sentences.miss(SentencesForm.extended)


def _check_wording(wording: SentenceForm, allowed: set[str]) -> None:
    forms: tuple[Field[Any], ...] = (SentenceForm.none, SentenceForm.one, SentenceForm.many)
    for field in forms:
        with suppress(RefusedError):
            text = wording.get(field)
            if text is None:
                continue
            braces = _BRACES.findall(text)
            may = allowed - {"{list}"} if field is SentenceForm.none else allowed
            place = wording.place(field)
            for found in braces:
                if found not in may:
                    message = (
                        f"Found {found} in {field.key}, where only {' and '.join(sorted(may)) or 'words'} can stand."
                    )
                    place.error("bad-phrase", message, "Correct the wording.")
            if field is not SentenceForm.none and "{list}" not in braces:
                place.error("bad-phrase", f"The wording {field.key} has no place for the list.", "Write {list} in it.")


def _framework(form: FrameworkForm) -> Framework:
    sentences = form.sentences
    return replace(
        _for_results(form),
        edition=_edition(form.edition),
        publisher=_publisher(form.publisher),
        grammar=form.grammar,
        accomplished=_sentence(sentences.accomplished if sentences else None),
        gaps=_sentence(sentences.gaps if sentences else None),
        extended=_sentence(sentences.extended if sentences else None),
        resources=tuple(_resource(resource) for resource in form.resources),
        foot=tuple(_paragraph(paragraph) for paragraph in form.foot),
        sample=form.sample,
        span=form.at.span,
        figures=tuple(_figure(figure) for figure in form.figures),
    )


def _for_results(form: FrameworkForm) -> Framework:
    """What states' results are audited by, the rest blank; `RefusedError` if any of it is missing."""
    grades, points = form.grades, form.points
    bands = tuple(GradeBand(band.letter, band.at_least) for band in grades.scale)
    return Framework(
        edition=Edition("", "", "", None, Template(())),
        publisher=Publisher(""),
        grammar="",
        step=points.step if points else Decimal(0),
        goal_maximum=points.goal_maximum if points else Decimal(0),
        scale=GradeScale(bands, grades.issue or grades.card, grades.card),
        issues=tuple(_issue(issue) for issue in form.issues),
        extra_credit=tuple(_extra_credit(row) for row in form.extra_credit),
        accomplished=_sentence(None),
        gaps=_sentence(None),
        extended=_sentence(None),
        resources=(),
        foot=(),
    )


def _edition(form: EditionForm) -> Edition:
    return Edition(
        id=form.id,
        title=form.title,
        language=form.language,
        released=form.released,
        file_name=form.file_name,
        laws_as_of=form.laws_as_of,
        span=form.at.span,
        address=form.address,
    )


def _publisher(form: PublisherForm) -> Publisher:
    reprint = form.reprint
    return Publisher(
        name=form.name,
        wordmark=form.wordmark,
        span=form.at.span,
        wordmark_span=form.place(PublisherForm.wordmark).span,
        copyright=form.copyright,
        reprint=() if reprint is None else _paragraph((reprint,) if isinstance(reprint, Template) else reprint),
    )


def _figure(form: FigureForm) -> Figure:
    return Figure(form.id, form.title, form.value, form.source, form.at.span)


def _issue(form: IssueForm) -> Issue:
    goals = tuple(Goal(goal.id, goal.phrase, goal.term, goal.at.span) for goal in form.goals)
    return Issue(form.id, form.title, form.icon, form.maximum, goals, form.unnamed, form.at.span)


def _extra_credit(form: ExtraCreditForm) -> ExtraCreditRow:
    return ExtraCreditRow(
        id=form.id,
        badge=form.badge,
        badge_expansion=form.badge_expansion,
        title=form.title,
        beneficiary=form.beneficiary,
        each=form.each,
        span=form.at.span,
    )


def _sentence(form: SentenceForm | None) -> SentenceForms:
    return SentenceForms(form.none or "", form.one, form.many) if form else SentenceForms("", "", "")


def _resource(form: ResourceForm) -> Resource:
    return Resource(form.id, form.heading, tuple(_paragraph(paragraph) for paragraph in form.paragraphs), form.at.span)


def _paragraph(runs: Iterable[Template | RunForm]) -> tuple[RunTemplate, ...]:
    return tuple(
        RunTemplate(run.text, run.emphasis, run.link, run.at.span)
        if isinstance(run, RunForm)
        else RunTemplate(run, span=run.span)
        for run in runs
    )
