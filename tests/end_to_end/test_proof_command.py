"""`cardprint proof`: sheets that a person signs."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"


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


@pytest.fixture
def thin(tmp_path: Path) -> tuple[str, ...]:
    """Arguments that name the made-up edition, copied, and a layout with a line that a press loses on one card."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    with (tmp_path / "edition" / "states" / "freedonia.yaml").open("a", encoding="utf-8") as file:
        file.write("revised: 1934-05-01\nrevision: A score has been corrected.\n")
    (tmp_path / "layouts" / "thin.yaml").write_text(
        "extends: tiny.yaml\n"
        "body:\n"
        "  stack:\n"
        '    - {text: "{state.name}", style: head, as: h1}\n'
        "    - {rule: {weight: 0.1pt, swatch: ink}, when: state.revised}\n",
        "utf-8",
    )
    return ("--data", "edition", "--layout", "layouts/thin.yaml")


def test_a_card_that_fails_its_proof_is_on_no_sheet_of_all(
    cardprint: Command, tmp_path: Path, thin: tuple[str, ...]
) -> None:
    """It is told as for itself, with its exit code: nobody is sent to look for what its data lack."""
    alone, done = cardprint("proof", "freedonia", *thin, "-o", "one"), cardprint("proof", "--all", *thin, "-o", "out")
    assert (3, 3) == (alone.returncode, done.returncode)
    assert "hairline" in alone.stderr
    assert set(alone.stderr.splitlines()) < set(done.stderr.splitlines())
    assert ["out/1933.proof.pdf", "Without a card: Freedonia."] == done.stdout.splitlines()
    assert "No card could be made of Freedonia" in texts(tmp_path / "out" / "1933.proof.pdf")[-1]


def test_every_state_left_out_is_told_why(cardprint: Command, tmp_path: Path, thin: tuple[str, ...]) -> None:
    """Also where there is no card at all; what is worst decides how the command leaves."""
    file = tmp_path / "edition" / "states" / "sylvania.yaml"
    file.write_text(file.read_text("utf-8").replace("3.5", "9.5"), "utf-8")
    done = cardprint("proof", "--all", *thin, "-o", "out")
    assert 3 == done.returncode
    assert "hairline" in done.stderr
    assert "sylvania.yaml:3:" in done.stderr
    assert "There is no proof" in done.stderr
    assert not (tmp_path / "out").exists()


def test_states_whose_data_are_wrong_are_no_states_that_lack_something(
    cardprint: Command, tmp_path: Path, thin: tuple[str, ...]
) -> None:
    """What is wrong is told, and the command leaves with 1 though the other card is proved."""
    file = tmp_path / "edition" / "states" / "freedonia.yaml"
    file.write_text(file.read_text("utf-8").replace("3.5", "9.5"), "utf-8")
    done = cardprint("proof", "--all", *thin, "-o", "out")
    assert 1 == done.returncode
    assert "freedonia.yaml:3:" in done.stderr
    assert ["out/1933.proof.pdf", "Without a card: Freedonia."] == done.stdout.splitlines()


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
