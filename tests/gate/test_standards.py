"""Every card is PDF/UA-1 and PDF/A-2a, to several judges that know nothing of cardprint."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

import page as page_validation
import pytest

from cardprint.verify import verify_full

if TYPE_CHECKING:
    from tests.gate.conftest import Files, Run

HERE = Path(__file__).parent
TREE = HERE / "mississippi.struct-text.txt"
STANDARDS = ("ua1", "2a")
VERAPDF = os.environ.get("VERAPDF") or shutil.which("verapdf")


def test_the_judge_is_the_pinned_one() -> None:
    """The wheels whose hashes are stored, the version that the project asks for, and the one installed are the same."""
    (pinned,) = re.findall(r"^page-validation==(\S+)", (HERE / "requirements.txt").read_text(), re.MULTILINE)
    project = tomllib.loads((HERE.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert f"page-validation=={pinned}" in project["project"]["optional-dependencies"]["test"]
    assert pinned == version("page-validation")


def test_all_kinds_of_cards_are_judged(files: Files) -> None:
    """None of those that must pass has been forgotten."""
    assert {"2021-mississippi", "2021-national-overview"} < set(files.pdfs)
    assert 4 == sum(name.startswith("sample-summer-2031-") for name in files.pdfs)
    assert 51 == sum(name.startswith("sample-2021-") for name in files.pdfs)


@pytest.mark.parametrize("standard", STANDARDS)
def test_every_card_conforms(standard: str, files: Files) -> None:
    """To page-validation, whose verdict on the corpus of veraPDF is that of veraPDF."""
    failures = {
        name: [failure.message for failure in page_validation.validate_pdf_bytes(pdf, profile=standard).failures]
        for name, pdf in files.pdfs.items()
    }
    assert {} == {name: messages for name, messages in failures.items() if messages}


def test_every_card_passes_the_full_proof(files: Files) -> None:
    """What holds for a card from anywhere: also what validators miss."""
    findings = {name: [finding.message for finding in verify_full(pdf)] for name, pdf in files.pdfs.items()}
    assert {} == {name: messages for name, messages in findings.items() if messages}


@pytest.mark.skipif(VERAPDF is None, reason="veraPDF is not installed: set VERAPDF to its program")
@pytest.mark.parametrize("standard", STANDARDS)
def test_verapdf_agrees(standard: str, files: Files) -> None:
    """The reference, where it is at hand: a line for each file, all of them PASS."""
    command = [str(VERAPDF), "--flavour", standard, "--format", "text", *map(str, files.paths.values())]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    verdicts = [line for line in done.stdout.splitlines() if line.startswith(("PASS", "FAIL"))]
    assert [] == [line for line in verdicts if line.startswith("FAIL")]
    assert len(files.paths) == len(verdicts), done.stderr


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_qpdf_finds_no_fault(files: Files) -> None:
    """Syntax, cross references and streams of every file: neither an error nor a warning."""
    faults = {}
    for name, path in files.paths.items():
        done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
        if done.returncode:
            faults[name] = done.stdout + done.stderr
    assert {} == faults


def test_poppler_reads_the_stored_tree(files: Files, poppler: Run, accepting: bool) -> None:
    """The tags of the Mississippi card and the text under each, as another reader has them, are those that somebody
    has looked through: `CARDPRINT_ACCEPT=1 pytest tests/gate` stores what is read now."""
    tree = poppler("pdfinfo", "-struct-text", files.paths["2021-mississippi"])
    if accepting:
        TREE.write_text(tree, encoding="utf-8")
    assert TREE.read_text(encoding="utf-8").splitlines() == tree.splitlines()
