from __future__ import annotations

import datetime as dt
import hashlib
import io
import zipfile

import pytest

from cardprint.package.archive import Archive

NOON = dt.datetime(2021, 11, 17, 12, tzinfo=dt.UTC)


def archived(*files: tuple[str, bytes], moment: dt.datetime = NOON) -> bytes:
    target = io.BytesIO()
    archive = Archive(target, moment)
    for name, data in files:
        archive.add(name, data)
    archive.close()
    return target.getvalue()


def test_same_files_give_the_same_archive() -> None:
    """Nothing of the run is in it: no clock, no owner."""
    assert archived(("a.txt", b"a" * 99)) == archived(("a.txt", b"a" * 99))
    assert archived(("a.txt", b"a"), ("b.txt", b"b")) != archived(("b.txt", b"b"), ("a.txt", b"a"))


def test_entries_are_as_given() -> None:
    """In the order in which they came, dated by the edition; what is packed already is stored."""
    with zipfile.ZipFile(io.BytesIO(archived(("b/x.pdf", b"x" * 99), ("a.txt", b"a" * 99)))) as found:
        assert ["b/x.pdf", "a.txt"] == found.namelist()
        assert [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED] == [info.compress_type for info in found.infolist()]
        assert {(2021, 11, 17, 12, 0, 0)} == {info.date_time for info in found.infolist()}
        assert (b"x" * 99, None) == (found.read("b/x.pdf"), found.testzip())


def test_early_moment_is_the_earliest_that_a_zip_knows() -> None:
    """An edition that is older than the format is dated 1980."""
    with zipfile.ZipFile(io.BytesIO(archived(("a", b""), moment=dt.datetime(1970, 1, 1, tzinfo=dt.UTC)))) as found:
        assert (1980, 1, 1, 0, 0, 0) == found.infolist()[0].date_time


def test_every_entry_is_told_with_its_hash() -> None:
    """And the size of all together."""
    archive = Archive(io.BytesIO(), NOON)
    entry = archive.add("a.txt", b"abc")
    assert ("a.txt", 3, hashlib.sha256(b"abc").hexdigest()) == (entry.name, entry.size, entry.sha256)
    assert (3, [entry]) == (archive.size, archive.entries)
    archive.close()


def test_name_is_taken_once() -> None:
    """Also where a disk makes no difference between capitals and small letters."""
    archive = Archive(io.BytesIO(), NOON)
    archive.add("a.txt", b"")
    with pytest.raises(ValueError, match="already"):
        archive.add("A.txt", b"")
    archive.close()
