"""The cache between runs: what was put in comes out, or nothing does."""

from __future__ import annotations

import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cardprint.workspace.cache import NO_CACHE, Cache, user_cache

KEY = "0a" * 32


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    """A cache in a folder that does not exist yet."""
    return Cache(tmp_path / "deep" / "cache")


def only_file(cache: Cache) -> Path:
    """The one file that the cache has made."""
    assert cache.directory is not None
    (path,) = cache.directory.iterdir()
    return path


def test_what_was_put_in_comes_out(cache: Cache) -> None:
    """Under its kind and its key, and under no others."""
    cache.put("font", KEY, b"subset\nbytes")
    assert (b"subset\nbytes", None, None) == (
        cache.get("font", KEY),
        cache.get("fit", KEY),
        cache.get("font", "0b" * 32),
    )


@pytest.mark.parametrize(
    "spoil", [lambda data: data[:-1], lambda data: data[:40], lambda _: b"", lambda data: data + b"x"]
)
def test_what_is_damaged_is_not_there(cache: Cache, spoil: object) -> None:
    """A crash, a full disk or a bad sector costs time, and never a wrong card."""
    assert callable(spoil)
    cache.put("font", KEY, b"subset")
    path = only_file(cache)
    path.write_bytes(spoil(path.read_bytes()))
    assert cache.get("font", KEY) is None


def test_a_whole_file_under_another_name_is_not_there(cache: Cache) -> None:
    """Whoever renames files cannot make one font pass for another."""
    cache.put("font", KEY, b"subset")
    path = only_file(cache)
    path.rename(path.with_name(path.name.replace("0a", "0b")))
    assert cache.get("font", "0b" * 32) is None


def test_without_a_folder_nothing_is_kept() -> None:
    """--no-cache is a cache, too."""
    NO_CACHE.put("font", KEY, b"subset")
    assert NO_CACHE.get("font", KEY) is None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    """A file stands where the folder should be: the run goes on without."""
    (tmp_path / "cache").write_bytes(b"")
    cache = Cache(tmp_path / "cache")
    cache.put("font", KEY, b"subset")
    assert cache.get("font", KEY) is None


def test_writers_do_not_disturb_each_other(cache: Cache) -> None:
    """Whichever comes last, what is read is whole; nothing unfinished is left."""
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda number: cache.put("font", KEY, b"%d" % number * 10_000), range(40)))
    found = cache.get("font", KEY)
    assert found is not None
    assert found[:1] * 10_000 == found or found[:2] * 10_000 == found
    assert only_file(cache).name.endswith(".cache")


def test_what_was_not_used_for_longest_goes_first(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    """The cache does not grow for ever."""
    monkeypatch.setattr("cardprint.workspace.cache._MOST_BYTES", 2500)
    for number in range(3):
        cache.put("font", f"0{number}", bytes(1000))
        if cache.directory is not None:
            os.utime(cache.directory / f"font-0{number}.cache", (number, number) if number != 1 else None)
    assert (None, True) == (cache.get("font", "00"), cache.get("font", "01") is not None)


def test_what_a_dead_program_left_is_cleared_away(cache: Cache) -> None:
    """The twin: what a living one is writing stays."""
    cache.put("font", KEY, b"")
    assert cache.directory is not None
    for name, age in (("dead", 100_000.0), ("alive", 0.0)):
        path = cache.directory / f".{name}.part"
        path.write_bytes(b"")
        os.utime(path, (time.time() - age,) * 2)
    cache.put("font", KEY, b"")
    assert [".alive.part"] == [path.name for path in cache.directory.glob(".*")]


@pytest.mark.parametrize(
    ("platform", "environment", "folder"),
    [
        ("linux", {"HOME": "/home/ann"}, "/home/ann/.cache/cardprint"),
        ("linux", {"HOME": "/home/ann", "XDG_CACHE_HOME": "/fast"}, "/fast/cardprint"),
        ("darwin", {"HOME": "/Users/ann"}, "/Users/ann/Library/Caches/cardprint"),
        ("win32", {"LOCALAPPDATA": "/c/ann/local"}, "/c/ann/local/cardprint"),
        ("linux", {"HOME": "/home/ann", "CARDPRINT_CACHE": "/mine"}, "/mine"),
        ("linux", {}, None),
        ("win32", {}, None),
    ],
)
def test_it_is_where_the_system_wants_it(
    platform: str, environment: dict[str, str], folder: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """CARDPRINT_CACHE overrides; without a home there is no cache."""
    monkeypatch.setattr(sys, "platform", platform)
    assert Cache(None if folder is None else Path(folder)) == user_cache(environment)
