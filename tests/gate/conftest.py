"""The cards that must pass the gate, and the programs that judge them, wherever these are installed."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cardprint.model.layout_spec import Per
from cardprint.pipeline import Project, RenderedCard, open_project, render_cards, render_edition, state_slugs
from cardprint.tasks.projects import write_sample
from cardprint.workspace import open_workspace

HERE = Path(__file__).parent
SCHOOL = HERE.parent / "fixtures" / "school"
PDFJS = HERE / "node_modules" / "pdfjs-dist"

OLDEST_POPPLER = (22, 12)
"""Older ones write the tree otherwise."""


class Files(NamedTuple):
    """Finished files by their names, and where they lie."""

    pdfs: Mapping[str, bytes]
    paths: Mapping[str, Path]


@pytest.fixture(scope="session")
def files(shipped: Project, tmp_path_factory: pytest.TempPathFactory) -> Files:
    """The one full card and the overview that cardprint ships, the reports and the class plan of the school, and a card
    for each of 51 invented places: 57 files."""
    folder = tmp_path_factory.mktemp("gate")
    write_sample(open_workspace(), folder / "sample", None, 1)
    pdfs: dict[str, bytes] = {}
    for data, layout in (
        (None, None),
        (None, "national-overview"),
        (SCHOOL, SCHOOL / "layouts" / "school-report.yaml"),
        (SCHOOL, SCHOOL / "layouts" / "class-plan.yaml"),
        (folder / "sample", None),
    ):
        project = shipped if data is layout is None else open_project(data=data, layout=layout)
        pdfs |= _rendered(project, ["mississippi"] if project is shipped else state_slugs(project))
    paths = {name: folder / f"{name}.pdf" for name in pdfs}
    for name, path in paths.items():
        path.write_bytes(pdfs[name])
    return Files(pdfs, paths)


def _rendered(project: Project, states: list[str] | tuple[str, ...]) -> dict[str, bytes]:
    if project.layout.per is Per.EDITION:
        page = render_edition(project)
        return {page.file_name: page.pdf}
    cards = list(render_cards(project, states))
    assert all(isinstance(card, RenderedCard) for card in cards), cards
    return {card.file_name: card.pdf for card in cards if isinstance(card, RenderedCard)}


Run = Callable[..., str]


@pytest.fixture(scope="session")
def poppler() -> Run:
    """Runs a program of poppler-utils and gives what it prints."""
    found = shutil.which("pdfinfo")
    if found is None:
        pytest.skip("poppler-utils is not installed")
    told = subprocess.run([found, "-v"], capture_output=True, text=True, check=True)
    version = re.search(r"version (\d+)\.(\d+)", told.stdout + told.stderr)
    if version is None or (int(version[1]), int(version[2])) < OLDEST_POPPLER:
        pytest.skip(f"poppler is older than {'.'.join(map(str, OLDEST_POPPLER))}")

    def run(program: str, *arguments: str | Path) -> str:
        command = [program, *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True).stdout

    return run


@pytest.fixture(scope="session")
def pdfjs(files: Files) -> Mapping[str, Any]:
    """What pdf.js makes of every file: `npm ci --prefix tests/gate --omit=optional` installs it."""
    node = shutil.which("node")
    if node is None or not PDFJS.is_dir():
        pytest.skip("node or pdfjs-dist is not installed")
    command = [node, *map(str, (HERE / "pdfjs.mjs", PDFJS, *files.paths.values()))]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return dict(zip(files.paths, json.loads(done.stdout), strict=True))
