"""parse_yaml: raw scalars with their places, and everything in a file that it refuses."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
import yaml

from cardprint.load import parse_yaml, yaml_nodes
from cardprint.load.yaml_builder import MAX_DEPTH, MAX_NODES
from cardprint.load.yaml_nodes import MAX_BYTES
from cardprint.model.diagnostics import Diagnostic, DiagnosticError
from cardprint.model.node import MappingNode, Node, ScalarNode, SequenceNode
from cardprint.model.source import Source


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def loader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Every rule holds with libyaml and without it."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML was built without libyaml")
    monkeypatch.setattr(yaml_nodes, "_LOADER", getattr(yaml, request.param))
    return str(request.param)


def _parse(text: str | bytes) -> Node:
    return parse_yaml(Source("card.yaml", text.encode() if isinstance(text, str) else text))


def _refused(text: str | bytes) -> tuple[Diagnostic, ...]:
    with pytest.raises(DiagnosticError) as caught:
        _parse(text)
    assert all(diagnostic.span.file == "card.yaml" for diagnostic in caught.value.diagnostics)
    assert all(diagnostic.message.endswith(".") for diagnostic in caught.value.diagnostics)
    assert all(diagnostic.hint.endswith(".") for diagnostic in caught.value.diagnostics)
    return caught.value.diagnostics


def _one(text: str | bytes) -> tuple[str, str]:
    """Code and place of the only diagnostic."""
    (diagnostic,) = _refused(text)
    return diagnostic.code, str(diagnostic.span).removeprefix("card.yaml")


def _plain(node: Node) -> object:
    match node:
        case ScalarNode():
            return node.text
        case SequenceNode():
            return [_plain(item) for item in node.items]
        case MappingNode():
            return {key: _plain(value) for key, value in node}


def _place(node: Node) -> tuple[int, int, int, int]:
    return node.span.line, node.span.column, node.span.end_line, node.span.end_column


@pytest.mark.parametrize("text", ["NO", "010", "8.50", "2021-11-17", "null", "~", "1_000", "0x1F", "yes", ".5", "1e3"])
def test_scalar_stays_as_written(text: str) -> None:
    """Nothing becomes a number, a date or a truth value."""
    assert {"a": text} == _plain(_parse(f"a: {text}\n"))


def test_quotes_are_told() -> None:
    """A scalar in quotes, or a text of several lines, is marked as quoted; a plain one and a missing one are not."""
    root = _parse("a: \"1\"\nb: '1'\nc: 1\nd: |\n  1\ne:\n")
    assert isinstance(root, MappingNode)
    quoted = {key: node.quoted for key, node in root if isinstance(node, ScalarNode)}
    assert quoted == {"a": True, "b": True, "c": False, "d": True, "e": False}


def test_spans_begin_and_end_with_the_value() -> None:
    """Spans run from the first character to just after the last, comments and blank lines left out."""
    root = _parse("a: one  # comment\nb:\n  - x\n  - {k: 'é😀'}\n\n# comment\nc: |\n  text\n  more\n\nd: 1\n")
    assert isinstance(root, MappingNode)
    b = root.get("b")
    assert isinstance(b, SequenceNode)
    k = b.items[1]
    assert isinstance(k, MappingNode)
    assert _place(root) == (1, 1, 11, 5)
    assert _place(root.entries[0].value) == (1, 4, 1, 7)
    assert _place(root.entries[1].key) == (2, 1, 2, 2)
    assert _place(b) == (3, 3, 4, 14)
    assert _place(k) == (4, 5, 4, 14)
    assert _place(k.entries[0].value) == (4, 9, 4, 13), "columns count characters, not bytes"
    assert _place(root.entries[2].value) == (7, 4, 9, 7)


@pytest.mark.parametrize(
    ("text", "comment"),
    [
        ("a: Prevention, bill #2 of three\nb: 1\n", "1:21-32 #2 of three"),
        ("é: 1\na: Hawaiʻi 😀   # a note \n", "2:16-24 # a note"),
        ("a: [x, y # b\n  ]\n", "1:10-13 # b"),
        ("- x\n- a: two\n    words\n    #2 of three\n", "4:5-16 #2 of three"),
        ("a: two words\n  # on a line of its own\n", None),
        ("b:\n  a: two words\n  #c: 1\n", None),
        ("a: two words\n#c: 1\n", None),
        ("a: x#2\n", None),
        ('a: "x" # quoted\n', None),
        ("a: | # a block\n  x #2\n", None),
    ],
)
def test_comments_behind_a_plain_scalar_are_told(text: str, comment: str | None) -> None:
    """In its line; or in the next one, if that looks like more of the text: further in, no space after the #."""

    def comments(node: Node) -> list[str]:
        match node:
            case ScalarNode(comment=found):
                span = found.span if found else node.span
                return [f"{span.line}:{span.column}-{span.end_column} {found.text}"] if found else []
            case SequenceNode():
                return [found for item in node.items for found in comments(item)]
            case MappingNode():
                return [found for _, value in node for found in comments(value)]

    assert ([] if comment is None else [comment]) == comments(_parse(text))


def test_missing_value_is_an_empty_plain_scalar_after_its_colon() -> None:
    """`key:` with nothing after it gives an empty text at the place where the value would stand."""
    root = _parse("a:\nb: 1\n")
    assert isinstance(root, MappingNode)
    assert ScalarNode("", False, root.entries[0].value.span) == root.entries[0].value
    assert _place(root.entries[0].value) == (1, 3, 1, 3)


def test_order_of_keys_is_kept() -> None:
    """A mapping keeps the order of its file."""
    root = _parse("z: 1\na: 2\nm: 3\n")
    assert isinstance(root, MappingNode)
    assert [key for key, _ in root] == ["z", "a", "m"]


@pytest.mark.parametrize("text", [b"\xef\xbb\xbfa: 1\nb: 2\n", b"a: 1\r\nb: 2\r\n", b"a: 1\rb: 2\r", b"a: 1\nb: 2"])
def test_byte_order_mark_and_line_ends_make_no_difference(text: bytes) -> None:
    """A UTF-8 mark, Windows line ends and a missing last one give the same nodes at the same places."""
    assert _parse("a: 1\nb: 2\n") == _parse(text)


def test_repeated_value_by_alias() -> None:
    """`*name` is the value marked `&name`, with the span of where it was written."""
    root = _parse("a: &rule {weight: 1pt}\nb: *rule\nc: [*rule, *rule]\n")
    rule = {"weight": "1pt"}
    assert {"a": rule, "b": rule, "c": [rule, rule]} == _plain(root)
    assert isinstance(root, MappingNode)
    assert root.get("a") is root.get("b")


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        ("a: 1\nb: 2\na: 3\n", "duplicate-key", ":3:1"),
        ("{a: 1, 'a': 2}", "duplicate-key", ":1:8"),
        ("? [a, b]\n: c\n", "key-not-text", ":1:3"),
        ("title: {{state.name}}\n", "key-not-text", ":1:9"),
        ("a: !!python/object/apply:os.system [ls]\n", "yaml-tag", ":1:4"),
        ("a: !important x\n", "yaml-tag", ":1:4"),
        ("a: !!str 1\n", "yaml-tag", ":1:4"),
        ("a: {b: 1}\nc:\n  <<: x\n", "merge-key", ":3:3"),
        ("a: *b\n", "unknown-alias", ":1:4"),
        ("a: &b [*b]\n", "recursive-alias", ":1:8"),
        ("a: &more things\n", "unused-anchor", ":1:4"),
        ("a: &b x\nc: &b y\nd: *b\n", "unused-anchor", ":1:4"),
        ("a: 1\n---\nb: 2\n", "several-documents", ":2:1"),
        ("a: 1\n...\n%TAG ! x\n--- b\n", "several-documents", ":3:1"),
        ("# c\n%YAML 1.2\n---\na: 1\n", "yaml-directive", ":2:1"),
        ("", "empty-file", ""),
        ("# only a comment\n\n", "empty-file", ""),
        ("---\n", "empty-file", ""),
        ("a:\n\tb: 1\n", "tab", ":2:1"),
        ("a: 1\t# comment\n", "tab", ":1:5"),
        (b"\xff\xfea\0:\0", "not-utf-8", ""),
        (b"a: caf\xe9\n", "not-utf-8", ":1:7"),
        (b"\xef\xbb\xbfa: 1\nb: \x92\n", "not-utf-8", ":2:4"),
        (b"PK\x03\x04\0\0", "not-text", ""),
        ("a: b\x07c\n", "invisible-character", ":1:5"),
        ("a: 1\nb: x\u2028y\n", "invisible-character", ":2:5"),
        ("a: x\ufeff\n", "invisible-character", ":1:5"),
        ('a: "x\\0"\n', "invisible-character", ":1:4"),
        ('a: "x\\u2029"\n', "invisible-character", ":1:4"),
        ("a" * (MAX_BYTES + 1), "file-too-large", ""),
    ],
)
def test_refused_with_code_and_place(text: str | bytes, code: str, place: str) -> None:
    """Each thing that a file may not hold has its own code, at the place where it stands."""
    assert (code, place) == _one(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb: {a: 2}\n",
        "? a\n: c\n",
        'title: "{{state.name}}"\n',
        "a: '!important x'\n",
        "a: 'b <<'\n'<<': 1\n",
        "a: '*b'\n",
        "a: R&D\n",
        "a: &b x\nc: *b\n",
        "---\na: 1\n...\n# end\n",
        "a: 100%\nb: '%'\n",
        "a: ''\n",
        '"": 1\n',
        "a: café’ ʻokina\u00a0…\n",
        'a: "x\\n\\u2019"\n',
        "# " + "x" * (MAX_BYTES - 8) + "\na: 1",
    ],
)
def test_twins_that_are_fine(text: str) -> None:
    """What looks like a refused thing but is none passes."""
    _parse(text)


def test_all_problems_are_reported_at_once() -> None:
    """Whatever does not make the rest unreadable is gathered, a syntax error last."""
    codes = [d.code for d in _refused("a: !x 1\na: 2\nb: *c\nd: 'x' y\n")]
    assert codes == ["yaml-tag", "duplicate-key", "unknown-alias", "yaml-quotes"]


def test_path_and_remedy_of_a_duplicate_key() -> None:
    """A diagnostic inside a structure names its path, the first place, and what to do."""
    (found,) = _refused("issues:\n  - id: x\n  - {score: 1, score: 2}\n")
    assert found.path == "issues[1].score"
    assert found.message == 'The key "score" is written twice, first at 3:6.'
    assert found.hint == "Delete one of the two, or rename it."


def test_item_indented_too_far_is_no_silent_text() -> None:
    """A dash that YAML would fold into the item above is an error; a dash inside a line of text is not."""
    assert _one("- one\n  - two\n") == ("yaml-indentation", ":2:3")
    assert _plain(_parse("- one - two\n- x\n")) == ["one - two", "x"]


def test_depth_has_a_bound() -> None:
    """Values nest up to the bound and no deeper, aliases included."""
    _parse("[" * MAX_DEPTH + "]" * MAX_DEPTH)
    assert ("too-deep", f":1:{MAX_DEPTH + 1}") == _one("[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1))
    chain = "a0: &a0 [x]\n" + "".join(f"a{i}: &a{i} [*a{i - 1}]\n" for i in range(1, MAX_DEPTH + 5))
    assert _one(chain)[0] == "too-deep"


def test_alias_bomb_stops_at_the_bound() -> None:
    """Nine values, nine times nine … : counted expanded, and stopped before memory knows of it."""
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n"
    for former, name in zip("abcdefgh", "bcdefghi", strict=True):
        bomb += f"{name}: &{name} [{','.join([f'*{former}'] * 9)}]\n"
    (found,) = _refused(bomb + "z: *i\n")
    assert found.code == "too-many-values"
    assert f"{MAX_NODES:,}" in found.message


@pytest.mark.parametrize(
    "text",
    [
        "[",
        "{",
        "- ",
        "? ",
        ": ",
        "a: ",
        "- a\n",
        "\n",
        "%TAG !a! x\n",
        "...\n",
        "*a ",
        "&a ",
        "!",
        '"',
        "\t",
        "- |\n a\n",
    ],
)
def test_nothing_hangs(text: str, loader: str) -> None:
    """Hostile repetition is answered within two seconds (a sixteenth of the size without libyaml, to be quick)."""
    size = MAX_BYTES if loader == "CSafeLoader" else MAX_BYTES // 16
    begin = time.process_time()
    with suppress(DiagnosticError):
        _parse(text * (size // len(text)))
    assert time.process_time() - begin < 2
