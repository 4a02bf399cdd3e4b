"""`cardprint render --all` as people run it: again, at the same time, killed in the middle, and in other programs."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command

COUNT = 24


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A sample edition of `COUNT` states."""
    folder = tmp_path_factory.mktemp("bulk") / "trial"
    command = [sys.executable, "-m", "cardprint", "sample", "-o", str(folder), "--count", str(COUNT)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return folder


@pytest.fixture(scope="module")
def undisturbed(sample: Path) -> dict[str, bytes]:
    """Its cards, made in one go by one process."""
    run(sample, sample.parent / "undisturbed", "--jobs", "1").wait(60)
    return cards(sample.parent / "undisturbed")


def run(sample: Path, out: Path, *options: str, **streams: Any) -> subprocess.Popen[str]:
    """Start a run in a process group of its own, as a shell does. It heeds interrupts even if the tests, because they
    run in the background, do not."""
    command = [sys.executable, "-m", "cardprint", "render", "--all", "--data", str(sample), "-o", str(out), *options]
    streams = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE} | streams
    heeded = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(command, text=True, start_new_session=True, **streams)
    finally:
        signal.signal(signal.SIGINT, heeded)


def cards(folder: Path) -> dict[str, bytes]:
    """What a folder holds beside its manifest, hidden files included."""
    if not folder.is_dir():
        return {}
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.name != "cards.jsonl"}


def finished(folder: Path) -> int:
    """How many cards a folder has."""
    return len(list(folder.glob("*.pdf")))


def wait_for(number: int, folder: Path) -> None:
    """Until so many cards are there."""
    end = time.monotonic() + 60
    while finished(folder) < number and time.monotonic() < end:
        time.sleep(0.005)


@pytest.mark.parametrize("after", [1, 9])
def test_a_run_that_was_killed_is_finished_by_the_same_command(
    sample: Path, undisturbed: dict[str, bytes], tmp_path: Path, after: int
) -> None:
    """Every card that is there is whole; the second run makes the others and leaves nothing lying about."""
    out = tmp_path / "out"
    killed = run(sample, out, "--jobs", "2")
    wait_for(after, out)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    found = {name: data for name, data in cards(out).items() if name.endswith(".pdf")}
    assert after <= len(found) < COUNT
    assert found == {name: undisturbed[name] for name in found}
    again = run(sample, out, "--jobs", "2")
    said = again.communicate(timeout=60)[1]
    assert (0, undisturbed) == (again.returncode, cards(out))
    assert int(said.split(" made")[0].split()[-1]) <= COUNT - len(found) + 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows interrupts otherwise")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_an_interrupt_ends_a_run_within_a_second(sample: Path, tmp_path: Path, jobs: str) -> None:
    """Ctrl-C goes to all processes of a terminal; one message comes out, and no traceback."""
    out = tmp_path / "out"
    process = run(sample, out, "--jobs", jobs)
    wait_for(2, out)
    started = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    said = process.communicate(timeout=20)[1]
    assert time.monotonic() - started < 5  # a second, where nothing else is busy
    assert (1, True) == (process.returncode, said.startswith("Stopped after "))
    assert 1 == len(said.splitlines())
    lines = [json.loads(line) for line in (out / "cards.jsonl").read_text(encoding="utf-8").splitlines()]
    assert finished(out) - 1 <= sum("file" in line for line in lines) <= finished(out)


def test_two_runs_at_once_do_not_get_into_each_other_s_way(
    sample: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    """The folder is that of one run, and its manifest tells the truth: a third run finds nothing to do."""
    out = tmp_path / "out"
    both = [run(sample, out, "--jobs", "1") for _ in range(2)]
    assert [0, 0] == [process.wait(60) for process in both]
    assert undisturbed == cards(out)
    third = run(sample, out)
    assert third.communicate(timeout=60)[1].startswith(f"{COUNT} cards: {COUNT} unchanged; ")
    for process in both:
        process.communicate()


def test_a_run_without_changes_loads_no_engine(sample: Path, tmp_path: Path) -> None:
    """It hashes files, and that is all: nothing that composes, lays out, paints or proves is imported."""
    program = (
        "import sys; from cardprint.cli import run; "
        f"print(run(['render', '--all', '--data', {str(sample)!r}, '-o', 'out'])); "
        "print(*sys.modules)"
    )
    for name in ("first", "second"):
        done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=True)
        *_, code, modules = done.stdout.splitlines()
        engine = {
            f"cardprint.{stage}" for stage in ("pipeline", "compose", "layout", "paint", "validate", "load", "verify")
        }
        engine |= {"yaml", "uharfbuzz", "reportlab", "fontTools", "rich", "concurrent.futures.process"}
        assert ("0", name == "first") == (code, bool(engine & set(modules.split())))


def test_machines_get_lines_of_json(cardprint: Command, tiny: tuple[str | Path, ...], tmp_path: Path) -> None:
    """A start, each card with its problems, a summary; and nothing else on either stream."""
    edition = tmp_path / "edition"
    shutil.copytree(Path(__file__).parents[1] / "fixtures" / "tiny" / "edition", edition)
    state = edition / "states" / "sylvania.yaml"
    state.write_text(state.read_text(encoding="utf-8").replace("score", "scoer"), encoding="utf-8")
    done = cardprint("render", "--all", *tiny, "--data", edition, "-o", "out", "--json")
    start, made, failed, summary = map(json.loads, done.stdout.splitlines())
    assert (1, "", {"event": "start", "total": 2}) == (done.returncode, done.stderr, start)
    assert ("freedonia", "made", "out/1933-freedonia.pdf") == (made["state"], made["status"], made["path"])
    assert ("failed", "unknown-key", 3) == (
        failed["status"],
        failed["problems"][0]["code"],
        failed["problems"][0]["line"],
    )
    assert (1, 1, 0, 1) == (summary["made"], summary["failed"], summary["left"], summary["jobs"])
    done = cardprint("render", "--all", "--data", "nowhere", "--json")
    assert (2, "error", "missing-folder") == (
        done.returncode,
        json.loads(done.stdout)["event"],
        json.loads(done.stdout)["problems"][0]["code"],
    )


def test_quiet_says_nothing_but_what_went_wrong(cardprint: Command, tiny: tuple[str | Path, ...]) -> None:
    """For scripts that have their own way of telling."""
    done = cardprint("render", "--all", *tiny, "-o", "out", "--quiet")
    assert (0, "", "") == (done.returncode, done.stdout, done.stderr)
    done = cardprint("render", "FR", "XX", *tiny, "-o", "out", "--quiet")
    assert (2, "", True) == (done.returncode, done.stdout, done.stderr.startswith("unknown-state: "))


def test_failures_are_told_in_the_end_with_each_state_s_diagnostics(cardprint: Command, tmp_path: Path) -> None:
    """Every line of every file that is wrong, then a table of who has no card."""
    edition = tmp_path / "edition"
    shutil.copytree(Path(__file__).parents[1] / "fixtures" / "tiny", tmp_path, dirs_exist_ok=True)
    for slug in ("freedonia", "sylvania"):
        state = edition / "states" / f"{slug}.yaml"
        state.write_text(state.read_text(encoding="utf-8").replace("score", "scoer"), encoding="utf-8")
    done = cardprint("render", "--all", "--data", "edition", "--layout", "layouts/tiny.yaml", "-o", "out")
    lines = done.stderr.splitlines()
    assert (1, "") == (done.returncode, done.stdout)
    assert {"edition/states/freedonia.yaml:3:15", "edition/states/sylvania.yaml:3:15"} <= {
        line.partition(": ")[0] for line in lines
    }
    table = lines.index("No card was made of:")
    assert ["  freedonia  unknown-key", "  sylvania   unknown-key"] == [
        line.split(",")[0] for line in lines[table + 1 : -1]
    ]
    assert lines[-1].startswith("2 cards: 2 failed; 0 bytes in ")


def test_no_cache_leaves_nothing_behind(cardprint: Command, tiny: tuple[str | Path, ...], tmp_path: Path) -> None:
    """And the card is the same; the twin keeps the fonts."""
    cache = tmp_path / "cache"
    for options, kept in (("--no-cache",), False), ((), True):
        done = cardprint("render", "FR", *tiny, "-o", f"out{kept}", *options, CARDPRINT_CACHE=str(cache))
        assert (0, kept) == (done.returncode, cache.exists())
    assert cards(tmp_path / "outFalse") == cards(tmp_path / "outTrue")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--quiet", "--json"], "not both"),
        (["--jobs", "2", "--dask", "tcp://x:1"], "--dask"),
        (["--jobs", "0"], "--jobs"),
        (["--timeout", "0"], "--timeout"),
    ],
)
def test_options_that_make_no_sense_are_refused(cardprint: Command, options: list[str], said: str) -> None:
    """Exit code 2, like every fault of the command line."""
    done = cardprint("render", "--all", *options)
    assert (2, True) == (done.returncode, said in done.stderr)


@pytest.mark.parametrize("options", [["--force"], ["--fail-fast"], ["--jobs", "2"], ["--timeout", "5"]])
def test_options_for_cards_are_refused_for_a_page_about_the_edition(cardprint: Command, options: list[str]) -> None:
    """They would do nothing."""
    done = cardprint("render", "--layout", "national-overview", *options)
    assert (2, "") == (done.returncode, done.stdout)
    assert f"{options[0]} is for cards: name states or --all." in done.stderr


def test_page_about_the_edition_is_told_as_cards_are(cardprint: Command, tmp_path: Path) -> None:
    """In lines of JSON, of no state; or not at all."""
    command = ("render", "--layout", "national-overview", "-o", "out")
    done = cardprint(*command, "--json")
    start, card, summary = map(json.loads, done.stdout.splitlines())
    assert (0, "start", "summary", 1) == (done.returncode, start["event"], summary["event"], summary["made"])
    assert (None, "made") == (card["state"], card["status"])
    page = (tmp_path / card["path"]).read_bytes()
    assert (len(page), hashlib.sha256(page).hexdigest()) == (card["size"], card["sha256"])
    quiet = cardprint(*command, "--quiet")
    assert (0, "", "") == (quiet.returncode, quiet.stdout, quiet.stderr)
    wrong = cardprint("render", "--layout", "report-card", "--json")
    _, error = map(json.loads, wrong.stdout.splitlines())
    assert (2, "error", ["wrong-layout"]) == (
        wrong.returncode,
        error["event"],
        [problem["code"] for problem in error["problems"]],
    )
