"""Clocks and tables: commands timed from outside, long-lived workers, medians, Markdown.

The measuring process imports nothing but the standard library: a child's peak memory counts from what its parent had
when it was started. Unix only, for `os.wait4`.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
"""The checkout."""

_MEGABYTE = 1_000_000
_MAXRSS_UNIT = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True, slots=True)
class Run:
    """One run of a command: its wall time, and the peak memory of the largest of its processes."""

    seconds: float
    peak_mb: float


class FailedCommandError(Exception):
    """A command that left with an exit code other than 0; its text is the end of what the command said."""

    def __init__(self, arguments: Sequence[str], code: int, said: str) -> None:
        super().__init__(f"{' '.join(arguments)}: exit code {code}\n{said[-2000:]}")
        self.code = code


def cardprint_command() -> list[str]:
    """How this environment's cardprint is started: by its script, as people do."""
    script = Path(sys.executable).with_name("cardprint")
    return [str(script)] if script.exists() else [sys.executable, "-m", "cardprint"]


def keep_to_cores(count: int) -> None:
    """Let this process and its children have `count` cores, so that machines with more compare."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:count])


def run_command(arguments: Sequence[str], environment: Mapping[str, str] | None = None) -> Run:
    """Run a command to its end. Raises `FailedCommandError`."""
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            arguments, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=ROOT, env=_environment(environment)
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = code = os.waitstatus_to_exitcode(status)
        if code:
            said.seek(0)
            raise FailedCommandError(arguments, code, said.read().decode("utf-8", "replace"))
    return Run(seconds, usage.ru_maxrss * _MAXRSS_UNIT / _MEGABYTE)


_NOT_PASSED_ON = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONOPTIMIZE")
"""What is set where people develop and not where they work: without bytecode files every start compiles anew."""


def _environment(more: Mapping[str, str] | None) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if name not in _NOT_PASSED_ON}
    return {**kept, **(more or {})}


def output_of(arguments: Sequence[str]) -> tuple[str, str]:
    """What a command says on standard output and on standard error. Raises `CalledProcessError`."""
    done = subprocess.run(arguments, check=True, capture_output=True, text=True, cwd=ROOT, env=_environment(None))
    return done.stdout, done.stderr


class Worker:
    """A Python module that runs in a process of its own and answers one line of JSON with another."""

    def __init__(self, module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=ROOT,
            env=_environment(environment),
            text=True,
        )

    def ask(self, question: object) -> Any:
        """The worker's answer. Raises `RuntimeError` if it has died; what it said is on stderr."""
        pipe_in, pipe_out = self._process.stdin, self._process.stdout
        assert pipe_in is not None
        assert pipe_out is not None
        try:
            pipe_in.write(json.dumps(question) + "\n")
            pipe_in.flush()
        except BrokenPipeError:
            raise RuntimeError("the worker has died") from None
        answer = pipe_out.readline()
        if not answer:
            raise RuntimeError("the worker has died")
        return json.loads(answer)

    def close(self) -> None:
        """Let it end."""
        if self._process.stdin is not None:
            self._process.stdin.close()
        self._process.wait()


def serve(answer: Any) -> None:
    """The worker's side: answer questions until there are no more."""
    for question in sys.stdin:
        print(json.dumps(answer(json.loads(question))), flush=True)


@contextmanager
def work_folder(kept: Path | None = None) -> Iterator[Path]:
    """A folder for datasets and cards: a temporary one, or `kept`."""
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="cardprint-benchmark-") as folder:
        yield Path(folder)


def fresh(folder: Path) -> Path:
    """The folder, without what was in it."""
    shutil.rmtree(folder, ignore_errors=True)
    return folder


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table, its columns aligned for the terminal; all but the first are figures."""
    lines = [list(heads), *[list(row) for row in rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]

    def line(cells: Sequence[str]) -> str:
        first, *others = zip(cells, widths, strict=True)
        return f"| {' | '.join([first[0].ljust(first[1]), *[cell.rjust(width) for cell, width in others]])} |"

    ruler = ["-" * (widths[0] + 2), *["-" * (width + 1) + ":" for width in widths[1:]]]
    return "\n".join([line(lines[0]), f"|{'|'.join(ruler)}|", *map(line, lines[1:])])


def figure(value: float | None, digits: int = 3) -> str:
    """A figure with about as many digits as it deserves."""
    if value is None:
        return "–"
    if value >= 10 ** (digits - 1):
        return f"{value:,.0f}"
    places = digits - 1 if value < 10 else digits - 2
    return f"{value:.{places}f}"


def spread(values: Sequence[float]) -> str:
    """A series as its median and, in brackets, its least."""
    return f"{figure(median(values))} ({figure(min(values))})"


def heading(title: str, packages: Sequence[str]) -> str:
    """What a table of results must say of itself: when, on what machine, with which versions."""
    versions = ", ".join(f"{name} {found}" for name in packages if (found := installed(name)))
    return f"## {title}\n\n{dt.date.today()} · {_machine()} · Python {platform.python_version()} · {versions}\n"  # noqa: DTZ011 (the reader's day)


def installed(package: str) -> str | None:
    """The package's version, or None."""
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    load = os.getloadavg()[0]
    return f"{cores} cores ({_processor()}), {memory:.0f} GiB, load {load:.1f} at the start · {platform.system()}"


def _processor() -> str:
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.machine()
