"""The rung of copyfit that an edition shares: the same whatever the order, and not found out twice."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from cardprint.edition.fit import Climb
from cardprint.edition.state_files import StateFiles
from cardprint.workspace.cache import NO_CACHE, Cache

KEY = "0a" * 32

Fits = Mapping[str, set[int]]
"""The rungs on which the card of each state fits, by the state; what is in its file is its name."""


def files(fits: Fits) -> StateFiles:
    """States whose files hold what their rungs are."""
    slugs = tuple(sorted(fits))
    texts = [f"{slug}{sorted(fits[slug])}".encode() for slug in slugs]
    return StateFiles(slugs, b"".join(hashlib.sha256(text).digest() for text in texts), [len(text) for text in texts])


def climb(fits: Fits, cache: Cache = NO_CACHE, seed: int = 0) -> tuple[int, list[str]]:
    """The shared rung, and the states that had to be tried for it, tried in some order and several at a time."""
    states, tried = files(fits), list[str]()
    order, climb = random.Random(seed), Climb(states, cache, KEY)  # noqa: S311 (an order, and no secret)
    while unknown := climb.unknown():
        order.shuffle(unknown)
        started = [(position, climb.rung) for position in unknown[: order.randint(1, 3)]]
        for position, start in started:
            slug = states.slugs[position]
            tried.append(slug)
            climb.tried(position, start, min((rung for rung in fits[slug] if rung >= start), default=None))
    climb.keep()
    return climb.rung, tried


def test_the_tightest_card_decides() -> None:
    """Cards that fit anyhow do not matter, nor does one that fits nowhere."""
    assert 4 == climb({"a": {0, 1, 2, 3, 4, 5}, "b": {4, 5}, "c": {2, 3, 4, 5}, "d": set()})[0]


def test_without_cards_nothing_is_adjusted() -> None:
    """An edition of nobody, and one of cards that cannot be made."""
    assert (0, 0) == (climb({})[0], climb({"a": set()})[0])


@given(
    st.dictionaries(st.sampled_from("abcdefg"), st.sets(st.integers(0, 6)), max_size=7),
    st.integers(0, 1000),
    st.integers(0, 1000),
)
def test_the_order_does_not_matter(fits: Fits, first: int, second: int) -> None:
    """Not even for cards that fit on one rung and not on the next, nor when several are tried at a time: so any number
    of processes comes to the same. What is found is the lowest rung that nobody raises."""
    rung = climb(fits, seed=first)[0]
    assert rung == climb(fits, seed=second)[0]
    assert all(rung in rungs or max(rungs, default=-1) < rung for rungs in fits.values())


def test_what_was_found_out_is_not_tried_again(tmp_path: Path) -> None:
    """With nothing changed, no card is tried; with one changed, only that one."""
    cache, fits = Cache(tmp_path), {"a": {0, 1, 2, 3}, "b": {2, 3}, "c": {1, 2, 3}}
    assert 2 == climb(fits, cache)[0]
    assert (2, []) == climb(fits, cache)
    assert (2, ["c"]) == climb(fits | {"c": {0, 1, 2, 3}}, cache)


@given(
    st.dictionaries(st.sampled_from("abcde"), st.sets(st.integers(0, 4)), min_size=1, max_size=5),
    st.dictionaries(st.sampled_from("abcde"), st.sets(st.integers(0, 4)), max_size=5),
    st.integers(0, 100),
)
def test_what_is_remembered_changes_nothing(before: Fits, edits: Fits, seed: int) -> None:
    """However states were edited, added, and removed since: the rung is the one found without any memory."""
    with TemporaryDirectory() as folder:
        cache = Cache(Path(folder))
        climb(before, cache, seed)
        for after in (edits, {**before, **edits}):
            assert climb(after, NO_CACHE, seed)[0] == climb(after, cache, seed)[0]


def test_what_is_unsure_is_not_remembered(tmp_path: Path) -> None:
    """A worker that died, a time that was up: the next run tries the card again."""
    states, cache = files({"a": {1}, "b": {0}}), Cache(tmp_path)
    first = Climb(states, cache, KEY)
    first.tried(0, 0, None, sure=False)
    first.tried(1, 0, 0)
    first.keep()
    assert ([], [0]) == (first.unknown(), Climb(states, cache, KEY).unknown())


def test_a_memory_of_another_make_is_passed_over(tmp_path: Path) -> None:
    """Whatever stands in the cache, it is at worst of no use."""
    cache = Cache(tmp_path)
    cache.put("fit", KEY, b"nonsense")
    assert 1 == climb({"a": {1, 2}}, cache)[0]


def needed_by(lowest: Mapping[str, int], cache: Cache, seed: int) -> str:
    """The state that is said to need the shared rung, where the card of each fits from its lowest rung on."""
    fits = {slug: set(range(rung, 7)) for slug, rung in lowest.items()}
    climb(fits, cache, seed)
    states = files(fits)
    arrived = Climb(states, cache, KEY)
    assert not arrived.unknown()
    while True:
        state, doubtful = arrived.needing()
        if not doubtful:
            assert not arrived.unknown()
            return state
        position = doubtful[0]
        start = arrived.rung - 1
        arrived.tried(position, start, min(rung for rung in fits[states.slugs[position]] if rung >= start))


@given(st.dictionaries(st.sampled_from("abcdefg"), st.integers(0, 6), max_size=7), st.integers(0, 100))
def test_of_those_that_need_the_rung_the_largest_is_named(lowest: Mapping[str, int], seed: int) -> None:
    """The same in whatever order cards were tried; nobody where nothing was adjusted."""
    with TemporaryDirectory() as folder:
        named = needed_by(lowest, Cache(Path(folder)), seed)
    tight = sorted(slug for slug, rung in lowest.items() if rung and rung == max(lowest.values()))
    assert named == (tight[0] if tight else "")  # their files are equally large, so it is the first
