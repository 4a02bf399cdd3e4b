"""Cards damaged at random: nothing that befalls a file makes the proof crash."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cardprint.model.diagnostics import DiagnosticError
from cardprint.verify import identify, read_aloud, verify_fast, verify_full

if TYPE_CHECKING:
    from tests.mutants.conftest import Good

SPLICES = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.one_of(st.binary(max_size=12), st.sampled_from(
        [b"<<", b">>", b"[", b"]", b"(", b")", b" 0 R", b"endobj", b"stream\n", b"endstream", b"/K", b"-", b"999999999"]
    ))),
    min_size=1,
    max_size=6,
)  # fmt: skip
QUIET = settings(
    derandomize=True, database=None, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def spliced(pdf: bytes, splices: list[tuple[float, int, bytes]]) -> bytes:
    """The bytes with some of them, here and there, replaced by others."""
    for where, length, new in splices:
        at = int(where * len(pdf))
        pdf = pdf[:at] + new + pdf[at + length :]
    return pdf


@settings(QUIET, max_examples=60)
@given(SPLICES)
def test_damaged_bytes(good: Good, splices: list[tuple[float, int, bytes]]) -> None:
    """Bytes lost, added or changed anywhere end in findings."""
    pdf = spliced(good.pdf, splices)
    assert isinstance(verify_fast(pdf, good.frames, good.promise), tuple)
    identify(pdf)
    try:
        read_aloud(pdf)
    except DiagnosticError:
        return


@settings(QUIET, max_examples=40)
@given(SPLICES)
def test_damaged_objects(good: Good, splices: list[tuple[float, int, bytes]]) -> None:
    """So do damaged objects in a file whose table is right."""
    card = good.taken_apart()
    numbers = sorted(card.dictionaries)
    for where, length, new in splices:
        number = numbers[int(where * (len(numbers) - 1))]
        body = card.dictionaries[number]
        at = int(where * 997) % (len(body) + 1)
        card.dictionaries[number] = body[:at] + new + body[at + length :]
    assert isinstance(verify_fast(card.file(), good.frames, good.promise), tuple)


@settings(QUIET, max_examples=15)
@given(SPLICES)
def test_damaged_content(good: Good, splices: list[tuple[float, int, bytes]]) -> None:
    """And so does a damaged content stream, also for the full proof."""
    card = good.taken_apart()
    card.streams[card.content] = spliced(card.streams[card.content], splices)
    assert isinstance(verify_full(card.file(), good.frames, good.promise), tuple)


@settings(QUIET, max_examples=20)
@given(st.floats(0, 1))
def test_cut_files(good: Good, where: float) -> None:
    """A file that was cut off is told as unreadable or damaged."""
    pdf = good.pdf[: int(where * good.pdf.rindex(b"startxref"))]
    assert verify_fast(pdf, good.frames, good.promise)
