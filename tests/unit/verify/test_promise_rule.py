from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pytest
from msgspec.structs import replace

from cardprint.model.promise import Fact, Promise, PromisedAddress, Subject
from cardprint.verify.reading.document import Annotation
from cardprint.verify.reading.passages import Passage
from cardprint.verify.reading.structure import Element
from cardprint.verify.rules.links import TaggedLink
from cardprint.verify.rules.promise import verify_promise
from cardprint.verify.rules.sections import Section, figure_pattern, figure_value, folded

if TYPE_CHECKING:
    from tests.unit.verify.conftest import Kit

Check = Callable[..., list[str]]


def issue(number: str, title: str, grade: str, score: str, maximum: str, highlights: str) -> Subject:
    where = f"issue {number}"
    facts = (
        Fact("id", f"the number of {where}", number, figure=True),
        Fact("grade", f"the grade of {where}", grade, figure=True),
        Fact("score", f"the score of {where}", score, figure=True),
        Fact("maximum", f"the maximum of {where}", maximum, figure=True),
        Fact("highlights", f"the highlights of {where}", highlights),
    )
    return Subject("issue", where, Fact("title", f"the title of {where}", title), facts)


LAWS = issue("1", "Laws", "F", "14", "27.5", "Gaps remain in areas related to laws.")
CARE = issue("2", "Continuum of Care", "B", "8", "10", "A good start, and 2 of 3 goals.")
PROMISE = Promise(
    title="Freedonia",
    language="en",
    subjects=(LAWS, CARE),
    facts=(
        Fact("state", "the name of the state", "Freedonia"),
        Fact("overall grade", "the overall grade", "D", figure=True),
        Fact("overall score", "the overall score", "22", figure=True),
    ),
    addresses=(PromisedAddress("https://example.org/freedonia", "example.org/freedonia"),),
    letters=("A", "B", "C", "D", "F"),
    furniture=("Printed in 1933",),
)


def row(kit: Kit, title: str, grade: str, figures: str, words: str, read: str | None = None) -> list[Passage]:
    element = kit.row()
    return [
        kit.passage(title, row=element, cell="TH"),
        kit.passage(grade, f"Grade: {grade}", row=element, cell="TD"),
        kit.passage(figures, read, row=element, cell="TD"),
        kit.passage(words, row=element, cell="TD"),
    ]


def card(kit: Kit, *, laws: Sequence[Passage] = (), care: Sequence[Passage] = (), rest: str = "D") -> list[Passage]:
    """The promised card, but for what a test says otherwise."""
    return [
        kit.passage("FREEDONIA", tag="H1"),
        *(laws or row(kit, "1. Laws", "F", "14 27.5", LAWS.facts[-1].text, "14 of 27.5 points")),
        *(care or row(kit, "2. Continuum of Care", "B", "8 10", CARE.facts[-1].text)),
        kit.passage("OVERALL GRADE", tag="H2"),
        kit.passage(rest),
        kit.passage("22", "22 points"),
        kit.passage("Printed in 1933"),
    ]


def link(address: str = "https://example.org/freedonia", text: str = "example.org/freedonia") -> TaggedLink:
    return TaggedLink(Element("Link", 0, 0), text, (), ((1, Annotation(9, "Link", (), address, {})),))


@pytest.fixture
def check() -> Check:
    """The rules and messages of the findings, warnings marked."""

    def told(
        passages: Sequence[Passage],
        links: Sequence[TaggedLink] | None = (link(),),
        promise: Promise = PROMISE,
        **how: bool,
    ) -> list[str]:
        findings = verify_promise(promise, passages, links, **how)
        return [f"{finding.rule}: {finding.message}" for finding in findings]

    return told


def test_a_card_that_keeps_its_promise(kit: Kit, check: Check) -> None:
    """Every fact stands in its row or about the card, capitals or not, and no other figure does."""
    assert check(card(kit)) == []


@pytest.mark.parametrize(
    ("figures", "read", "told"),
    [
        ("15 27.5", "14 of 27.5 points", ["fact-wrong: The score of issue 1 is 15 on the card and 14 in the data."]),
        (
            "14 27.5",
            "24 of 27.5 points",
            ["fact-wrong: The score of issue 1 is 24 on the card and 14 in the data when it is read aloud."],
        ),
        ("14", "14 of 27.5 points", ["fact-missing: The maximum of issue 1, “27.5”, is not on the card."]),
        ("14 27.5 3", "14 of 27.5 points", ["figure-unknown: 3 is no figure of issue 1."]),
        ("14.0 27,50", "14 of 27.5 points", []),
        (
            "14,000 27.5",
            "14 of 27.5 points",
            ["fact-wrong: The score of issue 1 is 14,000 on the card and 14 in the data."],
        ),
    ],
)
def test_figures_in_a_row(kit: Kit, check: Check, figures: str, read: str, told: list[str]) -> None:
    """A wrong figure, a missing one and one too many are told apart, for eyes and for ears."""
    laws = row(kit, "1. Laws", "F", figures, LAWS.facts[-1].text, read)
    assert check(card(kit, laws=laws)) == told


def test_grades(kit: Kit, check: Check) -> None:
    """A lone letter of the scale is a grade; the article “A” in a promised sentence is none."""
    laws = row(kit, "1. Laws", "C", "14 27.5", LAWS.facts[-1].text)
    assert check(card(kit, laws=laws, rest="F")) == [
        "fact-wrong: The grade of issue 1 is C on the card and F in the data.",
        "fact-missing: The overall grade, “D”, is not on the card.",
    ]


def test_words_in_a_row(kit: Kit, check: Check) -> None:
    """A sentence must stand in its own row, word for word."""
    laws = row(kit, "1. Laws", "F", "14 27.5", "Gaps remain in areas related to lawns.")
    assert check(card(kit, laws=laws)) == [
        "fact-missing: The highlights of issue 1, “Gaps remain in areas related to laws.”, is not on the card."
    ]


def test_words_divided_at_line_ends(kit: Kit, check: Check) -> None:
    """Hyphens at line ends are no change of the words."""
    laws = row(kit, "1. Laws", "F", "14 27.5", "Gaps re-main in areas re-lated to laws.")
    assert check(card(kit, laws=laws)) == []


def test_figures_that_changed_places(kit: Kit, check: Check) -> None:
    """A row whose figures stand in another order than the others’ is wrong, though each is there."""
    more = issue("3", "Prevention", "A", "9", "12", "All done.")
    promise = replace(PROMISE, subjects=(LAWS, CARE, more))
    passages = card(kit, care=row(kit, "2. Continuum of Care", "B", "10 8", CARE.facts[-1].text))
    passages[9:9] = row(kit, "3. Prevention", "A", "9 12", "All done.")
    assert check(passages, promise=promise) == [
        "figures-swapped: The figures of issue 2 stand in another order than those of its like."
    ]


def test_order_of_the_subjects(kit: Kit, check: Check) -> None:
    """Rows come in the order of the data."""
    passages = card(kit)
    passages[1:9] = [*passages[5:9], *passages[1:5]]
    assert check(passages) == ["reading-order: The subjects do not stand in the order of the data."]


def test_a_row_that_is_not_there(kit: Kit, check: Check) -> None:
    """Each fact of a lost row is missed."""
    passages = [passage for passage in card(kit) if passage.row is None]
    assert len(check(passages)) == len(LAWS.facts) + len(CARE.facts) + 2


def test_a_layout_without_a_table(kit: Kit, check: Check) -> None:
    """What follows a subject’s name, up to the next one’s, is said of it."""
    loose = [kit.passage(passage.drawn, passage.read) for passage in card(kit)]
    loose[1], loose[5] = kit.passage("Laws", tag="H2"), kit.passage("Continuum of Care", tag="H2")
    promise = replace(
        PROMISE, subjects=tuple(replace(subject, facts=subject.facts[1:]) for subject in PROMISE.subjects)
    )
    assert check(loose, promise=promise) == []
    loose[3] = kit.passage("15 27.5")
    assert check(loose, promise=promise) == [
        "fact-wrong: The score of issue 1 is 15 on the card and 14 in the data.",
    ]


def test_a_layout_of_running_text(kit: Kit, check: Check) -> None:
    """A name may begin a paragraph that tells all."""
    passages = [
        kit.passage("Freedonia", tag="H1"),
        kit.passage("1. Laws: F, 14 of 27.5 points. Gaps remain in areas related to laws."),
        kit.passage("2. Continuum of Care: B, 8/10. A good start, and 2 of 3 goals."),
        kit.passage("In all D (22)"),
    ]
    assert check(passages) == []
    passages[1] = kit.passage("1. Laws: F, 14 of 25 points. Gaps remain in areas related to laws.")
    assert check(passages) == ["fact-wrong: The maximum of issue 1 is 25 on the card and 27.5 in the data."]


def test_a_layout_that_leaves_things_out(kit: Kit, check: Check) -> None:
    """What the layout does not show is not missed; what it shows besides must be right all the same."""

    def hidden(subject: Subject) -> Subject:
        facts = tuple(replace(fact, shown=False, spoken=False) for fact in subject.facts)
        return replace(subject, facts=facts)

    promise = replace(PROMISE, subjects=tuple(map(hidden, PROMISE.subjects)))
    passages = card(kit, laws=[kit.passage("1. Laws", row=kit.row(), cell="TH")])
    assert check(passages, promise=promise) == []
    stray = [kit.passage("3. Laws", row=kit.row(), cell="TH")]
    assert check(card(kit, laws=stray), promise=promise) == ["figure-unknown: 3 is no figure of issue 1."]


TITLED = replace(
    PROMISE, facts=(*PROMISE.facts, Fact("edition", "the title of the edition", "The 1933 Report, Class A"))
)


@pytest.mark.parametrize(
    ("care", "last", "told"),
    [
        ("8/10", "The 1933 Report, Class A", []),
        ("8/10", "The 1934 Report", ["1934 is no figure of issue 2", "Report, Class A”, is not on the card"]),
        ("8/1933", "The 1933 Report, Class A", ["The maximum of issue 2 is 1933 on the card and 10 in the data"]),
        ("7/10", "The 1933 Report, Class A", ["The score of issue 2 is 7 on the card and 8 in the data"]),
    ],
)
def test_what_follows_the_last_subject(kit: Kit, check: Check, care: str, last: str, told: list[str]) -> None:
    """Words that are promised of the card as a whole may end it, figures and all; those figures are right nowhere
    else."""
    passages = [
        kit.passage("Freedonia: D (22)", tag="H1"),
        kit.passage("1. Laws: F, 14 of 27.5 points. Gaps remain in areas related to laws."),
        kit.passage(f"2. Continuum of Care: B, {care}. A good start, and 2 of 3 goals."),
        kit.passage(last),
    ]
    found = check(passages, promise=TITLED)
    assert len(found) == len(told)
    assert all(expected in message for expected, message in zip(told, found, strict=True))


@pytest.mark.parametrize(
    ("description", "told"),
    [
        ("QR code: example.org/freedonia", []),
        (
            "QR code: example.org/sylvania",
            ["fact-missing: The address, “freedonia”, is not on the card when it is read aloud."],
        ),
    ],
)
def test_what_a_picture_says(kit: Kit, check: Check, description: str, told: list[str]) -> None:
    """An address that only a QR code leads to is on the card for those who hear what the code is."""
    address = Fact("address", "the address", "freedonia", shown=False)
    named = replace(PROMISE.facts[0], text="Republic", shown=False, spoken=False)
    promise = replace(PROMISE, facts=(named, *PROMISE.facts[1:], address))
    passages = [kit.passage("REPUBLIC", tag="H1"), *card(kit)[1:], kit.passage("", description, tag="Figure")]
    assert check(passages, promise=promise) == told


def test_figures_in_a_description(kit: Kit, check: Check) -> None:
    """They are not judged, and nothing that eyes see."""
    pictured = [*card(kit, rest=""), kit.passage("", "A shield with a D, 5 stars", tag="Figure")]
    assert check(pictured) == ["fact-missing: The overall grade, “D”, is not on the card."]


RENAMED = replace(CARE, name=replace(CARE.name, text="Help"))


@pytest.mark.parametrize("how", ["rows", "paragraphs"])
def test_a_subject_that_is_called_otherwise(kit: Kit, check: Check, how: str) -> None:
    """Its figures, right or wrong, are not taken for others’ wrong ones: here 7, for the overall score."""
    care = row(kit, "2. Continuum of Care", "B", "7 10", CARE.facts[-1].text)
    passages = [kit.passage("1933"), *card(kit, care=care)]
    passages[-2] = kit.passage("21")
    if how == "paragraphs":
        passages = [kit.passage(passage.drawn) for passage in passages]
    told = check(passages, promise=replace(PROMISE, subjects=(LAWS, RENAMED)))
    wrong = [message for message in told if message.startswith("fact-wrong: The overall")]
    sure = "fact-wrong: The overall score is 1933 on the card and 22 in the data."
    assert wrong == ([sure] if how == "rows" else [])
    assert "fact-missing: The score of issue 2, “8”, is not on the card." in told


def test_a_summary_beside_the_table(kit: Kit, check: Check) -> None:
    """Grades of the subjects may be told once more elsewhere."""
    assert check([kit.passage("F B"), *card(kit)]) == []


def test_another_layout_than_the_promise_counts_on(kit: Kit, check: Check) -> None:
    """Of a card from other files, a kind of fact that stands nowhere is told as one that its layout leaves out."""
    laws = row(kit, "1. Laws", "F", "14 27.5", "")
    care = row(kit, "2. Continuum of Care", "B", "8 10", "")
    assert check(card(kit, laws=laws, care=care), same_files=False) == [
        "not-shown: The card does not show any highlights; its layout may leave it out."
    ]
    assert [told.partition(":")[0] for told in check(card(kit, laws=laws), same_files=False)] == ["fact-missing"]


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ((link(),), []),
        ((link("https://example.org/%66reedonia"),), []),
        ((), ["link-missing: No link leads to https://example.org/freedonia."]),
        (
            (link("https://example.com/"),),
            [
                "link-address: The link “example.org/freedonia” leads to https://example.com/; "
                "the data say https://example.org/freedonia.",
                "link-missing: No link leads to https://example.org/freedonia.",
            ],
        ),
        (
            (link(), link("https://example.com/", "more")),
            ["link-address: The link “more” leads to https://example.com/, an address that the data do not have."],
        ),
    ],
)
def test_addresses(kit: Kit, check: Check, links: tuple[TaggedLink, ...], told: list[str]) -> None:
    """Links lead to promised addresses only, however these are encoded, and to every one."""
    assert check(card(kit), links) == told


@pytest.mark.parametrize(
    ("links", "told"),
    [
        ((link("https://example.org/laws", "1. Laws F"),), []),
        ((), ["link-missing: No link leads to https://example.org/laws."]),
        (
            (link("https://example.org/laws", "1. Laws F"), link("https://example.com/", "2. Care B")),
            ["link-address: The link “2. Care B” leads to https://example.com/, an address that the data do not have."],
        ),
        (None, []),
    ],
)
def test_addresses_of_any_words(kit: Kit, check: Check, links: tuple[TaggedLink, ...] | None, told: list[str]) -> None:
    """Where whole columns are a link, its address counts, and on paper there is nothing to read."""
    promise = replace(PROMISE, addresses=(PromisedAddress("https://example.org/laws"),))
    assert check(card(kit), links, promise) == told


@pytest.mark.parametrize(
    ("text", "phrase", "left"),
    [
        ("2. Youth and youths", "youth", "2. \x1e and youths"),
        ("in-court", "court", "in-\x1e"),
        ("Mississippi’s", "mississippi", "\x1e’s"),
        ("subcourt", "court", "subcourt"),
        ("a a a", "a", "\x1e \x1e \x1e"),
        ("İstanbul LAWS, on", folded("Laws"), "i\u0307stanbul \x1e, on"),
        ("İSTANBUL laws", folded("İstanbul"), "\x1e laws"),
    ],
)
def test_phrases_are_taken_as_words(text: str, phrase: str, left: str) -> None:
    """A phrase is found where it stands as words of its own, in any case."""
    section = Section(text)
    assert section.take(phrase) == (left != text)
    assert section.text == left


@pytest.mark.parametrize("place", ["title", "highlights", "elsewhere"])
def test_letters_that_change_their_length_in_lower_case(kit: Kit, check: Check, place: str) -> None:
    """The dotted capital I, wherever it stands, hides no fact."""
    said = "Gaps remain in İstanbul and Laws." if place == "highlights" else LAWS.facts[-1].text
    title = "İstanbul Laws" if place == "title" else "Laws"
    promise = replace(PROMISE, subjects=(issue("1", title, "F", "14", "27.5", said), CARE))
    laws = row(kit, f"1. {title.upper()}", "F", "14 27.5", said)
    rest = "Done in İstanbul: D" if place == "elsewhere" else "D"
    assert check(card(kit, laws=laws, rest=rest), promise=promise) == []


@pytest.mark.parametrize("text", ["Große Straße", "İstanbul", "ﬁne oﬃces", "ΰ"])
def test_capitals_are_compared_by_their_letters(kit: Kit, check: Check, text: str) -> None:
    """A style may set a text in capitals, which writes some letters as several: it is the same text."""
    assert folded(text) == folded(text.upper())
    facts = (*PROMISE.facts, Fact("heading", "the heading", text))
    passages = [*card(kit), kit.passage(f"{text.upper()} D 22", "D 22")]
    assert check(passages, promise=replace(PROMISE, facts=facts)) == [
        f"fact-missing: The heading, “{text}”, is not on the card when it is read aloud."
    ]


def test_folding_keeps_every_letter_in_its_place() -> None:
    """What is found in the folded words of a section is cut out of its words at the same place."""
    section = Section("".join(map(chr, range(0x2FFFF))))
    assert len(section.folded) == len(section.text)


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("16/17.5", ["16", "17.5"]),
        ("Grade A or B, no Cs", ["A", "B"]),
        ("1. Laws (8,5)", ["1", "8,5"]),
        ("A’s and F's", []),
        ("16pts, B+", ["16", "B+"]),
        ("v2.10.3", []),
    ],
)
def test_what_counts_as_a_figure(text: str, figures: list[str]) -> None:
    """Numbers, and letters of the scale that stand alone."""
    assert figure_pattern(("A", "B", "B+", "F")).findall(text) == figures


def test_how_words_and_figures_are_compared() -> None:
    """No-break twins, capitals and idle zeros make no difference."""
    assert folded("Non\u2011Familial\u00a0 CASES") == "non-familial cases"
    assert figure_value("8.50") == figure_value("8,5")
    assert figure_value("A") == "A"


@pytest.mark.parametrize(
    ("figure", "same", "other"),
    [
        ("1,000", "1000", "1"),
        ("12,500.50", "12500.5", "12.5"),
        ("1,234,567", "1234567", "1.234567"),
        ("0,500", "0.5", "500"),
        ("27,50", "27.5", "2750"),
        ("1.000", "1", "1000"),
    ],
)
def test_commas_that_part_thousands_part_no_decimals(figure: str, same: str, other: str) -> None:
    """A thousand is not one. As no grammar writes thousands apart, only such commas as English has are taken so."""
    assert figure_value(figure) == figure_value(same) != figure_value(other)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("2", "Youth", "2 points"), []),
        (
            ("2", "Youth", "3 points"),
            ["fact-wrong: The points of the extra credit for Youth is 3 on the card and 2 in the data."],
        ),
        (("2", "Youth", ""), ["fact-missing: The points of the extra credit for Youth, “2”, is not on the card."]),
    ],
)
def test_a_badge_may_be_a_number(kit: Kit, check: Check, words: tuple[str, ...], told: list[str]) -> None:
    """Beside points that are equal to it: both are there, and one does not stand for the other."""
    where = "the extra credit for Youth"
    facts = (
        Fact("badge", f"the badge of {where}", "2"),
        Fact("points", f"the points of {where}", "2", figure=True),
    )
    youth = Subject("extra-credit", where, Fact("title", f"the title of {where}", "Youth"), facts)
    element = kit.row()
    badge, title, points = words
    cells = [kit.passage(f"{badge} {title}", row=element, cell="TH"), kit.passage(points, row=element, cell="TD")]
    found = check([*card(kit), *cells], promise=replace(PROMISE, subjects=(LAWS, CARE, youth)))
    assert told == found[:1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (CARE.facts[-1].text, []),
        ("A good start, and 7 of 3 goals.", ["fact-missing: The highlights of issue 2", "figure-unknown: 7 is no"]),
    ],
)
def test_what_is_said_of_a_subject_without_its_name(kit: Kit, check: Check, words: str, told: list[str]) -> None:
    """A layout may show highlights alone: the figures in them are theirs, as long as they are the data's words."""
    facts = tuple(replace(fact, shown=False, spoken=False) if fact.figure else fact for fact in CARE.facts)
    care = replace(CARE, name=replace(CARE.name, shown=False, spoken=False), facts=facts)
    promise = replace(PROMISE, subjects=(LAWS, care))
    found = check(card(kit, care=[kit.passage(words)]), promise=promise)
    assert len(told) <= len(found)
    assert all(any(message.startswith(start) for message in found) for start in told)
    assert told or not found
