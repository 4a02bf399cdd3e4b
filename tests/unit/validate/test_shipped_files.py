"""The files that come with cardprint have no fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from cardprint.load import parse_yaml
from cardprint.model.node import Node
from cardprint.model.source import Source
from cardprint.validate import validate_fonts, validate_framework, validate_jurisdictions, validate_state

ROOT = Path(__file__).parents[3]


def node(name: str) -> Node:
    """The nodes of a file of the project."""
    return parse_yaml(Source(name, (ROOT / name).read_bytes()))


def test_the_fonts_are_listed() -> None:
    """Each in a file that is there."""
    assert all((ROOT / "fonts" / font.file).is_file() for font in validate_fonts(node("fonts/fonts.yaml")))


@pytest.mark.parametrize("edition", sorted(path.parent.name for path in (ROOT / "data").glob("*/framework.yaml")))
def test_every_edition_passes_the_audit(edition: str) -> None:
    """Its framework and all its states, without a warning."""
    jurisdictions = validate_jurisdictions(node("data/jurisdictions.yaml"))
    framework = validate_framework(node(f"data/{edition}/framework.yaml"))
    for path in sorted((ROOT / "data" / edition / "states").glob("*.yaml")):
        _, warnings = validate_state(node(path.relative_to(ROOT).as_posix()), framework, jurisdictions)
        assert () == warnings
