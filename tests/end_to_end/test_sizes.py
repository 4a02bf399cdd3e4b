"""The report card on other paper: `--size a4`, known to every command that draws or judges a card."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest

import cardprint as package

if TYPE_CHECKING:
    from tests.end_to_end.conftest import Command

TINY = Path(__file__).parents[1] / "fixtures" / "tiny"


def text_of(pdf: bytes) -> list[str]:
    """The words of a card's only page, however its lines are broken."""
    (page,) = pypdfium2.PdfDocument(pdf)
    words: str = page.get_textpage().get_text_range()
    return words.split()


def size_of(path: Path) -> tuple[int, int]:
    (page,) = pypdfium2.PdfDocument(path)
    width, height = page.get_size()
    return round(width), round(height)


def test_a4_is_the_same_card_on_other_paper() -> None:
    """Every word, in the same order."""
    assert text_of(package.render("mississippi")) == text_of(package.render("mississippi", size="a4"))


def test_files_stand_beside_one_another_and_are_told_apart(cardprint: Command, tmp_path: Path) -> None:
    """Each is proved against its own size without being told; a second run finds both unchanged."""
    for size in ([], ["--size", "a4"], ["--size", "letter"]):
        done = cardprint("render", "ms", *size, "-o", "out")
        assert (0, "") == (done.returncode, done.stderr)
    out = tmp_path / "out"
    assert (612, 792) == size_of(out / "2021-mississippi.pdf")
    assert (595, 842) == size_of(out / "2021-mississippi.a4.pdf")
    done = cardprint("verify", "out/2021-mississippi.pdf", "out/2021-mississippi.a4.pdf", "--full")
    assert (0, "") == (done.returncode, done.stderr)
    assert ["passes the full proof."] * 2 == [line.partition(": ")[2] for line in done.stdout.splitlines()]


def test_runs_at_two_sizes_keep_out_of_each_other_s_way(cardprint: Command, tmp_path: Path) -> None:
    """One manifest, two requests: neither makes the other's cards stale."""
    cardprint("sample", "-o", "trial")
    asked = ("render", "alabama", "alaska", "--jobs", "1", "--data", "trial", "-o", "out", "--json")
    for size in ([], ["--size", "a4"]):
        assert 2 == cardprint(*asked, *size).stdout.count('"status": "made"')
    for size in ([], ["--size", "a4"]):
        assert 2 == cardprint(*asked, *size).stdout.count('"status": "unchanged"')
    assert 4 == len(list((tmp_path / "out").glob("*.pdf")))


@pytest.mark.parametrize("command", [("render", "ms"), ("check",), ("stress",), ("explain", "ms")])
def test_a_size_that_the_layout_does_not_have_is_a_usage_error(cardprint: Command, command: tuple[str, ...]) -> None:
    """Those that it has are named."""
    done = cardprint(*command, "--size", "a5")
    assert (2, "") == (done.returncode, done.stdout)
    assert "unknown-size" in done.stderr
    assert "letter or a4" in done.stderr


def test_stress_and_explain_take_it(cardprint: Command, tmp_path: Path) -> None:
    """A4 survives the worst; explain tells of its page."""
    done = cardprint("stress", "--size", "a4", "-o", "tried")
    assert (0, "") == (done.returncode, done.stderr)
    assert (595, 842) == size_of(tmp_path / "tried" / "sample-report-card-a4-longest.pdf")
    assert "A page of 595.276 × 841.89 pt" in cardprint("explain", "ms", "--size", "a4").stdout


def test_check_tries_every_size(cardprint: Command, tmp_path: Path) -> None:
    """What has no room at a size that nobody asked for is a problem all the same, and says where."""
    shutil.copytree(TINY, tmp_path / "tiny")
    layout = tmp_path / "tiny" / "layouts" / "tiny.yaml"
    asked = ("check", "--data", "tiny/edition", "--layout", "tiny/layouts/tiny.yaml")
    layout.write_text(layout.read_text("utf-8") + "sizes:\n  small: {page: {size: [200pt, 80pt]}}\n", encoding="utf-8")
    done = cardprint(*asked)
    assert 1 == done.returncode
    assert "At the size small:" in done.stdout
    layout.write_text(layout.read_text("utf-8").replace("[200pt, 80pt]", "a3"), encoding="utf-8")
    assert 0 == cardprint(*asked).returncode


def test_a_mistake_in_a_size_is_told(cardprint: Command, tmp_path: Path) -> None:
    """At its own line, also when the size is not asked for."""
    shutil.copytree(TINY, tmp_path / "tiny")
    layout = tmp_path / "tiny" / "layouts" / "tiny.yaml"
    layout.write_text(layout.read_text("utf-8") + "sizes:\n  small: {pgae: {size: a5}}\n", encoding="utf-8")
    done = cardprint("check", "--data", "tiny/edition", "--layout", "tiny/layouts/tiny.yaml")
    assert 1 == done.returncode
    assert 'unknown-key: The key "pgae" is not known in another size' in done.stdout
