"""What `cardprint render` promises whoever runs it: paths, messages, exit codes, and nothing half done."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Command = Callable[..., subprocess.CompletedProcess[str]]
Arguments = tuple[str | Path, ...]


def names(folder: Path) -> list[str]:
    """What a folder holds, hidden files included."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def edition(tmp_path: Path) -> Path:
    """A copy of the made-up edition in which Sylvania's score has a typing mistake."""
    folder = tmp_path / "edition"
    shutil.copytree(Path(__file__).parents[1] / "fixtures" / "tiny" / "edition", folder)
    sylvania = folder / "states" / "sylvania.yaml"
    sylvania.write_text(sylvania.read_text(encoding="utf-8").replace("score: 3.5", "scoer: 3.5"), encoding="utf-8")
    return folder


def test_a_card_is_written_where_it_is_asked_for_and_its_path_printed(
    cardprint: Command, tiny: Arguments, tmp_path: Path
) -> None:
    """The path stands alone on standard output, for other programs to read."""
    done = cardprint("render", "freedonia", *tiny, "-o", "out")
    assert (0, "") == (done.returncode, done.stderr)
    assert Path(done.stdout.strip()) == Path("out/1933-freedonia.pdf")
    assert (tmp_path / "out" / "1933-freedonia.pdf").read_bytes().startswith(b"%PDF-")
    assert ["1933-freedonia.pdf"] == names(tmp_path / "out")


def test_the_bytes_do_not_depend_on_folder_locale_time_zone_or_hash_seed(
    cardprint: Command, tiny: Arguments, tmp_path: Path
) -> None:
    """Two offices that make the same card get the same file."""
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    cardprint("render", "freedonia", *tiny, "-o", "out", PYTHONHASHSEED="1", TZ="America/Chicago", LC_ALL="C.UTF-8")
    cardprint(
        "render", "FR", *tiny, "-o", "other", folder=elsewhere, PYTHONHASHSEED="2", TZ="Asia/Kathmandu", LC_ALL="C"
    )
    first, second = tmp_path / "out" / "1933-freedonia.pdf", elsewhere / "other" / "1933-freedonia.pdf"
    assert first.read_bytes() == second.read_bytes()


def test_source_date_epoch_dates_the_file(cardprint: Command, tiny: Arguments, tmp_path: Path) -> None:
    """The one variable that may change the bytes does."""
    cardprint("render", "freedonia", *tiny, "-o", "out", SOURCE_DATE_EPOCH="1637107200")
    assert b">2021-11-17T00:00:00Z<" in (tmp_path / "out" / "1933-freedonia.pdf").read_bytes()


def test_an_unknown_state_is_a_usage_error_that_suggests_the_nearest(
    cardprint: Command, tiny: Arguments, tmp_path: Path
) -> None:
    """A slip of the keys costs one more try."""
    done = cardprint("render", "Fredonia", *tiny, "-o", "out")
    assert (2, "") == (done.returncode, done.stdout)
    assert 'unknown-state: There is no state "Fredonia". Did you mean Freedonia?\n' == done.stderr
    assert [] == names(tmp_path)


def test_a_bad_state_is_told_with_its_line_and_stops_no_other(
    cardprint: Command, tiny: Arguments, edition: Path, tmp_path: Path
) -> None:
    """The good card is there, the bad one is not, and the exit code tells of it."""
    done = cardprint("render", "sylvania", "freedonia", *tiny, "--data", edition, "-o", "out")
    assert 1 == done.returncode
    assert done.stderr.startswith("edition/states/sylvania.yaml:3:15: unknown-key: ")
    assert "score" in done.stderr
    assert ["1933-freedonia.pdf", "cards.jsonl"] == names(tmp_path / "out")


def test_of_several_exit_codes_the_highest_counts(cardprint: Command, tiny: Arguments, edition: Path) -> None:
    """A usage error outweighs a bad file."""
    done = cardprint("render", "nowhere", "sylvania", "freedonia", *tiny, "--data", edition, "-o", "out")
    assert 2 == done.returncode
    assert "1933-freedonia.pdf" == Path(done.stdout.strip()).name


def test_a_bad_framework_is_told_and_nothing_is_written(
    cardprint: Command, tiny: Arguments, edition: Path, tmp_path: Path
) -> None:
    """What all cards share fails once, not once a card."""
    (edition / "framework.yaml").write_text("edition: [", encoding="utf-8")
    done = cardprint("render", "--all", *tiny, "--data", edition, "-o", "out")
    assert (1, "") == (done.returncode, done.stdout)
    assert done.stderr.startswith("edition/framework.yaml:2:1: yaml-syntax: ")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_reader_who_leaves_does_not_stop_the_work(tiny: Arguments, tmp_path: Path) -> None:
    """`cardprint render --all | head -1` makes every card and shows no traceback."""
    process = subprocess.Popen(
        [sys.executable, "-m", "cardprint", "render", "--all", *map(str, tiny), "-o", "out"],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert b"2 cards: 2 made; " == process.stderr.read()[:17]
    assert 0 == process.wait(timeout=120)
    process.stderr.close()
    assert ["1933-freedonia.pdf", "1933-sylvania.pdf", "cards.jsonl"] == names(tmp_path / "out")


def test_a_picture_has_the_pixels_that_were_asked_for(cardprint: Command, tiny: Arguments, tmp_path: Path) -> None:
    """4 by 3 inches at 100 dpi are 400 by 300 pixels (PNG: width and height at byte 16, ISO 15948 §11.2.2)."""
    done = cardprint("render", "freedonia", *tiny, "-o", "out", "--format", "png", "--dpi", "100")
    picture = (tmp_path / "out" / "1933-freedonia.png").read_bytes()
    assert (0, b"\x89PNG\r\n\x1a\n") == (done.returncode, picture[:8])
    assert (400, 300) == (int.from_bytes(picture[16:20]), int.from_bytes(picture[20:24]))
