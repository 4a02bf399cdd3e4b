"""What `cardprint schema` prints."""

from __future__ import annotations

import json

import pytest

from cardprint.cli import run
from cardprint.cli.schema import KINDS
from cardprint.validate import KINDS as KNOWN
from cardprint.validate import schema_text


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_printed_as_it_is_stored(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    """So that `cardprint schema layout > layout.json` renews a project's own."""
    assert 0 == run(["schema", kind])
    told = capsys.readouterr()
    assert ("", True) == (told.err, json.loads(told.out)["$schema"].startswith("https://json-schema.org/"))
    assert [told.out] == [schema_text(known) for known in KNOWN if known == kind]


def test_every_kind_of_file_can_be_asked_for() -> None:
    """The command's list is its own, for speed."""
    assert KNOWN == KINDS


def test_another_word_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    """Which names those that there are."""
    assert 2 == run(["schema", "card"])
    assert "'framework'" in capsys.readouterr().err
