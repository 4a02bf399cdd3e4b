from __future__ import annotations

import zlib

import pytest

from cardprint.paint.syntax import (
    adjustment,
    coefficient,
    coefficients,
    deflated_stream,
    name,
    number,
    stream,
    text_string,
)


@pytest.mark.parametrize(
    ("value", "written"),
    [(1, "1"), (100.0, "100"), (12.5, "12.5"), (0.12345, "0.123"), (-0.0001, "0"), (-3.10, "-3.1"), (1e-9, "0")],
)
def test_number_is_short_and_never_an_exponent(value: float, written: str) -> None:
    """Numbers carry no idle zeros, no minus zero, no exponent (which PDF does not know)."""
    assert written == number(value)


def test_decimals_follow_the_use() -> None:
    """A matrix needs more decimals than a coordinate, a distance between glyphs fewer."""
    spelled = [spell(0.0703128) for spell in (coefficient, number, adjustment)]
    assert spelled == ["0.070313", "0.07", "0.07"]
    assert coefficients([0.0703128, 2]) == "0.070313 2"


def test_memory_of_numbers_is_bounded() -> None:
    """However many numbers a run of cards has, each is written as if it were the first."""
    assert [number(value / 7) for value in range(9_000)] == [number(value / 7) for value in range(9_000)]
    assert number(9.5) == "9.5"


@pytest.mark.parametrize("value", [float("nan"), float("inf")])
def test_number_refuses_what_pdf_cannot_say(value: float) -> None:
    """A coordinate that is no number is a fault upstream, not a token in the file."""
    with pytest.raises(ValueError, match="PDF has no number"):
        number(value)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Grade: F", "(Grade: F)"),
        ("a (b) \\ c", r"(a \(b\) \\ c)"),
        ("Hawaiʻi", "<FEFF0048006100770061006902BB0069>"),
        ("a\nb", "<FEFF0061000A0062>"),
        ("𝛼", "<FEFFD835DEFC>"),
    ],
)
def test_text_string_is_ascii_or_utf16(text: str, written: str) -> None:
    """Plain ASCII stays readable with its delimiters escaped; anything else is UTF-16 with a byte order mark."""
    assert written == text_string(text)


def test_name_escapes_irregular_characters() -> None:
    """A font's name may hold blanks, delimiters or letters beyond ASCII."""
    assert name("ABCDEF+Barlow") == "/ABCDEF+Barlow"
    assert name("A b#(é)") == "/A#20b#23#28#C3#A9#29"


def test_stream_ends_its_data_with_a_line_end() -> None:
    """`endstream` stands on a line of its own, outside the Length (PDF/A-2 6.1.7.1)."""
    assert stream("/N 3", b"abc") == b"<</N 3/Length 3>>\nstream\nabc\nendstream"
    body = deflated_stream("", b"abc" * 50)
    head, _, rest = body.partition(b"\nstream\n")
    data = rest.removesuffix(b"\nendstream")
    assert head == b"<</Filter/FlateDecode/Length %d>>" % len(data)
    assert zlib.decompress(data) == b"abc" * 50


@pytest.mark.parametrize(("data", "end"), [(b"a", b"a\nendstream"), (b"a\r", b"a\r\r\nendstream")])
def test_end_of_a_stream_is_told_from_its_data(data: bytes, end: bytes) -> None:
    """A CR that ends the data is not the first half of the line's end."""
    assert stream("", data).endswith(b"stream\n" + end)
