"""`python -m benchmarks.peers`: one table, all engines measured in turn, round after round, so that they share the
machine's moods. `--quick` takes a minute."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.measuring import (
    FailedCommandError,
    Run,
    Worker,
    cardprint_command,
    figure,
    fresh,
    heading,
    keep_to_cores,
    output_of,
    run_command,
    spread,
    table,
    work_folder,
)
from benchmarks.samples import make_cards

JOBS = 2
SLOW = 120.0
"""Milliseconds a card: what takes longer makes `FEWER` cards where the others make a thousand."""

FEWER = 204
PACKAGES = ("cardprint", "typst", "weasyprint", "fpdf2", "reportlab", "rl_accel")


@dataclass(slots=True)
class Engine:
    """An engine by its name, its module, and everything that was measured of it."""

    name: str
    module: str
    worker: Worker
    note: str = ""
    milliseconds: list[float] = field(default_factory=list)
    kilobytes: list[float] = field(default_factory=list)
    runs: dict[int, list[Run]] = field(default_factory=dict)
    card: dict[str, Any] = field(default_factory=dict)

    def command(self, folder: Path, out: Path) -> list[str]:
        """The whole command that makes the cards of `folder`."""
        if not self.module.startswith("cardprint"):
            jobs = 1 if folder.name == "cards-1" else JOBS
            return [sys.executable, "-m", "benchmarks.peers.command", self.module, str(folder), str(out), str(jobs)]
        unproved = [sys.executable, "-m", "benchmarks.peers.unproved"]
        command = unproved if self.module == "cardprint_unproved_card" else cardprint_command()
        return [*command, "render", "--all", "--data", str(folder / "data"), "-o", str(out)]

    def seconds(self, cards: int) -> list[float]:
        """How long each run over so many cards took."""
        return [run.seconds for run in self.runs.get(cards, [])]

    def peak(self, cards: int) -> float | None:
        """The most memory that one of its processes took in any run over so many cards."""
        return max((run.peak_mb for run in self.runs.get(cards, [])), default=None)


ENGINES = {
    "cardprint": "cardprint_card",
    "cardprint unproved": "cardprint_unproved_card",
    "Typst": "typst_card",
    "Typst, untagged": "typst_untagged_card",
    "WeasyPrint": "weasyprint_card",
    "fpdf2": "fpdf2_card",
    "Platypus": "platypus_card",
}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="few rounds, no thousand cards")
    parser.add_argument("--only", metavar="NAME,…", help=f"of {', '.join(ENGINES)}")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep datasets and cards there")
    options = parser.parse_args()
    keep_to_cores(JOBS)
    chosen = options.only.split(",") if options.only else list(ENGINES)
    print(heading("The same card through other engines", PACKAGES), flush=True)
    with work_folder(options.work) as work:
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        engines = _open([name for name in ENGINES if name in chosen])
        if not engines:
            raise SystemExit("There is nothing to measure: python -m pip install -e '.[bench]'")
        _measure_warm(engines, work, *((2, 5) if options.quick else (5, 20)))
        for engine in engines:
            engine.worker.close()
        _measure_commands(engines, work, 1, 3 if options.quick else 7)
        _measure_commands(engines, work, 51, 1 if options.quick else 5)
        if not options.quick:
            _measure_commands(engines, work, 1000, 3)
    _print(engines)


def _open(names: Sequence[str]) -> list[Engine]:
    """The engines that can be measured here; of the others it is said why not."""
    engines = []
    for name in names:
        # One thread while cards are timed one by one: Typst would use all cores.
        worker = Worker("benchmarks.peers.worker", ENGINES[name], environment={"RAYON_NUM_THREADS": "1"})
        answer = worker.ask(None)
        if "missing" in answer:
            worker.close()
            print(f"{name} is left out: {answer['missing']}.\n", flush=True)
        else:
            engines.append(Engine(name, ENGINES[name], worker, answer["note"]))
    return engines


def _measure_warm(engines: Sequence[Engine], work: Path, rounds: int, cards: int) -> None:
    """Every round has cards of its own, the first only warms up."""
    for number in range(rounds + 1):
        folder = make_cards(work / f"round-{cards}-{number}", cards, seed=100 + number)
        for engine in engines:
            answer = engine.worker.ask(str(folder))
            if number:
                engine.milliseconds.append(answer["ms"])
                engine.kilobytes.append(answer["kb"])
        _progress(f"warm, round {number} of {rounds}")


def _measure_commands(engines: Sequence[Engine], work: Path, count: int, rounds: int) -> None:
    """Whole commands from cold, two processes where there are many cards.

    A round before the first fills the disk's cache, and for every number of cards cardprint's own."""
    for number in range(rounds + 1):
        for engine in engines:
            cards = FEWER if count > FEWER and median(engine.milliseconds) > SLOW else count
            if number == 0 and count > 1 and not engine.module.startswith("cardprint"):
                continue
            folder, out = make_cards(work / f"cards-{cards}", cards), work / f"out-{engine.module}"
            run = _run(engine, folder, fresh(out), cards)
            if number:
                engine.runs.setdefault(cards, []).append(run)
            elif count == 1:
                engine.card = _inspect(folder, out)
        _progress(f"{count} card{'s' * (count > 1)}, round {number} of {rounds}")


def _run(engine: Engine, folder: Path, out: Path, cards: int) -> Run:
    try:
        run = run_command(engine.command(folder, out))
    except FailedCommandError as error:
        raise SystemExit(f"{engine.name}: {error}") from None
    made = len(list(out.glob("*.pdf")))
    if made != cards:
        raise SystemExit(f"{engine.name} made {made} of {cards} cards.")
    return run


def _inspect(folder: Path, out: Path) -> dict[str, Any]:
    pdf = next(out.glob("*.pdf"))
    command = [sys.executable, "-m", "benchmarks.peers.inspection", str(folder / "cards.json"), str(pdf)]
    found: dict[str, Any] = json.loads(output_of(command)[0])
    if found["pages"] != 1 or found["missing"]:
        print(f"{pdf} is not the whole card: {found['pages']} pages, missing {found['missing']}.\n", flush=True)
    return found


def _progress(what: str) -> None:
    print(what, file=sys.stderr, flush=True)


def _print(engines: Sequence[Engine]) -> None:
    known = {engine.name: engine for engine in engines}
    typst, platypus = known.get("Typst"), known.get("Platypus")
    print(f"One card, warm, one thread; medians of {len(engines[0].milliseconds)} rounds, the least in brackets.\n")
    rows = [
        [
            engine.name,
            spread(engine.milliseconds),
            _ratio(engine.milliseconds, typst.milliseconds if typst else None),
            _ratio(engine.milliseconds, platypus.milliseconds if platypus else None),
            figure(median(engine.kilobytes)),
            str(engine.card["elements"] or "–"),
            engine.card["claims"] or "–",
            str(engine.card["links"]),
        ]
        for engine in engines
    ]
    heads = ["engine", "ms a card", "× Typst", "× Platypus", "kB", "elements", "claims", "links"]
    print(table(heads, rows) + "\n")
    print(f"Whole commands from cold; {JOBS} processes for 51 cards and more. Memory is the largest process's peak.\n")
    counts = [count for count in (1, 51, 1000) if any(_seconds(engine, count) for engine in engines)]
    heads, rows = ["engine"], [[engine.name] for engine in engines]
    for count in counts:
        heads += _command_heads(count)
        for engine, row in zip(engines, rows, strict=True):
            row += _command_cells(engine, count, typst, platypus)
    print(table(heads, rows) + "\n")
    print("× is how many times as fast, the median over the rounds, each paired with the other's run in it.")
    if any(FEWER in engine.runs for engine in engines):
        print(f"Engines that take over {SLOW:.0f} ms a card made {FEWER} cards instead of 1,000; rates compare.")
    for engine in engines:
        if engine.note:
            print(f"{engine.name}: {engine.note}.")


def _seconds(engine: Engine, count: int) -> list[float]:
    """The seconds for `count` cards, in proportion where it made fewer."""
    fewer = [seconds * count / FEWER for seconds in engine.seconds(FEWER)]
    return engine.seconds(count) or (fewer if count > FEWER else [])


def _command_heads(count: int) -> list[str]:
    rate = ["cards/s"] if count > 1 else []
    return [f"{count:,} card{'s' * (count > 1)}, s", *rate, "× Typst", "× Platypus", "MB"]


def _command_cells(engine: Engine, count: int, typst: Engine | None, platypus: Engine | None) -> list[str]:
    seconds = _seconds(engine, count)
    return [
        spread(seconds),
        *([figure(count / median(seconds))] if count > 1 else []),
        _ratio(seconds, _seconds(typst, count) if typst else None),
        _ratio(seconds, _seconds(platypus, count) if platypus else None),
        figure(engine.peak(count) or engine.peak(FEWER)),
    ]


def _ratio(own: Sequence[float], other: Sequence[float] | None) -> str:
    if not other:
        return "–"
    return figure(median(theirs / ours for ours, theirs in zip(own, other, strict=True)))


if __name__ == "__main__":
    main()
