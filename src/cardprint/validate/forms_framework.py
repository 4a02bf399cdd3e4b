"""What a framework's file says, key by key; and the small files beside it: jurisdictions and fonts."""

from __future__ import annotations

from cardprint.model.dataset import Basis
from cardprint.model.template import Placeholder, Template
from cardprint.validate.form import Form, Nested, optional, required
from cardprint.validate.numbers import Count, Number
from cardprint.validate.place import At
from cardprint.validate.reader import Either, List
from cardprint.validate.templates import LinkTemplate, TemplateText, spell_placeholder
from cardprint.validate.texts import Choice, Date, FilePath, Flag, Language, Postal, Sha256, Slug, Text, Word

MOST_ISSUES = 200
MOST_GOALS = 500
MOST_JURISDICTIONS = 20_100

_SAFE_IN_FILE_NAMES = {
    ("edition", "id"),
    ("edition", "language"),
    ("edition", "released"),
    ("state", "slug"),
    ("state", "postal"),
    ("state", "address"),
}
"""Fields whose values are letters, digits and hyphens, so that no path can be smuggled in by data."""


class FileNameTemplate(TemplateText):
    """The pattern of a card's file name, which differs from state to state and never leaves its folder."""

    _forbidden = '/\\:*?"<>|'

    def __init__(self) -> None:
        super().__init__('the pattern of a file name such as "{edition.id}-{state.slug}"')

    def check_placeholder(self, placeholder: Placeholder, template: Template, at: At) -> None:
        super().check_placeholder(placeholder, template, at)
        if placeholder.path not in _SAFE_IN_FILE_NAMES or "date" in placeholder.filters:
            safe = ", ".join(sorted(".".join(path) for path in _SAFE_IN_FILE_NAMES))
            message = f"{spell_placeholder(placeholder)} may hold characters that names of files cannot have."
            at.error("bad-file-name", message, f"Choose from {safe}.", span=placeholder.span)

    def check(self, template: Template, at: At) -> None:
        literal = "".join(part for part in template.parts if isinstance(part, str))
        at_ends = "".join(part for part in template.parts[:1] + template.parts[-1:] if isinstance(part, str))
        found = [character for character in literal if character in self._forbidden]
        if found:
            message = f"Found {found[0]} in {at.label}, which names of files cannot have."
            at.error("bad-file-name", message, "Use letters, digits, hyphens and points.")
        elif at_ends.startswith((" ", ".")) or at_ends.endswith((" ", ".")):
            at.error("bad-file-name", f"{at.label} begins or ends with a space or a point.", "Remove it.")
        if not any(isinstance(part, Placeholder) and part.path[0] == "state" for part in template.parts):
            at.error("bad-file-name", f"{at.label} is the same for every state.", "Add {state.slug}.")


class JurisdictionForm(Form, what="a jurisdiction"):
    """A place that gets a card."""

    name = required(Text("a name", 80), "Its name as cards show it.")
    slug = required(Slug("a slug", "new-mexico"), "Its name in addresses of files, as in new-mexico.")
    postal = required(Postal("a postal code", "NM", longest=10), "Its postal code; write codes such as NO in quotes.")
    address = optional(
        Slug("a part of an address", "newmexico"), "Its part of a web address; left out: the slug without hyphens."
    )
    ap = optional(Text("a name", 80), "Its name in the style of the Associated Press; left out: the name.")
    article = optional(Text("an article", 20), "What its name takes inside a sentence, as in the District of Columbia.")
    tile = optional(
        List(Count("a column or row from 0", most=99), "numbers: column and row", least=2, most=2),
        "Its column and row on a tile-grid map, from 0.",
    )


class FontForm(Form, what="a font"):
    """A face of a family of type."""

    name = required(Text("a name", 80), "The name by which themes ask for it.")
    family = required(Text("a name", 80), "The name of its family.")
    file = required(FilePath("the path of a font file", (".ttf",)), "Its TrueType file beside this list.")
    sha256 = required(Sha256("a SHA-256", longest=64), "The SHA-256 of the file; another file is refused.")


class EditionForm(Form, what="the edition"):
    """Which cards these are."""

    id = required(Word("an id", "2021", longest=40), "A short name for files, in quotes if it is a year.")
    title = required(Text("a title", 200), "The title that cards carry.")
    language = required(Language("a language", "en-US"), "The language of the cards, a BCP 47 tag.")
    released = optional(Date(), "The day of publication.")
    laws_as_of = optional(Date(), "The day to which the laws were read.")
    file_name = required(FileNameTemplate(), "The name of a card's file without its ending, a template.")
    address = optional(
        TemplateText('an address such as "example.org/{state.address}"'),
        "Where readers find a state on the web, without https://, a template.",
    )


class PointsForm(Form, what="the rule of points"):
    """How goals are scored."""

    step = required(Number("a step such as 0.5", above=True), "Scores are multiples of this.")
    goal_maximum = required(Number("a number such as 2.5", above=True), "The most points that a goal can give.")


class BandForm(Form, what="a band of the scale"):
    """A grade and the lowest value that earns it."""

    letter = required(Text("a grade", 12), "The grade.")
    at_least = required(Number(), "The lowest value that earns it.", key="from")


class GradesForm(Form, what="the grades"):
    """How scores become grades."""

    _basis = Choice({basis.value: basis for basis in Basis})

    scale = required(
        List(Nested(BandForm), "bands", least=1, most=50), "The grades from the best down; the last one is from 0."
    )
    issue = optional(_basis, "What an issue's grade is read from; may be left out where there are no issues.")
    card = required(_basis, "What the overall grade is read from.")


class GoalForm(Form, what="a goal"):
    """One policy goal."""

    id = required(Word("an id in quotes", "2.10"), "Its id in quotes: without them 2.10 would be 2.1.")
    phrase = required(Text("a phrase", 300), "Its wording inside a sentence; {} takes the term.")
    term = optional(Text("a term", 200), "What stands for {} in the phrase, where goals share one.")


class IssueForm(Form, what="an issue"):
    """A row of the card's table of grades."""

    id = required(Word("an id in quotes", "1"), "Its id, in quotes.")
    title = required(Text("a title", 200), "Its title.")
    icon = optional(Word("the name of an icon", "gavel"), "The name of its icon.")
    maximum = required(Number(above=True), "Its most points: those of all its goals, unnamed ones included.")
    unnamed = optional(Count(most=MOST_GOALS), "How many goals score although their wording is not known.", default=0)
    goals = required(List(Nested(GoalForm), "goals", most=MOST_GOALS), "Its goals in their order.")


class ExtraCreditForm(Form, what="a row of extra credit"):
    """Points on top, for protections extended to others."""

    id = required(Word("an id", "youth"), "Its id.")
    badge = required(Text("a badge", 12), "The sign of the row, as in 18+.")
    badge_expansion = required(Text("what the badge stands for", 100), "What the badge stands for, read aloud.")
    title = required(Text("a title", 200), "Its title.")
    beneficiary = required(Text("who benefits", 200), "To whom the protections are extended, inside a sentence.")
    each = required(Number(above=True), "The points for each protection.")


class SentenceForm(Form, what="the wordings of a sentence"):
    """One kind of sentence; {list} takes what it lists."""

    none = optional(Text("a sentence", 300), "The sentence where there is nothing to list; left out: none.")
    one = required(Text("a sentence", 300), "The sentence about one goal.")
    many = required(Text("a sentence", 300), "The sentence about more.")


class SentencesForm(Form, what="the sentences"):
    """The sentences that highlights are made of."""

    accomplished = required(Nested(SentenceForm), "About goals accomplished.")
    gaps = required(Nested(SentenceForm), "About goals not accomplished.")
    extended = optional(Nested(SentenceForm), "About protections in extra credit; {beneficiary} takes the row's.")


class RunForm(Form, what="a run of text"):
    """A stretch of a paragraph that has an emphasis or a link."""

    text = required(TemplateText(), "Its text, a template.")
    emphasis = optional(Word("a name", "label"), "What it is (label, strong); the layout decides how that looks.")
    link = optional(LinkTemplate(), "The address that it leads to, a template.")


RUN: Either[Template, RunForm] = Either(TemplateText(), Nested(RunForm))
PARAGRAPH = List(RUN, "runs of text", least=1, most=100)
LINE: Either[Template, tuple[Template | RunForm, ...]] = Either(TemplateText("a text"), PARAGRAPH)


class PublisherForm(Form, what="the publisher"):
    """Who answers for the cards."""

    name = required(Text("a name", 200), "The publisher's name.")
    wordmark = optional(
        FilePath("the path of a picture", (".svg", ".png", ".jpg", ".jpeg")),
        "A picture in the dataset's folder; an SVG is printed in the ink of the layout.",
    )
    copyright = optional(Text("a text", 300), "Whose the text is, as in © 2021 Shared Hope International.")
    reprint = optional(LINE, "Who may print it again, a template or a list of runs.")


class FigureForm(Form, what="a figure"):
    """A number that was published about the edition as a whole."""

    id = required(Word("an id", "national-average"), "Its id.")
    title = required(Text("a title", 200), "What it counts.")
    value = required(Number(), "The number.")
    source = required(Text("a source", 500), "Where it was published.")


class ResourceForm(Form, what="a resource"):
    """A headed group of paragraphs that tells readers where to go on."""

    id = required(Word("an id", "learn-more"), "Its id.")
    heading = required(TemplateText("a heading"), "Its heading, a template.")
    paragraphs = required(List(PARAGRAPH, "paragraphs", least=1, most=50), "Its paragraphs, each a list of runs.")


class FrameworkForm(Form, what="a framework"):
    """Everything of an edition that is the same for all its states."""

    sample = optional(Flag(), "Whether the data are made up; cards are marked so.", default=False)
    edition = required(Nested(EditionForm), "Which cards these are.")
    publisher = required(Nested(PublisherForm), "Who answers for them.")
    grammar = required(Word("the name of a grammar", "english"), "The rules by which sentences are made.")
    points = optional(Nested(PointsForm), "How goals are scored; may be left out where there are no issues.")
    grades = required(Nested(GradesForm), "How scores become grades.")
    issues = optional(
        List(Nested(IssueForm), "issues", most=MOST_ISSUES),
        "The issues in the order of the card; left out where only overall grades are known.",
        default=(),
    )
    extra_credit = optional(
        List(Nested(ExtraCreditForm), "rows of extra credit", most=50), "The rows of extra credit.", default=()
    )
    sentences = optional(Nested(SentencesForm), "The wording of highlights; may be left out where there are no issues.")
    figures = optional(
        List(Nested(FigureForm), "figures", most=50), "Numbers published about the edition as a whole.", default=()
    )
    resources = optional(List(Nested(ResourceForm), "resources", most=50), "Where readers go on.", default=())
    foot = optional(List(PARAGRAPH, "paragraphs", most=20), "The lines at the foot, each a list of runs.", default=())
