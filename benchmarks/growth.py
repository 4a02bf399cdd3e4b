"""`python -m benchmarks.growth`: how time and memory grow with the number of cards, the length of texts, and the rows.

Editions are made on the fly, of nobody's results, and marked as samples. `--quick` stops at 200 cards.
"""

from __future__ import annotations

import argparse
import json
import os
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any, Final

from benchmarks.measuring import (
    Worker,
    cardprint_command,
    figure,
    fresh,
    heading,
    keep_to_cores,
    run_command,
    spread,
    table,
    work_folder,
)
from benchmarks.samples import make_dataset

SIZES: Final = (10, 51, 200, 500, 2_000, 20_000)
QUICK_SIZES: Final = (10, 51, 200)
FLAT_FROM: Final = 500
"""Memory at this many cards is what that of larger editions is compared with (target: at most 1.2 times)."""

LENGTHS: Final = (1, 2, 3, 4)
ROWS: Final = (6, 15, 30, 60)
PACKAGES: Final = ("cardprint", "reportlab", "fonttools", "uharfbuzz")

_VOCABULARY: Final = (
    "access agencies appeal audit budget care cases charter clinic committee council county court data decision duty "
    "evidence fees figures forms fund goals grants guidance hearing housing industry intake inquiry judges land law "
    "license limits local notice office order orders panel parish plan police policy program public records register "
    "report review rule school service staff state statute study term training transit trial trust voucher witness"
)


def _sentences(chance: random.Random, length: int) -> str:
    """About 300 characters of words in no order, `length` times."""
    vocabulary = _VOCABULARY.split()
    sentences = [" ".join(chance.choices(vocabulary, k=14)).capitalize() + "." for _ in range(3 * length)]
    return " ".join(sentences)


def _write_edition(folder: Path, cards: int, rows: int, length: int, seed: int) -> None:
    """An edition of `cards` cards with `rows` issues each, in `folder`/data, and a sheet long enough for them.

    Its files are JSON, which is YAML."""
    data = folder / "data"
    (data / "states").mkdir(parents=True)
    places = [f"Sampleland {number}" for number in range(1, cards + 1)]
    slugs = [place.lower().replace(" ", "-") for place in places]
    framework = {
        "sample": True,
        "edition": {
            "id": "growth",
            "title": "Growth (sample data)",
            "language": "en-US",
            "released": "2021-11-17",
            "file_name": "{edition.id}-{state.slug}",
        },
        "publisher": {"name": "cardprint benchmarks"},
        "grammar": "english",
        "points": {"step": 0.5, "goal_maximum": 2.5},
        "grades": {
            "scale": [
                {"letter": letter, "from": least} for letter, least in zip("ABCDF", (90, 80, 70, 60, 0), strict=True)
            ],
            "issue": "percent-of-maximum",
            "card": "points",
        },
        "issues": [
            {"id": str(number), "title": f"Issue {number}", "icon": "scales", "maximum": 5, "goals": _goals(number)}
            for number in range(1, rows + 1)
        ],
        "sentences": {
            "accomplished": {"none": "Nothing.", "one": "Done: {list}.", "many": "Done: {list}."},
            "gaps": {"one": "Open: {list}.", "many": "Open: {list}."},
        },
        "resources": [
            {"id": "more", "heading": "Learn More", "paragraphs": [["There is nothing to learn about samples."]]}
        ],
        "foot": [["{edition.title}"]],
    }
    _write(data / "framework.yaml", framework)
    postal = [f"S{number}" for number in range(1, cards + 1)]
    _write(
        data / "jurisdictions.yaml",
        [{"name": name, "slug": slug, "postal": code} for name, slug, code in zip(places, slugs, postal, strict=True)],
    )
    chance = random.Random(seed)  # noqa: S311 (nothing here is secret)
    for place, slug in zip(places, slugs, strict=True):
        issues = [
            {
                "id": str(number),
                "score": 2.5,
                "accomplished": [f"{number}.1"],
                "gaps": [f"{number}.2"],
                "highlights": _sentences(chance, length),
            }
            for number in range(1, rows + 1)
        ]
        _write(data / "states" / f"{slug}.yaml", {"state": place, "issues": issues})
    _write(folder / "cards.json", [{"slug": slug} for slug in slugs])
    # With room to spare, so that no copyfit is called for.
    height = min(14_000, 400 + rows * (40 + 70 * length))
    layout = {"extends": "report-card.yaml", "page": {"size": ["8.5in", f"{height}pt"], "margins": "0.5in"}}
    (folder / "layouts").mkdir()
    _write(folder / "layouts" / "growth.yaml", layout)


def _goals(issue: int) -> list[dict[str, str]]:
    return [{"id": f"{issue}.{number}", "phrase": f"goal {number} of issue {issue}"} for number in (1, 2)]


def _write(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


@dataclass(slots=True)
class _Variant:
    """One length or number of rows, in a process of its own."""

    size: int
    worker: Worker
    milliseconds: list[float] = field(default_factory=list)
    kilobytes: list[float] = field(default_factory=list)
    peak_mb: float = 0.0


def _grow(
    work: Path, name: str, sizes: Sequence[int], rounds: int, write: Callable[[Path, int, int], None]
) -> list[_Variant]:
    """Every size in every round, with cards of its own; the first round warms up."""
    variants = [_Variant(size, Worker("benchmarks.peers.worker", "cardprint_card")) for size in sizes]
    for number in range(rounds + 1):
        for variant in variants:
            folder = fresh(work / f"{name}-{variant.size}-{number}")
            write(folder, variant.size, number)
            answer = variant.worker.ask(str(folder))
            if number:
                variant.milliseconds.append(answer["ms"])
                variant.kilobytes.append(answer["kb"])
    for variant in variants:
        folder, out = work / f"{name}-{variant.size}-0", fresh(work / "out")
        arguments = [
            "--data",
            str(folder / "data"),
            "--layout",
            str(folder / "layouts" / "growth.yaml"),
            "-o",
            str(out),
        ]
        variant.peak_mb = run_command([*cardprint_command(), "render", "--all", *arguments]).peak_mb
        variant.worker.close()
    return variants


def _print_grown(title: str, head: str, variants: Sequence[_Variant]) -> None:
    first = variants[0]
    rows = [
        [
            f"{variant.size / first.size:g} ×",
            spread(variant.milliseconds),
            figure(median(variant.milliseconds) / median(first.milliseconds)),
            figure(variant.peak_mb),
            figure(median(variant.kilobytes)),
        ]
        for variant in variants
    ]
    print(f"{title}\n")
    print(table([head, "ms a card", "× the first", "MB", "kB"], rows) + "\n", flush=True)


def _print_cards(work: Path, sizes: Sequence[int], rounds: int) -> None:
    rows, flat = [], None
    warm = make_dataset(work / "cards-1", 1)
    run_command([*cardprint_command(), "render", "--all", "--data", str(warm), "-o", str(fresh(work / "out"))])
    for size in sizes:
        data, seconds, peak, written = make_dataset(work / f"cards-{size}", size), [], 0.0, 0
        for _ in range(rounds if size <= FLAT_FROM else 1):
            out = fresh(work / "out")
            run = run_command([*cardprint_command(), "render", "--all", "--data", str(data), "-o", str(out)])
            seconds.append(run.seconds)
            peak = max(peak, run.peak_mb)
            pdfs = list(out.glob("*.pdf"))
            if len(pdfs) != size:
                raise SystemExit(f"cardprint made {len(pdfs)} of {size} cards.")
            written = sum(pdf.stat().st_size for pdf in pdfs)
        fresh(work / "out")
        flat = peak if size == FLAT_FROM else flat
        rows.append(
            [
                f"{size:,}",
                spread(seconds),
                figure(1000 * median(seconds) / size),
                figure(size / median(seconds)),
                figure(peak),
                figure(peak / flat) if flat else "–",
                figure(written / size / 1000),
            ]
        )
    print(
        "Cards of one edition, whole command; MB is the largest process's peak, 20,000 may have 1.2 × those of 500.\n"
    )
    heads = ["cards", "s", "ms a card", "cards/s", "MB", f"× of {FLAT_FROM}", "kB"]
    print(table(heads, rows) + "\n", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.growth", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="at most 200 cards, one round")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep datasets and cards there")
    options = parser.parse_args()
    keep_to_cores(2)
    rounds, cards = (1, 5) if options.quick else (3, 20)
    print(heading("How cardprint grows", PACKAGES), flush=True)
    with work_folder(options.work) as work:
        os.environ["XDG_CACHE_HOME"] = str(work / "cache")
        _print_cards(work, QUICK_SIZES if options.quick else SIZES, rounds)
        texts = _grow(
            work, "text", LENGTHS, rounds, lambda folder, by, seed: _write_edition(folder, cards, 6, by, seed)
        )
        _print_grown("Six rows with texts of about 300 characters, then longer ones; warm, one thread.", "text", texts)
        rows = _grow(work, "rows", ROWS, rounds, lambda folder, by, seed: _write_edition(folder, cards, by, 1, seed))
        _print_grown("Six rows with such texts, then more rows; warm, one thread.", "rows", rows)


if __name__ == "__main__":
    main()
