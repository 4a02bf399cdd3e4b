"""Texts, tiles and fractions: runs in resolved styles, with their addresses, roles and spans."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from cardprint.model.content import Block, BoxBlock, FractionBlock, StackBlock, TextBlock, TileBlock
from cardprint.model.diagnostics import DiagnosticError, Span
from cardprint.model.geometry import Size
from cardprint.model.layout_spec import (
    BlockSpec,
    BoxSpec,
    FractionSpec,
    Repeat,
    RunSpec,
    StackSpec,
    StrokeSpec,
    TextSpec,
    TileSpec,
)
from cardprint.model.scope import RecordValue, TextValue
from cardprint.model.structure import Role, Tag
from cardprint.model.template import Template

MakeTemplate = Callable[[str], Template]
ComposeBlock = Callable[..., Block]
TEXT_SPAN = Span("layout.yaml", 40, 9)


def _named(scope: RecordValue, name: str) -> RecordValue:
    """The scope with another name of the state."""
    state = scope.fields["state"]
    assert isinstance(state, RecordValue)
    changed = replace(state, fields={**state.fields, "name": TextValue(name, Span("data.yaml", 3, 1))})
    return replace(scope, fields={**scope.fields, "state": changed})


@pytest.fixture
def text(compose: ComposeBlock, template: MakeTemplate) -> Callable[..., TextBlock]:
    """Compose a text of one run in the style `body`, or in `style`."""

    def run(words: str, style: str = "body", scope: RecordValue | None = None) -> TextBlock:
        spec = TextSpec(span=TEXT_SPAN, runs=(RunSpec(template(words)),), style=style)
        block = compose(spec) if scope is None else compose(spec, scope=scope)
        assert isinstance(block, TextBlock)
        return block

    return run


@pytest.fixture
def paragraph(compose: ComposeBlock, template: MakeTemplate) -> Callable[[dict[str, str]], TextBlock]:
    """Compose the first paragraph of the resources with an emphasis map."""

    def run(emphasis: dict[str, str]) -> TextBlock:
        words = TextSpec(
            runs=(RunSpec(template("{paragraph}")),),
            style="body",
            emphasis=emphasis,
            repeat=Repeat(("resource", "paragraphs"), "paragraph"),
        )
        every = compose(BoxSpec(child=StackSpec(children=(words,), repeat=Repeat(("resources",), "resource"))))
        match every:
            case BoxBlock(child=StackBlock(children=(StackBlock(children=(TextBlock() as block,)),))):
                return block
        raise AssertionError(every)

    return run


def test_text_in_its_style(text: Callable[..., TextBlock]) -> None:
    """A text becomes one run in the block's style, with the role of its tag and the span of its block."""
    block = text("{state.name}")
    assert [(run.text, run.style.name, run.link) for run in block.runs] == [("New Mexico", "body", None)]
    assert (block.style.name, block.role, block.span, block.name) == ("body", Role(Tag.P), TEXT_SPAN, "body")


def test_runs_of_their_own(compose: ComposeBlock, template: MakeTemplate) -> None:
    """Each run may have its own style, address, language and expansion, all of them filled."""
    runs = (
        RunSpec(template("{state.postal}"), expansion=template("{state.name}")),
        RunSpec(template("hogar"), style="strong", language="es"),
        RunSpec(template("here"), link=template("https://example.org/{state.address}")),
    )
    block = compose(TextSpec(runs=runs, style="body"))
    assert isinstance(block, TextBlock)
    assert [(run.text, run.style.name, run.link, run.language, run.expansion) for run in block.runs] == [
        ("NM", "body", None, None, "New Mexico"),
        ("hogar", "strong", None, "es", None),
        ("here", "body", "https://example.org/newmexico", None, None),
    ]


def test_field_reads_and_tag(compose: ComposeBlock, template: MakeTemplate) -> None:
    """The name for people and what is read aloud are filled; the tag gives the role."""
    spec = TextSpec(
        runs=(RunSpec(template("{overall.grade}")),),
        style="body",
        tag=Tag.H2,
        field=template("the grade of {state.name}"),
        reads=template("Overall grade: {overall.grade}"),
    )
    block = compose(spec)
    assert isinstance(block, TextBlock)
    assert (block.field, block.role) == ("the grade of New Mexico", Role(Tag.H2, reads="Overall grade: F"))


def test_emphasis_of_rich_text(paragraph: Callable[[dict[str, str]], TextBlock]) -> None:
    """Rich runs take the style that the block's map gives their emphasis; addresses go by the key `link`."""
    block = paragraph({"label": "strong", "link": "link"})
    assert [(run.text, run.style.name, run.link) for run in block.runs] == [
        ("TOOLKIT:", "strong", None),
        (" see New Mexico’s grade at ", "body", None),
        ("example.org/newmexico", "link", "https://example.org/newmexico"),
    ]


def test_emphasis_without_a_style(paragraph: Callable[[dict[str, str]], TextBlock]) -> None:
    """What the map does not name stays in the block's style; the address remains."""
    block = paragraph({})
    assert [run.style.name for run in block.runs] == ["body", "body", "body"]
    assert block.runs[2].link == "https://example.org/newmexico"


def test_rich_text_inside_other_words_is_plain(compose: ComposeBlock, template: MakeTemplate) -> None:
    """A rich value that is only part of a text gives its words alone."""
    spec = TextSpec(runs=(RunSpec(template("– {line}")),), style="body", repeat=Repeat(("foot",), "line"))
    stack = compose(StackSpec(children=(spec,)))
    assert isinstance(stack, StackBlock)
    (block,) = stack.children
    assert isinstance(block, TextBlock)
    assert [run.text for run in block.runs] == ["– Released November 17, 2021"]


def test_capitals_by_style(text: Callable[..., TextBlock]) -> None:
    """A style in capitals sets capitals; one as written leaves the words alone."""
    assert text("{state.name}", style="head").runs[0].text == "NEW MEXICO"
    assert text("{state.name}", style="body").runs[0].text == "New Mexico"


@pytest.mark.parametrize(("name", "expected"), [("Gauß", "GAUSS"), ("Hawaiʻi", "HAWAIʻI")])
def test_capitals_keep_what_has_none(
    text: Callable[..., TextBlock], scope: RecordValue, name: str, expected: str
) -> None:
    """Capitals write ß as SS; the ʻokina has no capital and stays."""
    assert text("{state.name}", style="head", scope=_named(scope, name)).runs[0].text == expected


def test_span_of_a_run(text: Callable[..., TextBlock]) -> None:
    """Words from the data carry the data's line, words of the layout the layout's."""
    assert str(text("{state.name}").runs[0].span) == "jurisdictions.yaml:31:1"
    assert str(text("Overall grade").runs[0].span) == "layout.yaml:1:1"


def test_words_without_text_make_no_run(text: Callable[..., TextBlock], scope: RecordValue) -> None:
    """An empty value leaves a text without runs."""
    assert text("{state.name}", scope=_named(scope, "")).runs == ()


def test_letters_and_marks_are_composed(text: Callable[..., TextBlock], scope: RecordValue) -> None:
    """A letter followed by its accent becomes the one character that fonts hold (NFC)."""
    block = text("{state.name}", style="reaching", scope=_named(scope, "cafe\u0301"))
    assert block.runs[0].text == "caf\u00e9"


def test_tile(compose: ComposeBlock, template: MakeTemplate) -> None:
    """A tile's swatch may depend on the data; what it reads aloud goes into its role."""
    spec = TileSpec(
        text=RunSpec(template("{overall.grade}")),
        style="strong",
        size=Size(30.0, 30.0),
        radius=4.0,
        fill=template("grade-{overall.grade|lower}"),
        reads=template("Grade: {overall.grade}"),
    )
    block = compose(spec)
    assert isinstance(block, TileBlock)
    assert (block.text.text, block.text.style.name, block.fill.name) == ("F", "strong", "grade-f")
    assert (block.size, block.radius, block.role) == (Size(30.0, 30.0), 4.0, Role(Tag.P, reads="Grade: F"))


def test_unknown_swatch_suggests_the_nearest(compose: ComposeBlock, template: MakeTemplate) -> None:
    """A swatch's name made from data that the theme does not have is an error at the template."""
    spec: BlockSpec = TileSpec(
        text=RunSpec(template("A")),
        style="body",
        size=Size(1.0, 1.0),
        radius=0.0,
        fill=template("grades-{overall.grade|lower}"),
        reads=None,
    )
    with pytest.raises(DiagnosticError) as raised:
        compose(spec)
    (diagnostic,) = raised.value.diagnostics
    assert (diagnostic.code, str(diagnostic.span)) == ("unknown-swatch", "layout.yaml:1:1")
    assert (diagnostic.message, diagnostic.hint) == ('There is no swatch named "grades-f".', "Did you mean grade-f?")


def test_fraction(compose: ComposeBlock, template: MakeTemplate) -> None:
    """A fraction has its two figures in their styles, its bar, and reads as words."""
    spec = FractionSpec(
        over=RunSpec(template("{overall.score}")),
        under=RunSpec(template("{overall.maximum}")),
        over_style="strong",
        under_style="body",
        bar=StrokeSpec(0.9, template("ink")),
        bar_width=25.0,
        clearance=3.0,
        reads=template("{overall.score} of {overall.maximum} points"),
    )
    block = compose(spec)
    assert isinstance(block, FractionBlock)
    assert [(run.text, run.style.name) for run in (block.over, block.under)] == [("10", "strong"), ("12.5", "body")]
    assert (block.bar.weight, block.bar.swatch.name, block.bar_width, block.clearance) == (0.9, "ink", 25.0, 3.0)
    assert block.role == Role(Tag.P, reads="10 of 12.5 points")
