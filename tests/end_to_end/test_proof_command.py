"""`cardprint proof`: sheets that a person signs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command


def texts(path: Path) -> list[str]:
    return [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(path)]


def test_sheet_of_a_card(cardprint: Command, tmp_path: Path) -> None:
    """One page: five pictures, each told to who cannot see them, and every pair of colours with its contrast."""
    done = cardprint("proof", "ms", "-o", "out")
    assert (0, "") == (done.returncode, done.stderr)
    (page,) = texts(tmp_path / "out" / "2021-mississippi.proof.pdf")
    for words in ("Mississippi", "As printed", "In grey", "Protanopia", "Deuteranopia", "Tritanopia"):
        assert words in page
    assert "#12233F ink" in page
    assert "6.36 : 1" in page
    said = cardprint("read", "out/2021-mississippi.proof.pdf").stdout
    assert 5 == said.count("The card of Mississippi, ")


def test_a_colour_that_fails_is_told_what_would_pass(cardprint: Command, tmp_path: Path) -> None:
    """By its swatch, on the terminal and on the sheet; the command leaves with 3."""
    (tmp_path / "pale.yaml").write_text(
        'extends: report-card.yaml\ntheme: {swatches: {quiet: {rgb: "#8190AA", cmyk: [50, 38, 20, 5]}}}\n', "utf-8"
    )
    done = cardprint("proof", "ms", "--layout", "pale.yaml", "-o", "out")
    assert (3, "out/2021-mississippi.proof.pdf\n") == (done.returncode, done.stdout)
    assert "the swatch quiet, #8190AA, on #FFFFFF" in done.stderr
    assert "The nearest colour that passes is #697791." in done.stderr
    (page,) = texts(tmp_path / "out" / "2021-mississippi.proof.pdf")
    assert "Fails: #697791 passes." in page


def test_sheets_of_an_edition(cardprint: Command, tmp_path: Path, tiny: tuple[str | Path, ...]) -> None:
    """Pictures, then a table with every score and letter."""
    done = cardprint("proof", "--all", *tiny, "-o", "out")
    assert (0, "") == (done.returncode, done.stderr)
    (path,) = (tmp_path / "out").glob("*.pdf")
    assert "1933.proof.pdf" == path.name
    pictures, table = texts(path)
    assert "2 cards" in pictures
    for state in ("Freedonia", "Sylvania"):
        assert state in pictures
        assert state in table
    assert "Sheet 2 of 2" in table


def test_states_without_a_card_are_named(cardprint: Command, tmp_path: Path) -> None:
    """On the terminal and at the end of the table; of 2021 one is known in full."""
    done = cardprint("proof", "--all", "-o", "out")
    assert 0 == done.returncode
    assert "Without a card: Alabama, Alaska" in done.stdout
    assert "No card could be made of Alabama, Alaska" in texts(tmp_path / "out" / "2021.proof.pdf")[-1]


@pytest.mark.parametrize("arguments", [(), ("ms", "--all")])
def test_states_or_all(cardprint: Command, arguments: tuple[str, ...]) -> None:
    """One of the two."""
    done = cardprint("proof", *arguments)
    assert (2, "") == (done.returncode, done.stdout)


def test_sheets_are_the_same_every_time(cardprint: Command, tmp_path: Path) -> None:
    """Equal cards give equal bytes."""
    for folder in ("one", "two"):
        assert 0 == cardprint("proof", "ms", "-o", folder).returncode
    name = "2021-mississippi.proof.pdf"
    assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
