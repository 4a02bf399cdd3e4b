from __future__ import annotations

import pytest

from cardprint.verify.reading import syntax
from cardprint.verify.reading.syntax import parse_values, text_of
from cardprint.verify.reading.values import DamagedFileError, Name, Ref


@pytest.mark.parametrize(
    ("written", "values"),
    [
        (b"true false null", [True, False, None]),
        (b"1 -2 +3 0.5 -.5 4.", [1, -2, 3, 0.5, -0.5, 4.0]),
        (b"/Name /A#20B /", ["Name", "A B", ""]),
        (b"12 0 R 12 0 obj 3", None),
        (b"12 0 R", [Ref(12)]),
        (b"12\n0\nR", [Ref(12)]),
        (b"(text) (a\\(b\\)c) (a(b)c) (\\101\\n\\\\)", [b"text", b"a(b)c", b"a(b)c", b"A\n\\"]),
        (b"(one\\\ntwo)", [b"onetwo"]),
        (b"<48 65 6C6c6F> <4>", [b"Hello", b"@"]),
        (b"[1 [2 (x)] /N]", [[1, [2, b"x"], "N"]]),
        (b"<</A 1/B<</C[2]>>>>", [{"A": 1, "B": {"C": [2]}}]),
        (b"1 % not this 5\n2", [1, 2]),
        (b"<</A 1>> endobj 7", [{"A": 1}]),
    ],
)
def test_values(written: bytes, values: list[object] | None) -> None:
    """Every kind of object reads as what it is; anything else is damage."""
    if values is None:
        with pytest.raises(DamagedFileError):
            parse_values(written)
    else:
        assert parse_values(written) == values


def test_keywords_are_known_whatever_is_remembered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another thread may have emptied what is remembered at any moment: a sound card must not count as damaged."""
    monkeypatch.setattr(syntax, "_atoms", {})
    assert syntax.parse_values(b"[null true false /Seen 7.25]") == [[None, True, False, "Seen", 7.25]]
    assert syntax.parse_values(b"[7.25 /Seen false true null]") == [[7.25, "Seen", False, True, None]]


@pytest.mark.parametrize(
    "written",
    [
        b"[1",
        b"1]",
        b"<</A 1]",
        b"<</A>>",
        b"<<[1] 2>>",
        b"(never ends",
        b"<4G>",
        b"&",
        b"{",
        b"0R",
        b"%s 0 R" % (b"9" * 5000),
    ],
)
def test_damage(written: bytes) -> None:
    """Brackets that do not match, dictionaries without values and stray characters are refused."""
    with pytest.raises(DamagedFileError):
        parse_values(written)


def test_names_are_no_strings() -> None:
    """A name can be told from a string of the same letters."""
    name, string = parse_values(b"/A (A)")
    assert isinstance(name, Name)
    assert string == b"A"


def test_depth_is_bounded() -> None:
    """Arrays in arrays end somewhere."""
    with pytest.raises(DamagedFileError, match="too deeply"):
        parse_values(b"[" * 10_000)


@pytest.mark.parametrize(
    ("string", "text"),
    [
        (b"plain", "plain"),
        (b"\xfe\xff\x02\xbb", "ʻ"),
        (b"\xff\xfe\xbb\x02", "ʻ"),
        (b"\xef\xbb\xbf\xca\xbb", "ʻ"),
        (b"\x80 \x92 \xa0 \xe9", "• ™ € é"),
        (b"\xfe\xff\xd8", "�"),
    ],
)
def test_text_strings(string: bytes, text: str) -> None:
    """Text is UTF-16 or UTF-8 if marked so, else PDFDocEncoding; what is broken shows."""
    assert text_of(string) == text
