"""Readers of single values: what they take, and what they say to what they do not."""

from __future__ import annotations

import datetime as dt
import sys
import unicodedata
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from cardprint.load import parse_yaml
from cardprint.model.content import AutoTrack, FixedTrack, FlexTrack
from cardprint.model.diagnostics import Collector, Diagnostic
from cardprint.model.geometry import Insets
from cardprint.model.node import MappingNode, Node
from cardprint.model.source import Source
from cardprint.validate.lengths import InsetsReader, Length, Tracking, TrackReader
from cardprint.validate.numbers import Count, Number
from cardprint.validate.place import HIDDEN, At, RefusedError, shown
from cardprint.validate.reader import List, OrNothing, Reader, Table
from cardprint.validate.templates import TemplateText
from cardprint.validate.texts import Choice, Citation, Date, Flag, Text, Word

NodeOf = Callable[[str], Node]


Read = Callable[[Reader[Any], str], Any]


@pytest.fixture
def read() -> Read:
    """What a reader makes of a value as it stands in a file: the value, or the report that it gives."""

    def read_value(reader: Reader[Any], text: str) -> Any:
        node = parse_yaml(Source("", f"key: {text}".encode()))
        assert isinstance(node, MappingNode)
        at = At(node, Collector()).key("key", node.entries[0].value)
        try:
            value = reader.read(at)
        except RefusedError:
            (found,) = at.log.diagnostics
            return found
        return value if not at.log.diagnostics else at.log.diagnostics[0]

    return read_value


@pytest.mark.parametrize(
    ("text", "number"), [("0", "0"), ("16", "16"), ("8.50", "8.5"), ("100", "100"), ("0.125", "0.125")]
)
def test_numbers_are_exact(read: Read, text: str, number: str) -> None:
    """In the shortest form, without an exponent."""
    assert number == str(read(Number(), text))


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("010", "bad-number", "Write 10."),
        ("1_000", "bad-number", "Write 1000."),
        ("1e3", "bad-number", "Write 1000."),
        (".5", "bad-number", "Write 0.5."),
        ("5.", "bad-number", "Write 5."),
        ("+5", "bad-number", "Write 5."),
        ("8,5", "bad-number", "Write 8.5."),
        ("1 000", "bad-number", "Write 1000."),
        ("NO", "bad-number", "Write plain digits, with a point before decimals."),
        ("0x10", "bad-number", "Write plain digits, with a point before decimals."),
        (".inf", "bad-number", "Write plain digits, with a point before decimals."),
        (".nan", "bad-number", "Write plain digits, with a point before decimals."),
        ("1e999", "bad-number", "Write plain digits, with a point before decimals."),
        ("12:30", "bad-number", "Write plain digits, with a point before decimals."),
        ("٣", "bad-number", "Write plain digits, with a point before decimals."),
        ("0.12345678901", "bad-number", "Round it."),
        ('"5"', "quoted-number", "Write 5 without quotes."),
        ("-0.5", "out-of-range", "Correct the number."),
        ("1000001", "out-of-range", "Correct the number."),
        ("~", "empty-value", "Remove the key or give it a value."),
        ("null", "empty-value", "Remove the key or give it a value."),
        ("", "empty-value", "Remove the key or give it a value."),
        ("[5]", "wrong-type", ""),
    ],
)
def test_numbers_in_other_forms_are_refused_with_the_form_meant(read: Read, text: str, code: str, hint: str) -> None:
    """Nobody has to know what YAML makes of 010."""
    found = read(Number(), text)
    assert isinstance(found, Diagnostic)
    assert (code, hint) == (found.code, found.hint)


def test_zero_has_no_sign(read: Read) -> None:
    """-0 is 0."""
    assert "0" == str(read(Number(), "-0"))


@pytest.mark.parametrize(("text", "code"), [("3", None), ("3.0", None), ("3.5", "not-whole"), ("101", "out-of-range")])
def test_counts_are_whole(read: Read, text: str, code: str | None) -> None:
    """3.0 is whole too."""
    found = read(Count(most=100), text)
    assert (found.code if isinstance(found, Diagnostic) else None) == code


@pytest.mark.parametrize(
    ("text", "points"), [("9pt", 9), ("0pt", 0), ("8.5pt", 8.5), ("25.4mm", 72), ("0.125in", 9), ('"9pt"', 9)]
)
def test_lengths_become_points(read: Read, text: str, points: float) -> None:
    """A point is 1/72 in."""
    assert points == pytest.approx(read(Length(), text))


@pytest.mark.parametrize(
    ("text", "code", "hint"),
    [
        ("9", "missing-unit", "Write 9pt, or use mm or in."),
        ("0", "missing-unit", "Write 0pt, or use mm or in."),
        ("9 pt", "bad-length", "Write 9pt."),
        ("9PT", "bad-length", "Write 9pt."),
        ("1cm", "bad-length", "Write 10mm."),
        ("2pc", "bad-length", "Write 8.467mm."),
        ("0,5in", "bad-length", "Write 0.5in."),
        ("9em", "bad-length", "Write a number and a unit (pt, mm or in) without a space."),
        (".5in", "bad-length", "Write 0.5in."),
        ("auto", "bad-length", "Write a number and a unit (pt, mm or in) without a space."),
        ("-1pt", "out-of-range", "Correct the length."),
        ("99999pt", "out-of-range", "Correct the length."),
    ],
)
def test_lengths_need_a_number_and_a_unit(read: Read, text: str, code: str, hint: str) -> None:
    """The hint says how the length is written."""
    found = read(Length(), text)
    assert isinstance(found, Diagnostic)
    assert (code, hint) == (found.code, found.hint)


@pytest.mark.parametrize(
    ("text", "track"),
    [("auto", AutoTrack()), ("1fr", FlexTrack(1)), ("0.5fr", FlexTrack(0.5)), ("38pt", FixedTrack(38))],
)
def test_tracks(read: Read, text: str, track: object) -> None:
    """A length, auto or a share."""
    assert track == read(TrackReader(), text)


@pytest.mark.parametrize("text", ["0fr", "0pt", "fr", "automatic", "1", "-1fr", "9999999999999fr"])
def test_tracks_without_width_are_refused(read: Read, text: str) -> None:
    """And so is what is no track."""
    assert isinstance(read(TrackReader(), text), Diagnostic)


@pytest.mark.parametrize(("text", "em"), [("0.02em", 0.02), ("-1%", -0.01), ("0em", 0.0)])
def test_tracking_is_in_em(read: Read, text: str, em: float) -> None:
    """A percent is a hundredth of an em."""
    assert em == pytest.approx(read(Tracking(), text))


def test_insets_are_one_length_or_four(read: Read) -> None:
    """In the order top, right, bottom, left; two or three are refused."""
    assert Insets(3, 3, 3, 3) == read(InsetsReader(), "3pt")
    assert Insets(1, 2, 3, 4) == read(InsetsReader(), "[1pt, 2pt, 3pt, 4pt]")
    assert "wrong-count" == read(InsetsReader(), "[1pt, 2pt]").code
    assert "wrong-type" == read(InsetsReader(), "{top: 1pt}").code


@pytest.mark.parametrize("word", ["yes", "No", "TRUE", "off"])
def test_words_that_yaml_knows_are_text_in_quotes_only(read: Read, word: str) -> None:
    """Without quotes other readers of the file would see a truth value."""
    found = read(Text(), word)
    assert ("ambiguous-text", f'Write "{word}" in quotes.') == (found.code, found.hint)
    assert word == read(Text(), f'"{word}"')


def test_texts_are_one_paragraph(read: Read) -> None:
    """The line end that | and > leave is dropped; one inside is refused."""
    assert "one two" == read(Text(), ">\n  one\n  two\n")
    assert "line-break" == read(Text(), "|\n  one\n  two\n").code


@pytest.mark.parametrize("reader", [Text(), TemplateText(), Citation()])
@pytest.mark.parametrize(
    ("text", "lost"),
    [
        ("Rules were made in bill #2 of three; no vote", "#2 of three; no vote"),
        ("two words # a note", "# a note"),
        ("District #5", "#5"),
        ("ink # a note", None),
        ("ink #12233F", None),
        ('"two words #2"', None),
        ('"two words" # a note', None),
        ("two words#2", None),
    ],
)
def test_words_lost_to_a_comment(read: Read, reader: Reader[Any], text: str, lost: str | None) -> None:
    """Of several words, or where a number follows one, # is more often a sign of the text. Else a comment is one."""
    found = read(reader, text)
    assert ("lost-words" if lost else None) == (found.code if isinstance(found, Diagnostic) else None)
    if lost:
        assert f"“{lost}”" in found.message
        assert text.index("#") + len("key: ") + 1 == found.span.column


@pytest.mark.parametrize(("reader", "text"), [(Number(), "8.5 # or 8"), (Word(), "learn-more #1"), (Flag(), "true #1")])
def test_values_that_are_no_texts_may_have_comments(read: Read, reader: Reader[Any], text: str) -> None:
    """Nothing can be lost from a number or an id."""
    assert not isinstance(read(reader, text), Diagnostic)


@pytest.mark.parametrize("character", ["\\u202E", "\\u2066", "\\u200F", "\\u061C"])
def test_characters_that_turn_the_direction_are_refused(read: Read, character: str) -> None:
    """They can make a text read other than it is; letters of any script are fine."""
    found = read(Text(), f'"a{character}b"')
    assert "hidden-character" == found.code
    assert character[2:] in found.message
    assert "Hawaiʻi שלום" == read(Text(), "Hawaiʻi שלום")


def test_spaces_of_no_width_are_refused(read: Read) -> None:
    """Pasted from web pages, they part words for whoever searches the card and for nobody who sees it; a no-break space
    is meant."""
    found = read(Text(), '"fini\\u200Bshed"')
    assert "hidden-character" == found.code
    assert "U+200B (zero width space)" in found.message
    assert "18\u00a0years" == read(Text(), '"18\\u00A0years"')


@pytest.mark.parametrize("character", "\u200b\u200c\u200d\u2060\u2063\u180e\u034f\u3164\ufe0f\U000e0041")
def test_characters_without_ink_or_width_are_refused(read: Read, character: str) -> None:
    """They come with pasted text, nobody sees them, and a card that held them could not be read back."""
    found = read(Text(), f"law{character}s")
    assert ("hidden-character", "Delete it; it often comes with pasted text.") == (found.code, found.hint)
    assert f"U+{ord(character):04X}" in found.message
    assert character not in found.message
    assert "law\u00ads" == read(Text(), "law\u00ads")


def test_format_characters_of_unicode_are_all_known() -> None:
    """What Unicode calls a format character is hidden, but for the soft hyphen and what belongs to scripts."""
    formats = [chr(code) for code in range(sys.maxunicode) if unicodedata.category(chr(code)) == "Cf"]
    shown_formats = {character for character in formats if not HIDDEN.match(character)}
    scripts = ("ARABIC", "SYRIAC", "KAITHI", "EGYPTIAN")
    assert {"\u00ad"} == {c for c in shown_formats if not unicodedata.name(c).startswith(scripts)}


def test_messages_do_not_repeat_hidden_characters() -> None:
    """What turns a text's direction would turn the message too; long and broken texts are cut and joined."""
    assert "a\ufffdb" == shown("a\u202eb")
    assert "a b" == shown("a\nb")
    assert "x" * 39 + "…" == shown("x" * 41)
    assert "x" * 40 == shown("x" * 40)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('"1.10"', None),
        ("learn-more", None),
        ("18plus", None),
        ("1.10", "unquoted-id"),
        ("2021", "unquoted-id"),
        ("1e5", "unquoted-id"),
        ("2021-11-17", "unquoted-id"),
        ("0x1f", "unquoted-id"),
        ('"a b"', "bad-word"),
        ('"a/b"', "bad-word"),
        ('".."', "bad-word"),
        ("on", "ambiguous-text"),
    ],
)
def test_ids_never_look_like_numbers(read: Read, text: str, code: str | None) -> None:
    """Unless they are in quotes."""
    found = read(Word(), text)
    assert (found.code if isinstance(found, Diagnostic) else None) == code


@pytest.mark.parametrize("text", ["“1.2”", "‘1.2’", "„1.2“"])
def test_quotes_of_word_processors_are_told(read: Read, text: str) -> None:
    """YAML knows straight ones only."""
    assert ("bad-word", 'Use straight quotes: "1.2".') == (read(Word(), text).code, read(Word(), text).hint)
    assert "straight" not in read(Word(), "a b").hint


def test_choices_suggest_the_nearest(read: Read) -> None:
    """Or list what there is."""
    choice = Choice({"left": 1, "right": 2})
    assert 1 == read(choice, "left")
    assert 'Did you mean "left"?' == read(choice, "lfet").hint
    assert "Choose from left, right." == read(choice, "above").hint


@pytest.mark.parametrize(
    ("text", "hint"),
    [("yes", "Write true."), ("False", "Write false."), ('"true"', "Write true."), ("1", "Write true or false.")],
)
def test_flags_are_true_or_false(read: Read, text: str, hint: str) -> None:
    """In small letters, without quotes."""
    assert read(Flag(), "true") is True
    assert read(Flag(), "false") is False
    assert ("bad-flag", hint) == (read(Flag(), text).code, read(Flag(), text).hint)


@pytest.mark.parametrize(
    "text", ["2021-13-01", "2021-1-1", "11/17/2021", "20211117", "November 17, 2021", "0000-01-01"]
)
def test_dates_are_iso_dates(read: Read, text: str) -> None:
    """Year, month, day."""
    assert dt.date(2021, 11, 17) == read(Date(), "2021-11-17")
    assert "bad-date" == read(Date(), text).code


@pytest.mark.parametrize(
    ("text", "good"),
    [
        ("https://example.org", True),
        ("https://example.org/a?b=c#d", True),
        ("Washington Post, 2021-11-21", True),
        ("reference card; https://example.org/a", True),
        ("Post: a report", True),
        ("http://example.org", False),
        ("https://", False),
        ("https://example.org/a b", False),
        ("https://exämple.org", False),
        ("HTTPS://example.org", False),
        ("javascript:alert(1)", False),
        ("reference card; javascript:alert(1)", False),
    ],
)
def test_sources_are_addresses_or_publications(read: Read, text: str, good: bool) -> None:
    """What looks like an address is one that is reached by https, without characters that addresses cannot have."""
    assert good is (read(Citation(), f'"{text}"') == text)


def test_a_list_keeps_its_good_entries(node_of: NodeOf) -> None:
    """What is wrong with the others is all reported."""
    at = At(node_of("[1, x, 3, y]"), Collector())
    assert (Decimal(1), Decimal(3)) == List(Number(), "numbers").read(at)
    assert ["[1]", "[3]"] == [d.path for d in at.log.diagnostics]
    assert "Found x for an entry of the file, expected a number such as 16 or 8.5." == at.log.diagnostics[0].message


def test_a_table_keeps_its_good_entries(node_of: NodeOf) -> None:
    """Keys are read like values; a path shows keys that are no plain names in brackets."""
    at = At(node_of('{"1.1": 1, 1.2: 2, "1.3": x}'), Collector())
    assert {"1.1": Decimal(1)} == Table(Word(), Number(), "points").read(at)
    assert [('["1.2"]', "unquoted-id"), ('["1.3"]', "bad-number")] == [(d.path, d.code) for d in at.log.diagnostics]


def test_null_is_a_value_only_where_it_means_something(read: Read) -> None:
    """An empty cell, say."""
    assert read(OrNothing(Text()), "null") is None
    assert read(OrNothing(Text()), "") is None
    assert "empty-value" == read(Text(), "null").code
    assert "null" == read(Text(), '"null"')
