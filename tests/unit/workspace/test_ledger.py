"""The ledger: lines that several programs add, some of which die while they do."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cardprint.workspace.ledger import Ledger, Line


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    """A ledger that has no file yet."""
    return Ledger(tmp_path / "cards.jsonl")


def lines(ledger: Ledger) -> list[Line]:
    """What can be read of it."""
    return [line for _, line in ledger.lines()]


def test_lines_come_back_in_order(ledger: Ledger) -> None:
    """Without a file there are none, with one there are all."""
    assert ([], False) == (lines(ledger), ledger.exists())
    ledger.append([{"state": "hawaiʻi"}, {"state": "b\nc"}])
    ledger.append([{"state": "d"}])
    assert [{"state": "hawaiʻi"}, {"state": "b\nc"}, {"state": "d"}] == lines(ledger)


def test_a_line_can_be_read_again_by_its_place(ledger: Ledger) -> None:
    """So that nobody has to keep them all in mind."""
    ledger.append([{"n": 1}, {"n": 2}])
    (_, second) = [place for place, _ in ledger.lines()]
    assert {"n": 2} == ledger.line(second)


@pytest.mark.parametrize("rest", [b'{"n": 2', b"\xff\xfe", b"[1]\n", b"null\n", b"\n\n", b"{" * 100_000])
def test_what_is_no_line_is_passed_over(ledger: Ledger, rest: bytes) -> None:
    """A crash in mid-line, or an editor's accident, costs that line and not the next one."""
    ledger.append([{"n": 1}])
    with ledger.path.open("ab") as file:
        file.write(rest)
    ledger.append([{"n": 3}])
    assert [{"n": 1}, {"n": 3}] == lines(ledger)


def test_lines_of_several_writers_do_not_mix(tmp_path: Path) -> None:
    """Each has its own handle on the file, as different programs have."""

    def write(writer: int) -> None:
        for number in range(25):
            Ledger(tmp_path / "cards.jsonl").append([{"writer": writer, "n": number, "pad": "x" * 500}])

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(4)))
    found = lines(Ledger(tmp_path / "cards.jsonl"))
    assert [[*range(25)]] * 4 == [[line["n"] for line in found if line["writer"] == writer] for writer in range(4)]


def test_it_is_rewritten_with_the_lines_that_are_chosen(ledger: Ledger) -> None:
    """In the order chosen, byte for byte, one to a line even if the last had no end."""
    ledger.append([{"n": 1}, {"n": 2}])
    with ledger.path.open("ab") as file:
        file.write(b'{"n":  3}')
    ledger.rewrite(
        lambda found: [place for place, line in sorted(found, key=lambda item: -item[1]["n"]) if line["n"] > 1]
    )
    assert [b'{"n":  3}', b'{"n":2}'] == ledger.path.read_bytes().splitlines()
    assert b"\n" == ledger.path.read_bytes()[-1:]


def test_nothing_is_lost_when_one_rewrites_while_others_write(tmp_path: Path) -> None:
    """Runs that end while others go on."""
    ledger = Ledger(tmp_path / "cards.jsonl")

    def write(number: int) -> None:
        if number % 5:
            Ledger(ledger.path).append([{"n": number}])
        else:
            Ledger(ledger.path).rewrite(lambda found: [place for place, _ in found])

    with ThreadPoolExecutor(4) as threads:
        list(threads.map(write, range(60)))
    assert [number for number in range(60) if number % 5] == sorted(line["n"] for line in lines(ledger))


def test_a_line_is_json_for_anybody(ledger: Ledger) -> None:
    """One object to a line, in UTF-8."""
    ledger.append([{"name": "Hawaiʻi", "size": 3}])
    assert {"name": "Hawaiʻi", "size": 3} == json.loads(ledger.path.read_text(encoding="utf-8"))
