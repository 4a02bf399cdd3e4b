"""Every character that is drawn has a glyph, or the card is not made."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from cardprint.compose.coverage import character_name, drawable, uncovered
from cardprint.model.content import Block
from cardprint.model.diagnostics import DiagnosticError, Span
from cardprint.model.layout_spec import RunSpec, StackSpec, TextSpec, Theme
from cardprint.model.scope import RecordValue, TextValue
from cardprint.model.template import Template
from cardprint.model.typography import FontBook

MakeTemplate = Callable[[str], Template]
ComposeBlock = Callable[..., Block]


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        pytest.param("Hawaii", "body", [], id="all there"),
        pytest.param("Hawaiʻi, ʻokina", "body", ["ʻ"], id="one lacking, named once"),
        pytest.param("Hawaiʻi", "reaching", [], id="a fallback has it"),
        pytest.param("日本ʻ", "reaching", ["日", "本"], id="no font has it, in order"),
        pytest.param("soft\u00adhyphen,\nline", "body", [], id="never drawn"),
        pytest.param("zero\u200bwidth", "body", ["\u200b"], id="a space of no width is lost in the PDF"),
        pytest.param("(القدس, ירושלים) 法", "body", ["ا", "法"], id="one for all from right to left"),
        pytest.param("no\u00a0break\u202fspace", "body", [], id="no-break spaces are set as spaces"),
        pytest.param("non\u2011familial", "body", [], id="no-break hyphen is set as a hyphen"),
        pytest.param("bell\u0007", "body", ["\u0007"], id="a control character is no text"),
    ],
)
def test_uncovered(theme: Theme, fonts: FontBook, text: str, style: str, expected: list[str]) -> None:
    """Characters are looked up in the style's face, then in its fallbacks; what is never drawn needs no glyph."""
    assert uncovered(text, drawable(theme.styles[style], fonts)) == expected


def test_no_break_forms_need_their_plain_glyph(theme: Theme, fonts: FontBook) -> None:
    """A face without a hyphen cannot set the no-break hyphen either."""
    wide = drawable(replace(theme.styles["body"], face="Wide"), fonts)
    assert uncovered("a\u2011b", wide) == ["\u2011"]
    assert uncovered("a\u00a0b", wide) == []


def test_scripts_from_right_to_left_are_refused_whatever_the_faces_have(
    compose: ComposeBlock, template: MakeTemplate, fonts: FontBook
) -> None:
    """They would stand there in the wrong order. A face that has them is no remedy, so none is advised."""
    assert isinstance(fonts, dict)
    fonts["Plain"] = replace(fonts["Plain"], coverage=fonts["Plain"].coverage | set(map(ord, "القدس٣")))
    for text in ("القدس", "٣"):
        with pytest.raises(DiagnosticError) as raised:
            compose(TextSpec(runs=(RunSpec(template(text)),), style="body"))
        (found,) = raised.value.diagnostics
        assert found.code == "right-to-left"
        assert character_name(text[0]) in found.message
        assert "fallback" not in found.hint
    assert compose(TextSpec(runs=(RunSpec(template("al-Quds")),), style="body"))


def test_character_name() -> None:
    """A character is shown, if it can be, with its code and its Unicode name."""
    assert character_name("ʻ") == "“ʻ” (U+02BB MODIFIER LETTER TURNED COMMA)"
    assert character_name("\u0007") == "(U+0007)"


def test_a_lacking_character_is_told_where_it_stands(
    compose: ComposeBlock, template: MakeTemplate, scope: RecordValue
) -> None:
    """Of a text made of several values, at the one that holds it, be it in capitals or not."""
    long, short = TextValue("Long enough", Span("long.yaml", 1, 1)), TextValue("ʻ", Span("short.yaml", 2, 2))
    mixed = replace(scope, fields={**scope.fields, "long": long, "short": short})
    text = TextSpec(runs=(RunSpec(template("{long} {short|upper}")),), style="body")
    with pytest.raises(DiagnosticError) as raised:
        compose(text, scope=mixed)
    assert ["short.yaml:2:2"] == [str(diagnostic.span) for diagnostic in raised.value.diagnostics]


def test_all_lacking_characters_are_reported_at_once(
    compose: ComposeBlock, template: MakeTemplate, scope: RecordValue
) -> None:
    """Each error names the character, the field, the fonts tried and the line that the words are from."""
    state = scope.fields["state"]
    assert isinstance(state, RecordValue)
    name = TextValue("Hawaiʻi 日", Span("data/hawaii.yaml", 3, 8))
    hawaii = replace(scope, fields={**scope.fields, "state": replace(state, fields={**state.fields, "name": name})})
    named = TextSpec(runs=(RunSpec(template("{state.name}")),), style="body", field=template("the name of the state"))
    unnamed = TextSpec(runs=(RunSpec(template("{state.name}")),), style="reaching")
    with pytest.raises(DiagnosticError) as raised:
        compose(StackSpec(children=(named, unnamed)), scope=hawaii)
    found = raised.value.diagnostics
    assert {(d.code, str(d.span)) for d in found} == {("no-glyph", "data/hawaii.yaml:3:8")}
    assert [d.message for d in found] == [
        "“ʻ” (U+02BB MODIFIER LETTER TURNED COMMA) in the name of the state has no glyph in Plain.",
        "“日” (U+65E5 CJK UNIFIED IDEOGRAPH-65E5) in body.stack[1] has no glyph in Plain or Wide.",
        "“日” (U+65E5 CJK UNIFIED IDEOGRAPH-65E5) in the name of the state has no glyph in Plain.",
    ]
    assert found[1].hint == "Write it otherwise, or give the style reaching a fallback font that has it."
