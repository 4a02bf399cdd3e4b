"""The schemas stored in layouts/schemas/: up to date, named by every shipped file, and satisfied by it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from cardprint.load import parse_yaml
from cardprint.model.node import MappingNode, Node, SequenceNode
from cardprint.model.source import Source
from cardprint.validate import KINDS, json_schema, schema_text
from cardprint.validate.schema import Kind

TOP = Path(__file__).parents[3]
STORED = TOP / "layouts" / "schemas"
STARTER = TOP / "src" / "cardprint" / "starter"
SHIPPED = [*TOP.glob("data/**/*.yaml"), *TOP.glob("layouts/**/*.yaml"), *TOP.glob("fonts/*.yaml")]
FIXTURES = [*(TOP / "tests" / "fixtures").rglob("*.yaml")]
MODELINE = re.compile(r"# yaml-language-server: \$schema=(\S+)\n")

NULLS = frozenset(("", "~", "null", "Null", "NULL"))
TRUTHS = {"true": True, "True": True, "TRUE": True, "false": False, "False": False, "FALSE": False}


def as_editors_read(node: Node) -> Any:
    """A node's value by the core schema of YAML 1.2 (§10.3.2), to which editors keep."""
    match node:
        case SequenceNode():
            return [as_editors_read(item) for item in node.items]
        case MappingNode():
            return {key: as_editors_read(value) for key, value in node}
    if node.quoted:
        return node.text
    if node.text in NULLS:
        return None
    if re.fullmatch(r"[-+]?[0-9]+", node.text):
        return int(node.text)
    if re.fullmatch(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", node.text):
        return float(node.text)
    return TRUTHS.get(node.text, node.text)


def kind_of(path: Path) -> str:
    """What a file is, by its name or its folder's."""
    folders = {"states": "state", "themes": "theme", "layouts": "layout"}
    return folders.get(path.parent.name, path.stem)


def value_of(path: Path) -> Any:
    return as_editors_read(parse_yaml(Source(path.name, path.read_bytes())))


def judge(kind: str) -> Draft202012Validator:
    """Judges values by the schema of a kind of file."""
    known: dict[str, Kind] = {name: name for name in KINDS}
    return Draft202012Validator(json_schema(known[kind]))


@pytest.mark.parametrize("kind", KINDS)
def test_the_stored_schema_is_the_code_s(kind: Kind, accepting: bool) -> None:
    """Byte for byte; CARDPRINT_ACCEPT=1 stores them anew."""
    path = STORED / f"{kind}.json"
    if accepting:
        path.write_bytes(schema_text(kind).encode())
    assert schema_text(kind).encode() == path.read_bytes()


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_one_by_the_standard(kind: Kind) -> None:
    """Editors ignore one that is not."""
    Draft202012Validator.check_schema(json_schema(kind))


def test_every_shipped_file_names_its_schema() -> None:
    """By a path from its own folder, the same in a checkout and in an installed package."""
    for path in SHIPPED:
        found = MODELINE.match(path.read_text(encoding="utf-8"))
        assert found, path
        assert STORED / f"{kind_of(path)}.json" == (path.parent / found[1]).resolve()


def test_every_file_of_a_new_project_names_its_schema() -> None:
    """Those that `cardprint new` writes into the project."""
    paths = [*STARTER.rglob("*.yaml")]
    assert 6 == len(paths)
    for path in paths:
        found = MODELINE.match(path.read_text(encoding="utf-8"))
        assert found, path
        assert STARTER / "schemas" / f"{kind_of(path)}.json" == (path.parent / found[1]).resolve()


def test_no_editor_finds_fault_with_a_file_that_has_none() -> None:
    """All shipped files, those of new projects, and those that tests draw cards from."""
    judges: dict[str, Draft202012Validator] = {kind: judge(kind) for kind in KINDS}
    paths = [*SHIPPED, *STARTER.rglob("*.yaml"), *FIXTURES]
    assert 130 < len(paths)
    for path in paths:
        faults = [fault.message for fault in judges[kind_of(path)].iter_errors(value_of(path))]
        assert [] == faults, path


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("state", "state: Ohio\nisues: []\n"),
        ("state", "state: NO\nissues: [{id: 1}]\n"),
        ("state", "overall: {grade: F}\n"),
        ("framework", "edition: 2021\n"),
        ("layout", "page: {size: letter}\n"),
        ("layout", "extends: report-card.yaml\ncopyfit: {scope: sett}\n"),
        ("layout", "extends: report-card.yaml\nbody: {stack: [{text: a, style: b, size: 9pt}]}\n"),
        ("theme", "extends: a.yaml\nswatches: {ink: {rgb: red}}\n"),
        ("theme", "styles: {}\n"),
        ("jurisdictions", "- {name: Ohio, slug: Ohio, postal: OH}\n"),
        ("fonts", "- {name: A, family: A, file: a.otf, sha256: x}\n"),
    ],
)
def test_an_editor_finds_what_is_wrong_in_form(kind: str, text: str) -> None:
    """The twin: unknown and missing keys, types, words and patterns."""
    assert not judge(kind).is_valid(as_editors_read(parse_yaml(Source("f.yaml", text.encode()))))
