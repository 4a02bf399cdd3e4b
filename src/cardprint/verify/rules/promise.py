"""The card says what the data say: every fact that the layout shows, no other figure, every address.

Works on the words of the tags, so that it holds for any layout. What is said of a subject stands in the table row that
its name heads, or else between its name and the next subject's. The words are judged twice, as the page shows them and
as they are read aloud: a figure must be right for both kinds of readers."""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from functools import cached_property
from itertools import accumulate
from typing import Final, NamedTuple

from cardprint.model.diagnostics import NOWHERE, Severity
from cardprint.model.finding import Finding
from cardprint.model.promise import Fact, Promise, Subject
from cardprint.verify.promised import plain
from cardprint.verify.reading.passages import Passage
from cardprint.verify.reading.structure import Element
from cardprint.verify.rules.addresses import verify_addresses, verify_printed_addresses
from cardprint.verify.rules.links import TaggedLink
from cardprint.verify.rules.sections import (
    PASSAGE,
    FigureValue,
    Section,
    figure_pattern,
    figure_value,
    fold,
    folded,
    occurrences,
)

_HEADINGS: Final = frozenset({"H", "H1", "H2"})
_AROUND_A_NAME: Final = 12
"""Characters that a passage may have beside a name and still be one: a number, a colon."""

_LONGEST_FIGURE: Final = 8
"""Characters of a text that may be no more than a number or a letter of the scale."""

_BEFORE_A_NAME: Final = 4


def verify_promise(
    promise: Promise, passages: Sequence[Passage], links: Sequence[TaggedLink] | None, *, same_files: bool = True
) -> Iterator[Finding]:
    """Compare the words of the tags, and where the links lead, with what the data promise; `links` None: nothing can be
    clicked, and addresses must stand there to be read.

    `same_files` says that the card was made in the layout that the promise counts on; else a kind of fact that stands
    nowhere on the card counts as one that its layout leaves out."""
    told: set[tuple[str, str]] = set()
    prepared = _Prepared(promise)
    described = [_words(passage.read) for passage in passages if passage.element.tag == "Figure"]
    passages = [passage for passage in passages if passage.element.tag != "Figure"]  # they describe, and grade nothing
    drawn = [_words(passage.drawn) for passage in passages]
    read = [
        words if passage.read is passage.drawn else _words(passage.read)
        for words, passage in zip(drawn, passages, strict=True)
    ]
    for reading in (_Drawn(prepared, passages, drawn), _Spoken(prepared, passages, read, described)):
        for key, finding in reading.findings(same_files=same_files):
            if key not in told:
                told.add(key)
                yield finding
    if links is None:
        yield from verify_printed_addresses(promise, passages, same_files=same_files)
    else:
        yield from verify_addresses(promise, links, same_files=same_files)


class _Sought(NamedTuple):
    """The facts of a subject, or of the card as a whole (`subject` None), ready to be looked for: phrases folded, the
    longest first, furniture (without a fact) among them, and figures by value. `accepted` are the values that may stand
    in the section."""

    subject: Subject | None
    name: str
    phrases: list[tuple[str, Fact | None]]
    figures: list[tuple[FigureValue, Fact]]
    accepted: set[FigureValue]


class _Prepared:
    """What both readings look for."""

    def __init__(self, promise: Promise) -> None:
        self.pattern = figure_pattern(promise.letters)
        figured = {words for words in promise.furniture if self.pattern.search(words)}
        loose = {figure_value(words) for words in figured if self.pattern.fullmatch(words)}
        furniture = [folded(words) for words in figured if figure_value(words) not in loose]
        self.subjects = [
            self._sought(subject, (subject.name, *subject.facts), furniture, loose) for subject in promise.subjects
        ]
        self.rest = self._sought(None, promise.facts, furniture, loose)
        for sought in self.subjects:
            # A layout may tell figures of a subject apart from its name, in a summary for instance.
            self.rest.accepted.update(sought.accepted)
        self._general = [fact.text for fact in promise.facts if not fact.figure]

    @cached_property
    def around(self) -> list[tuple[str, Fact | None]]:
        """Phrases with figures that are said of the card as a whole, and may follow those of a subject without a row:
        the title of the edition, a line of the foot."""
        return [(folded(text), None) for text in self._general if self._may_hold_figure(text)]

    def _may_hold_figure(self, text: str) -> bool:
        """Whether there is a figure in a text as it is written, or as it is in capitals."""
        return any(map(self.pattern.search, (text, text.upper())))

    def _sought(
        self, subject: Subject | None, facts: Sequence[Fact], furniture: Sequence[str], loose: set[FigureValue]
    ) -> _Sought:
        """A badge that is a number is one of the figures: taken out as a phrase, it would take equal ones with it."""
        figures = [(figure_value(fact.text), fact) for fact in facts if fact.figure]
        phrases: list[tuple[str, Fact | None]] = [(words, None) for words in furniture]
        for fact in facts:
            if fact.figure:
                continue
            if len(fact.text) <= _LONGEST_FIGURE and self.pattern.fullmatch(fact.text):
                figures.append((figure_value(fact.text), fact))
            else:
                phrases.append((folded(fact.text), fact))
        phrases.sort(key=lambda pair: -len(pair[0]))
        name = folded(subject.name.text) if subject is not None else ""
        return _Sought(subject, name, phrases, figures, {value for value, _ in figures} | loose)


class _Told(NamedTuple):
    """A finding under a key that is the same in every reading. `missing_kind` is that of a fact that is nowhere."""

    key: tuple[str, str]
    finding: Finding
    missing_kind: str | None = None


class _Reading:
    """One way of reading the card."""

    how = ""

    def __init__(
        self, prepared: _Prepared, passages: Sequence[Passage], texts: Sequence[str], described: Sequence[str] = ()
    ) -> None:
        """`described` is what pictures say to this kind of reader."""
        self._prepared = prepared
        self._passages = passages
        self._texts = texts
        self._described = described
        self._folded = [fold(text) for text in texts]
        self._whole = PASSAGE.join(self._folded)
        self._starts = [0, *accumulate([len(text) + len(PASSAGE) for text in self._folded])]
        self._kinds: set[str] = set()
        self._orders: dict[str, list[tuple[Subject, tuple[str, ...]]]] = {}
        self._rows: set[int] = set()
        self._some_lost = False
        self._of_row: dict[int, list[int]] = {}
        for index, passage in enumerate(passages):
            if passage.row is not None:
                self._of_row.setdefault(id(passage.row), []).append(index)

    def wanted(self, fact: Fact) -> bool:
        """Whether the layout tells the fact to this kind of reader."""
        raise NotImplementedError

    def findings(self, *, same_files: bool) -> Iterator[tuple[tuple[str, str], Finding]]:
        """The findings, each under its key."""
        told = list(self._tell())
        absent = {one.missing_kind for one in told if one.missing_kind is not None} - self._kinds
        for one in told:
            if same_files or one.missing_kind not in absent:
                yield one.key, one.finding
        if not same_files:
            for kind in sorted(kind for kind in absent if kind is not None):
                message = f"The card does not show any {kind}; its layout may leave it out."
                yield ("not-shown", kind), Finding("not-shown", message, severity=Severity.WARNING)

    def _tell(self) -> Iterator[_Told]:
        places = [self._place(sought) for sought in self._prepared.subjects]
        told_in = Counter(index for place in places for index in place)
        self._rows = {index for index in told_in if self._passages[index].row is not None}
        self._some_lost = any(
            not place and any(self.wanted(fact) for _, fact in sought.figures)
            for sought, place in zip(self._prepared.subjects, places, strict=True)
        )
        free = [index for index in range(len(self._texts)) if index not in told_in]
        for sought, place in zip(self._prepared.subjects, places, strict=True):
            if not place:
                yield from self._verify_anywhere(sought)
            elif all(told_in[index] == 1 and index in self._rows for index in place):
                yield from self._verify(place, sought, sought.accepted, alone=True)
            else:
                phrases = sorted([*sought.phrases, *self._prepared.around], key=lambda pair: -len(pair[0]))
                accepted = self._prepared.rest.accepted
                yield from self._verify(place, sought._replace(phrases=phrases), accepted, alone=False)
        starts = [place[0] for place in places if place]
        if starts != sorted(starts):
            yield self._told("reading-order", "", "The subjects do not stand in the order of the data", None)
        rest = self._prepared.rest
        unnamed = [sought for sought, place in zip(self._prepared.subjects, places, strict=True) if not place]
        if unnamed:  # what is said of them stands among what is said of the card as a whole
            said = [(phrase, None) for sought in unnamed for phrase, fact in sought.phrases if fact is not None]
            phrases = sorted([*rest.phrases, *said], key=lambda pair: -len(pair[0]))
            rest = rest._replace(phrases=phrases)
        yield from self._verify(free, rest, rest.accepted, alone=False)
        yield from self._verify_swaps()

    @cached_property
    def _elsewhere(self) -> tuple[str, list[FigureValue]]:
        """The words that stand in no subject's own row, or describe a picture, folded, and the figures among them: the
        address that a QR code leads to is on the card for those who hear it."""
        text = PASSAGE.join(
            [*(text for index, text in enumerate(self._texts) if index not in self._rows), *self._described]
        )
        return fold(text), [figure_value(figure) for figure in self._prepared.pattern.findall(text)]

    def _told(self, rule: str, key: str, message: str, fact: Fact | None, missing_kind: str | None = None) -> _Told:
        span = fact.span if fact is not None else NOWHERE
        return _Told((rule, key), Finding(rule, f"{message}{self.how}.", span=span), missing_kind)

    def _missing(self, fact: Fact) -> _Told:
        message = f"{_capital(fact.what)}, “{_short(fact.text)}”, is not on the card"
        return self._told("fact-missing", fact.what, message, fact, fact.kind)

    def _place(self, sought: _Sought) -> list[int]:
        """The passages that speak of a subject, by index: the rows that its name heads, else what follows its name."""
        name = sought.name
        named = list(dict.fromkeys([bisect(self._starts, at) - 1 for at in occurrences(self._whole, name)]))
        rows = {
            id(passage.row)
            for passage in [self._passages[index] for index in named]
            if passage.row is not None and _heads_a_row(passage.cell)
        }
        if rows:
            return sorted([index for row in rows for index in self._of_row[row]])
        place: set[int] = set()
        for index in named:
            if index not in place and self._passages[index].row is None and self._names(index, name):
                place.update(range(index, self._end(index, name)))
        return sorted(place)

    def _names(self, index: int, name: str) -> bool:
        """Whether a passage is a name and little else ("2. Continuum of Care"), or begins with one ("Laws: …"), and is
        no sentence that has the words in it."""
        text = self._folded[index]
        return len(text) <= len(name) + _AROUND_A_NAME or text.find(name) <= _BEFORE_A_NAME

    def _end(self, start: int, name: str) -> int:
        """Where the section of a subject without a row ends: at a heading, a table, or the name of another."""
        others = [sought.name for sought in self._prepared.subjects if sought.name != name]
        for index in range(start + 1, len(self._texts)):
            passage, text = self._passages[index], self._folded[index]
            if passage.element.tag in _HEADINGS or passage.row is not None:
                return index
            if any(other in text and self._names(index, other) for other in others):
                return index
        return len(self._texts)

    def _verify_anywhere(self, sought: _Sought) -> Iterator[_Told]:
        """The facts of a subject whose name heads nothing: they stand somewhere."""
        words, figures = self._elsewhere
        for phrase, fact in sought.phrases:
            if fact is not None and self.wanted(fact) and phrase not in words:
                yield self._missing(fact)
        for value, fact in sought.figures:
            if self.wanted(fact) and value not in figures:
                yield self._missing(fact)

    def _verify(
        self, place: Sequence[int], sought: _Sought, accepted: Set[FigureValue], *, alone: bool
    ) -> Iterator[_Told]:
        """The facts that passages tell, in which no figures but the `accepted` may stand. `alone` says that they are a
        row of the subject's own."""
        section = Section(PASSAGE.join([self._texts[index] for index in place]))
        whole = section.folded
        for phrase, fact in sought.phrases:
            taken = section.take(phrase)
            if fact is None:
                continue
            if taken or phrase in whole:
                self._kinds.add(fact.kind)
            elif self.wanted(fact):
                if section.take_divided(phrase) or phrase in self._elsewhere[0]:
                    self._kinds.add(fact.kind)
                else:
                    yield self._missing(fact)
        found = self._prepared.pattern.findall(section.text)
        values = [figure_value(figure) for figure in found]
        strays = [figure for figure, value in zip(found, values, strict=True) if value not in accepted]
        certain = strays if alone or not self._some_lost else self._outside_rows(place, section, strays)
        yield from self._verify_figures(sought, values, strays, list(certain))
        where = f"of {sought.subject.what}" if sought.subject is not None else "of the card as a whole"
        for stray in strays:
            yield self._told("figure-unknown", f"{stray} {where}", f"{stray} is no figure {where}", None)
        if alone and sought.subject is not None:
            self._note_order(sought, sought.subject, values)

    def _outside_rows(self, place: Sequence[int], section: Section, strays: Sequence[str]) -> list[str]:
        """Strays that are none of a subject's whose name is nowhere: where there are rows, its figures stand in one."""
        if not strays or not self._of_row:
            return []
        parts = zip(place, section.text.split(PASSAGE), strict=True)
        outside = PASSAGE.join([part for index, part in parts if self._passages[index].row is None])
        return [figure for figure in self._prepared.pattern.findall(outside) if figure in strays]

    def _verify_figures(
        self, sought: _Sought, found: Sequence[FigureValue], strays: list[str], certain: list[str]
    ) -> Iterator[_Told]:
        """Every figure is there as often as it was promised. One that is not takes a stray of its sort for itself, if
        it is `certain` that the stray is no other subject's."""
        wanted = [value for value, fact in sought.figures if self.wanted(fact)]
        for value, fact in sought.figures:
            if found.count(value) >= wanted.count(value) or not self.wanted(fact):
                if value in found:
                    self._kinds.add(fact.kind)
                continue
            like = next((stray for stray in certain if stray.isalpha() == fact.text.isalpha()), None)
            if like is not None:
                certain.remove(like)
                strays.remove(like)
                self._kinds.add(fact.kind)
                message = f"{_capital(fact.what)} is {like} on the card and {fact.text} in the data"
                yield self._told("fact-wrong", fact.what, message, fact)
            elif value not in self._elsewhere[1]:
                yield self._missing(fact)

    def _note_order(self, sought: _Sought, subject: Subject, values: Sequence[FigureValue]) -> None:
        """Remember in which order a subject's figures stand, where no two of them are equal."""
        figures = [(value, fact.kind) for value, fact in sought.figures if fact.figure]
        kinds = dict(figures)
        if len(kinds) == len(figures):
            order = tuple(dict.fromkeys([kinds[value] for value in values if value in kinds]))
            self._orders.setdefault(subject.group, []).append((subject, order))

    def _verify_swaps(self) -> Iterator[_Told]:
        """Figures of like subjects stand in like order: a row in which two have changed places is wrong."""
        for told in self._orders.values():
            longest = max(len(order) for _, order in told)
            orders = [order for _, order in told if len(order) == longest]
            usual = max(orders, key=orders.count)
            for subject, order in told:
                if len(order) == longest and order != usual:
                    message = f"The figures of {subject.what} stand in another order than those of its like"
                    yield self._told("figures-swapped", subject.what, message, subject.name)


class _Drawn(_Reading):
    def wanted(self, fact: Fact) -> bool:
        return fact.shown


class _Spoken(_Reading):
    how = " when it is read aloud"

    def wanted(self, fact: Fact) -> bool:
        return fact.spoken


def _words(text: str) -> str:
    """A passage's text as it is searched: composed, its words parted by single spaces."""
    return " ".join(plain(text).split())


def _heads_a_row(cell: Element | None) -> bool:
    return cell is not None and cell.tag == "TH" and cell.scope != "Column"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _short(text: str) -> str:
    return text if len(text) <= 60 else f"{text[:58].rstrip()}…"
