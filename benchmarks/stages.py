"""`python -m benchmarks.stages`: where the time of a card goes, and of a command from cold.

Cards are timed stage by stage, in one warm process: cards not seen before, then one of them again and again, of which
every cache knows every word. What a refactoring has moved is shown as a dash. `--quick` takes fewer cards and runs.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any, Final, TypeVar

from msgspec.structs import replace

from benchmarks.measuring import (
    FailedCommandError,
    Worker,
    cardprint_command,
    figure,
    fresh,
    heading,
    keep_to_cores,
    output_of,
    run_command,
    serve,
    spread,
    table,
    work_folder,
)
from benchmarks.samples import make_dataset

if TYPE_CHECKING:
    from cardprint.model.frame import FrameItem, PageFrame

T = TypeVar("T")

WARM_CARDS: Final = 20
PACKAGES: Final = ("cardprint", "reportlab", "fonttools", "uharfbuzz", "pypdf", "pypdfium2")
PARTS: Final = ("parse", "validate", "scope, sentences", "compose", "fit", "layout", "paint")
"""What every card of an edition goes through before its proof. Font subsets are the edition's, not the card's."""

TARGETS: Final = {
    "… of it shaping and breaking": "≤ 2",
    "… of it tags, links, metadata": "≤ 3",
    "fast proof": "≤ 4",
    "parse to paint": "about 3",
}


class _Watch:
    """Seconds by stage, of one card."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, stage: str, step: Callable[[], T]) -> T:
        start = time.perf_counter()
        try:
            return step()
        finally:
            self.seconds[stage] = self.seconds.get(stage, 0.0) + time.perf_counter() - start

    @contextmanager
    def within(self, stage: str, module: str, owner: str, *methods: str) -> Iterator[None]:
        """Count what the methods of a class take, whoever calls them. Nothing if the class is no longer there."""
        found = getattr(import_module(module), owner, None)
        kept = {name: getattr(found, name) for name in methods if hasattr(found, name)}

        def counted(method: Callable[..., Any]) -> Callable[..., Any]:
            return lambda *arguments, **named: self.time(stage, lambda: method(*arguments, **named))

        for name, method in kept.items():
            setattr(found, name, counted(method))
        try:
            yield
        finally:
            for name, method in kept.items():
                setattr(found, name, method)


class _Edition:
    """A sample edition, opened, and its cards timed one by one."""

    def __init__(self, data: str) -> None:
        from cardprint.pipeline import open_project, state_slugs
        from cardprint.tasks.explanation import fit_edition

        self.project = open_project(data=data)
        self.folder = Path(data) / "states"
        self.slugs = state_slugs(self.project)
        shared = fit_edition(self.project)
        self.rung = shared.rung if shared else None

    def card(self, slug: str) -> dict[str, Any]:
        """Seconds of every stage of one card, and what its file is made of."""
        from cardprint.compose import build_scope, compose_pages
        from cardprint.layout import fit, lay_out
        from cardprint.load import parse_yaml
        from cardprint.model.source import Source
        from cardprint.paint import paint_pdf
        from cardprint.validate import validate_state

        project, watch = self.project, _Watch()
        source = Source(slug, (self.folder / f"{slug}.yaml").read_bytes())
        node = watch.time("parse", lambda: parse_yaml(source))
        record, _ = watch.time("validate", lambda: validate_state(node, project.framework, project.jurisdictions))
        scope = watch.time("scope, sentences", lambda: build_scope(project.framework, record))
        (content,) = watch.time(
            "compose", lambda: compose_pages(project.layout, scope, project.fonts, project.info_date, "cardprint", "0")
        )
        text = "… of it shaping and breaking"
        with watch.within(text, "cardprint.layout.paragraph", "Paragraph", "__init__", "lines"):
            rung = self.rung
            if rung is not None:
                start = max(0, rung - 1)
                watch.time("fit", lambda: fit(content, project.fonts, start))
            frame, _ = watch.time("layout", lambda: lay_out(content, project.fonts, rung))
        made = watch.time("paint with new subsets", lambda: paint_pdf([frame]))
        watch.time("paint", lambda: paint_pdf([frame]))
        seconds = watch.seconds
        seconds["font subsets of one card"] = max(0.0, seconds.pop("paint with new subsets") - seconds["paint"])
        bare = _untagged(frame)
        tagged, untagged = _least(lambda: paint_pdf([frame])), _least(lambda: paint_pdf([bare]))
        metadata = _metadata(watch, frame)
        seconds["… of it tags, links, metadata"] = max(0.0, tagged - untagged) + seconds.pop("metadata", 0.0)
        self._prove(watch, record, scope, frame)
        return {
            "seconds": seconds,
            "bytes": len(made),
            "tags": len(made) - len(paint_pdf([bare])),
            "metadata": metadata,
        }

    def _prove(self, watch: _Watch, record: Any, scope: Any, frame: PageFrame) -> None:
        """The proofs of the card as it is rendered: with the fonts that the edition's cards share."""
        from cardprint.compose.promise import build_promise
        from cardprint.paint import paint_pdf

        verify, project = import_module("cardprint.verify"), self.project
        pdf = paint_pdf([frame], project.profile, project.subsets)
        promise = watch.time("promise", lambda: build_promise(project.framework, record, scope, project.layout, "0"))
        for stage, name in (("fast proof", "verify_fast"), ("full proof", "verify_full")):
            if hasattr(verify, name):
                prove = getattr(verify, name)
                watch.time(stage, lambda: prove(pdf, [frame], promise))  # noqa: B023 (called at once)


def _least(step: Callable[[], object], times: int = 5) -> float:
    """The least of several times, where a difference counts that is smaller than the machine's unrest."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        step()
        found.append(time.perf_counter() - start)
    return min(found)


def _untagged(frame: PageFrame) -> PageFrame:
    """The page with everything in one paragraph and no links: what is left of a PDF without its tags."""
    from cardprint.model.frame import Group, LinkArea
    from cardprint.model.structure import Role, Tag

    def bare(item: FrameItem) -> FrameItem:
        if isinstance(item, Group):
            return replace(item, role=None, items=tuple(bare(it) for it in item.items if not isinstance(it, LinkArea)))
        return item

    root = bare(frame.root)
    assert isinstance(root, Group)
    only = replace(root, role=Role(Tag.P))
    return replace(frame, root=replace(frame.root, items=(only,)))


def _metadata(watch: _Watch, frame: PageFrame) -> int:
    """Make the XMP packet as paint does; the bytes of the packet and the colour profile."""
    try:
        from cardprint.model.profile import SCREEN
        from cardprint.paint.metadata import xmp_metadata
        from cardprint.paint.output_intent import output_intent
    except ImportError:
        return 0
    packet = watch.time("metadata", lambda: xmp_metadata(frame.info))
    return len(packet) + len(output_intent(SCREEN.press).profile)


def _time_stages(edition: str, unseen: int) -> dict[str, Any]:
    """Medians and minima in milliseconds: of unseen cards, and of one seen often."""
    opened = _Edition(edition)
    for slug in opened.slugs[:WARM_CARDS]:
        opened.card(slug)
    new = [opened.card(slug) for slug in opened.slugs[WARM_CARDS : WARM_CARDS + unseen]]
    again = [opened.card(opened.slugs[WARM_CARDS]) for _ in range(unseen)]
    sizes = {name: median(card[name] for card in new) for name in ("bytes", "tags", "metadata")}
    return {"unseen": _by_stage(new), "again": _by_stage(again), **sizes, "rung": opened.rung}


def _by_stage(cards: Sequence[Mapping[str, Any]]) -> dict[str, list[float]]:
    stages = {stage: [1000 * card["seconds"][stage] for card in cards] for stage in cards[0]["seconds"]}
    parts = [stage for stage in PARTS if stage in stages]
    stages["parse to paint"] = [sum(values) for values in zip(*(stages[part] for part in parts), strict=True)]
    return stages


def _print_stages(work: Path, unseen: int) -> None:
    worker = Worker("benchmarks.stages", "--worker")
    found = worker.ask([str(make_dataset(work / "warm", WARM_CARDS + unseen, seed=7)), unseen])
    worker.close()
    order = ["parse", "validate", "scope, sentences", "compose", "fit", "layout", "… of it shaping and breaking"]
    order += ["paint", "… of it tags, links, metadata", "parse to paint", "font subsets of one card"]
    order += ["promise", "fast proof", "full proof"]
    rows = []
    for stage in order:
        series = [found[which].get(stage) for which in ("unseen", "again")]
        rows.append([stage, *[spread(one) if one else "–" for one in series], TARGETS.get(stage, "")])
    print(f"A card in a warm process, ms: median of {unseen} sample cards, the least in brackets.\n")
    print(table(["stage", "cards not seen before", "one card again", "target"], rows))
    rung = "" if found["rung"] is None else f" The edition’s copyfit stands on rung {found['rung']}."
    print(
        f"\nShaping and breaking is counted in fit and layout. A card has {figure(found['bytes'] / 1000)} kB, of these "
        f"{figure(found['tags'] / 1000)} for tags and links, {figure(found['metadata'] / 1000)} for XMP and the colour "
        f"profile (target: ≤ 10 together).{rung}\n"
    )


def _print_commands(work: Path, rounds: int) -> None:
    data = make_dataset(work / "cards-51", 51)
    warm, cold = {"XDG_CACHE_HOME": str(work / "cache")}, {"XDG_CACHE_HOME": str(work / "no-cache")}
    out = work / "out"
    one = ["render", "mississippi", "-o", str(out)]
    every = ["render", "--all", "--data", str(data), "-o", str(out)]
    commands: list[tuple[str, list[str], dict[str, str], tuple[Path, ...], str]] = [
        ("cardprint --version", ["--version"], warm, (), "0.15"),
        ("render mississippi, no font cache", one, cold, (out, work / "no-cache"), "0.8"),
        ("render mississippi", one, warm, (out,), "0.35"),
        ("render --all, 51 cards", every, warm, (out,), "0.8"),
        ("… again, nothing changed", every, warm, (), "0.35"),
    ]
    rows = []
    for name, arguments, environment, cleared, target in commands:
        seconds, peak = [], 0.0
        for number in range(rounds + 1):
            for folder in cleared:
                fresh(folder)
            try:
                run = run_command([*cardprint_command(), *arguments], environment)
            except FailedCommandError as error:
                print(f"{name} failed: {error}\n")
                break
            if number:  # the first run fills the disk's cache and cardprint's own
                seconds.append(run.seconds)
                peak = max(peak, run.peak_mb)
        rows.append([name, spread(seconds) if seconds else "–", figure(peak), target])
    print(f"Whole commands, s: median of {rounds} runs, the least in brackets; MB is the largest process's peak.\n")
    print(table(["command", "s", "MB", "target, s"], rows) + "\n")


def _print_imports(work: Path) -> None:
    """Which packages `render` imports, by their own time; measured by the interpreter, which takes longer so."""
    command = [sys.executable, "-X", "importtime", "-m", "cardprint", "render", "mississippi", "-o", str(work / "out")]
    _, report = output_of(command)
    milliseconds: dict[str, float] = {}
    modules: dict[str, int] = {}
    for microseconds, module in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", report):
        package = module.partition(".")[0]
        package = package if _is_third_party(package) else "the standard library"
        milliseconds[package] = milliseconds.get(package, 0.0) + int(microseconds) / 1000
        modules[package] = modules.get(package, 0) + 1
    heaviest = sorted(milliseconds, key=lambda package: -milliseconds[package])[:12]
    print("Imports of `render mississippi` by package, under `-X importtime`.\n")
    print(table(["package", "modules", "ms"], [[it, str(modules[it]), figure(milliseconds[it])] for it in heaviest]))
    print(f"\n{sum(modules.values())} modules, {figure(sum(milliseconds.values()))} ms.")


def _is_third_party(package: str) -> bool:
    return package.lstrip("_") not in {name.lstrip("_") for name in sys.stdlib_module_names}


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.stages", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer cards, fewer runs")
    parser.add_argument("--work", type=Path, metavar="DIR", help="keep datasets and cards there")
    options = parser.parse_args()
    keep_to_cores(2)
    print(heading("cardprint stage by stage", PACKAGES), flush=True)
    with work_folder(options.work) as work:
        _print_stages(work, 10 if options.quick else 60)
        _print_commands(work, 3 if options.quick else 11)
        _print_imports(work)


if __name__ == "__main__":
    if sys.argv[1:] == ["--worker"]:
        serve(lambda question: _time_stages(*question))
    else:
        main()
