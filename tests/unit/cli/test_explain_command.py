"""What `cardprint explain` and `--debug-frames` say and write."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from cardprint.cli import run

TINY = Path(__file__).parents[2] / "fixtures" / "tiny"
ARGUMENTS = ["--data", "edition", "--layout", "layouts/tiny.yaml"]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with copies of the made-up edition and its layouts."""
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.usefixtures("here")
class TestExplain:
    def test_the_whole_page_is_told_as_a_tree(self, capsys: pytest.CaptureFixture[str]) -> None:
        """First what holds for the page, then block by block, each with place, height, words, type and lines."""
        assert 0 == run(["explain", "FR", *ARGUMENTS])
        told = capsys.readouterr().out.splitlines()
        assert [
            "The card of Freedonia, from edition by the layout tiny",
            "A page of 288 × 216 pt; places count from its top left",
            "Copyfit: nothing had to be adjusted",
        ] == told[:3]
        start = told.index(
            "  .stack[1]: columns, 252.0 × 12.0 pt at 18.0, 44.0; needs 12.0 pt of height; layouts/tiny.yaml:9"
        )
        assert [
            "    .columns[0]: icon, 12.0 × 12.0 pt at 18.0, 44.0; needs 12.0 pt of height; layouts/tiny.yaml:11",
            "    .columns[1]: text, 234.0 × 12.0 pt at 36.0, 44.0; needs 12.0 pt of height; layouts/tiny.yaml:12",
            "      “Laws: Goal accomplished: whistling. Gap: chewing gum.”, from edition/states/freedonia.yaml:3",
            "      text: Source Sans 3 Regular 9/12 pt",
        ] == told[start + 1 :]

    def test_a_field_is_told_alone_with_its_whole_path(self, capsys: pytest.CaptureFixture[str]) -> None:
        """And nothing of the page around it."""
        assert 0 == run(["explain", "FR", "chewing", *ARGUMENTS])
        told = capsys.readouterr().out.splitlines()
        assert (3, True) == (len(told), told[0].startswith("body.stack[1].columns[1]: text, "))

    def test_a_field_that_is_not_there_is_a_usage_error(self, capsys: pytest.CaptureFixture[str]) -> None:
        """With the nearest."""
        assert 2 == run(["explain", "FR", "chewin gun", *ARGUMENTS])
        assert "unknown-field" in capsys.readouterr().err

    def test_a_card_without_room_is_told_with_what_is_over(
        self, here: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """The tree on standard output, what is wrong on standard error, and the exit code of a bad card."""
        path = here / "edition" / "states" / "freedonia.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("gaps: [", f"highlights: {'word ' * 400}, gaps: ["), encoding="utf-8")
        assert 1 == run(["explain", "FR", *ARGUMENTS])
        told = capsys.readouterr()
        assert "It has no room" in told.out
        assert told.err.startswith("edition/states/freedonia.yaml:3:")

    def test_what_forces_the_setting_of_all_is_told(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """With the step taken, in its unit, and the words to cut."""
        path = here / "edition" / "states" / "sylvania.yaml"
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("gaps: [", f"highlights: {'word ' * 140}, gaps: ["), encoding="utf-8")
        with (here / "layouts" / "tiny.yaml").open("a", encoding="utf-8") as file:
            file.write("copyfit: {scope: set, steps: [{lower: leading, styles: [text], by: 0.5pt, floor: 10pt}]}\n")
        assert 0 == run(["explain", "FR", *ARGUMENTS])
        told = capsys.readouterr().out
        assert "as on every card of the edition\n  leading of text: 12 → 1" in told
        assert "Sylvania forces this setting. To gain a step:\n  edition/states/sylvania.yaml:3:" in told

    @pytest.mark.parametrize(("dump", "first"), [("content", "page-content"), ("frame", "page-frame")])
    def test_what_stages_hand_on_can_be_dumped(self, dump: str, first: str, capsys: pytest.CaptureFixture[str]) -> None:
        """As golden tests store it."""
        assert 0 == run(["explain", "FR", "--dump", dump, *ARGUMENTS])
        assert capsys.readouterr().out.startswith(f"{first}\n")

    @pytest.mark.parametrize(
        ("words", "said"),
        [([], "Name the state"), (["FR", "chewing", "gum"], "in quotes"), (["nowhere"], "unknown-state")],
    )
    def test_what_cannot_be_meant_is_a_usage_error(
        self, words: list[str], said: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        """Exit code 2, and why."""
        assert 2 == run(["explain", *words, *ARGUMENTS])
        assert said in capsys.readouterr().err


class TestDebugFrames:
    def test_the_file_s_name_tells_it_from_the_card(self, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
        """Nobody sends it to the press by mistake."""
        assert 0 == run(["render", "FR", "--debug-frames", "-o", "out", *ARGUMENTS])
        assert str(Path("out") / "1933-freedonia.frames.pdf") == capsys.readouterr().out.strip()
        assert ["1933-freedonia.frames.pdf"] == [path.name for path in (here / "out").iterdir()]

    def test_it_shows_more_than_the_card(self, here: Path) -> None:
        """The twin is the card itself."""
        run(["render", "FR", "--debug-frames", "-o", "out", *ARGUMENTS])
        run(["render", "FR", "-o", "out", *ARGUMENTS])
        frames, card = ((here / "out" / f"1933-freedonia{kind}.pdf").read_bytes() for kind in (".frames", ""))
        assert len(frames) > len(card)
