"""How many values a file may hold is for its reader to say: a list of places may be longer than anything else."""

from __future__ import annotations

import pytest

from cardprint.load import parse_yaml
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.source import Source


def test_a_bound_of_its_own() -> None:
    """Up to it and no further; the message names it."""
    source = Source("places.yaml", b"[a, b, c]")
    parse_yaml(source, most_values=4)
    with pytest.raises(DiagnosticError, match="too-many-values: The file has more than 3 values"):
        parse_yaml(source, most_values=3)
