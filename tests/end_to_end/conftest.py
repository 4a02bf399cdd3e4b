"""The command line as people run it: another process, a folder of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"

Command = Callable[..., subprocess.CompletedProcess[str]]
Lines = Callable[[bytes], list[str]]


@pytest.fixture
def cardprint(tmp_path: Path) -> Command:
    """Runs `cardprint` with arguments, in `tmp_path` or `folder`, the `variables` set, and gives what came of it."""

    def run(*arguments: str | Path, folder: Path = tmp_path, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"}
        return subprocess.run(
            [sys.executable, "-m", "cardprint", *map(str, arguments)],
            cwd=folder,
            env=environment | variables,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
            check=False,
        )

    return run


@pytest.fixture(scope="session")
def lines() -> Lines:
    """The lines of text of a PDF's only page, in the order in which they are painted, as PDFium reads them."""

    def read(pdf: bytes) -> list[str]:
        (page,) = pypdfium2.PdfDocument(pdf)
        return [line.strip() for line in page.get_textpage().get_text_range().splitlines()]

    return read


@pytest.fixture
def tiny() -> tuple[str | Path, ...]:
    """The arguments that name the made-up edition and its layout."""
    return ("--data", TINY / "edition", "--layout", TINY / "layouts" / "tiny.yaml")
