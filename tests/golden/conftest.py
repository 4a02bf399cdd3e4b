"""Stored dumps, and what is told where one no longer agrees."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

HERE = Path(__file__).parent

Golden = Callable[[str, str], None]


@pytest.fixture
def golden(accepting: bool) -> Golden:
    """Fails with a unified diff unless a text is the stored one of that name; stores it if that is asked for."""

    def compare(name: str, text: str) -> None:
        path = HERE / name
        if accepting:
            path.write_text(text, encoding="utf-8", newline="\n")
            return
        stored = path.read_text(encoding="utf-8") if path.exists() else ""
        if text != stored:
            diff = difflib.unified_diff(
                stored.splitlines(), text.splitlines(), f"stored/{name}", f"now/{name}", lineterm=""
            )
            hint = "If the change is meant: CARDPRINT_ACCEPT=1 pytest tests/golden, then look through git diff."
            pytest.fail("\n".join([*diff, "", hint]), pytrace=False)

    return compare
