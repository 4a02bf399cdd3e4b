"""From nothing to cards in two commands: an invented edition, and a project of one's own."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pypdf
import pytest

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command


def test_cards_of_a_sample_say_so_everywhere(cardprint: Command, tmp_path: Path) -> None:
    """At head and foot, in the title, in the file's name; in pictures as on pages."""
    done = cardprint("sample", "-o", "trial", "--count", "2")
    assert (0, "") == (done.returncode, done.stderr)
    assert "trial\n" == done.stdout[:6]
    done = cardprint("render", "--all", "--data", "trial", "-o", "out")
    assert 0 == done.returncode, done.stderr
    assert ["sample-2021-alabama.pdf", "sample-2021-alaska.pdf"] == sorted(
        p.name for p in (tmp_path / "out").glob("*.p*")
    )
    reader = pypdf.PdfReader(tmp_path / "out" / "sample-2021-alabama.pdf")
    text = " ".join(reader.pages[0].extract_text().split())
    assert text.startswith("SAMPLE DATA")
    assert text.endswith("SAMPLE DATA")
    assert reader.metadata is not None
    assert (reader.metadata.title or "").startswith("SAMPLE DATA: ")
    done = cardprint("render", "AK", "--data", "trial", "--format", "png", "--dpi", "36")
    assert "sample-2021-alaska.png\n" == done.stdout


def test_equal_seeds_give_equal_cards(cardprint: Command, tmp_path: Path) -> None:
    """Another number, other cards."""
    cards = []
    for folder, seed in (("a", "7"), ("b", "7"), ("c", "8")):
        cardprint("sample", "-o", folder, "--count", "1", "--seed", seed)
        cardprint("render", "alabama", "--data", folder, "-o", f"{folder}-out")
        cards.append((tmp_path / f"{folder}-out" / "sample-2021-alabama.pdf").read_bytes())
    assert cards[0] == cards[1] != cards[2]


def test_real_cards_bear_no_marks(cardprint: Command, tmp_path: Path) -> None:
    """The twin."""
    cardprint("render", "mississippi")
    reader = pypdf.PdfReader(tmp_path / "2021-mississippi.pdf")
    assert "SAMPLE" not in reader.pages[0].extract_text().upper()


def test_sample_refuses_a_folder_of_somebody_s(cardprint: Command, tmp_path: Path) -> None:
    """Exit code 2: another folder has to be named."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("…", encoding="utf-8")
    done = cardprint("sample", "-o", "mine")
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("not-a-sample: ")


@pytest.mark.parametrize("folder", ["my-cards", "my cards"])
def test_new_project_renders_with_the_command_that_it_names(cardprint: Command, tmp_path: Path, folder: str) -> None:
    """What `new` prints as next works as it stands."""
    done = cardprint("new", folder)
    assert 0 == done.returncode
    (command,) = re.findall(r"Next: cardprint (.*), and read", done.stdout)
    done = cardprint(*shlex.split(command))
    assert 0 == done.returncode, done.stderr
    assert 2 == len(list((tmp_path / folder / "out").glob("*.p*")))


def test_commands_of_its_readme_that_make_pages_work(cardprint: Command, tmp_path: Path) -> None:
    """Run in the folder, as the README says, one after another."""
    cardprint("new", "my-cards")
    readme = (tmp_path / "my-cards" / "README.md").read_text(encoding="utf-8")
    commands = [line.strip() for line in readme.splitlines() if re.match(r" {4}cardprint (render|stress)", line)]
    assert 2 == len(commands)
    for command in commands:
        done = cardprint(*command.split()[1:], folder=tmp_path / "my-cards")
        assert 0 == done.returncode, f"{command}: {done.stderr}"
    assert "sample-2026-north-example.pdf" in {path.name for path in (tmp_path / "my-cards" / "out").glob("*.p*")}


def test_new_refuses_a_folder_that_holds_anything(cardprint: Command) -> None:
    """Exit code 2, and nothing is touched."""
    cardprint("new", "my-cards")
    done = cardprint("new", "my-cards")
    assert (2, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("not-empty: ")


def test_help_names_every_option() -> None:
    """For whoever looks there first."""
    for command, options in (("sample", ["--count", "--seed", "-o"]), ("new", ["DIR"]), ("stress", ["--layout", "-o"])):
        done = subprocess.run(
            [sys.executable, "-m", "cardprint", command, "--help"], capture_output=True, text=True, check=True
        )
        assert all(option in done.stdout for option in options)
