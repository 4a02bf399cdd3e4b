"""`cardprint place` as people run it."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
HOSTS = Path(__file__).parents[1] / "fixtures" / "hosts"
BOX = ("--box", "1in 2in 6.5in 8in")


@pytest.fixture
def desk(tmp_path: Path, shipped_card: bytes) -> Path:
    """A folder with a card and a report of three pages."""
    (tmp_path / "card.pdf").write_bytes(shipped_card)
    shutil.copy(HOSTS / "libreoffice.pdf", tmp_path / "report.pdf")
    return tmp_path


@pytest.fixture(scope="session")
def shipped_card() -> bytes:
    import cardprint

    return cardprint.render("mississippi")


def test_a_card_is_placed_and_the_path_printed(cardprint: Command, desk: Path) -> None:
    """The result is where it was asked for; the report is as it was."""
    before = (desk / "report.pdf").read_bytes()
    done = cardprint("place", "card.pdf", "report.pdf", "--page", "2", *BOX, "-o", "out/with card.pdf")
    assert (0, "", "out/with card.pdf\n") == (done.returncode, done.stderr, done.stdout)
    assert before == (desk / "report.pdf").read_bytes()
    assert "Continuum" in pypdfium2.PdfDocument(desk / "out/with card.pdf")[1].get_textpage().get_text_range()


def test_a_card_too_small_to_be_read_is_told(cardprint: Command, desk: Path) -> None:
    """It is placed all the same: it may be meant as a picture."""
    done = cardprint("place", "card.pdf", "report.pdf", "--box", "1in,1in,1in,1in", "-o", "out.pdf")
    assert 0 == done.returncode
    assert done.stderr.startswith("warning: small-text: The card has 9% of its size: its text of 7.5 pt is 0.7 pt high")
    assert (desk / "out.pdf").exists()


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("card.pdf", "report.pdf", *BOX, "--page", "9", "-o", "o.pdf"), 2, "no-such-page: The file has 3 pages"),
        (("card.pdf", "report.pdf", "--box", "1in 2in 9in 4in", "-o", "o.pdf"), 2, "box-outside: Page 1 is 8.5 in"),
        (("card.pdf", "report.pdf", "--box", "1 2 3 4", "-o", "o.pdf"), 2, '"1 2 3 4" is no box. Give four lengths'),
        (("card.pdf", "report.pdf", "--box", "1in 2in 0in 4in", "-o", "o.pdf"), 2, "is empty"),
        (("card.pdf", "absent.pdf", *BOX, "-o", "o.pdf"), 2, 'missing-file: There is no file "absent.pdf".'),
        (("card.pdf", "report.pdf", *BOX, "-o", "report.pdf"), 2, "same-file"),
        (("card.pdf", "notes.txt", *BOX, "-o", "o.pdf"), 1, "notes.txt: damaged-pdf"),
        (("report.pdf", "report.pdf", *BOX, "-o", "o.pdf"), 1, "report.pdf: which-page"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_written(
    cardprint: Command, desk: Path, arguments: tuple[str, ...], code: int, words: str
) -> None:
    """2 for what was asked, 1 for what the files are."""
    (desk / "notes.txt").write_text("no PDF")
    before = {path.name: path.read_bytes() for path in desk.iterdir()}
    done = cardprint("place", *arguments)
    assert (code, "") == (done.returncode, done.stdout)
    assert words in done.stderr
    assert before == {path.name: path.read_bytes() for path in desk.iterdir()}
