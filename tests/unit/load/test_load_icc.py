"""parse_icc: only whole profiles of CMYK presses."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from cardprint.load.icc import parse_icc
from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.source import Source

GOOD = (Path(__file__).parents[3] / "layouts/press/fogra39-coated.icc").read_bytes()


def changed(at: int, new: bytes) -> bytes:
    """The good profile with other bytes from `at` on."""
    return GOOD[:at] + new + GOOD[at + len(new) :]


def test_the_shipped_profile_is_taken_as_it_is() -> None:
    """Byte for byte, with its hash."""
    icc = parse_icc(Source("press.icc", GOOD))
    assert (GOOD, hashlib.sha256(GOOD).hexdigest()) == (icc.data, icc.sha256)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "icc-broken"),
        (GOOD[:-1], "icc-broken"),
        (changed(36, b"ascq"), "icc-broken"),
        (changed(16, b"RGB "), "icc-kind"),
        (changed(12, b"scnr"), "icc-kind"),
        (changed(8, b"\x05"), "icc-kind"),
        (GOOD + bytes(8 * 1024 * 1024), "file-too-large"),
    ],
    ids=["empty", "cut short", "no profile", "for screens", "for scanners", "of ICC.2", "huge"],
)
def test_anything_else_is_refused(data: bytes, code: str) -> None:
    """With what to ask the printer for."""
    with pytest.raises(DiagnosticError) as caught:
        parse_icc(Source("press.icc", data))
    (found,) = caught.value.diagnostics
    assert (code, "press.icc") == (found.code, found.span.file)
    assert found.hint.endswith(".")
