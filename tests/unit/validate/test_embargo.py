from __future__ import annotations

import datetime as dt

import pytest

from cardprint.model.diagnostics import DiagnosticError
from cardprint.model.embargo import embargo_in
from cardprint.validate.embargo import parse_embargo


@pytest.mark.parametrize(
    ("text", "hours", "zone"),
    [
        ("2021-11-17 00:01 EST", -5, "EST"),
        (" 2021-11-17T00:01 pdt ", -7, "PDT"),
        ("2021-11-17 00:01 +05:30", 5.5, "UTC+05:30"),
        ("2021-11-17 00:01-05:00", -5, "UTC-05:00"),
    ],
)
def test_moment_is_known_with_its_zone(text: str, hours: float, zone: str) -> None:
    """The zones of the United States by their letters, others by their distance from UTC."""
    embargo = parse_embargo(text)
    assert dt.datetime(2021, 11, 17, 0, 1, tzinfo=dt.timezone(dt.timedelta(hours=hours))) == embargo.moment
    assert dt.timedelta(hours=hours) == embargo.moment.utcoffset()
    assert zone == embargo.zone


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("tomorrow", "not a day, a time and a time zone"),
        ("2021-11-17 00:01", "not a day, a time and a time zone"),
        ("2021-11-17 00:01 XYZ", '"XYZ" is no time zone'),
        ("2021-02-30 00:01 EST", "names no day or time that exists"),
        ("2021-11-17 24:01 EST", "names no day or time that exists"),
        ("2021-11-17 00:01 +25:00", "names no day or time that exists"),
        ("2021-11-17 00:01 +05:99", "names no day or time that exists"),
    ],
)
def test_anything_else_is_refused(text: str, said: str) -> None:
    """With an example of what would do. A moment without a zone would be another one elsewhere."""
    with pytest.raises(DiagnosticError) as caught:
        parse_embargo(text)
    (problem,) = caught.value.diagnostics
    assert "bad-embargo" == problem.code
    assert said in problem.message
    assert "2021-11-17 00:01 EST" in problem.hint


def test_words_are_plain_and_names_of_files_safe() -> None:
    """No letter stands alone that could be taken for a grade."""
    embargo = parse_embargo("2021-11-07 09:05 +05:30")
    assert "EMBARGOED UNTIL 09:05 UTC+05:30, NOVEMBER 7, 2021" == embargo.words
    assert "embargoed-until-2021-11-07-0905-UTCplus0530-" == embargo.file_prefix


@pytest.mark.parametrize("text", ["2021-11-17 00:01 EST", "2021-11-07 09:05 +05:30"])
def test_an_embargo_is_found_in_a_title_again(text: str) -> None:
    """Its words and the names of its files are the same."""
    written = parse_embargo(text)
    found = embargo_in(f"{written.words}: Mississippi: 2021 Report Card")
    assert found is not None
    assert (written.words, written.file_prefix) == (found.words, found.file_prefix)


@pytest.mark.parametrize(
    "title",
    [
        "Mississippi: 2021 Report Card",
        "EMBARGOED UNTIL F, 68: Mississippi",
        "EMBARGOED UNTIL 00:01 EST, BRUMAIRE 17, 2021: Mississippi",
        "EMBARGOED UNTIL 25:01 EST, NOVEMBER 17, 2021: Mississippi",
    ],
)
def test_other_words_are_no_embargo(title: str) -> None:
    """A title of a card without one, and what only looks like it."""
    assert embargo_in(title) is None
