"""What a card must say, drawn from the audited data and not from its content.

Letters, points and maxima are taken from the state's record itself. The layout is asked one thing only: which of the
facts it shows, and which it has read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from decimal import Decimal
from typing import assert_never

from cardprint.compose.filling import Environment, Filler
from cardprint.compose.grammar import Grammar
from cardprint.compose.grammars import grammar_named
from cardprint.model.dataset import ExtraCreditResult, Framework, IssueResult, StateRecord
from cardprint.model.diagnostics import NOWHERE, Span
from cardprint.model.layout_spec import (
    BlockSpec,
    BoxSpec,
    CellSpec,
    ColumnsSpec,
    FractionSpec,
    GridCellSpec,
    GridSpec,
    IconSpec,
    ImageSpec,
    LayoutSpec,
    QrSpec,
    RotatedSpec,
    RowSpec,
    RuleSpec,
    RunSpec,
    SpacerSpec,
    StackSpec,
    TableSpec,
    TextSpec,
    Theme,
    TileSpec,
)
from cardprint.model.profile import SCREEN, OutputProfile
from cardprint.model.promise import Fact, Promise, PromisedAddress, Subject
from cardprint.model.scope import ListValue, MissingValue, RecordValue, RichValue, TextValue, Value
from cardprint.model.template import Template
from cardprint.model.typography import Case


def build_promise(
    framework: Framework,
    state: StateRecord,
    scope: RecordValue,
    layout: LayoutSpec,
    data_sha256: str = "",
    profile: OutputProfile = SCREEN,
) -> Promise:
    """What the card of `state` must say in `layout`. `scope` is the one that the card is composed from."""
    grammar = grammar_named(framework.grammar, framework.span)
    survey = _Survey(Filler(grammar), profile.name, layout.theme)
    for page in layout.pages:
        survey.visit(page.body, scope.fields)
    facts = _Facts(survey, grammar, scope)
    subjects, general = tuple(facts.subjects(state)), tuple(facts.general(framework, state))
    return Promise(
        title=Filler(grammar).text(layout.title, scope.fields),
        language=framework.edition.language,
        subjects=subjects,
        facts=general,
        addresses=tuple(dict.fromkeys((*survey.addresses, *facts.other_addresses()))),
        letters=tuple(band.letter for band in framework.scale.bands),
        furniture=tuple(sorted(survey.furniture(facts.told))),
        edition=framework.edition.id,
        data_sha256=data_sha256,
    )


class _Survey:
    """Walks a layout as it is composed and notes which values of the scope it prints and which it has read aloud.

    Values are known by identity: those of a scope are each made once."""

    def __init__(self, filler: Filler, profile: str, theme: Theme) -> None:
        self._filler = filler
        self._profile = profile
        self._capitals = {name for name, style in theme.styles.items() if style.case is Case.UPPER}
        self.shown: set[int] = set()
        self.spoken: set[int] = set()
        self.addresses: list[PromisedAddress] = []
        self._own_words: set[str] = set()
        self._words = ""
        self._printed: dict[int, set[str]] = {}

    def furniture(self, told: Set[int]) -> set[str]:
        """All that the layout prints beside the values that facts are made of."""
        values = (texts for value, texts in self._printed.items() if value not in told)
        return {text for text in self._own_words.union(*values) if text}

    def visit(self, spec: BlockSpec | None, environment: Environment) -> None:
        if spec is None:
            return
        for scope in self._scopes(spec, environment):
            self._block(spec, scope)

    def _scopes(
        self, spec: BlockSpec | RowSpec | CellSpec | GridCellSpec, environment: Environment
    ) -> list[Environment]:
        if spec.only not in (None, self._profile):
            return []
        scopes = [environment] if spec.repeat is None else self._filler.repeated(spec.repeat, environment)
        return scopes if spec.when is None else [scope for scope in scopes if self._filler.holds(spec.when, scope)]

    def _block(self, spec: BlockSpec, environment: Environment) -> None:  # noqa: C901 (one case for each kind)
        match spec:
            case TextSpec():
                self._texts([(run, spec.style) for run in spec.runs], spec.reads, environment)
            case TileSpec():
                self._texts([(spec.text, spec.style)], spec.reads, environment)
            case FractionSpec():
                self._texts([(spec.over, spec.over_style)], spec.reads, environment)
                self._texts([(spec.under, spec.under_style)], spec.reads, environment)
            case BoxSpec() | RotatedSpec():
                self.visit(spec.child, environment)
            case StackSpec() | ColumnsSpec():
                for child in spec.children:
                    self.visit(child, environment)
                if type(spec) is ColumnsSpec and spec.link is not None:
                    self.addresses.append(PromisedAddress(self._filler.text(spec.link, environment), span=spec.span))
            case TableSpec():
                for row in (*spec.head, *spec.rows):
                    for scope in self._scopes(row, environment):
                        self._cells(row.cells, scope)
            case GridSpec():
                self._cells(spec.cells, environment)
            case QrSpec():
                self._template(spec.alt or spec.address, environment, self.spoken)
                self._end_words()
            case IconSpec() | ImageSpec() | RuleSpec() | SpacerSpec():
                pass
            case _:
                assert_never(spec)

    def _cells(self, cells: Iterable[CellSpec | GridCellSpec], environment: Environment) -> None:
        for cell in cells:
            for scope in self._scopes(cell, environment):
                self.visit(cell.child, scope)

    def _texts(self, runs: Iterable[tuple[RunSpec, str]], reads: Template | None, environment: Environment) -> None:
        """Note what the runs of a text, each with the name of the style around it, show and have read aloud."""
        noted = (self.shown, self.spoken) if reads is None else (self.shown,)
        for run, style in runs:
            capitals = (run.style or style) in self._capitals
            self._template(run.text, environment, *noted, capitals=capitals)
            if run.link is not None:
                address = self._filler.text(run.link, environment)
                self.addresses.append(PromisedAddress(address, self._filler.text(run.text, environment), span=run.span))
        self._end_words()
        if reads is not None:
            self._template(reads, environment, self.spoken)
            self._end_words()

    def _end_words(self) -> None:
        """What follows does not go on with the layout's own words."""
        self._own_words.add(self._words.strip())
        self._words = ""

    def _template(self, template: Template, environment: Environment, *noted: set[int], capitals: bool = False) -> None:
        """Note the values that a template names; what it prints besides is furniture, in `capitals` where its style
        sets it so: an article can be a letter of the scale then. Words may go on from one run to the next."""
        for part in template.parts:
            if isinstance(part, str):
                self._words += part.upper() if capitals else part
                continue
            self._end_words()
            value = self._filler.read(part.path, environment, part.span)
            if value is None:
                continue
            for values in noted:
                values.add(id(value))
            if type(value) is RichValue and template.sole is part:
                self.addresses.extend(_links(value, required=True))
            words = self._filler.words_of(value, part).strip()
            self._printed.setdefault(id(value), set()).add(words.upper() if capitals else words)


def _links(paragraph: RichValue, *, required: bool) -> Iterator[PromisedAddress]:
    for run in paragraph.runs:
        if run.link is not None:
            yield PromisedAddress(run.link, run.text, required, run.span)


class _Facts:
    """Makes facts of the record; what is shown of them the survey knows by the scope's values. `told` are the values
    that facts were made of."""

    def __init__(self, survey: _Survey, grammar: Grammar, scope: RecordValue) -> None:
        self._survey = survey
        self._grammar = grammar
        self._scope = scope
        self.told: set[int] = set()

    def subjects(self, state: StateRecord) -> Iterator[Subject]:
        """The issues, then the rows of extra credit, as far as the state has results for them."""
        issues = {result.issue.id: result for result in state.issues or ()}
        for fields in self._records("issues"):
            result = issues.get(_text(fields["id"]))
            if result is not None:
                yield self._issue(result, fields)
        rows = {row.row.id: row for row in state.extra_credit or ()}
        for fields in self._records("extra_credit"):
            row = rows.get(_text(fields["id"]))
            if row is not None:
                yield self._extra_credit(row, fields)

    def _issue(self, result: IssueResult, fields: Environment) -> Subject:
        issue, where = result.issue, f"issue {result.issue.id}"
        facts = [
            self._fact("id", f"the number of {where}", issue.id, fields["id"], issue.span, figure=True),
            self._fact("grade", f"the grade of {where}", result.letter, fields["grade"], result.span, figure=True),
            self._number("score", f"the score of {where}", result.score, fields["score"], result.span),
            self._number("maximum", f"the maximum of {where}", issue.maximum, fields["maximum"], issue.span),
            *self._given("highlights", f"the highlights of {where}", fields["highlights"]),
        ]
        name = self._fact("title", f"the title of {where}", issue.title, fields["title"], issue.span)
        return Subject("issue", where, name, tuple(facts))

    def _extra_credit(self, result: ExtraCreditResult, fields: Environment) -> Subject:
        row, where = result.row, f"the extra credit for {result.row.title}"
        facts = [
            *self._given("badge", f"the badge of {where}", fields["badge"]),
            self._number("points", f"the points of {where}", result.points, fields["points"], result.span),
            *self._given("highlights", f"the highlights of {where}", fields["highlights"]),
        ]
        name = self._fact("title", f"the title of {where}", row.title, fields["title"], row.span)
        return Subject("extra-credit", where, name, tuple(facts))

    def general(self, framework: Framework, state: StateRecord) -> Iterator[Fact]:
        """What is said of the card as a whole: whose it is, the overall grade, every paragraph of the framework."""
        fields = self._scope.fields
        place, edition, overall = (_fields(fields[name]) for name in ("state", "edition", "overall"))
        name = state.jurisdiction.name
        yield self._fact("state", "the name of the state", name, place["name"], state.jurisdiction.span)
        yield self._fact("edition", "the title of the edition", framework.edition.title, edition["title"])
        published = state.published
        letter = state.letter or (published.letter if published else None)
        score = state.total if state.letter is not None or published is None else published.score
        if letter is not None:
            yield self._fact("overall grade", "the overall grade", letter, overall["grade"], state.span, figure=True)
        if score is not None:
            yield self._number("overall score", "the overall score", score, overall["score"], state.span)
        yield self._number("overall maximum", "the overall maximum", framework.maximum, overall["maximum"], NOWHERE)
        for resource in self._records("resources"):
            heading = resource["heading"]
            yield from self._given("heading", f"the heading “{_text(heading)}”", heading)
            yield from self._paragraphs(resource["paragraphs"], f"the text under “{_text(heading)}”")
        yield from self._paragraphs(fields["foot"], "the foot")
        for key, what in (("revision", "the note on the revision"), ("address", "the address"), ("ap", "the name")):
            yield from self._given(key, what, place[key])
        yield from self._given("publisher", "the publisher", _fields(fields["publisher"])["name"])

    def other_addresses(self) -> Iterator[PromisedAddress]:
        """Addresses of the framework that the layout does not show: right, where they are found all the same."""
        paragraphs = [p for resource in self._records("resources") for p in _items(resource["paragraphs"])]
        known = {(address.address, address.text) for address in self._survey.addresses}
        for value in (*paragraphs, *_items(self._scope.fields["foot"])):
            if isinstance(value, RichValue):
                yield from (a for a in _links(value, required=False) if (a.address, a.text) not in known)

    def _paragraphs(self, value: Value, what: str) -> Iterator[Fact]:
        for paragraph in _items(value):
            if isinstance(paragraph, RichValue):
                text = "".join(run.text for run in paragraph.runs).strip()
                yield self._fact("text", what, text, paragraph, paragraph.span)

    def _given(self, kind: str, what: str, value: Value) -> Iterator[Fact]:
        """A text of the scope as a fact, if the data give it."""
        if isinstance(value, TextValue) and value.text.strip():
            yield self._fact(kind, what, value.text.strip(), value, value.span)

    def _number(self, kind: str, what: str, number: Decimal, value: Value, span: Span) -> Fact:
        return self._fact(kind, what, self._grammar.number(number), value, span, figure=True)

    def _fact(
        self, kind: str, what: str, text: str, value: Value, span: Span = NOWHERE, *, figure: bool = False
    ) -> Fact:
        given = not isinstance(value, MissingValue)
        self.told.add(id(value))
        shown, spoken = given and id(value) in self._survey.shown, given and id(value) in self._survey.spoken
        return Fact(kind, what, text, figure, shown, spoken, span)

    def _records(self, name: str) -> Iterator[Environment]:
        for item in _items(self._scope.fields[name]):
            yield _fields(item)


def _items(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, ListValue) else ()


def _fields(value: Value) -> Environment:
    return value.fields if isinstance(value, RecordValue) else {}


def _text(value: Value) -> str:
    return value.text if isinstance(value, TextValue) else ""
