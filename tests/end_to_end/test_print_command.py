"""`cardprint render --profile print`: what whoever sends a card to a printer runs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdf
from pypdf.generic import RectangleObject

import cardprint as library

Command = Callable[..., subprocess.CompletedProcess[str]]
NAME = "2021-mississippi.print.pdf"


def test_a_print_file_lies_beside_the_screen_s_and_passes_the_preflight(cardprint: Command, tmp_path: Path) -> None:
    """Under a name that tells them apart; the same bytes as from Python."""
    for profile in ("screen", "print"):
        assert 0 == cardprint("render", "mississippi", "--profile", profile, "-o", "out").returncode
    assert ["2021-mississippi.pdf", NAME] == sorted(path.name for path in (tmp_path / "out").iterdir())
    done = cardprint("verify", f"out/{NAME}", "--full")
    assert (0, f"out/{NAME} (Mississippi, 2021): passes the full proof.") == (done.returncode, done.stdout.strip())
    assert library.render("mississippi", profile="print") == (tmp_path / "out" / NAME).read_bytes()


def test_a_print_file_that_somebody_altered_does_not(cardprint: Command, tmp_path: Path) -> None:
    """Its bleed cut off and a link put in: printers would refuse it, and so does the proof."""
    writer = pypdf.PdfWriter(clone_from=pypdf.PdfReader(_written(library.render("ms", profile="print"), tmp_path)))
    page = writer.pages[0]
    page.bleedbox = page.trimbox
    writer.add_uri(0, "https://example.org", RectangleObject((100, 100, 200, 120)))
    writer.write(tmp_path / NAME)
    done = cardprint("verify", NAME)
    assert 3 == done.returncode
    assert "print-annotation" in done.stdout
    assert "bleed-missing" in done.stdout


def _written(pdf: bytes, folder: Path) -> Path:
    path = folder / "card.pdf"
    path.write_bytes(pdf)
    return path


def test_a_profile_that_does_not_exist_is_a_mistake_of_the_command(cardprint: Command) -> None:
    """It is told which there are."""
    done = cardprint("render", "mississippi", "--profile", "paper")
    assert 2 == done.returncode
    assert "print" in done.stderr


def test_too_pale_a_colour_is_told_once_and_at_its_line(cardprint: Command, tmp_path: Path) -> None:
    """A swatch in which small type would be left out of a ground that is none: not each text, but the theme's line. One
    that is dark enough stands in black."""
    theme = tmp_path / "pale.yaml"
    theme.write_text(
        'extends: themes/shared-hope.yaml\nswatches:\n  quiet: {rgb: "#A9B0B0", cmyk: [20, 10, 10, 10]}\n',
        encoding="utf-8",
    )
    (tmp_path / "card.yaml").write_text("extends: report-card.yaml\ntheme: pale.yaml\n", encoding="utf-8")
    done = cardprint("render", "ms", "--layout", "card.yaml", "--profile", "print")
    told = [line for line in done.stderr.splitlines() if "text-without-ink" in line]
    assert (3, 1) == (done.returncode, len(told))
    assert told[0].startswith('pale.yaml:3:10: text-without-ink: “ISSUE” and 4 more texts in the swatch "quiet" ')
    theme.write_text(theme.read_text(encoding="utf-8").replace("#A9B0B0", "#606868"), encoding="utf-8")
    assert 0 == cardprint("render", "ms", "--layout", "card.yaml", "--profile", "print").returncode
