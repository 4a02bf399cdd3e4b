"""Mistakes that people make in YAML, and the plain sentences that they get."""

from __future__ import annotations

import pytest
import yaml

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.source import Source

MISTAKES = [
    ("title: Report: 2021\n", "1:14", "yaml-colon", "inside a text"),
    ("title: {state.name}: x\n", "1:20", "yaml-colon", "inside a text"),
    ("a: 1\nb:2\nc: 3\n", "2:1", "yaml-colon", "In line 2 no space follows the colon"),
    ("b:2\na: 1\n", "2:2", "yaml-colon", "In line 1 no space follows the colon"),
    ("a: 1\nfoo\nb: 2\n", "2:1", "yaml-colon", 'Line 2 is not of the form "key: value"'),
    (": a\n", "1:1", "yaml-colon", "key before the colon is missing"),
    ("-a\nc: 1\n", "2:2", "yaml-indentation", "In line 1 no space follows the dash"),
    ("a: 1\n  b: 2\n", "2:4", "yaml-indentation", "as if it belonged to the text in the line above"),
    ("a:\n   b: 1\n  c: 2\n", "3:3", "yaml-indentation", "fits none of the lines above"),
    ("a: 1\n- b\n", "2:1", "yaml-indentation", "list item stands where a key is expected"),
    ("- b\na: 1\n", "2:1", "yaml-indentation", "list item is expected here"),
    ("a: - b\n", "1:4", "yaml-indentation", "begins in the middle of a line"),
    ("title: * LEARN\n", "1:9", "yaml-reserved-character", "cannot begin with *"),
    ("title: & more\n", "1:9", "yaml-reserved-character", "cannot begin with &"),
    ("title: %foo\n", "1:8", "yaml-reserved-character", "cannot begin with %"),
    ("title: @foo\n", "1:8", "yaml-reserved-character", "cannot begin with @"),
    ("title: `foo`\n", "1:8", "yaml-reserved-character", "cannot begin with `"),
    ("a: , b\n", "1:4", "yaml-reserved-character", "cannot begin with ,"),
    ("a: !foo!bar x\n", "1:4", "yaml-reserved-character", "cannot begin with !"),
    ("a: > 5\n", "1:6", "yaml-reserved-character", "After > a text of several lines begins"),
    ("a: |foo\n", "1:5", "yaml-reserved-character", "After | a text of several lines begins"),
    ('title: "A" and B\n', "1:12", "yaml-quotes", "follows the closing quote"),
    ("title: 'Mississippi's card'\n", "1:21", "yaml-quotes", "follows the closing quote"),
    ('title: "abc\nb: 1\n', "1:8", "yaml-quotes", "never closed"),
    ("title: 'abc\nb: 1\n", "1:8", "yaml-quotes", "never closed"),
    ('title: "abc\nb: "x"\n', "2:5", "yaml-quotes", "began in a line above"),
    ('title: "a\\p"\n', "1:10", "yaml-escape", "backslash"),
    ("a: [1, 2\nb: 3\n", "1:4", "yaml-brackets", "list in brackets from line 1, column 4"),
    ("a: {b: 1\n", "1:4", "yaml-brackets", "mapping in brackets from line 1, column 4"),
    ("a: [x, {y: 1} {z: 2}]\n", "1:15", "yaml-brackets", "without a comma"),
    ('a: {x: ["1.2]}\nb: {c: "2"}\n', "1:9", "yaml-quotes", "goes on to line 2: its closing quote is missing"),
    ('a: {x: ["1.4], y: ["1.2"]}\n', "1:9", "yaml-quotes", "goes on to column 20: its closing quote is missing"),
    ("a: ['it''s], b: ['c', d']\n", "1:5", "yaml-quotes", "its closing quote is missing"),
    ('a: ["1.1" "1.2"]\n', "1:11", "yaml-brackets", "without a comma"),
    ('a: ["two,\n  lines" "1.2"]\n', "1:4", "yaml-brackets", "without a comma"),
    ("a: {x: bill #2 of three}\nb: 1\n", "1:13", "yaml-brackets", "a comment begins with “#2 of three}”"),
    ('a: {x: "bill #2}" # two\nb: 1\n', "1:4", "yaml-brackets", "lacks its closing }"),
    ("a: one\n  #2 of\n  three\n", "2:3", "yaml-comment", "ends the text above it"),
    ("a:\u00a0b\nc: 1\n", "1:3", "yaml-space", "U+00A0 no-break space"),
    ("x:\n  a: b\n\u00a0 c: d: e\n", "3:1", "yaml-space", "U+00A0 no-break space"),
    ("b: [1]]\n", "1:7", "yaml-brackets", "closing ] has no opening one"),
    ("title: {state.name} x\n", "1:21", "yaml-brackets", "follows the closing }"),
    ("title: [sic] text\n", "1:14", "yaml-brackets", "follows the closing ]"),
    ("a: [\n", "2:1", "yaml-syntax", "ends where a value is expected"),
]
CORRECTED = [
    'title: "Report: 2021"\n',
    "a: 1\nb: 2\nc: 3\n",
    "a: 1\nfoo:\nb: 2\n",
    "a:\n  b: 2\n",
    "a:\n- b\n",
    "a:\n  - b\n",
    'title: "* LEARN"\n',
    'a: "> 5"\n',
    "title: '\"A\" and B'\n",
    "title: 'Mississippi''s card'\n",
    "title: Mississippi's card\n",
    'title: "a\\\\p"\n',
    "a: [1, 2]\nb: 3\n",
    'a: {x: ["1.2"]}\nb: {c: "2"}\n',
    'a: {x: "bill #2 of three"}\n',
    'a: "one\n  #2 of\n  three"\n',
    "a: b\u00a0c\nc: 1\n",
    'title: "{state.name} x"\n',
]


@pytest.mark.parametrize(("text", "place", "code", "words"), MISTAKES)
def test_mistake_gets_place_sentence_and_remedy(text: str, place: str, code: str, words: str) -> None:
    """A mistake is named where it stands, in words that do not presuppose YAML, with an imperative remedy."""
    with pytest.raises(DiagnosticError) as caught:
        parse_yaml(Source("f.yaml", text.encode()))
    (found,) = caught.value.diagnostics
    assert (f"f.yaml:{place}", code) == (str(found.span), found.code)
    assert words in found.message
    assert found.hint.endswith(".")
    assert not {"token", "scalar", "stream", "node"} & set(found.message.replace(".", "").split())


@pytest.mark.parametrize(
    ("text", "words"),
    [("a: {b:, c: 1}\n", "No value follows"), ('a: {b:["x"]}\n', "No space follows")],
)
@pytest.mark.skipif(not hasattr(yaml, "CSafeLoader"), reason="PyYAML's own parser takes it as it is meant")
def test_a_colon_inside_brackets(text: str, words: str) -> None:
    """libyaml wants a space after it."""
    with pytest.raises(DiagnosticError) as caught:
        parse_yaml(Source("f.yaml", text.encode()))
    assert ["yaml-colon"] == [found.code for found in caught.value.diagnostics]
    assert words in str(caught.value)


@pytest.mark.parametrize("text", CORRECTED)
def test_remedies_work(text: str) -> None:
    """What the hints recommend can be read."""
    parse_yaml(Source("f.yaml", text.encode()))
