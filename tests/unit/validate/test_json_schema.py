"""JSON Schemas for editors, made from the forms that read the files."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from cardprint.validate import json_schema
from cardprint.validate.forms_blocks import BLOCK
from cardprint.validate.schema import KINDS, Kind


def parts(schema: Any) -> Iterator[dict[str, Any]]:
    """Every mapping in a schema."""
    if isinstance(schema, dict):
        yield schema
        for value in schema.values():
            yield from parts(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from parts(value)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_whole(kind: Kind) -> None:
    """Its references lead somewhere, its required keys are described, its patterns compile, and it is plain JSON."""
    schema = json_schema(kind)
    assert schema == json.loads(json.dumps(schema))
    assert schema["title"]
    for part in parts(schema):
        if isinstance(part.get("$ref"), str):
            assert part["$ref"].removeprefix("#/$defs/") in schema["$defs"]
        if isinstance(part.get("properties"), dict) and "type" in part:
            assert part["additionalProperties"] is False
            assert set(part.get("required", ())) <= set(part["properties"])
            assert all(value.get("description") for value in part["properties"].values())
        if isinstance(part.get("pattern"), str):
            re.compile(part["pattern"])


def test_a_block_is_one_of_the_kinds() -> None:
    """Each kind has its own key, and no other's, among the required ones, so that an editor can tell them apart."""
    schema = json_schema("layout")
    options = [part["$ref"].removeprefix("#/$defs/") for part in schema["$defs"]["Block"]["oneOf"]]
    kinds = [set(schema["$defs"][option]["required"]) & BLOCK.forms.keys() for option in options]
    assert [{kind} for kind in BLOCK.forms] == kinds
    assert {"stack", "columns", "table", "text", "tile", "fraction", "icon", "image", "box"} < BLOCK.forms.keys()


def test_a_file_that_extends_another_may_leave_keys_to_it() -> None:
    """Layouts and themes need either extends or all of their keys; styles and swatches need none."""
    for kind in ("layout", "theme"):
        schema = json_schema(kind)
        assert {"required": ["extends"]} in schema["anyOf"]
        assert "required" not in schema
    assert "required" not in json_schema("theme")["$defs"]["Swatch"]


def test_a_schema_is_the_same_every_time() -> None:
    """Byte for byte."""
    assert json.dumps(json_schema("layout")) == json.dumps(json_schema("layout"))
